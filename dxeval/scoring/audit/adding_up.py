"""Figures that are the sum of rounded shares of single levels, and not the rounded sum."""

from fractions import Fraction

from dxeval.scoring.audit.question import Statement
from dxeval.scoring.audit.roundings import decimals, shown

MOST_LABELS, MOST_PEOPLE = 4, 300
"""Beyond these, sums of rounded labels are not looked through: nearly every figure is one."""


def added(statement: Statement, n: int) -> range:
    """Return between which counts the levels' rounded shares can add up to what is printed."""
    printed = statement.figure.percent
    levels = len(statement.levels)
    if printed is None or not 2 <= levels <= MOST_LABELS or n > MOST_PEOPLE:
        return range(0)
    digits = decimals(printed)
    each = [int(shown(Fraction(100 * k, n), digits).scaleb(digits)) for k in range(n + 1)]
    wanted = int(Fraction(printed) * 10**digits)
    sums = {(0, 0)}
    for _ in range(levels):
        sums = {
            (people + k, share + each[k])
            for people, share in sums
            for k in range(n - people + 1)
            if share + each[k] <= wanted
        }
    found = sorted({people for people, share in sums if share == wanted})
    return range(found[0], found[-1] + 1) if found else range(0)
