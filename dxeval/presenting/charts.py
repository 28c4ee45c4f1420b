"""From Scores to matplotlib figures. Draws counts; every number it writes is the score's.

A session's bar holds no text: headline, legend and counts are HTML around it, so they wrap on a
phone, grow with the reader's text size and can be read aloud. All images are SVG with text as
paths: sharp at any zoom, and the reader needs no font.
"""

import base64
import io
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import accumulate
from typing import Any

import matplotlib as mpl
import numpy as np
import seaborn as sns
from markupsafe import Markup
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from dxeval.definitions.programme import ProgrammeFile, Session, session_label
from dxeval.definitions.survey import Item
from dxeval.presenting import wording
from dxeval.presenting.html import Fragment, element, join, section
from dxeval.scoring.score import ItemScore, Scores

with mpl.rc_context():  # registers IPAexGothic, and would make it everybody's font
    import_module("matplotlib_fontja")

UNITS_UP_TO = 40
"""Up to this many respondents each is a visible unit of the bar."""
FAVOURABLE = ("#0b3b6f", "#2f75b6", "#9cc6ea")
NEUTRAL = ("#e3e6ea", "#c9ced6")
UNFAVOURABLE = ("#d98324", "#a04605")
INK = "#1a2433"
OUTLINE = "#6a7686"
"""Around colours too pale to stand out from the white page (WCAG 1.4.11)."""
GAP = 0.004
"""White between two segments, as a share of the whole bar."""
RC: dict[Any, Any] = {
    "font.family": ["IPAexGothic"],
    "svg.fonttype": "path",
    "svg.hashsalt": "dxeval",
    "axes.unicode_minus": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "auto",
    "savefig.transparent": False,
}


def warm_up() -> None:
    """Draw for nothing, so that fonts and back end are loaded before a process is forked."""
    item = Item(name="?", question="?", levels=("1", "2"), favourable=("1",))
    figure = bar(ItemScore(item, (1, 1), 0, item.favourable))
    figure.text(0, 0, "①第1回", font=RC["font.family"][0])
    _svg_uri(figure)


@cache
def colours(item: Item) -> dict[str, str]:
    """Return a colour for each level: blues, grey, oranges; darker the further from neutral."""
    good = item.favourable
    rest = [level for level in item.levels if level not in good]
    neutral = [level for level in rest if level in item.neutral]
    bad = [level for level in rest if level not in item.neutral]
    blues = sns.blend_palette(FAVOURABLE, max(len(good), len(FAVOURABLE))).as_hex()
    greys = sns.blend_palette(NEUTRAL, max(len(neutral), 2)).as_hex()
    oranges = sns.blend_palette(UNFAVOURABLE, max(len(bad), 2)).as_hex()
    return dict(
        [
            *zip(good, blues, strict=False),
            *zip(neutral, greys, strict=False),
            *zip(bad, oranges, strict=False),
        ]
    )


def session_charts(scores: Scores) -> Fragment:
    """Return one chart an item: headline, bracket of the favourable share, bar, legend."""
    return Fragment(join(_item_chart(score) for score in scores if scores.n_respondents))


def _item_chart(score: ItemScore) -> Markup:
    mark = "＊" if score.reason else ""
    heading = f"{score.item.name}{mark} — {wording.headline(score)}"
    if not score.n_valid:
        return element('<figure class="chart"><figcaption>{}</figcaption></figure>', heading)
    return element(
        '<figure class="chart"><figcaption>{}</figcaption>'
        '<div class="bracket" style="--share:{}%"><span>肯定的回答 {}/{}人</span></div>'
        '<img class="bar" src="{}" alt="{}">{}</figure>',
        heading,
        f"{100 * (score.favourable_share or 0):.3f}",
        score.favourable_count,
        score.n_valid,
        _svg_uri(bar(score), stretch=True),
        wording.alt_text(score),
        legend(score.item, dict(score)),
    )


def legend(item: Item, counts: Mapping[str, int]) -> Markup:
    """Return the levels that somebody chose, each with its colour and count."""
    colour = colours(item)
    return element(
        '<ul class="legend">{}</ul>',
        join(
            element(
                '<li><span class="swatch" style="color:{}"></span>{} {}人</li>',
                colour[level],
                level,
                counts[level],
            )
            for level in item.levels
            if counts[level]
        ),
    )


def bar(score: ItemScore) -> Figure:
    """Return one item's bar: a unit a respondent while they are few, else stacked segments.

    One patch a level that somebody chose; its coordinates are shares of the figure. No axes: they
    would take three quarters of the time.
    """
    with mpl.rc_context(RC):
        figure = Figure(figsize=(8, 0.45))
    n = score.n_valid
    few = n <= UNITS_UP_TO
    colour = colours(score.item)
    starts = accumulate(score.counts, initial=0)
    for (level, count), start in zip(score, starts, strict=False):
        if count:
            lefts, width = (range(start, start + count), 1) if few else ([start], count)
            extents = [(left / n, width / n) for left in lefts]
            figure.add_artist(_segments(extents, [0.04] * len(extents), 0.92, colour[level]))
    return figure


