"""Rating scales are recognised in any order and with levels missing; their order is no guess."""

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
import yaml
from conftest import EXAMPLE

from dxeval.definitions.labels import normalise
from dxeval.definitions.strict_yaml import read_yaml
from dxeval.definitions.survey import Survey
from dxeval.drafting.ladders import Ladder, ladders, places
from dxeval.drafting.recognition import Ask, NoScale, Rating, Reason, Recognition, Scale, Sure
from dxeval.drafting.scales import recognise
from dxeval.drafting.scales_file import expand, fold, middles

FILES = ["at_hand", "measured", "held_out"]
NO_BETTER_END = {ladder.family for ladder in ladders() if ladder.better != "above"} | {"degree"}
"""Families of which either end may be written first."""
ASKED_AT_MOST = {"at_hand": 0.1, "measured": 0.25, "held_out": 0.5}
Published = dict[str, list[str]]


def published(file: str) -> list[Published]:
    path = Path(__file__).parent / "scales" / f"{file}.yaml"
    found: list[Published] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def shuffled(labels: list[str], seed: int = 0) -> dict[str, int]:
    """Return ``labels`` in some order, each with some count."""
    dice = Random(seed)
    mixed = dice.sample(labels, len(labels))
    return {label: dice.randint(1, 9) for label in mixed}


def outcome(scale: Published, levels: list[str], found: Recognition) -> str:
    """Return right, asked or wrong for the scale with only ``levels`` chosen."""
    if not isinstance(found, Scale):
        return "asked"
    beside = {*found.beside.missing, *found.beside.other}
    order = [normalise(level).casefold() for level in found.levels if level not in found.assumed]
    true = [normalise(level).casefold() for level in levels]
    right = order == true or (found.family in NO_BETTER_END and order[::-1] == true)
    return "right" if right and beside == set(scale.get("beside", [])) else "wrong"


def every_subset(scale: Published) -> Iterator[list[str]]:
    levels = scale["levels"]
    for size in range(2, len(levels) + 1):
        yield from map(list, combinations(levels, size))


@pytest.mark.parametrize("file", FILES)
def test_published_scales_are_recognised_or_asked_for_and_never_wrong(file: str) -> None:
    outcomes = [
        outcome(
            scale, scale["levels"], recognise(shuffled(scale["levels"] + scale.get("beside", [])))
        )
        for scale in published(file)
    ]
    assert "wrong" not in outcomes
    assert outcomes.count("asked") <= ASKED_AT_MOST[file] * len(outcomes)


@pytest.mark.parametrize("file", FILES)
def test_levels_that_nobody_chose_make_no_order_wrong(file: str) -> None:
    for scale in published(file):
        for seed, levels in enumerate(every_subset(scale)):
            found = recognise(shuffled(levels + scale.get("beside", []), seed))
            assert outcome(scale, levels, found) != "wrong", (levels, found)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "written",
    [
        lambda level, place, last: f"{last - place}. {level}",
        lambda level, place, last: f"{place + 1}：{level}　",
        lambda level, place, last: "①②③④⑤⑥⑦⑧⑨"[place] + level,
        lambda level, place, last: f"{last - place} ({level})",
        lambda level, place, last: f"{level}（{place + 1}）",
        lambda level, place, last: level.upper(),
    ],
)
def test_numbers_in_front_and_capitals_change_no_order(
    file: str, written: Callable[[str, int, int], str]
) -> None:
    for scale in published(file):
        levels = scale["levels"]
        plain = outcome(scale, levels, recognise(shuffled(levels)))
        spelled = {written(level, i, len(levels)): level for i, level in enumerate(levels)}
        found = recognise(shuffled([*spelled]))
        if isinstance(found, Scale):
            assert outcome({"levels": levels}, levels, found) == "right", (levels, found)
            for level, aliases in found.aliases.items():
                assert all(
                    normalise(spelled[label]).casefold() == normalise(level).casefold()
                    for label in spelled
                    if normalise(label) in aliases
                )
        elif not any(level[0].isdigit() for level in levels):
            assert plain == "asked" or isinstance(found, Ask), (levels, found)


