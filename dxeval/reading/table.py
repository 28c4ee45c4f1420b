"""From an exported file to a table of strings: encoding, delimiter, sheet, header row.

An encoding, a delimiter or a sheet is accepted only when every header that ``survey.yaml``
declares for one form appears, never by a guess. Columns that are not declared are dropped here,
before anything else sees them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from dxeval.definitions.form import Form
from dxeval.definitions.survey import Survey
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind
from dxeval.reading import delimited, refusals
from dxeval.reading.body import Body
from dxeval.reading.grid import Grid, Rows
from dxeval.reading.header import Fit, Row, find_header, first_rows
from dxeval.reading.limits import MAX_FILE
from dxeval.reading.not_counted import as_shown
from dxeval.reading.package import ZIP
from dxeval.reading.xlsx import read_sheets


@dataclass(frozen=True)
class Table:
    """The declared columns of one export, every cell as text, of the rows that count.

    ``columns`` maps each declared header to the cells of its columns, none where an optional one
    is not there; ``rows`` are the row numbers as a spreadsheet counts them. What was left out:
    ``dropped`` are the headers of the columns that were not kept, ``not_counted`` says how many
    rows the form does not count, by header and value. ``extra`` are the rows below the header
    that the form says are no answers: row number, and cells by header. ``short`` are the rows that
    end before the header does; ``hidden_rows`` those that a spreadsheet does not show;
    ``nameless``: a column without a header holds values; ``escaped``: quotes were written behind a
    backslash; ``partial``: how many answers of a question stand in a dropped column, by both;
    ``marks``: words of a dropped column that mark rows as no answers, counted; ``withdrawn``: how
    many respondents were taken out at their request.
    """

    form: Form
    columns: dict[str, list[list[str]]]
    rows: list[int]
    dropped: tuple[str, ...]
    not_counted: dict[tuple[str, str], int]
    extra: list[tuple[int, dict[str, str]]]
    short: frozenset[int]
    partial: dict[tuple[str, str], int]
    marks: dict[str, dict[str, int]]
    hidden_rows: frozenset[int] = frozenset()
    nameless: bool = False
    escaped: bool = False
    withdrawn: int = 0

    def column(self, header: str) -> list[str]:
        """Return the cells of the one column under ``header``; blanks if it is not there."""
        cells = self.columns[header]
        return cells[0] if cells else [""] * len(self.rows)

    def without(self, places: Collection[int], withdrawn: int) -> "Table":
        """Return the table without the rows at those places, all those of ``withdrawn`` people."""
        kept = [place for place in range(len(self.rows)) if place not in places]
        gone = {self.rows[place] for place in places}
        return replace(
            self,
            columns={
                header: [[cells[place] for place in kept] for cells in columns]
                for header, columns in self.columns.items()
            },
            rows=[self.rows[place] for place in kept],
            short=self.short - gone,
            hidden_rows=self.hidden_rows - gone,
            withdrawn=withdrawn,
        )


def read_table(path: Path, survey: Survey, name: str) -> Table:
    """Read a text or XLSX export that one of the survey's forms fits. Raises DataError."""
    content = _content(path, name)
    if stranger := refusals.by_signature(content):
        raise _refusal(ProblemKind.NOT_AN_EXPORT, name, stranger)
    if content.startswith(ZIP):
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
            return _body(grid, rows, fit, survey, name)
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
    return _body(grid, rows, fit, survey, name)


def _fit(grid: Grid, survey: Survey, name: str, seen: list[list[Row]]) -> tuple[Fit | None, Rows]:
    """Return where a form fits the grid, and the rows below; adds the first rows to ``seen``."""
    head = first_rows(grid.rows)
    fit = find_header(head, survey, name)
    if fit is None:
        seen.append(head)
        return None, iter(())
    return fit, islice(chain(head, grid.rows), fit.depth, None)


def _body(grid: Grid, rows: Rows, fit: Fit, survey: Survey, name: str) -> Table:
    """Return the declared columns of the rows below the header. Raises DataError."""
    body = Body(grid, fit, survey, name)
    body.read(rows)
    body.check()
    if body.problems:
        raise DataError(body.problems)
    kept = {column for columns in fit.places.values() for column in columns}
    dropped = tuple(name for i, name in enumerate(fit.names) if name and i not in kept)
    return Table(
        fit.form,
        {header: [body.columns[i] for i in columns] for header, columns in fit.places.items()},
        body.rows,
        dropped,
        as_shown(body.not_counted, fit.form),
        [(row, _by_header(fit, cells)) for row, cells in fit.extra],
        frozenset(body.short),
        body.dropped.answers(),
        body.dropped.marks(),
        frozenset(grid.hidden_rows).intersection(body.rows),
        body.nameless,
        grid.escaped,
    )


def _by_header(fit: Fit, cells: list[str]) -> dict[str, str]:
    """Return the cells of a row above the answers by the declared header over them."""
    places = fit.places.items()
    return {header: cells[i] for header, columns in places for i in columns if i < len(cells)}
