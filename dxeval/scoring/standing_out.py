"""What stands out in scores, by counts alone: what the words at the top of a page are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from dxeval.definitions.item import Rated
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.values import Ordered

if TYPE_CHECKING:
    from dxeval.scoring.item_score import ItemScore
    from dxeval.scoring.score import Scores

LEVELS_NAMED = 3
"""Levels named of an item that not everybody answered favourably, not to leave out a single one."""
WIDE = 4
"""From so many levels on that somebody chose, answers are spread widely."""


class Below(NamedTuple):
    """An item of which not all answers are favourable.

    ``others`` are the other levels that were chosen, in the item's order; of many those that most
    chose, then ``more_levels`` are not among them, which ``more_people`` chose.
    """

    score: Distribution
    others: Mapping[str, int]
    more_levels: int
    more_people: int

    @classmethod
    def of(cls, score: Distribution) -> Below:
        """Return what those chose whose answer is not favourable."""
        others = {level: count for level, count in score if count and level not in score.favourable}
        most = len(others) if len(others) == LEVELS_NAMED + 1 else LEVELS_NAMED
        named = sorted(others, key=lambda level: others[level], reverse=True)[:most]
        left = [count for level, count in others.items() if level not in named]
        kept = {level: count for level, count in others.items() if level in named}
        return cls(score, kept, len(left), sum(left))


@dataclass(frozen=True)
class StandingOut:
    """What stands out in one session, each in the order of its items.

    ``full``: all answers are favourable; ``below``: not all; ``lowest``: those of ``below`` with
    the smallest share, ``widest``: those with the most levels that somebody chose, from WIDE on;
    ``rest`` have answers and no favourable share; ``blank``: nobody answered; ``missing``: some
    left them out. Items that not everybody was to answer are nowhere.
    """

    full: tuple[Distribution, ...]
    below: tuple[Below, ...]
    lowest: tuple[Below, ...]
    widest: tuple[Distribution, ...]
    rest: tuple[ItemScore, ...]
    blank: tuple[ItemScore, ...]
    missing: tuple[ItemScore, ...]

    @property
    def n_shares(self) -> int:
        """Number of favourable shares."""
        return len(self.full) + len(self.below)


def standing_out(scores: Scores) -> StandingOut:
    """Return what stands out in one session's scores."""
    awaited = [score for score in scores if score.awaited]
    answered = [score for score in awaited if score.n_valid]
    shares = [*_shares(answered)]
    below = tuple(Below.of(score) for score in shares if not score.is_full)
    least = min((_share(found.score) for found in below), default=None)
    return StandingOut(
        full=tuple(score for score in shares if score.is_full),
        below=below,
        lowest=tuple(found for found in below if _share(found.score) == least),
        widest=_widest(answered),
        rest=tuple(score for score in answered if score not in shares),
        blank=tuple(score for score in awaited if not score.n_valid),
        missing=tuple(score for score in answered if score.n_missing),
    )


def _shares(scores: Iterable[ItemScore]) -> Iterator[Distribution]:
    """Yield the scores that have a favourable share."""
    for score in scores:
        if isinstance(score, Distribution) and score.is_full is not None:
            yield score


def _share(score: Distribution) -> Fraction:
    return Fraction(score.favourable_count, score.n_valid)


def _widest(scores: Iterable[ItemScore]) -> tuple[Distribution, ...]:
    """Return the items with ordered levels of which the most were chosen."""
    levelled = [
        score
        for score in scores
        if isinstance(score, Distribution) and isinstance(score.item, Rated)
        if not isinstance(score, Ordered)
    ]
    most = max((len(score.chosen) for score in levelled), default=0)
    return tuple(score for score in levelled if len(score.chosen) == most >= WIDE)
