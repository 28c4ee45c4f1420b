"""A claim -> what must be printed, of counts and shares of which only the ends are known.

``of`` says why: ``blanks`` and ``silent`` (people who did not answer), ``95`` (all counts that are
printed so, of those who came) or ``95/n`` (of those that the report names); else what all published
figures leave together.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from dxeval.scoring.audit.roundings import counts
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.recount.claim import Answers, Basis, Claim, number, share
from dxeval.scoring.recount.possible import left, possible
from dxeval.scoring.recount.what import What

FEWEST = {What.FEW, What.FEW_SHARE}
SHARES = {What.FEW_SHARE, What.MANY_SHARE}


def _end(claim: Claim, answers: Answers) -> Basis | None:
    if not claim.of:
        return possible(claim, answers)
    if claim.of in {"blanks", "silent"}:
        return _unanswered(claim, answers)
    return _of_one_figure(claim, answers)


def _unanswered(claim: Claim, answers: Answers) -> Basis | None:
    """Return an end of what a share may be with blanks; with people who did not answer, too."""
    (session,) = claim.sessions
    (score,) = answers.of_item(claim)
    if not isinstance(score, Distribution):
        return None
    silent = answers.sessions[session].attendees - answers.scores[session].n_respondents
    unknown = score.n_missing + (max(silent, 0) if claim.of == "silent" else 0)
    few = sum(count for level, count in score if level in score.favourable)
    count, n = few if claim.what in FEWEST else few + unknown, score.n_valid + unknown
    if claim.what is What.OF_N:
        return number(n)
    return share(count, n) if claim.what in SHARES else number(count, n)


def _of_one_figure(claim: Claim, answers: Answers) -> Basis | None:
    """Return the fewest or the most people of whom one published percentage can be."""
    (session,) = claim.sessions
    printed, _, said = claim.of.partition("/")
    n = answers.sessions[session].attendees
    rounding = "half-up"
    for figure in answers.published:
        if (figure.session_id, figure.item, f"{figure.percent}") == (session, claim.item, printed):
            rounding = figure.rounding or rounding
            n = (figure.n or left(claim, answers).n) if said else n
            break
    if claim.what is What.OF_N:
        return number(n)
    found = counts(Decimal(printed) if "." in printed else int(printed), n, rounding)
    if not found:
        return None
    return number(found[0] if claim.what is What.FEW else found[-1], n)


def _items_uncertain(claim: Claim, answers: Answers) -> Basis:
    (session,) = claim.sessions
    silent = answers.sessions[session].attendees > answers.scores[session].n_respondents
    found = [
        score
        for score in answers.scores[session]
        if score.awaited and score.favourable and (score.n_missing or silent)
    ]
    return number(len(found))


OF_RANGES: Mapping[What, Callable[[Claim, Answers], Basis | None]] = {
    **dict.fromkeys([What.FEW, What.MANY, What.FEW_SHARE, What.MANY_SHARE, What.OF_N], _end),
    What.ITEMS_UNCERTAIN: _items_uncertain,
}
