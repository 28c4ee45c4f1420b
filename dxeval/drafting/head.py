"""Where the header of an export stands that no form describes: by what lies below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dxeval.definitions.contact import emails
from dxeval.definitions.labels import normalise
from dxeval.reading.header import Row, joined
from dxeval.reading.second_header import IMPORT, WORDS
from dxeval.reading.timestamps import DATE_ORDERS, parse_timestamp

LONGEST_ADDRESS = 80
"""Characters of a cell that is an e-mail address and no text that holds one."""
_IN_BRACKETS = re.compile(r"\[.+\]")
FULL_NAME = re.compile(r"[\u4e00-\u9fff々]{1,4}[ \u3000][\u3041-\u30ff\u4e00-\u9fff々]{1,6}")
"""Family and given name as people write them in Japanese, and hardly anything else."""
_NUMBER = re.compile(r"[A-Za-z#-]{0,6}\d[\d-]*")


@dataclass(frozen=True)
class Head:
    """The header of each column, how many rows below it are no answers (``extra``).

    ``sure``: the rows below the first say themselves that they are none.

    ``parts``: for each column the header above and below, where it stands in two rows. ``nameless``
    are the columns (from 0) that others follow which have cells and no header.
    """

    headers: tuple[str, ...]
    extra: int
    parts: tuple[tuple[str, str], ...]
    nameless: frozenset[int] = frozenset()
    sure: bool = True


def likely_head(rows: Sequence[Row]) -> Head | None:
    """Return the header among the first rows of a file, None if there is none.

    The answers begin where a column of times, addresses or numbers begins, that goes on to the end;
    where there is no such column, below the first row with half as many cells as the fullest.
    """
    cells = [[normalise(cell[:1000]) for cell in row] for _, row in rows]
    filled = [sum(map(bool, row)) for row in cells]
    most = max(filled, default=0)
    first = _first_answer(cells)
    if not most or first == 0:
        return None
    above = range(first) if first is not None else range(len(cells))
    place = next((i for i in above if 2 * filled[i] >= most), None)
    if first is not None:
        place = max(above, key=lambda i: filled[i])
        if place and filled[place - 1] > 1 and _goes_on(cells[place - 1], cells[place]):
            place -= 1
    if place is None or any(map(_is_no_header, cells[place])):
        return None
    raw = rows[place][1]
    between = (first - place - 1) if first is not None else 0
    below = cells[place + 1 : place + 1 + between]
    sure = _say_so(below)
    if between and _goes_on(cells[place], below[0]):
        return replace(_in_two_rows(cells[place], below[0], between - 1), sure=sure)
    nameless = _nameless(cells[place], cells[place + 1 + between :])
    return Head(tuple(raw), between, tuple(("", "") for _ in raw), nameless, sure)


def _first_answer(cells: Sequence[Sequence[str]]) -> int | None:
    """Return the first row from which on a column holds times, addresses or rising numbers alone.

    Numbers count in the first column only: those of a question may begin with a blank.
    """
    found: list[int] = []
    for column in range(max(map(len, cells), default=0)):
        there = [row[column] if column < len(row) else "" for row in cells]
        marks = [_is_moment(cell) or (column == 0 and _is_number(cell)) for cell in there]
        if True not in marks:
            continue
        first = marks.index(True)
        rows = zip(marks[first:], cells[first:], strict=True)
        all_below = all(mark for mark, row in rows if any(row))
        if all_below and (any(there[:first]) or first == 0) and _rises(there[first:]):
            found.append(first)
    return min(found, default=None)


def _is_moment(cell: str) -> bool:
    if emails(cell) and len(cell) < LONGEST_ADDRESS:
        return True
    return any(parse_timestamp(cell, order) for order in DATE_ORDERS)


def _is_no_header(cell: str) -> bool:
    return _is_moment(cell) or cell.isdecimal() or bool(FULL_NAME.fullmatch(cell))


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell))


def _rises(cells: Sequence[str]) -> bool:
    """Return whether numbers only rise or only fall; true of what is no number."""
    if not all(map(str.isdecimal, filter(None, cells))):
        return True
    numbers = [int(cell) for cell in cells if cell]
    pairs = list(pairwise(numbers))
    return all(a < b for a, b in pairs) or all(a > b for a, b in pairs)


def _say_so(below: Sequence[Sequence[str]]) -> bool:
    """Return whether rows below a header hold what tools write there, and people do not."""
    words = [cell for row in below for cell in row if cell]
    if any(cell.startswith(IMPORT) for cell in words):
        return True
    return all(
        any(cell.casefold() in WORDS or _IN_BRACKETS.fullmatch(cell) for cell in row)
        for row in below
    )


def _goes_on(top: Sequence[str], below: Sequence[str]) -> bool:
    """Return whether a row has cells under the blank ones of a header, as merged cells arrive."""
    blank = [i for i, cell in enumerate(top) if not cell]
    return any(i < len(below) and below[i] for i in [*blank, *range(len(top), len(below))])


def _in_two_rows(top: list[str], below: list[str], extra: int) -> Head:
    names = tuple(called[0] for called in joined(top, below))
    width = len(names)
    top, below = (row + [""] * (width - len(row)) for row in (top, below))
    parts: list[tuple[str, str]] = []
    group = ""
    for name, upper, lower in zip(names, top, below, strict=True):
        group = upper or group
        parts.append((group, lower) if lower and name == f"{group} {lower}".strip() else ("", ""))
    return Head(names, extra, tuple(parts))


def _nameless(header: Sequence[str], rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Return the named columns after which columns without a name hold something."""
    found: set[int] = set()
    last = None
    for i in range(max(map(len, [header, *rows]), default=0)):
        if i < len(header) and header[i]:
            last = i
        elif last is not None and any(i < len(row) and row[i] for row in rows):
            found.add(last)
    return frozenset(found)
