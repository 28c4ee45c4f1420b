"""From a table's columns to the answers of one item, which may stand in several columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dxeval.definitions.item import Item
from dxeval.definitions.kinds import kind_of
from dxeval.definitions.labels import normalise
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.table import Table
from dxeval.reading.vocabulary import Column, Vocabulary

MISSING = -1
"""The place of a label that nobody chose."""


@dataclass(frozen=True)
class Answers:
    """One item's answers, a value a row as its kind reads them; none if anything is wrong.

    ``words``: row and text of what people wrote in their own words; ``near`` are the rows where
    these come close to a label; ``respelt`` are other spellings that stand there, with the label
    that each was counted as. ``warnings`` are what a person should look at besides.
    """

    values: Sequence[Any]
    words: Sequence[tuple[int, str]] = ()
    near: Sequence[tuple[int, str]] = ()
    respelt: Mapping[str, str] = field(default_factory=dict)
    warnings: Sequence[Problem] = ()


def read_answers(table: Table, vocabulary: Vocabulary, name: str, problems: Problems) -> Answers:
    """Return an item's answers, read as its kind says; adds what is wrong to ``problems``."""
    item = vocabulary.item
    columns = [
        Column(header, cells, table.rows, name, table.short)
        for header in dict.fromkeys(table.form.items[item.name])
        for cells in table.columns[header]
    ]
    return kind_of(item).read(columns, vocabulary, table.form, problems)


def merged(
    found: Sequence[Answers],
    columns: Sequence[Column],
    item: Item,
    shown: Callable[[Any], str],
    problems: Problems,
) -> Answers:
    """Return the answers of an item that stands in several columns, of which each person fills one.

    Values are numbers, below 0 or NaN for none; a row with two that differ is a problem, which
    says each as ``shown`` returns it.
    """
    words = [place for part in found for place in part.words]
    near = [place for part in found for place in part.near]
    respelt = {text: label for part in found for text, label in part.respelt.items()}
    if len(found) == 1:
        return Answers(found[0].values, words, near, respelt)
    if any(len(part.values) < len(columns[0].rows) for part in found):
        return Answers([])
    values = np.array([part.values for part in found])
    there = ~np.isnan(values) if values.dtype.kind == "f" else values != MISSING
    first = values[there.argmax(axis=0), np.arange(values.shape[1])]

    def two(place: int) -> Problem:
        filled = [i for i in range(len(found)) if there[i, place]]
        said = dict.fromkeys(shown(found[i].values[place]) for i in filled)
        return Problem(
            ProblemKind.TWO_BRANCHES,
            columns[0].file,
            f"同じ設問の列に違う答えがあります（{'、'.join(f'「{text}」' for text in said)}）",
            columns[0].rows[place],
            columns[filled[-1]].header,
            expected="枝分かれのどれか1つの列にだけ答えがあること",
            hint="  どちらを数えるか決めて、フォームの側で直し、書き出し直してください。",
            item=item.name,
        )

    torn = np.flatnonzero((there & (values != first)).any(axis=0)).tolist()
    problems.add_each(torn, two)
    return Answers([] if torn else first.tolist(), words, near, respelt)


def check_extra_headers(
    table: Table, vocabularies: Sequence[Vocabulary], name: str, problems: Problems
) -> None:
    """Refuse a row that the form says is no answer (``extra_header_rows``) and that holds one."""
    for row, cells in table.extra:
        said = (
            header
            for vocabulary in vocabularies
            for header in table.form.items[vocabulary.item.name]
            if vocabulary.holds(normalise(cells.get(header, "")))
        )
        if (header := next(said, None)) is not None:
            message = "見出しの続き（extra_header_rows）とした行に、答えがあります"
            expected = "forms の extra_header_rows が、回答でない行の数と同じこと"
            kind = ProblemKind.EXTRA_HEADER_ANSWER
            problems.add(Problem(kind, name, message, row, header, cells[header], expected))
