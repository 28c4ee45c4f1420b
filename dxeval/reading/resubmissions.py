"""Who answered: the same respondent twice, and the one declared rule for that."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from dxeval.definitions.labels import normalise
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.table import Table
from dxeval.reading.timestamps import parse_timestamp


def superseded(table: Table, rule: str, name: str, problems: Problems) -> set[int]:
    """Return the places of the table's rows that do not count; adds what is wrong to ``problems``.

    Two rows are the same respondent's only if the respondent id column says so; ``rule`` is the
    survey's ``resubmission``. Messages name rows, never an id.
    """
    header = table.form.respondent_id
    if header is None or not _has_repeated(table.columns[header]):
        return set()
    firsts = _firsts(table.columns[header])
    if rule == "refuse" or table.form.timestamp is None:
        _refuse(table, firsts, header, name, problems)
        return set()
    return _dropped(table, firsts, rule, name, problems)


def _has_repeated(ids: Sequence[str]) -> bool:
    return len(set(map(normalise, ids))) < len(ids)


def _firsts(ids: Sequence[str]) -> list[int]:
    """Return for each place where its id stands first; a blank id is nobody else's."""
    first: dict[str, int] = {}
    return [
        first.setdefault(key, place) if (key := normalise(cell)) else place
        for place, cell in enumerate(ids)
    ]


def _refuse(
    table: Table, firsts: Sequence[int], header: str, name: str, problems: Problems
) -> None:
    expected = "1人1行（最後を数えるなら data/survey.yaml に resubmission: latest と timestamp）"

    def again(places: tuple[int, int]) -> Problem:
        row, first = (table.rows[place] for place in places)
        message = f"{first}行目と同じ回答者です"
        kind = ProblemKind.REPEATED_RESPONDENT
        return Problem(kind, name, message, row, header, expected=expected)

    pairs = ((place, first) for place, first in enumerate(firsts) if place != first)
    problems.add_each(pairs, again)


def _dropped(
    table: Table, firsts: Sequence[int], rule: str, name: str, problems: Problems
) -> set[int]:
    """Return the places of all but each respondent's latest or first answer."""
    dropped: set[int] = set()
    by_respondent = sorted(range(len(firsts)), key=firsts.__getitem__)
    for _, same in groupby(by_respondent, firsts.__getitem__):
        group = list(same)
        if len(group) == 1:
            continue
        times = _times(table, group, name, problems)
        if not problems:
            kept = times[max(times) if rule == "latest" else min(times)]
            dropped.update(place for place in group if place != kept)
    return dropped


def _times(
    table: Table, group: Sequence[int], name: str, problems: Problems
) -> dict[datetime, int]:
    """Return when one respondent's answers were sent, and their places."""
    header = table.form.timestamp or ""
    times: dict[datetime, int] = {}
    for place in group:
        moment = parse_timestamp(table.columns[header][place])
        row = table.rows[place]
        if moment is None:
            message = "同じ回答者の回答がほかにもあるのに、回答日時が読めません"
            expected = "2025/06/04 16:00 のような年からの日時"
            kind = ProblemKind.UNREADABLE_TIME
            problems.add(Problem(kind, name, message, row, header, expected=expected))
        elif moment in times:
            message = f"{table.rows[times[moment]]}行目と同じ回答者、同じ回答日時です"
            problems.add(Problem(ProblemKind.SAME_TIME, name, message, row, header))
        else:
            times[moment] = place
    return times
