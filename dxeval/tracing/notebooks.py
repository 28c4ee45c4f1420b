"""What the cells of an executed notebook show, so that a page's own outputs are known again."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dxeval.workspace import Workspace

FOLDER = "outputs/notebooks"
SPOKEN = ("alt", "title", "aria-label")


@dataclass(frozen=True)
class Cells:
    """What each cell shows: letters and digits alone, in order, by where it stands."""

    shown: tuple[tuple[str, str, frozenset[str]], ...] = ()

    def place(self, text: str) -> str | None:
        """Return the cell that shows a text; None if none does.

        Where markup stands between its words, a cell that shows all of its numbers will do.
        """
        bare, numbers = _bare(text), _numbers(text)
        whole = (place for place, shown, _ in self.shown if bare in shown)
        parts = (place for place, _, known in self.shown if numbers <= known)
        return next(whole, None) or next(parts, None)


def digests_of(workspace: Workspace) -> dict[str, str]:
    """Return the pages' names by the hash of what each was made from."""
    found = {}
    for path in sorted((workspace.root / FOLDER).glob("*.ipynb")):
        about = read_notebook(path).get("metadata", {}).get("dxeval", {})
        found[str(about.get("inputs_sha256"))] = path.stem
    return found


def read_notebook(path: Path) -> dict:
    """Return a notebook; an empty one where it cannot be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def cells_of(workspace: Workspace, page: str) -> Cells:
    """Return the cells of ``outputs/notebooks/PAGE.ipynb``; none where it is not there."""
    name = f"{FOLDER}/{page}.ipynb"
    shown = []
    for number, cell in enumerate(read_notebook(workspace.root / name).get("cells", []), start=1):
        text = " ".join(_texts(cell))
        shown.append((f"{name} の{number}番目のセル", _bare(text), frozenset(_numbers(text))))
    return Cells(tuple(shown))


def _texts(cell: dict) -> Iterator[str]:
    """Yield what one cell shows."""
    if cell.get("cell_type") == "markdown":
        yield "".join(cell.get("source", ""))
    for output in cell.get("outputs", []):
        for about in output.get("metadata", {}).values():
            if isinstance(about, dict):
                yield str(about.get("alt", ""))
        for type_, content in output.get("data", {}).items():
            text = content if isinstance(content, str) else "".join(map(str, content))
            if type_ in {"text/html", "image/svg+xml"}:
                yield from _of_markup(text)
            elif type_.startswith("text/"):
                yield text


def _of_markup(text: str) -> Iterator[str]:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text, "html.parser")
    yield soup.get_text(" ")
    for name in SPOKEN:
        yield from (str(tag[name]) for tag in soup.select(f"[{name}]"))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _numbers(text: str) -> set[str]:
    return {*re.findall(r"\d+(?:[.,]\d+)*", text)}
