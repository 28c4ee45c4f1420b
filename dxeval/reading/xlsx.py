"""XLSX to grids: cells as they are stored, with their places; nothing is computed or guessed.

Formulas, error values and merged cells are reported and not turned into something else, and the
number of cells is bounded.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from xml.parsers import expat

from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.grid import Fault, Grid, Merge, Rows
from dxeval.reading.limits import BEGINNING, MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_FAULTS, MAX_ROWS
from dxeval.reading.package import NotXlsxError, Package
from dxeval.reading.xlsx_parts import TOO_MANY, Attributes, Part, Workbook, unescape

_UNREADABLE = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    ValueError,
    OverflowError,
    RuntimeError,
)
"""What zipfile, expat and a wrong number, part or style in a file raise."""


def read_sheets(content: bytes, name: str) -> Iterator[Grid]:
    """Yield the sheets of an XLSX file. Raises DataError if it cannot be read safely."""
    try:
        package = Package(content)
        book = Workbook(package)
    except (NotXlsxError, *_UNREADABLE) as error:
        raise _data_error(error, name) from None
    for title, part, hidden in book.sheets:
        grid = Grid(title, iter(()), ragged=True, hidden=hidden)
        grid.rows = _rows(_Sheet(book, grid), package, part, name)
        yield grid


def _rows(sheet: "_Sheet", package: Package, part: str, name: str) -> Rows:
    try:
        for _ in sheet.parse(package, part):
            yield from sheet.done
            sheet.done.clear()
    except (NotXlsxError, *_UNREADABLE) as error:
        raise _data_error(error, name) from None


def _data_error(error: Exception, name: str) -> DataError:
    message = "Excel ファイルとして読めません（途中で切れたか、壊れています）"
    if isinstance(error, NotXlsxError):
        message = str(error)
    return DataError([Problem(ProblemKind.UNREADABLE, name, message)])


class _Sheet(Part):
    """Handlers for a worksheet: gathers finished rows in ``done``, and the grid's faults."""

    def __init__(self, book: Workbook, grid: Grid) -> None:
        super().__init__()
        self.book = book
        self.grid = grid
        self.done: list[tuple[int, list[str]]] = []
        self.row = 0
        self.cells: list[str] = []
        self.total = 0
        self.kind = ""
        self.style = 0
        self.value = ""
        self.formula = False
        self.reading = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v" or (tag == "t" and not self.reading):
            self.text = []
        elif tag == "f":
            self.formula = True
        elif tag == "row":
            row = int(attributes.get("r", self.row + 1))
            if not self.row < row <= MAX_ROWS:
                raise NotXlsxError(f"Excel ファイルの行の番号が正しくありません（{row}行目）")
            self.row = row
            self.cells = []
            if attributes.get("hidden") in {"1", "true"}:
                self.grid.hidden_rows.append(row)
        elif tag == "rPh":
            self.reading = True
        elif tag == "mergeCell":
            if len(self.grid.merges) >= MAX_FAULTS:
                raise NotXlsxError("Excel ファイルに結合されたセルが多すぎます")
            self.grid.merges.append(_merge(attributes["ref"]))

    def end(self, tag: str) -> None:
        if tag == "c":
            self.cells.append(self._cell())
        elif tag == "v":
            self.value = self.take()
        elif tag == "t" and not self.reading:
            self.value += self.take()
        elif tag == "rPh":
            self.reading = False
        elif tag == "row":
            self.total += len(self.cells)
            if self.total > MAX_CELLS:
                raise NotXlsxError(TOO_MANY)
            self.done.append((self.row, self.cells))

    def _start_cell(self, attributes: Attributes) -> None:
        place = column = len(self.cells)
        if reference := attributes.get("r"):
            column = column_number(reference)
        if not place <= column < MAX_COLUMNS:
            raise NotXlsxError(f"Excel ファイルの列の順が正しくありません（{self.row}行目）")
        self.cells += [""] * (column - place)
        self.kind = attributes.get("t", "n")
        self.style = int(attributes.get("s", 0))
        self.value = ""
        self.formula = False
        self.text = None

    def _cell(self) -> str:
        """Return the cell that ends here as text; notes what is no plain value."""
        if self.kind == "s" and self.value:
            text = self.book.strings[int(self.value)]
        elif self.kind in {"inlineStr", "str"}:
            text = unescape(self.value)
        elif self.kind == "b":
            text = {"0": "FALSE", "1": "TRUE"}.get(self.value, self.value)
        elif self.kind == "n" and self.value and not self.formula:
            text = self._number(float(self.value))
        else:
            text = self.value
        if self.formula:
            again = "手を加えず、フォームから書き出し直してください"
            self._fault(ProblemKind.FORMULA, f"数式のセルです。{again}", text)
        elif self.kind == "e":
            self._fault(ProblemKind.ERROR_VALUE, "エラー値のセルです", text)
        if len(text) > MAX_CELL:
            self._fault(ProblemKind.LONG_CELL, "セルが長すぎます", text)
        return text

    def _number(self, number: float) -> str:
        if self.style < len(self.book.dates) and self.book.dates[self.style]:
            return from_serial(number, self.book.epoch).isoformat()
        if self.style < len(self.book.percents) and self.book.percents[self.style]:
            return f"{100 * number:.15g}%"
        return str(int(number)) if number.is_integer() else repr(number)

    def _fault(self, kind: ProblemKind, message: str, value: str) -> None:
        if len(self.grid.faults) >= MAX_FAULTS:
            raise NotXlsxError("Excel ファイルに数式やエラー値のセルが多すぎます")
        beginning = value[:BEGINNING] or None
        self.grid.faults.append(Fault(self.row, len(self.cells), kind, message, beginning))


def column_number(reference: str) -> int:
    """Return the column, from 0, of a cell's reference: 0 for ``A1``, 27 for ``AB7``."""
    number = 0
    for letter in reference.rstrip("0123456789").upper():
        if not "A" <= letter <= "Z":
            raise ValueError(reference)
        number = number * 26 + ord(letter) - 64
    return number - 1


def from_serial(number: float, epoch: datetime) -> datetime:
    """Return the moment that Excel stores as days since ``epoch``, to the second.

    In the 1900 calendar Excel counts a 29 February 1900 that never was.
    """
    missed = 1 if epoch.year == 1899 and number < 60 else 0
    return epoch + timedelta(days=missed, seconds=round(number * 86_400))


def _merge(reference: str) -> Merge:
    first, _, last = reference.partition(":")
    last = last or first
    rows = [int(re.sub("[A-Za-z$]", "", corner)) for corner in (first, last)]
    columns = [column_number(corner.replace("$", "")) for corner in (first, last)]
    return Merge(range(rows[0], rows[1] + 1), range(columns[0], columns[1] + 1))
