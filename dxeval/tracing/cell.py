"""A number in a sheet or CSV file: what it is of is said by its sheet, its row and its head."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dxeval.scoring.recount.claim import Basis, Claim
from dxeval.scoring.recount.printed import shown
from dxeval.scoring.recount.what import What
from dxeval.tracing.known import Known
from dxeval.tracing.names import one_line
from dxeval.tracing.place import Place
from dxeval.tracing.read import DIGITS, Found, read


@dataclass(frozen=True)
class Cell(Found):
    """A number with its ``value`` as it is stored, a ``share`` or not.

    ``name`` says which number it is where no claim's ``what`` does (`recount.cells.CELLS`);
    ``known`` is what must stand there where neither does.
    """

    value: str = ""
    share: bool = False
    name: str = ""
    known: Basis | None = None


Reading = Mapping[str, What | str]
"""What stands below each head: a claim's ``what`` or one of `CELLS`."""
SHARES: set[What | str] = {
    *(What.SHARE, What.FAVOURABLE_SHARE, What.RATE),
    *("blanks_least", "blanks_most", "silent_least", "silent_most", "possible_share"),
}

OF_LEVELS: set[What | str] = {
    *(What.COUNT, What.SHARE, "favourable_level"),
    *("origin_count", "origin_n", "origin_missing"),
}
"""What is said of levels; all else, of the item."""


def number(place: Place, value: str, what: What | str, known: Basis | None = None) -> Cell:
    """Return the number in a cell that is about ``place``: of a session, an item, levels."""
    is_claim = isinstance(what, What)
    kind = What(what) if is_claim else What.LABEL
    levels = place.levels if what in OF_LEVELS else ()
    claim = Claim(kind, place.sessions, place.item, levels, place.of)
    share = what in SHARES
    text = shown(value) if value.endswith("%") else value
    name = "" if is_claim else what
    end = len(text.removesuffix("%"))
    return Cell(place.about(text=text), 0, end, claim, value, share, name, known)


def label(place: Place, expected: str, of: str) -> Iterator[Found]:
    """Yield the numbers in a name that must stand in a cell as it was typed; else orphans."""
    claim = Claim(What.LABEL, place.sessions, of=of)
    right = one_line(place.text).removeprefix("'") == one_line(expected)
    for digits in DIGITS.finditer(place.text):
        yield Found(place, *digits.span(), claim if right else None)


def text(place: Place, known: Known) -> Iterator[Found]:
    """Yield the numbers of a cell with sentences."""
    for line in place.text.split("　"):
        yield from read(place.about(text=one_line(line)), known)
