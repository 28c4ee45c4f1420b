"""All figures of one question together: what contradicts, what is left unsaid."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from dxeval.definitions.published import Published
from dxeval.scoring.audit.finding import Finding, Kind
from dxeval.scoring.audit.grimmer import DIVISORS
from dxeval.scoring.audit.question import Question, Statement
from dxeval.scoring.audit.roundings import Printed, counts, decimals, shown

FINE = 2000
"""People of whom shares are looked at where no n fits: one is a twentieth of what is printed."""
FEW = 10
"""Below so many who answered, a single one may be recognised."""


def impossible(question: Question) -> list[Statement]:
    """Return the statements that no answers of that many people give, each by itself."""
    return [
        statement
        for statement in question.statements
        if statement.n is not None and not statement.possible(statement.n, question.scores)
    ]


def nearest(statement: Statement) -> tuple[tuple[int, Printed], ...]:
    """Return the counts on either side of an impossible share, with what would be printed."""
    printed, n = statement.figure.percent, statement.n
    if printed is None or not n:
        return ()
    below = int(Fraction(printed) * n / 100)
    rounding, digits = statement.figure.rounding or "half-up", decimals(printed)
    near = (k for k in (below, below + 1) if k <= n)
    return tuple((k, shown(Fraction(100 * k, n), digits, rounding)) for k in near)


def contradictions(question: Question, wrong: Sequence[Statement]) -> Iterator[Finding]:
    """Yield a finding for each smallest set of statements that cannot hold together.

    With the n of the question; and as shares, whatever n may be, where a figure is impossible by
    itself or n is not known.
    """
    if question.several:
        return
    n = question.n
    if n is not None:
        fitting = [s for s in question.statements if s not in wrong and s.n in {n, None}]
        yield from (_together(found, n) for found in smallest(question, fitting, n))
    if wrong or n is None:
        fine = FINE * 10**question.digits
        shares = [s for s in question.statements if s.figure.count is None and not s.moments]
        for found in smallest(question, shares, fine):
            if n is None or set(found) & set(wrong):
                yield _together(found, None)


def _together(found: Sequence[Statement], n: int | None) -> Finding:
    figures = tuple(figure for statement in found for figure in statement.figures)
    return Finding(Kind.CONTRADICTION, figures, {"n": n})


def smallest(
    question: Question, statements: Sequence[Statement], n: int
) -> Iterator[tuple[Statement, ...]]:
    """Yield smallest sets that cannot hold together, no statement in two of them."""
    rest = list(statements)
    while not question.possible(n, rest):
        sizes = range(1, len(rest) + 1)
        sets = (some for size in sizes for some in combinations(rest, size))
        found = next(some for some in sets if not question.possible(n, some))
        yield found
        rest = [statement for statement in rest if statement not in found]


def legend_lacks(question: Question) -> Iterator[Finding]:
    """Yield where a headline names levels that its legend lacks."""
    legend = question.legend
    for statement in question.statements:
        headline = next((f for f in statement.figures if f.where == "headline"), None)
        if legend is None or headline is None:
            continue
        if lacking := tuple(level for level in headline.levels if level not in legend.levels):
            yield Finding(Kind.LEGEND_LACKS, (headline, legend), {"levels": lacking})


def unmentioned(question: Question) -> Iterator[Finding]:
    """Yield who is left out where prose gives some levels outside the headline.

    Only where certainly someone is: the least count of the levels left is above 0.
    """
    headline = next((s for s in question.statements if _in(s, "headline")), None)
    if headline is None or question.n is None or question.several:
        return
    prose = [
        s
        for s in question.statements
        if _in(s, "prose") and s.levels and not s.levels & headline.levels
    ]
    said = frozenset[str]().union(*(s.levels for s in prose))
    rest = set(question.levels) - headline.levels - said
    if not prose or not rest:
        return
    not_said = question.between(rest, question.n)
    if not_said is not None and not_said[0] > 0:
        levels = tuple(
            level
            for level in question.levels
            if level in rest and question.between([level], question.n) != (0, 0)
        )
        of_said = question.between(said, question.n)
        facts = {"levels": levels, "said": of_said, "not_said": not_said}
        figures = tuple(figure for s in prose for figure in s.figures)
        yield Finding(Kind.UNMENTIONED, figures, {**facts, "n": question.n})


def one_person(question: Question) -> Iterator[Finding]:
    """Yield levels that certainly one of few people chose, and so can be told who it was."""
    if question.n is None or question.n >= FEW or question.several:
        return
    left = question.left(question.n)
    alone = [
        level
        for level, between in zip(question.levels, left.levels, strict=False)
        if between == (1, 1)
    ]
    if alone:
        figures = tuple(f for s in question.statements for f in s.figures)
        yield Finding(Kind.ONE_PERSON, figures, {"levels": tuple(alone), "n": question.n})


def possible_ns(
    question: Question, ns: Iterable[int], divisors: Sequence[int] = DIVISORS
) -> list[int]:
    """Return every n of which people can have given all that is said of a question.

    ``divisors``: (1,) where standard deviations are known to be those of a sample.
    """
    return [
        n
        for n in ns
        if all(s.possible(n, question.scores) for s in question.statements if s.is_share)
        and question.possible(n, question.statements, divisors=divisors)
    ]


def two_ns(question: Question) -> Iterator[Finding]:
    """Yield figures of one question that stand beside different n."""
    stated = {s.figure.n: s.figure for s in question.statements if s.figure.n is not None}
    if len(stated) > 1:
        yield Finding(Kind.TWO_N, tuple(stated.values()), {"ns": tuple(stated)})


def _in(statement: Statement, where: str) -> bool:
    return any(figure.where == where for figure in statement.figures)


def total(figure: Published, parts: Sequence[tuple[Question, Statement]]) -> Finding | None:
    """Hold a percentage of several sessions together against theirs: every sum of their counts."""
    ns = [statement.n for _, statement in parts]
    if figure.percent is None or any(n is None for n in ns):
        return None
    people = figure.n if figure.n is not None else sum(n for n in ns if n is not None)
    reached = {0}
    for _, statement in parts:
        reached = {a + b for a in reached for b in statement.counts(statement.n or 0)}
    wanted = counts(figure.percent, people, figure.rounding or "half-up")
    if not reached or reached & {*wanted}:
        return None
    figures = (figure, *(f for _, statement in parts for f in statement.figures))
    facts = {"n": people, "between": (min(reached), max(reached))}
    return Finding(Kind.TOTAL, figures, facts)
