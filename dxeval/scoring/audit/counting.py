"""How many distributions of answers are left by what is known of them, and between which counts.

Counted, not enumerated: levels of which all is known alike are taken together, one such group
after the other, and only the sums that are still needed are kept (dynamic programming). All
numbers are exact.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb

from dxeval.scoring.audit.nested import Part, nested, runs, runs_hold, sums

MOST = 500
"""People of whom levels in no order are looked through: a second, at worst."""


@dataclass(frozen=True)
class Left:
    """What is left: ``ways`` distributions, and the least and greatest count of each level."""

    ways: int
    levels: tuple[tuple[int, int], ...] = ()


State = tuple[int, ...]
"""How many are spoken for, then the sums of the parts that are begun and not done."""


@dataclass(frozen=True)
class _Step:
    """One group of levels: what its count is added to.

    ``adds``: of each part that counts the group, where its sum stands in the state before (0: not
    begun), the least and the most that it may be, and whether the part is done. ``keeps``: of each
    part that is then open, where its sum stood, and whether the count is added.
    """

    levels: tuple[int, ...]
    adds: tuple[tuple[int, int, int, bool], ...]
    keeps: tuple[tuple[int, bool], ...]
    last: bool

    def ways(self, count: int) -> int:
        """Return in how many ways so many choose among the levels of the group."""
        return comb(count + len(self.levels) - 1, len(self.levels) - 1)

    def moves(self, state: State, n: int) -> Iterator[tuple[int, State]]:
        """Yield each count that the group may have, and where it leads."""
        spoken = state[0]
        rest = n - spoken
        low, high = (rest, rest) if self.last else (0, rest)
        for place, least, most, done in self.adds:
            before = state[place] if place else 0
            high = min(high, most - before)
            if done:
                low = max(low, least - before)
            elif before + rest < least:
                return
        for count in range(low, high + 1):
            kept = (
                (state[place] if place else 0) + (count if added else 0)
                for place, added in self.keeps
            )
            yield count, (spoken + count, *kept)


class Problem:
    """``n`` people, each of whom chose one of ``size`` levels, and the parts that are known."""

    def __init__(self, n: int, size: int, parts: Sequence[Part]) -> None:
        self._whole = (n, parts)
        self.size = size
        self._least = _least(n, size, parts)
        self.n = n - sum(self._least)
        less = (_less(part, self._least) for part in parts)
        self._parts = [part for part in less if not _is_free(part, self.n)]
        self._steps = _steps(size, self._parts)

    def left(self) -> Left:
        """Return what is left; no ways and no ranges where the parts contradict each other."""
        if self.n < 0:
            return Left(0)
        layers: list[dict[State, int]] = [{(0,): 1}]
        for step in self._steps:
            reached: dict[State, int] = defaultdict(int)
            for state, ways in layers[-1].items():
                for count, following in step.moves(state, self.n):
                    reached[following] += ways * step.ways(count)
            layers.append(reached)
        total = layers[-1].get((self.n,), 0)
        return Left(total, self._ranges(layers)) if total else Left(0)

    def possible(self) -> bool:
        """Return whether any distribution is left.

        Of more than MOST people, parts that are neither nested nor runs of levels are not held
        against each other: True may then be wrong, False is not.
        """
        if self.n < 0 or not all(part.counts for part in self._parts):
            return False
        if nested(self._parts):
            return self.n in sums(frozenset(range(self.size)), self._parts, self.n)
        if runs(self._parts):
            return runs_hold(self.size, self._parts, self.n)
        if self.n > MOST:
            return True
        states: set[State] = {(0,)}
        for step in self._steps:
            states = {following for state in states for _, following in step.moves(state, self.n)}
        return (self.n,) in states

    def between(self, levels: Iterable[int]) -> tuple[int, int] | None:
        """Return the least and greatest count of levels together, None if no way is left.

        By halves: that they are at most so many is possible from their least count on.
        """
        n, parts = self._whole
        some = frozenset(levels)

        def holds(counts: range) -> bool:
            return Problem(n, self.size, [*parts, Part(some, counts)]).possible()

        if not self.possible():
            return None
        few, many = 0, n
        while few < many:
            middle = (few + many) // 2
            few, many = (few, middle) if holds(range(middle + 1)) else (middle + 1, many)
        least, many = few, n
        while few < many:
            middle = (few + many + 1) // 2
            few, many = (middle, many) if holds(range(middle, n + 1)) else (few, middle - 1)
        return least, many

    def extremes(self, scores: Sequence[int]) -> tuple[int, int] | None:
        """Return the least and greatest sum of what each person's level scores, None if no way."""
        if self.n < 0:
            return None
        base = sum(least * score for least, score in zip(self._least, scores, strict=True))
        reached: dict[State, tuple[int, int]] = {(0,): (base, base)}
        for step in self._steps:
            own = [scores[level] for level in step.levels]
            further: dict[State, tuple[int, int]] = {}
            for state, (low, high) in reached.items():
                for count, following in step.moves(state, self.n):
                    ends = (low + count * min(own), high + count * max(own))
                    before = further.get(following, ends)
                    further[following] = (min(ends[0], before[0]), max(ends[1], before[1]))
            reached = further
        return reached.get((self.n,))

    def _ranges(self, layers: Sequence[Mapping[State, int]]) -> tuple[tuple[int, int], ...]:
        """Go back over what leads to a whole distribution."""
        alive: set[State] = {(self.n,)}
        found = [(0, 0)] * self.size
        for step, layer in zip(reversed(self._steps), reversed(layers[:-1]), strict=True):
            before: set[State] = set()
            few, many = self.n, 0
            for state in layer:
                for count, following in step.moves(state, self.n):
                    if following in alive:
                        before.add(state)
                        few, many = min(few, count), max(many, count)
            alive = before
            for level in step.levels:
                least = self._least[level]
                found[level] = (least + (few if len(step.levels) == 1 else 0), least + many)
        return tuple(found)


