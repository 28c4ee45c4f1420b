"""Who answered: the same respondent twice, and the one declared rule for that."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dxeval.definitions.form import DATE_ORDERS
from dxeval.definitions.labels import normalise
from dxeval.definitions.yaml_text import as_yaml
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.respondent_ids import id_key, id_keys, why_no_ids
from dxeval.reading.table import Table
from dxeval.reading.timestamps import fitting_orders, parse_timestamp

_TIME = re.compile(r"日時|タイムスタンプ|時刻|time|submit|date", re.I)
"""Headers that may be the time of an answer."""


@dataclass(frozen=True)
class Repeats:
    """Places of the table's rows that do not count.

    ``superseded``: their respondent sent another answer that does; ``identical``: the same
    answers of one respondent at one moment, sent more than once.
    """

    superseded: frozenset[int] = frozenset()
    identical: frozenset[int] = frozenset()

    @property
    def places(self) -> frozenset[int]:
        """Both together."""
        return self.superseded | self.identical


def find_repeats(
    table: Table, rule: str, answers: frozenset[str], name: str, problems: Problems
) -> Repeats:
    """Return the rows that do not count; adds what is wrong to ``problems``.

    Two rows are the same respondent's only if the respondent id column says so; ``rule`` is the
    survey's ``resubmission``; ``answers`` are the questions' labels, normalised, which are no ids.
    Messages name rows, never an id.
    """
    header = table.form.respondent_id
    if header is None:
        return Repeats()
    firsts = _firsts(table.column(header))
    times = np.bincount(firsts, minlength=1)
    if times.max() <= 1:
        return Repeats()
    repeated = ((id_key(table.column(header)[i]), int(times[i])) for i in np.flatnonzero(times > 1))
    people = int((times > 0).sum())
    if (why := why_no_ids(repeated, table.column(header), people, answers)) is not None:
        problems.add(_no_ids(table, header, why, name))
        return Repeats()
    identical = frozenset(_identical(table, _groups(firsts)))
    if rule == "refuse" or table.form.timestamp is None:
        _refuse(table, _groups(firsts, identical), rule, name, problems)
        return Repeats(identical=identical)
    superseded = _superseded(table, firsts, identical, rule, name, problems)
    return Repeats(frozenset(superseded), identical)


def of_same_respondents(table: Table, places: Collection[int]) -> set[int]:
    """Return the places of all rows of the respondents whose rows stand at ``places``."""
    if table.form.respondent_id is None:
        return {*places}
    keys = id_keys(table.column(table.form.respondent_id))
    people = {keys[place] for place in places} - {""}
    return {*places, *(place for place, key in enumerate(keys) if key in people)}


def _no_ids(table: Table, header: str, why: str, name: str) -> Problem:
    message = f"回答者を見分けられない列です（{why}）"
    expected = "1人ずつ違う番号かメールアドレスの列"
    hint = (
        f"  data/survey.yaml の forms「{table.form.name}」の respondent_id を、そのような列の"
        "見出しに替えてください。なければ respondent_id の行を消すと、1行を1人に数えます。"
    )
    return Problem(ProblemKind.NO_IDS, name, message, column=header, expected=expected, hint=hint)


def _firsts(ids: Sequence[str]) -> NDArray[np.int64]:
    """Return for each place where its id stands first; a blank id is nobody else's."""
    first: dict[str, int] = {}
    keys = id_keys(ids)
    return np.array([first.setdefault(key, i) if key else i for i, key in enumerate(keys)], "int64")


def _groups(firsts: NDArray[np.int64], left_out: Collection[int] = ()) -> Iterator[list[int]]:
    """Yield the places of each id that stands more than once, without those ``left_out``."""
    order = np.argsort(firsts, kind="stable")
    edges = np.flatnonzero(np.diff(firsts[order], prepend=-1, append=-1))
    for start in np.flatnonzero(np.diff(edges) > 1):
        group = order[edges[start] : edges[start + 1]].tolist()
        if len(kept := [place for place in group if place not in left_out]) > 1:
            yield kept


