"""The audit of published figures: what it finds, what it explains, and that it is exact."""

import csv
import io
import random
import time
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement, product
from pathlib import Path

import pytest
from conftest import EXAMPLE
from true_reports import changed, true_report

from dxeval.definitions.published import Known, Published, read_published
from dxeval.errors import DataError
from dxeval.scoring.audit import Context, Finding, Kind, audit, possible_counts, ranges
from dxeval.scoring.audit.counting import Problem
from dxeval.scoring.audit.grimmer import grimmer
from dxeval.scoring.audit.moments import Moments, ways
from dxeval.scoring.audit.nested import Part
from dxeval.scoring.audit.roundings import ROUNDINGS, counts, decimals, shown, sums
from dxeval.scoring.span import Span

PEOPLE = {
    "exchange-1": 21,
    "exchange-2": 20,
    "exchange-3": 16,
    "exchange-4": 20,
    "exchange-5": 19,
    "bpr-1": 6,
    "bpr-2": 6,
}
STATED = """
exchange-1,,attended,,,21,
exchange-1,,municipalities,,,21,
exchange-1,,date,,,,2025年6月4日（水）
exchange-2,,date,,,,2025年6月30日（月）
exchange-3,,date,,,,2025年7月25日（金）
exchange-4,,date,,,,2025年8月25日（月）
exchange-5,,date,,,,2025年9月19日（金）
bpr-1,,date,,,,2025年7月11日（金）
bpr-2,,date,,,,2025年9月1日（月）
bpr-1,,attended,,,6,
bpr-1,,municipalities,,,4,
exchange-3,,sessions,,,3,
exchange-5,,sessions,,,3,
bpr-1,,programme,,,,BPR/BPO推進ワークショップ
bpr-1,,programme,,,,BPR/BPOワークショップ
exchange-1,,programme,,,,DX推進担当者の交流プログラム
"""
"""What the published report states beside its percentages."""


def figures(tmp_path: Path, rows: str, header: str = "") -> list[Published]:
    path = tmp_path / "published.csv"
    top = "session_id,item,where,levels,percent" + header
    path.write_text(f"{top}\n{rows.strip()}\n", encoding="utf-8")
    return read_published(path, Known())


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """What is found in the figures of the published report, and in nothing else."""
    text = (EXAMPLE / "data/published.csv").read_text(encoding="utf-8")
    rows = "\n".join(f"{row},," for row in text.splitlines()[1:])
    read = figures(tmp_path_factory.mktemp("seed"), rows + STATED, ",count,text")
    return audit(read, Context(people=PEOPLE))


def of_kind(findings: Iterable[Finding], kind: Kind) -> list[Finding]:
    return [finding for finding in findings if finding.kind is kind]


def places(finding: Finding) -> set[tuple[str, str, object]]:
    return {(f.session_id, f.item, f.percent) for f in finding.figures}


def test_three_of_28_are_impossible_and_the_two_of_prose(seed: list[Finding]) -> None:
    impossible = of_kind(seed, Kind.IMPOSSIBLE)
    assert [places(finding) for finding in impossible] == [
        {("exchange-2", "役立ち度", 98)},
        {("exchange-2", "習得度", 67)},
        {("exchange-2", "習得度", 17)},
        {("exchange-2", "習得度", 16)},
        {("exchange-5", "習得度", 90)},
    ]
    assert impossible[4].facts["everyone"]
    assert impossible[4].facts["nearest"] == ((17, 89), (18, 95))


def test_one_assumption_explains_all_five_figures_of_the_second_session(
    seed: list[Finding],
) -> None:
    for finding in of_kind(seed, Kind.IMPOSSIBLE)[:4]:
        first = finding.explanations[0]
        assert (first.kind, dict(first.facts)) == ("pooled", {"n": 58, "items": 3, "blanks": 2})
        assert {f.percent: list(k) for f, k in first.counts} == {
            98: [57],
            67: [39],
            17: [10],
            16: [9],
            95: [55],
        }
        assert (first.open, first.breaks) == (0, 0)
        assert [e.rank for e in finding.explanations] == sorted(
            e.rank for e in finding.explanations
        )


