"""Worked by hand: what every figure of every page rests on."""

import pytest
from conftest import MakeScores

from dxeval.definitions.programme import FavourableRule
from dxeval.scoring.rounding import percent


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
