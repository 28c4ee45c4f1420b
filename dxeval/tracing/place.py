"""Where a number stands: what the place is about, and what must stand there."""

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Place:
    """A text of a page or sheet. ``form``: what it must look like as a whole (`FORMS`), if known.

    ``section``, ``row`` and ``column`` say where it stands; ``sessions``, ``item``, ``levels`` what
    it is about. ``own``: a notebook's own output, of which nothing is known. ``of``: a published
    percentage beside which it stands.
    """

    text: str = ""
    section: str = ""
    row: str = ""
    column: str = ""
    form: str = ""
    sessions: tuple[str, ...] = ()
    item: str = ""
    levels: tuple[str, ...] = ()
    own: str = ""
    of: str = ""

    def about(self, **changed: Any) -> "Place":
        """Return the place with something changed."""
        return replace(self, **changed)

    @property
    def words(self) -> str:
        """``役立ち度 › とても役に立つ › 割合``."""
        parts = (self.section, self.item, self.row, self.column)
        return " › ".join(dict.fromkeys(part for part in parts if part))
