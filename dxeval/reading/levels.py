"""From the cells of one item to its levels: recognised exactly, or a problem for each cell."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from dxeval.definitions.contact import has_contact
from dxeval.definitions.labels import normalise
from dxeval.definitions.survey import Form, Item
from dxeval.errors import Problem, first_of
from dxeval.reading.limits import MAX_ANSWER

MISSING = -1
_SEPARATORS = re.compile(r"[;,、/・|\n]|\s+")


class Vocabulary:
    """What may stand in an item's column of one form: levels, or codes for them, or nothing."""

    def __init__(self, item: Item, form: Form) -> None:
        codes = form.codes.get(item.name, {})
        self.item = item
        self.labels = {normalise(level): level for level in item.levels}
        self.codes = {normalise(code): level for code, level in codes.items()}
        self.known = {**self.labels, **self.codes}
        self.missing = {"", *map(normalise, form.missing)}

    @property
    def expected(self) -> str:
        """All levels, and all codes if there are any."""
        codes = f"（または {'、'.join(self.codes)}）" if self.codes else ""
        return "、".join(self.item.levels) + codes

    def several(self, cell: str) -> list[str]:
        """Return the levels of a cell that holds two or more and nothing else, else none."""
        parts = [key for part in _SEPARATORS.split(cell[:MAX_ANSWER]) if (key := normalise(part))]
        if len(parts) < 2 or any(part not in self.known for part in parts):
            return []
        return [self.known[part] for part in parts]

    def nearest(self, cell: str) -> str:
        """Return a suggestion for an unknown answer, empty if nothing is near."""
        near = get_close_matches(normalise(cell[:MAX_ANSWER]), self.known, n=1)
        if not near:
            return ""
        code = f"{near[0]}：" if near[0] in self.codes else ""
        return f"（{code}{self.known[near[0]]} のことですか）"


@dataclass(frozen=True)
class Column:
    """An item's cells as they came, with their rows and where they came from."""

    header: str
    cells: Sequence[str]
    rows: Sequence[int]
    file: str

    def problems(
        self, wrong: Collection[str], problem: Callable[[int, str], Problem]
    ) -> list[Problem]:
        """Return ``problem`` of row and cell for the first cells that are among ``wrong``."""
        found = [
            (row, cell) for row, cell in zip(self.rows, self.cells, strict=True) if cell in wrong
        ]
        return first_of((problem(row, cell) for row, cell in found), len(found))


def recognise(column: Column, vocabulary: Vocabulary) -> tuple[list[int], list[Problem]]:
    """Return the place of each cell's level in the item's levels (-1: missing), and problems.

    Levels are compared after NFKC, trimming and removal of zero-width characters. A cell that is
    none of the item's levels or codes, or two of them, is a problem; so are labels and codes in
    one column, where the rarer kind is taken for the mistake.
    """
    place = {level: i for i, level in enumerate(vocabulary.item.levels)}
    meaning: dict[str, int] = {}
    wrong: set[str] = set()
    labels: set[str] = set()
    codes: set[str] = set()
    for cell in set(column.cells):
        key = normalise(cell)
        if key in vocabulary.missing:
            meaning[cell] = MISSING
        elif key in vocabulary.known:
            meaning[cell] = place[vocabulary.known[key]]
            (labels if key in vocabulary.labels else codes).add(cell)
        else:
            wrong.add(cell)
    problems = _unknown(column, vocabulary, wrong)
    if labels and codes:
        problems += _mixed(column, vocabulary, labels, codes)
    return [] if problems else [meaning[cell] for cell in column.cells], problems


def _unknown(column: Column, vocabulary: Vocabulary, wrong: set[str]) -> list[Problem]:
    item = vocabulary.item.name
    several = {cell: levels for cell in wrong if (levels := vocabulary.several(cell))}

    def two(row: int, cell: str) -> Problem:
        named = "".join(f"「{level}」" for level in several[cell])
        message = f"1つのセルに選択肢が{len(several[cell])}つあります（{named}）"
        expected = "選択肢は1つだけ"
        return Problem(
            f"two-levels-{item}", column.file, message, row, column.header, cell, expected
        )

    def unknown(row: int, cell: str) -> Problem:
        value = "（連絡先のようなので表示しません）" if has_contact(cell[:MAX_ANSWER]) else cell
        expected = vocabulary.expected + vocabulary.nearest(cell)
        message = "選択肢にない答えです"
        kind = f"unknown-level-{item}"
        return Problem(kind, column.file, message, row, column.header, value, expected)

    return column.problems(several, two) + column.problems(wrong - several.keys(), unknown)


def _mixed(
    column: Column, vocabulary: Vocabulary, labels: set[str], codes: set[str]
) -> list[Problem]:
    n_labels = sum(cell in labels for cell in column.cells)
    n_codes = sum(cell in codes for cell in column.cells)
    rarer, other = (codes, "選択肢の語") if n_codes <= n_labels else (labels, "番号")

    def mixed(row: int, cell: str) -> Problem:
        message = "選択肢の語と番号が1つの列に混ざっています"
        kind = f"mixed-{vocabulary.item.name}"
        expected = f"ほかの行と同じく{other}"
        return Problem(kind, column.file, message, row, column.header, cell, expected)

    return column.problems(rarer, mixed)
