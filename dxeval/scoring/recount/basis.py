"""A claim -> what must be printed, computed from the scores of single sessions alone."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from statistics import quantiles

from dxeval.errors import NotAskedError
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.order import shown
from dxeval.scoring.recount.audit import OF_AUDIT
from dxeval.scoring.recount.claim import Answers, Basis, Claim, number, share
from dxeval.scoring.recount.groups import OF_GROUPS
from dxeval.scoring.recount.labels import OF_LABELS
from dxeval.scoring.recount.people import OF_PEOPLE
from dxeval.scoring.recount.published import OF_PUBLISHED
from dxeval.scoring.recount.ranges import OF_RANGES
from dxeval.scoring.recount.rows import OF_ROWS
from dxeval.scoring.recount.session import OF_SESSION
from dxeval.scoring.recount.sessions import OF_SESSIONS
from dxeval.scoring.recount.what import What
from dxeval.scoring.selections import Selections
from dxeval.scoring.values import Ordered, Ratings, Values

Recount = Callable[[Claim, Answers], Basis | None]


def basis(claim: Claim, answers: Answers) -> Basis | None:
    """Return what must be printed, None where there is no such figure or it is a text (TEXTS)."""
    try:
        return RECOUNTS[claim.what](claim, answers)
    except (LookupError, ValueError, ZeroDivisionError, NotAskedError):
        return None


def _counted(claim: Claim, answers: Answers) -> tuple[int, int, int]:
    """Return how many chose the claim's levels (of none: a favourable one), of how many; blanks.

    Raises KeyError where it has no such levels.
    """
    found = [s for s in answers.of_item(claim) if isinstance(s, Distribution | Selections)]
    favourable = claim.what in {What.FAVOURABLE, What.FAVOURABLE_SHARE}
    count = 0
    for score in found:
        levels = score.favourable if favourable else claim.levels
        if not levels or not {*levels} <= {*score.item.labels}:
            raise KeyError(claim.item)
        count += sum(people for level, people in score if level in levels)
    if not found:
        raise KeyError(claim.item)
    return count, sum(s.n_valid for s in found), sum(s.n_missing for s in found)


def _count(claim: Claim, answers: Answers) -> Basis:
    count, n, missing = _counted(claim, answers)
    return Basis((f"{count}",), count, n, missing)


def _share(claim: Claim, answers: Answers) -> Basis:
    return share(*_counted(claim, answers))


def _each(claim: Claim, answers: Answers) -> Basis | None:
    """Return how many chose each label, where these are as many."""
    (score,) = answers.of_item(claim)
    if not isinstance(score, Distribution | Selections):
        return None
    counts = {count for _, count in score}
    if len(counts) > 1:
        return None
    (count,) = counts
    n = score.n_valid
    return number(count, n) if claim.what is What.EACH else share(count, n, score.n_missing)


def _valid(claim: Claim, answers: Answers) -> Basis | None:
    found = answers.of_item(claim)
    n, missing = sum(s.n_valid for s in found), sum(s.n_missing for s in found)
    if not found:
        return None
    if claim.what is What.MISSING:
        return Basis((f"{missing}",), missing, n + missing)
    return Basis((f"{n}",), n, n + missing, missing)


def _ordered(claim: Claim, answers: Answers) -> Basis | None:
    """Return one of the five numbers."""
    (score,) = answers.of_item(claim)
    if isinstance(score, Ratings):
        values = [Fraction(int(label)) for label, count in score for _ in range(count)]
    elif isinstance(score, Values):
        values = [*score.values]
    else:
        return None
    found = five(values)[claim.what]
    return Basis((shown(found),), None, len(values), score.n_missing)


def five(values: Sequence[Fraction]) -> dict[What, Fraction]:
    """Return the five numbers, quartiles between two neighbours in proportion."""
    lower, median, upper = quantiles([*values, *values][: max(len(values), 2)], method="inclusive")
    ends = {What.LEAST: min(values), What.MOST: max(values)}
    return ends | {What.LOWER: lower, What.MEDIAN: median, What.UPPER: upper}


def _ends(claim: Claim, answers: Answers) -> Basis | None:
    """Return an end of the line on which several sessions' numbers are drawn."""
    found = answers.of_item(claim)
    ends = [score.ends for score in found if isinstance(score, Ordered) and score.n_valid]
    lows, highs = zip(*ends, strict=True) if ends else ((0,), (1,))
    return Basis((shown(min(lows) if claim.what is What.END_LOW else max(highs)),))


RECOUNTS: Mapping[What, Recount] = {
    **dict.fromkeys([What.COUNT, What.FAVOURABLE], _count),
    **dict.fromkeys([What.SHARE, What.FAVOURABLE_SHARE], _share),
    **dict.fromkeys([What.EACH, What.EACH_SHARE], _each),
    **dict.fromkeys([What.VALID, What.MISSING], _valid),
    **dict.fromkeys([What.LEAST, What.LOWER, What.MEDIAN, What.UPPER, What.MOST], _ordered),
    **dict.fromkeys([What.END_LOW, What.END_HIGH], _ends),
    **OF_LABELS,
    **OF_PEOPLE,
    **OF_ROWS,
    **OF_SESSION,
    **OF_SESSIONS,
    **OF_GROUPS,
    **OF_RANGES,
    **OF_PUBLISHED,
    **OF_AUDIT,
}
