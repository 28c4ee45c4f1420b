"""What is known of the counts of some levels together; whether nested parts, or runs, can hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True)
class Part:
    """That together so many (one of ``counts``) chose one of ``levels``, given by place."""

    levels: frozenset[int]
    counts: range


def nested(parts: Iterable[Part]) -> bool:
    """Return whether of each two parts one is in the other or they share no level."""
    pairs = combinations([part.levels for part in parts], 2)
    return all(a <= b or b <= a or not a & b for a, b in pairs)


def sums(levels: frozenset[int], parts: Sequence[Part], n: int) -> range:
    """Return every number of people, of at most ``n``, that nested parts allow levels to have.

    Exact: sums of ranges are ranges, and so is what two have in common.
    """
    inner = [part for part in parts if part.levels < levels]
    widest = {p.levels for p in inner if not any(p.levels < other.levels for other in inner)}
    low, high, rest = 0, 0, levels
    for within in widest:
        found = sums(within, [p for p in inner if p.levels <= within], n)
        if not found:
            return range(0)
        low, high, rest = low + found[0], high + found[-1], rest - within
    high = n if rest else min(high, n)
    for part in parts:
        if part.levels == levels:
            low, high = max(low, part.counts.start), min(high, part.counts.stop - 1)
    return range(low, high + 1)


def runs(parts: Iterable[Part]) -> bool:
    """Return whether the levels of each part follow each other without a gap."""
    return all(
        not part.levels or max(part.levels) - min(part.levels) < len(part.levels) for part in parts
    )


def runs_hold(size: int, parts: Sequence[Part], n: int) -> bool:
    """Return whether ``n`` people can have chosen so, for parts that are runs of levels.

    Exact: with how many chose one of the first levels as unknowns, each part bounds a difference
    of two; such bounds hold together unless they add up to less than nothing on some way round
    (Bellman 1958, Ford 1956), and whole bounds have whole solutions.
    """
    whole = Part(frozenset(range(size)), range(n, n + 1))
    bounds = [(level + 1, level, 0) for level in range(size)]
    for part in (*parts, whole):
        if not part.levels:
            continue
        if not part.counts:
            return False
        first, last = min(part.levels), max(part.levels) + 1
        bounds += [(first, last, part.counts[-1]), (last, first, -part.counts[0])]
    most = [0] * (size + 1)
    for _ in range(size + 1):
        changed = False
        for start, end, bound in bounds:
            if most[start] + bound < most[end]:
                most[end] = most[start] + bound
                changed = True
        if not changed:
            return True
    return False