def _segments(
    extents: Sequence[tuple[float, float]], bottoms: Sequence[float], height: float, colour: str
) -> PathPatch:
    """Return a level's segments of bars 1 wide as one patch, white to both sides of each.

    ``extents`` are their lefts and widths. One path, since each patch costs as much as its draw.
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
        edgecolor=OUTLINE if contrast(colour, "white") < 3 else colour,
        linewidth=0.8,
    )


def comparison_charts(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> Fragment:
    """Return one chart an item: the full distributions of all sessions side by side."""
    answered = [session for session in sessions if scores[session.id].n_respondents]
    if not answered:
        return Fragment(Markup())
    parts = []
    for first in scores[answered[0].id]:
        name = first.item.name
        items = [(session, scores[session.id][name]) for session in answered]
        labelled = [(session_label(session, programme), score) for session, score in items]
        totals = {
            level: sum(score.count(level) for _, score in items) for level in first.item.levels
        }
        parts.append(
            element(
                '<figure class="chart"><figcaption>{}</figcaption>'
                '<img src="{}" alt="{}">{}</figure>',
                name,
                _svg_uri(comparison(items, programme)),
                wording.comparison_alt_text(name, labelled),
                legend(first.item, totals),
            )
        )
    note = element(
        '<p class="quiet">帯の中の数字は人数、凡例は延べ人数。'
        "回ごとに内容も参加者も異なるため、回の間の上下は成長を意味しない。</p>"
    )
    return section("回ごとの回答の分布", element('<div class="grid">{}</div>', join(parts)), note)


def comparison(items: Sequence[tuple[Session, ItemScore]], programme: ProgrammeFile) -> Figure:
    """Return one item's distributions, a row a session, programmes set apart.

    Drawn without axes, in coordinates of shares across and rows downwards.
    """
    rows, y, last = [], 0.0, None
    for session, score in items:
        if last not in (None, session.programme):
            y += 0.6
        rows.append((y, session, score))
        y, last = y + 1, session.programme
    with mpl.rc_context(RC):
        figure = Figure(figsize=(4.8, 0.1 + 0.29 * y))
        place = Affine2D().translate(0, 0.45 - y).scale(0.85, -1 / (y + 0.1)).translate(0.15, 0)
        draw: dict[str, Any] = {"transform": place + figure.transFigure, "va": "center"}
        for y, session, score in rows:
            label = session_label(session, programme)
            figure.text(-0.02, y, label, ha="right", fontsize=10.5, color=INK, **draw)
            if score.n_valid:
                _counts(figure, y, score, draw)
            else:
                figure.text(0, y, "有効な回答なし", fontsize=10, color=INK, **draw)
        for level, colour in colours(items[0][1].item).items():
            drawn = [(y, score) for y, _, score in rows if score.n_valid and score.count(level)]
            if drawn:
                extents = [_extent(score, level) for _, score in drawn]
                patch = _segments(extents, [y - 0.38 for y, _ in drawn], 0.76, colour)
                patch.set_transform(draw["transform"])
                figure.add_artist(patch)
    return figure


def _extent(score: ItemScore, level: str) -> tuple[float, float]:
    """Return where a level's segment starts and how wide it is, as shares of the valid answers."""
    before = score.item.levels[: score.item.levels.index(level)]
    return score.share(*before) or 0.0, score.share(level) or 0.0


def _counts(figure: Figure, y: float, score: ItemScore, draw: Mapping[str, Any]) -> None:
    """Write one session's counts where their segments hold them."""
    for level, colour in colours(score.item).items():
        (left, width), text = _extent(score, level), str(score.count(level))
        if width > 0.026 * len(text):
            middle, ink = left + width / 2, _ink_on(colour)
            figure.text(middle, y, text, ha="center", fontsize=10, color=ink, **draw)


def _ink_on(colour: str) -> str:
    return max("white", INK, key=lambda ink: contrast(ink, colour))


@cache
def contrast(one: str, other: str) -> float:
    """Return the contrast ratio (1-21) of two colours, as WCAG 2 defines it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _svg_uri(figure: Figure, *, stretch: bool = False) -> str:
    """Return a figure as an SVG data URI; ``stretch`` lets it fill any width at its height."""
    buffer = io.StringIO()
    with mpl.rc_context(RC):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    if stretch:
        svg = svg.replace("<svg ", '<svg preserveAspectRatio="none" ', 1)
        svg = svg.replace("stroke-linejoin: miter", "vector-effect: non-scaling-stroke")
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
