"""An export without a survey: where its header stands, and the cells of each column."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from dxeval.definitions.contact import has_contact
from dxeval.definitions.form import Form
from dxeval.definitions.labels import normalise
from dxeval.definitions.questions import FreeText
from dxeval.definitions.survey import Survey
from dxeval.drafting.head import Head, likely_head
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.delimited import BROKEN, decodings, grids
from dxeval.reading.header import first_rows
from dxeval.reading.package import ZIP
from dxeval.reading.table import Table, read_table
from dxeval.reading.xlsx import read_sheets

_NOWHERE = "（下書きのための、どこにもない見出し）"
_HIDDEN = "（連絡先のようなので表示しません）"
_CODE = re.compile(r"[A-Za-z]{1,4}\d+(?:[_.-]\w+)*")
_UNFITTING = {ProblemKind.NO_FORM, ProblemKind.LONG_FORM, ProblemKind.NUL}


@dataclass(frozen=True)
class Cells:
    """The column, or columns, under one header: all their cells, a list a column.

    ``header`` is written as a form must declare it; ``group`` and ``option`` are the two parts of
    one that stands in two rows; ``below`` is the question below a header that is a code.
    ``nameless``: columns without a header follow that hold something.
    """

    header: str
    columns: list[list[str]]
    group: str = ""
    option: str = ""
    nameless: bool = False
    below: str = ""

    @property
    def asks(self) -> str:
        """The question: in the row below the header, where a tool writes it there."""
        return self.below or self.header

    @property
    def together(self) -> list[str]:
        """Every cell that is not blank."""
        return [cell for cells in self.columns for cell in cells if cell.strip()]


@dataclass(frozen=True)
class Sheet:
    """An export's columns that were read, in order; ``headers`` are those of all.

    ``sure``: nothing of the header may be an answer.
    """

    cells: tuple[Cells, ...]
    headers: tuple[str, ...]
    n_rows: int
    extra_header_rows: int
    sure: bool


def read_sheet(path: Path, name: str, unread: Callable[[str], bool]) -> Sheet:
    """Read an export all of whose columns are questions, but those whose header is ``unread``.

    Raises DataError with what the reader says of a file that is no export.
    """
    refusal = _refusal(path, name)
    head = _head(path, name)
    if head is None and refusal:
        raise refusal
    if head is None:
        message, expected = "見出しの行が分かりません", "設問を見出しにした、1人が1行の表"
        raise DataError([Problem(ProblemKind.NO_FORM, name, message, expected=expected)])
    headers: dict[str, str] = {}
    for text in head.headers:
        if normalise(text):
            headers.setdefault(normalise(text), _as_declared(text))
    closed = [key for key, text in headers.items() if has_contact(text) or unread(text)]
    times = Counter(normalise(text) for text in head.headers if normalise(text) in headers)
    read = {key: text for key, text in headers.items() if key not in closed}
    if not read:
        raise DataError([no_question(name)])
    declared = {text: [text] * times[key] for key, text in read.items()}
    table = read_table(path, _as_texts(declared, head.extra), name)
    parts = {normalise(text): place for place, text in enumerate(head.headers)}
    cells = tuple(
        Cells(
            text,
            table.columns[text],
            *head.parts[parts[key]],
            parts[key] in head.nameless,
            _below(text, table) if head.sure else "",
        )
        for key, text in read.items()
    )
    shown = tuple(_HIDDEN if has_contact(text) else text for text in headers.values())
    return Sheet(cells, shown, len(table.rows), head.extra, head.sure)


def _below(header: str, table: Table) -> str:
    """Return the question that stands below its code (Q1), empty if none does."""
    if not table.extra or not _CODE.fullmatch(normalise(header)):
        return ""
    _, row = table.extra[0]
    text = row.get(header, "")
    is_own = [*row.values()].count(text) == 1
    return _as_declared(text) if is_own and not has_contact(text) else ""


def no_question(name: str) -> Problem:
    """Return that an export has nothing that was asked."""
    message = "設問らしい列がありません"
    expected = "設問を見出しにした、1人が1行の表"
    return Problem(ProblemKind.NOT_AN_EXPORT, name, message, expected=expected)


def _refusal(path: Path, name: str) -> DataError | None:
    """Return what the reader says of a file that may be read once its form is declared.

    Raises DataError for what it refuses whatever is declared.
    """
    try:
        read_table(path, _as_texts({_NOWHERE: [_NOWHERE]}, 0), name)
    except DataError as error:
        kinds = {problem.kind for problem in error.problems}
        if kinds - _UNFITTING:
            raise
        return error if ProblemKind.NUL in kinds else None
    return None


def _as_texts(declared: dict[str, list[str]], extra: int) -> Survey:
    """Return a survey that asks every header in words of one's own."""
    names = {f"q{i}": headers for i, headers in enumerate(declared.values())}
    items = tuple(FreeText(kind="text", name=name, question=name) for name in names)
    form = Form(
        name="draft", items={k: tuple(v) for k, v in names.items()}, extra_header_rows=extra
    )
    return Survey(items=items, forms=(form,))


def _as_declared(header: str) -> str:
    text = header.strip()
    return text if text.isprintable() else normalise(text)


def _head(path: Path, name: str) -> Head | None:
    """Return the header of the way to read a file that looks most like a table of answers."""
    content = path.read_bytes()
    if content.startswith(ZIP):
        found = [(0.0, grid) for grid in read_sheets(content, name) if not grid.hidden]
    else:
        found = [(_japanese(text), grid) for _, text in decodings(content) for grid in grids(text)]
    ways = [(score, first_rows(grid.rows)) for score, grid in found]
    likely = [(score, *_widths(rows), rows) for score, rows in ways if rows]
    best = max(likely, key=lambda way: way[:-1], default=None)
    return likely_head(best[-1]) if best else None


def _widths(rows: Sequence[tuple[int, list[str]]]) -> tuple[bool, Fraction, int]:
    """Return whether rows have several columns, what share of them has as many, and how many.

    The header has as many as the rows only where they are taken apart as they were meant, and not
    at a sign that stands in their cells.
    """
    widths = Counter(len(cells) for _, cells in rows if any(map(str.strip, cells)))
    often = max(widths.values(), default=0)
    width = max((width for width, n in widths.items() if n == often), default=0)
    return width > 1, Fraction(often, max(widths.total(), 1)), width


def _japanese(text: str) -> float:
    """Return the share of the characters beyond ASCII that Japanese is written in, 1 if none is."""
    beyond = [character for character in text[:20_000] if not character.isascii()]
    if not beyond:
        return 1.0
    usual = re.sub("[^\u3000-\u30ff\u4e00-\u9fa0\uff01-\uff5e]", "", "".join(beyond))
    return (len(usual) - len(BROKEN.findall(text[:20_000]))) / len(beyond)
