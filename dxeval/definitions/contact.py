"""E-mail addresses and telephone numbers in free text: found, never shown."""

import re
import unicodedata

_MAYBE = re.compile("[@＠﹫0０+＋内]")
_EMAIL = re.compile(r"[\w.%+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+")
_NUMBER = re.compile(r"(?<![\d-])(?:\+81|0)[\d\s()‐-―−ーｰ.-]{7,20}\d(?!\d)")
_EXTENSION = re.compile(r"内線\D{0,3}\d{3,}")


def emails(text: str) -> set[str]:
    """Return the e-mail addresses in ``text``; full-width characters count as well."""
    if not _MAYBE.search(text):
        return set()
    return {match[0] for match in _EMAIL.finditer(unicodedata.normalize("NFKC", text))}


def has_contact(text: str) -> bool:
    """Return whether ``text`` holds an e-mail address, a telephone number or an 内線 number.

    A number is taken for a telephone number if it starts with 0 or +81 and has 10 or 11 digits
    (without the 81). Full-width characters count as well.
    """
    if not _MAYBE.search(text):
        return False
    plain = unicodedata.normalize("NFKC", text)
    if _EMAIL.search(plain) or _EXTENSION.search(plain):
        return True
    for match in _NUMBER.finditer(plain):
        digits = "".join(c for c in match[0].removeprefix("+81") if c.isdigit())
        local = digits if digits.startswith("0") else "0" + digits
        if len(local) in {10, 11}:
            return True
    return False
