"""Labels and headers: in the form in which two of them are compared."""

import unicodedata
from collections.abc import Iterable


def normalise(text: str) -> str:
    """Return a label or header in the form in which two of them are compared.

    NFKC (half-width kana, full-width digits, NFD from macOS), no zero-width characters, white
    space folded and trimmed. Never for comments, which stay as typed.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    folded = unicodedata.normalize("NFKC", text)
    visible = "".join(c for c in folded if unicodedata.category(c) != "Cf")
    return " ".join(visible.split())


def repeats(labels: Iterable[str]) -> str | None:
    """Return the first label that equals an earlier one once normalised, or None."""
    seen: set[str] = set()
    for label in labels:
        if normalise(label) in seen:
            return label
        seen.add(normalise(label))
    return None
