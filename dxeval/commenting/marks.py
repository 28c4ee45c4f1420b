"""What people write where a comment is to be chosen: a small vocabulary, nothing guessed."""

import unicodedata

from dxeval.commenting.entries import NO, OPEN, YES

EXPECTED = f"{YES} か {NO}（まだ決めていなければ空欄）"
_YES = {"○", "〇", "◯", "◎", "⭕", "o", "✓", "✔", "☑", "レ", "1", "はい", "載せる", "yes", "true"}
_NO = {"×", "✕", "✖", "❌", "x", "0", "いいえ", "載せない", "no", "false"}


def mark_of(text: str) -> str | None:
    """Return what a cell says of a comment, None if that is not certain.

    Full-width, half-width and small letters are alike.
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold().rstrip("\ufe0f")
    if plain in _YES:
        return YES
    if plain in _NO:
        return NO
    return None if plain else OPEN
