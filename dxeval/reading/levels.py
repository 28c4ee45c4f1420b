"""From the cells of one item to its levels: recognised exactly, or a problem for each cell."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from dxeval.definitions.contact import has_contact
from dxeval.definitions.labels import normalise
from dxeval.definitions.survey import Form, Item
from dxeval.problems import Problem, ProblemKind, Problems
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

    def among(self, cells: Collection[str]) -> Iterator[tuple[int, str]]:
        """Yield row and cell where the cell is among ``cells``."""
        places = zip(self.rows, self.cells, strict=True)
        return ((row, cell) for row, cell in places if cell in cells)


def recognise(column: Column, vocabulary: Vocabulary, problems: Problems) -> list[int]:
    """Return the place of each cell's level in the item's levels (-1: missing).

    Levels are compared after NFKC, trimming and removal of zero-width characters. A cell that is
    none of the item's levels or codes, or two of them, is added to ``problems``; so are labels and
    codes in one column, where the rarer kind is taken for the mistake. Then nothing is returned.
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
    is_right = not wrong and not (labels and codes)
    if wrong:
        _add_unknown(problems, column, vocabulary, wrong)
    if labels and codes:
        _add_mixed(problems, column, vocabulary, labels, codes)
    return [meaning[cell] for cell in column.cells] if is_right else []


def _add_unknown(
    problems: Problems, column: Column, vocabulary: Vocabulary, wrong: set[str]
) -> None:
    several = {cell: levels for cell in wrong if (levels := vocabulary.several(cell))}
    wrong.difference_update(several)

    def two(place: tuple[int, str]) -> Problem:
        row, cell = place
        named = "".join(f"「{level}」" for level in several[cell])
        message = f"1つのセルに選択肢が{len(several[cell])}つあります（{named}）"
        return Problem(
            ProblemKind.TWO_LEVELS,
            column.file,
            message,
            row,
            column.header,
            cell,
            "選択肢は1つだけ",
            item=vocabulary.item.name,
        )

    def unknown(place: tuple[int, str]) -> Problem:
        row, cell = place
        value = "（連絡先のようなので表示しません）" if has_contact(cell[:MAX_ANSWER]) else cell
        return Problem(
            ProblemKind.UNKNOWN_LEVEL,
            column.file,
            "選択肢にない答えです",
            row,
            column.header,
            value,
            vocabulary.expected + vocabulary.nearest(cell),
            item=vocabulary.item.name,
        )

    problems.add_each(column.among(several), two)
    problems.add_each(column.among(wrong), unknown)


def _add_mixed(
    problems: Problems, column: Column, vocabulary: Vocabulary, labels: set[str], codes: set[str]
) -> None:
    n_labels = sum(cell in labels for cell in column.cells)
    n_codes = sum(cell in codes for cell in column.cells)
    rarer, other = (codes, "選択肢の語") if n_codes <= n_labels else (labels, "番号")

    def mixed(place: tuple[int, str]) -> Problem:
        row, cell = place
        return Problem(
            ProblemKind.MIXED_CODES,
            column.file,
            "選択肢の語と番号が1つの列に混ざっています",
            row,
            column.header,
            cell,
            f"ほかの行と同じく{other}",
            item=vocabulary.item.name,
        )

    problems.add_each(column.among(rarer), mixed)
