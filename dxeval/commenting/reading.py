"""A register that comes back: its lines, refused where it is not as it was written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxeval.commenting.workbook import COLUMNS, EXPORT_COLUMNS, EXPORTS, REGISTER
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.grid import Grid
from dxeval.reading.xlsx import read_sheets

AGAIN = "決めたことを別の名前で残してから、dxeval comments で新しく書き、そこに写してください"
_AS_TEXT = {
    ProblemKind.FORMULA: "数式のセルです。式でなく、文字を書いてください",
    ProblemKind.ERROR_VALUE: "エラー値のセルです。文字を書いてください",
    ProblemKind.LONG_CELL: "セルが長すぎます",
}


@dataclass(frozen=True)
class Line:
    """A line of the register: its place in the sheet and its cells, as many as columns."""

    place: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Returned:
    """A register that came back: its lines, and of each session the export it was written from."""

    lines: tuple[Line, ...]
    exports: tuple[tuple[str, ...], ...]


def read_register(content: bytes, name: str) -> Returned:
    """Return what a register says; ``name`` is what messages call it. Raises DataError."""
    sheets = {}
    problems = Problems()
    for grid in read_sheets(content, name):
        rows = [Line(row, tuple(cells)) for row, cells in grid.rows if any(map(str.strip, cells))]
        sheets[grid.label] = rows
        for problem in _faults(grid, name):
            problems.add(problem)
    register, exports = sheets.get(REGISTER, []), sheets.get(EXPORTS, [])
    if {*sheets} != {REGISTER, EXPORTS} or not (
        _begins(register, tuple(COLUMNS)) and _begins(exports, EXPORT_COLUMNS)
    ):
        raise DataError([_no_register(name)])
    if problems:
        raise DataError(problems)
    for line in register:
        if any(map(str.strip, line.cells[len(COLUMNS) :])):
            raise DataError([_no_register(name, line.place)])
    width = len(COLUMNS)
    lines = [Line(one.place, (*one.cells, *[""] * width)[:width]) for one in register[1:]]
    wide = len(EXPORT_COLUMNS)
    listed = [(*one.cells, *[""] * wide)[:wide] for one in exports[1:] if any(one.cells[1:])]
    return Returned(tuple(lines), tuple(listed))


def _begins(lines: Sequence[Line], heads: tuple[str, ...]) -> bool:
    if not lines or lines[0].place != 1:
        return False
    first = tuple(text.strip() for text in lines[0].cells)
    return first[: len(heads)] == heads and not any(first[len(heads) :])


def _no_register(name: str, line: int | None = None) -> Problem:
    return Problem(
        ProblemKind.NOT_A_REGISTER,
        name,
        "dxeval comments が書いた台帳の形ではありません",
        line,
        expected=f"シート「{REGISTER}」（列は {'、'.join(COLUMNS)} だけ）と「{EXPORTS}」",
        hint="  シートや列を足したり消したりしたなら、元に戻してください。",
    )


def _faults(grid: Grid, name: str) -> Iterator[Problem]:
    """Yield what is no plain value in a sheet."""
    heads = list(COLUMNS) if grid.label == REGISTER else list(EXPORT_COLUMNS)
    for fault in grid.faults:
        column = fault.column if fault.column is not None else len(heads)
        head = heads[column] if column < len(heads) else None
        message = _AS_TEXT.get(fault.kind, fault.message)
        yield Problem(fault.kind, name, message, fault.row, head, fault.value)
    for merge in grid.merges:
        message = "結合されたセルです。結合を解除してください"
        yield Problem(ProblemKind.MERGED, name, message, merge.rows.start)
