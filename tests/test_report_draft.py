"""``dxeval audit --from-text`` and ``--from-html``: drafts of which no figure is a guess."""

import csv
import io
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

from dxeval.auditing.drafting.blocks import decoded, of_text
from dxeval.auditing.drafting.draft import draft
from dxeval.auditing.drafting.draft_file import as_csv
from dxeval.auditing.drafting.page_blocks import of_html
from dxeval.auditing.drafting.statements import statements
from dxeval.auditing.drafting.subjects import Subjects
from dxeval.cli import cli
from dxeval.definitions.published import Known, read_published
from dxeval.errors import DataError, MisuseError
from dxeval.problems import ProblemKind
from dxeval.workspace import Workspace

REPORTS = ROOT / "tests/reports"


def rows(text: str, *, html: bool = False, subjects: Subjects | None = None) -> list[list[str]]:
    """Return session, item, place, levels, percent, count, n, mean, text, and what is in doubt."""
    blocks = [*(of_html(text) if html else of_text(text))]
    read = list(csv.reader(io.StringIO(as_csv(draft(blocks, subjects or Subjects())))))[1:]
    return [[*row[:8], row[9], row[10].removeprefix("要確認").removeprefix("：")] for row in read]


def told(text: str, **options: object) -> list[str]:
    """Return the same as lines, what is blank left out."""
    return [" ".join(filter(None, row)) for row in rows(text, **options)]  # type: ignore[arg-type]


def test_a_municipal_report_as_text() -> None:
    near, by_words = "どの設問か（近くにある名前）", "どの設問か（言葉から {}）"
    found = told((REPORTS / "municipal.txt").read_text(encoding="utf-8"))
    satisfied = by_words.format("満足度")
    assert found == [
        "80 何の割合か",
        "第1回 date 令和６年６月５日（水）",
        "第1回 municipalities 12",
        "第1回 attended 25",
        "第1回 responded 96 24",
        f"第1回 満足度 headline 満足;やや満足 92 22 {satisfied}",
        f"第1回 満足度 headline 満足 {satisfied}、「9割」は、印刷された割合か人数がわかれば書く",
        f"第1回 満足度 prose 普通 4.2 {near}",
        f"第1回 満足度 prose 不満 4.2 {near}",
        f"満足度 prose 満足 85 {satisfied}、どの回か（ほかの時期との比較がある文）",
        f"第1回 理解度 headline 理解できた 75 18 24 {by_words.format('理解度')}",
        f"第1回 理解度 headline 難しかった {near}、「約2割」は、印刷された割合か人数がわかれば書く",
        "10 何の割合か",
        "第2回 date 令和６年７月３日（水）",
        "第2回 attended 18",
        f"第2回 満足度 headline 満足;やや満足 100 {satisfied}",
        f"第2回 満足度 table 満足 66.7 12 18 {satisfied}",
        f"第2回 満足度 table やや満足 33.3 6 18 {satisfied}",
        "第2回 sessions 3 全3回",
    ]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_a_page_says_only_what_a_reader_sees(encoding: str) -> None:
    text = (REPORTS / "page.html").read_text(encoding="utf-8").replace("Shift_JIS", encoding)
    near = "どの設問か（近くにある名前）"
    found = told(decoded(text.encode(encoding), "page.html", html=True), html=True)
    assert found == [
        "①第1回 date 5月10日（金）",
        "①第1回 attended 30",
        "①第1回 満足度 table 90 27",
        "①第1回 役立ち度 table 80 24",
        "①第2回 date 6月14日（金）",
        "①第2回 attended 28",
        "①第2回 満足度 table 100",
        "①第1回 municipalities 15",
        "①第1回 responded 28",
        "①第1回 満足度 headline 満足;やや満足 85.7 どの設問か（言葉から 満足度）",
        f"①第1回 役立ち度 headline 役に立つ 60 {near}",
        f"①第1回 役立ち度 headline 少し役に立つ 25 {near}",
        f"①第1回 役立ち度 prose 役に立つ 60 {near}",
        f"①第1回 役立ち度 prose 少し役に立つ 25 {near}",
        "満足度 headline 満足 88 どの設問か（言葉から 満足度）、どの回か",
    ]


