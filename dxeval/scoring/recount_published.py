"""A claim -> what must be printed, of figures that an earlier report states."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from dxeval.definitions.published import Published
from dxeval.scoring.audit.compared import check_figures, possible_counts
from dxeval.scoring.audit.roundings import decimals, shown
from dxeval.scoring.claim import Answers, Basis, Claim, What
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.rounding import percent
from dxeval.scoring.selections import Selections

WHERE = ("table", "headline", "prose")
"""Where percentages are published."""


def figures_of(claim: Claim, answers: Answers) -> list[Published]:
    """Return the published percentages of the claim's session, item, levels and percentage."""
    return [
        figure
        for figure in answers.published
        if figure.session_id in claim.sessions and figure.item == claim.item
        if not claim.levels or figure.levels == claim.levels
        if figure.percent is not None and (not claim.of or f"{figure.percent}" == claim.of)
    ]


def _published(claim: Claim, answers: Answers) -> Basis | None:
    texts = dict.fromkeys(f"{figure.percent}" for figure in figures_of(claim, answers))
    return Basis(tuple(texts)) if texts else None


def _agreement(claim: Claim, answers: Answers) -> Basis | None:
    own = [figure for figure in answers.published if figure.session_id in claim.sessions]
    table = [f for f in check_figures(own, answers.scores) if f.figure.where == "table"]
    if claim.what is What.COMPARED:
        return Basis((f"{len(table)}",), len(table))
    agreeing = 0
    for found in table:
        low, high = _around(found.figure, found.figure.percent or 0)
        agreeing += low <= Fraction(100 * found.count, found.n) < high
    usual = all(found.figure.rounding in {None, "half-up"} for found in table)
    if not usual:
        agreeing = sum(found.verdict == "agrees" for found in table)
    return Basis((f"{agreeing}",), agreeing, len(table))


def _around(figure: Published, number: int | Decimal) -> tuple[Fraction, Fraction]:
    """Return from which percentage on, and below which, ``number`` is printed, half up."""
    half = Fraction(1, 2 * 10 ** decimals(number))
    return Fraction(number) - half, Fraction(number) + half


def _near(claim: Claim, answers: Answers) -> Basis | None:
    """The possible counts beside an impossible percentage, and the percentage of one of them."""
    score = answers.scores[claim.sessions[0]].get(claim.item)
    if not isinstance(score, Distribution | Selections):
        return None
    n = score.n_valid
    if claim.what is What.NEAR_SHARE:
        return Basis(_as_printed(int(claim.levels[0]), n, claim.of), int(claim.levels[0]), n)
    below = int(Fraction(claim.of) * n / 100)
    return Basis((f"{below}", f"{below + 1}"), below, n)


def _as_printed(count: int, n: int, published: str) -> tuple[str, ...]:
    digits = decimals(Decimal(published))
    return (f"{shown(Fraction(100 * count, n), digits) if digits else percent(count, n)}",)


def _possible(claim: Claim, answers: Answers) -> Basis | None:
    n = answers.sessions[claim.sessions[0]].attendees
    counts = [
        count
        for figure in figures_of(claim, answers)
        if figure.where == "table" and figure.percent is not None
        for count in possible_counts(figure.percent, n)
    ]
    if not counts:
        return None
    count = min(counts) if claim.what is What.POSSIBLE_LOW else max(counts)
    return Basis((f"{count}",), count, n)


OF_PUBLISHED: Mapping[What, Callable[[Claim, Answers], Basis | None]] = {
    What.PUBLISHED: _published,
    What.AGREEING: _agreement,
    What.COMPARED: _agreement,
    What.NEAR_COUNT: _near,
    What.NEAR_SHARE: _near,
    What.POSSIBLE_LOW: _possible,
    What.POSSIBLE_HIGH: _possible,
}
