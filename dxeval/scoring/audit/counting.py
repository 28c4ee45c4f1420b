"""How many distributions of answers are left by what is known of them, and between which counts.

Counted, not enumerated: levels of which all is known alike are taken together, one such group
after the other, and only the sums that are still needed are kept (dynamic programming). All
numbers are exact.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import comb


@dataclass(frozen=True)
class Part:
    """That together so many (one of ``counts``) chose one of ``levels``, given by place."""

    levels: frozenset[int]
    counts: Collection[int]

    @cached_property
    def most(self) -> int:
        """The greatest count, -1 if there is none."""
        return max(self.counts, default=-1)


@dataclass(frozen=True)
class Left:
    """What is left: ``ways`` distributions; least and greatest count of a level, of a part."""

    ways: int
    levels: tuple[tuple[int, int], ...] = ()
    parts: tuple[tuple[int, int], ...] = ()


State = tuple[int, ...]
"""How many are spoken for, then the sums of the parts that are begun and not done."""


@dataclass(frozen=True)
class _Step:
    """One group of levels: which parts count it, and which of them are done with it."""

    levels: tuple[int, ...]
    parts: frozenset[int]
    before: tuple[int, ...]
    after: tuple[int, ...]
    closing: tuple[int, ...]
    last: bool

    def ways(self, count: int) -> int:
        """Return in how many ways so many choose among the levels of the group."""
        return comb(count + len(self.levels) - 1, len(self.levels) - 1)


class Problem:
    """``n`` people, each of whom chose one of ``size`` levels, and the parts that are known."""

    def __init__(self, n: int, size: int, parts: Sequence[Part]) -> None:
        self.size = size
        self._least = _least(n, size, parts)
        self.n = n - sum(self._least)
        self.known = [_less(part, self._least) for part in parts]
        self._open = [i for i, part in enumerate(self.known) if not _is_free(part, self.n)]
        self._steps = _steps(size, {i: self.known[i] for i in self._open})

    def left(self) -> Left:
        """Return what is left; no ways and no ranges where the parts contradict each other."""
        if self.n < 0:
            return Left(0)
        layers: list[dict[State, int]] = [{(0,): 1}]
        for step in self._steps:
            reached: dict[State, int] = defaultdict(int)
            for state, ways in layers[-1].items():
                for count, following, _ in self._moves(step, state):
                    reached[following] += ways * step.ways(count)
            layers.append(reached)
        total = layers[-1].get((self.n,), 0)
        return self._ranges(layers, total) if total else Left(0)

    def possible(self) -> bool:
        """Return whether any distribution is left."""
        if self.n < 0:
            return False
        parts = [self.known[i] for i in self._open]
        if _nested(parts):
            return self.n in _sums(frozenset(range(self.size)), parts, self.n)
        states: set[State] = {(0,)}
        for step in self._steps:
            states = {following for state in states for _, following, _ in self._moves(step, state)}
        return (self.n,) in states

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
                for count, following, _ in self._moves(step, state):
                    ends = (low + count * min(own), high + count * max(own))
                    before = further.get(following, ends)
                    further[following] = (min(ends[0], before[0]), max(ends[1], before[1]))
            reached = further
        return reached.get((self.n,))

    def _ranges(self, layers: Sequence[dict[State, int]], total: int) -> Left:
        """Go back over what leads to a whole distribution."""
        alive: set[State] = {(self.n,)}
        counts: dict[int, tuple[int, int]] = {}
        ends: dict[int, tuple[int, int]] = {}
        for step, layer in zip(reversed(self._steps), reversed(layers[:-1]), strict=True):
            before: set[State] = set()
            for state in layer:
                for count, following, closed in self._moves(step, state):
                    if following in alive:
                        before.add(state)
                        _widen(counts, step.levels[0], count)
                        for part, value in closed:
                            _widen(ends, part, value)
            alive = before
        found = [(0, 0)] * self.size
        for step in self._steps:
            few, many = counts[step.levels[0]]
            for level in step.levels:
                least = self._least[level]
                found[level] = (least + (few if len(step.levels) == 1 else 0), least + many)
        return Left(total, tuple(found), tuple(self._ends(ends, found)))

    def _ends(
        self, ends: Mapping[int, tuple[int, int]], found: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Yield the least and greatest sum of each part; of one level alone, those of the level."""
        for i, part in enumerate(self.known):
            if i not in self._open:
                yield found[min(part.levels)] if part.levels else (0, 0)
                continue
            base = sum(self._least[level] for level in part.levels)
            few, many = ends.get(i, (0, 0))
            yield few + base, many + base

    def _moves(
        self, step: _Step, state: State
    ) -> Iterator[tuple[int, State, list[tuple[int, int]]]]:
        """Yield each count that the group may have, where it leads, and the sums then done."""
        spoken, sums = state[0], dict(zip(step.before, state[1:], strict=True))
        for count in self._choices(step, spoken, sums):
            now = {**sums, **{part: sums.get(part, 0) + count for part in step.parts}}
            closed = [(part, now[part]) for part in step.closing]
            fits = all(value in self.known[part].counts for part, value in closed)
            if fits and all(now[part] <= self.known[part].most for part in step.parts):
                yield count, (spoken + count, *(now.get(part, 0) for part in step.after)), closed

    def _choices(self, step: _Step, spoken: int, sums: dict[int, int]) -> Collection[int]:
        rest = self.n - spoken
        if step.last:
            return (rest,)
        if not step.closing:
            most = min([rest, *(self.known[p].most - sums.get(p, 0) for p in step.parts)])
            return range(most + 1)
        part = min(step.closing, key=lambda p: len(self.known[p].counts))
        before = sums.get(part, 0)
        return [c - before for c in self.known[part].counts if 0 <= c - before <= rest]


