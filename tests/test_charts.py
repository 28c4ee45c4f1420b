"""Figures: what is drawn, in which colours, with every glyph."""

import math
import warnings
from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pytest
from conftest import MakeScores
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from pages import Page, words

from dxeval.definitions.kinds import kind_of
from dxeval.definitions.questions import Scale
from dxeval.presenting import charts, drawing
from dxeval.presenting.colours import FAVOURABLE, contrast, level_colours
from dxeval.presenting.html import STYLE
from dxeval.scoring.across import items_across
from dxeval.workspace import Workspace

LEVELS = ("とても", "やや", "どちらでもない", "いいえ")


def segments(figure: Figure, n: int) -> list[tuple[float, float, str]]:
    """Return left and width, in respondents, and colour of all segments of the bar of ``n``."""
    return [
        (n * corners[:, 0].min(), n * np.ptp(corners[:, 0]), to_hex(patch.get_facecolor()))
        for patch in figure.artists
        if isinstance(patch, PathPatch)
        for corners in patch.get_path().to_polygons()
    ]


def test_each_respondent_is_a_unit_while_they_are_few(make_scores: MakeScores) -> None:
    item = make_scores(dict(zip(LEVELS, (3, 2, 0, 1), strict=True)), LEVELS[:2])["設問"]
    drawn = segments(charts.bar(item), 6)
    assert [(round(x), round(width)) for x, width, _ in drawn] == [(x, 1) for x in range(6)]
    assert all(x + width < after for (x, width, _), (after, _, _) in pairwise(drawn))
    colour = level_colours(item.item)
    levels = ["とても"] * 3 + ["やや"] * 2 + ["いいえ"]
    assert [c for _, _, c in drawn] == [colour[level] for level in levels]


def test_many_respondents_are_plain_stacks(make_scores: MakeScores) -> None:
    item = make_scores(dict(zip(LEVELS, (300, 60, 0, 40), strict=True)), LEVELS[:2])["設問"]
    drawn = [(round(x, 1), round(w, 1)) for x, w, _ in segments(charts.bar(item), 400)]
    assert drawn == [(0.8, 298.4), (300.8, 58.4), (360.8, 38.4)]


def test_one_of_four_hundred_is_still_drawn(make_scores: MakeScores) -> None:
    item = make_scores(dict(zip(LEVELS, (399, 0, 0, 1), strict=True)), LEVELS[:2])["設問"]
    assert [round(width, 1) for _, width, _ in segments(charts.bar(item), 400)] == [397.4, 0.7]


def test_nobody_answered_draws_no_bar(make_scores: MakeScores) -> None:
    scores = make_scores(dict.fromkeys(LEVELS, 0), LEVELS[:2], missing=3)
    figure = Page(charts.session_charts(scores).html).only("figure")
    assert "有効な回答なし" in words(figure)
    assert not figure.select("img")


@pytest.mark.parametrize("n_levels", range(2, 8))
def test_every_level_has_its_own_colour_from_dark_to_light_to_dark(n_levels: int) -> None:
    names = tuple(f"選択肢{i}" for i in range(n_levels))
    for n_favourable in range(1, n_levels):
        neutral = names[n_favourable : n_favourable + 1] if n_favourable < n_levels - 1 else ()
        item = Scale(
            name="i", question="?", levels=names, favourable=names[:n_favourable], neutral=neutral
        )
        colours = level_colours(item)
        assert list(colours) == list(names)
        assert len(set(colours.values())) == n_levels
        light = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(to_rgb, colours.values())]
        assert all(a < b for a, b in pairwise(light[:n_favourable]))
        bad = light[n_favourable + len(neutral) :]
        assert all(a > b for a, b in pairwise(bad))


# Severity 1.0 of Machado, Oliveira & Fernandes (2009), for linear RGB.
VISION = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "grey print": ((0.2126, 0.7152, 0.0722),) * 3,
}


def seen(colour: str, vision: str) -> str:
    rgb = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    mixed = [sum(w * c for w, c in zip(row, rgb, strict=True)) for row in VISION[vision]]
    clipped = [min(max(c, 0), 1) for c in mixed]
    return to_hex(
        [12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in clipped]
    )


def lab(colour: str) -> tuple[float, float, float]:
    """Return CIELAB (D65), in which a distance of 2.3 can just be noticed."""
    rgb = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    x, y, z = (
        math.cbrt(sum(w * c for w, c in zip(row, rgb, strict=True)))
        for row in (
            (0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505),
            (0.2126, 0.7152, 0.0722),
            (0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089),
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("vision", VISION)
def test_neighbouring_levels_differ_for_every_eye_and_in_grey(real: Workspace, vision: str) -> None:
    for item in (item for item in real.survey.items if isinstance(item, Scale)):
        colours = [seen(colour, vision) for colour in level_colours(item).values()]
        for colour, other in pairwise(colours):
            assert math.dist(lab(colour), lab(other)) > 12, (item.name, colour, other)


def test_the_simulation_would_notice() -> None:
    red, green = "#a85a2a", "#6f7a1e"
    assert math.dist(lab(red), lab(green)) > 30
    assert math.dist(lab(seen(red, "deuteranopia")), lab(seen(green, "deuteranopia"))) < 12


@pytest.mark.parametrize("n_levels", range(2, 8))
def test_every_segment_stands_out_from_the_page(make_scores: MakeScores, n_levels: int) -> None:
    names = [f"選択肢{i}" for i in range(n_levels)]
    item = make_scores(dict.fromkeys(names, 9), tuple(names[: n_levels // 2]))["設問"]
    figure = charts.bar(item)
    n = 9 * n_levels
    assert len(segments(figure, n)) == (n if n <= 40 else n_levels)
    for patch in figure.artists:
        assert contrast(to_hex(patch.get_edgecolor()), "white") >= 3


@pytest.mark.parametrize("ink", ["#1a2433", "#4b5768", "#123f73", "#8f3d00", "#1f5c99"])
def test_text_can_be_read_on_every_ground(ink: str) -> None:
    assert ink in STYLE.read_text(encoding="utf-8")
    assert contrast(ink, "#f4f6f9") >= 4.5


def compare_in_pictures(real: Workspace) -> None:
    """Draw what exploring shows of several sessions: letters as paths."""
    sessions = real.sessions()
    scores = real.score_all(sessions)
    for across in items_across([session.id for session in sessions], scores):
        rows = charts.compared_rows(across, sessions, scores, real.programme)
        kind_of(across.item).compared(across, rows)


def test_every_glyph_is_there(real: Workspace) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compare_in_pictures(real)
        for session_scores in real.score_all(real.sessions()).values():
            charts.session_charts(session_scores)


def test_a_missing_glyph_would_be_noticed(real: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(drawing.RC, "font.family", ["DejaVu Sans"])
    with pytest.raises(UserWarning, match="missing from font"):
        compare_in_pictures(real)


def test_charts_are_the_same_twice_and_leave_settings_alone(real: Workspace) -> None:
    before = dict(mpl.rcParams)
    session = real.session("bpr-1")
    scores = real.score(session, real.responses(session))
    assert charts.session_charts(scores).html == charts.session_charts(scores).html
    assert dict(mpl.rcParams) == before


def test_many_levels_go_from_the_first_colour_of_their_side_to_the_last() -> None:
    levels = tuple("1234567")
    scale = Scale(name="?", question="?", levels=levels, favourable=levels[:-1])
    found = [*level_colours(scale).values()]
    assert (found[0], found[-2]) == (FAVOURABLE[0], FAVOURABLE[-1])
    assert len(set(found)) == len(levels)
