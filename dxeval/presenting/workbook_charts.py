"""Excel's own charts of a workbook's sheets: they refer to cells, so they can be copied, changed.

All stand on one sheet, with as many sessions each as can be read on A4.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from dxeval.presenting.cell_sizes import text_width
from dxeval.presenting.colours import FAVOURABLE, INK
from dxeval.presenting.splitting import parts
from dxeval.presenting.wording import MIXED
from dxeval.presenting.workbook import Book, Sheet, put

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

CHARTS = "図"
MOST_BARS = 24
"""Bars of a chart; the bars of more sessions stand in several charts."""
ACROSS, PAGE_ROWS, SCALE = 15, 36, 85
"""Columns and rows of a page printed at that scale, with room for a font that is wider."""
COLUMN, ROW = 64, 20
LEVELS_ACROSS = 9
"""Columns of the chart of levels; that of favourable shares has the others."""
BAR, FRAME, LEGEND = 21, 100, 18
"""Pixels of a bar, of title and axis together, of a line of the legend."""
LETTER, KEY = 6, 34
"""Pixels of a Latin letter, and of a colour with the space around it, in a legend."""
SMALL = {"size": 9, "color": INK}


class Series(NamedTuple):
    """A column that is drawn: fill, outline, and the colour of numbers on it."""

    column: int
    fill: str
    outline: str
    ink: str


@dataclass(frozen=True)
class Plot:
    """What is charted of an item's sheet, if anything.

    ``levels`` are the pieces of a bar of 100 %, ``share`` the column of favourable shares. Each
    ``say`` returns the alternative text of the sessions from one place to before another;
    ``mixed``: not all shares are counted by one rule.
    """

    name: str
    sheet: Sheet
    levels: Sequence[Series]
    share: int | None
    say_levels: Callable[[int, int], str]
    say_share: Callable[[int, int], str]
    mixed: bool = False

    def __bool__(self) -> bool:
        return bool(self.levels) or self.share is not None


def draw(book: Book, plots: Sequence[Plot]) -> None:
    """Add the sheet of charts, an item after the other, none torn by the end of a page."""
    page = book.add(CHARTS)
    page.hide_gridlines(2)
    page.set_print_scale(SCALE)
    heading = book.format(bold=True, font_color=INK)
    top, begun, breaks = 0, 0, []
    for plot in plots:
        for first, last in parts(len(plot.sheet.rows), MOST_BARS):
            rows = ceil(_height(plot, last - first) / ROW)
            if top > begun and top + rows > begun + PAGE_ROWS:
                begun = top
                breaks.append(top)
            span = f"　{plot.sheet.rows[first][1]}～{plot.sheet.rows[last - 1][1]}"
            part = span if last - first < len(plot.sheet.rows) else ""
            for chart, left, width, title, said in _charts(book, plot, first, last):
                put(page, top + 1, left, f"{plot.name}：{title}{part}", heading)
                chart.set_title(
                    {"name": [CHARTS, top + 1, left], "name_font": {**SMALL, "size": 11}}
                )
                chart.set_size({"width": width * COLUMN - 8, "height": rows * ROW - 8})
                options = {"description": said, "object_position": 2}
                page.insert_chart(top + 1, left, chart, options)
            top += rows + 1
    page.set_h_pagebreaks(breaks)
    page.print_area(0, 0, max(top - 1, 0), ACROSS - 1)


def _height(plot: Plot, bars: int) -> int:
    """Return the pixels of the charts: their bars, and the lines of the legend."""
    room, lines, left = LEVELS_ACROSS * COLUMN, 1, 0
    for series in plot.levels:
        width = text_width(plot.sheet.columns[series.column].head) * LETTER + KEY
        if left and left + width > room:
            lines, left = lines + 1, 0
        left += width
        lines += max(ceil(width / room) - 1, 0)
    return FRAME + bars * BAR + lines * LEGEND


def _charts(
    book: Book, plot: Plot, first: int, last: int
) -> Iterator[tuple["Chart", int, int, str, str]]:
    """Yield each chart with its left column, its width in columns, its title and what it says."""
    if plot.levels:
        chart = book.book.add_chart({"type": "bar", "subtype": "percent_stacked"})
        for series in plot.levels:
            labels = {"value": True, "num_format": "0;;", "font": {"size": 8, "color": series.ink}}
            style = {
                "fill": {"color": series.fill},
                "border": {"color": series.outline, "width": 0.75},
                "gap": 35,
                "overlap": 100,
            }
            _add(chart, plot.sheet, series.column, (first, last), {**style, "data_labels": labels})
        chart.set_legend({"position": "bottom", "font": SMALL})
        _axes(chart)
        wide = LEVELS_ACROSS if plot.share is not None else ACROSS
        yield chart, 0, wide, "回ごとの内訳（数字は人数）", plot.say_levels(first, last)
    if plot.share is not None:
        chart = book.book.add_chart({"type": "bar"})
        labels = {"value": True, "num_format": "0%", "font": {"size": 8, "color": INK}}
        style = {"fill": {"color": FAVOURABLE[1]}, "gap": 35, "data_labels": labels}
        _add(chart, plot.sheet, plot.share, (first, last), style)
        chart.set_legend({"none": True})
        _axes(chart, 1.15)
        left = LEVELS_ACROSS if plot.levels else 0
        title = f"肯定的回答の割合{f'（{MIXED}）' if plot.mixed else ''}"
        yield chart, left, ACROSS - left, title, plot.say_share(first, last)


def _add(
    chart: "Chart", sheet: Sheet, column: int, span: tuple[int, int], style: dict[str, object]
) -> None:
    top, bottom = sheet.first + span[0], sheet.first + span[1] - 1
    chart.add_series(
        {
            "name": [sheet.name, sheet.first - 1, column],
            "categories": [sheet.name, top, 1, bottom, 1],
            "values": [sheet.name, top, column, bottom, column],
            **style,
        }
    )


def _axes(chart: "Chart", most: float = 1) -> None:
    """Put the first session at the top and 0 to 100 % below, with room up to ``most``."""
    chart.set_y_axis(
        {"reverse": True, "interval_unit": 1, "num_font": SMALL, "line": {"color": "#8A94A3"}}
    )
    chart.set_x_axis(
        {
            "min": 0,
            "max": most,
            "major_unit": 0.25,
            "num_format": "0%",
            "num_font": {**SMALL, "size": 8},
            "label_position": "high",
            "major_gridlines": {"visible": True, "line": {"color": "#E3E6EA", "width": 0.5}},
            "line": {"none": True},
        }
    )
    chart.show_blanks_as("gap")
