"""Which page or file is meant, and which numbers on it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from dxeval.definitions.visible import visible_line
from dxeval.errors import MisuseError, WorkspaceError
from dxeval.explaining.standing import Standing
from dxeval.report.places import page_file

if TYPE_CHECKING:
    from dxeval.tracing.held import Held

NUMBER = re.compile(r"\d+(?:\.\d+)?")
NEAREST = 5
"""Numbers named where the one that was asked for is not there."""


def standing_of(page: str, there: Mapping[str, Standing]) -> Standing:
    """Return the file that a name means: an id, a file's name, or its place.

    Raises WorkspaceError if there is none.
    """
    name = page.replace("\\", "/").rstrip("/").rpartition("/")[2]
    found = [one for one in there.values() if name in {one.name, one.page_id}]
    pages = [one for one in found if one.place == page_file(one.page_id)]
    exact = [one for one in found if one.name == name]
    stems = [one for one in there.values() if one.name.rpartition(".")[0] == name]
    if chosen := exact or pages or stems:
        return chosen[0]
    names = "、".join(one.name.removesuffix(".html") for one in there.values()) or "なし"
    hint = "（PDF の数字は、同じ名前の HTML と同じです）" if name.endswith(".pdf") else ""
    message = f"「{visible_line(page)}」というページはありません{hint}。あるのは：{names}"
    raise WorkspaceError(message)


def plain(text: str) -> str:
    """Return a text as numbers are compared: half width, without spaces and thousands' commas."""
    narrow = "".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"(?<=\d),(?=\d{3})", "", narrow.replace("−", "-"))


def checked(text: str) -> str:
    """Return a text as it is looked for. Raises MisuseError if it holds no number."""
    wanted = plain(text)
    if not NUMBER.search(wanted):
        message = f"「{visible_line(text)}」に数がありません。83% のように書いてください。"
        raise MisuseError(message)
    return wanted


def matching(wanted: str, numbers: Iterable["Held"]) -> list["Held"]:
    """Return the numbers that stand in a text where it stands on the page: ``83%``, ``5/6人``."""
    return [one for one in numbers if _stands_in(wanted, one)]


def _stands_in(wanted: str, one: "Held") -> bool:
    found = one.found
    start = len(plain(found.place.text[: found.start]))
    end = len(plain(found.place.text[: found.end]))
    whole = plain(found.place.text)
    return any(first <= start and end <= last for first, last in _spans(wanted, whole))


def _spans(wanted: str, whole: str) -> Iterator[tuple[int, int]]:
    """Yield where a text stands, without being a part of a longer number."""
    before = r"(?<![\d.])" if wanted[0].isdigit() else ""
    after = r"(?!\.?\d)" if wanted[-1].isdigit() else ""
    for match in re.finditer(f"{before}{re.escape(wanted)}{after}", whole):
        yield match.span()


def nearest(wanted: str, numbers: Sequence["Held"]) -> list["Held"]:
    """Return the numbers of the page that come next to the one that was asked for."""
    asked = NUMBER.search(wanted)
    if asked is None:
        return []
    first: dict[Decimal, Held] = {}
    for one in numbers:
        if number := NUMBER.fullmatch(plain(one.found.text)):
            first.setdefault(Decimal(number[0]), one)
    order = sorted(first, key=lambda number: (abs(number - Decimal(asked[0])), number))
    return [first[number] for number in order[:NEAREST]]
