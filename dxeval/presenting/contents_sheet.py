"""The first sheet of a workbook: what each sheet holds, with a link to it, and the notes."""

from collections.abc import Iterable

from dxeval.definitions.programme import ReportInfo
from dxeval.presenting.workbook import HEAD_STYLE, LINE, RULE, SUBTLE, Book, Sheet, put, set_lines
from dxeval.presenting.workbook_charts import CHARTS

CONTENTS = "目次"


def write_contents(
    book: Book, report: ReportInfo, sheets: Iterable[Sheet | None], said: Iterable[str]
) -> None:
    """Write the first sheet: what each sheet holds, with a link to it, and the notes.

    None stands for the sheet of charts, which has no rows.
    """
    page = book.add(CONTENTS)
    for place, width in enumerate((34, 84, 8)):
        page.set_column(place, place, width)
    page.set_row(0, 2 * LINE)
    put(page, 0, 0, report.title, book.format(bold=True, font_size=16))
    kicker = "　".join(filter(None, [report.year, report.chapter, report.client]))
    put(page, 1, 0, kicker, book.format(font_color=SUBTLE))
    head, cell = book.format(**HEAD_STYLE), book.format(text_wrap=True, bottom=4, bottom_color=RULE)
    link = book.format(bottom=4, bottom_color=RULE, font_color="#0B3B6F", underline=1)
    for place, text in enumerate(("シート", "内容", "行数")):
        put(page, 3, place, text, head)
    row = 3
    for row, sheet in enumerate(sheets, start=4):
        name = sheet.name if sheet else CHARTS
        page.write_url(row, 0, f"internal:'{name}'!A1", link, name)
        put(page, row, 1, sheet.says if sheet else "設問ごとの図（コピーして使えます）", cell)
        put(page, row, 2, len(sheet.rows) if sheet else None, cell)
    put(page, row + 2, 0, "注", book.format(bold=True))
    for place, text in enumerate(said, start=row + 2):
        put(page, place, 1, text, book.format(text_wrap=True))
        set_lines(page, place, [(text, 86)])
    page.fit_to_pages(1, 0)
    page.activate()