def test_two_blanks_alone_explain_two_of_three(seed: list[Finding]) -> None:
    of_67 = of_kind(seed, Kind.IMPOSSIBLE)[1]
    (blanks,) = [e for e in of_67.explanations if e.kind == "blanks"]
    assert blanks.facts == {"n": 18, "blanks": 2}
    assert {f.percent: list(k) for f, k in blanks.counts} == {67: [12], 17: [3]}
    assert blanks.open == 2


def test_rounding_twice_explains_the_90_first(seed: list[Finding]) -> None:
    said = of_kind(seed, Kind.IMPOSSIBLE)[4].explanations
    assert [(e.kind, e.facts.get("rounding"), e.breaks) for e in said[:2]] == [
        ("rounding", "twice", 0),
        ("labels", None, 0),
    ]
    assert list(said[0].counts[0][1]) == [17]
    assert "neighbour" in {e.kind for e in said}


def test_what_the_published_report_contradicts_itself_in(seed: list[Finding]) -> None:
    (covered,) = of_kind(seed, Kind.CONTRADICTION)
    assert {(f.where, f.percent) for f in covered.figures} == {
        ("table", 98),
        ("headline", 98),
        ("legend", None),
    }
    assert covered.facts["n"] is None
    stated = of_kind(seed, Kind.SESSIONS)
    assert [(f.figures[0].session_id, f.facts["there"]) for f in stated] == [
        ("exchange-3", 5),
        ("exchange-5", 5),
    ]
    (lacks,) = of_kind(seed, Kind.LEGEND_LACKS)
    assert lacks.figures[0].session_id == "exchange-5"
    assert lacks.facts["levels"] == ("概ね満足",)


def test_who_is_not_mentioned_and_who_can_be_told(seed: list[Finding]) -> None:
    (left_out,) = of_kind(seed, Kind.UNMENTIONED)
    assert left_out.facts == {
        "levels": ("どちらでもない",),
        "said": (5, 5),
        "not_said": (5, 5),
        "n": 21,
    }
    (alone,) = of_kind(seed, Kind.ONE_PERSON)
    assert (alone.figures[0].session_id, alone.facts["levels"]) == ("bpr-1", ("もっと勉強が必要",))
    (names,) = of_kind(seed, Kind.TWO_NAMES)
    assert len(names.figures) == 2


def test_two_rules_in_one_column_with_what_the_stricter_would_give(seed: list[Finding]) -> None:
    (mixed,) = of_kind(seed, Kind.MIXED_RULE)
    strict, loose = mixed.facts["order"]  # type: ignore[misc]
    assert (sorted(strict), sorted(loose)) == (
        ["大いに満足", "満足"],
        ["大いに満足", "概ね満足", "満足"],
    )
    found: dict[tuple[str, frozenset[str]], tuple[int, ...]] = mixed.facts["ranges"]  # type: ignore[assignment]
    assert found["exchange-1", strict] == (10, 95, 2, 20)
    assert found["exchange-2", loose] == (100, 100, 20, 20)
    agreeing = {session for (session, _), ends in found.items() if ends[:2] == (100, 100)}
    assert agreeing == {"exchange-2", "exchange-4", "exchange-5", "bpr-2"}


def test_nothing_else_is_said_of_the_published_report(seed: list[Finding]) -> None:
    assert len(seed) == 13
    assert sum(finding.contradicts for finding in seed) == 8


def by_decimal(value: Fraction, digits: int, rounding: str) -> Decimal:
    """Return how a share is printed, by plain integer arithmetic."""
    scaled = value * 10**digits
    down = scaled.numerator // scaled.denominator
    rest = scaled - down
    half = Fraction(1, 2)
    up = {
        "half-up": rest >= half,
        "half-down": rest > half,
        "half-even": rest > half or (rest == half and down % 2 == 1),
        "floor": False,
        "ceiling": rest > 0,
    }
    if rounding == "twice":
        return by_decimal(Fraction(by_decimal(value, digits + 1, "half-up")), digits, "half-up")
    return Decimal(down + up[rounding]).scaleb(-digits)


