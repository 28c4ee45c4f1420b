"""What is known of the counts of some levels together, and whether nested such parts can hold."""

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
