"""A session of which only figures are published: ranges on its page, in tables and in the XLSX."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from pages import STATES, Page, page_of
from test_batch import keep_sessions

from dxeval.definitions.programme import Session
from dxeval.definitions.published import COLUMNS, Known, Published, read_published
from dxeval.definitions.questions import Choices, Scale
from dxeval.presenting.possible import possible
from dxeval.presenting.published import published
from dxeval.reading.responses import no_responses
from dxeval.report.batch import run
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.score import Scores
from dxeval.scoring.selections import Selections
from dxeval.workspace import Workspace

FIVE = ("とても", "やや", "普通", "あまり", "まったく")


def session(attendees: int) -> Session:
    facts = {"id": "s", "programme": "p", "number": 1, "title": "t", "date": "2024-06-05"}
    return Session.model_validate({**facts, "attendees": attendees}, strict=False)


def section(
    tmp_path: Path, rows: str, attendees: int, levels: tuple[str, ...] = FIVE, more: str = ""
) -> Page:
    """Return the section of a session of whose one question ``rows`` are published."""
    item = Scale(name="Q", question="?", levels=levels, favourable=levels[:2][: len(levels) - 1])
    scores = Scores("s", 0, (Distribution(item, 0, item.favourable, counts=(0,) * len(levels)),))
    return Page(possible(session(attendees), scores, figures(tmp_path, rows, more)).html)


def figures(tmp_path: Path, rows: str, more: str = "") -> list[Published]:
    path = tmp_path / "published.csv"
    path.write_text(f"{','.join(COLUMNS)}{more}\n{rows}\n", encoding="utf-8")
    return read_published(path, Known())


def drawn(page: Page) -> list[tuple[str, str]]:
    """Return how long the certain and the possible part of each bar are."""
    bars = [bar.find_all("span") for bar in page.all(".spans .span")]
    return [tuple(str(part["style"]) for part in bar) for bar in bars]  # type: ignore[misc]


def test_a_level_is_drawn_from_its_least_to_its_greatest_count(tmp_path: Path) -> None:
    rows = "s,Q,headline,とても;やや,52\ns,Q,prose,あまり;まったく,24"
    page = section(tmp_path, rows, 21)
    assert page.texts(".spans tbody td:nth-child(3)") == [
        "0～11人",
        "0～11人",
        "5人",
        "0～5人",
        "0～5人",
    ]
    assert page.texts(".spans tbody td:nth-child(4)") == [
        "0～52%",
        "0～52%",
        "24%",
        "0～24%",
        "0～24%",
    ]
    assert drawn(page)[0] == ("width:0.000%", "width:52.381%")
    assert drawn(page)[2] == ("width:23.810%", "width:0.000%")
    assert [bar["aria-label"] for bar in page.all(".spans [role=img]")][1:3] == [
        "やや：21人のうち、少なくて0人、多くて11人",
        "普通：21人のうち5人",
    ]
    assert page.text(".spans caption") == "21人の回答の分かれ方は、72通り残ります。"
    assert page.texts("figcaption p") == ["52%11/21人"]
    assert "参加者21人の全員が答えたとしたとき" in page.whole


def test_a_range_of_one_is_said_to_be_decided(tmp_path: Path) -> None:
    rows = "s,Q,table,,50\ns,Q,legend,とても;あまり,"
    page = section(tmp_path, rows, 6)
    assert page.texts(".spans tbody td:nth-child(3)") == ["3人", "0人", "0人", "3人", "0人"]
    assert page.text(".spans caption") == "6人の回答の分かれ方は、1通りに決まります。"
    assert not [part for _, part in drawn(page) if part != "width:0.000%"]


@pytest.mark.parametrize("size", range(2, 13))
def test_any_number_of_levels_has_a_row_each(tmp_path: Path, size: int) -> None:
    levels = tuple(f"段階{i}" for i in range(size))
    page = section(tmp_path, f"s,Q,table,{levels[-1]},40", 10, levels)
    assert len(page.all(".spans tbody tr")) == size
    assert page.texts(".spans tbody td:nth-child(3)")[-1] == "4人"
    assert {*page.texts(".spans tbody td:nth-child(3)")[:-1]} == {"6人" if size == 2 else "0～6人"}


def test_many_people_leave_more_ways_than_are_written_out(tmp_path: Path) -> None:
    page = section(tmp_path, "s,Q,table,とても;やや,52", 2000)
    assert page.texts("figcaption p") == ["52%1030～1049/2000人"]
    assert "1000000通りより多く残ります" in page.text(".spans caption")


def test_the_rounding_that_a_report_declares_is_kept(tmp_path: Path) -> None:
    rows = "s,Q,headline,とても;やや,90,{}"
    twice = section(tmp_path, rows.format("twice"), 19, more=",rounding")
    assert twice.texts("figcaption p") == ["89%17/19人"]
    plain = section(tmp_path, rows.format(""), 19, more=",rounding")
    assert not plain.all(".spans")
    assert "19人）の回答からは得られない（17人なら89%、18人なら95%）" in plain.whole


def test_people_are_those_whom_the_figures_state(tmp_path: Path) -> None:
    page = section(tmp_path, "s,Q,table,とても;やや,50,18", 20, more=",n")
    assert page.texts("figcaption p") == ["50%9/18人"]
    assert "全員が答えたとした" not in page.whole


def test_of_figures_that_contradict_each_other_nothing_is_drawn(tmp_path: Path) -> None:
    page = section(tmp_path, "s,Q,headline,とても;やや,98\ns,Q,legend,とても;やや,", 20)
    assert not page.all(".spans, figcaption p")
    assert "公表された値どうしが合わないので、人数の範囲は示せません。" in page.whole
    assert "見出し「とても」「やや」98%：参加者全員（20人）の回答からは得られない" in page.whole


def test_levels_of_which_several_may_be_chosen_stand_one_by_one(tmp_path: Path) -> None:
    item = Choices(kind="choices", name="Q", question="?", levels=("講義", "演習", "交流"))
    scores = Scores("s", 0, (Selections(item, 0, counts=(0, 0, 0)),))
    read = figures(tmp_path, "s,Q,table,講義,75\ns,Q,table,演習,60")
    page = Page(possible(session(20), scores, read).html)
    assert page.texts(".spans tbody td:nth-child(3)") == ["15人", "12人", "0～20人"]
    assert not page.all("figcaption p")


def test_labels_are_escaped(tmp_path: Path) -> None:
    page = section(tmp_path, "s,Q,table,<b>,50", 10, ("<b>", "x&y"))
    assert "&lt;b&gt;" in page.html
    assert not page.all("b")


def test_what_contradicts_is_said_once_on_a_sessions_page(real: Workspace) -> None:
    session = real.session("exchange-2")
    nobody = real.score(session, no_responses(session.id, real.survey_of(session)))
    scores = {session.id: replace(nobody, n_written=None)}
    assert not published(real.published, [session], scores, real.programme)
    assert "役立ち度" in possible(session, scores[session.id], real.published).html


def test_last_years_session_stands_beside_this_years(workspace: Workspace) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2")
    (workspace.root / "data/responses/bpr-1.csv").unlink()
    assert run(workspace).failed == {}
    page = page_of(workspace, "bpr-1")
    assert page.texts(".notice")[-1].endswith("アンケートの回答は手もとにありません。")
    assert page.texts(".possible figcaption p") == [
        *("100%6/6人", "100%6/6人", "83%5/6人", "100%6/6人"),
    ]
    assert not page.all(".cards, .audit, img.bar")
    overall = page_of(workspace, "overall")
    assert overall.texts(".summary .share .state") == ["公表値"] * 4
    assert overall.numbers(".summary .share")[2] == [83, 5, 6]
    assert "延べ回答者 6人" in overall.whole
    assert "（②第1回）は回答が手もとになく" in overall.whole
    index = page_of(workspace, "index")
    assert index.texts(STATES)[0] == "公表値のみ"
    assert "1回は公表された値だけ。" in index.text(".lead")
    book = openpyxl.load_workbook(
        io.BytesIO((workspace.root / "outputs/tables/figures.xlsx").read_bytes())
    )
    rows = [row[5:13] for row in book["公表値からの範囲"].iter_rows(values_only=True)]
    found = {row[:2]: row[2:] for row in rows}
    assert found["習得度", "もっと勉強が必要"] == pytest.approx((6, 1, 1, 1 / 6, 1 / 6, 4))
    assert found["習得度", "（肯定的回答）"] == pytest.approx((6, 5, 5, 5 / 6, 5 / 6, 4))
    (first,) = book["実施結果サマリ"].iter_rows(min_row=3, max_row=3, values_only=True)
    assert first[7] is None
    assert first[-1].endswith("回答ファイルなし。")


def test_a_published_range_by_another_rule_marks_its_column(workspace: Workspace) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2")
    (workspace.root / "data/responses/bpr-1.csv").unlink()
    path = workspace.root / "data/sessions/bpr-1.yaml"
    rule = (
        "favourable:\n  - {item: 満足度, levels: [大いに満足], reason: 前年度と同じに数えるため}\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + rule, encoding="utf-8")
    assert run(workspace).failed == {}
    for name in ("overall", "index"):
        heads = [text for text in page_of(workspace, name).texts("thead th") if "満足度" in text]
        assert heads and all("＊" in text for text in heads), name
    notes = [text for text in page_of(workspace, "overall").texts("li") if "＊" in text]
    assert "満足度" in notes[0]
