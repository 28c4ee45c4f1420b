"""The vocabulary of rating scales, as ladders: steps from the highest, labels on each.

A label may stand on several steps: then it is told apart only from labels that stand wholly above
or below. Ladders are written out in ``scales.yaml`` or made there of words and their degrees.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from dxeval.drafting.scales_file import (
    DEGREES,
    JAPANESE,
    Better,
    Family,
    Language,
    Words,
    Written,
    expand,
    fold,
    plain,
    split,
    vocabulary,
)

PLAIN = 3
"""The step of a word without any degree."""
EXCESS = re.compile("すぎる$|^too ")
"""Words that are a degree themselves."""
DENIED = re.compile("ない$|なさそう$")


@dataclass(frozen=True, eq=False)
class Ladder:
    """The steps of each folded label, the highest 0; and scales that are known whole.

    The first ``above`` steps are favourable where the family's are; ``middle`` are the labels of
    what is just right. ``typical`` are scales written out, ``pairs`` the words that others are made
    of in ``language``.
    """

    family: str
    better: Better
    steps: Mapping[str, range]
    above: int
    middle: frozenset[str] = frozenset()
    typical: tuple[tuple[str, ...], ...] = ()
    pairs: tuple[tuple[str, str | None], ...] = ()
    language: Language | None = None

    def order(self, labels: Sequence[str]) -> list[str] | None:
        """Return folded ``labels`` in their order, None unless each is told from every other."""
        if not all(label in self.steps for label in labels):
            return None
        ordered = sorted(labels, key=lambda label: self.steps[label].start)
        apart = all(self.steps[a].stop <= self.steps[b].start for a, b in pairwise(ordered))
        return ordered if apart else None


@dataclass(frozen=True, eq=False)
class Unmade:
    """The words of a family in one language; their ladder is made when a label may stand on it."""

    family: Family
    language: Language
    words: Words

    @cached_property
    def pairs(self) -> list[tuple[str, str | None]]:
        """The words, good and bad."""
        return [split(pair) for text in self.words.words for pair in expand(text)]

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """How the words begin: each label but a language's middles holds one of them."""
        words = {word for pair in self.pairs for word in pair if word}
        forms = {
            form for word in (*words, *self.words.middle) for form in (fold(word), plain(word))
        }
        return frozenset(form[:3] if JAPANESE.search(form) else form[:5] for form in forms)

    def may_hold(self, folded: str) -> bool:
        """Return whether a label may stand on the ladder; of middles, its family's own alone."""
        return any(start in folded for start in self.beginnings)

    @cached_property
    def ladder(self) -> Ladder:
        """The ladder, made once."""
        family = self.family
        return made_of(self.pairs, self.language, family.name, family.better, self.words)


@cache
def places() -> tuple[Ladder | Unmade, ...]:
    """Return every ladder, of a family those that are written out before those of words."""
    places: list[Ladder | Unmade] = []
    for family in vocabulary().families:
        places += [_written(family, ladder) for ladder in family.ladders]
        for name, language in vocabulary().languages.items():
            words: Words | None = getattr(family, name)
            if words:
                places.append(Unmade(family, language, words))
    return tuple(places)


def ladders() -> tuple[Ladder, ...]:
    """Return every ladder; takes seconds the first time."""
    return tuple(place if isinstance(place, Ladder) else place.ladder for place in places())


def ladders_near(folded: Collection[str], least: int) -> list[Ladder]:
    """Return the ladders on which ``least`` of the ``folded`` labels may stand but as mere middles.

    Only these are made: making all of them takes longer than reading an export.
    """
    return [
        place if isinstance(place, Ladder) else place.ladder
        for place in places()
        if isinstance(place, Ladder) or sum(map(place.may_hold, folded)) >= least
    ]


def _written(family: Family, ladder: Written) -> Ladder:
    places: dict[str, set[int]] = {}
    for step, labels in enumerate(ladder.steps):
        for label in (label for text in labels for label in expand(text)):
            places.setdefault(fold(label), set()).add(step)
    steps = _ranges(places)
    return Ladder(family.name, family.better, steps, ladder.above, typical=ladder.typical)


def made_of(
    pairs: Sequence[tuple[str, str | None]],
    language: Language,
    family: str,
    better: Better,
    words: Words,
) -> Ladder:
    """Return the ladder of ``pairs`` of words in every degree, the rest of it as in ``words``."""
    places: dict[str, set[int]] = {}
    last = 2 * DEGREES

    def put(degree: str, word: str, step: int) -> None:
        for label in _said(degree, word):
            places.setdefault(fold(label), set()).add(step)

    for good, bad in pairs:
        denied = bool(bad and DENIED.search(bad))
        for step in range(DEGREES):
            for degree in language.degrees[step]:
                for place in _steps_of(good, degree, step):
                    put(degree, good, place)
                    if bad and not denied:
                        put(degree, bad, last - place)
            for degree in language.negating[step]:
                if denied:
                    put(degree, bad or "", last - step)
                elif degree and not JAPANESE.search(good):
                    put(degree, good, last - step)
    faint = 2 if words.poles == "one" else 0
    for label in (*language.middle, *words.middle):
        if fold(label) not in places:
            places[fold(label)] = {DEGREES, DEGREES - faint}
    own = frozenset(fold(label) for label in words.middle)
    whole = words.typical
    return Ladder(family, better, _ranges(places), DEGREES, own, whole, tuple(pairs), language)


def _steps_of(word: str, degree: str, step: int) -> Iterable[int]:
    """Return the steps of a word in a degree: 長すぎる is more than 長い, how much is unknown."""
    if not EXCESS.search(word):
        return (step,)
    return range(PLAIN) if not degree else range(PLAIN, DEGREES) if step > PLAIN else (step,)


def _said(degree: str, word: str) -> Iterator[str]:
    if not degree or JAPANESE.search(word):
        yield degree + word
    else:
        yield f"{degree} {word}"
        yield f"{word} {degree}"
        first, _, rest = degree.partition(" ")
        if rest:  # not useful at all
            yield f"{first} {word} {rest}"


def _ranges(places: Mapping[str, set[int]]) -> dict[str, range]:
    return {label: range(min(steps), max(steps) + 1) for label, steps in places.items()}
