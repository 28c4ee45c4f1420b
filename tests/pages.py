"""A page asked by its structure: by CSS selector, and what stands there as words or numbers.

Tests find parts of pages by element, class, role and order, and look for words only where the
words are the point: a page may be reworded without a test that looks elsewhere.
"""

import re
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from dxeval.workspace import Workspace

FAILED = ".state-failed"
STATES = "tbody tr:not(.programme) :is(.state, .state-failed)"
"""In the index: what could not be made, and what else is not well with a session."""


class Page:
    """An HTML page, or a part of one."""

    def __init__(self, html: str) -> None:
        self.html = html
        self._soup = BeautifulSoup(html, "html.parser")

    def all(self, selector: str = "*") -> list[Tag]:
        """Return the elements, in their order."""
        return list(self._soup.select(selector))

    def only(self, selector: str) -> Tag:
        """Return the one element that there must be."""
        (found,) = self.all(selector)
        return found

    def text(self, selector: str) -> str:
        """Return what the one element says."""
        return words(self.only(selector))

    def texts(self, selector: str) -> list[str]:
        """Return what each element says."""
        return [words(tag) for tag in self.all(selector)]

    def numbers(self, selector: str) -> list[list[float]]:
        """Return the numbers that each element says: [52, 11, 21] for 52%（11/21人）."""
        return [numbers(text) for text in self.texts(selector)]

    def links(self, selector: str = "a") -> list[str]:
        """Return where the links lead."""
        return [str(tag["href"]) for tag in self.all(selector)]

    @property
    def whole(self) -> str:
        """All that a reader sees, space as typed."""
        return self._soup.get_text()


def words(tag: Tag) -> str:
    """Return what an element says, any run of space as one."""
    return " ".join(tag.get_text().split())


def numbers(text: str) -> list[float]:
    """Return the numbers in a text."""
    return [float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)]


def page_of(workspace: Workspace, name: str) -> Page:
    """Return a page that a batch made: of a session, ``overall`` or ``index``."""
    return Page(Path(workspace.root, f"outputs/html/{name}.html").read_text(encoding="utf-8"))
