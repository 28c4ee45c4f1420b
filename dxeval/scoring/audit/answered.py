"""Published figures beside the answers they were made from: what explains those that differ."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from dxeval.definitions.published import Published
from dxeval.definitions.questions import Scale
from dxeval.scoring.audit.finding import Explanation, Finding, Kind
from dxeval.scoring.audit.grimmer import DIVISORS
from dxeval.scoring.audit.moments import Moments
from dxeval.scoring.audit.roundings import counts, decimals, shown
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.score import Scores

OTHER_ROUNDINGS = ("floor", "ceiling", "twice", "half-even")
COST = {"rounding": 1, "blanks-in": 1, "assignment": 2, "count": 2, "rule": 2, "group": 3}
"""What an explanation assumes: another way to count the right answers less than other answers."""
LEAST_SHARES = 2
"""Shares of single levels that make a row of a table."""


@dataclass(frozen=True)
class Column:
    """How often each level of an item was chosen, lowest first; how many left it blank."""

    name: str
    counts: Mapping[str, int]
    blanks: int = 0
    favourable: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """How many answered."""
        return sum(self.counts.values())

    def chosen(self, levels: Iterable[str]) -> int | None:
        """Return how many chose one of the levels, None if it lacks one."""
        found = [self.counts.get(level) for level in levels]
        return None if None in found else sum(k for k in found if k is not None)

    def gives(self, figure: Published) -> bool:
        """Return whether a figure comes out of it."""
        rounding = figure.rounding or "half-up"
        if figure.mean is not None:
            return self._has_mean(Moments(figure.mean, figure.sd, rounding))
        k = self.chosen(figure.levels or self.favourable)
        if k is None or (figure.count is not None and figure.count != k):
            return False
        return figure.percent is None or k in counts(figure.percent, self.n, rounding)

    def _has_mean(self, moments: Moments) -> bool:
        labels = [*self.counts]
        numbers = all(label.isascii() and label.isdigit() for label in labels)
        scores = [int(label) for label in labels] if numbers else range(1, len(labels) + 1)
        pairs = list(zip(scores, self.counts.values(), strict=True))
        total, squares = sum(s * k for s, k in pairs), sum(s * s * k for s, k in pairs)
        n = self.n
        return (
            bool(n)
            and total in moments.sums(n, [*scores])
            and (
                moments.sd is None
                or any(
                    squares in replace(moments, divisor=divisor).squares(n, total)
                    for divisor in DIVISORS
                )
            )
        )


def answer_columns(scores: Mapping[str, Scores]) -> dict[str, dict[str, Column]]:
    """Return the answers of each session by item, of those where each chose one label."""
    return {
        session_id: {
            item.item.name: Column(
                item.item.name,
                dict(reversed([*item])) if isinstance(item.item, Scale) else dict(item),
                item.n_missing,
                item.favourable,
            )
            for item in found
            if isinstance(item, Distribution) and item.n_valid
        }
        for session_id, found in scores.items()
    }


def against(
    figures: Sequence[Published], answers: Mapping[str, Mapping[str, Column]]
) -> list[Finding]:
    """Return a finding for each row and each figure that does not come out of the answers.

    ``answers``: of each session the columns by item. What comes out is not mentioned.
    """
    by_session: dict[str, list[Published]] = defaultdict(list)
    for figure in figures:
        by_session[figure.session_id].append(figure)
    found: list[Finding] = []
    for session_id, own in by_session.items():
        if session_id in answers:
            found += _of_session(own, answers[session_id], answers)
    return found


def _of_session(
    figures: Sequence[Published],
    own: Mapping[str, Column],
    answers: Mapping[str, Mapping[str, Column]],
) -> Iterator[Finding]:
    moved: dict[str, str] = {}
    told: set[int] = set()
    for item, row in _rows(figures).items():
        if item in own and all(own[item].gives(figure) for figure in row):
            continue
        fitting = [name for name, column in own.items() if all(map(column.gives, row))]
        if fitting:
            moved[item] = fitting[0]
            told |= {figure.line for figure in row}
            facts = {"item": item, "columns": tuple(fitting), "n": own[fitting[0]].n}
            yield Finding(Kind.OTHER_NAME, tuple(row), facts)
    for figure in figures:
        column = own.get(figure.item)
        said = figure.percent is not None or figure.mean is not None or figure.count is not None
        if column is None or not said or figure.line in told or column.gives(figure):
            continue
        facts = {"n": column.n, **_ours(figure, column)}
        why = sorted(_explained(figure, column, moved, answers), key=lambda e: e.rank)
        yield Finding(Kind.DIFFERS, (figure,), facts, tuple(why))


def _rows(figures: Iterable[Published]) -> dict[str, list[Published]]:
    """Return the rows of tables: of an item several single levels, its mean and deviation."""
    rows: dict[str, list[Published]] = defaultdict(list)
    for figure in figures:
        if figure.where == "table" and (len(figure.levels) == 1 or figure.mean is not None):
            rows[figure.item].append(figure)
    return {item: row for item, row in rows.items() if len(row) > LEAST_SHARES}


def _ours(figure: Published, column: Column) -> dict[str, object]:
    """Return what the answers give instead of a share."""
    k = column.chosen(figure.levels or column.favourable)
    if figure.percent is None or k is None:
        return {}
    digits = max(decimals(figure.percent), 1)
    return {"count": k, "ours": shown(Fraction(100 * k, column.n), digits)}


def _explained(
    figure: Published,
    column: Column,
    moved: Mapping[str, str],
    answers: Mapping[str, Mapping[str, Column]],
) -> Iterator[Explanation]:
    """Yield what would explain a share that the answers do not give."""
    levels = figure.levels or column.favourable
    k, printed = column.chosen(levels), figure.percent
    if printed is None or k is None:
        return

    def explained(kind: str, count: int, n: int, cost: int = 0, **more: object) -> Explanation:
        found = ((figure, range(count, count + 1)),)
        return Explanation(kind, {"n": n, **more}, found, 0, 0, cost or COST[kind])

    for rounding in OTHER_ROUNDINGS:
        if k in counts(printed, column.n, rounding):
            yield explained("rounding", k, column.n, rounding=rounding)
            break
    everyone = column.n + column.blanks
    if column.blanks and k in counts(printed, everyone):
        yield explained("blanks-in", k, everyone, blanks=column.blanks)
    if printed == k:
        yield explained("count", k, column.n)
    own = answers[figure.session_id]
    for name, other in own.items():
        there = other.chosen(levels)
        if name != figure.item and there is not None and there in counts(printed, other.n):
            cost = 1 if moved.get(figure.item) == name else COST["assignment"]
            yield explained("assignment", there, other.n, cost, column=name)
    yield from (
        explained("rule", count, column.n, levels=rule)
        for rule in _rules(column, levels)
        if (count := column.chosen(rule)) is not None and count in counts(printed, column.n)
    )
    for session_id, others in answers.items():
        group = others.get(figure.item) if session_id != figure.session_id else None
        more = group.chosen(levels) if group is not None else None
        if group is None or more is None:
            continue
        n = column.n + group.n
        if k + more in counts(printed, n):
            yield explained("group", k + more, n, session=session_id, alone=False)
        if more in counts(printed, group.n):
            yield explained("group", more, group.n, session=session_id, alone=True)


def _rules(column: Column, levels: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the other rules: so many levels from one end."""
    every = [*column.counts]
    for size in range(1, len(every)):
        for rule in (every[-size:], every[:size]):
            if {*rule} != {*levels} and {*rule} & {*levels}:
                yield tuple(rule)
