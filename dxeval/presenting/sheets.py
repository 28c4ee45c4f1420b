"""Data frames as files for spreadsheet programs: an XLSX workbook, CSV. No cell is a formula."""

import io
from collections.abc import Mapping
from datetime import datetime

import pandas as pd

MADE = datetime(2000, 1, 1)
"""Stands in the workbook's properties, so that equal figures give equal bytes."""
WIDEST = 60
"""No column is made wider than this, in Latin characters."""


def xlsx(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """Return a workbook of those sheets; equal frames give equal bytes."""
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        writer.book.set_properties({"created": MADE})
        for name, frame in sheets.items():
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
    text = frame.map(lambda cell: f"'{cell}" if _is_formula(cell) else cell)
    return text.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _is_formula(cell: object) -> bool:
    return isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
