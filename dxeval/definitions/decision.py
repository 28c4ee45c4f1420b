"""What was decided of comments, as a session's file keeps it: where each stood, never its text."""

import hashlib
import re
from typing import Annotated

from pydantic import AfterValidator

from dxeval.definitions.strict import Count, Flag, Strict, Text

_FINGERPRINT = re.compile("[0-9a-f]{12}")


def bare(text: str) -> str:
    """Return a text without white space: two that differ in nothing else are the same comment."""
    return "".join(text.split())


def text_fingerprint(text: str) -> str:
    """Return by what a decision knows a comment again: 12 hex digits of its SHA-256."""
    return hashlib.sha256(bare(text).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _fingerprint(text: str) -> str:
    if not _FINGERPRINT.fullmatch(text):
        raise ValueError("dxeval comments が書いた12字（0〜9、a〜f）のままにします")
    return text


Fingerprint = Annotated[str, AfterValidator(_fingerprint)]


class Decision(Strict):
    """What was decided of one comment, and why. No page and no job holds it.

    ``question`` and ``row`` say where the comment stood in the export, ``text`` is its fingerprint,
    by which it is found again in another export. ``chosen`` is None where nothing was decided.
    ``quote`` is the fingerprint of what the session quotes of it, where that was edited.
    """

    question: Text
    row: Count
    text: Fingerprint
    chosen: Flag | None = None
    quote: Fingerprint | None = None
    reason: Text | None = None
