"""E-mail addresses and telephone numbers in free text: found, never shown."""

import re
import unicodedata

_EMAIL = re.compile(r"[\w.%+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+")
_PLAIN = re.compile(r"[A-Za-z0-9_.%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z][A-Za-z0-9-]+")
"""The address in a match that Japanese words stand beside without a space."""
_VERSION = re.compile(r"v?\d+\.\d")
_AT = re.compile("[@＠﹫]")
_DIGIT = re.compile(r"\d")
_UNSEEN = re.compile("[\xad\u200b\u200c\u200d\u2060\ufeff]")
_FILES = {"js", "mjs", "cjs", "jsx", "tsx", "css", "map", "json", "wasm", "html", "min"}
_FILES |= {"png", "jpg", "jpeg", "gif", "svg", "webp"}
"""How files end (``logo@2x.png``, ``vega@5.min.js``); no domain does."""


def emails(text: str) -> set[str]:
    """Return the e-mail addresses in ``text``, each in the form in which two are compared.

    Full-width characters count as well, those that nobody sees do not. A package with its version
    (``name@1.2.3``) is none.
    """
    if not _AT.search(text):
        return set()
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return {_one(match[0]) for match in _EMAIL.finditer(plain) if _is_address(match[0])}


def _one(found: str) -> str:
    plain = _PLAIN.search(found)
    return (plain[0] if plain else found).casefold()


def _is_address(found: str) -> bool:
    domain = _one(found).rpartition("@")[2]
    end = domain.rpartition(".")[2]
    if _VERSION.match(domain) or end in _FILES:
        return False
    return len(end) > 1 and not end[0].isdigit()


def telephones(text: str) -> set[str]:
    """Return the telephone numbers in ``text`` by their digits; full-width characters count."""
    if not _DIGIT.search(text):
        return set()
    from dxeval.definitions.telephone import numbers

    return set(numbers(unicodedata.normalize("NFKC", _UNSEEN.sub("", text))))


def has_contact(text: str) -> bool:
    """Return whether ``text`` holds an e-mail address, a telephone number or an 内線 number.

    Full-width characters count as well.
    """
    if emails(text):
        return True
    if not _DIGIT.search(text):
        return False
    from dxeval.definitions.telephone import has_telephone

    return has_telephone(unicodedata.normalize("NFKC", text))
