"""Worked by hand: what every figure of every page rests on."""

from dataclasses import replace

import pytest
from conftest import MakeScores

from dxeval.definitions.programme import FavourableRule
from dxeval.definitions.questions import Scale
from dxeval.errors import FigureError, NotAskedError
from dxeval.scoring.across import item_across, items_across, totals
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.rounding import length, percent, weight
from dxeval.scoring.score import Scores
from dxeval.workspace import Workspace

ITEM = Scale(name="設問", question="?", levels=("良い", "普通", "悪い"), favourable=("良い",))


@pytest.mark.parametrize(
    ("count", "n", "shown"),
    [
        (1, 3, 33),
        (2, 3, 67),
        (1, 8, 13),  # 12.5: half up, where round() gives 12
        (5, 8, 63),  # 62.5
        (17, 19, 89),  # 89.47: rounding twice would give 90
        (1, 200, 1),  # 0.5
        (0, 6, 0),
        (6, 6, 100),
        (999, 1000, 100),  # 99.9
    ],
)
def test_percent_is_rounded_once_half_up(count: int, n: int, shown: int) -> None:
    assert percent(count, n) == shown


def test_percent_of_nobody_is_an_error_and_not_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        percent(0, 0)


@pytest.mark.parametrize(
    ("n", "points"),
    [(21, "4.8"), (6, "16.7"), (1, "100.0"), (8, "12.5"), (400, "0.3"), (5000, "0.0")],
)
def test_weight_of_one_respondent_is_rounded_half_up(n: int, points: str) -> None:
    assert str(weight(n)) == points


def test_a_line_is_as_long_as_the_share() -> None:
    assert [length(share) for share in (11 / 21, 0, 1)] == ["52.381", "0.000", "100.000"]


@pytest.mark.parametrize(
    ("counts", "missing", "favourable", "said"),
    [
        ((1, 2), 0, ("良い",), "人数が2個、選択肢が3個"),
        ((1, 2, 3, 4), 0, ("良い",), "人数が4個、選択肢が3個"),
        ((1, -2, 3), 0, ("良い",), "負の人数があります（-2）"),
        ((1, 2, 3), -5, ("良い",), "負の人数があります（-5）"),
        ((1, 2, 3), 0, ("良い", "最高"), "「最高」は選択肢にありません"),
        ((1, 2, 3), 0, ("良い", "良い"), "重なっています（良い、良い）"),
        ((1, 2, 3), 0, (), "重なっています（なし）"),
    ],
)
def test_a_score_that_cannot_be_is_refused(
    counts: tuple[int, ...], missing: int, favourable: tuple[str, ...], said: str
) -> None:
    with pytest.raises(FigureError) as caught:
        Distribution(ITEM, missing, favourable, counts=counts)
    assert "「設問」" in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize("respondents", [5, 7, -6])
def test_scores_that_do_not_add_up_are_refused(respondents: int) -> None:
    item = Distribution(ITEM, 1, ITEM.favourable, counts=(1, 2, 2))
    assert Scores("s", 6, (item,))["設問"] is item
    with pytest.raises(FigureError, match=f"有効回答 5、無回答 1、回答者 {respondents}"):
        Scores("s", respondents, (item,))


def test_an_item_twice_is_refused() -> None:
    item = Distribution(ITEM, 1, ITEM.favourable, counts=(1, 2, 2))
    with pytest.raises(FigureError, match="s の集計に同じ設問が2度あります"):
        Scores("s", 6, (item, item))


def test_what_was_not_asked_is_an_error_of_its_own() -> None:
    item = Distribution(ITEM, 1, ITEM.favourable, counts=(1, 2, 2))
    scores = Scores("s", 6, (item,))
    assert scores.asked == ("設問",)
    with pytest.raises(
        NotAskedError, match="s では「別の設問」を聞いていません（聞いた設問：設問）"
    ):
        scores["別の設問"]
    for look in (item.count, item.share, item.percent, item.extent, item.units):
        with pytest.raises(NotAskedError, match="設問「設問」に選択肢「最高」はありません"):
            look("最高")


def test_pieces_of_a_bar_lie_one_after_the_other() -> None:
    item = Distribution(ITEM, 2, ITEM.favourable, counts=(1, 0, 3))
    assert [item.extent(level) for level in ITEM.levels] == [(0, 0.25), (0.25, 0), (0.25, 0.75)]
    assert item.units("悪い") == [(0.25, 0.25), (0.5, 0.25), (0.75, 0.25)]
    assert item.units("普通") == []
    assert item.favourable_length == "25.000"