def _widen(found: dict[int, tuple[int, int]], key: int, value: int) -> None:
    few, many = found.get(key, (value, value))
    found[key] = (min(few, value), max(many, value))


def _least(n: int, size: int, parts: Sequence[Part]) -> list[int]:
    """Return how many each level has at least, by parts that say no more: they are set aside."""
    least = [0] * size
    for part in parts:
        if len(part.levels) == 1 and isinstance(part.counts, range) and part.counts.stop > n:
            (level,) = part.levels
            least[level] = max(least[level], part.counts.start)
    return least


def _less(part: Part, least: Sequence[int]) -> Part:
    """Return what a part says of those beyond the least."""
    aside = sum(least[level] for level in part.levels)
    if isinstance(part.counts, range):
        counts: Collection[int] = range(part.counts.start - aside, part.counts.stop - aside)
    else:
        counts = [count - aside for count in part.counts]
    return Part(part.levels, counts)


def _is_free(part: Part, n: int) -> bool:
    """Return whether a part of one level, or none, allows every count of so many people."""
    counts = part.counts
    every = isinstance(counts, range) and counts.start <= 0 and counts.stop > n
    return every and len(part.levels) <= 1


def _nested(parts: Sequence[Part]) -> bool:
    """Return whether of each two parts one is in the other or they share no level."""
    pairs = combinations([part.levels for part in parts], 2)
    apart = all(a <= b or b <= a or not a & b for a, b in pairs)
    return apart and all(isinstance(part.counts, range) for part in parts)


def _sums(levels: frozenset[int], parts: Sequence[Part], n: int) -> range:
    """Return every number of people that nested parts allow levels to have: a range, exactly.

    Sums of ranges are ranges, and so is what two have in common.
    """
    own = [part for part in parts if part.levels == levels]
    inner = [part for part in parts if part.levels < levels]
    widest = {p.levels for p in inner if not any(p.levels < other.levels for other in inner)}
    low, high, rest = 0, 0, levels
    for within in widest:
        found = _sums(within, [p for p in inner if p.levels <= within], n)
        if not found:
            return range(0)
        low, high, rest = low + found[0], high + found[-1], rest - within
    high = n if rest else min(high, n)
    for part in own:
        counts = part.counts
        low, high = max(low, min(counts, default=n + 1)), min(high, max(counts, default=-1))
    return range(low, high + 1)


def _steps(size: int, parts: Mapping[int, Part]) -> list[_Step]:
    """Return the groups of levels in an order in which few parts are open at a time."""
    groups: dict[frozenset[int], list[int]] = defaultdict(list)
    for level in range(size):
        groups[frozenset(i for i, part in parts.items() if level in part.levels)].append(level)
    order: list[frozenset[int]] = []
    for i in sorted(parts, key=lambda i: sum(i in group for group in groups)):
        order += [group for group in groups if i in group and group not in order]
    order += [group for group in groups if group not in order]
    steps = []
    open_parts: tuple[int, ...] = ()
    for place, group in enumerate(order):
        later = frozenset[int]().union(*order[place + 1 :])
        begun = sorted({*open_parts, *group})
        after = tuple(part for part in begun if part in later)
        closing = tuple(part for part in sorted(group) if part not in later)
        last = place == len(order) - 1
        steps.append(_Step(tuple(groups[group]), group, open_parts, after, closing, last))
        open_parts = after
    return steps
