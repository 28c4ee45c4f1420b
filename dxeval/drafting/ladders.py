"""The vocabulary of rating scales, as ladders: steps from the highest, labels on each.

A label may stand on several steps: then it is told apart only from labels that stand wholly above
or below. Ladders are written out in ``scales.yaml`` or made there of words and their degrees.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import Literal

from pydantic import Field

from dxeval.definitions.labels import normalise
from dxeval.definitions.strict import Strict, Text
from dxeval.definitions.strict_yaml import read_yaml

SCALES = Path(__file__).with_name("scales.yaml")
PLAIN = 3
DEGREES = 6
"""Steps on either side of the middle of a ladder made of words."""
_APOSTROPHES = re.compile("[’‘´`′]")
_BRACES = re.compile(r"\{([^{}]*)\}")
_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
EXCESS = re.compile("すぎる$|^too ")
"""Words that are a degree themselves."""
DENIED = re.compile("ない$|なさそう$")
Poles = Literal["one", "two"]
Better = Literal["above", "middle", "none"]


class Written(Strict):
    """A ladder written out; the first ``above`` steps are favourable, ``typical`` whole scales."""

    steps: tuple[tuple[Text, ...], ...] = Field(min_length=2)
    above: int = 0
    typical: tuple[tuple[Text, ...], ...] = ()


class Words(Strict):
    """Words of a family, ``good / bad`` or ``good``, and what its middle is called besides.

    ``typical`` are whole scales of them. ``poles``: one, where the middle of a scale may stand
    among the faint degrees.
    """

    words: tuple[Text, ...]
    middle: tuple[Text, ...] = ()
    typical: tuple[tuple[Text, ...], ...] = ()
    poles: Poles = "two"


class Family(Strict):
    """Scales that ask for the same; ``better`` is where their favourable levels are."""

    name: Text
    better: Better
    ja: Words | None = None
    en: Words | None = None
    ladders: tuple[Written, ...] = ()


class Language(Strict):
    """How degrees are said, from the strongest step; and scales, ``+ 0 -`` standing for words."""

    degrees: tuple[tuple[str, ...], ...] = Field(min_length=DEGREES, max_length=DEGREES)
    negating: tuple[tuple[str, ...], ...] = Field(min_length=DEGREES, max_length=DEGREES)
    middle: tuple[Text, ...]
    opposites: tuple[tuple[Text, ...], ...]
    negations: tuple[tuple[Text, ...], ...]


class Vocabulary(Strict):
    """All of ``scales.yaml``."""

    missing: tuple[Text, ...]
    other: tuple[Text, ...]
    doubtful: tuple[Text, ...]
    yes_no: tuple[Text, ...]
    folds: tuple[tuple[str, str], ...]
    languages: dict[Literal["ja", "en"], Language]
    families: tuple[Family, ...]


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


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary, read once."""
    return read_yaml(SCALES, Vocabulary, SCALES.name)


def plain(label: str) -> str:
    """Return a label as it is compared where only its letters count: no case, one apostrophe."""
    return normalise(_APOSTROPHES.sub("'", label)).casefold().rstrip(".。")


@cache
def fold(label: str) -> str:
    """Return what ways to write one level have in common: case, 漢字 or かな, tense, politeness."""
    folded = plain(label)
    if _JAPANESE.search(folded):
        folded = folded.replace(" ", "").replace("、", "")
    for pattern, same in _folds():
        folded = pattern.sub(same, folded)
    return folded.strip()


@cache
def _folds() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), same) for pattern, same in vocabulary().folds]


def expand(text: str) -> Iterator[str]:
    """Yield ``text`` with each choice of its braces; equal braces are chosen alike."""
    groups = dict.fromkeys(_BRACES.findall(text))
    for chosen in product(*(group.split("|") for group in groups)):
        choice = dict(zip(groups, chosen, strict=True))
        yield _BRACES.sub(lambda found, choice=choice: choice[found[1]], text)  # type: ignore[misc]


@cache
def known(kind: Literal["missing", "other", "doubtful", "yes_no"]) -> frozenset[str]:
    """Return labels of no scale, or that may be of none; as normalised and in lower case."""
    texts: tuple[str, ...] = getattr(vocabulary(), kind)
    return frozenset(plain(label) for text in texts for label in expand(text))


@cache
def middles() -> frozenset[str]:
    """Return what the middle of a scale is called, folded."""
    return frozenset(
        fold(m) for language in vocabulary().languages.values() for m in language.middle
    )


@cache
def ladders() -> tuple[Ladder, ...]:
    """Return every ladder, those that are written out before those made of words."""
    made = []
    for family in vocabulary().families:
        made += [_written(family, ladder) for ladder in family.ladders]
        for name, language in vocabulary().languages.items():
            words: Words | None = getattr(family, name)
            if words:
                pairs = [split(pair) for text in words.words for pair in expand(text)]
                made.append(made_of(pairs, language, family.name, family.better, words))
    return tuple(made)


def split(pair: str) -> tuple[str, str | None]:
    """Return the good and the bad word of ``good / bad``."""
    good, _, bad = pair.partition(" / ")
    return good, bad or None


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
                for place in _places(good, degree, step):
                    put(degree, good, place)
                    if bad and not denied:
                        put(degree, bad, last - place)
            for degree in language.negating[step]:
                if denied:
                    put(degree, bad or "", last - step)
                elif degree and not _JAPANESE.search(good):
                    put(degree, good, last - step)
    faint = 2 if words.poles == "one" else 0
    for label in (*language.middle, *words.middle):
        if fold(label) not in places:
            places[fold(label)] = {DEGREES, DEGREES - faint}
    own = frozenset(fold(label) for label in words.middle)
    whole = words.typical
    return Ladder(family, better, _ranges(places), DEGREES, own, whole, tuple(pairs), language)


def _places(word: str, degree: str, step: int) -> Iterable[int]:
    """Return the steps of a word in a degree: 長すぎる is more than 長い, how much is unknown."""
    if not EXCESS.search(word):
        return (step,)
    return range(PLAIN) if not degree else range(PLAIN, DEGREES) if step > PLAIN else (step,)


def _said(degree: str, word: str) -> Iterator[str]:
    if not degree or _JAPANESE.search(word):
        yield degree + word
    else:
        yield f"{degree} {word}"
        yield f"{word} {degree}"
        first, _, rest = degree.partition(" ")
        if rest:  # not useful at all
            yield f"{first} {word} {rest}"


def _ranges(places: Mapping[str, set[int]]) -> dict[str, range]:
    return {label: range(min(steps), max(steps) + 1) for label, steps in places.items()}
