"""Words of quantity in a point, and weak results: what needs a figure, and what needs a word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dxeval.scoring.across import ItemAcross
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.prose.ties import fold
from dxeval.scoring.prose.vocabulary import (
    HALF,
    LESS_THAN_HALF,
    MORE_THAN_HALF,
    NO_QUANTITY,
    QUANTITY,
)


def quantity_word(text: str) -> str:
    """Return the first word of quantity of a text, empty if it has none."""
    folded = NO_QUANTITY.sub("", fold(text)).casefold()
    places = {word: folded.find(word) for word in QUANTITY if word in folded}
    return min(places, key=lambda word: (places[word], -len(word)), default="")


def outweighed(text: str, count: int, n: int) -> str:
    """Return the word of a text that says more, or less, than half where the figure does not."""
    folded = fold(text).casefold()
    share = Fraction(count, n)
    words = MORE_THAN_HALF if share <= HALF else LESS_THAN_HALF if share > HALF else ()
    return next((word for word in words if word in folded), "")


@dataclass(frozen=True)
class Weak:
    """A weak result: ``count`` of ``n`` favourable answers to an item in those sessions.

    ``half``: no more than half of a session's answers are favourable; else the item has the
    smallest favourable share of all the sessions' items.
    """

    item: str
    sessions: tuple[str, ...]
    count: int
    n: int
    half: bool


def weak_results(
    items: Sequence[ItemAcross], groups: Mapping[str, Sequence[str]]
) -> Iterator[Weak]:
    """Yield of each group of sessions the items with the smallest share, if it is not full.

    Then those of single sessions where half of the answers or more are not favourable.
    """
    for ids in groups.values():
        shares = [found for item in items if (found := _weak(item, ids)) is not None]
        least = min((Fraction(weak.count, weak.n) for weak in shares), default=Fraction(1))
        yield from (w for w in shares if Fraction(w.count, w.n) == least < 1)
    for item in items:
        for session_id in item.scores:
            one = _weak(item, [session_id])
            if one is not None and Fraction(one.count, one.n) <= HALF:
                yield Weak(one.item, one.sessions, one.count, one.n, half=True)


def _weak(item: ItemAcross, ids: Sequence[str]) -> Weak | None:
    """Return the share of sessions together; None without answers, or counted by several rules."""
    found = {
        session_id: score
        for session_id, score in item.scores.items()
        if session_id in ids and isinstance(score, Distribution) and score.favourable
        if score.n_valid
    }
    if len({frozenset(score.favourable) for score in found.values()}) != 1:
        return None
    count = sum(score.favourable_count for score in found.values())
    n = sum(score.n_valid for score in found.values())
    return Weak(item.item.name, tuple(found), count, n, half=False)
