"""Questions with several answers: in one cell, or spread over columns, a column a label."""

from collections.abc import Mapping, Sequence

from dxeval.problems import Problem, Problems
from dxeval.reading.answers import Answers
from dxeval.reading.levels import own_words_of
from dxeval.reading.several_cells import Cells, Chosen
from dxeval.reading.several_vocabulary import SeveralVocabulary
from dxeval.reading.vocabulary import Column
from dxeval.reading.wrong_several import no_separator


def read_several(
    columns: Sequence[Column], vocabulary: SeveralVocabulary, problems: Problems
) -> Answers:
    """Return for each row the places of the labels chosen, None where nobody answered.

    A row that says of every label that it was not chosen is an answer with none.
    """
    found = [Cells(column, vocabulary) for column in columns]
    refused = [cells.refuse(problems) for cells in found]
    if any(refused):
        return Answers([])
    rows = zip(*(cells.column.cells for cells in found), strict=True)
    meanings = [cells.meaning for cells in found]
    together: dict[tuple[str, ...], Chosen | None] = {}
    values = [
        together[row] if row in together else together.setdefault(row, _union(row, meanings))
        for row in rows
    ]
    said = [own_words_of(cells.column, cells.words, vocabulary) for cells in found]
    words = [place for there, _ in said for place in there]
    near = [place for _, there in said for place in there]
    respelt = {text: label for cells in found for text, label in cells.respelt.items()}
    return Answers(values, words, near, respelt, tuple(_unheld(columns, vocabulary)))


def _unheld(columns: Sequence[Column], vocabulary: SeveralVocabulary) -> list[Problem]:
    """Return a warning if the separator that was declared stands in no cell."""
    separator = vocabulary.item.separator
    if separator is None or len(columns) > 1:
        return []
    cells = {*columns[0].cells}
    if any(separator in cell for cell in cells) or not any(cell.strip() for cell in cells):
        return []
    return [no_separator(columns[0], vocabulary)]


def _union(row: tuple[str, ...], meanings: Sequence[Mapping[str, Chosen | None]]) -> Chosen | None:
    there = [
        chosen
        for cell, meaning in zip(row, meanings, strict=True)
        if (chosen := meaning[cell]) is not None
    ]
    return frozenset().union(*there) if there else None
