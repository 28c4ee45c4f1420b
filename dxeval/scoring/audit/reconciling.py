"""What would make figures possible together that contradict each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from dxeval.definitions.published import Published
from dxeval.scoring.audit.finding import Explanation
from dxeval.scoring.audit.question import Question, Statement
from dxeval.scoring.audit.roundings import interval

OTHER_ROUNDINGS = ("twice", "half-even", "floor", "ceiling")
COST = {"rounding": 2, "labels": 3, "neighbour": 4, "rule": 4, "averaged": 4}
"""What an explanation assumes; blanks and pooled questions assume as many things as they name."""


def best(found: Iterable[Explanation]) -> tuple[Explanation, ...]:
    """Return the best of each kind, the least assuming first."""
    kinds: dict[str, Explanation] = {}
    for explanation in sorted(found, key=lambda e: e.rank):
        kinds.setdefault(explanation.kind, explanation)
    return tuple(kinds.values())


def reconciled(
    found: Sequence[Statement], question: Question, report: Sequence[Question], n: int
) -> tuple[Explanation, ...]:
    """Return what would make statements possible together that contradict each other."""
    fitting: list[Explanation] = []

    def add(kind: str, facts: Mapping[str, object], cost: int) -> None:
        counts = tuple((s.figure, s.counts(int(str(facts["n"])))) for s in found if s.is_share)
        fitting.append(Explanation(kind, facts, counts, 0, 0, cost))

    for blanks in range(1, n // 3 + 1):
        if question.possible(n - blanks, found):
            add("blanks", {"n": n - blanks, "blanks": blanks}, blanks)
    for rounding in OTHER_ROUNDINGS:
        if question.possible(n, found, rounding):
            add("rounding", {"n": n, "rounding": rounding}, COST["rounding"])
    for other in report:
        rules = [s.levels for s in other.statements if s.figure.where == "headline"]
        if other.item != question.item or other is question or not rules:
            continue
        moved = [replace(s, levels=rules[0]) if _counted(s) else s for s in found]
        if rules[0] not in {s.levels for s in found} and question.possible(n, moved):
            facts = {"n": n, "session": other.session_id, "levels": tuple(sorted(rules[0]))}
            add("rule", facts, COST["rule"])
    return best(fitting)


def _counted(statement: Statement) -> bool:
    return any(figure.where in {"headline", "table"} for figure in statement.figures)


def averaged(figure: Published, parts: Sequence[Statement]) -> tuple[Explanation, ...]:
    """Return whether the sessions' percentages were averaged instead of their answers pooled."""
    shares = [Fraction(s.figure.percent) for s in parts if s.figure.percent is not None]
    if not shares or figure.percent is None:
        return ()
    mean = sum(shares, Fraction(0)) / len(shares)
    if mean not in interval(figure.percent, figure.rounding or "half-up"):
        return ()
    return (Explanation("averaged", {"shares": tuple(shares)}, (), 0, 0, COST["averaged"]),)