def test_sources_that_name_favourable_levels_agree_with_the_proposal() -> None:
    named = [scale for file in FILES for scale in published(file) if "favourable" in scale]
    assert len(named) >= 6
    for scale in named:
        found = recognise(shuffled(scale["levels"]))
        assert isinstance(found, Scale)
        assert [*found.favourable] == scale["favourable"]
        assert found.settled


def test_the_questions_of_the_example_are_recognised() -> None:
    survey = read_yaml(EXAMPLE / "data/survey.yaml", Survey, "survey.yaml")
    for item in (item for item in survey.items if item.labels):
        found = recognise(shuffled([*item.labels]))
        assert isinstance(found, Scale), item.name
        assert found.levels == item.levels
        assert set(found.favourable) <= set(item.favourable)


def test_levels_nobody_chose_are_added_in_the_words_of_the_rest() -> None:
    found = recognise({"とても満足": 3, "満足": 2, "不満": 1})
    assert isinstance(found, Scale)
    assert found.levels == ("とても満足", "満足", "どちらともいえない", "不満", "とても不満")
    assert found.assumed == ("どちらともいえない", "とても不満")
    assert found.favourable == ("とても満足", "満足")
    assert found.sure is Sure.UNSURE
    assert ("とても満足", "満足", "不満", "とても不満") in found.alternatives
    past = recognise({"よく理解できた": 3, "理解できた": 2, "どちらでもない": 1})
    assert isinstance(past, Scale)
    assert past.assumed == ("あまり理解できなかった", "理解できなかった")


def test_a_whole_scale_is_known_as_such() -> None:
    labels = ["Extremely useful", "Very useful", "Somewhat useful", "Not so useful"]
    whole = recognise(shuffled([*labels, "Not at all useful"]))
    assert isinstance(whole, Scale)
    assert (whole.sure, whole.assumed, whole.alternatives) == (Sure.WHOLE, (), ())
    part = recognise(shuffled(labels))
    assert isinstance(part, Scale)
    assert (part.sure, part.assumed) == (Sure.UNSURE, ("Not at all useful",))
    one_missing = recognise(shuffled(["上", "中の上", "中の下", "下"]))
    assert isinstance(one_missing, Scale)
    assert (one_missing.sure, one_missing.assumed) == (Sure.LIKELY, ("中の中",))


def test_the_best_may_be_in_the_middle_and_some_scales_have_no_better_end() -> None:
    length = recognise(shuffled(["長い", "やや長い", "ちょうどよい", "やや短い", "短い"]))
    assert isinstance(length, Scale)
    assert (length.favourable, length.settled) == (("ちょうどよい",), True)
    ease = recognise(shuffled(["とても難しい", "難しい", "普通", "簡単"]))
    assert isinstance(ease, Scale)
    assert (ease.favourable, ease.settled) == ((), False)
    often = recognise(shuffled(["Always", "Often", "Sometimes", "Rarely", "Never"]))
    assert isinstance(often, Scale)
    assert (often.levels[0], often.favourable) == ("Always", ())


def test_a_favourable_side_longer_than_half_is_not_settled() -> None:
    found = recognise(shuffled(["大いに満足", "満足", "概ね満足", "やや不満", "不満"]))
    assert isinstance(found, Scale)
    assert (found.favourable, found.settled) == (("大いに満足", "満足"), False)


