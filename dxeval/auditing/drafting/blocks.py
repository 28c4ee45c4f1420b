"""A report's bytes -> its blocks in order: headings, lines and tables, with their line numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.delimited import BROKEN, decodings, undecodable_line

_SAME = str.maketrans(
    "０１２３４５６７８９％（）：，．／｜＝＜＞ＮｎＳＤ", "0123456789%():,./|=<>NnSD"
)
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_NAMES = {"shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932"}
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_RULE = re.compile(r"[\s|:+=-]+")


@dataclass(frozen=True)
class Block:
    """A heading of some ``level`` (0: a line), its text; or the ``rows`` of a table.

    ``text`` has digits, %, brackets and colons in half width, each character in its place;
    ``typed`` is the text as it stands.
    """

    line: int
    typed: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The text with digits and brackets in half width."""
        return folded(self.typed)


def folded(text: str) -> str:
    """Return a text with digits, % and brackets in half width, as long as it was."""
    return text.translate(_SAME)


def decoded(content: bytes, name: str, *, html: bool) -> str:
    """Return the text of a report in its encoding: declared, or the one in which it is Japanese.

    Raises DataError where it is no text.
    """
    declared = _DECLARED.search(content[:4096]) if html else None
    if declared:
        codec = declared[1].decode().lower()
        try:
            return content.decode(_NAMES.get(codec, codec))
        except (UnicodeDecodeError, LookupError):
            pass
    texts = [text for _, text in decodings(content) if not BROKEN.search(text)]
    if not texts:
        message = "文字コードが分かりません。UTF-8 で保存し直してください"
        line = undecodable_line(content)
        raise DataError([Problem(ProblemKind.ENCODING, name, message, line)])
    return min(texts, key=lambda text: len(re.findall("[\uff61-\uff9f]", text)))


def of_text(text: str) -> Iterator[Block]:
    """Yield the blocks of plain text or Markdown; rows that follow each other are a table."""
    table: list[tuple[str, ...]] = []
    begun, kind = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        cells, own = _cells(line.strip("\r\n"))
        if table and own != kind:
            yield _table(begun, table)
            table = []
        if own:
            begun, kind = (begun if table else number), own
            if not (own == "|" and _RULE.fullmatch(line)):
                table.append(cells)
        elif line.strip():
            heading = _HEADING.match(line)
            typed, level = (heading[2], len(heading[1])) if heading else (line.strip(), 0)
            yield Block(number, typed, level)
    if table:
        yield _table(begun, table)


def _cells(line: str) -> tuple[tuple[str, ...], str]:
    """Return a line's cells and what parts them, empty if it is no row of a table."""
    if folded(line).count("|") > 1 and line.strip()[0] in "|｜":
        inner = line.strip().replace("｜", "|").strip("|")
        return tuple(cell.strip(" *") for cell in inner.split("|")), "|"
    if "\t" in line.strip():
        return tuple(cell.strip() for cell in line.split("\t")), "\t"
    cells = re.split(r"(?: {2,}|　+)", line.strip())
    if len(cells) > 2 and not line.lstrip().startswith(("-", "・", "■")):
        return tuple(cells), " "
    return (), ""


def _table(line: int, rows: Sequence[tuple[str, ...]]) -> Block:
    width = max(map(len, rows))
    return Block(line, rows=tuple((*row, *[""] * (width - len(row))) for row in rows))
