"""Who answered: the same respondent twice, and the one declared rule for that."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from dxeval.definitions.labels import normalise
from dxeval.errors import Problem, first_of
from dxeval.reading.table import Table
from dxeval.reading.timestamps import parse_timestamp


def superseded(table: Table, rule: str, name: str) -> tuple[set[int], list[Problem]]:
    """Return the places of the table's rows that do not count, and problems.

    Two rows are the same respondent's only if the respondent id column says so; ``rule`` is the
    survey's ``resubmission``. Messages name rows, never an id.
    """
    header = table.form.respondent_id
    again = [] if header is None else _repeated(table.columns[header])
    if header is None or not again:
        return set(), []
    if rule == "refuse" or table.form.timestamp is None:
        return set(), _refused(table, again, header, name)
    return _chosen(table, again, table.form.timestamp, rule, name)


def _repeated(ids: Sequence[str]) -> list[list[int]]:
    if len(set(ids)) == len(ids):
        keys = list(map(normalise, ids))
        if len(set(keys)) == len(keys):
            return []
    places = defaultdict(list)
    for place, cell in enumerate(ids):
        if key := normalise(cell):
            places[key].append(place)
    return [group for group in places.values() if len(group) > 1]


def _refused(table: Table, again: list[list[int]], header: str, name: str) -> list[Problem]:
    pairs = sorted((other, group[0]) for group in again for other in group[1:])
    expected = "1人1行（最後を数えるなら data/survey.yaml に resubmission: latest と timestamp）"
    return first_of(
        (
            Problem(
                "repeated-respondent",
                name,
                f"{table.rows[first]}行目と同じ回答者です",
                table.rows[place],
                header,
                expected=expected,
            )
            for place, first in pairs
        ),
        len(pairs),
    )


def _chosen(
    table: Table, again: list[list[int]], header: str, rule: str, name: str
) -> tuple[set[int], list[Problem]]:
    dropped: set[int] = set()
    problems = []
    for group in again:
        times: dict[datetime, int] = {}
        for place in group:
            moment = parse_timestamp(table.columns[header][place])
            row = table.rows[place]
            if moment is None:
                message = "同じ回答者の回答がほかにもあるのに、回答日時が読めません"
                expected = "2025/06/04 16:00 のような年からの日時"
                problems.append(Problem("timestamp", name, message, row, header, None, expected))
            elif moment in times:
                message = f"{table.rows[times[moment]]}行目と同じ回答者、同じ回答日時です"
                problems.append(Problem("same-time", name, message, row, header))
            else:
                times[moment] = place
        if times:
            kept = times[max(times) if rule == "latest" else min(times)]
            dropped |= set(group) - {kept}
    return dropped, problems
