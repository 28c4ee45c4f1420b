"""Bars drawn by matplotlib from shares, colours and words: geometry that knows no scores.

No axes: they would take three quarters of the time. All images are SVG with text as paths: sharp
at any zoom, and the reader needs no font.
"""

import base64
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from dxeval.presenting.colours import INK, ink_on, outline

with mpl.rc_context():  # registers IPAexGothic, and would make it everybody's font
    import_module("matplotlib_fontja")

Extent = tuple[float, float]
"""Left and width, as shares (0-1) of a whole bar."""
GAP = 0.004
"""White between two segments, as a share of the whole bar."""
LEFT, LEFT_AT_MOST = 0.15, 0.45
"""Room for labels left of bars, as a share of the figure's width."""
EM = 10.5 / 72 / 4.8
"""A label's character, as a share of that."""
RC: dict[Any, Any] = {
    "font.family": ["IPAexGothic"],
    "svg.fonttype": "path",
    "svg.hashsalt": "dxeval",
    "axes.unicode_minus": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "auto",
    "savefig.transparent": False,
}


class Segment(NamedTuple):
    """A piece of a bar, and the text to stand on it where there is room."""

    colour: str
    extent: Extent
    text: str


@dataclass(frozen=True)
class Row:
    """One bar among others.

    ``note`` stands where there are no segments. Rows of different ``group`` are set apart.
    """

    group: str
    label: str
    segments: Sequence[Segment]
    note: str = ""


def bar(extents: Iterable[tuple[str, Sequence[Extent]]]) -> Figure:
    """Return one bar as wide as the figure: colours, each with its extents."""
    with mpl.rc_context(RC):
        figure = Figure(figsize=(8, 0.45))
    for colour, places in extents:
        figure.add_artist(_segments(places, [0.04] * len(places), 0.92, colour))
    return figure


def bars(rows: Sequence[Row], colours: Iterable[str]) -> Figure:
    """Return labelled bars one below the other; ``colours`` in the order of drawing.

    Drawn in coordinates of shares across and rows downwards. Labels that are longer than a
    session's name are given room, the longest are cut.
    """
    left = min(max([LEFT, *(0.03 + EM * _ems(row.label) for row in rows)]), LEFT_AT_MOST)
    holds = int((left - 0.03) / EM)
    placed, y, last = [], 0.0, None
    for row in rows:
        if last not in (None, row.group):
            y += 0.6
        placed.append((y, row))
        y, last = y + 1, row.group
    with mpl.rc_context(RC):
        figure = Figure(figsize=(4.8, 0.1 + 0.29 * y))
        place = Affine2D().translate(0, 0.45 - y).scale(1 - left, -1 / (y + 0.1))
        place = place.translate(left, 0)
        draw: dict[str, Any] = {"transform": place + figure.transFigure, "va": "center"}
        for y, row in placed:
            figure.text(
                -0.02, y, _cut(row.label, holds), ha="right", fontsize=10.5, color=INK, **draw
            )
            _write(figure, y, row, draw)
        for colour in dict.fromkeys(colours):
            drawn = [
                (y, segment.extent)
                for y, row in placed
                for segment in row.segments
                if segment.colour == colour
            ]
            if drawn:
                bottoms = [y - 0.38 for y, _ in drawn]
                patch = _segments([extent for _, extent in drawn], bottoms, 0.76, colour)
                patch.set_transform(draw["transform"])
                figure.add_artist(patch)
    return figure


def _ems(text: str) -> float:
    """Return the width of a text in Japanese characters, Latin ones being half as wide."""
    return sum(0.55 if character.isascii() else 1 for character in text)


def _cut(label: str, ems: int) -> str:
    if _ems(label) <= ems:
        return label
    kept = [label[:n] for n in range(len(label)) if _ems(label[:n]) <= ems - 1]
    return f"{kept[-1] if kept else ''}…"


def _write(figure: Figure, y: float, row: Row, draw: Mapping[str, Any]) -> None:
    """Write a row's texts where their segments hold them, or its note."""
    if not row.segments:
        figure.text(0, y, row.note, fontsize=10, color=INK, **draw)
    for colour, (left, width), text in row.segments:
        if width > 0.026 * len(text):
            middle, ink = left + width / 2, ink_on(colour)
            figure.text(middle, y, text, ha="center", fontsize=10, color=ink, **draw)


def _segments(
    extents: Sequence[Extent], bottoms: Sequence[float], height: float, colour: str
) -> PathPatch:
    """Return a colour's segments of bars 1 wide as one patch, white to both sides of each.

    One path, since each patch costs as much as its draw.
    """
    left, width = np.array(extents).T
    bottom = np.array(bottoms)
    gap = np.minimum(GAP, 0.3 * width) / 2
    x0, x1, y0, y1 = left + gap, left + width - gap, bottom, bottom + height
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]).transpose(2, 0, 1)
    codes = [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY] * len(extents)
    return PathPatch(
        Path(corners.reshape(-1, 2), codes),
        facecolor=colour,
        edgecolor=outline(colour),
        linewidth=0.8,
    )


def svg_uri(figure: Figure, *, stretch: bool = False) -> str:
    """Return a figure as an SVG data URI; ``stretch`` lets it fill any width at its height."""
    buffer = io.StringIO()
    with mpl.rc_context(RC):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    _, _, svg = buffer.getvalue().partition('svg11.dtd">\n')
    if stretch:
        svg = svg.replace(" xmlns", ' preserveAspectRatio="none" xmlns', 1)
        svg = svg.replace("stroke-linejoin: miter", "vector-effect: non-scaling-stroke")
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
