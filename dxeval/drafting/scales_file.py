"""``scales.yaml``, the vocabulary of rating scales: what it holds, and how labels compare."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Literal

from pydantic import Field

from dxeval.definitions.labels import normalise
from dxeval.definitions.strict import Strict, Text
from dxeval.definitions.strict_yaml import read_yaml

SCALES = Path(__file__).with_name("scales.yaml")
DEGREES = 6
"""Steps on either side of the middle of a ladder made of words."""
_APOSTROPHES = re.compile("[’‘´`′]")
_BRACES = re.compile(r"\{([^{}]*)\}")
JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
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
    japanese = bool(JAPANESE.search(folded))
    if japanese:
        folded = folded.replace(" ", "").replace("、", "")
    for pattern, same in _folds(japanese):
        folded = pattern.sub(same, folded)
    return folded.strip()


@cache
def _folds(japanese: bool) -> list[tuple[re.Pattern[str], str]]:
    """Return the folds of a label; those of Japanese words fit no other."""
    folds = vocabulary().folds
    fitting = (fold for fold in folds if japanese or not JAPANESE.search(fold[0]))
    return [(re.compile(pattern), same) for pattern, same in fitting]


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


def split(pair: str) -> tuple[str, str | None]:
    """Return the good and the bad word of ``good / bad``."""
    good, _, bad = pair.partition(" / ")
    return good, bad or None
