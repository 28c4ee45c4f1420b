"""The register as a workbook: one line a comment, and from which exports they are.

Every text is written as text, never as a formula; equal comments and decisions give equal bytes.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from dxeval.commenting.entries import NO, YES, Entry, cell
from dxeval.definitions.decision import text_fingerprint
from dxeval.presenting.workbook import MADE

REGISTER, EXPORTS = "声の台帳", "書き出し"
"""The sheets."""
MARK, REASON, EDIT = "載せる", "理由", "編集後の文"
"""The columns that a person fills in."""
COLUMNS = {
    "回": 14,
    "番号": 6,
    "設問": 18,
    "行": 6,
    "自由記述": 60,
    MARK: 8,
    REASON: 28,
    EDIT: 50,
}
"""The columns and their widths in Latin characters."""
EXPORT_COLUMNS = ("回", "回答ファイル", "書き出し", "自由記述の数", "決めたこと")
_LINE = 15
"""Points of a line of text."""
_MOST_LINES = 27
"""What fits into the highest row that Excel knows."""
_HOW = (
    f"{MARK}：{YES} か {NO}。空欄はまだ決めていないもの。",
    f"{REASON}：選んだ、選ばなかった理由。どのページにも載りません。",
    f"{EDIT}：一部を省いて載せるときだけ。全文を写し、省いた所を（略）とします。",
    "並べかえてかまいません。ほかの列の書きかえ、行の追加と削除はできません。",
    "書き終えたら保存し、dxeval comments このファイル で回のファイルに読み戻します。",
)


@dataclass(frozen=True)
class Part:
    """A session's part of a register: its export, by name and fingerprint, and its comments."""

    session_id: str
    export: str
    fingerprint: str
    entries: tuple[Entry, ...]

    @property
    def line(self) -> tuple[str, ...]:
        """The part as the sheet of exports has it."""
        number = str(len(self.entries))
        return self.session_id, self.export, self.fingerprint, number, self.state

    @property
    def state(self) -> str:
        """The fingerprint of all that was decided."""
        return state_of(self.entries)


def state_of(entries: Sequence[Entry]) -> str:
    """Return by what it is known that something else was decided since: 12 hex digits."""
    return text_fingerprint(json.dumps([entry.decided for entry in entries]))


def fixed(entry: Entry) -> tuple[str, ...]:
    """Return the cells of a comment that nobody changes, in the order of the columns."""
    question, text = cell(entry.written.question), cell(entry.written.text)
    return entry.session_id, str(entry.number), question, str(entry.written.row), text


def workbook(parts: Sequence[Part]) -> bytes:
    """Return the register of those sessions."""
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": MADE})
        _write_register(book, [entry for part in parts for entry in part.entries])
        _write_exports(book, parts)
    return buffer.getvalue()


def _write_register(book: xlsxwriter.Workbook, entries: Sequence[Entry]) -> None:
    sheet = book.add_worksheet(REGISTER)
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"align": "center", "valign": "top"})
    own = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "border": 4})
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    for place, (name, width) in enumerate(COLUMNS.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, head)
    for line, entry in enumerate(entries, start=1):
        sheet.set_row(line, _height(entry))
        for place, text in enumerate(fixed(entry)):
            if list(COLUMNS)[place] in {"番号", "行"}:
                sheet.write_number(line, place, int(text), number)
            else:
                sheet.write_string(line, place, text, plain)
        for place, text in enumerate(entry.decided, start=len(fixed(entry))):
            if text:
                sheet.write_string(line, place, text, own)
            else:
                sheet.write_blank(line, place, None, own)
    mark, last = list(COLUMNS).index(MARK), len(COLUMNS) - 1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(entries), last)
    choice = {"validate": "list", "source": [YES, NO], "show_error": False}
    sheet.data_validation(1, mark, len(entries), mark, choice)
    _set_up_print(sheet)


def _height(entry: Entry) -> int:
    """Return how high a row must be for its text, in points: not every programme finds that out."""
    seen = [*cell(entry.written.text).splitlines(), ""]
    lines = sum(1 + _width(line) // COLUMNS[EDIT] for line in seen[:_MOST_LINES])
    return _LINE * min(lines - 1, _MOST_LINES)


def _width(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


def _set_up_print(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    """Let the sheet be printed on A4, as wide as it is."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L回答の自由記述があります。配らないでください&R&P / &N")


def _write_exports(book: xlsxwriter.Workbook, parts: Sequence[Part]) -> None:
    sheet = book.add_worksheet(EXPORTS)
    head = book.add_format({"bold": True, "bottom": 1})
    sheet.set_column(0, len(EXPORT_COLUMNS) - 1, 24)
    _set_up_print(sheet)
    for place, name in enumerate(EXPORT_COLUMNS):
        sheet.write_string(0, place, name, head)
    for line, part in enumerate(parts, start=1):
        for place, text in enumerate(part.line):
            sheet.write_string(line, place, cell(text))
    for line, text in enumerate(_HOW, start=len(parts) + 2):
        sheet.write_string(line, 0, text)
