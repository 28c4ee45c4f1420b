"""What the index and the pages of several sessions say first, worked out by hand."""

from collections.abc import Sequence

import pytest
from pages import Page

from dxeval.presenting.lead_across import lead_of_all, words
from dxeval.scoring.kept import Kept
from dxeval.scoring.together import Held, together


def share(item: str, count: int, n: int, *, own_rule: bool = False) -> Kept:
    return Kept(item, n, count, "?", "?", own_rule)


def held(
    label: str,
    *items: Kept,
    came: int,
    answered: int | None,
    of: str = "a",
    not_asked: Sequence[str] = (),
) -> Held:
    return Held(label, of, came, answered, items, not_asked)


def said(*sessions: Held, brief: bool = False) -> str:
    return "".join(text for text, _ in words(together(sessions), brief=brief))


FULL = (share("理解度", 5, 5), share("満足度", 5, 5))


def test_all_shares_are_full() -> None:
    assert said(
        held("①第1回", *FULL, came=5, answered=5),
        held("②第1回", *FULL, came=5, answered=5, of="b"),
    ) == ("2事業・2回、延べ10人が参加し全員が回答した。肯定的回答の割合は、4のすべてが100%。")


def test_some_are_not_and_the_most_frequent_comes_first() -> None:
    sessions = (
        held("①第1回", share("理解度", 20, 21), share("習得度", 11, 21), came=21, answered=21),
        held("①第2回", share("理解度", 10, 10), share("習得度", 9, 10), came=12, answered=10),
        held("①第3回", share("理解度", 4, 4), share("習得度", 4, 4), came=4, answered=4),
    )
    assert said(*sessions) == (
        "3回、延べ37人が参加し、延べ35人が回答した。肯定的回答の割合は、6のうち3が100%。"
        "100%に満たないのは、習得度が2回（52～90%、延べ20/31人）、理解度が①第1回（95%、20/21人）。"
        "回の間の開きが最も大きいのは習得度（52～100%）。"
    )
    assert "開き" not in said(*sessions, brief=True)


def test_sessions_that_are_called_alike_are_each_counted() -> None:
    sessions = [
        held("Aの第1回", share("理解度", count, 4), came=4, answered=4, of=programme)
        for programme, count in (("a", 1), ("b", 3))
    ]
    (below,) = together(sessions).below
    assert (below.sessions, below.count, below.n) == (("Aの第1回",) * 2, 4, 8)
    assert "理解度が2回（25～75%、延べ4/8人）" in said(*sessions)


def test_none_is_full() -> None:
    assert said(
        held("第1回", share("理解度", 1, 2), share("満足度", 0, 2), came=2, answered=2),
    ) == (
        "1回、2人が参加し全員が回答した。肯定的回答の割合は、2のどれも100%に満たない。"
        "内訳は、理解度が第1回（50%、1/2人）、満足度が第1回（0%、0/2人）。"
    )


def test_one_session_with_one_share() -> None:
    assert said(held("第1回", share("理解度", 1, 1), came=1, answered=1)) == (
        "1回、1人が参加し回答した。肯定的回答の割合は100%。"
    )
    assert said(held("第1回", share("理解度", 2, 3), came=3, answered=3)).endswith(
        "肯定的回答の割合は67%、2/3人。"
    )


def test_a_share_that_is_full_only_when_rounded_is_not_called_100_percent() -> None:
    one = held(
        "①第1回", share("満足度", 399, 400), share("理解度", 400, 400), came=400, answered=400
    )
    assert "うち1が100%。100%に満たないのは、満足度が①第1回（399/400人）。" in said(one)
    two = held("①第2回", share("満足度", 1, 2), came=2, answered=2)
    assert "満足度が2回（50%から100%未満、延べ400/402人）" in said(one, two)
    assert "満足度が2回（100%未満、延べ798/800人）" in said(one, one_more(one))


def one_more(session: Held) -> Held:
    return Held("①第9回", "a", session.attendees, session.respondents, session.items)


def test_of_many_items_the_lowest_is_named() -> None:
    items = [share(f"設問{i}", i, 10) for i in range(3, 9)]
    assert said(held("①第1回", *items, share("全", 10, 10), came=10, answered=10)).endswith(
        "7のうち1が100%。100%に満たないのは6問にある。最も低いのは①第1回の設問3の30%（3/10人）。"
    )


def test_nobody_answered_or_nothing_arrived() -> None:
    waiting = held("①第2回", came=4, answered=None)
    assert said(waiting) == "1回、4人が参加し、回答はまだない。"
    nobody = held("①第1回", share("理解度", 0, 0), came=4, answered=0)
    assert said(nobody) == (
        "1回、4人が参加し、回答した人はいない。理解度は①第1回で有効な回答がない。"
    )
    assert said(held("①第1回", *FULL, came=5, answered=5), waiting).startswith(
        "2回、延べ9人が参加し、延べ5人が回答した。1回は回答待ち。"
    )


def test_a_session_of_which_only_figures_are_published_is_in_no_sum() -> None:
    only = Kept("理解度", 9, value="90%", brief="8/9人", published=True, few=8, many=8)
    last_year = held("①第9回", only, came=9, answered=None)
    assert said(last_year) == "1回、9人が参加し、回答は手もとにない。1回は公表された値だけ。"
    assert said(held("①第1回", *FULL, came=5, answered=5), last_year).startswith(
        "2回、延べ14人が参加し、回答のある1回で延べ5人が回答した。1回は公表された値だけ。"
        "肯定的回答の割合は、2のすべてが100%。"
    )


def test_more_answers_than_people_are_answers() -> None:
    assert said(held("①第1回", *FULL, came=4, answered=5)).startswith(
        "1回、4人が参加し、5件の回答があった。"
    )


def test_what_was_not_asked_is_said_by_the_sessions_of_which_it_is_true() -> None:
    lacking = ("習得度", "感想", "その他")
    assert said(
        held("①第1回", *FULL, came=5, answered=5, not_asked=lacking),
        held("①第2回", *FULL, came=5, answered=5, not_asked=lacking[:2]),
    ).endswith(
        "すべてが100%。習得度・感想は①第1回・①第2回で質問していない。その他は①第1回で質問していない。"
    )


def test_numbers_alone_have_no_share() -> None:
    number = Kept("残業", 5, None, "12時間", "中央値（5人）")
    assert said(held("①第1回", number, came=5, answered=5)) == (
        "1回、5人が参加し全員が回答した。肯定的回答の割合を出す設問はない。"
    )


@pytest.mark.parametrize(("left_out", "told"), [(0, False), (2, True)])
def test_sessions_that_could_not_be_made_are_said_to_be_left_out(left_out: int, told: bool) -> None:
    lead = Page(lead_of_all([held("①第1回", *FULL, came=5, answered=5)], left_out).html)
    assert ("作成できなかった2回は含まない。" in lead.text("p")) is told
    assert lead.text("strong").endswith("2のすべてが100%")


def test_no_session_says_nothing() -> None:
    assert not lead_of_all([], 3)


def test_a_small_bar_has_units_while_they_are_few() -> None:
    assert [share("i", 1, n).units for n in (1, 25, 26)] == [1, 25, 0]
    assert share("i", 1, 8).percent == 13
    assert share("i", 0, 0).is_full is None
