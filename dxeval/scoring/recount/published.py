"""A claim -> what must be printed, of figures that an earlier report states, beside the answers."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from dxeval.definitions.published import Published
from dxeval.scoring.audit.roundings import counts, decimals, shown
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.recount.claim import Answers, Basis, Claim, number
from dxeval.scoring.recount.possible import people, ways
from dxeval.scoring.recount.what import What
from dxeval.scoring.rounding import percent
from dxeval.scoring.selections import Selections


def _published(claim: Claim, answers: Answers) -> Basis | None:
    """Return the published percentages of the claim's session, item and levels."""
    texts = [
        f"{figure.percent}"
        for figure in answers.published
        if figure.session_id in claim.sessions and figure.item == claim.item
        if figure.percent is not None and (not claim.levels or figure.levels == claim.levels)
    ]
    return Basis(tuple(dict.fromkeys(texts))) if texts else None


def _score(figure: Published, answers: Answers) -> Distribution | Selections | None:
    """Return the score beside a figure of the report's table; None where there is none."""
    if figure.where != "table" or figure.percent is None or figure.session_id not in answers.scores:
        return None
    score = answers.scores[figure.session_id].get(figure.item)
    return score if isinstance(score, Distribution | Selections) and score.n_valid else None


def _compared(claim: Claim, answers: Answers) -> Basis:
    """Return how many figures of the report's table stand beside answers, or come out of them."""
    agreeing = compared = 0
    for figure in answers.published:
        score = _score(figure, answers) if figure.session_id in claim.sessions else None
        if score and figure.percent is not None:
            levels = figure.levels or score.favourable
            count = sum(people for level, people in score if level in levels)
            possible = counts(figure.percent, score.n_valid, figure.rounding or "half-up")
            compared += 1
            agreeing += count in possible
    return number(compared) if claim.what is What.COMPARED else number(agreeing, compared)


def _near(claim: Claim, answers: Answers) -> Basis | None:
    """Return the possible counts beside an impossible percentage, or the share of one of them."""
    (score,) = answers.of_item(claim)
    n = score.n_valid
    if claim.what is What.NEAR_SHARE:
        count = int(claim.levels[0])
        return Basis((_as_printed(count, n, claim.of),), count, n)
    below = int(Fraction(claim.of) * n / 100)
    return Basis((f"{below}", f"{below + 1}"), below, n)


def _as_printed(count: int, n: int, published: str) -> str:
    digits = decimals(Decimal(published))
    return f"{shown(Fraction(100 * count, n), digits) if digits else percent(count, n)}"


def _reported(claim: Claim, answers: Answers) -> Basis:
    """Return how many figures the report states, or of how many sessions."""
    own = [f for f in answers.published if {*f.session_ids} <= {*answers.sessions}]
    if claim.what is What.FIGURES:
        return number(len(own))
    return number(len({session for figure in own for session in figure.session_ids}))


OF_PUBLISHED: Mapping[What, Callable[[Claim, Answers], Basis | None]] = {
    What.PUBLISHED: _published,
    **dict.fromkeys([What.COMPARED, What.AGREEING], _compared),
    **dict.fromkeys([What.NEAR_COUNT, What.NEAR_SHARE], _near),
    **dict.fromkeys([What.FIGURES, What.REPORTED], _reported),
    What.WAYS: ways,
    What.ALL_OF: people,
}
