"""What cells show, settled: each output in one way that a page can show, or words for the analyst.

Nothing vanishes. What a page cannot show at all (it needs a script, a widget, something from
elsewhere) is ``lost``, and then there is no page: it would look whole to those who get it, and what
was meant to be in it would not be there. What is no part of a report (text that a cell printed,
warnings, the name of an object, a progress bar) or is shown in another way is told, and the page is
made. Cells that no page shows are settled too, since the notebook is kept, but nothing is said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from dxeval.report.notebook import pictures
from dxeval.report.notebook.markup import Fitted, fit
from dxeval.report.notebook.one_output import (
    NO_PROGRESS,
    PROGRESS,
    gone_words,
    missing_words,
    settle_output,
)
from dxeval.report.site.markdown import markdown

UNPUBLISHED = {"internal", "parameters", "injected-parameters"}
"""Tags of cells that no page shows."""
GLYPH = re.compile(r"Glyph (\d+) .*missing from")
OF_FONTS = re.compile(rf"{GLYPH.pattern}|^findfont: ")
"""A font that is not here is no loss: its letters are drawn in another."""
UNNAMED = "図"
"""What is read aloud for a picture without words."""
NO_WORDS = (
    '図に、読み上げのための説明がありません。dx.figure(fig, alt="…") で表示するか、'
    '画像なら Image(…, alt="…")、マークダウンなら ![説明](…) と書いてください'
)
PRINTED = "print などで書いた文字は載りません。載せるなら display か表にしてください"
WARNED = "警告かエラー出力が出ました。JupyterLab で実行して確かめてください"
RAISED = "エラーの表示は載りません。エラーの出ないように直してください"


@dataclass(frozen=True)
class Note:
    """Something to tell of a cell at a place.

    ``lost`` if it is not on the page and should be; ``nameless`` if a picture has no words.
    """

    place: int
    words: str
    lost: bool = False
    nameless: bool = False


def settle(notebook: dict[str, Any], root: Path, template: str) -> list[Note]:
    """Settle every output of an executed notebook in place; return what is to be told.

    ``root`` is the folder that holds the job's files, ``template`` the notebook's place in it.
    """
    notes: list[Note] = []
    for place, cell in enumerate(notebook["cells"]):
        published = not UNPUBLISHED & set(cell["metadata"].get("tags", []))
        if not published and cell["cell_type"] == "markdown":
            continue
        settled = _Cell(cell, place, partial(pictures.local, root, template))
        settled.settle()
        if published:
            notes += dict.fromkeys(settled.notes)
    return notes


@dataclass
class _Cell:
    """One cell being settled. State: the cell, which is changed, and the ``notes`` so far."""

    cell: dict[str, Any]
    place: int
    picture: partial[str | None]

    def __post_init__(self) -> None:
        self.notes: list[Note] = []

    def settle(self) -> None:
        if self.cell["cell_type"] == "markdown":
            self._markdown()
        elif self.cell["cell_type"] == "code":
            self._streams()
            self.cell["outputs"] = list(self._outputs())

    def _told(self, words: list[str], *, lost: bool = False) -> None:
        self.notes += [Note(self.place, text, lost) for text in words]

    def _nameless(self) -> None:
        self.notes.append(Note(self.place, NO_WORDS, nameless=True))

    def _streams(self) -> None:
        """Tell that a cell printed something, and of glyphs that a chart lacks; not the words."""
        texts = {"stdout": "", "stderr": ""}
        for output in self.cell["outputs"]:
            if output["output_type"] == "stream":
                texts[output["name"]] += "".join(output["text"])
        letters = dict.fromkeys(chr(int(code)) for code in GLYPH.findall(texts["stderr"]))
        if letters:
            shown = "".join(f"「{letter}」" for letter in list(letters)[:5])
            self._told([f"図の書体にない文字 {shown} が四角になりました。ほかの字にしてください"])
        lines = [line for line in texts["stderr"].splitlines() if not OF_FONTS.search(line)]
        if letters:  # the line of code below such a warning
            lines = [line for line in lines if not line.startswith(" ")]
        rest = "\n".join(lines)
        if PROGRESS.search(rest):
            self._told([NO_PROGRESS])
        elif rest.strip():
            self._told([WARNED])
        if texts["stdout"].strip():
            self._told([PRINTED])

    def _outputs(self) -> Iterator[dict[str, Any]]:
        """Yield the outputs as the page shows them, each picture once."""
        seen: set[str] = set()
        for number, output in enumerate(self.cell["outputs"]):
            if output["output_type"] == "error":
                self._told([RAISED])
            if output["output_type"] in {"error", "stream"}:
                continue
            settled = settle_output(output, self.picture, f"c{self.place}_{number}")
            self._told(settled.told)
            self._told(settled.lost, lost=True)
            if settled.nameless:
                self._nameless()
            if settled.shown is None:
                continue
            data = settled.shown["data"]
            picture = next((data[kind] for kind in data if kind.startswith("image/")), None)
            shown = {**output, "metadata": {}, **settled.shown}
            if picture is None:
                yield shown
            elif picture not in seen:
                seen.add(picture)
                yield self._with_words(shown)

    def _with_words(self, output: dict[str, Any]) -> dict[str, Any]:
        """Return a picture with words to be read aloud, and tell if it came with none."""
        kind = next(kind for kind in output["data"] if kind.startswith("image/"))
        about = output["metadata"].get(kind, {})
        if not str(about.get("alt") or "").strip():
            self._nameless()
            about = {**about, "alt": UNNAMED}
        return {**output, "metadata": {kind: about}}

    def _markdown(self) -> None:
        """Tell of a Markdown cell; what it shows from files becomes its attachments."""
        attachments = self.cell.get("attachments", {})
        rendered = markdown("".join(self.cell["source"]))
        found = fit(rendered.html, partial(self._attach, attachments), f"c{self.place}")
        if attachments:
            self.cell["attachments"] = attachments
        if found.nameless:
            self._nameless()
        self._told([missing_words(source) for source in found.missing], lost=True)
        self._told([*rendered.told, *gone_words(Fitted("", found.gone))])

    def _attach(self, attachments: dict[str, Any], source: str) -> str | None:
        if source.startswith("attachment:"):
            return pictures.attached(attachments, source)
        uri: str | None = self.picture(source)
        if uri is not None:
            kind, _, content = uri.removeprefix("data:").partition(";base64,")
            attachments[unquote(source)] = {kind: content}
        return uri
