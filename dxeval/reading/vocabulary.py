"""What may stand in the cells of one item, and the cells themselves."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from dxeval.definitions.form import Form
from dxeval.definitions.item import Item, Labelled
from dxeval.definitions.kinds import kind_of
from dxeval.definitions.labels import normalise
from dxeval.definitions.lookalikes import look_alike, told_apart
from dxeval.reading.cell_parts import USUAL, Separators
from dxeval.reading.limits import MAX_ANSWER

_SEPARATORS = re.compile(r"[;,、/・|\n]|\s+")
_AFTER_OTHER = re.compile(r"[ :：;,、/・(（\[［「-]+")
NO_ANSWER = {
    *(
        "無回答",
        "未回答",
        "回答なし",
        "未記入",
        "記入なし",
        "空白",
        "空欄",
        "なし",
        "無し",
        "該当なし",
    ),
    *(
        "na",
        "n/a",
        "#n/a",
        "null",
        "\\n",
        "none",
        "nan",
        "no answer",
        "no response",
        "-",
        "--",
        "ー",
        "―",
    ),
}
"""What people and tools write where nobody answered."""


class Vocabulary:
    """What may stand in the cells of an item in one form; here nothing that is known beforehand.

    ``known`` maps every normalised spelling to its label, none where people write their own;
    ``missing`` are normalised cells that say that somebody did not answer.
    """

    expected = "何でも"

    def __init__(self, item: Item, form: Form) -> None:
        self.item = item
        self.known: dict[str, str] = {}
        self.missing = {"", *map(normalise, (*item.missing, *form.missing))}

    def holds(self, key: str) -> bool:
        """Return whether a normalised cell is certainly an answer to the item."""
        return key in self.known

    def stands_out(self, key: str) -> bool:
        """Return whether a normalised cell is an answer wherever it stands."""
        return False

    @property
    def tells(self) -> bool:
        """Whether answers can be told from headers."""
        return bool(self.known)

    def own_words(self, cell: str) -> str | None:
        """Return what somebody wrote beside the labels; None if that is no answer."""
        return None


class LabelVocabulary(Vocabulary):
    """The labels of an item, or codes for them.

    ``labels`` are the labels and their aliases, which may stand beside each other; a code in words
    is an alias too. ``codes`` are numbers, which stand alone in a column.
    """

    item: Labelled

    def __init__(self, item: Labelled, form: Form) -> None:
        super().__init__(item, form)
        spellings = item.spellings(form.aliases.get(item.name))
        self.labels = {normalise(spelling.text): spelling.level for spelling in spellings}
        self._others = [spelling.text for spelling in spellings if spelling.level == item.other]
        codes = {normalise(c): level for c, level in form.codes.get(item.name, {}).items()}
        self.codes = {code: level for code, level in codes.items() if is_number(code)}
        self.labels |= {code: level for code, level in codes.items() if code not in self.codes}
        self.known = {**self.codes, **self.labels}

    @cached_property
    def _separators(self) -> Separators:
        return Separators(USUAL, self.known)

    @property
    def expected(self) -> str:  # type: ignore[override]
        """All labels, and all codes if there are any."""
        codes = f"（または {'、'.join(self.codes)}）" if self.codes else ""
        return "、".join(self.item.labels) + codes

    def stands_out(self, key: str) -> bool:
        """Return whether a normalised cell is a label; 「その他」 may be something else."""
        return self.known.get(key, self.item.other) != self.item.other

    def several(self, cell: str) -> list[str]:
        """Return the levels of a cell that holds two or more and nothing else, else none."""
        parts = [key for part in _SEPARATORS.split(cell[:MAX_ANSWER]) if (key := normalise(part))]
        if len(parts) > 1 and all(part in self.known for part in parts):
            return [self.known[part] for part in parts]
        found = self._separators.take_apart(cell[:MAX_ANSWER])
        labels = {self.known[spelling] for spelling in found.spellings}
        together = len(labels) > 1 and not found.others
        return [label for label in self.item.labels if label in labels] if together else []

    def unknown(self, cell: str) -> str:
        """Return the part of a wrong cell that is no label: here all of it."""
        return cell

    def own_words(self, cell: str) -> str | None:
        """Return what somebody wrote as the item's ``other`` level; None if it has none.

        Words that look like a level, like no answer or like a code are none of one's own.
        """
        if self.item.other is None:
            return None
        key = normalise(cell[:MAX_ANSWER])
        if is_number(key) or key.casefold() in NO_ANSWER or look_alike(key, self.known):
            return None
        text = cell.strip()
        for spelling in self._others:
            rest = text[len(spelling) :]
            if text.startswith(spelling) and (mark := _AFTER_OTHER.match(rest)):
                return rest[mark.end() :].strip(" )）]］」") or text
        return text

    def nearest(self, cell: str) -> str:
        """Return a suggestion for an unknown answer, empty if nothing is near."""
        key = normalise(cell[:MAX_ANSWER])
        if (like := look_alike(key, self.known)) is not None:
            return f"（{self.known[like]} と似て見えますが、{told_apart(key, like)}が違います）"
        near = get_close_matches(key, self.known, n=1)
        if not near:
            return ""
        code = f"{near[0]}：" if near[0] in self.codes else ""
        return f"（{code}{self.known[near[0]]} のことですか）"

    def nearest_level(self, cell: str) -> str | None:
        """Return the level that an unknown answer may mean, None if none is near."""
        key = normalise(cell[:MAX_ANSWER])
        if (like := look_alike(key, self.known)) is None:
            like = next(iter(get_close_matches(key, self.known, n=1)), None)
        return None if like is None else self.known[like]


def vocabulary_of(item: Item, form: Form) -> Vocabulary:
    """Return what may stand in the cells of an item in a form, as its kind says."""
    return kind_of(item).vocabulary(item, form)


def is_number(key: str) -> bool:
    """Return whether a normalised cell is a number."""
    return bool(re.fullmatch(r"[+-]?\d+(\.\d+)?", key))


@dataclass(frozen=True)
class Column:
    """An item's cells as they came, with their rows and where they came from.

    ``short`` are the rows that ended before the header did.
    """

    header: str
    cells: Sequence[str]
    rows: Sequence[int]
    file: str
    short: Collection[int] = ()

    def among(self, cells: Collection[str]) -> Iterator[tuple[int, str]]:
        """Yield row and cell where the cell is among ``cells``."""
        places = zip(self.rows, self.cells, strict=True)
        return ((row, cell) for row, cell in places if cell in cells)