def test_several_sessions_together() -> None:
    scores = {
        "a": Scores("a", 3, (Distribution(ITEM, 0, ITEM.favourable, counts=(1, 2, 0)),)),
        "b": Scores("b", 8, (Distribution(ITEM, 2, ITEM.favourable, counts=(5, 0, 1)),)),
        "c": Scores("c", 4, (Distribution(ITEM, 4, ITEM.favourable, counts=(0, 0, 0)),)),
    }
    across = item_across("設問", scores, scores)
    assert across.counts == {"良い": 6, "普通": 2, "悪い": 1}
    assert (across.n_valid, across.count("普通")) == (9, 2)
    assert across.favourable_range == (33, 83)
    assert len(across.answered) == 2
    assert item_across("設問", ["c"], scores).favourable_range is None
    assert items_across(list(scores), scores) == (across,)
    assert items_across([], scores) == ()
    other = replace(scores["b"]["設問"], item=ITEM.model_copy(update={"question": "!"}))
    with pytest.raises(FigureError, match="b の「設問」"):
        item_across("設問", scores, {**scores, "b": Scores("b", 8, (other,))})


def test_totals_count_attendances(real: Workspace) -> None:
    sessions = real.sessions()
    total = totals(sessions, real.score_all(sessions))
    assert (total.sessions, total.attendees, total.respondents, total.fewest) == (7, 108, 108, 6)


def test_response_rate() -> None:
    scores = Scores("s", 6, (Distribution(ITEM, 1, ITEM.favourable, counts=(1, 2, 2)),))
    assert [scores.response_rate(n) for n in (6, 8, 5)] == [100, 75, 120]


def test_counts_valid_n_missing_and_favourable(make_scores: MakeScores) -> None:
    scores = make_scores({"良い": 1, "普通": 2, "悪い": 0}, ("良い",), missing=3)
    item = scores["設問"]
    assert scores.n_respondents == 6
    assert dict(item) == {"良い": 1, "普通": 2, "悪い": 0}
    assert (item.n_valid, item.n_missing) == (3, 3)
    assert item.favourable_count == 1
    assert item.favourable_share == pytest.approx(1 / 3)
    assert item.favourable_percent == 33
    assert item.chosen == ("良い", "普通")


def test_all_missing_is_no_answer_and_not_zero_percent(make_scores: MakeScores) -> None:
    item = make_scores({"良い": 0, "悪い": 0}, ("良い",), missing=4)["設問"]
    assert (item.n_valid, item.n_missing, item.favourable_count) == (0, 4, 0)
    assert item.favourable_share is None
    assert item.favourable_percent is None
    assert item.percent("悪い") is None


def test_one_respondent(make_scores: MakeScores) -> None:
    item = make_scores({"良い": 0, "悪い": 1}, ("良い",))["設問"]
    assert (item.favourable_percent, item.percent("悪い")) == (0, 100)


def test_nobody_at_the_top_level_keeps_the_level(make_scores: MakeScores) -> None:
    item = make_scores({"とても": 0, "やや": 4, "いいえ": 1}, ("とても", "やや"))["設問"]
    assert item.counts == (0, 4, 1)
    assert item.favourable_percent == 80


def test_a_session_may_count_by_its_own_rule(make_scores: MakeScores) -> None:
    counts = {"大いに満足": 8, "満足": 11, "概ね満足": 1, "不満": 0}
    upper_three = ("大いに満足", "満足", "概ね満足")
    rule = FavourableRule(item="設問", levels=upper_three[:2], reason="理由")
    own = make_scores(counts, upper_three, rules=(rule,))["設問"]
    assert (own.favourable_percent, own.reason) == (95, "理由")
    plain = make_scores(counts, upper_three)["設問"]
    assert (plain.favourable_percent, plain.reason) == (100, None)


def test_frame_has_the_documented_columns_and_every_level(make_scores: MakeScores) -> None:
    frame = make_scores({"良い": 1, "普通": 2, "悪い": 0}, ("良い",), missing=1).frame
    assert list(frame.columns) == [
        "session_id",
        "item",
        "level",
        "count",
        "share",
        "n_valid",
        "n_missing",
        "favourable_count",
        "favourable_share",
    ]
    assert list(frame["count"]) == [1, 2, 0]
    assert frame["share"].sum() == pytest.approx(1)


def test_a_published_survey_gives_the_shares_its_publisher_printed(
    make_scores: MakeScores,
) -> None:
    """PISA 2009 ST25Q01 "Magazines", as the documentation of R's likert prints it."""
    counts = {
        "Several times a week": 11436,
        "Several times a month": 20353,
        "About once a month": 13995,
        "A few times a year": 13143,
        "Never or almost never": 6682,
    }
    levels = list(counts)
    item = make_scores(counts, tuple(levels[:2]), missing=1081)["設問"]
    assert item.n_valid == 65609
    low, neutral, high = item.share(*levels[3:]), item.share(levels[2]), item.favourable_share
    assert low is not None
    assert neutral is not None
    assert high is not None
    assert round(100 * low, 5) == 30.21689
    assert round(100 * neutral, 5) == 21.33091
    assert round(100 * high, 5) == 48.45219


@pytest.mark.parametrize(
    ("favourable", "start"),
    [(("a",), "0"), (("b", "c"), "25.000"), (("c",), "50.000"), (("a", "c"), None)],
)
def test_where_the_favourable_levels_begin_in_the_bar(
    make_scores: MakeScores, favourable: tuple[str, ...], start: str | None
) -> None:
    score = make_scores({"a": 1, "b": 1, "c": 1, "d": 1}, favourable)["設問"]
    assert score.favourable_start == start
