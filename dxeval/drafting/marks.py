"""Labels as they stand in cells: the number or letter in front of them, and the words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from dxeval.definitions.labels import normalise

_CIRCLED = re.compile("^[\u2460-\u2473\u2474-\u2487\u24ea\u2776-\u277f]")
_NUMBER = r"(?P<mark>-?\d{1,3})(?:点|位)?"
_FORMS = [
    re.compile(rf"{_NUMBER} ?[\[(〔【](?P<words>[^\])〕】]+)[\])〕】]"),
    re.compile(
        rf"[\[(〔【]?{_NUMBER}[\])〕】]?(?: ?[.:、。,=・-] |[.:、。,=・-](?!\d)| )(?P<words>\S.*)"
    ),
    re.compile(rf"[\[(〔【]{_NUMBER}[\])〕】](?P<words>\S.*)"),
    re.compile(rf"(?P<words>\D.*?) ?[\[(〔【]{_NUMBER}[\])〕】]"),
    re.compile(r"[\[(〔【]?(?P<mark>[A-Ga-gア-オ])[\])〕】]?[.:．：、。)）] ?(?P<words>\S.*)"),
    re.compile(r"[\[(〔【](?P<mark>[A-Ga-gア-オ])[\])〕】] ?(?P<words>\S.*)"),
]
_BARE = re.compile(rf"[\[(〔【]?{_NUMBER}[\])〕】]?")
_LETTERS = "アイウエオ"


@dataclass(frozen=True)
class Marked:
    """A label: as it stands in the cells, its ``mark`` as a number, and its ``words``, if any."""

    label: str
    mark: int | None
    words: str


def marked(label: str) -> Marked:
    """Return a label in parts: ``5. 満足``, ``①はい``, ``4 (満足)``, ``満足(4)``, ``(ア)満足``."""
    plain = normalise(label)
    if bare := _BARE.fullmatch(plain):
        return Marked(label, int(bare["mark"]), "")
    if _CIRCLED.match(label.strip()):
        first, rest = label.strip()[0], label.strip()[1:].strip()
        return Marked(label, int(re.sub(r"\D", "", normalise(first))), rest)
    for form in _FORMS:
        if found := form.fullmatch(plain):
            return Marked(label, _number(found["mark"]), _as_typed(label, found["words"]))
    return unmarked(label)


def unmarked(label: str) -> Marked:
    """Return a label whose number, if it has one, is part of its words."""
    return Marked(label, None, " ".join(label.split()))


def _as_typed(label: str, words: str) -> str:
    """Return the part of ``label`` that ``words`` are the normalised form of."""
    starts = range(len(label))
    parts = (label[i:j] for i in starts for j in range(len(label), i, -1))
    return next((part.strip() for part in parts if normalise(part) == words), words)


def _number(mark: str) -> int:
    if mark in _LETTERS:
        return _LETTERS.index(mark) + 1
    return ord(mark.casefold()) - ord("a") + 1 if mark.isalpha() else int(mark)


def all_marked(labels: Iterable[Marked]) -> bool:
    """Return whether each label has a number of its own in front, and words of its own."""
    pairs = {(label.mark, label.words) for label in labels}
    marks, words = {mark for mark, _ in pairs}, {word for _, word in pairs}
    return None not in marks and len(marks) == len(words) == len(pairs)


def monotonous(marks: Iterable[int | None]) -> bool:
    """Return whether numbers only rise or only fall; labels without one do not count."""
    known = [mark for mark in marks if mark is not None]
    pairs = list(pairwise(known))
    return all(a < b for a, b in pairs) or all(a > b for a, b in pairs)
