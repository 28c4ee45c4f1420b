"""From an exported file to a table of strings: encoding, delimiter, sheet, header row.

An encoding, a delimiter or a sheet is accepted only when every header that ``survey.yaml``
declares for one form appears, never by a guess. Columns that are not declared are dropped here,
before anything else sees them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from dxeval.definitions.survey import Form, Survey
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading import delimited, refusals
from dxeval.reading.grid import Grid, Rows
from dxeval.reading.header import Fit, Row, find_header, first_rows
from dxeval.reading.limits import MAX_FILE
from dxeval.reading.xlsx import read_sheets


@dataclass(frozen=True)
class Table:
    """The declared columns of one export, every cell as text.

    ``columns`` maps each declared header to its cells; ``rows`` are the row numbers as a
    spreadsheet counts them; ``dropped`` the headers of the columns that were not kept;
    ``hidden_rows`` how many of the rows a spreadsheet does not show; ``nameless``: a column without
    a header holds values.
    """

    form: Form
    columns: dict[str, list[str]]
    rows: list[int]
    dropped: tuple[str, ...]
    hidden_rows: int = 0
    nameless: bool = False


def read_table(path: Path, survey: Survey, name: str) -> Table:
    """Read a text or XLSX export that one of the survey's forms fits. Raises DataError."""
    content = _content(path, name)
    if stranger := refusals.by_signature(content):
        raise _refusal(ProblemKind.NOT_AN_EXPORT, name, stranger)
    if content.startswith(refusals.ZIP):
        return _from_sheets(read_sheets(content, name), survey, name)
    return _from_text(content, survey, name)


def _content(path: Path, name: str) -> bytes:
    if not path.is_file():
        raise _refusal(ProblemKind.UNREADABLE, name, "ファイルがありません")
    try:
        size = path.stat().st_size
        if size <= MAX_FILE:
            return path.read_bytes()
    except OSError as error:
        message = f"ファイルを読めません（{type(error).__name__}）"
        raise _refusal(ProblemKind.UNREADABLE, name, message) from None
    raise _refusal(ProblemKind.TOO_LARGE, name, f"ファイルが大きすぎます（{size / 1e6:,.0f} MB）")


def _refusal(
    kind: ProblemKind,
    name: str,
    message: str,
    line: int | None = None,
    expected: str | None = None,
) -> DataError:
    return DataError([Problem(kind, name, message, line, expected=expected)])


def _from_text(content: bytes, survey: Survey, name: str) -> Table:
    seen: list[list[Row]] = []
    text = None
    for codec, text in delimited.decodings(content):
        for grid in delimited.grids(text):
            fit, rows = _fit(grid, survey, name, seen)
            if fit is None:
                continue
            if fit.ascii and (other := delimited.rival(content, codec)):
                message = f"文字コードを1つに決められません（{other} でも読めて、内容が変わります）"
                expected = "UTF-8（BOM 付き）で書き出したもの"
                raise _refusal(ProblemKind.TWO_ENCODINGS, name, message, expected=expected)
            return _body(grid, rows, fit, name)
    if b"\0" in content and (text is None or not delimited.is_marked(content)):
        raise _refusal(ProblemKind.NUL, name, "NUL バイトがあり、テキストとして読めません")
    if text is None:
        message = "文字コードが分かりません（途中で切れているか、混ざっています）"
        line = delimited.undecodable_line(content)
        expected = "UTF-8、UTF-16、Shift_JIS、EUC-JP のどれか"
        raise _refusal(ProblemKind.ENCODING, name, message, line, expected)
    if stranger := refusals.by_text(text):
        raise _refusal(ProblemKind.NOT_AN_EXPORT, name, stranger)
    raise DataError([refusals.no_form(name, survey, seen)])


def _from_sheets(sheets: Iterable[Grid], survey: Survey, name: str) -> Table:
    seen: list[list[Row]] = []
    found = []
    for grid in sheets:
        fit, rows = _fit(grid, survey, name, seen)
        if fit is not None:
            found.append((grid, rows, fit))
    if len(found) > 1:
        labels = "、".join(
            f"「{grid.label}」" + ("（非表示）" if grid.hidden else "") for grid, _, _ in found
        )
        message = f"アンケートの見出しを持つシートが複数あります（{labels}）。1枚だけにしてください"
        raise _refusal(ProblemKind.TWO_SHEETS, name, message)
    if not found:
        raise DataError([refusals.no_form(name, survey, seen)])
    ((grid, rows, fit),) = found
    if grid.hidden:
        message = f"回答は非表示のシート「{grid.label}」にあります。確かめて再表示してください"
        raise _refusal(ProblemKind.HIDDEN_SHEET, name, message)
    return _body(grid, rows, fit, name)


