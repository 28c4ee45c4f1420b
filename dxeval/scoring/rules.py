"""By which rule favourable answers are counted: whether one holds for all, and several beside."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dxeval.definitions.item import Item, Rated
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.distribution import Distribution

MOST_STEPS = 3
"""Rules that are shown beside each other though no session counts by them: top 1, 2, 3."""

Levels = tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """One item of several sessions counted by several rules, the narrowest first.

    ``steps`` are sets of levels, each in the item's order; ``in_force`` is by session id the set
    by which it counts, none for a session without a rule. ``best`` says of what kind the steps
    are: they hold the better levels from one end on (True), or the middle (False).
    """

    across: ItemAcross
    steps: tuple[Levels, ...]
    best: bool

    def cells(self, session_id: str) -> Iterator[tuple[Levels, Distribution, bool]]:
        """Yield each set of levels, the session's score, and whether it counts so itself."""
        score = self.across.scores[session_id]
        if isinstance(score, Distribution):
            own = in_order(score.item, score.favourable)
            yield from ((levels, score, levels == own) for levels in self.steps)

    def together(self, levels: Levels) -> tuple[int, int]:
        """Return how many answered so in all sessions, and how many answered (延べ)."""
        return sum(self.across.count(level) for level in levels), self.across.n_valid


def in_order(item: Item, levels: Iterable[str]) -> Levels:
    """Return labels in the item's order."""
    chosen = {*levels}
    return tuple(label for label in item.labels if label in chosen)


def beside(across: ItemAcross, *, every: bool = False) -> Beside | None:
    """Return an item counted by several rules; None if there is one only, or none.

    Only where sessions count by different rules, unless ``every``.
    """
    item, used = across.item, across.rules
    if not isinstance(item, Rated) or not used or not (every or across.is_mixed):
        return None
    places = [[*map(item.labels.index, levels)] for levels in used]
    runs = all(place == [*range(place[0], place[-1] + 1)] for place in places)
    top = all(place[0] == 0 for place in places)
    bottom = all(place[-1] == len(item.labels) - 1 for place in places)
    best = runs and (top or bottom)
    further = _from_an_end(item.labels, first=top) if best else ()
    if runs and not best:
        further = tuple(_around(item.labels, places))
    steps = sorted({*used, *further}, key=lambda step: (len(step), item.labels.index(step[0])))
    return Beside(across, tuple(steps), best) if len(steps) > 1 else None


def _from_an_end(labels: Levels, *, first: bool) -> tuple[Levels, ...]:
    """Return the outermost level, the two and the three outermost; never all."""
    sizes = range(1, min(MOST_STEPS, len(labels) - 1) + 1)
    return tuple(labels[:size] if first else labels[-size:] for size in sizes)


def _around(labels: Levels, places: Sequence[Sequence[int]]) -> Iterator[Levels]:
    """Yield what all rules have in common, then a level more on both sides, never all."""
    low, high = max(place[0] for place in places), min(place[-1] for place in places)
    for step in range(MOST_STEPS if low <= high else 0):
        around = labels[max(low - step, 0) : high + step + 1]
        if len(around) == len(labels):
            return
        yield around
