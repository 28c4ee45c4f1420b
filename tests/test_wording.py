"""The sentences, exactly as a reader sees them."""

import pytest
from conftest import MakeScores
from pages import Page

from dxeval.presenting import tables, wording
from dxeval.workspace import Workspace

LEVELS = ("とても", "やや", "どちらでもない", "いいえ")


@pytest.mark.parametrize(
    ("counts", "missing", "said"),
    [
        ((9, 12, 0, 0), 0, "全員が「とても」「やや」と回答"),
        ((0, 12, 0, 0), 0, "全員が「やや」と回答"),
        ((12, 8, 1, 0), 0, "「とても」「やや」と回答"),
        ((9, 11, 0, 0), 1, "答えた全員が「とても」「やや」と回答"),
        ((0, 0, 2, 1), 0, "「とても」「やや」と回答した人はいない"),
        ((0, 0, 0, 0), 5, "有効な回答なし"),
        ((1, 0, 0, 0), 0, "全員が「とても」と回答"),
    ],
)
def test_headline(
    make_scores: MakeScores, counts: tuple[int, ...], missing: int, said: str
) -> None:
    scores = make_scores(dict(zip(LEVELS, counts, strict=True)), LEVELS[:2], missing)
    assert wording.headline(scores["設問"]) == said


def test_alt_text_says_the_numbers_in_one_sentence(make_scores: MakeScores) -> None:
    scores = make_scores(dict(zip(LEVELS, (3, 8, 5, 5), strict=True)), LEVELS[:2])
    text = wording.alt_text(scores["設問"])
    assert text == (
        "設問の帯グラフ：有効回答21人のうち11人（52%）が肯定的回答で、"
        "内訳はとても3人、やや8人、どちらでもない5人、いいえ5人。"
    )


@pytest.mark.parametrize(
    ("fewest", "most", "said"),
    [
        (21, 21, "4.8"),
        (6, 6, "16.7"),
        (1, 1, "100.0"),
        (400, 400, "0.3"),
        (6, 7, "14.3～16.7"),
        (399, 400, "0.3"),
    ],
)
def test_weight_of_one_respondent(fewest: int, most: int, said: str) -> None:
    assert wording.weight_text(fewest, most) == f"1人の重み {said}ポイント"


def test_caution_and_weight_are_of_the_item_that_fewest_answered(
    make_scores: MakeScores, real: Workspace
) -> None:
    scores = make_scores({"はい": 29, "いいえ": 0}, ("はい",), missing=3)
    assert scores.is_reference
    assert scores.n_respondents == 32
    assert scores.valid_range == (29, 29)
    (facts,) = Page(tables.cards(real.session("bpr-1"), scores).html).texts(".cards + p")
    assert "1人の重み 3.4ポイント" in facts
    assert facts.endswith("30人未満のため参考値")