@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_all_percentages_up_to_120_people(rounding: str) -> None:
    """As R's scrutiny tests them with ``percent = TRUE``: which exist under a rounding."""
    for n in range(1, 121):
        there: dict[Decimal, list[int]] = {}
        for k in range(n + 1):
            there.setdefault(by_decimal(Fraction(100 * k, n), 0, rounding), []).append(k)
            assert shown(Fraction(100 * k, n), 0, rounding) == by_decimal(
                Fraction(100 * k, n), 0, rounding
            )
        for percent in range(101):
            assert list(counts(percent, n, rounding)) == there.get(Decimal(percent), [])


@pytest.mark.parametrize("rounding", ROUNDINGS)
@pytest.mark.parametrize("digits", [1, 2])
def test_percentages_with_decimals(rounding: str, digits: int) -> None:
    for n in (7, 18, 21, 40):
        for k in range(n + 1):
            printed = by_decimal(Fraction(100 * k, n), digits, rounding)
            assert decimals(printed) == digits
            assert k in counts(printed, n, rounding)
            assert len(counts(printed, n, rounding)) == 1


PIGS1 = """7.22 32 T, 4.74 25 F, 5.23 29 F, 2.57 24 F, 6.77 27 F, 2.68 28 T, 7.01 29 F, 7.38 26 T,
3.14 27 F, 6.89 31 F, 5.00 25 T, 0.24 28 F"""
PIGS2 = "67.4 150 F, 54.2 150 F, 54.0 150 T, 69.8 150 F, 68.1 150 F, 55.4 150 F"
PIGS3 = """0.53 0.50 T, 0.44 0.50 T, 0.77 0.42 T, 0.19 0.35 F, 0.34 0.47 T, 0.93 0.25 T,
0.12 0.33 T"""


def rows_of(text: str) -> list[list[str]]:
    return [row.split() for row in text.replace("\n", " ").split(",")]


def test_grim_and_debit_agree_with_scrutiny() -> None:
    """The documented results of lhdjung/scrutiny: pigs1, pigs2 (GRIM) and pigs3 (DEBIT)."""
    for x, n, verdict in rows_of(PIGS1):
        found = {k for r in ("half-up", "half-down") for k in sums(Decimal(x), int(n), r)}
        assert bool(found) == (verdict == "T"), x
    for x, n, verdict in rows_of(PIGS2):
        assert bool(possible_counts(Decimal(x), int(n))) == (verdict == "T"), x
    for x, sd, verdict in rows_of(PIGS3):
        assert grimmer(1683, Moments(Decimal(x), Decimal(sd)), (0, 1)) == (verdict == "T"), x


def brute(n: int, size: int, parts: Sequence[Part]) -> list[tuple[int, ...]]:
    vectors = product(range(n + 1), repeat=size)
    return [
        vector
        for vector in vectors
        if sum(vector) == n and all(sum(vector[i] for i in p.levels) in p.counts for p in parts)
    ]


def test_what_is_left_is_what_a_brute_force_finds() -> None:
    chance = random.Random(17)
    for _ in range(400):
        n, size = chance.randint(1, 6), chance.randint(2, 5)
        parts = [
            Part(
                frozenset(chance.sample(range(size), chance.randint(1, size))),
                chance.choice(
                    [
                        range(chance.randint(0, n), chance.randint(0, n + 2)),
                        range(chance.randint(0, n), n + 1),
                        range(chance.randint(0, 1), chance.randint(1, n + 1)),
                    ]
                ),
            )
            for _ in range(chance.randint(0, 4))
        ]
        there, left = brute(n, size, parts), Problem(n, size, parts).left()
        assert left.ways == len(there)
        assert Problem(n, size, parts).possible() == bool(there)
        if there:
            assert left.levels == tuple((min(c), max(c)) for c in zip(*there, strict=True))
            for some in (parts[0].levels if parts else {0}, {0, size - 1}):
                together = [sum(vector[i] for i in some) for vector in there]
                ends = Problem(n, size, parts).between(some)
                assert ends == (min(together), max(together))


