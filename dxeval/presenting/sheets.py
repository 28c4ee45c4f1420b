"""Data frames as CSV that spreadsheet programs open as it is. No cell is a formula.

Every text, headers too, is written as ``visible`` makes it.
"""

import unicodedata
from collections.abc import Callable

import pandas as pd

from dxeval.definitions.visible import visible

_SIGNS = frozenset("=+-@−")
_BREAKS = frozenset("\t\r\n")
_UNSEEN = {"Cc", "Cf"}
"""Categories of characters that stand before a formula without being its beginning."""


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