def _least(n: int, size: int, parts: Sequence[Part]) -> list[int]:
    """Return how many each level has at least, by parts that say no more: they are set aside."""
    least = [0] * size
    for part in parts:
        if len(part.levels) == 1 and part.counts.stop > n:
            (level,) = part.levels
            least[level] = max(least[level], part.counts.start)
    return least


def _less(part: Part, least: Sequence[int]) -> Part:
    """Return what a part says of those beyond the least."""
    aside = sum(least[level] for level in part.levels)
    return Part(part.levels, range(part.counts.start - aside, part.counts.stop - aside))


def _is_free(part: Part, n: int) -> bool:
    """Return whether a part allows every count of so many people."""
    return part.counts.start <= 0 and part.counts.stop > n


def _steps(size: int, parts: Sequence[Part]) -> list[_Step]:
    """Return the groups of levels in an order in which few parts are open at a time."""
    groups: dict[frozenset[int], list[int]] = defaultdict(list)
    for level in range(size):
        groups[frozenset(i for i, part in enumerate(parts) if level in part.levels)].append(level)
    order: list[frozenset[int]] = []
    for i in sorted(range(len(parts)), key=lambda i: sum(i in group for group in groups)):
        order += [group for group in groups if i in group and group not in order]
    order += [group for group in groups if group not in order]
    steps = []
    places: dict[int, int] = {}
    for number, group in enumerate(order, 1):
        later = frozenset[int]().union(*order[number:])
        adds = tuple(
            (places.get(i, 0), parts[i].counts.start, parts[i].counts.stop - 1, i not in later)
            for i in sorted(group)
        )
        kept = [i for i in sorted({*places, *group}) if i in later]
        keeps = tuple((places.get(i, 0), i in group) for i in kept)
        steps.append(_Step(tuple(groups[group]), adds, keeps, number == len(order)))
        places = {i: place for place, i in enumerate(kept, 1)}
    return steps