def _fit(grid: Grid, survey: Survey, name: str, seen: list[list[Row]]) -> tuple[Fit | None, Rows]:
    """Return where a form fits the grid, and the rows below; adds the first rows to ``seen``."""
    head = first_rows(grid.rows)
    fit = find_header(head, survey.forms, name)
    if fit is None:
        seen.append(head)
        return None, iter(())
    return fit, chain(head[fit.depth :], grid.rows)


def _body(grid: Grid, rows: Rows, fit: Fit, name: str) -> Table:
    """Return the declared columns of the rows below the header."""
    body = _Body(grid, fit, name)
    body.read(rows)
    body.check_faults()
    body.check_merges()
    if body.problems:
        raise DataError(body.problems)
    kept = set(fit.places.values())
    dropped = tuple(name for i, name in enumerate(fit.names) if name and i not in kept)
    hidden = len(set(grid.hidden_rows).intersection(body.rows))
    return Table(fit.form, body.columns, body.rows, dropped, hidden, body.nameless)


class _Body:
    def __init__(self, grid: Grid, fit: Fit, name: str) -> None:
        self.grid = grid
        self.fit = fit
        self.name = name
        self.problems = Problems()
        self.rows: list[int] = []
        self.columns: dict[str, list[str]] = {header: [] for header in fit.places}
        self.nameless = False

    def read(self, rows: Rows) -> None:
        width = len(self.fit.names)
        blank_names = [i for i, name in enumerate(self.fit.names) if not name]
        items = set(self.fit.form.items.values())
        places = self.fit.places.items()
        answers = [(self.columns[h].append, place) for h, place in places if h in items]
        texts = [(self.columns[h].append, place) for h, place in places if h not in items]
        same: dict[str, str] = {}
        for row, record in rows:
            if not any(map(str.strip, record)):
                continue
            if len(record) != width and not self._fill(row, record, width):
                continue
            self.rows.append(row)
            for append, place in answers:
                append(same.setdefault(record[place], record[place]))
            for append, place in texts:
                append(record[place])
            if blank_names and not self.nameless:
                self.nameless = any(record[i].strip() for i in blank_names)

    def _fill(self, row: int, record: list[str], width: int) -> bool:
        """Make a row as wide as the header; notes it and returns False if that is a guess."""
        if self.grid.ragged or (len(record) > width and not any(map(str.strip, record[width:]))):
            self.nameless |= any(map(str.strip, record[width:]))
            record += [""] * (width - len(record))
            return True
        message = f"列の数が{len(record)}です"
        expected = f"見出しと同じ{width}列"
        kind = ProblemKind.ROW_LENGTH
        self.problems.add(Problem(kind, self.name, message, row, expected=expected))
        return False

    def check_faults(self) -> None:
        """Note the faults in declared columns; a fault of a whole row counts everywhere."""
        header_at = {place: header for header, place in self.fit.places.items()}
        for fault in self.grid.faults:
            if fault.column is None or (fault.row >= self.fit.row and fault.column in header_at):
                header = None if fault.column is None else header_at[fault.column]
                self.problems.add(Problem(fault.kind, self.name, fault.message, fault.row, header))

    def check_merges(self) -> None:
        """Drop rows that the header is merged over; note merged answers and wide headers."""
        last = self.fit.row
        for merge in self.grid.merges:
            headers = [h for h, place in self.fit.places.items() if place in merge.columns]
            if not headers or merge.rows.stop <= self.fit.row:
                continue
            if merge.rows.start > self.fit.row or len(merge.columns) > 1:
                message = "結合されたセルです。手を加えず、フォームから書き出し直してください"
                row = max(merge.rows.start, self.fit.row)
                self.problems.add(Problem(ProblemKind.MERGED, self.name, message, row, headers[0]))
            else:
                last = max(last, merge.rows.stop - 1)
        covered = sum(row <= last for row in self.rows)
        del self.rows[:covered]
        for cells in self.columns.values():
            del cells[:covered]
