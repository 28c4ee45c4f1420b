"""From the cells of one item to its levels: recognised exactly, or a problem for each cell."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from dxeval.definitions.labels import normalise
from dxeval.definitions.lookalikes import look_alike, told_apart
from dxeval.definitions.person import quotable
from dxeval.definitions.survey import Form, Item
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.limits import MAX_ANSWER

MISSING = -1
OFTEN = 3
"""A wrong answer that stands so often in a column is an option, and no person's name."""
NEAR = 0.75
"""How near to a level one's own words come before a person should look (difflib's ratio, 0-1)."""
_SEPARATORS = re.compile(r"[;,、/・|\n]|\s+")
_AFTER_OTHER = re.compile(r"[ :：;,、/・(（\[［「-]+")
_NO_ANSWER = {
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
    *("na", "n/a", "#n/a", "null", "none", "nan", "no answer", "no response", "-", "--", "ー", "―"),
}
"""What people and tools write where nobody answered."""


class Vocabulary:
    """What may stand in an item's column of one form: levels, or codes for them, or nothing.

    ``labels`` are the levels and their aliases, which may stand beside each other; a code in words
    is an alias too. ``codes`` are numbers, which stand alone in a column.
    """

    def __init__(self, item: Item, form: Form) -> None:
        self.item = item
        spellings = item.spellings(form.aliases.get(item.name))
        self.labels = {normalise(spelling.text): spelling.level for spelling in spellings}
        codes = {normalise(c): level for c, level in form.codes.get(item.name, {}).items()}
        self.codes = {code: level for code, level in codes.items() if _is_number(code)}
        self.labels |= {code: level for code, level in codes.items() if code not in self.codes}
        self.known = {**self.codes, **self.labels}
        self.missing = {"", *map(normalise, (*item.missing, *form.missing))}

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

    def own_words(self, cell: str) -> str | None:
        """Return what somebody wrote as the item's ``other`` level; None if it has none.

        Words that look like a level, like no answer or like a code are none of one's own.
        """
        if self.item.other is None:
            return None
        key = normalise(cell[:MAX_ANSWER])
        if _is_number(key) or key.casefold() in _NO_ANSWER or look_alike(key, self.known):
            return None
        text = cell.strip()
        rest = text[len(self.item.other) :]
        if text.startswith(self.item.other) and (mark := _AFTER_OTHER.match(rest)):
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


def _is_number(key: str) -> bool:
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


@dataclass
class Recognised:
    """The place of each cell's level in the item's levels (-1: missing), and words of one's own.

    ``words``: row and text of those who chose ``other`` in their own words; ``near`` are the rows
    whose words come close to a level.
    """

    levels: list[int]
    words: list[tuple[int, str]] = field(default_factory=list)
    near: list[tuple[int, str]] = field(default_factory=list)


def recognise(column: Column, vocabulary: Vocabulary, problems: Problems) -> Recognised:
    """Return what an item's cells say.

    Cells and levels are compared as ``normalise`` returns them, never nearly. A cell that is none
    of the item's levels, aliases or codes, or two of them, is added to ``problems``; so are words
    and codes in one column, where the rarer kind is taken for the mistake. Then no level is
    returned.
    """
    place = {level: i for i, level in enumerate(vocabulary.item.levels)}
    meaning: dict[str, int] = {}
    wrong: set[str] = set()
    labels: set[str] = set()
    codes: set[str] = set()
    words: dict[str, str] = {}
    for cell in set(column.cells):
        key = normalise(cell)
        if key in vocabulary.missing:
            meaning[cell] = MISSING
        elif key in vocabulary.known:
            meaning[cell] = place[vocabulary.known[key]]
            (labels if key in vocabulary.labels else codes).add(cell)
        elif not vocabulary.several(cell) and (own := vocabulary.own_words(cell)) is not None:
            meaning[cell] = place[vocabulary.item.other or ""]
            words[cell] = own
        else:
            wrong.add(cell)
    if wrong:
        _WrongAnswers(column, vocabulary, wrong).add_to(problems)
    if labels and codes:
        _add_mixed(problems, column, vocabulary, labels, codes)
    if wrong or (labels and codes):
        return Recognised([])
    near = {c for c in words if get_close_matches(normalise(c), vocabulary.labels, 1, NEAR)}
    return Recognised(
        [meaning[cell] for cell in column.cells],
        [(row, words[cell]) for row, cell in column.among(words)] if words else [],
        [*column.among(near)] if near else [],
    )


