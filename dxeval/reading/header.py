"""The row, or the two rows, in which all headers of one form appear."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dxeval.definitions.labels import normalise
from dxeval.definitions.survey import Form
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.limits import HEADER_WITHIN, MAX_HEADER, MAX_SEARCHED

Row = tuple[int, list[str]]
Names = list[tuple[str, ...]]


@dataclass(frozen=True)
class Fit:
    """Where a form's headers stand.

    ``row`` is the last row of the header, ``depth`` how many of the first rows it and the titles
    take; ``places`` maps each declared header to its column (from 0); ``names`` are the headers
    of all columns, normalised; ``ascii``: the declared headers hold nothing but ASCII.
    """

    form: Form
    row: int
    depth: int
    places: dict[str, int]
    names: tuple[str, ...]
    ascii: bool


def first_rows(rows: Iterator[Row]) -> list[Row]:
    """Take from ``rows`` those among which the header must stand."""
    head: list[Row] = []
    cells = 0
    for row, record in rows:
        head.append((row, record))
        cells += len(record)
        if len(head) == HEADER_WITHIN or cells > MAX_SEARCHED:
            break
    return head


def find_header(head: Sequence[Row], forms: Sequence[Form], name: str) -> Fit | None:
    """Return where a form fits the first rows of a grid, None if none does.

    A header in one row goes before one in two. Raises DataError if two forms fit the same rows,
    or if a declared header stands there twice.
    """
    for depth, row, names in _candidates(head):
        there = {header for alternatives in names for header in alternatives}
        fitting = [form for form in forms if {normalise(h) for h in form.headers} <= there]
        if len(fitting) > 1:
            labels = "、".join(f"「{form.name}」" for form in fitting)
            message = f"forms の {labels} がどちらも当てはまります"
            raise DataError([Problem(ProblemKind.TWO_FORMS, name, message, row)])
        if fitting:
            return _fit(fitting[0], depth, row, names, name)
    return None


def _candidates(head: Sequence[Row]) -> Iterator[tuple[int, int, Names]]:
    """Yield depth, row number and the names of each column, for one row and then for two."""
    rows = [(row, [_name(cell) for cell in cells]) for row, cells in head]
    for depth, (row, cells) in enumerate(rows, start=1):
        yield depth, row, [(cell,) for cell in cells]
    for depth, ((_, above), (row, below)) in enumerate(pairwise(rows), start=2):
        yield depth, row, _joined(above, below)


def _name(cell: str) -> str:
    return normalise(cell) if len(cell) <= MAX_HEADER else ""


def _joined(above: list[str], below: list[str]) -> Names:
    """Return what columns under two header rows may be called.

    A cell above stands also over the blank ones to its right: that is how merged cells arrive.
    """
    width = max(len(above), len(below))
    above, below = (row + [""] * (width - len(row)) for row in (above, below))
    names: Names = []
    group = ""
    for top, bottom in zip(above, below, strict=True):
        group = top or group
        names.append((f"{group} {bottom}".strip(), bottom) if bottom else (top,))
    return names


def _fit(form: Form, depth: int, row: int, names: Names, name: str) -> Fit:
    places: dict[str, int] = {}
    problems = []
    for header in form.headers:
        columns = [i for i, called in enumerate(names) if normalise(header) in called]
        places[header] = columns[0]
        if len(columns) > 1:
            message = "同じ見出しの列が2つあります"
            problems.append(Problem(ProblemKind.REPEATED_HEADER, name, message, row, header))
    if problems:
        raise DataError(problems)
    plain = all(header.isascii() for header in form.headers)
    return Fit(form, row, depth, places, tuple(called[0] for called in names), plain)
