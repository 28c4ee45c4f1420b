"""One cell with several answers, taken apart: every part a label, or words of one's own."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dxeval.definitions.labels import normalise
from dxeval.reading.limits import MAX_PIECES, MAX_WAYS

USUAL = (";", "；", ",", "，", "、", "/", "／", "|", "\n")
"""What form tools write between two answers."""

Piece = tuple[int, int]
Way = tuple[frozenset[str], tuple[int, ...]]
"""The spellings found, and the places of the pieces that are none."""
Best = tuple[int, dict[frozenset[str], Way]]
"""How few pieces are left over, and by set of labels a way to leave no more."""


@dataclass(frozen=True)
class Parts:
    """How a cell is taken apart.

    ``spellings`` are those found, normalised; ``others`` the stretches between them that are none;
    ``ways``: with how many different sets of labels as little is left over; 0 where that cannot be
    told.
    """

    spellings: frozenset[str]
    others: tuple[str, ...]
    ways: int


UNTOLD = Parts(frozenset(), (), 0)


class Separators:
    """What may stand between two answers.

    ``known`` maps normalised spellings to labels; one may hold a separator itself, so every run of
    neighbouring pieces is tried.
    """

    def __init__(self, texts: Collection[str], known: Mapping[str, str]) -> None:
        self.known = known
        self._mark = _any_of(texts)
        folded = {*texts, *(normalise(text) or " " for text in texts)}
        self._most = max((len(_any_of(folded).findall(key)) + 1 for key in known), default=1)
        self._edged = [key for key in known if any(_at_edge(key, text) for text in folded)]

    def take_apart(self, cell: str) -> Parts:
        """Return the parts of a cell, as many as possible of them known."""
        pieces = self._pieces(cell)
        if len(pieces) > MAX_PIECES:
            return UNTOLD
        parts = self._best(cell, [(a, b) for a, b in pieces if normalise(cell[a:b])])
        edged = [key for key in self._edged if key in normalise(cell)]
        if not edged:
            return parts
        alone = edged == [normalise(cell)] and parts.others
        return Parts(frozenset(edged), (), 1) if alone else UNTOLD

    def _best(self, cell: str, pieces: Sequence[Piece]) -> Parts:
        """Return a way that leaves as few pieces over as there can be."""
        best: list[Best] = [(0, {frozenset(): (frozenset(), ())})]  # of the last pieces: 0, 1, …
        for i in reversed(range(len(pieces))):
            left, ways = best[-1]
            options = [(left + 1, {labels: (w, (i, *rest)) for labels, (w, rest) in ways.items()})]
            options += [
                self._with(spelling, best[-1 - more])
                for more, spelling in self._spellings(cell, pieces[i : i + self._most])
            ]
            fewest = min(left for left, _ in options)
            merged = {k: v for left, ways in options if left == fewest for k, v in ways.items()}
            if len(merged) > MAX_WAYS:
                return UNTOLD
            best.append((fewest, merged))
        _, ways = best[-1]
        spellings, places = next(iter(ways.values()))
        return Parts(spellings, tuple(_stretches(cell, pieces, places)), len(ways))

    def _pieces(self, cell: str) -> list[Piece]:
        """Return from where to where something stands between separators."""
        edges = [0]
        for mark in self._mark.finditer(cell):
            edges += mark.span()
        edges.append(len(cell))
        between = zip(edges[::2], edges[1::2], strict=True)
        return [(start, end) for start, end in between if cell[start:end].strip()]

    def _with(self, spelling: str, best: Best) -> Best:
        left, ways = best
        label = self.known[spelling]
        return left, {
            labels | {label}: (w | {spelling}, rest) for labels, (w, rest) in ways.items()
        }

    def _spellings(self, cell: str, pieces: Sequence[Piece]) -> Iterator[tuple[int, str]]:
        """Yield each spelling that the first pieces make, and how many are more than one."""
        start, _ = pieces[0]
        for more, (_, end) in enumerate(pieces):
            if (key := normalise(cell[start:end])) in self.known:
                yield more, key


def _any_of(texts: Collection[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(texts, key=len, reverse=True))))


def _at_edge(key: str, separator: str) -> bool:
    """Return whether a separator beside a spelling may be found too early or twice."""
    shifts = (k for k in range(1, len(separator) + 1) if separator.startswith(separator[k:]))
    return key.startswith(separator) or key.endswith(tuple(separator[:k] for k in shifts))


def _stretches(cell: str, pieces: Sequence[Piece], places: Sequence[int]) -> Iterator[str]:
    """Yield the text of each run of neighbouring pieces."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    for run in runs:
        yield cell[pieces[run[0]][0] : pieces[run[-1]][1]].strip()
