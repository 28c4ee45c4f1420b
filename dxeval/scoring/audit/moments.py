"""Means and standard deviations: how many distributions of whole numbers they leave (GRIM).

Counted by halves: the levels are split in two, what each half adds to n, to the sum and to the sum
of squares is tabled, and the halves are matched. Whole numbers throughout: a mean and a standard
deviation as printed are intervals of sums and of sums of squares, and their ends are compared as
fractions, not within a tolerance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, prod
from typing import TYPE_CHECKING

from dxeval.scoring.audit.roundings import Interval, Printed, interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = tuple[NDArray[np.int64], NDArray[np.int64]]

MOST = 30_000_000
"""Steps that counting may take: some seconds, and about a gigabyte."""


@dataclass(frozen=True)
class Moments:
    """A mean and a standard deviation as printed; either may be None.

    ``divisor``: what is taken from n under the square root, 1 for a sample, 0 for all there are.
    """

    mean: Printed | None = None
    sd: Printed | None = None
    rounding: str = "half-up"
    divisor: int = 1

    def sums(self, n: int, scores: Sequence[int]) -> range:
        """Return every sum of ``n`` scores whose mean is printed so."""
        few, many = n * min(scores), n * max(scores)
        if self.mean is None:
            return range(few, many + 1)
        if self.mean < 0:
            return range(0)
        found = interval(self.mean, self.rounding).whole(Fraction(n))
        return range(max(found.start, few), min(found.stop, many + 1))

    def squares(self, n: int, total: int) -> range:
        """Return every sum of squares of ``n`` scores of that sum with such a deviation.

        GRIMMER (Anaya 2016; Allard 2018): of the squares of whole numbers, only some sums exist.
        """
        least = -(-total * total // n)
        if self.sd is None:
            return range(least, least + total * total + 1)
        if n <= self.divisor:
            return range(0)
        spread = interval(self.sd, self.rounding)
        low = max(spread.low, Fraction(0))
        ends = Interval(
            (n - self.divisor) * low**2 + Fraction(total * total, n),
            spread.has_low or spread.low < 0,
            (n - self.divisor) * spread.high**2 + Fraction(total * total, n),
            spread.has_high,
        )
        return ends.whole()


def ways(
    n: int,
    scores: Sequence[int],
    moments: Moments,
    between: Mapping[int, tuple[int, int] | None] | None = None,
    most: int = MOST,
) -> int | None:
    """Return how many distributions of ``n`` over ``scores`` have such a mean and deviation.

    ``between``: least and greatest count of a score, where known. None where counting would take
    more than ``most`` steps. What CLOSURE (Alsalti et al. 2024) lists is counted here.
    """
    between = between or {}
    if moments.sd is None and not between:
        return _by_sums(n, scores, moments)
    base = min(scores)
    levels = [(score - base, *(between.get(score) or (0, n))) for score in scores]
    levels.sort(key=lambda level: level[2] - level[1])
    halves = (levels[::2], levels[1::2]) if len(levels) > 1 else (levels, [])
    if any(_size(n, half) > most for half in halves):
        return None
    span = max(scores) - base
    width = (n * span + 1, n * span * span + 1)
    left, right = (_table(n, half, width) for half in halves)
    found = 0
    for total in moments.sums(n, scores):
        shifted = total - base * n
        allowed = moments.squares(n, total)
        moved = -2 * base * total + base * base * n
        squares = range(allowed.start + moved, min(allowed.stop + moved, width[1]))
        found += _matched(left, right, (n, shifted), squares, width)
    return found


def _size(n: int, levels: Sequence[tuple[int, int, int]]) -> int:
    """Return about how many combinations a half has."""
    return min(comb(n + len(levels), len(levels)), prod(m - f + 1 for _, f, m in levels))


def _by_sums(n: int, scores: Sequence[int], moments: Moments) -> int | None:
    """Count by n and sum alone: all levels but one after the other, in one table."""
    import numpy as np

    base, most = min(scores), max(scores) - min(scores)
    if n * n * most * len(scores) > 100 * MOST:
        return None
    fits = comb(n + len(scores) - 1, len(scores) - 1) < 2**62
    table = np.zeros((n + 1, n * most + 1), dtype=np.int64 if fits else object)
    table[0, 0] = 1
    for score in scores:
        step = score - base
        for people in range(1, n + 1):
            table[people, step:] += table[people - 1, : table.shape[1] - step]
    sums = moments.sums(n, scores)
    return int(table[n, sums.start - base * n : sums.stop - base * n].sum()) if sums else 0


def _table(n: int, levels: Sequence[tuple[int, int, int]], width: tuple[int, int]) -> "Table":
    """Return each n, sum and sum of squares of some levels as one number, and how often it is."""
    import numpy as np

    keys, often = np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64)
    sums, squares = width
    for score, few, many in levels:
        counts = np.arange(few, min(many, n) + 1, dtype=np.int64)
        steps = counts * ((sums + score) * squares + score * score)
        every = (keys[:, None] + steps[None, :]).ravel()
        times = np.repeat(often, len(counts))
        whole = every // (sums * squares) <= n
        keys, place = np.unique(every[whole], return_inverse=True)
        often = np.zeros(len(keys), dtype=np.int64)
        np.add.at(often, place, times[whole])
    return keys, often


def _matched(
    left: "Table", right: "Table", wanted: tuple[int, int], allowed: range, width: tuple[int, int]
) -> int:
    """Return how many pairs of both halves have that n and sum, and an allowed sum of squares."""
    import numpy as np

    keys, often = left
    sums, squares = width
    n, total = wanted
    square = keys % squares
    rest_sum = total - keys // squares % sums
    rest_n = n - keys // (squares * sums)
    low = np.clip(allowed.start - square, 0, squares)
    high = np.clip(allowed.stop - square, 0, squares)
    fits = (rest_sum >= 0) & (high > low)
    first = (rest_n * sums + rest_sum) * squares
    many = np.concatenate([[0], np.cumsum(right[1])])
    begin = np.searchsorted(right[0], first + low)
    end = np.searchsorted(right[0], first + high)
    return int((often * (many[end] - many[begin]))[fits].sum())
