"""Questions whose favourable answers are not counted by one rule: marked, never pooled, beside."""

import csv
import io
import re
from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import Page

from dxeval.definitions.programme import FavourableRule
from dxeval.definitions.questions import Rating, Scale
from dxeval.presenting import charts, tables
from dxeval.presenting.glance import kept_item
from dxeval.presenting.lead_across import words
from dxeval.presenting.review import review
from dxeval.scoring.across import ItemAcross, items_across
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.kept import Kept
from dxeval.scoring.pooling import rule_of
from dxeval.scoring.rules import beside
from dxeval.scoring.score import score
from dxeval.scoring.together import Held, together
from dxeval.scoring.values import Ratings
from dxeval.workspace import Workspace

MARK = "数え方が違う回あり"


def kept(count: int, n: int, rule: str, *, own: bool = False, item: str = "満足度") -> Kept:
    return Kept(item, n, count, "?", "?", own, rule)


def said(*shares: Kept) -> str:
    held = [Held(f"第{i}回", "a", k.n, k.n, [k]) for i, k in enumerate(shares, 1)]
    return "".join(text for text, _ in words(together(held)))


def test_people_counted_by_two_rules_are_not_added_up() -> None:
    told = said(kept(9, 10, "満足 概ね"), kept(7, 10, "満足", own=True))
    assert "満足度＊が2回（70～90%、数え方の違う回を含む）" in told
    assert "16/20" not in told
    assert told.endswith("満足度は回によって数え方が違う（＊）。")
    shares = [kept(9, 10, "満足 概ね"), kept(7, 10, "満足", own=True)]
    (below,) = together([Held(f"第{k.count}回", "a", 10, 10, [k]) for k in shares]).below
    assert (below.mixed, below.count, below.n) == (True, 0, 0)
    alike = said(kept(9, 10, "満足", own=True), kept(7, 10, "満足", own=True))
    assert "満足度＊が2回（70～90%、延べ16/20人）" in alike
    assert "数え方" not in alike


def test_a_full_share_by_another_rule_is_told_of_too() -> None:
    assert said(kept(10, 10, "a b"), kept(7, 10, "a", own=True)).endswith("数え方が違う（＊）。")


def test_the_widest_spread_is_between_sessions_of_one_rule() -> None:
    other = [kept(c, 10, "x", item="習得度") for c in (6, 8)]
    mine = [kept(10, 10, "a b"), kept(1, 10, "a", own=True)]
    held = [
        Held(f"第{i}回", "a", 10, 10, pair)
        for i, pair in enumerate(zip(mine, other, strict=True), 1)
    ]
    told = "".join(text for text, _ in words(together(held)))
    assert "開きが最も大きいのは習得度（60～80%）" in told


def test_the_widest_spread_may_be_that_of_any_rule() -> None:
    rules = [("a b", 10), ("a", 9), ("a", 2)]
    held = [
        Held(f"第{i}回", "a", 10, 10, [kept(count, 10, rule), kept(5 + i, 10, "x", item="習得度")])
        for i, (rule, count) in enumerate(rules)
    ]
    widest = together(held).widest
    assert widest is not None
    assert (widest.items, widest.lowest.count, widest.highest.count) == (("満足度",), 2, 9)


def test_rules_of_other_labels_are_other_rules() -> None:
    labels = ("a b", "a", "b", "c")
    item = Scale(name="q", question="q", levels=labels)

    def rule(*favourable: str) -> str:
        return kept_item(Distribution(item, 0, favourable, None, (1, 1, 1, 1))).rule

    assert rule("a b") != rule("a", "b")


def across(
    levels: tuple[str, ...], favourable: tuple[str, ...], **own: tuple[str, ...]
) -> ItemAcross:
    item = Scale(name="設問", question="?", levels=levels, favourable=favourable)
    counts = tuple(range(1, len(levels) + 1))
    scores = {"s": Distribution(item, 0, favourable, None, counts)}
    scores |= {k: Distribution(item, 0, rule, "事情", counts) for k, rule in own.items()}
    return ItemAcross(item, scores)


def steps(found: ItemAcross, *, every: bool = True) -> list[str]:
    there = beside(found, every=every)
    return ["".join(step) for step in there.steps] if there else []


@pytest.mark.parametrize(
    ("levels", "favourable", "own", "expected"),
    [
        ("ab", "a", "", []),
        ("abc", "a", "", ["a", "ab"]),
        ("abcde", "ab", "", ["a", "ab", "abc"]),
        ("abcde", "e", "", ["e", "de", "cde"]),
        ("abcde", "c", "", ["c", "bcd"]),
        ("abcdefg", "d", "", ["d", "cde", "bcdef"]),
        ("abcdefg", "cde", "d", ["d", "cde", "bcdef"]),
        ("abcdefghijkl", "abcdef", "", ["a", "ab", "abc", "abcdef"]),
        ("abcde", "abc", "ab", ["a", "ab", "abc"]),
        ("abcde", "ab", "de", ["ab", "de"]),
        ("abcde", "ac", "", []),
        ("abcde", "ac", "a", ["a", "ac"]),
    ],
)
def test_which_rules_stand_beside_each_other(
    levels: str, favourable: str, own: str, expected: list[str]
) -> None:
    others: Mapping[str, tuple[str, ...]] = {"t": tuple(own)} if own else {}
    assert steps(across(tuple(levels), tuple(favourable), **others)) == expected


