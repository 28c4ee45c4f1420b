"""Names of a workbook's sheets, as Excel allows them."""

import re
import unicodedata
from collections.abc import Iterable

from dxeval.definitions.visible import visible

LONGEST = 31
"""UTF-16 units that Excel allows in a sheet's name."""
_FORBIDDEN = str.maketrans("[]:*?/\\'", "［］：＊？／＼’")
RESERVED = ("history", "変更履歴")
"""Names that Excel keeps for itself."""


def sheet_names(texts: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Return a sheet's name for each text, all different, none among ``taken``.

    Excel takes two names for one that differ in case or width only.
    """
    there = {_compared(name) for name in (*RESERVED, *taken)}
    names = []
    for text in texts:
        whole = re.sub(r"\s+", " ", visible(text)).strip().translate(_FORBIDDEN) or "設問"
        name, number = _cut(whole, LONGEST), 1
        while _compared(name) in there:
            number += 1
            end = f"（{number}）"
            name = _cut(whole, LONGEST - len(end)) + end
        there.add(_compared(name))
        names.append(name)
    return names


def _compared(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _cut(text: str, longest: int) -> str:
    while len(text.encode("utf-16-le")) > 2 * longest:
        text = text[:-1]
    return text.rstrip()
