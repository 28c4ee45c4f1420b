"""Comments that nobody chose, known again in what is shown by any telling part of theirs."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import dxeval
from dxeval.definitions.visible import visible
from dxeval.report.notebook.texts import END

TELLING = 15
"""Characters in a row by which a comment is known again, wherever in it they stand."""
SHORT = 5
"""Letters of a shorter comment by which it is known as a whole; fewer are words of any page."""
_GRAM = 10
_STRIDE = TELLING - _GRAM + 1
"""``TELLING`` characters of a comment hold ``_GRAM`` that begin at a multiple of it."""
_CHUNK = 50_000
"""Characters whose parts are held in memory at a time."""
_AT_A_TIME = 1_000
"""Comments that are made bare together."""
_APART = "\ue000"
"""Stands in no comment: an export that holds it is refused."""
_UNSEEN = re.compile(f"[{END}\xad\u200b\u200c\u200d\u2060\ufeff]")
_FIELD = re.compile(rf"[{END}\n\t,|「」『』\"'“”‘’]|\s{{2,}}")
_AROUND = "・-*#>。.!?、,:()[]{}…—"


def quoting(shown: Sequence[str], comments: Iterable[str], written: str) -> int | None:
    """Return the place of the first text of ``shown`` that quotes a comment, None if none does.

    What stands in ``written`` may be shown. White space, width and case do not count.
    """
    wanted = _distinct(tuple(comments))
    on_purpose = _bare(written)
    bare = [_bare(text) for text in shown]
    places = [
        _part_of([comment for comment in wanted if len(comment) >= TELLING], bare, on_purpose),
        _whole({comment.strip(_AROUND) for comment in wanted}, shown, on_purpose),
    ]
    return min((place for place in places if place is not None), default=None)


def _distinct(comments: Sequence[str]) -> set[str]:
    """Return the comments, bare: many at a time, which is quicker than one by one."""
    found: set[str] = set()
    for begin in range(0, len(comments), _AT_A_TIME):
        together = _APART.join(comments[begin : begin + _AT_A_TIME])
        found.update(_bare(together).split(_APART))
    return found


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", visible(_UNSEEN.sub("", text)))
    return "".join(plain.casefold().split())


def _part_of(comments: Sequence[str], shown: Sequence[str], written: str) -> int | None:
    """Return the first text that holds ``TELLING`` characters of a comment in a row."""
    whole = END.join(shown)
    starts = [0]
    for text in shown:
        starts.append(starts[-1] + len(text) + 1)
    innocent: set[str] = set()
    for begin in range(0, max(len(whole) - TELLING + 1, 0), _CHUNK):
        chunk = whole[begin : begin + _CHUNK + TELLING - 1]
        grams = _grams(chunk, _GRAM)
        pieces = _grams(chunk, TELLING)
        found = {
            piece
            for comment in comments
            for piece in _candidates(comment, grams)
            if piece in pieces and piece not in innocent
        }
        told = {piece for piece in found if piece not in written}
        if told:
            return bisect_right(starts, min(whole.index(piece) for piece in told)) - 1
        innocent |= found
    return None


def _grams(text: str, length: int) -> set[str]:
    return {text[i : i + length] for i in range(len(text) - length + 1)}


def _candidates(comment: str, grams: set[str]) -> Iterator[str]:
    """Yield the parts of a comment that may be among the texts of which ``grams`` are parts."""
    for at in range(0, len(comment) - _GRAM + 1, _STRIDE):
        if comment[at : at + _GRAM] in grams:
            for begin in range(max(at - _STRIDE + 1, 0), min(at, len(comment) - TELLING) + 1):
                yield comment[begin : begin + TELLING]


def _whole(comments: set[str], shown: Sequence[str], written: str) -> int | None:
    """Return the first text of which a short comment is a part of its own: a cell, a line, a quote.

    Words that our own templates use are no comment.
    """
    short = {text for text in comments if sum(map(str.isalpha, text)) >= SHORT}
    short = {text for text in short if len(text) < TELLING}
    if not short:
        return None
    for place, text in enumerate(shown):
        for field in _fields(text):
            if field in short and field not in written and field not in _own_words():
                return place
    return None


def _fields(text: str) -> Iterator[str]:
    for part in (*text.split(END), *_FIELD.split(text)):
        if SHORT <= len(part) < 4 * TELLING:
            yield _bare(part).strip(_AROUND)


@cache
def _own_words() -> str:
    """Return what stands in the code and the templates of what pages show."""
    package = Path(dxeval.__file__).parent
    folders = [package / name for name in ("presenting", "kinds", "report/site")]
    paths = [path for folder in folders for path in sorted(folder.rglob("*.*"))]
    sources = [path for path in paths if path.suffix in {".py", ".j2"}]
    return END.join(_bare(path.read_text(encoding="utf-8")) for path in sources)
