"""How a figure is rounded to be shown: once, half up, from the counts."""

from decimal import Decimal


def percent(count: int, n: int) -> int:
    """Return ``count`` of ``n`` in percent (0-100), rounded once, half up, from the counts.

    Half up as survey reports print it: 1/8 is 13, where Python's round() would say 12.
    Raises ZeroDivisionError if ``n`` is 0: nobody answered is not 0 %.
    """
    return (200 * count + n) // (2 * n)


def percent_to(decimals: int, count: int, n: int) -> Decimal:
    """Return ``count`` of ``n`` in percent with so many decimals, rounded once, half up.

    Raises ZeroDivisionError if ``n`` is 0.
    """
    return Decimal(percent(count * 10**decimals, n)).scaleb(-decimals)


def weight(n: int) -> Decimal:
    """Return what one of ``n`` respondents weighs in percentage points, to a tenth, half up.

    Raises ZeroDivisionError if ``n`` is 0.
    """
    return Decimal((2000 + n) // (2 * n)).scaleb(-1)


def length(share: float) -> str:
    """Return a share (0-1) as the length of a line in percent of the whole: ``52.381``."""
    return f"{100 * share:.3f}"
