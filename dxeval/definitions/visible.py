"""Characters that nobody sees and that change what others see: written out, never passed on.

Control characters can end a file or a terminal's line, bidirectional overrides make a text look
like another, non-characters and surrogates make XML and UTF-8 invalid. Only what is shown or
written passes through here: what is compared is compared as typed.
"""

import re

LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85]")
"""A vertical tab is how Excel and PowerPoint hand on a line break inside a cell."""
_PLANES = range(0, 0x110000, 0x10000)
_NONCHARACTERS = "".join(chr(plane + last) for plane in _PLANES for last in (0xFFFE, 0xFFFF))
HIDDEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f"
    "\u202a-\u202e\u2066-\u206f\ufff9-\ufffb"
    f"\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}"
)
"""Control, bidirectional embeddings, overrides and isolates, deprecated and annotation marks,
surrogates, non-characters; as a regular expression's set."""
_HIDDEN = re.compile(f"[{HIDDEN}]")
_RAW = re.compile(f"[\r\x0b\x0c{HIDDEN}]")
_IN_A_LINE = re.compile(f"[\t\n\r\x0b\x0c\u2028\u2029{HIDDEN}]")


def visible(text: str) -> str:
    """Return a text to be shown: its line breaks alike, hidden characters as ``[U+202E]``.

    Joiners, soft hyphens and directional marks stay: words and emoji are made with them.
    """
    if not _RAW.search(text):
        return text
    return _HIDDEN.sub(_code_point, LINE_BREAKS.sub("\n", text))


def visible_line(text: str) -> str:
    """Return a file's or session's name to be shown on one line, its line breaks written out."""
    return _IN_A_LINE.sub(_code_point, text)


def escaped(json_text: str) -> str:
    """Return JSON with hidden characters escaped: the same values to whoever parses it."""
    return _RAW.sub(_json_escape, json_text)


def _code_point(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


def _json_escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
