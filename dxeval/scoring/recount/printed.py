"""A number as it stands in a sheet or on a page, held against what is computed."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from dxeval.scoring.recount.claim import Basis

NEAR = Decimal("1e-12")
"""Numbers of a spreadsheet have 15 digits."""


def holds(value: str, basis: Basis, *, share: bool = False) -> bool:
    """Return whether a text or value is the number, or the share, that is computed.

    A ``share`` is one with all its digits: ``0.95``, or ``95%`` where the sheet shows percent.
    """
    if not share:
        return value in basis.texts or any(_near(value, text) for text in basis.texts)
    if basis.count is None or not basis.n:
        return False
    number = _number(value.removesuffix("%"))
    of = Decimal(100 if value.endswith("%") else 1)
    return number is not None and abs(number - of * basis.count / basis.n) < NEAR * of


def shown(value: str) -> str:
    """Return a share of a sheet as the sheet shows it: in whole percent, half up."""
    number = _number(value.removesuffix("%"))
    if number is None:
        return value
    told = Decimal(f"{number:.14g}").quantize(Decimal(1), ROUND_HALF_UP)
    return f"{told}%"


def _near(value: str, text: str) -> bool:
    numbers = _number(value), _number(text)
    return None not in numbers and abs(numbers[0] - numbers[1]) < NEAR  # type: ignore[operator]


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