def test_no_answer_and_other_are_no_levels() -> None:
    found = recognise(
        {"満足": 3, "やや満足": 2, "不満": 1, "わからない": 1, "その他（会場）": 1, " ": 9}
    )
    assert isinstance(found, Scale)
    assert found.beside.missing == ("わからない",)
    assert found.beside.other == ("その他（会場）",)
    assert not {"わからない", "その他（会場）"} & set(found.levels)
    english = recognise({"Agree": 2, "Disagree": 1, "N/A": 1, "Don’t know": 1})
    assert isinstance(english, Scale)
    assert set(english.beside.missing) == {"N/A", "Don’t know"}


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (["満足", "概ね満足", "まあ満足", "不満"], Reason.UNDECIDED_ORDER),
        (["やや不満", "あまり満足していない", "満足している"], Reason.UNDECIDED_ORDER),
        (["とても満足", "よく理解できた"], Reason.NO_SCALE),
        (["とても満足", "満足", "楽しかったので次も"], Reason.UNKNOWN_LABELS),
        (["できる", "どちらともいえない", "相談しながら"], Reason.UNKNOWN_LABELS),
        (["Strongly agree", "Agree", "Not sure"], Reason.MIDDLE_OR_MISSING),
        (["よくわかる", "あまりわからない", "わからない"], Reason.MIDDLE_OR_MISSING),
        (["1. 満足", "2. 不満", "3. やや満足"], Reason.NUMBERS_DISAGREE),
        (["1. 青コース", "2. 赤コース", "3. 白コース"], Reason.NUMBERED),
        (["とても苦労した", "少し苦労した"], Reason.UNKNOWN_ENDS),
        (["理解できた", "理解できました", "理解できなかった"], Reason.UNDECIDED_ORDER),
        (["毎日", "週に1回", "月に1回", "覚えたてのころだけ"], Reason.UNKNOWN_LABELS),
    ],
)
def test_what_is_not_certain_is_asked(labels: list[str], reason: Reason) -> None:
    found = recognise(shuffled(labels))
    if reason is Reason.NO_SCALE:
        assert found == NoScale(reason)
    else:
        assert isinstance(found, Ask)
        assert found.reason is reason
        assert set(found.labels) == set(labels)


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (["はい", "いいえ"], Reason.YES_NO),
        (["Yes.", "No."], Reason.YES_NO),
        (["東京都", "大阪府", "北海道"], Reason.NO_SCALE),
        (["とても勉強になりました。", "時間が足りなかったです。"], Reason.NO_SCALE),
        (["118", "119", "120"], Reason.NO_SCALE),
        ([f"満足{i}" for i in range(30)], Reason.NO_SCALE),
        ([], Reason.NO_SCALE),
        (["満足"], Reason.NO_SCALE),
    ],
)
def test_what_is_no_scale_is_none(labels: list[str], reason: Reason) -> None:
    assert recognise(shuffled(labels)) == NoScale(reason)


def test_scales_that_disagree_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {"赤": range(1), "白": range(1, 2)}
    ladder = Ladder("colour", "none", steps, 0)
    other = Ladder("light", "none", {"赤": range(1, 2), "白": range(1)}, 0)
    monkeypatch.setattr("dxeval.drafting.ordering.ladders_near", lambda *_: [ladder, other])
    found = recognise({"赤": 1, "白": 2})
    assert isinstance(found, Ask)
    assert found.reason is Reason.TWO_SCALES


def test_a_ladder_is_made_for_every_label_that_stands_on_it() -> None:
    for place in places():
        if not isinstance(place, Ladder):
            missed = [label for label in place.ladder.steps if not place.may_hold(label)]
            assert {*missed} <= middles(), place.family.name


def test_no_scale_is_offered_that_the_ladder_does_not_order() -> None:
    found = recognise(shuffled(["Useful", "Neutral", "Useless"]))
    assert isinstance(found, Scale)
    for scale in (found.levels, *found.alternatives):
        assert not {"Somewhat useful", "Slightly useful"} & set(scale)


