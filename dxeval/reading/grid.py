"""A sheet on its way from a file: rows of strings, and what strings alone cannot say."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from dxeval.problems import ProblemKind

Rows = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in one row that cannot be an answer; ``column`` from 0, None: the whole row."""

    row: int
    column: int | None
    kind: ProblemKind
    message: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """A range of merged cells: rows from 1, columns from 0, both ends included."""

    rows: range
    columns: range


@dataclass
class Grid:
    """One sheet, or one way to read a text file.

    ``rows`` yields the row number as a spreadsheet counts it (from 1) and the row's cells, once.
    ``faults``, ``merges`` and ``hidden_rows`` are complete when it is through. ``ragged``: rows
    are as long as they have cells, whatever the header's length. ``cut``: the file does not
    end with its last row's line end. ``escaped``: quotes were written behind a backslash.
    """

    label: str
    rows: Rows
    ragged: bool = False
    hidden: bool = False
    cut: bool = False
    escaped: bool = False
    faults: list[Fault] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