class _WrongAnswers:
    """Cells that are no level: of which kind each is, and what to say of it."""

    def __init__(self, column: Column, vocabulary: Vocabulary, wrong: set[str]) -> None:
        self.column = column
        self.vocabulary = vocabulary
        self.wrong = wrong
        self.several = {cell: levels for cell in wrong if (levels := vocabulary.several(cell))}
        self.times = Counter(cell for _, cell in column.among(wrong))

    def add_to(self, problems: Problems) -> None:
        kinds = (
            ProblemKind.TWO_LEVELS,
            ProblemKind.UNMARKED_MISSING,
            ProblemKind.ROW_LENGTH,
            ProblemKind.UNKNOWN_LEVEL,
        )
        for kind in kinds:
            places = self.column.among(self.wrong)
            problems.add_each((p for p in places if self.kind(*p) is kind), self.problem)

    def kind(self, row: int, cell: str) -> ProblemKind:
        if cell in self.several:
            return ProblemKind.TWO_LEVELS
        if row in self.column.short:
            return ProblemKind.ROW_LENGTH
        if normalise(cell[:MAX_ANSWER]).casefold() in _NO_ANSWER:
            return ProblemKind.UNMARKED_MISSING
        return ProblemKind.UNKNOWN_LEVEL

    def problem(self, place: tuple[int, str]) -> Problem:
        row, cell = place
        kind = self.kind(row, cell)
        expected = self.vocabulary.expected
        hint = None
        if kind is ProblemKind.TWO_LEVELS:
            named = "".join(f"「{level}」" for level in self.several[cell])
            message = f"1つのセルに選択肢が{len(self.several[cell])}つあります（{named}）"
            expected = "選択肢は1つだけ"
        elif kind is ProblemKind.ROW_LENGTH:
            message = "列の数が足りない行に、選択肢にない答えがあります（列がずれています）"
        elif kind is ProblemKind.UNMARKED_MISSING:
            message = "無回答のしるしのようですが、missing に書かれていません"
            hint = (
                f"  無回答なら、data/survey.yaml の設問「{self.vocabulary.item.name}」に"
                f" missing: [{cell.strip()}] と書いてください（forms に書けば全設問に効きます）。"
            )
        else:
            message = "選択肢にない答えです"
            expected += self.vocabulary.nearest(cell)
        item = self.vocabulary.item.name
        place_and_value = (row, self.column.header, self.shown(cell))
        return Problem(kind, self.column.file, message, *place_and_value, expected, hint, item=item)

    def shown(self, cell: str) -> str:
        """Return the cell, unless it may be a person."""
        if cell in self.several or self.times[cell] >= OFTEN:
            return cell
        return quotable(cell[:MAX_ANSWER], self.vocabulary.known)


def _add_mixed(
    problems: Problems, column: Column, vocabulary: Vocabulary, labels: set[str], codes: set[str]
) -> None:
    n_labels = sum(cell in labels for cell in column.cells)
    n_codes = sum(cell in codes for cell in column.cells)
    rarer, other = (codes, "選択肢の語") if n_codes <= n_labels else (labels, "番号")
    hint = (
        "  混ざっていてよいなら、data/survey.yaml の設問に"
        " aliases: {選択肢: [番号]} と書いてください（codes の番号は消します）。"
    )

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
            hint,
            item=vocabulary.item.name,
        )

    problems.add_each(column.among(rarer), mixed)
