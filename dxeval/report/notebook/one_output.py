"""One output of a cell: in which one way a page shows it, and what is to be told of it."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from dxeval.problems import shorten
from dxeval.report.notebook import pictures
from dxeval.report.notebook.markup import Fitted, Picture, fit
from dxeval.report.notebook.renderers import Drawn, drawn
from dxeval.report.site.markdown import latex, markdown

WIDGET = "application/vnd.jupyter.widget-view+json"
OURS = re.compile(r"<\w+: \d+ characters>")
"""The plain text of our own fragments."""
PROGRESS = re.compile(r"\d+%\|.*\||\d+it \[|\?it/s|^\w*Progress\(")
ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
OF_A_CHART = re.compile(
    r"<matplotlib\.|<(Axes|Figure size|BarContainer|ErrorbarContainer|StemContainer|PolarAxes)"
    r"|^\(?\[?Text\(|<seaborn\.|Line2D|PathCollection|array\(\[+\s*<Axes"
)
"""What plotting functions return, of which the chart itself is the picture."""
NO_PROGRESS = "進みぐあいの表示（tqdm）は載りません"
NO_WIDGET = (
    "操作する部品（ウィジェット）は、スクリプトなしでは載りません。"
    "表か matplotlib の図として表示してください"
)
NO_PICTURE = "画像として読めません（PNG、JPEG、GIF、WebP）。作り直してください"
NO_FORM = "表示のしかたのないもの（文字は <…> だけ）は載りません。表か図にして表示してください"

Bundle = dict[str, Any]


@dataclass
class Settled:
    """An output settled: as it is ``shown`` (None: not), what is ``told`` and what is ``lost``.

    ``nameless`` is whether a picture in it has no words to be read aloud.
    """

    shown: Bundle | None = None
    told: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    nameless: bool = False


@dataclass(frozen=True)
class _Asked:
    """What is asked to be shown: content of one kind, what is said ``about`` it, its plain text."""

    kind: str
    content: str
    about: dict[str, Any]
    plain: str
    picture: Picture
    prefix: str

    def bundle(self, content: str, **about: Any) -> Bundle:
        """Return how it is kept."""
        said = {name: value for name, value in about.items() if value}
        plain = ADDRESS.sub("", self.plain)
        data = {self.kind: content, **({"text/plain": plain} if plain else {})}
        return {"data": data, "metadata": {self.kind: said} if said else {}}

    @property
    def size(self) -> dict[str, Any]:
        """The words and the size that were given with a picture."""
        return {name: self.about.get(name) for name in ("alt", "width", "height")}


def settle_output(output: Bundle, picture: Picture, prefix: str) -> Settled:
    """Settle one output; ``picture`` finds pictures of the job, ``prefix`` names its place."""
    data = {kind: _joined(content) for kind, content in output["data"].items()}
    plain = ANSI.sub("", str(data.get("text/plain", "")))
    if OURS.fullmatch(plain) and "text/html" in data:
        return Settled({"data": {"text/html": data["text/html"], "text/plain": plain}})
    found = drawn(data)
    if isinstance(found, Drawn):
        about = {"image/png": {"width": found.width, "alt": found.title}}
        return Settled({"data": {"image/png": found.png}, "metadata": about})
    if isinstance(found, str):
        return Settled(lost=[found])
    if WIDGET in data and not WAYS.keys() & data.keys():
        is_bar = PROGRESS.search(plain) is not None
        return Settled(told=[NO_PROGRESS]) if is_bar else Settled(lost=[NO_WIDGET])
    return _richest(output, data, plain, picture, prefix)


def _richest(
    output: Bundle, data: dict[str, Any], plain: str, picture: Picture, prefix: str
) -> Settled:
    """Return the output in the first way that can be shown."""
    lost: list[str] = []
    for kind in (kind for kind in WAYS if kind in data):
        about = output.get("metadata", {}).get(kind, {})
        settled = WAYS[kind](_Asked(kind, str(data[kind]), about, plain, picture, prefix))
        if not settled.lost:
            return settled
        lost += settled.lost
    if lost:
        return Settled(lost=lost[:1])
    if others := [kind for kind in data if kind != "text/plain"]:
        return Settled(lost=[_other_words(others[0])])
    return _plain(plain)


def _plain(plain: str) -> Settled:
    """Return text that is all there is, nothing if it only names an object."""
    if not plain.strip() or OF_A_CHART.search(plain):
        return Settled()
    if ADDRESS.search(plain) or plain.startswith("<IPython."):
        return Settled(told=[NO_FORM])
    return Settled({"data": {"text/plain": plain}})


def _html(asked: _Asked) -> Settled:
    found = fit(asked.content, asked.picture, asked.prefix)
    words = gone_words(found)
    if found.empty and words:
        return Settled(lost=words)
    return Settled(asked.bundle(found.html), words, nameless=found.nameless)


def _markdown(asked: _Asked) -> Settled:
    rendered = markdown(asked.content)
    found = fit(rendered.html, asked.picture, asked.prefix)
    if found.missing:
        return Settled(lost=gone_words(found))
    return Settled(
        asked.bundle(asked.content), [*rendered.told, *gone_words(found)], nameless=found.nameless
    )


def _latex(asked: _Asked) -> Settled:
    return Settled(asked.bundle(asked.content), latex(asked.content).told)


def _svg(asked: _Asked) -> Settled:
    svg = asked.content
    if "xmlns=" not in svg:
        svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    try:
        is_svg = ET.fromstring(svg).tag.endswith("svg")
    except ET.ParseError:
        is_svg = False
    if not is_svg:
        return Settled(lost=["SVG として読めません。正しい XML か確かめてください"])
    told = []
    if re.search(r"""(?:href|src)\s*=\s*["'](?!#|data:)""", svg):
        told = ["SVG の中の、ほかの場所の画像やリンクは働きません。画像は中に入れてください"]
    return Settled(asked.bundle(svg, **asked.size), told)


