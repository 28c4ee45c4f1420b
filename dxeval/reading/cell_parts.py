"""One cell with several answers, taken apart: every part a label, or words of one's own."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from dxeval.definitions.labels import normalise
from dxeval.reading.limits import MAX_PIECES

USUAL = (";", "；", ",", "，", "、", "/", "／", "|", "\n")
"""What form tools write between two answers."""


@dataclass(frozen=True)
class Parts:
    """How a cell is taken apart.

    ``spellings`` are those found, normalised; ``others`` the stretches between them that are none;
    ``ways``: with how many different sets of labels as little is left over.
    """

    spellings: frozenset[str]
    others: tuple[str, ...]
    ways: int


def take_apart(cell: str, separators: Collection[str], known: Mapping[str, str]) -> Parts:
    """Return the parts of a cell between ``separators``, as many as possible of them ``known``.

    ``known`` maps normalised spellings to labels; one may hold a separator itself, so every run of
    neighbouring pieces is tried.
    """
    mark = "|".join(map(re.escape, sorted(separators, key=len, reverse=True)))
    pieces = [
        (found.start(), found.end())
        for found in re.finditer(f"(?:(?!{mark}).)+", cell, re.DOTALL)
        if found[0].strip()
    ][:MAX_PIECES]
    longest = max(map(len, known), default=0)
    # The best ways to take apart the pieces from i on: how many are left over, and with what.
    best: list[tuple[int, dict[frozenset[str], tuple[int, ...]]]] = [(0, {frozenset(): ()})]
    for i in reversed(range(len(pieces))):
        after = [*reversed(best)]
        left, ways = after[0]
        options = [(left + 1, {labels: (i, *rest) for labels, rest in ways.items()})]
        for j, label in _labels_from(cell, pieces[i:], known, longest):
            left, ways = after[j]
            options.append((left, {labels | {label}: rest for labels, rest in ways.items()}))
        fewest = min(left for left, _ in options)
        merged: dict[frozenset[str], tuple[int, ...]] = {}
        for left, ways in options:
            if left == fewest:
                merged |= ways
        best.append((fewest, dict([*merged.items()][:MAX_PIECES])))
    _, ways = best[-1]
    spellings, left_over = next(iter(ways.items()))
    meanings = {frozenset(known[spelling] for spelling in way) for way in ways}
    return Parts(spellings, tuple(_stretches(cell, pieces, left_over)), len(meanings))


def _labels_from(
    cell: str, pieces: list[tuple[int, int]], known: Collection[str], longest: int
) -> Iterator[tuple[int, str]]:
    """Yield each label that the first pieces make, and how many pieces stand behind the first."""
    start, _ = pieces[0]
    for j, (_, end) in enumerate(pieces):
        if end - start > 4 * longest:
            return
        if (key := normalise(cell[start:end])) in known:
            yield j, key


def _stretches(cell: str, pieces: list[tuple[int, int]], places: tuple[int, ...]) -> Iterator[str]:
    """Yield the text of each run of neighbouring pieces."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    for run in runs:
        yield cell[pieces[run[0]][0] : pieces[run[-1]][1]].strip()
