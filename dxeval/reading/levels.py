"""From the cells of one item to its labels: recognised exactly, or a problem for each cell."""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from dxeval.definitions.labels import normalise
from dxeval.problems import Problems
from dxeval.reading.answers import MISSING, Answers, merged
from dxeval.reading.vocabulary import Column, LabelVocabulary
from dxeval.reading.wrong_answers import add_mixed, refuse_wrong

NEAR = 0.6
"""How near to a label one's own words come before a person should look (difflib's ratio, 0-1)."""

Refuse = Callable[[Column, Any, set[str], Problems], None]
"""Adds to the problems what cells are that are no label."""


def read_labels(
    columns: Sequence[Column],
    vocabulary: LabelVocabulary,
    problems: Problems,
    refuse: Refuse = refuse_wrong,
) -> Answers:
    """Return the place of each row's label among the item's labels (-1: missing).

    Where a form branches, a person answers in one of the columns, or the same in several.
    """
    labels = vocabulary.item.labels
    found = [_recognise(column, vocabulary, problems, refuse) for column in columns]
    return merged(found, columns, vocabulary.item, lambda place: labels[place], problems)


def _recognise(
    column: Column, vocabulary: LabelVocabulary, problems: Problems, refuse: Refuse
) -> Answers:
    """Return what an item's cells say.

    Cells and labels are compared as ``normalise`` returns them, never nearly. A cell that is none
    of the item's labels, aliases or codes, or two of them, is added to ``problems``; so are words
    and codes in one column, where the rarer kind is taken for the mistake. Then no label is
    returned.
    """
    place = {label: i for i, label in enumerate(vocabulary.item.labels)}
    own = {normalise(label) for label in place}
    meaning: dict[str, int] = {}
    wrong: set[str] = set()
    labels: set[str] = set()
    codes: set[str] = set()
    words: dict[str, str] = {}
    respelt: dict[str, str] = {}
    for cell in set(column.cells):
        key = normalise(cell)
        if key in vocabulary.missing:
            meaning[cell] = MISSING
        elif key in vocabulary.known:
            meaning[cell] = place[vocabulary.known[key]]
            if key in vocabulary.labels:
                labels.add(cell)
                if key not in own:
                    respelt[key] = vocabulary.known[key]
            else:
                codes.add(cell)
        elif not vocabulary.several(cell) and (own_words := vocabulary.own_words(cell)) is not None:
            meaning[cell] = place[vocabulary.item.other or ""]
            words[cell] = own_words
        else:
            wrong.add(cell)
    if wrong:
        refuse(column, vocabulary, wrong, problems)
    if labels and codes:
        add_mixed(problems, column, vocabulary, labels, codes)
    if wrong or (labels and codes):
        return Answers([])
    return Answers(
        [meaning[cell] for cell in column.cells],
        *own_words_of(column, words, vocabulary),
        dict(sorted(respelt.items())),
    )


def own_words_of(
    column: Column, words: Mapping[str, str], vocabulary: LabelVocabulary
) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return row and text of the cells that hold words of one's own, and of those near a label.

    ``words`` maps such a cell to its words.
    """
    if not words:
        return [], []
    others = [key for key, level in vocabulary.labels.items() if level != vocabulary.item.other]
    near = {c for c, own in words.items() if get_close_matches(normalise(own), others, 1, NEAR)}
    said = [(row, words[cell]) for row, cell in column.among(words)]
    return said, [*column.among(near)] if near else []
