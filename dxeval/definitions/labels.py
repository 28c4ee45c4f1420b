"""Labels and headers: in the form in which two of them are compared, and what is seen of them."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_SAME_IN_SHIFT_JIS = str.maketrans(
    {
        "\u301c": "~",  # 0x8160: 〜 or ～, which NFKC makes ~
        "\u203e": "~",  # 0x7E: ‾ or ~
        "\uffe3": "~",  # 0x8150: ￣ or ‾
        "\u00a5": "\\",  # 0x5C and 0x818F: ¥ or \
        "\uffe5": "\\",
        "\u2014": "\u2015",  # 0x815C: — or ―
        "\u2225": "\u2016",  # 0x8161: ∥ or ‖
        "\u2212": "-",  # 0x817C: − or －, which NFKC makes -
        "\u22ef": "...",  # 0x8163: ⋯ or …, which NFKC makes three dots
    }
)
"""Characters that one table of Shift_JIS writes where another writes the other.

Which of the two a file holds depends on the program that converted it (Windows, macOS, Java),
not on the person who typed the label.
"""
_BLANK = str.maketrans(dict.fromkeys("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0", " "))
"""Letters that show nothing and are no white space to Unicode."""
_UNSEEN = {"Cc", "Cf"}
_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x034F)
_NO_SELECTORS = dict.fromkeys(_SELECTORS)


@lru_cache(maxsize=4096)  # an export says the same few labels again and again
def normalise(text: str) -> str:
    """Return a label or header in the form in which two of them are compared.

    NFKC (half-width kana, full-width digits, NFD from macOS), one of each pair that tables of
    Shift_JIS map differently, nothing that is not seen (zero width, controls, variation
    selectors), white space folded and trimmed. Never for comments, which stay as typed.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    folded = unicodedata.normalize("NFKC", text.translate(_SAME_IN_SHIFT_JIS))
    folded = folded.translate(_SAME_IN_SHIFT_JIS).translate(_BLANK).translate(_NO_SELECTORS)
    seen = "".join(c for c in folded if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return " ".join(seen.split())


_NUMBER = re.compile(
    r"(?:(?:Q|問|設問|質問)[ .]?[0-9]+(?:[-.][0-9]+)*[ .:)、]*"  # Q3. 問2-1
    r"|[0-9]+(?:[-.][0-9]+)*[.:)、] *)(?=[^0-9 ])",  # 1. 2-1)
    re.IGNORECASE,
)


def without_number(header: str) -> str:
    """Return a normalised header without the number that form tools put before a question."""
    text = normalise(header)
    return text[found.end() :] if (found := _NUMBER.match(text)) else text


def repeats(labels: Iterable[str]) -> str | None:
    """Return the first label that equals an earlier one once normalised, or None."""
    seen: set[str] = set()
    for label in labels:
        if normalise(label) in seen:
            return label
        seen.add(normalise(label))
    return None