def test_notes_in_markdown() -> None:
    found = told((REPORTS / "notes.md").read_text(encoding="utf-8"))
    assert found == [
        "②第3回 date 2024年9月12日（木）",
        "②第3回 attended 40",
        "②第3回 responded 38 n が回答者数なら",
        "②第3回 満足度 table 満足 84.2 38",
        "②第3回 満足度 table どちらでもない 10.5 38",
        "②第3回 満足度 table 不満 5.3 38",
        "②第3回 満足度 table 38 3.8",
        "②第3回 習得度 table 満足 50.0 38",
        "②第3回 習得度 table どちらでもない 39.5 38",
        "②第3回 習得度 table 不満 10.5 38",
        "②第3回 習得度 table 38 3.1",
        "②第3回 満足度 prose 84.2",
        "②第3回 習得度 prose 50.0",
        "95 何の割合か",
        "②第3回 legend 満足;どちらでもない;不満 どの設問か",
        "満足度 headline 85 どの回か",
    ]


def said(text: str) -> list[str]:
    return [
        " ".join(filter(None, (*s.levels, s.percent, s.count and f"{s.count}人", s.n, s.item)))
        for s in statements(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("83%が「甲」「乙」と回答", ["甲 乙 83"]),
        ("83.3%の方が、「甲」または「乙」と答えた。", ["甲 乙 83.3"]),
        ("5人(83%)が「甲」と回答", ["甲 83 5人"]),
        ("6人中5人(83%)が「甲」と回答", ["甲 83 5人 6"]),
        ("83%(5/6人)が「甲」と回答", ["甲 83 5人 6"]),
        ("「甲」が60%、「乙」が40%", ["甲 60", "乙 40"]),
        ("「甲(60%)」「乙(40%)」と回答", ["甲 60", "乙 40"]),
        ("「甲」(60%)、「乙」(40%)", ["甲 60", "乙 40"]),
        ("「甲」60%　「乙」40%", ["甲 60", "乙 40"]),
        ("「甲」と答えた人は60%", ["甲 60"]),
        ("60%が「甲」、40%が「乙」と回答", ["甲 60", "乙 40"]),
        ("全ての回答者が「甲」と回答", ["甲 100"]),
        ("参加者全員が「甲」「乙」と回答", ["甲 乙 100"]),
        # What may be meant otherwise has no figure, or no level.
        ("「甲」「乙」がそれぞれ60%、40%", ["60", "40"]),
        ("約8割が「甲」と回答", ["甲"]),
        ("約83%が「甲」と回答", ["甲"]),
        ("83%以上が「甲」と回答", ["甲"]),
        ("83%が「甲」とは回答していない", ["83"]),
        ("83%が「甲」と答えていない", ["83"]),
        ("「甲」と回答しなかった人は60%", ["60"]),
        ("「甲」、60%が「乙」と回答", ["乙 60"]),
        ("「甲」は全員が高い評価", []),
        ("60%が参加し「甲」と回答", ["60"]),
        ("前年は60%", ["60"]),
        ("1234%と12.345%", []),
    ],
)
def test_what_a_sentence_says(text: str, found: list[str]) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    "text", ["「" * 9000, "「あ」、" * 9000, "50%が" * 9000, " " * 90000 + "%"]
)
def test_an_endless_line_takes_no_time(text: str) -> None:
    start = time.process_time()
    assert len(said(text + "7%")) == text.count("50%") + 1
    assert time.process_time() - start < 2


def test_a_list_of_sessions_is_no_heading_of_what_follows() -> None:
    text = "第1回 甲\n第2回 乙\n\n90%が「満足」と回答\n\n第1回 甲\nよい研修。\n80%が「満足」と回答"
    assert [(row[0], row[4]) for row in rows(text)] == [("", "90"), ("第1回", "80")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("回\t満足度（n=20）\n第1回\t60%", ["第1回 満足度 table 60 20"]),
        (
            "回　　満足度　　理解度\n第1回　　60%　　70%",
            ["第1回 満足度 table 60", "第1回 理解度 table 70"],
        ),
        ("設問\t割合\n満足度\t60%", ["満足度 table 60 どの回か"]),
        (
            "設問\t第1回\t第2回\n満足度\t60%\t70%",
            ["第1回 満足度 table 60", "第2回 満足度 table 70"],
        ),
        ("区分\t値\n甲\t60%\n乙\t60%", ["60 何の割合か", "60 何の割合か"]),
    ],
)
def test_what_a_table_says(text: str, found: list[str]) -> None:
    assert told(text) == found


