"""What headers say: who answered and when, what is personal, and how a question is called."""

import re
from collections.abc import Collection
from enum import StrEnum
from functools import cache
from pathlib import Path

from dxeval.definitions.labels import normalise, without_number
from dxeval.definitions.strict import Strict, Text
from dxeval.definitions.strict_yaml import read_yaml

HEADERS = Path(__file__).with_name("headers.yaml")
SHORT = 12
"""Characters of an item's name that is made of a Japanese header, and of an English one."""
LONG_ENGLISH = 40


class About(StrEnum):
    """What a header may be about, as ``headers.yaml`` calls it."""

    ASKS = "asks"
    PERSONAL = "personal"
    EMAIL = "email"
    MEMBER = "member"
    ID = "id"
    TIME = "time"
    SENT = "sent"
    BEGUN = "begun"
    SYSTEM = "system"
    STATUS = "status"
    PEOPLE = "people"
    OWN_WORDS = "own_words"
    NO_ORDER = "no_order"
    DEGREE = "degree"
    SEVERAL = "several"
    QUANTITY = "quantity"
    POINTS = "points"
    FOLLOWS = "follows"


class _Headers(Strict):
    """All of ``headers.yaml``."""

    words: dict[About, tuple[Text, ...]]
    whole: dict[About, tuple[Text, ...]]
    names: dict[Text, tuple[Text, ...]]


_UNIT = re.compile("何(時間|人|名|回|件|年|か月|分|日|歳|台|円|枚|部|本)|(人|件|回|日|時間|年)数")
_CODE = re.compile(r"^[A-Za-z]\w*(?:\[\w+\])?\. +")
"""The code of a question, as LimeSurvey writes it before the question."""
_STEPS = re.compile(r"([3-9]|10)段階")
_FROM_TO = re.compile(r"(?<!\d)([01])(?:点)? ?(?:[-~〜–]|から|to) ?([3-9]|10)(?!\d)")
_ROW = re.compile(r"[\[［【]([^\[\]［］【】]{1,40})[\]］】]$")


def words_of(header: str) -> str:
    """Return a header without the code or number that a tool put before it."""
    whole = normalise(header)
    text = without_number(_CODE.sub("", whole)).lstrip(" .:_)、-")
    return text if len(text) > 1 and not text.isdecimal() else whole


def says(header: str, *about: About) -> bool:
    """Return whether a header is about any of these."""
    text = words_of(header)
    return any(_pattern(kind).search(text) for kind in about)


@cache
def _headers() -> _Headers:
    return read_yaml(HEADERS, _Headers, HEADERS.name)


@cache
def _pattern(kind: About) -> re.Pattern[str]:
    headers = _headers()
    if kind in headers.whole:
        return re.compile(f"^(?:{'|'.join(headers.whole[kind])})$", re.IGNORECASE)
    return re.compile("|".join(headers.words[kind]), re.IGNORECASE)


def has_no_order(header: str) -> bool:
    """Return whether a header asks for one of several things, and not how far or how good."""
    return says(header, About.NO_ORDER, About.PEOPLE) and not says(header, About.DEGREE)


def is_personal(header: str) -> bool:
    """Return whether what stands below a header is nobody's business, whatever it is."""
    return says(header, About.PERSONAL) and not says(header, About.ASKS, About.EMAIL)


def unit_of(header: str) -> str | None:
    """Return what is counted, where a header says it."""
    found = _UNIT.search(normalise(header))
    return (found[1] or found[2]) if found else None


def item_name(header: str, taken: Collection[str]) -> str:
    """Return a short name of a question that is not ``taken``: what it asks, or how it begins."""
    text = words_of(header)
    if row := _ROW.search(text):
        text = row[1]
    name = text
    if len(text) > SHORT or says(text, About.ASKS):
        names = _headers().names.items()
        asked = (called for called, words in names if re.search("|".join(words), text, re.I))
        name = next(asked, None) or _beginning(text)
    number = next(n for n in range(1, len(taken) + 2) if _numbered(name, n) not in taken)
    return _numbered(name, number)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}{number}"


def _beginning(text: str) -> str:
    """Return what a header is about, as far as that can be told: what stands before は or を."""
    if text.isascii():
        kept = text if len(text) <= LONG_ENGLISH else text[:LONG_ENGLISH].rpartition(" ")[0]
        return kept or text[:LONG_ENGLISH]
    about = re.split("[、。,(（?？はをが]", text)[0]
    return about if 1 < len(about) <= 2 * SHORT else text[:SHORT]


def range_of(header: str) -> tuple[int, int] | None:
    """Return from where to where a rating goes, where its header says so."""
    text = normalise(header)
    if found := _STEPS.search(text):
        return 1, int(found[1])
    if found := _FROM_TO.search(text):
        return int(found[1]), int(found[2])
    return None