def _identical(table: Table, groups: Iterable[Sequence[int]]) -> Iterator[int]:
    """Yield the places that say again, at the same moment, what the same respondent said."""
    if table.form.timestamp is None:
        return
    stamps, ids = table.columns[table.form.timestamp], table.form.respondent_id
    said = [
        cells
        for header, columns in table.columns.items()
        if header not in {ids, table.form.timestamp}
        for cells in columns
    ]
    for group in groups if stamps else ():
        seen: set[tuple[object, ...]] = set()
        for place in group:
            stamp = stamps[0][place]
            moment = parse_timestamp(stamp, table.form.date_order) or normalise(stamp)
            row = (moment, *(cells[place] for cells in said))
            if moment and row in seen:
                yield place
            seen.add(row)


def _refuse(
    table: Table, groups: Iterable[Sequence[int]], rule: str, name: str, problems: Problems
) -> None:
    expected = "1人1行（最後を数えるなら data/survey.yaml に resubmission: latest と timestamp）"
    lines = []
    if rule == "refuse":
        lines.append("data/survey.yaml に resubmission: latest（最後を数える。最初なら first）")
    if table.form.timestamp is None:
        found = next((header for header in table.dropped if _TIME.search(header)), None)
        stamp = as_yaml(found) if found else "（回答日時の見出し）"
        lines.append(f"forms「{table.form.name}」に timestamp: {stamp}")
    cure = f"  {'、'.join(lines)} と書いてください。"
    told: list[int] = []

    def again(places: tuple[int, int]) -> Problem:
        row, first = (table.rows[place] for place in places)
        told.append(row)
        message = f"{first}行目と同じ回答者です"
        kind = ProblemKind.REPEATED_RESPONDENT
        header = table.form.respondent_id
        hint = cure if len(told) == 1 else None
        return Problem(kind, name, message, row, header, expected=expected, hint=hint)

    pairs = ((place, group[0]) for group in groups for place in group[1:])
    problems.add_each(pairs, again)


def _superseded(  # noqa: PLR0913, PLR0917
    table: Table,
    firsts: NDArray[np.int64],
    identical: Collection[int],
    rule: str,
    name: str,
    problems: Problems,
) -> Iterator[int]:
    """Yield the places of all but each respondent's latest or first answer."""
    stamps = table.column(table.form.timestamp or "")

    def moment(place: int) -> datetime | None:
        return parse_timestamp(stamps[place], table.form.date_order)

    groups = _groups(firsts, identical)
    unread = (place for group in groups for place in group if moment(place) is None)
    problems.add_each(unread, _unreadable(table, stamps, name))
    for group in () if problems else _groups(firsts, identical):
        times = [(moment(place), place) for place in group]
        kept, at = (max if rule == "latest" else min)(times)
        if same := [place for time, place in times if time == kept and place != at]:
            first, second = sorted((table.rows[same[0]], table.rows[at]))
            message = f"{first}行目と同じ回答者、同じ回答日時で、答えが違います"
            header = table.form.timestamp
            hint = "  どちらを数えるか決めて、フォームの側で片方を消し、書き出し直してください。"
            kind = ProblemKind.SAME_TIME
            problems.add(Problem(kind, name, message, second, header, hint=hint))
        yield from (place for place in group if place != at)


def _unreadable(table: Table, stamps: Sequence[str], name: str) -> Callable[[int], Problem]:
    """Return what makes the problem of a time that cannot be read."""

    @cache
    def hint() -> str | None:
        """Return which ``date_order`` reads every time of the file, None if none does."""
        fitting = fitting_orders(filter(str.strip, stamps))
        if not fitting or DATE_ORDERS[0] in fitting:
            return None
        words = {"month-day-year": "月/日/年", "day-month-year": "日/月/年"}
        which = "、".join(f"{words[order]}なら date_order: {order}" for order in fitting)
        form = f"data/survey.yaml の forms「{table.form.name}」"
        return f"  年が後の日時です。{form}に書いてください（{which}）。"

    def problem(place: int) -> Problem:
        return Problem(
            ProblemKind.UNREADABLE_TIME,
            name,
            "同じ回答者の回答がほかにもあるのに、回答日時が読めません",
            table.rows[place],
            table.form.timestamp,
            stamps[place] or "（空欄）",
            "2025/06/04 16:00 のような年からの日時",
            hint(),
        )

    return problem
