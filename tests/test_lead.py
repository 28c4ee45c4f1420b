"""What stands out: the facts counted, and the sentences of the lead exactly as a reader sees them.

Each case is worked out by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from pages import Page

from dxeval.definitions.questions import Choice, Choices, FreeText, Number, Rating, Scale
from dxeval.presenting import page as sections
from dxeval.presenting.lead import as_text, lead
from dxeval.reading.responses import no_responses
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.score import Scores
from dxeval.scoring.selections import Selections
from dxeval.scoring.standing_out import standing_out
from dxeval.scoring.values import Ratings, Values, Written
from dxeval.workspace import Workspace

LEVELS = ("とても", "やや", "どちらでもない", "あまり", "まったく")


def scale(
    name: str,
    counts: Sequence[int],
    missing: int = 0,
    *,
    levels: tuple[str, ...] = LEVELS,
    favourable: tuple[str, ...] | None = None,
    reason: str | None = None,
) -> Distribution:
    good = levels[:2] if favourable is None else favourable
    item = Scale(name=name, question="?", levels=levels, favourable=levels[:2] if good else ())
    return Distribution(item, missing, good, reason, counts=tuple(counts))


def choice(name: str, counts: Mapping[str, int], missing: int = 0) -> Distribution:
    item = Choice(kind="choice", name=name, question="?", levels=tuple(counts))
    return Distribution(item, missing, counts=tuple(counts.values()))


def numbers(name: str, values: Sequence[int]) -> Values:
    item = Number(kind="number", name=name, question="?", unit="時間")
    return Values(item, 0, values=tuple(map(Fraction, values)))


def rating(name: str, counts: Sequence[int], favourable: tuple[str, ...] = ()) -> Ratings:
    item = Rating(
        kind="rating", name=name, question="?", lowest=0, highest=10, favourable=favourable
    )
    return Ratings(item, 0, favourable, counts=tuple(counts))


def scores(n: int, *items: ItemScore, not_asked: tuple[str, ...] = ()) -> Scores:
    return Scores("s", n, items, not_asked)


def said(found: Scores, attendees: int | None = None) -> str:
    return as_text(lead(found, attendees))


def test_everybody_together_then_who_was_not_with_the_levels_they_chose() -> None:
    found = scores(
        20,
        scale("理解度", (8, 12, 0, 0, 0)),
        scale("役立ち度", (11, 9, 0, 0, 0)),
        scale("習得度", (4, 9, 4, 3, 0)),
        scale("満足度", (8, 11, 1, 0, 0), reason="この回だけ"),
    )
    assert said(found, 20) == (
        "参加した20人の全員が回答し、理解度・役立ち度で全員が肯定的に答えた。"
        "習得度は20人中13人で、4人が「どちらでもない」、3人が「あまり」を選んだ。"
        "満足度＊は20人中19人で、1人が「どちらでもない」を選んだ。"
    )
    strong = [piece.text for piece in lead(found, 20) if piece.strong]
    assert strong == ["習得度は20人中13人", "満足度＊は20人中19人"]


@pytest.mark.parametrize(
    ("n", "attendees", "who"),
    [
        (6, 6, "参加した6人の全員が回答し、満足度で全員が肯定的に答えた。"),
        (6, 8, "参加した8人のうち6人が回答し、満足度で回答者の全員が肯定的に答えた。"),
        (6, 5, "6人が回答し、満足度で回答者の全員が肯定的に答えた。"),
        (6, None, "6人が回答し、満足度で回答者の全員が肯定的に答えた。"),
        (1, 1, "参加した1人が回答し、満足度で肯定的に答えた。"),
        (1, 3, "参加した3人のうち1人が回答し、満足度で肯定的に答えた。"),
        (400, 400, "参加した400人の全員が回答し、満足度で全員が肯定的に答えた。"),
    ],
)
def test_who_answered(n: int, attendees: int | None, who: str) -> None:
    assert said(scores(n, scale("満足度", (n, 0, 0, 0, 0))), attendees) == who


def test_all_full() -> None:
    few = [scale(name, (6, 0, 0, 0, 0)) for name in ("理解度", "習得度")]
    assert said(scores(6, *few), 6) == (
        "参加した6人の全員が回答し、理解度・習得度のすべてで全員が肯定的に答えた。"
    )
    many = [scale(f"問{i}", (6, 0, 0, 0, 0)) for i in range(12)]
    assert said(scores(6, *many), 6) == (
        "参加した6人の全員が回答し、12問のすべてで全員が肯定的に答えた。"
    )


def test_those_who_left_an_item_out_are_not_everybody() -> None:
    found = scores(21, scale("理解度", (10, 10, 0, 0, 0), 1), scale("習得度", (21, 0, 0, 0, 0)))
    assert said(found, 21) == (
        "参加した21人の全員が回答し、理解度・習得度のすべてで、答えた全員が肯定的だった。"
        "無回答は理解度に1人。"
    )


def test_nobody_full_and_nobody_favourable() -> None:
    found = scores(6, scale("理解度", (0, 0, 5, 1, 0)), scale("習得度", (3, 2, 0, 0, 1)))
    assert said(found, 6) == (
        "参加した6人の全員が回答した。"
        "肯定的に答えたのは、理解度が6人中0人で、5人が「どちらでもない」、1人が「あまり」を選んだ。"
        "習得度は6人中5人で、1人が「まったく」を選んだ。"
    )


def test_one_person_alone() -> None:
    found = scores(1, scale("理解度", (0, 0, 1, 0, 0)), choice("次の形", {"集合": 1, "配信": 0}))
    assert said(found, 1) == (
        "参加した1人が回答した。理解度は「どちらでもない」を選んだ。"
        "次の形は「集合」が最も多い（1/1人、100%）。"
    )


def test_all_blank_and_nobody() -> None:
    blank = scores(5, scale("理解度", (0,) * 5, 5), choice("次の形", {"集合": 0, "配信": 0}, 5))
    assert said(blank, 5) == "参加した5人の全員が回答したが、どの設問にも有効な回答がない。"
    assert lead(scores(0), 5) == []


def test_only_words_of_ones_own() -> None:
    text = Written(FreeText(kind="text", name="感想", question="?"), 2, n_written=3)
    assert said(scores(5, text), 5) == "参加した5人の全員が回答した。"


def test_what_was_left_out_or_not_asked() -> None:
    found = scores(
        9,
        scale("理解度", (9, 0, 0, 0, 0)),
        scale("習得度", (0,) * 5, 9),
        scale("満足度", (6, 1, 0, 0, 0), 2),
        not_asked=("時間", "形式"),
    )
    assert said(found, 9).partition("。")[2] == (
        "習得度には有効な回答がない。無回答は満足度に2人。時間・形式は質問していない。"
    )


def test_a_rule_of_the_top_level_alone_names_the_next_one() -> None:
    top = scale("満足度", (7, 5, 0, 0, 0), favourable=("とても",), reason="公表値に合わせて")
    assert said(scores(12, top), 12) == (
        "参加した12人の全員が回答した。肯定的に答えたのは、満足度＊が12人中7人で、5人が「やや」を選んだ。"
    )


def test_of_many_levels_those_most_chosen_are_named_and_never_a_single_one_left_out() -> None:
    levels = tuple(f"{i}段階目" for i in range(1, 9))
    most = scale("習得度", (5, 5, 4, 1, 3, 2, 1, 0), levels=levels)
    (below,) = standing_out(scores(21, most)).below
    assert dict(below.others) == {"3段階目": 4, "5段階目": 3, "6段階目": 2}
    assert (below.more_levels, below.more_people) == (2, 2)
    assert said(scores(21, most), 21).endswith(
        "4人が「3段階目」、3人が「5段階目」、2人が「6段階目」、2人がほかの2つを選んだ。"
    )
    four = scale("習得度", (5, 5, 4, 1, 3, 2, 0, 0), levels=levels)
    assert len(standing_out(scores(20, four)).below[0].others) == 4


def test_a_long_label_is_cut_in_the_lead() -> None:
    long = "自分の担当する業務では、上司や関係課の協力と事業者の支援がそろえば実践できると思う"
    found = scores(3, scale("習得度", (1, 1, 1), levels=("はい", "たぶん", long)))
    assert f"1人が「{long[:24]}…」を選んだ" in said(found, 3)


def test_what_is_not_spread_widely_is_not_said_to_be() -> None:
    items = [scale(f"問{i}", (10, 5 + i, 5 - i, 0, 0)) for i in range(1, 5)]
    found = scores(20, *items)
    assert standing_out(found).widest == ()
    assert "分かれた" not in said(found)


def test_of_twelve_items_the_lowest_and_the_widest_are_told() -> None:
    items = [scale(f"問{i}", (20 - i, 0, i, 0, 0)) for i in range(12)]
    items[5] = scale("問5", (5, 5, 5, 4, 1))
    assert said(scores(20, *items), 20) == (
        "参加した20人の全員が回答し、問0で全員が肯定的に答えた。"
        "ほかの11問で最も低いのは問11の20人中9人（11人が「どちらでもない」）。"
        "回答が最も多くの選択肢に分かれたのは問5（5つ）。"
    )


def test_more_full_items_than_can_be_named_are_counted() -> None:
    items = [scale(f"問{i}", (20, 0, 0, 0, 0)) for i in range(7)]
    items.append(scale("問7", (19, 0, 0, 0, 1)))
    assert said(scores(20, *items), 20) == (
        "参加した20人の全員が回答し、8問のうち7問で全員が肯定的に答えた。"
        "問7は20人中19人で、1人が「まったく」を選んだ。"
    )


def test_equal_lowest_shares_are_told_by_their_percentage() -> None:
    items = [scale(f"問{i}", (10, 0, 10, 0, 0)) for i in range(2)]
    items += [scale("問2", (9, 0, 9, 0, 0), 2), scale("問3", (11, 0, 9, 0, 0))]
    assert said(scores(20, *items), 20) == (
        "参加した20人の全員が回答した。"
        "全員が肯定的に答えた設問はなく、4問で最も低いのは問0・問1・問2の50%。無回答は問2に2人。"
    )


def test_other_kinds_say_what_is_most_and_the_median() -> None:
    several = Choices(kind="choices", name="内容", question="?", levels=("講義", "演習"))
    kinds: list[ItemScore] = [
        choice("次の形", {"集合": 2, "配信": 1}),
        Selections(several, 0, counts=(2, 2), n_answered=3),
        numbers("残業", (5, 10, 40)),
    ]
    assert said(scores(3, *kinds)) == (
        "3人が回答した。次の形は「集合」が最も多い（2/3人、67%）。"
        "内容（いくつでも）はどれも同じ人数（2/3人、67%）。残業の中央値は10時間。"
    )
    assert said(scores(3, *kinds, rating("自信", [0] * 8 + [3, 0, 0]))) == (
        "3人が回答した。最も多い答えは、次の形「集合」、内容「講義」と同数の1つ。"
        "中央値は、残業 10時間、自信 8。"
    )


def test_a_rating_says_its_span_and_median() -> None:
    found = scores(20, rating("推奨度", (0, 0, 0, 0, 0, 7, 0, 0, 6, 4, 3), ("8", "9", "10")))
    assert said(found, 20) == (
        "参加した20人の全員が回答した。推奨度は20人中13人が8～10を選び、中央値は8。"
    )


@pytest.mark.parametrize(
    ("written", "published", "words"),
    [
        (None, False, "アンケートの回答はまだありません。"),
        (0, False, "アンケートに回答した人はいません。"),
        (None, True, "公表された値だけがある回です。アンケートの回答は手もとにありません。"),
    ],
)
def test_without_answers_the_page_says_so(
    real: Workspace, written: int | None, published: bool, words: str
) -> None:
    session = real.session("bpr-1")
    nobody = real.score(session, no_responses("bpr-1", real.survey_of(session)))
    none = replace(nobody, n_written=written)
    shown = sections.lead(session, none, real.published if published else ())
    assert Page(shown.html).texts(".notice") == [words]


def test_labels_and_names_are_escaped(real: Workspace) -> None:
    bad = scale("<b>問</b>", (1, 0, 1), levels=("<i>", "b", "<script>"))
    html = sections.lead(real.session("bpr-2"), scores(2, bad)).html
    assert "<script>" not in html
    assert "「&lt;script&gt;」" in html
