"""How wide a column of a workbook must be, and in how many lines a text then stands."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache
from math import ceil

from dxeval.definitions.visible import visible

_WIDE = frozenset("WFA")
WIDTHS = {
    "text": (13, 34),
    "brief": (13, 22),
    "long": (13, 100),
    "whole": (8, 15),
    "share": (8, 15),
    "date": (13, 15),
    "number": (8, 15),
}
"""Widths in Latin characters beyond which a head is wrapped, and beyond which a cell is."""
HEAD_LINES = 4
"""Lines of a head in the end: a column is as wide as that needs."""
LETTERS = 0.95
"""Widths of Japanese letters are less than two of digits, by which columns are measured."""


def column_width(head: str, form: str, cells: Iterable[object]) -> float:
    """Return the width of a column: of its widest cell, or of the longest part of its head."""
    widest = max((_cell_width(cell, form) for cell in {*cells}), default=0)
    narrow, most = WIDTHS[form]
    length = text_width(head)
    return max(min(widest + 3, most), min(length + 3, max(narrow, length // HEAD_LINES + 3)))


@cache
def lines_in(text: str, width: float) -> int:
    """Return in how many lines a text stands: a wide letter at the end goes to the next."""
    room = max(width - 2, 2)
    return sum(
        max(ceil(LETTERS * _line_width(line) / room), 1) for line in visible(text).split("\n")
    )


def text_width(text: str) -> int:
    """Return the width of a text's widest line in Latin characters, Japanese ones being two."""
    return max((_line_width(line) for line in text.split("\n")), default=0)


@cache
def _line_width(line: str) -> int:
    if line.isascii():
        return len(line)
    return sum(1 + (unicodedata.east_asian_width(character) in _WIDE) for character in line)


def _cell_width(value: object, form: str) -> int:
    match value:
        case str():
            return text_width(value)
        case date():
            return 10
    return 4 if form == "share" else len(f"{value:,}") if isinstance(value, int | float) else 0