def test_only_mixed_questions_unless_all_are_wanted() -> None:
    assert not steps(across(tuple("abc"), ("a",)), every=False)
    assert steps(across(tuple("abc"), ("a",), t=("a", "b")), every=False) == ["a", "ab"]
    assert not steps(across(tuple("abc"), ("b", "a"), t=("a", "b")), every=False)


def test_a_rating_has_its_highest_numbers() -> None:
    item = Rating(
        kind="rating", name="点", question="?", lowest=0, highest=10, favourable=("9", "10")
    )
    found = ItemAcross(item, {"s": Ratings(item, 0, item.favourable, counts=(1,) * 11)})
    there = beside(found, every=True)
    assert there and there.steps == (("10",), ("9", "10"), ("8", "9", "10"))


@given(st.data())
def test_steps_hold_every_rule_in_force_and_never_all_levels(data: st.DataObject) -> None:
    levels = tuple("abcdefghijkl"[: data.draw(st.integers(2, 12))])
    rule = st.sets(st.sampled_from(levels), min_size=1, max_size=len(levels) - 1)
    mine, other = (tuple(sorted(data.draw(rule))) for _ in "12")
    found = beside(across(levels, mine, t=other), every=True)
    for step in found.steps if found else ():
        assert 0 < len(step) < len(levels)
        assert found and found.together(step)[0] == 2 * sum(levels.index(x) + 1 for x in step)
    if found:
        assert {mine, other} <= {*found.steps}
        assert [own for *_, own in found.cells("t")].count(True) == 1
    else:
        assert mine == other


def test_the_surveys_rule_once_more_is_no_rule_of_ones_own(real: Workspace) -> None:
    session = real.session("exchange-1")
    item = real.survey.item("満足度")
    same = FavourableRule(
        item="満足度", levels=("概ね満足", "満足", "大いに満足"), reason="念のため"
    )
    scores = score(real.responses(session), real.survey, [same])
    assert scores["満足度"].reason is None
    twice = [session.model_copy(update={"favourable": (same,)}), real.session("exchange-3")]
    assert rule_of(item, twice) == (None, ())


def test_every_place_that_shows_the_question_is_marked(real: Workspace) -> None:
    sessions = real.sessions()
    scores, programme = real.score_all(sessions), real.programme
    table = Page(str(tables.summary(sessions, scores, programme, real.survey).html))
    heads = table.texts("thead th")
    assert [head for head in heads if MARK in head] == [f"満足度 {MARK}＊"]
    drawn = Page(str(charts.comparison_charts(sessions, scores, programme).html))
    assert [name for name in drawn.texts("figcaption") if MARK in name] == [f"満足度 {MARK}＊"]
    assert drawn.texts("figure:last-child tbody th").count("①第2回＊") == 1
    (mixed,) = [item for item in items_across([s.id for s in sessions], scores) if item.is_mixed]
    rows = charts.compared_rows(mixed, sessions, scores, programme)
    assert MARK in str(charts.bars_picture(mixed, rows).html)
    one = [session for session in sessions if session.programme == "bpr"]
    assert MARK not in str(tables.summary(one, scores, programme, real.survey).html)


def test_evidence_over_two_rules_says_so(real: Workspace) -> None:
    facts = real.programme.model_dump()
    facts["review"]["good"] = [{"text": "良い", "evidence": {"item": "満足度"}}]
    programme = type(real.programme).model_validate(facts)
    sessions = real.sessions()
    assert f"満足度 95–100%（{MARK}）" in str(
        review(programme, sessions, real.score_all(sessions)).html
    )


def test_the_files_say_which_rule_holds_where(real: Workspace) -> None:
    files = real.tables(real.sessions())
    rows = [*csv.DictReader(io.StringIO(files["counts.csv"].decode("utf-8-sig")))]
    mixed = {(row["item"], row["n_rules"]) for row in rows}
    assert mixed >= {("満足度", "2"), ("理解度", "1")}
    own = {(row["session_id"], row["item"]) for row in rows if row["own_rule"] == "1"}
    assert own == {("exchange-2", "満足度")}
    summary = [*csv.DictReader(io.StringIO(files["summary.csv"].decode("utf-8-sig")))]
    assert all("満足度は回によって数え方が違い" in row["備考"] for row in summary)


def test_the_table_shows_each_sessions_rule(real: Workspace) -> None:
    sessions = real.sessions()
    scores = real.score_all(sessions)
    page = Page(str(tables.rules(sessions, scores, real.programme).html))
    assert page.texts("h3") == ["満足度"]
    force = page.texts(".in-force")[1:]
    assert [re.sub("（.*", "", text) for text in force] == [
        "100%", "95%", "100%", "100%", "100%", "100%", "100%",
    ]  # fmt: skip
    cells = page.texts("tbody td")
    assert cells[:3] == ["33% 7/21人", "86% 18/21人", "100%（この回の数え方） 21/21人"]
    for (session, place), cell in zip(product(sessions, range(3)), cells, strict=False):
        counted = scores[session.id]["満足度"].counts[: place + 1]
        assert f"{sum(counted)}/{scores[session.id].n_respondents}人" in cell


@pytest.mark.parametrize(("key", "names"), [("true", 4), ("false", 0)])
def test_the_publisher_says_whether_all_or_none(workspace: Workspace, key: str, names: int) -> None:
    path = workspace.root / "data/programme.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("report:\n", f"report:\n  compare_rules: {key}\n"), "utf-8")
    sessions = workspace.sessions()
    shown = tables.rules(sessions, workspace.score_all(sessions), workspace.programme)
    assert len(Page(str(shown.html)).texts("h3")) == names
