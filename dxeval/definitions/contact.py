"""E-mail addresses and telephone numbers in free text: found, never shown."""

import re
import unicodedata

_EMAIL = re.compile(r"[\w.%+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+")
_AT = re.compile("[@＠﹫]")
_DIGIT = re.compile(r"\d")


def emails(text: str) -> set[str]:
    """Return the e-mail addresses in ``text``; full-width characters count as well."""
    if not _AT.search(text):
        return set()
    return {match[0] for match in _EMAIL.finditer(unicodedata.normalize("NFKC", text))}


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
