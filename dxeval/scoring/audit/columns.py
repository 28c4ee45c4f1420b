"""One item over all sessions: whether its figures count by one rule."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from dxeval.definitions.published import Published
from dxeval.scoring.audit.finding import Finding, Kind
from dxeval.scoring.audit.question import Question, Statement
from dxeval.scoring.audit.roundings import shown


def rule(question: Question) -> Statement | None:
    """Return the headline's statement: the levels that it counts are the session's rule."""
    headlines = (
        statement
        for statement in question.statements
        if statement.levels and any(figure.where == "headline" for figure in statement.figures)
    )
    return next(headlines, None)


def mixed_rules(column: Sequence[Question]) -> Iterator[Finding]:
    """Yield a finding where sessions count one item by rules of which one is in the other.

    For each session, what its share could be by each of the other rules: an exact range, a single
    percentage where the legend shows that both rules agree.
    """
    ruled = [(question, found) for question in column if (found := rule(question)) is not None]
    rules = sorted({found.levels for _, found in ruled}, key=lambda levels: (len(levels), *levels))
    nested = [
        levels for levels in rules if any(levels < other or other < levels for other in rules)
    ]
    if len(nested) < 2:
        return
    own = {q.session_id: s.levels for q, s in ruled if s.levels in nested}
    ranges = {
        (question.session_id, levels): reach
        for question, _ in ruled
        for levels in nested
        if levels != own.get(question.session_id)
        and (reach := share_range(question, levels)) is not None
    }
    facts = {"rules": own, "ranges": ranges, "order": tuple(nested)}
    yield Finding(Kind.MIXED_RULE, tuple(_headline(s) for _, s in ruled), facts)


def share_range(question: Question, levels: frozenset[str]) -> "tuple[object, ...] | None":
    """Return the least and greatest percentage (and count) of levels; None if nothing is left.

    Where the session's own figure is impossible, it is not asked to hold; the legend is.
    """
    n = question.n
    if not n or question.several or not levels <= {*question.levels}:
        return None
    fitting = [s for s in question.statements if s.n is None or s.possible(s.n, question.scores)]
    ends = question.between(levels, n, fitting)
    if ends is None:
        return None
    few, many = ends
    return (*(shown(Fraction(100 * k, n)) for k in (few, many)), few, many)


def _headline(statement: Statement) -> Published:
    return next(figure for figure in statement.figures if figure.where == "headline")
