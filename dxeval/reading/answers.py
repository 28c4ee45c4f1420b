"""From a table's columns to the answers of one item, which may stand in several columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from dxeval.definitions.labels import normalise
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.levels import MISSING, Column, Recognised, Vocabulary, recognise
from dxeval.reading.table import Table


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


def second_header(table: Table, vocabularies: Sequence[Vocabulary], name: str) -> Problem | None:
    """Return the one problem of a file whose first rows go on with the header, None if none do.

    Such a row (``Response``, a question's number) holds something in the questions' columns, but
    no level of any, and either no id or the same word in several of them.
    """
    answers = [
        (vocabulary, cells)
        for vocabulary in vocabularies
        for header in dict.fromkeys(table.form.items[vocabulary.item.name])
        for cells in table.columns[header]
    ]
    ids = table.column(table.form.respondent_id) if table.form.respondent_id else None

    def is_header(place: int) -> bool:
        there = [(v, key) for v, cells in answers if (key := normalise(cells[place]))]
        words = [key for _, key in there]
        if not there or any(key in v.known or key in v.missing for v, key in there):
            return False
        return len(set(words)) < len(words) or (ids is not None and not ids[place].strip())

    n = sum(1 for _ in takewhile(is_header, range(len(table.rows))))
    if not 0 < n < len(table.rows):
        return None
    hint = (
        f"  data/survey.yaml の forms「{table.form.name}」に extra_header_rows: {n} と"
        "書いてください（見出しの下の、回答でない行の数）。"
    )
    message = "見出しの続きの行のようで、回答ではありません"
    value = next(cells[0] for _, cells in answers if cells[0].strip())
    kind = ProblemKind.SECOND_HEADER
    return Problem(kind, name, message, table.rows[0], value=value, hint=hint)
