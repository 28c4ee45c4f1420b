"""In how many comments a word stands: each comment counts once, however often it says it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A word, and the places of the comments that hold it, in their order."""

    word: str
    places: tuple[int, ...]

    @property
    def n_comments(self) -> int:
        """Number of comments that hold the word."""
        return len(self.places)


def frequencies(
    comments: Sequence[str], words_of: Callable[[str], Iterable[str]]
) -> tuple[Word, ...]:
    """Return the words of those comments, most frequent first, equally frequent ones in order.

    Small and capital letters are alike; a word is shown as it was first written.
    """
    shown: dict[str, str] = {}
    places: dict[str, list[int]] = {}
    for place, comment in enumerate(comments):
        for word in words_of(comment):
            key = word.casefold()
            shown.setdefault(key, word)
            if places.setdefault(key, [])[-1:] != [place]:
                places[key].append(place)
    found = [Word(shown[key], tuple(there)) for key, there in places.items()]
    return tuple(sorted(found, key=lambda word: (-word.n_comments, word.word)))
