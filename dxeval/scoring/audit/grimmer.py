"""Whether whole numbers can have a mean and a standard deviation as printed (GRIMMER, DEBIT)."""

from dataclasses import replace
from functools import lru_cache

from dxeval.scoring.audit.moments import Moments

STEPS = 300_000
"""Steps within which it is looked whether a sum of squares is there."""
DIVISORS = (1, 0)
"""Of standard deviations as they are printed: nobody says which."""


@lru_cache(maxsize=10_000)
def grimmer(n: int, moments: Moments, scores: tuple[int, int] | None = None) -> bool:
    """Return whether n whole numbers, between ``scores`` if given, have such a mean and deviation.

    Exact for up to some dozens of people. Beyond, False is certain and True is not: the least and
    the greatest sum of squares are held against it, and that it is odd where the sum is.
    """
    few, many = scores if scores is not None else (0, _farthest(n, moments))
    for total in moments.sums(n, (few, many)):
        least, most = _least(n, total), _most(n, total, few, many)
        for divisor in DIVISORS:
            allowed = replace(moments, divisor=divisor).squares(n, total)
            start = max(allowed.start, least)
            fitting = range(start + (start - total) % 2, min(allowed.stop, most + 1), 2)
            if fitting and (_steps(n, few, many) > STEPS or _reached(n, total, few, many, fitting)):
                return True
    return False


def _farthest(n: int, moments: Moments) -> int:
    """Return what no number exceeds: a mean of so much, and one of n so far from it."""
    mean = 0 if moments.mean is None else int(moments.mean)
    spread = 0 if moments.sd is None else int(moments.sd)
    return mean + 2 + (spread + 1) * n


def _steps(n: int, few: int, many: int) -> int:
    return n * n * (many - few) * (many - few + 1)


def _reached(n: int, total: int, few: int, many: int, fitting: range) -> bool:
    """Return whether n numbers of that sum have one of the fitting sums of squares.

    For each sum so far, the sums of squares that there are, as the bits of one number.
    """
    span = many - few
    reach = {0: 1}
    for people in range(1, n + 1):
        further: dict[int, int] = {}
        needed = total - few * n - (n - people) * span
        for so_far, squares in reach.items():
            for step in range(span + 1):
                now = so_far + step
                if needed <= now <= total - few * n:
                    further[now] = further.get(now, 0) | squares << (few + step) ** 2
        reach = further
    found = reach.get(total - few * n, 0)
    return any(found >> square & 1 for square in fitting)


def _least(n: int, total: int) -> int:
    """Return the least sum of squares: all numbers as near to each other as they can be."""
    each, more = divmod(total, n)
    return n * each * each + more * (2 * each + 1)


def _most(n: int, total: int, few: int, many: int) -> int:
    """Return the greatest sum of squares: all at one end or the other, but one."""
    at_top, more = divmod(total - n * few, many - few) if many > few else (0, 0)
    if at_top >= n:
        return n * many * many
    rest = few + more
    return at_top * many * many + rest * rest + (n - at_top - 1) * few * few
