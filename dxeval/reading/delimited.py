"""Text exports: every decoding and delimiter that may be meant, none of them chosen here."""

import csv
import io
import re
from collections.abc import Iterator

from dxeval.problems import ProblemKind
from dxeval.reading.grid import Fault, Grid, Rows
from dxeval.reading.limits import MAX_COLUMNS, MAX_DELIMITERS

ENCODINGS = {"utf-8-sig": "UTF-8", "cp932": "Shift_JIS（cp932）", "euc_jp": "EUC-JP"}
"""Codecs in the order in which they are tried, and what people call them."""
DELIMITERS = (",", "\t", ";")
BROKEN = re.compile("[\0\x80\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd]")
"""What no respondent types: NUL, replaced characters, and the private-use ones that cp932 makes
of the bytes A0, FD, FE and FF (80: a control), which are none, and of one machine's own (外字)."""
_WIDE = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def is_marked(content: bytes) -> bool:
    """Return whether ``content`` begins with the mark of UTF-16."""
    return content.startswith(tuple(_WIDE.values()))


def decodings(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield each encoding in which ``content`` is text, and that text; strictly, none replaced.

    UTF-16 is what starts with its mark, or perhaps what holds NUL bytes: line ends and delimiters
    of UTF-16 do.
    """
    marked = [codec for codec, mark in _WIDE.items() if content.startswith(mark)]
    narrow = ["utf-8-sig"] if content.isascii() else [*ENCODINGS]
    unmarked = [*_WIDE] if b"\0" in content and not marked else []
    for codec in marked or [*unmarked, *narrow]:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec not in unmarked or "\0" not in text:
            yield codec, text.removeprefix("\ufeff")


def grids(text: str) -> Iterator[Grid]:
    """Yield ``text`` as a grid for each delimiter."""
    cut = not text.endswith(("\n", "\r"))
    for delimiter in DELIMITERS:
        escaped = '\\"' in text and _is_escaped(text, delimiter)
        grid = Grid(delimiter, iter(()), cut=cut, escaped=escaped)
        plain = text.replace('\\"', '""') if escaped else text
        grid.rows = _rows(plain, delimiter, grid.faults)
        yield grid


def _is_escaped(text: str, delimiter: str) -> bool:
    """Return whether quotes inside fields are written behind a backslash, as PHP writes them.

    They are if not all can be read as the standard (RFC 4180) has it, doubled, or only in longer
    rows, and all can so.
    """
    plain, doubled = _longest(text, delimiter), _longest(text.replace('\\"', '""'), delimiter)
    return doubled is not None and (plain is None or plain > doubled)


def _longest(text: str, delimiter: str) -> int | None:
    """Return how many fields the longest row has, None if not all can be read."""
    faults: list[Fault] = []
    longest = max((len(record) for _, record in _rows(text, delimiter, faults)), default=0)
    return None if faults else longest


def _rows(text: str, delimiter: str, faults: list[Fault]) -> Rows:
    row = 0
    records = csv.reader(_lines(text, delimiter), delimiter=delimiter, strict=True)
    try:
        for row, record in enumerate(records, start=1):
            if len(record) > MAX_COLUMNS:
                message = f"列が{MAX_COLUMNS:,}を超えています"
                faults.append(Fault(row, None, ProblemKind.WIDE_ROW, message))
                return
            yield row, record
    except csv.Error as error:
        kind, message = ProblemKind.CSV, "CSV の引用符の使い方が正しくありません"
        if "field limit" in str(error):
            kind, message = ProblemKind.LONG_CELL, "セルが長すぎます"
        faults.append(Fault(row + 1, None, kind, message))


def _lines(text: str, delimiter: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if len(line) > MAX_DELIMITERS and line.count(delimiter) > MAX_DELIMITERS:
            raise csv.Error("field limit")
        yield line


def rival(content: bytes, chosen: str) -> str | None:
    """Return the name of another encoding in which ``content`` says something else, or None.

    Asked where the headers are plain ASCII and so cannot tell encodings apart. Text of another
    encoding is practically never valid UTF-8 with a character of three bytes (any Japanese one),
    so that counts as proof.
    """
    if content.isascii() or chosen not in ENCODINGS:
        return None
    texts = dict(decodings(content))
    if chosen == "utf-8-sig" and (
        content.startswith(b"\xef\xbb\xbf") or re.search("[\u0800-\U0010ffff]", texts[chosen])
    ):
        return None
    return next((ENCODINGS[codec] for codec, text in texts.items() if text != texts[chosen]), None)


def undecodable_line(content: bytes) -> int:
    """Return the line (from 1) where the encoding that gets furthest meets a wrong byte."""
    furthest = 0
    for codec in ENCODINGS:
        try:
            content.decode(codec)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    return len(content[:furthest].splitlines() or [b""])
