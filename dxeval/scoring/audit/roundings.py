"""What a printed number leaves open: the interval of values that are rounded to it, exactly."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

Printed = int | Decimal
"""A number as printed; a Decimal keeps how many decimals were."""


class Interval(NamedTuple):
    """All values between two ends, each of which is in it or not."""

    low: Fraction
    has_low: bool
    high: Fraction
    has_high: bool

    def whole(self, factor: Fraction = Fraction(1)) -> range:
        """Return the whole numbers in the interval times ``factor`` (above 0)."""
        low, high = self.low * factor, self.high * factor
        first = -(-low.numerator // low.denominator)
        last = high.numerator // high.denominator
        if not self.has_low and first == low:
            first += 1
        if not self.has_high and last == high:
            last -= 1
        return range(first, last + 1)

    def __contains__(self, value: object) -> bool:
        """Return whether a Fraction lies in it."""
        if not isinstance(value, Fraction | int):
            return False
        above = value >= self.low if self.has_low else value > self.low
        return above and (value <= self.high if self.has_high else value < self.high)


def decimals(printed: Printed) -> int:
    """Return how many decimals a number was printed with."""
    exponent = printed.as_tuple().exponent if isinstance(printed, Decimal) else 0
    return -exponent if isinstance(exponent, int) else 0


_ENDS = {
    "half-up": (Fraction(-1, 2), True, Fraction(1, 2), False),
    "half-down": (Fraction(-1, 2), False, Fraction(1, 2), True),
    "floor": (Fraction(0), True, Fraction(1), False),
    "ceiling": (Fraction(-1), False, Fraction(0), True),
    "twice": (Fraction(-11, 20), True, Fraction(9, 20), False),
}
"""The ends in units of the last digit; ``twice``: half up to one digit more, then half up."""
ROUNDINGS = ("half-up", "half-even", "half-down", "floor", "ceiling", "twice")


def interval(printed: Printed, rounding: str = "half-up") -> Interval:
    """Return all values from 0 on that are printed so under a rounding.

    Every rounding is an interval around the printed number; they differ in its ends.
    """
    unit = Fraction(1, 10 ** decimals(printed))
    value = Fraction(printed)
    if rounding == "half-even":
        even = (value / unit).numerator % 2 == 0
        ends = (Fraction(-1, 2), even, Fraction(1, 2), even)
    else:
        ends = _ENDS[rounding]
    low, has_low, high, has_high = ends
    return Interval(value + low * unit, has_low, value + high * unit, has_high)


def counts(printed: Printed, n: int, rounding: str = "half-up") -> range:
    """Return every count k of ``n`` whose percentage is printed so.

    The GRIM test (Brown & Heathers 2017) for percentages: of n people only n + 1 percentages
    exist. A range, since counts that are shown alike follow each other.
    """
    found = interval(printed, rounding).whole(Fraction(n, 100))
    return range(max(found.start, 0), min(found.stop, n + 1))


def sums(printed: Printed, n: int, rounding: str = "half-up") -> range:
    """Return every sum of ``n`` whole numbers from 0 on whose mean is printed so (GRIM)."""
    found = interval(printed, rounding).whole(Fraction(n))
    return range(max(found.start, 0), found.stop)


def shown(value: Fraction, digits: int = 0, rounding: str = "half-up") -> Decimal:
    """Return how a value from 0 on is printed with so many decimals."""
    scaled = value * 10**digits
    if rounding == "twice":
        return shown(Fraction(shown(value, digits + 1)), digits)
    down = scaled.numerator // scaled.denominator
    near = (down, down + 1)
    fits = (Decimal(unit).scaleb(-digits) for unit in near)
    return next(printed for printed in fits if value in interval(printed, rounding))
