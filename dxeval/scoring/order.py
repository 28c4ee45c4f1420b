"""Order statistics: median and quartiles, exactly, and as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

PLACES = Decimal("0.01")


@dataclass(frozen=True)
class Order:
    """The five numbers of an ordered sample (Tukey), with quartiles as spreadsheets give them.

    Quantiles are Hyndman & Fan's (1996) type 7, which is Excel's QUARTILE.INC and numpy's default:
    between two neighbours in proportion.
    """

    least: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    most: Fraction

    @classmethod
    def of(cls, values: Sequence[Fraction]) -> "Order":
        """Return the five numbers of ``values``, of which there must be one."""
        ordered = sorted(values)
        return cls(*(_quantile(ordered, Fraction(part, 4)) for part in range(5)))


def _quantile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def shown(number: Fraction) -> str:
    """Return a number with at most two decimals, half up, without zeros at the end: ``7.25``."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    text = format(exact.quantize(PLACES, ROUND_HALF_UP).normalize(), "f")
    return "0" if text == "-0" else text
