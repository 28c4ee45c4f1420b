"""From the cells of one item to its levels: recognised exactly, or a problem for each cell."""

from dataclasses import dataclass, field
from difflib import get_close_matches

from dxeval.definitions.labels import normalise
from dxeval.problems import Problems
from dxeval.reading.vocabulary import Column, Vocabulary
from dxeval.reading.wrong_answers import WrongAnswers, add_mixed

MISSING = -1
NEAR = 0.6
"""How near to a level one's own words come before a person should look (difflib's ratio, 0-1)."""


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
        WrongAnswers(column, vocabulary, wrong).add_to(problems)
    if labels and codes:
        add_mixed(problems, column, vocabulary, labels, codes)
    if wrong or (labels and codes):
        return Recognised([])
    others = [key for key, level in vocabulary.labels.items() if level != vocabulary.item.other]
    near = {c for c, own in words.items() if get_close_matches(normalise(own), others, 1, NEAR)}
    return Recognised(
        [meaning[cell] for cell in column.cells],
        [(row, words[cell]) for row, cell in column.among(words)] if words else [],
        [*column.among(near)] if near else [],
    )