def printed(values: Sequence[int], divisor: int) -> tuple[Decimal, Decimal]:
    n = len(values)
    mean = Fraction(sum(values), n)
    variance = sum((x - mean) ** 2 for x in values) / (n - divisor)
    sd = Decimal(variance.numerator) / Decimal(variance.denominator)
    return shown(mean, 2), sd.sqrt().quantize(Decimal("0.01"), "ROUND_HALF_UP")


def test_distributions_of_a_mean_and_deviation_as_by_brute_force() -> None:
    chance = random.Random(4)
    for n in range(2, 13):
        scores = range(1, chance.choice([4, 5, 6]))
        values = [chance.choice(scores) for _ in range(n)]
        mean, sd = printed(values, 1)
        every = combinations_with_replacement(scores, n)
        expected = sum(printed(other, 1) == (mean, sd) for other in every)
        assert ways(n, scores, Moments(mean, sd)) == expected > 0


def test_grimmer_is_right_of_every_deviation_that_few_people_can_give() -> None:
    for n in (2, 3, 5):
        groups = list(combinations_with_replacement(range(1, 6), n))
        there = {printed(values, divisor) for values in groups for divisor in (0, 1)}
        for mean in sorted({mean for mean, _ in there}):
            for hundredths in range(0, 260, 3):
                sd = Decimal(hundredths).scaleb(-2)
                said = grimmer(n, Moments(mean, sd), (1, 5))
                assert said == ((mean, sd) in there), (n, mean, sd)


def test_distributions_counted_elsewhere_come_out_quickly() -> None:
    """5,359 as lhdjung/unsum; 7,980 as scrutipy, whose SD of 1.2 is taken to two decimals."""
    start = time.process_time()
    assert ways(130, range(1, 6), Moments(Decimal("2.7"), Decimal("1.9"))) == 5359
    assert ways(50, range(8), Moments(Decimal("3.5"), Decimal("1.20"))) == 7980
    assert time.process_time() - start < 5


def test_what_is_left_is_counted_quickly_for_many_people(tmp_path: Path) -> None:
    rows = "s,Q,headline,a;b,52,{n}\ns,Q,prose,d;e,24,{n}\ns,Q,legend,a;b;c;d;e,,{n}"
    for n, most in ((20, 0.5), (200, 0.5), (2000, 4)):
        read = figures(tmp_path, rows.format(n=n), ",n")
        start = time.process_time()
        left = ranges(read)["s", "Q"]
        assert time.process_time() - start < most
        assert bool(left.ways) == (n != 20)


def test_known_ranges_of_a_session_without_answers(tmp_path: Path) -> None:
    rows = (
        "s,Q,headline,a;b,52,21\ns,Q,prose,d;e,24,21\ns,Q,legend,a;b;c;d;e,,21\n"
        "s,R,legend,x,,21\nt,Q,legend,a;b,,5\nt,Q,headline,a;b,100,5\nt,R,legend,x;y,,5"
    )
    left = ranges(figures(tmp_path, rows, ",n"))
    assert left["s", "Q"].ways == 10 * 4
    assert left["s", "Q"].levels == {
        "a": (1, 10),
        "b": (1, 10),
        "c": (5, 5),
        "d": (1, 4),
        "e": (1, 4),
    }
    assert left["t", "Q"].levels == {"a": (1, 4), "b": (1, 4), **dict.fromkeys("cde", (0, 0))}
    alone = ranges(figures(tmp_path, rows.replace("s,R,legend,x,,21\n", ""), ",n"))["s", "Q"]
    assert alone.levels["a"] == (0, 11), "its own legends show every level, chosen or not"


def test_a_range_is_of_the_people_that_one_figure_of_the_question_states(tmp_path: Path) -> None:
    rows = "s,,attended,,,20,\ns,Q,table,a;b,67,,18\ns,Q,headline,a;b,67,,\ns,Q,legend,a;b;c,,,"
    read = figures(tmp_path, rows, ",count,n")
    found = ranges(read)["s", "Q"]
    assert (found.n, found.everyone, found.span("a", "b")) == (18, False, Span(12, 12, 18))
    assert audit(read) == []


