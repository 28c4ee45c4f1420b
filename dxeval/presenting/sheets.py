"""Data frames as files for spreadsheet programs: an XLSX workbook, CSV. No cell is a formula.

Every text, headers too, is written as ``visible`` makes it.
"""

import io
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime

import pandas as pd

from dxeval.definitions.visible import visible

MADE = datetime(2000, 1, 1)
"""Stands in the workbook's properties, so that equal figures give equal bytes."""
_SIGNS = frozenset("=+-@−")
_BREAKS = frozenset("\t\r\n")
_UNSEEN = {"Cc", "Cf"}
"""Categories of characters that stand before a formula without being its beginning."""
WIDEST = 60
"""No column is made wider than this, in Latin characters."""


def xlsx(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """Return a workbook of those sheets; equal frames give equal bytes."""
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        writer.book.set_properties({"created": MADE})
        for name, typed in sheets.items():
            frame = _written(typed, visible)
            frame.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
            for place, column in enumerate(frame):
                longest = max(map(_width, [str(column), *map(str, frame[column])]))
                writer.sheets[name].set_column(place, place, min(longest + 2, WIDEST))
    return buffer.getvalue()


def _width(text: str) -> int:
    """Return the width of a text in Latin characters, Japanese ones being two wide."""
    return sum(1 if character.isascii() else 2 for character in text)


def csv(frame: pd.DataFrame) -> bytes:
    """Return UTF-8 with BOM, as Excel needs it, with no cell that Excel would calculate."""
    text = _written(frame, lambda cell: _no_formula(visible(cell)))
    return text.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _written(frame: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    """Return a frame with every text changed, headers too."""

    def changed(cell: object) -> object:
        return change(cell) if isinstance(cell, str) else cell

    return frame.map(changed).rename(columns=changed)


def _no_formula(text: str) -> str:
    """Return a text with ' before it if Excel might calculate it.

    Excel skips space before a formula, and Japanese Excel takes full-width signs for one; a tab
    or a line break at the beginning can hide one from whoever looks for it.
    """
    seen = (c for c in text if not c.isspace() and unicodedata.category(c) not in _UNSEEN)
    sign = unicodedata.normalize("NFKC", next(seen, ""))
    return f"'{text}" if sign[:1] in _SIGNS or text[:1] in _BREAKS else text
