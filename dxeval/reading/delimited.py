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
_WIDE = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def is_marked(content: bytes) -> bool:
    """Return whether ``content`` begins with the mark of UTF-16."""
    return content.startswith(tuple(_WIDE.values()))


def decodings(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield each encoding in which ``content`` is text, and that text; strictly, none replaced.

    UTF-16 is what starts with its mark, or else holds NUL bytes: line ends and delimiters do.
    """
    wide = [codec for codec, mark in _WIDE.items() if content.startswith(mark)]
    if not wide and b"\0" in content:
        wide = [*_WIDE]
    for codec in wide or (["utf-8-sig"] if content.isascii() else ENCODINGS):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            yield codec, text.removeprefix("\ufeff")


def grids(text: str) -> Iterator[Grid]:
    """Yield ``text`` as a grid for each delimiter."""
    for delimiter in DELIMITERS:
        grid = Grid(delimiter, iter(()))
        grid.rows = _rows(text, delimiter, grid.faults)
        yield grid


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
