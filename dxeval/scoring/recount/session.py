"""A claim -> what must be printed, of what stands out in one session: most chosen, left out …."""

from collections.abc import Callable, Mapping

from dxeval.definitions.item import Rated
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.recount.claim import Answers, Basis, Claim, number
from dxeval.scoring.recount.what import What
from dxeval.scoring.score import Scores
from dxeval.scoring.selections import Selections
from dxeval.scoring.values import Ordered


def _scores(claim: Claim, answers: Answers) -> Scores:
    (session,) = claim.sessions
    return answers.scores[session]


def _missing(claim: Claim, answers: Answers) -> Basis | None:
    """Return how many items some left out, or the fewest or the most who did."""
    scores = _scores(claim, answers)
    left = sorted(score.n_missing for score in scores if score.awaited and score.n_missing)
    if not left:
        return None
    ends = {What.MISSING_LOW: left[0], What.MISSING_HIGH: left[-1]}
    return number(ends.get(claim.what, len(left)))


def _without_share(claim: Claim, answers: Answers) -> Basis:
    """Return how many items have no share: those with labels most chosen, or with medians."""
    scores = [
        score
        for score in _scores(claim, answers)
        if score.awaited and score.n_valid and not score.favourable
    ]
    measured = [score for score in scores if isinstance(score, Ordered)]
    led = [
        score
        for score in scores
        if isinstance(score, Distribution | Selections) and score not in measured and score.leaders
    ]
    return number(len(measured if claim.what is What.ITEMS_MEASURED else led))


def _spread(claim: Claim, answers: Answers) -> Basis:
    """Return how many levels were chosen of the items of which the most were; or these items."""
    chosen = [
        sum(1 for _, count in score if count)
        for score in _scores(claim, answers)
        if isinstance(score, Distribution) and isinstance(score.item, Rated)
        if not isinstance(score, Ordered) and score.n_valid
    ]
    most = max(chosen, default=0)
    return number(chosen.count(most) if claim.what is What.ITEMS_WIDEST else most)


def _more(claim: Claim, answers: Answers) -> Basis | None:
    """Return how many levels are neither favourable nor named (``levels``), or how many people."""
    score = _scores(claim, answers)[claim.item]
    if not isinstance(score, Distribution):
        return None
    kept = (*score.favourable, *claim.levels)
    others = [count for level, count in score if count and level not in kept]
    return number(len(others) if claim.what is What.LEVELS_MORE else sum(others))


def _leaders_more(claim: Claim, answers: Answers) -> Basis | None:
    """Return how many labels were chosen as often as the one that was chosen most."""
    score = _scores(claim, answers)[claim.item]
    if not isinstance(score, Distribution | Selections):
        return None
    counts = [count for _, count in score]
    return number(counts.count(max(counts)) - 1)


OF_SESSION: Mapping[What, Callable[[Claim, Answers], Basis | None]] = {
    **dict.fromkeys([What.ITEMS_MISSING, What.MISSING_LOW, What.MISSING_HIGH], _missing),
    **dict.fromkeys([What.ITEMS_LED, What.ITEMS_MEASURED], _without_share),
    **dict.fromkeys([What.ITEMS_WIDEST, What.LEVELS_CHOSEN], _spread),
    **dict.fromkeys([What.LEVELS_MORE, What.PEOPLE_MORE], _more),
    What.LEADERS_MORE: _leaders_more,
}
