"""A claim -> what must be printed, of sessions of which only an earlier report's figures are known.

The ranges are those of the audit's exact constraint problem, made anew from the figures.
"""

from dxeval.scoring.audit import declared
from dxeval.scoring.audit.known import Known, ranges
from dxeval.scoring.recount.claim import Answers, Basis, Claim, number, share
from dxeval.scoring.recount.what import What
from dxeval.scoring.span import Span

MANY_WAYS = 1_000_000
"""More distributions than these are not written out."""


def left(claim: Claim, answers: Answers) -> Known:
    """Return what the figures leave of the claim's item in its session. Raises KeyError."""
    (session,) = claim.sessions
    if (left, session) not in answers.memo:
        answers.memo[left, session] = _ranges(session, answers)
    return answers.memo[left, session][claim.item]


def _ranges(session: str, answers: Answers) -> dict[str, Known]:
    own = [figure for figure in answers.published if figure.session_ids == (session,)]
    context = declared.context(answers.survey, [answers.sessions[session]])
    return {item: found for (_, item), found in ranges(own, context).items()}


def possible(claim: Claim, answers: Answers) -> Basis | None:
    """Return an end of the range of levels (of none: of the favourable ones)."""
    (score,) = answers.of_item(claim)
    span = left(claim, answers).span(*(claim.levels or score.favourable))
    return _end(claim.what, span) if span else None


def _end(what: What, span: Span) -> Basis:
    if what is What.OF_N:
        return number(span.n)
    count = span.few if what in {What.FEW, What.FEW_SHARE} else span.many
    shares = what in {What.FEW_SHARE, What.MANY_SHARE}
    return share(count, span.n) if shares else number(count, span.n)


def ways(claim: Claim, answers: Answers) -> Basis | None:
    """Return how many distributions are left."""
    found = left(claim, answers).ways
    return None if found is None else Basis((f"{min(found, MANY_WAYS)}",))


def people(claim: Claim, answers: Answers) -> Basis:
    """Return how many people the figures are of."""
    return number(left(claim, answers).n)