def test_nothing_is_left_where_figures_contradict_each_other(tmp_path: Path) -> None:
    rows = "s,Q,table,a;b,98,20\ns,Q,legend,a;b;c,,20\ns,P,table,a,50,10\ns,P,prose,a,60,20"
    found = ranges(figures(tmp_path, rows, ",n"))
    assert [(known.ways, known.levels) for known in found.values()] == [(0, {}), (0, {})]
    assert [kinds(known.against) for known in found.values()] == [["impossible"], ["two-n"]]
    assert found["s", "Q"].span("a", "b") is None


def test_levels_of_which_several_may_be_chosen_are_known_one_by_one(tmp_path: Path) -> None:
    rows = "s,Q,scale,a;b;c,,,複数回答\ns,Q,table,a,50,20,\ns,Q,table,b,90,20,"
    known = ranges(figures(tmp_path, rows, ",n,text"))["s", "Q"]
    assert known.ways is None
    assert known.levels == {"a": (10, 10), "b": (18, 18), "c": (0, 20)}
    assert known.span("a", "b") is None


def kinds(found: Iterable[Finding]) -> list[str]:
    return [finding.kind.value for finding in found]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("s,Q,table,a,50,20\ns,Q,headline,a,55,20", ["contradiction"]),
        ("s,Q,headline,a;b,100,20\ns,Q,prose,c,5,20", ["contradiction"]),
        ("s,Q,headline,a,40,\ns,Q,prose,b,70,", ["contradiction"]),
        ("s,Q,headline,a,40,\ns,Q,prose,b,60,", []),
        ("s,Q,headline,a,40,\ns,Q,prose,a;b,30,", ["contradiction"]),
        ("s,Q,headline,a;b,98,20\ns,Q,legend,a;b,,20", ["impossible", "contradiction"]),
        ("s,Q,headline,a;b,95,20\ns,Q,legend,a;b,,20\nt,Q,legend,c,,", ["contradiction"]),
        ("s,Q,table,a,50,20\ns,Q,prose,b,50,10", ["two-n"]),
    ],
)
def test_figures_that_contradict_each_other(tmp_path: Path, rows: str, expected: list[str]) -> None:
    assert kinds(audit(figures(tmp_path, rows, ",n"))) == expected


@pytest.mark.parametrize(
    ("shares", "contradicts"),
    [(96, True), (97, True), (98, False), (99, False), (100, False), (102, False), (103, True)],
)
def test_five_rounded_parts_add_up_to_98_to_102(
    tmp_path: Path, shares: int, contradicts: bool
) -> None:
    parts = dict(zip("abcde", [20, 20, 20, 20, shares - 80], strict=True))
    rows = "\n".join(f"s,Q,table,{level},{share}" for level, share in parts.items())
    scale = "\ns,Q,scale,a;b;c;d;e,"
    found = audit(figures(tmp_path, rows + scale))
    assert bool(found) == contradicts


def test_a_contradiction_names_a_smallest_set_and_what_would_reconcile(tmp_path: Path) -> None:
    rows = """
s,Q,headline,a;b,95,20
s,Q,legend,a;b,,20
s,Q,prose,a,60,20
t,Q,headline,a,50,20
t,Q,legend,a;b;c,,20
"""
    (found,) = of_kind(audit(figures(tmp_path, rows, ",n")), Kind.CONTRADICTION)
    assert [(f.where, f.percent) for f in found.figures] == [("headline", 95), ("legend", None)]
    assert "rule" in {e.kind for e in found.explanations}


def test_means_and_deviations(tmp_path: Path) -> None:
    header = ",n,mean,sd"
    scale = "\ns,Q,scale,1;2;3;4;5,,,,"
    for row, expected in (
        ("s,Q,table,,,20,3.47,", ["impossible"]),
        ("s,Q,table,,,20,3.45,1.05", []),
        ("s,Q,table,,,20,3.45,2.50", ["impossible"]),
        ("s,Q,table,,,20,5.50,", ["impossible"]),
        ("s,Q,table,,,20,4.50,0.51\ns,Q,prose,1;2,50,20,,", ["contradiction"]),
    ):
        assert kinds(audit(figures(tmp_path, row + scale, header))) == expected, row


