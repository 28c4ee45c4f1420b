"""Cells that must be numbers: as they are written, never as they may be meant."""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from itertools import islice

from dxeval.definitions.labels import normalise
from dxeval.definitions.person import quotable
from dxeval.definitions.questions import Number, Rating
from dxeval.definitions.yaml_text import as_yaml
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.answers import Answers, merged
from dxeval.reading.limits import MAX_ANSWER, MAX_DIGITS, OFTEN, SHOWN_DIGITS, SHOWN_VALUES
from dxeval.reading.vocabulary import NO_ANSWER, Column, LabelVocabulary, Vocabulary
from dxeval.reading.wrong_answers import missing_hint

_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_WHOLE = re.compile("0|-?[1-9][0-9]*")
_RUN = re.compile("-?[0-9]+")


def plain_number(text: str) -> Decimal | None:
    """Return the number that a text is as it stands, None if it is none or has too many digits."""
    if len(text) > MAX_DIGITS + 2 or not _PLAIN.fullmatch(text):
        return None
    return Decimal(text) if sum(map(str.isdigit, text)) <= MAX_DIGITS else None


class NumberVocabulary(Vocabulary):
    """What may stand in the cells of a number."""

    item: Number

    @property
    def expected(self) -> str:  # type: ignore[override]
        """What a cell must be."""
        low, high = self.item.lowest, self.item.highest
        limits = ("" if low is None else f"{low}以上") + ("" if high is None else f"{high}以下")
        return f"半角数字だけの数（{limits or f'{MAX_DIGITS}桁まで'}）"

    def cure(self, cells: Iterable[str]) -> str:
        """Return what to do about cells that are no numbers."""
        return (
            "  単位、桁区切りのコンマ、全角の数字は読みません。フォームの側で数だけを書くように"
            "直して、書き出し直してください。"
        )

    def holds(self, key: str) -> bool:
        """Return whether a normalised cell is a number."""
        return plain_number(key) is not None

    def within(self, number: Decimal) -> bool:
        """Return whether a number is neither too low nor too high."""
        low, high = self.item.lowest, self.item.highest
        return (low is None or number >= low) and (high is None or number <= high)


class RatingVocabulary(LabelVocabulary):
    """The numbers of a rating, and what else stands for them."""

    item: Rating

    @property
    def expected(self) -> str:  # type: ignore[override]
        """What a cell must be."""
        return f"{self.item.lowest}から{self.item.highest}の整数"

    def cure(self, cells: Iterable[str]) -> str:
        """Return what to do about cells that are no numbers of the rating."""
        aliases = {level: [*spellings] for level, spellings in self.item.aliases.items()}
        for cell in islice(cells, SHOWN_VALUES):
            runs = _RUN.findall(normalise(cell))
            level = runs[0] if len(runs) == 1 and runs[0] in self.labels else "（数）"
            aliases.setdefault(level, []).append(normalise(cell))
        return (
            f"  数に言葉などが付いているだけなら、data/survey.yaml の設問「{self.item.name}」に"
            f" aliases: {as_yaml(aliases)} のように書いてください。"
            "でなければ、フォームで直して書き出し直してください。"
        )


def refuse_ratings(
    column: Column, vocabulary: RatingVocabulary, wrong: set[str], problems: Problems
) -> None:
    """Add a problem for each of the ``wrong`` cells of a rating."""

    def kind(cell: str) -> ProblemKind:
        key = normalise(cell[:MAX_ANSWER])
        if key.casefold() in NO_ANSWER:
            return ProblemKind.UNMARKED_MISSING
        return ProblemKind.OUT_OF_RANGE if _WHOLE.fullmatch(key) else ProblemKind.NOT_A_NUMBER

    refuse_numbers(column, vocabulary, {cell: kind(cell) for cell in wrong}, problems)


def read_numbers(
    columns: Sequence[Column], vocabulary: NumberVocabulary, problems: Problems
) -> Answers:
    """Return the number of each row, NaN where nobody answered.

    Only plain digits with a sign and a decimal point are a number: a unit, a comma and full-width
    digits are problems, each of which names its cell.
    """
    found = [_numbers(column, vocabulary, problems) for column in columns]
    return merged(found, columns, vocabulary.item, f"{{:.{MAX_DIGITS}g}}".format, problems)


def _numbers(column: Column, vocabulary: NumberVocabulary, problems: Problems) -> Answers:
    meaning: dict[str, float] = {}
    wrong: dict[str, ProblemKind] = {}
    for cell in set(column.cells):
        number = plain_number(cell.strip())
        if normalise(cell) in vocabulary.missing:
            meaning[cell] = math.nan
        elif number is None:
            unmarked = normalise(cell[:MAX_ANSWER]).casefold() in NO_ANSWER
            wrong[cell] = ProblemKind.UNMARKED_MISSING if unmarked else ProblemKind.NOT_A_NUMBER
        elif not vocabulary.within(number):
            wrong[cell] = ProblemKind.OUT_OF_RANGE
        else:
            meaning[cell] = float(number)
    if wrong:
        refuse_numbers(column, vocabulary, wrong, problems)
        return Answers([])
    return Answers([meaning[cell] for cell in column.cells])


def refuse_numbers(
    column: Column,
    vocabulary: NumberVocabulary | RatingVocabulary,
    wrong: dict[str, ProblemKind],
    problems: Problems,
) -> None:
    """Add a problem for each of the ``wrong`` cells, given with their kind."""
    for kind in dict.fromkeys(sorted(wrong.values())):
        cells = {cell for cell, found in wrong.items() if found is kind}
        problems.add_each(column.among(cells), _problem_of(column, vocabulary, kind, cells))


def _problem_of(
    column: Column,
    vocabulary: NumberVocabulary | RatingVocabulary,
    kind: ProblemKind,
    cells: Collection[str],
) -> Callable[[tuple[int, str]], Problem]:
    """Return what makes the problem of a place; the first says what to do."""
    item = vocabulary.item
    shown = [c for c in cells if quotable(c[:MAX_ANSWER], vocabulary.known) == c]
    message, hint = {
        ProblemKind.UNMARKED_MISSING: (
            "無回答のしるしのようですが、missing に書かれていません",
            missing_hint(item, sorted(shown)),
        ),
        ProblemKind.NOT_A_NUMBER: ("数として読めません", vocabulary.cure(sorted(shown))),
        ProblemKind.OUT_OF_RANGE: (
            "数が決めた範囲にありません",
            f"  正しい答えなら、data/survey.yaml の設問「{item.name}」の lowest と highest を"
            "広げてください。書きまちがいなら、フォームで直して書き出し直してください。",
        ),
    }[kind]
    times = Counter(cell for _, cell in column.among(cells))
    known = [*vocabulary.known]
    told: list[int] = []

    def problem(place: tuple[int, str]) -> Problem:
        row, cell = place
        told.append(row)
        key = normalise(cell[:MAX_ANSWER])
        plain = key.isdecimal() and len(key) <= SHOWN_DIGITS
        value = cell if plain or times[cell] >= OFTEN else quotable(cell[:MAX_ANSWER], known)
        where = (row, column.header, value, vocabulary.expected)
        first = hint if len(told) == 1 else None
        return Problem(kind, column.file, message, *where, first, item=item.name)

    return problem