def test_two_programmes_with_the_same_numbers_are_not_mixed_up() -> None:
    chapter = "{}研修 第1回\nはじめに。\n{}%が「満足」と回答\n"
    text = chapter.format("甲", 80) + chapter.format("乙", 70)
    assert [(row[0], row[4]) for row in rows(text)] == [("第1回", "80"), ("", "70")]


def test_a_workspace_tells_sessions_questions_and_levels(real: Workspace) -> None:
    subjects = Subjects.of(real.survey, real.programme, real.sessions())
    text = (
        "② BPR/BPOの会（第１回）\n"
        "６月３日\n"
        "８３％が「実践できる」「サポートがあれば実践できる」と回答\n"
        "■ 実践できる\n■ サポートがあれば実践できる\n■ もっと勉強が必要\n\n"
        "■ 大いに満足\n■ 満足\n"
        "90%が「だいたい満足」と回答\n"
        "③ ほかの事業（第1回）\nはじめに。\n90%が「満足」と回答\n"
    )
    assert told(text, subjects=subjects) == [
        "bpr-1 習得度 headline 実践できる;サポートがあれば実践できる 83",
        "bpr-1 習得度 legend 実践できる;サポートがあれば実践できる;もっと勉強が必要",
        "bpr-1 満足度 legend 大いに満足;満足",
        "bpr-1 headline だいたい満足 90 どの設問か",
        "満足度 headline 満足 90 どの回か",
    ]


def draft_of(tmp_path: Path, text: str) -> Path:
    report, target = tmp_path / "r.txt", tmp_path / "draft.csv"
    report.write_text(text, encoding="cp932")
    done = CliRunner().invoke(cli, ["audit", "--from-text", str(report), str(target)])
    assert done.exit_code == 0, done.output
    return target


def test_no_figure_of_a_draft_is_used_before_it_is_confirmed(tmp_path: Path) -> None:
    target = draft_of(tmp_path, "①第1回\nアンケート（回答 6人）\n【満足度】\n83%が「満足」と回答\n")
    with pytest.raises(DataError) as caught:
        read_published(target, Known())
    (problem,) = caught.value.problems
    assert (problem.kind, problem.line, problem.value) == (ProblemKind.UNSETTLED, 2, "要確認")
    assert "この行を初めに2行" in problem.message
    text = target.read_text(encoding="utf-8-sig")
    target.write_text(text.replace("要確認", "", 1), encoding="utf-8")
    with pytest.raises(DataError, match="この行を初めに1行"):
        read_published(target, Known())
    confirmed = text.replace("要確認：どの設問か（言葉から 満足度）", "").replace("要確認", "")
    target.write_text(confirmed, encoding="utf-8")
    count, share = read_published(target, Known())
    assert (count.where, count.count, share.percent, share.levels) == (
        "responded",
        6,
        83,
        ("満足",),
    )
    done = CliRunner().invoke(cli, ["audit", str(target)])
    assert "矛盾は見つかりませんでした" in done.output


def test_a_draft_never_overwrites(tmp_path: Path) -> None:
    target = draft_of(tmp_path, "83%が「満足」と回答\n")
    before = target.read_bytes()
    report = str(tmp_path / "r.txt")
    call = ["audit", "--from-text", report, str(target)]
    with pytest.raises(MisuseError, match="もうあります"):
        CliRunner().invoke(cli, call, standalone_mode=False, catch_exceptions=False)
    with pytest.raises(MisuseError, match="どちらか1つ"):
        CliRunner().invoke(cli, [*call, "--strict"], standalone_mode=False, catch_exceptions=False)
    assert target.read_bytes() == before


def test_the_encoding_is_the_one_in_which_a_report_is_japanese() -> None:
    text = "80%が「満足」と回答した。アンケートの結果"
    for codec in ("utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"):
        assert decoded(text.encode(codec), "r", html=False).lstrip("\ufeff") == text, codec
    with pytest.raises(DataError):
        decoded(b"\x81\xff\xfe\x00\xff", "r", html=False)
