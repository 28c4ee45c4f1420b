"""What a cell displayed that must not be shared: an e-mail address, a comment nobody chose."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from dxeval.definitions.contact import emails
from dxeval.definitions.visible import visible

TELLING = 15
"""Characters of a comment's beginning by which it is known again; shorter comments tell nobody."""


def leak(notebook: dict[str, Any], written: str, comments: Iterable[str]) -> int | None:
    """Return the place of the first cell whose output must not be shared, None if there is none.

    ``written`` is all that the page is made from on purpose, chosen comments among it: what stands
    there may be shown, other ``comments`` and addresses not. Looked at are the outputs of every
    cell, since the notebook is kept in ``outputs/`` too.
    """
    beginnings = {_bare(comment)[:TELLING] for comment in comments}
    withheld = {text for text in beginnings if len(text) == TELLING} - _pieces(written)
    addresses = emails(written)
    for place, cell in enumerate(notebook["cells"]):
        for text in _texts(cell):
            if emails(text) - addresses or (withheld and withheld & _pieces(text)):
                return place
    return None


def _texts(cell: dict[str, Any]) -> Iterator[str]:
    """Yield what a cell's outputs say, without tags and embedded images."""
    for output in cell.get("outputs", []):
        for kind, content in output.get("data", {}).items():
            if kind.startswith("text/"):
                yield html.unescape(re.sub('"data:[^"]*"|<[^>]*>', " ", "".join(content)))


def _bare(text: str) -> str:
    return "".join(visible(text).split())


def _pieces(text: str) -> set[str]:
    bare = _bare(text)
    return {bare[i : i + TELLING] for i in range(len(bare) - TELLING + 1)}
