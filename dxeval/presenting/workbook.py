"""Sheets with a head, columns of one form each and rows, as a workbook to be read and printed.

No cell is a formula; equal sheets give equal bytes. Every text is written as ``visible`` makes it.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from dxeval.definitions.visible import visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MADE = datetime(2000, 1, 1)
"""Stands in the workbook's properties, so that equal figures give equal bytes."""
LONGEST = 32_767
"""Characters that Excel keeps in a cell."""
FONT = {"font_name": "Meiryo UI", "font_size": 10, "valign": "top"}
"""On every Windows; its lines are as high as the rows of Excel."""
STYLES: dict[str, dict[str, object]] = {
    "text": {"text_wrap": True, "align": "left", "indent": 1},
    "long": {"text_wrap": True, "align": "left", "indent": 1},
    "whole": {"num_format": "#,##0"},
    "share": {"num_format": "0%"},
    "date": {"num_format": "yyyy/m/d", "align": "left", "indent": 1},
    "number": {"num_format": "General"},
}
"""How Excel shows the values of a column, which are exact."""
WIDTHS = {
    "text": (13, 30),
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
LINE, HIGHEST = 15, 409
"""Points of a line, and the most that Excel gives to a row."""
PAGE_WIDTH = 260
"""Latin characters across an A4 page, as small as they can still be read (55 %)."""
SUBTLE, HEAD, RULE, BAR = "#5A6676", "#DCE6F1", "#B8C2CE", "#9CC6EA"
HEAD_STYLE = {"bold": True, "bg_color": HEAD, "border": 1, "border_color": RULE}
_WIDE = frozenset("WFA")

Cell = str | int | float | date | None


class Column(NamedTuple):
    """A column's head, the form of its values, and whether shares have a bar behind them."""

    head: str
    form: str = "text"
    bars: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table of the workbook; ``says`` what it holds.

    ``groups`` are heads over the heads, each with the number of columns below it; the first
    ``kept`` columns stay in sight and are printed on every page. Missing values are blank.
    """

    name: str
    says: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    groups: Sequence[tuple[str, int]] = ()
    kept: int = 2

    @property
    def first(self) -> int:
        """The row of the first value, counted from 0."""
        return 2 if self.groups else 1


class Book:
    """A workbook that is being written, with its formats."""

    def __init__(self, title: str) -> None:
        """Begin a workbook; ``title`` stands at the top of every printed page."""
        from xlsxwriter import Workbook

        options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        self._buffer = io.BytesIO()
        self.book: Workbook = Workbook(
            self._buffer, {**options, "default_format_properties": {**FONT}}
        )
        self.title = " ".join(visible(title).split())
        self.book.set_properties({"created": MADE, "title": self.title})
        self.format: Callable[..., Format] = cache(self._format)

    def _format(self, **properties: object) -> Format:
        return self.book.add_format({**FONT, **properties})

    def content(self) -> bytes:
        """Return the workbook's bytes; nothing can be written afterwards."""
        self.book.close()
        return self._buffer.getvalue()

    def add(self, name: str) -> Worksheet:
        """Add an empty sheet to be printed on A4, landscape, with title, name and page number."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.set_header(f"&L{self.title[:100].replace('&', '&&')}&R&A")
        sheet.set_footer("&C&P / &N")
        return sheet

    def write(self, content: Sheet) -> None:
        """Add a sheet and write its table."""
        sheet = self.add(content.name)
        widths = [_width(content, place) for place in range(len(content.columns))]
        self._heads(sheet, content, widths)
        for place, column in enumerate(content.columns):
            form = self.format(**STYLES[column.form], bottom=4, bottom_color=RULE)
            sheet.set_column(place, place, widths[place])
            for number, row in enumerate(content.rows, start=content.first):
                put(sheet, number, place, row[place], form)
            if column.bars:
                self._bars(sheet, content, place)
        for number, row in enumerate(content.rows, start=content.first):
            set_lines(sheet, number, zip(row, widths, strict=True))
        last = max(content.first + len(content.rows), content.first) - 1
        sheet.autofilter(content.first - 1, 0, last, len(content.columns) - 1)
        sheet.freeze_panes(content.first, content.kept)
        sheet.repeat_rows(0, content.first - 1)
        pages = ceil(sum(widths) / PAGE_WIDTH)
        sheet.fit_to_pages(pages, 0)
        if pages > 1:
            sheet.repeat_columns(0, content.kept - 1)

    def _heads(self, sheet: Worksheet, content: Sheet, widths: Sequence[float]) -> None:
        over = self.format(**HEAD_STYLE, align="left")
        head = self.format(**HEAD_STYLE, text_wrap=True, valign="vcenter")
        left = 0
        for text, span in content.groups:
            if span > 1:
                sheet.merge_range(0, left, 0, left + span - 1, "", over)
            put(sheet, 0, left, text, over)
            left += span
        for place, column in enumerate(content.columns):
            put(sheet, content.first - 1, place, column.head, head)
        heads = [
            (column.head, width - 2) for column, width in zip(content.columns, widths, strict=True)
        ]
        set_lines(sheet, content.first - 1, heads)

    def _bars(self, sheet: Worksheet, content: Sheet, place: int) -> None:
        if content.rows:
            bar = {"type": "data_bar", "bar_color": BAR, "bar_solid": True, "data_bar_2010": True}
            ends = {"min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1}
            last = content.first + len(content.rows) - 1
            sheet.conditional_format(content.first, place, last, place, {**bar, **ends})


def _width(content: Sheet, place: int) -> float:
    """Return the width of a column: of its widest cell, or of the longest part of its head."""
    column = content.columns[place]
    cells = max((_cell_width(row[place], column.form) for row in content.rows), default=0)
    narrow, most = WIDTHS[column.form]
    head = text_width(column.head)
    return max(min(cells + 3, most), min(head + 3, max(narrow, head // HEAD_LINES + 3)))


def set_lines(sheet: Worksheet, row: int, cells: Iterable[tuple[Cell, float]]) -> None:
    """Make a row as high as the lines of its texts in columns of those widths."""
    texts = [(cell, width) for cell, width in cells if isinstance(cell, str)]
    lines = max((_lines(cell, width) for cell, width in texts), default=1)
    if lines > 1:
        sheet.set_row(row, min(LINE * lines, HIGHEST))


@cache
def _lines(text: str, width: float) -> int:
    """Return in how many lines a text stands: a wide letter at the end goes to the next."""
    room = max(width - 2, 2)
    return sum(
        max(ceil(LETTERS * _line_width(line) / room), 1) for line in visible(text).split("\n")
    )


def put(sheet: Worksheet, row: int, column: int, value: Cell, form: Format) -> None:
    """Write one value: a text is never a formula or a link, a missing one is blank."""
    if isinstance(value, str) and value:
        sheet.write_string(row, column, cell_text(value), form)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, form)
    elif value is None or value == "":
        sheet.write_blank(row, column, None, form)
    else:
        sheet.write_number(row, column, value, form)


def cell_text(text: str) -> str:
    """Return a text as it stands in a cell, cut with … where Excel keeps no more."""
    shown = visible(text)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def text_width(text: str) -> int:
    """Return the width of a text's widest line in Latin characters, Japanese ones being two."""
    return max((_line_width(line) for line in text.split("\n")), default=0)


@cache
def _line_width(line: str) -> int:
    if line.isascii():
        return len(line)
    return sum(1 + (unicodedata.east_asian_width(character) in _WIDE) for character in line)


def _cell_width(value: Any, form: str) -> int:
    match value:
        case None:
            return 0
        case str():
            return text_width(value)
        case date():
            return 10
    return 4 if form == "share" else len(f"{value:,}")