def test_figures_over_several_sessions(tmp_path: Path) -> None:
    own = "a,Q,table,x,90,20\nb,Q,table,x,100,10\n"
    assert kinds(audit(figures(tmp_path, own + "a;b,Q,table,x,93,", ",n"))) == []
    (found,) = audit(figures(tmp_path, own + "a;b,Q,table,x,95,", ",n"))
    assert (found.kind, found.facts["between"]) == (Kind.TOTAL, (28, 28))
    assert [e.kind for e in found.explanations] == ["averaged"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("s,,attended,,,20,\ns,,responded,,,21,", ["more-responses"]),
        ("s,,attended,,,20,\ns,,municipalities,,,21,", ["more-places"]),
        ("s,,attended,,,20,\ns,,municipalities,,,20,", []),
        ("s,,attended,,,21,\ns,,responded,,86,18,", []),
        ("s,,attended,,,21,\ns,,responded,,90,18,", ["impossible"]),
        ("s,,date,,,,2025-06-04（木）", ["weekday"]),
        ("s,,date,,,,２０２５年６月４日（水）", []),
        ("s,,date,,,,2025-02-30（水）", ["weekday"]),
        ("s,,date,,,,6月4日（木）", []),
        ("p-1,,sessions,,,2,\np-2,,sessions,,,2,", []),
        ("p-1,,programme,,,,講座Ａ\np-2,,programme,,,,講座 A", []),
    ],
)
def test_what_is_stated_of_sessions(tmp_path: Path, rows: str, expected: list[str]) -> None:
    assert kinds(audit(figures(tmp_path, rows, ",count,text"))) == expected


def test_several_answers_need_not_add_up(tmp_path: Path) -> None:
    rows = "s,Q,table,a,80,20,\ns,Q,table,b,70,20,\ns,Q,scale,a;b,,,複数回答"
    assert audit(figures(tmp_path, rows, ",n,text")) == []
    assert kinds(audit(figures(tmp_path, rows.replace("複数回答", ""), ",n,text"))) == [
        "contradiction"
    ]


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        (",count", "s,Q,table,,", "列の数が5です"),
        (",count,count", "s,Q,table,,50,1,1", "見出しが違います"),
        (",people", "s,Q,table,,50,1", "見出しが違います"),
        (",count", "s,Q,table,a,,x", "人数が正しくありません"),
        (",mean", "s,Q,table,,,3.x", "数が正しくありません"),
        (",rounding", "s,Q,table,a,50,up", "丸め方の名前が違います"),
        (",count", "s,Q,attended,,,5", "設問は書きません"),
        (",count", "s,,table,,50,", "設問がありません"),
        (",count", "s,,attended,,,", "空です"),
        (",text", "s,,date,,,", "空です"),
        (",count", "s,Q,table,a,,", "割合が正しくありません"),
        ("", "s,Q,table,a,50.123", "割合が正しくありません"),
    ],
)
def test_a_row_that_says_nothing_or_too_much(
    tmp_path: Path, header: str, row: str, said: str
) -> None:
    with pytest.raises(DataError) as caught:
        figures(tmp_path, row, header)
    (problem,) = caught.value.problems
    assert said in problem.message


def test_the_columns_may_come_in_any_order_and_be_left_empty(tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["a;b", "Q", "table", "x;y", "12.50", "", "40", "half-even"]])
    (figure,) = figures(tmp_path, text.getvalue(), ",mean,n,rounding")
    assert figure.session_ids == ("a", "b")
    assert (figure.percent, figure.n, figure.rounding) == (Decimal("12.50"), 40, "half-even")
    assert decimals(figure.percent or 0) == 2


def test_true_reports_are_not_contradicted() -> None:
    """``bench/audit.py`` does so with a thousand."""
    for number in range(25):
        found = [f for f in audit(true_report(random.Random(number))) if f.contradicts]
        assert not found, number


def test_most_reports_with_one_figure_changed_by_much_are() -> None:
    """One of 20 points off; how many of each size are found is measured by ``bench/audit.py``."""
    found = tried = 0
    for number in range(20):
        chance = random.Random(number)
        report = changed(true_report(chance), chance, 20)
        if report is not None:
            tried += 1
            found += any(finding.contradicts for finding in audit(report))
    assert found > 0.8 * tried
