"""Where a number stands: what the place is about, and what must stand there."""

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Place:
    """A text of a page or sheet. ``form``: what it must look like as a whole (`FORMS`), if known.

    ``section``, ``row`` and ``column`` say where it stands; ``sessions``, ``item``, ``levels`` what
    it is about, ``together`` if the levels are counted together; ``quoted`` if it holds people's
    own words. ``own``: the page, if it is the output of a cell of somebody's own, of which nothing
    is known. ``of``: a published percentage beside which it stands; ``of_whom`` what else the
    claims of all its numbers have as ``of``; ``nth``: its numbers are those of a list, in order.
    """

    text: str = ""
    section: str = ""
    row: str = ""
    column: str = ""
    form: str = ""
    sessions: tuple[str, ...] = ()
    item: str = ""
    levels: tuple[str, ...] = ()
    together: bool = False
    quoted: bool = False
    own: str = ""
    of: str = ""
    of_whom: str = ""
    nth: str = ""

    def about(self, **changed: Any) -> "Place":
        """Return the place with something changed."""
        return replace(self, **changed)

    @property
    def words(self) -> str:
        """``役立ち度 › とても役に立つ › 割合``."""
        parts = (self.section, self.item, self.row, self.column)
        return " › ".join(dict.fromkeys(part for part in parts if part))
