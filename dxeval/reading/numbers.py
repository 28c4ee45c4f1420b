"""Cells that must be numbers: as they are written, never as they may be meant."""

import math
import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from dxeval.definitions.form import Form
from dxeval.definitions.labels import normalise
from dxeval.definitions.person import quotable
from dxeval.definitions.questions import Number, Rating
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.answers import Answers, merged
from dxeval.reading.limits import MAX_ANSWER, OFTEN
from dxeval.reading.vocabulary import NO_ANSWER, Column, LabelVocabulary, Vocabulary
from dxeval.reading.wrong_answers import missing_hint

_PLAIN = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")


class NumberVocabulary(Vocabulary):
    """What may stand in the cells of a number."""

    item: Number

    def __init__(self, item: Number, form: Form) -> None:
        super().__init__(item, form)

    @property
    def expected(self) -> str:  # type: ignore[override]
        """What a cell must be."""
        low, high = self.item.lowest, self.item.highest
        limits = f"{'' if low is None else low}から{'' if high is None else high}まで"
        bounded = "" if (low, high) == (None, None) else f"（{limits}）"
        return f"半角数字だけの数{bounded}"

    def holds(self, key: str) -> bool:
        """Return whether a normalised cell is a number."""
        return bool(_PLAIN.fullmatch(key))

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


def refuse_ratings(
    column: Column, vocabulary: RatingVocabulary, wrong: set[str], problems: Problems
) -> None:
    """Add a problem for each of the ``wrong`` cells of a rating."""

    def kind(cell: str) -> ProblemKind:
        key = normalise(cell[:MAX_ANSWER])
        if key.casefold() in NO_ANSWER:
            return ProblemKind.UNMARKED_MISSING
        whole = re.fullmatch("[+-]?[0-9]+", key)
        return ProblemKind.OUT_OF_RANGE if whole else ProblemKind.NOT_A_NUMBER

    refuse_numbers(column, vocabulary, {cell: kind(cell) for cell in wrong}, problems)


def read_numbers(
    columns: Sequence[Column], vocabulary: NumberVocabulary, problems: Problems
) -> Answers:
    """Return the number of each row, NaN where nobody answered.

    Only plain digits with a sign and a decimal point are a number: a unit, a comma and full-width
    digits are problems, each of which names its cell.
    """
    found = [_numbers(column, vocabulary, problems) for column in columns]
    return merged(found, columns, vocabulary.item, "{:g}".format, problems)


def _numbers(column: Column, vocabulary: NumberVocabulary, problems: Problems) -> Answers:
    meaning: dict[str, float] = {}
    wrong: dict[str, ProblemKind] = {}
    for cell in set(column.cells):
        plain = cell.strip()
        if normalise(cell) in vocabulary.missing:
            meaning[cell] = math.nan
        elif not _PLAIN.fullmatch(plain):
            unmarked = normalise(cell[:MAX_ANSWER]).casefold() in NO_ANSWER
            wrong[cell] = ProblemKind.UNMARKED_MISSING if unmarked else ProblemKind.NOT_A_NUMBER
        elif not vocabulary.within(Decimal(plain)):
            wrong[cell] = ProblemKind.OUT_OF_RANGE
        else:
            meaning[cell] = float(plain)
    if wrong:
        refuse_numbers(column, vocabulary, wrong, problems)
        return Answers([])
    return Answers([meaning[cell] for cell in column.cells])


def refuse_numbers(
    column: Column,
    vocabulary: Vocabulary,
    wrong: dict[str, ProblemKind],
    problems: Problems,
) -> None:
    """Add a problem for each of the ``wrong`` cells, given with their kind."""
    for kind in dict.fromkeys(sorted(wrong.values())):
        cells = [cell for cell, found in wrong.items() if found is kind]
        problems.add_each(column.among(cells), _problem_of(column, vocabulary, kind, cells))


def _problem_of(
    column: Column, vocabulary: Vocabulary, kind: ProblemKind, cells: Sequence[str]
) -> Callable[[tuple[int, str]], Problem]:
    """Return what makes the problem of a place; the first says what to do."""
    item = vocabulary.item
    message, hint = {
        ProblemKind.UNMARKED_MISSING: (
            "無回答のしるしのようですが、missing に書かれていません",
            missing_hint(item, cells),
        ),
        ProblemKind.NOT_A_NUMBER: (
            "数ではありません",
            "  単位、桁区切りのコンマ、全角の数字は読みません。フォームの側で数だけを書くように"
            "直して、書き出し直してください。",
        ),
        ProblemKind.OUT_OF_RANGE: (
            "数が決めた範囲にありません",
            f"  正しい答えなら、data/survey.yaml の設問「{item.name}」の lowest と highest を"
            "広げてください。書きまちがいなら、フォームで直して書き出し直してください。",
        ),
    }[kind]
    times = [cell for _, cell in column.among(cells)]
    told: list[int] = []

    def problem(place: tuple[int, str]) -> Problem:
        row, cell = place
        told.append(row)
        often = times.count(cell) >= OFTEN or normalise(cell[:MAX_ANSWER]).isdigit()
        value = cell if often else quotable(cell[:MAX_ANSWER], [*vocabulary.known])
        where = (row, column.header, value, vocabulary.expected)
        first = hint if len(told) == 1 else None
        return Problem(kind, column.file, message, *where, first, item=item.name)

    return problem
