"""A web page -> the blocks of a report: what a reader sees of it."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, NavigableString, Tag

from dxeval.auditing.drafting.blocks import Block

UNSEEN = ("script", "style", "template", "noscript", "head", "del")
INLINE = (
    *("a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "img", "ins", "label", "mark"),
    *("q", "ruby", "rt", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"),
)
MOST_SPAN = 200


def of_html(text: str) -> Iterator[Block]:
    """Yield the blocks of a page; a cell that spans rows or columns stands in each of them."""
    soup = BeautifulSoup(text, "html.parser")
    for tag in soup(UNSEEN):
        tag.decompose()
    yield from _walk(soup, 0, 1)


def _walk(tag: Tag, level: int, line: int) -> Iterator[Block]:
    pending: list[str] = []
    for child in tag.children:
        if isinstance(child, Tag) and child.name == "br":
            pending.append(" ")
        elif type(child) is NavigableString or (isinstance(child, Tag) and _is_inline(child)):
            pending.append(child if isinstance(child, NavigableString) else child.get_text())
        elif isinstance(child, Tag):
            yield from _ended(pending, level, line)
            pending = []
            line = child.sourceline or line
            if child.name == "table":
                yield from _table(child, line)
            else:
                heading = re.fullmatch("h([1-6])", child.name)
                yield from _walk(child, int(heading[1]) if heading else level, line)
    yield from _ended(pending, level, line)


def _is_inline(tag: Tag) -> bool:
    return tag.name in INLINE and all(inner.name in INLINE for inner in tag.find_all(True))


def _ended(pending: list[str], level: int, line: int) -> Iterator[Block]:
    text = " ".join("".join(pending).split())
    if text:
        yield Block(line, text, level)


def _table(table: Tag, line: int) -> Iterator[Block]:
    if table.caption is not None:
        yield Block(line, " ".join(table.caption.get_text(" ").split()))
    cells: dict[tuple[int, int], str] = {}
    for row, tag in enumerate(tag for tag in table("tr") if tag.find_parent("table") is table):
        column = 0
        for cell in tag(["td", "th"], recursive=False):
            while (row, column) in cells:
                column += 1
            down, right = (_span(cell, name) for name in ("rowspan", "colspan"))
            text = " ".join(cell.get_text(" ").split())
            cells |= {(row + r, column + c): text for r in range(down) for c in range(right)}
    if cells:
        height, width = (max(place[i] for place in cells) + 1 for i in (0, 1))
        rows = (tuple(cells.get((r, c), "") for c in range(width)) for r in range(height))
        yield Block(line, rows=tuple(rows))


def _span(cell: Tag, name: str) -> int:
    said = str(cell.get(name, "1"))
    return max(1, min(int(said), MOST_SPAN)) if said.isdecimal() else 1
