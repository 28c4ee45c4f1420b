"""Sheets with a head, columns of one form each and rows, as a workbook to be read and printed.

No cell is a formula; equal sheets give equal bytes. Every text is written as ``visible`` makes it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from dxeval.definitions.visible import visible
from dxeval.presenting.cell_sizes import column_width, lines_in

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
    "brief": {"text_wrap": True, "align": "left", "indent": 1},
    "long": {"text_wrap": True, "align": "left", "indent": 1},
    "whole": {"num_format": "#,##0"},
    "share": {"num_format": "0%"},
    "date": {"num_format": "yyyy/m/d", "align": "left", "indent": 1},
    "number": {"num_format": "General"},
}
"""How Excel shows the values of a column, which are exact."""
LINE, HIGHEST = 15, 409
"""Points of a line, and the most that Excel gives to a row."""
PAGE_WIDTH = 260
"""Latin characters across an A4 page, as small as they can still be read (55 %)."""
SUBTLE, HEAD, RULE, BAR = "#5A6676", "#DCE6F1", "#B8C2CE", "#9CC6EA"
HEAD_STYLE = {"bold": True, "bg_color": HEAD, "border": 1, "border_color": RULE}

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
        widths = [
            column_width(column.head, column.form, [row[place] for row in content.rows])
            for place, column in enumerate(content.columns)
        ]
        self._heads(sheet, content, widths)
        for place, column in enumerate(content.columns):
            form = self.format(**STYLES[column.form], bottom=4, bottom_color=RULE)
            sheet.set_column(place, place, widths[place])
            for number, row in enumerate(content.rows, start=content.first):
                value = row[place]
                if column.form == "share" and isinstance(value, float):
                    value = half_up(value)
                put(sheet, number, place, value, form)
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


def set_lines(sheet: Worksheet, row: int, cells: Iterable[tuple[Cell, float]]) -> None:
    """Make a row as high as the lines of its texts in columns of those widths."""
    texts = [(cell, width) for cell, width in cells if isinstance(cell, str)]
    lines = max((lines_in(cell, width) for cell, width in texts), default=1)
    if lines > 1:
        sheet.set_row(row, min(LINE * lines, HIGHEST))


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


def half_up(value: float) -> float:
    """Return a share, or where it is half a percent the least that no program shows as less.

    29 / 200 is less than 0.145 in binary: Excel, which looks at 15 digits, shows 15 %, others 14 %.
    The 16th digit, the last that is written, is one more then.
    """
    told = Decimal(f"{value:.15g}")
    if 200 * told % 2 != 1 or Decimal(value) >= told:
        return value
    return float(told + Decimal((0, (1,), told.adjusted() - 15)))
