"""Cells with several answers whose options are not known: taken apart where that is clear."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dxeval.definitions.contact import has_contact
from dxeval.definitions.labels import normalise
from dxeval.drafting.scales_file import known, plain

SEPARATORS = (";", "；", "\n", "|", ",", "，", "、", "/", "／")
"""In the order in which they are tried: the first are rarely part of an option."""
OFTEN_TWICE = 0.8
"""The share of pieces that must come again where no header says that there are several."""
MOST = 30
LONGEST = 80
LONGEST_RARE = 20
_OPENING, _CLOSING = "(（[［【「『", ")）]］】」』"


@dataclass(frozen=True)
class Several:
    """Options of cells with several answers, and how often each was chosen.

    ``sure``: each stood without each of the others, so that no two of them are one option. ``own``:
    some cells hold words that are no option; then ``separator`` matters.
    """

    options: Mapping[str, int]
    separator: str
    sure: bool
    own: bool = False


def options_of(counts: Mapping[str, int], declared: bool) -> Several | None:
    """Return the options of cells with several answers, None if nothing tells that they have.

    ``counts`` are the cells and how often each stands; ``declared``: their header says so.
    """
    for separator in SEPARATORS if declared else SEPARATORS[:7]:
        apart = {cell: [*_pieces(cell, separator)] for cell in counts}
        if all(len(pieces) < 2 for pieces in apart.values()) and not _ends(counts, separator):
            continue
        if found := _options(apart, counts, separator, declared):
            return found
    options = {cell: n for cell, n in counts.items() if not is_own(cell)}
    if declared and len(options) > 1 and all(len(cell) <= LONGEST for cell in options):
        return Several(options, SEPARATORS[0], False, len(options) < len(counts))
    return None


def _options(
    apart: Mapping[str, Sequence[str]], counts: Mapping[str, int], separator: str, declared: bool
) -> Several | None:
    beside: dict[str, set[frozenset[str]]] = {}
    spelt: dict[str, str] = {}
    times: Counter[str] = Counter()
    for cell, pieces in apart.items():
        keys = [normalise(piece) for piece in pieces]
        for key, piece in zip(keys, pieces, strict=True):
            spelt.setdefault(key, piece)
            beside.setdefault(key, set()).add(frozenset(keys) - {key})
            times[key] += counts[cell]
    told = {key for key, others in beside.items() if not frozenset.intersection(*others)}
    ends = _ends(counts, separator)
    if not declared and not ends and len(told) < OFTEN_TWICE * len(beside):
        return None
    if not declared and not ends and not any(len(others) > 1 for others in beside.values()):
        return None
    own = {key for key in beside if is_own(key) or (times[key] == 1 and len(key) > LONGEST_RARE)}
    options = {text: times[key] for key, text in spelt.items() if key not in own}
    if not 2 <= len(options) <= MOST or any(len(option) > LONGEST for option in options):
        return None
    alone = any(frozenset() in others for others in beside.values())
    sure = ends or (told >= beside.keys() and alone)
    return Several(options, separator, sure and not own, bool(own))


def is_own(piece: str) -> bool:
    """Return whether a piece says what else it is (その他：…), or where to reach somebody."""
    words = plain(piece)
    said = words.startswith(("その他", "other")) and words not in known("other")
    return said or has_contact(piece)


def all_end(counts: Mapping[str, int]) -> bool:
    """Return whether cells say by their ends alone that they hold any number of answers."""
    return len(counts) > 1 and _ends(counts, SEPARATORS[0])


def _ends(counts: Mapping[str, int], separator: str) -> bool:
    """Return whether every cell ends with the separator, as Microsoft Forms writes them."""
    return all(cell.rstrip(" ").endswith(separator) for cell in counts)


def _pieces(cell: str, separator: str) -> Iterator[str]:
    """Yield what stands between separators, but not between those inside brackets."""
    depth, piece = 0, ""
    for character in cell:
        depth += (character in _OPENING) - (character in _CLOSING and depth > 0)
        if character == separator and not depth:
            if piece.strip():
                yield piece.strip()
            piece = ""
        else:
            piece += character
    if piece.strip():
        yield piece.strip()