def test_spellings_of_one_level_are_its_aliases() -> None:
    found = recognise({"5. 満足": 3, "満足": 2, "5．満足 ": 1, "1. 不満": 4, "3. ふつう": 1})
    assert isinstance(found, Scale)
    assert {level: set(aliases) for level, aliases in found.aliases.items()} == {
        "満足": {"5. 満足", "5.満足"},
        "ふつう": {"3. ふつう"},
        "不満": {"1. 不満"},
    }


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["3", "4", "5"], (1, 5, False, None)),
        (["1", "2", "5"], (1, 5, False, None)),
        (["2", "7"], (1, 7, False, None)),
        (["0", "10", "7"], (0, 10, True, None)),
        (["0", "9"], (0, 10, False, None)),
        (["5 (とても満足)", "4", "2", "1 (不満)"], (1, 5, True, 5)),
        (["１（とても満足）", "3", "５（不満）", "無回答"], (1, 5, True, 1)),
        (["5", "4 (満足)", "3"], (1, 5, False, None)),
    ],
)
def test_whole_numbers_are_a_rating(
    labels: list[str], expected: tuple[int, int, bool, int | None]
) -> None:
    found = recognise(shuffled(labels))
    assert isinstance(found, Rating)
    assert (found.low, found.high, found.sure, found.best) == expected


def test_a_number_with_words_is_another_spelling_of_the_number() -> None:
    found = recognise({"5 (とても満足)": 2, "5": 1, "1 (不満)": 1, "3": 1})
    assert isinstance(found, Rating)
    assert found.aliases == {5: ("5 (とても満足)",), 1: ("1 (不満)",)}
    assert found.ends == {5: "とても満足", 1: "不満"}


@pytest.mark.parametrize(
    "labels",
    [
        ["3年以上", "1年以上3年未満", "1年未満"],
        ["More than 1 year ago", "6 months - 1 year ago", "0-6 months ago"],
        ["1時間以上", "30分～1時間", "30分未満", "0分"],
        ["3+", "2", "1"],
        ["60歳以上", "50代", "20代"],
        ["ほぼ毎日", "週に2〜3回", "月1回程度", "年に数回", "ほとんど利用しない"],
        ["Daily.", "Weekly.", "Monthly.", "Several times per year.", "Never."],
        ["every day", "once a week", "every two weeks", "less than once a month"],
    ],
)
def test_numbers_in_words_give_an_order_without_a_better_end(labels: list[str]) -> None:
    found = recognise(shuffled(labels))
    assert isinstance(found, Scale)
    assert (found.levels, found.favourable, found.settled) == (tuple(labels), (), False)


@pytest.mark.parametrize(
    "labels",
    [
        ["週に数回", "週に3〜4回", "月1回"],
        ["1年以上", "3か月", "500円"],
        ["10分", "5回"],
    ],
)
def test_numbers_that_are_not_told_apart_give_no_order(labels: list[str]) -> None:
    assert not isinstance(recognise(shuffled(labels)), Scale)


def test_scales_written_out_in_the_vocabulary_are_in_the_order_of_their_ladders() -> None:
    whole = [(ladder, scale) for ladder in ladders() for scale in ladder.typical]
    assert len(whole) > 40
    for ladder, scale in whole:
        for text in expand("\n".join(scale)):
            folded = [fold(level) for level in text.split("\n")]
            assert ladder.order(folded) == folded, scale


@pytest.mark.parametrize("label", ["満足", "満足している", "そう思う", "satisfied", "agree"])
def test_scales_made_of_words_are_in_the_order_of_their_ladders(label: str) -> None:
    ladder = next(ladder for ladder in ladders() if fold(label) in ladder.steps)
    language = ladder.language
    assert language
    for shape in (*language.opposites, *language.negations):
        bad = dict(ladder.pairs)[label]
        denied = shape in language.negations
        if denied == bool(bad and bad.endswith("ない")) or label.isascii():
            made = "\n".join(shape).replace("+", label).replace("-", bad or "")
            for text in expand(made.replace("0", language.middle[0])):
                folded = [fold(level) for level in text.split("\n")]
                assert ladder.order(folded) == folded, text
