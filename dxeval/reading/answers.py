"""From a table's columns to the answers of one item, which may stand in several columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dxeval.definitions.labels import normalise
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.levels import MISSING, Recognised, recognise
from dxeval.reading.table import Table
from dxeval.reading.vocabulary import Column, Vocabulary


@dataclass(frozen=True)
class Answers:
    """One item's answers: the place of each row's level (-1: missing), and words of one's own.

    ``words`` and ``near`` as in ``Recognised``.
    """

    levels: list[int]
    words: list[tuple[int, str]]
    near: list[tuple[int, str]]


def read_answers(table: Table, vocabulary: Vocabulary, name: str, problems: Problems) -> Answers:
    """Return an item's answers; adds what is wrong to ``problems``, no levels then.

    Where a form branches, a person answers in one of the item's columns, or the same in several.
    """
    headers = dict.fromkeys(table.form.items[vocabulary.item.name])
    columns = [
        Column(header, cells, table.rows, name, table.short)
        for header in headers
        for cells in table.columns[header]
    ]
    found = [recognise(column, vocabulary, problems) for column in columns]
    words = [place for part in found for place in part.words]
    near = [place for part in found for place in part.near]
    if len(found) == 1:
        return Answers(found[0].levels, words, near)
    return Answers(_merged(found, columns, vocabulary, problems), words, near)


def _merged(
    found: Sequence[Recognised],
    columns: Sequence[Column],
    vocabulary: Vocabulary,
    problems: Problems,
) -> list[int]:
    """Return each row's one level out of several columns; a row with two is a problem."""
    if any(len(part.levels) < len(columns[0].rows) for part in found):
        return []
    levels = np.array([part.levels for part in found])
    most = levels.max(axis=0)
    least = np.where(levels == MISSING, most, levels).min(axis=0)
    levels_of = vocabulary.item.levels

    def two(place: int) -> Problem:
        there = [i for i, part in enumerate(found) if part.levels[place] != MISSING]
        said = dict.fromkeys(levels_of[found[i].levels[place]] for i in there)
        return Problem(
            ProblemKind.TWO_BRANCHES,
            columns[0].file,
            f"同じ設問の列に違う答えがあります（{'、'.join(f'「{level}」' for level in said)}）",
            columns[0].rows[place],
            columns[there[-1]].header,
            expected="枝分かれのどれか1つの列にだけ答えがあること",
            hint="  どちらを数えるか決めて、フォームの側で直し、書き出し直してください。",
            item=vocabulary.item.name,
        )

    torn = np.flatnonzero(most != least).tolist()
    problems.add_each(torn, two)
    return [] if torn else most.tolist()


def check_extra_headers(
    table: Table, vocabularies: Sequence[Vocabulary], name: str, problems: Problems
) -> None:
    """Refuse a row that the form says is no answer (``extra_header_rows``) and that holds one."""
    for row, cells in table.extra:
        said = (
            header
            for vocabulary in vocabularies
            for header in table.form.items[vocabulary.item.name]
            if normalise(cells.get(header, "")) in vocabulary.known
        )
        if (header := next(said, None)) is not None:
            message = "見出しの続き（extra_header_rows）とした行に、答えがあります"
            expected = "forms の extra_header_rows が、回答でない行の数と同じこと"
            kind = ProblemKind.EXTRA_HEADER_ANSWER
            problems.add(Problem(kind, name, message, row, header, cells[header], expected))