def _raster(asked: _Asked) -> Settled:
    checked = pictures.checked(asked.content, drawn=asked.plain.startswith("<Figure size"))
    if checked is None:
        return Settled(lost=[NO_PICTURE])
    encoded, width = checked
    size = {"alt": asked.about.get("alt"), "width": width} if width else asked.size
    return Settled(asked.bundle(encoded, **size))


WAYS: dict[str, Callable[[_Asked], Settled]] = {
    "text/html": _html,
    "text/markdown": _markdown,
    "text/latex": _latex,
    "image/svg+xml": _svg,
    "image/png": _raster,
    "image/jpeg": _raster,
    "image/gif": _raster,
    "image/webp": _raster,
}
"""What our template can show without a script, in the order in which JupyterLab prefers it."""


def _joined(content: Any) -> Any:
    return "".join(content) if isinstance(content, list) else content


def missing_words(source: str) -> str:
    """Return what to tell of a picture that is not to be had."""
    name = shorten(unquote(source), 60)
    if re.match(r"[a-z][a-z0-9+.-]+:|//", source, re.IGNORECASE) and "attachment:" not in source:
        return (
            f"ほかの場所の画像「{name}」は載りません。"
            "ファイルを notebooks/ の下に置き、その名前を書いてください"
        )
    return (
        f"画像「{name}」がありません。ファイルの名前（大文字と小文字も）と、"
        "ノートブックから見た場所（作業フォルダの中）を確かめてください"
    )


def gone_words(found: Fitted) -> list[str]:
    """Return what to tell of HTML of which a page cannot show all."""
    words = [missing_words(source) for source in found.missing]
    if found.gone:
        words.append(
            f"HTML の一部（{'、'.join(found.gone)}）はスクリプトか、ほかの場所のものを使うため"
            "載りません。使わない形（表、画像）で表示してください"
        )
    return words


def _other_words(kind: str) -> str:
    if "bokeh" in kind:
        return (
            "bokeh の図はスクリプトで描かれるため載りません。"
            "画像（bokeh.io.export_png）にして Image() で表示するか、matplotlib で描いてください"
        )
    if "javascript" in kind:
        return "JavaScript は載りません。スクリプトを使わない形（表、画像）で表示してください"
    return f"「{kind}」の形のものは載りません。表か画像か文にして表示してください"
