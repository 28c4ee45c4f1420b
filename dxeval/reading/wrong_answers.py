"""Cells that are none of their item's levels: of which kind each is, and what to do about it."""

from collections import Counter
from collections.abc import Sequence

from dxeval.definitions.item import Item
from dxeval.definitions.labels import normalise
from dxeval.definitions.person import quotable
from dxeval.definitions.yaml_text import as_yaml
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.limits import MAX_ANSWER, OFTEN, SHOWN_VALUES
from dxeval.reading.vocabulary import NO_ANSWER, Column, LabelVocabulary, is_number

_A_LEVEL = "（選択肢）"


def refuse_wrong(
    column: Column, vocabulary: LabelVocabulary, wrong: set[str], problems: Problems
) -> None:
    """Add a problem for each of the ``wrong`` cells, kind by kind."""
    WrongAnswers(column, vocabulary, wrong).add_to(problems)


class WrongAnswers:
    """Cells that are no level: of which kind each is, and what to say of it."""

    def __init__(self, column: Column, vocabulary: LabelVocabulary, wrong: set[str]) -> None:
        self.column = column
        self.vocabulary = vocabulary
        self.wrong = wrong
        self.unknown = {cell: vocabulary.unknown(cell) for cell in wrong}
        self.several = {cell: levels for cell in wrong if (levels := vocabulary.several(cell))}
        self._said: set[ProblemKind] = set()
        self.times = Counter(cell for _, cell in column.among(wrong))

    def add_to(self, problems: Problems) -> None:
        """Add a problem for each cell, kind by kind."""
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
        """Return of which kind a wrong cell is."""
        if cell in self.several:
            return ProblemKind.TWO_LEVELS
        if row in self.column.short:
            return ProblemKind.ROW_LENGTH
        key = normalise(self.unknown[cell][:MAX_ANSWER])
        if key.casefold() in NO_ANSWER and key not in self.vocabulary.missing:
            return ProblemKind.UNMARKED_MISSING
        return ProblemKind.UNKNOWN_LEVEL

    def problem(self, place: tuple[int, str]) -> Problem:
        """Return the problem of a cell; the first of its kind says what to do."""
        row, cell = place
        kind = self.kind(row, cell)
        expected = self.vocabulary.expected
        if kind is ProblemKind.TWO_LEVELS:
            named = "".join(f"「{level}」" for level in self.several[cell])
            message = f"1つのセルに選択肢が{len(self.several[cell])}つあります（{named}）"
            expected = "選択肢は1つだけ"
        elif kind is ProblemKind.ROW_LENGTH:
            message = "列の数が足りない行に、選択肢にない答えがあります（列がずれています）"
        elif kind is ProblemKind.UNMARKED_MISSING:
            message = "無回答のしるしのようですが、missing に書かれていません"
        else:
            message = "選択肢にない答えです"
            expected += self.vocabulary.nearest(self.unknown[cell])
        item = self.vocabulary.item.name
        place_and_value = (row, self.column.header, self.shown(cell))
        hint = self._hint(kind)
        return Problem(kind, self.column.file, message, *place_and_value, expected, hint, item=item)

    def _hint(self, kind: ProblemKind) -> str | None:
        """Return what to do about a kind, once: not again for its next cell."""
        if kind in self._said:
            return None
        self._said.add(kind)
        item = self.vocabulary.item
        cells = [
            *dict.fromkeys(
                self.unknown[cell]
                for row, cell in self.column.among(self.wrong)
                if self.kind(row, cell) is kind and self.shown(cell) == self.unknown[cell]
            )
        ]
        if kind is ProblemKind.TWO_LEVELS:
            return (
                f"  いくつでも選べる設問なら、data/survey.yaml の設問「{item.name}」に"
                " kind: choices と書いてください（favourable は消します）。"
                "でなければ、どれを数えるか決めて、フォームの側で直し、書き出し直してください。"
            )
        if kind is ProblemKind.ROW_LENGTH:
            return "  表計算ソフトで保存し直さず、フォームから書き出し直してください。"
        if kind is ProblemKind.UNMARKED_MISSING:
            return missing_hint(item, cells)
        numbers = [cell.strip() for cell in cells if is_number(normalise(cell))]
        if numbers and not self.vocabulary.codes:
            codes = as_yaml({item.name: dict.fromkeys(numbers[:SHOWN_VALUES], _A_LEVEL)})
            return (
                "  番号で書くフォームなら、data/survey.yaml の forms に"
                f" codes: {codes} のように、番号ごとに書いてください。"
            )
        aliases = as_yaml(self._aliases(cells[:SHOWN_VALUES]))
        return (
            f"  言いかえた選択肢なら、data/survey.yaml の設問「{item.name}」に"
            f" aliases: {aliases} のように書いてください。新しい選択肢なら levels に、"
            "自分の言葉で書ける設問なら other: その他 を（levels にも「その他」を）加えます。"
            "書きまちがいなら、フォームで直して書き出し直してください。"
        )

    def _aliases(self, cells: Sequence[str]) -> dict[str, list[str]]:
        """Return the item's aliases with the cells, each at the level that is nearest."""
        aliases = {level: [*spellings] for level, spellings in self.vocabulary.item.aliases.items()}
        for cell in cells or ["書きかえた選択肢"]:
            level = self.vocabulary.nearest_level(cell) or _A_LEVEL
            aliases.setdefault(level, []).append(normalise(cell))
        return aliases

    def shown(self, cell: str) -> str:
        """Return what of the cell is no label, unless it may be a person."""
        unknown = self.unknown[cell]
        if cell in self.several or self.times[cell] >= OFTEN:
            return unknown
        return quotable(unknown[:MAX_ANSWER], self.vocabulary.known)


def missing_hint(item: Item, cells: Sequence[str]) -> str:
    """Return how to declare that ``cells`` say that nobody answered."""
    marks = as_yaml([*item.missing, *dict.fromkeys(map(normalise, cells))])
    return (
        f"  無回答なら、data/survey.yaml の設問「{item.name}」に"
        f" missing: {marks} と書いてください（forms に書けば全設問に効きます）。"
    )


def add_mixed(
    problems: Problems,
    column: Column,
    vocabulary: LabelVocabulary,
    labels: set[str],
    codes: set[str],
) -> None:
    """Add a problem for each cell of the rarer: ``labels`` or ``codes`` in one column."""
    n_labels = sum(cell in labels for cell in column.cells)
    n_codes = sum(cell in codes for cell in column.cells)
    rarer, other = (codes, "選択肢の語") if n_codes <= n_labels else (labels, "番号")
    item = vocabulary.item
    both = {level: [*spellings] for level, spellings in item.aliases.items()}
    for code, level in vocabulary.codes.items():
        both.setdefault(level, []).append(code)
    hint = (
        f"  混ざっていてよいなら、data/survey.yaml の設問「{item.name}」に"
        f" aliases: {as_yaml(both)} と書き、forms の codes から {item.name} を消してください。"
    )
    told: list[int] = []

    def mixed(place: tuple[int, str]) -> Problem:
        row, cell = place
        told.append(row)
        return Problem(
            ProblemKind.MIXED_CODES,
            column.file,
            "選択肢の語と番号が1つの列に混ざっています",
            row,
            column.header,
            cell,
            f"ほかの行と同じく{other}",
            hint if len(told) == 1 else None,
            item=vocabulary.item.name,
        )

    problems.add_each(column.among(rarer), mixed)
