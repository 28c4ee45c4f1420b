"""Figures: what is drawn, in which colours, with every glyph."""

import warnings
from itertools import pairwise

import matplotlib as mpl
import pytest
from conftest import MakeScores
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from dxeval import charts
from dxeval.survey import Item
from dxeval.workspace import Workspace

LEVELS = ("とても", "やや", "どちらでもない", "いいえ")


def rectangles(figure: object) -> list[tuple[float, float, str]]:
    (axes,) = figure.axes  # type: ignore[attr-defined]
    return [
        (patch.get_x(), patch.get_width(), to_hex(patch.get_facecolor()))
        for patch in axes.patches
        if isinstance(patch, Rectangle)
    ]


def test_each_respondent_is_a_unit_while_they_are_few(make_scores: MakeScores) -> None:
    item = make_scores(dict(zip(LEVELS, (3, 2, 0, 1), strict=True)), LEVELS[:2])["設問"]
    drawn = rectangles(charts.bar(item))
    assert [(x, width) for x, width, _ in drawn] == [(x, 1) for x in range(6)]
    colour = charts.colours(item.item)
    levels = ["とても"] * 3 + ["やや"] * 2 + ["いいえ"]
    assert [c for _, _, c in drawn] == [colour[level] for level in levels]


def test_many_respondents_are_plain_stacks(make_scores: MakeScores) -> None:
    item = make_scores(dict(zip(LEVELS, (300, 60, 0, 40), strict=True)), LEVELS[:2])["設問"]
    assert [(x, w) for x, w, _ in rectangles(charts.bar(item))] == [(0, 300), (300, 60), (360, 40)]


def test_nobody_answered_draws_no_bar(make_scores: MakeScores) -> None:
    scores = make_scores(dict.fromkeys(LEVELS, 0), LEVELS[:2], missing=3)
    html = charts.session_charts(scores).html
    assert "有効な回答なし" in html
    assert "<img" not in html


@pytest.mark.parametrize("n_levels", range(2, 8))
def test_every_level_has_its_own_colour_from_dark_to_light_to_dark(n_levels: int) -> None:
    names = tuple(f"選択肢{i}" for i in range(n_levels))
    for n_favourable in range(1, n_levels):
        neutral = names[n_favourable : n_favourable + 1] if n_favourable < n_levels - 1 else ()
        item = Item(
            name="i", question="?", levels=names, favourable=names[:n_favourable], neutral=neutral
        )
        colours = charts.colours(item)
        assert list(colours) == list(names)
        assert len(set(colours.values())) == n_levels
        light = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(to_rgb, colours.values())]
        assert all(a < b for a, b in pairwise(light[:n_favourable]))
        bad = light[n_favourable + len(neutral) :]
        assert all(a > b for a, b in pairwise(bad))


def test_every_glyph_is_there(real: Workspace) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sessions = real.sessions()
        scores = real.score_all(sessions)
        charts.comparison_charts(sessions, scores, real.programme)
        for one in scores.values():
            charts.session_charts(one)


def test_a_missing_glyph_would_be_noticed(real: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(charts.RC, "font.family", ["DejaVu Sans"])
    sessions = real.sessions()
    with pytest.raises(UserWarning, match="missing from font"):
        charts.comparison_charts(sessions, real.score_all(sessions), real.programme)


def test_charts_are_the_same_twice_and_leave_settings_alone(real: Workspace) -> None:
    before = dict(mpl.rcParams)
    session = real.session("bpr-1")
    scores = real.score(session, real.responses(session))
    assert charts.session_charts(scores).html == charts.session_charts(scores).html
    assert dict(mpl.rcParams) == before
