"""Questions of every kind on real pages, in the spreadsheets and in check; what changed is said."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import every_kind
import openpyxl
import pandas as pd
import pytest
from conftest import ROOT, Here
from pages import Page, page_of
from stress import write_yaml

import dxeval as dx
from dxeval.definitions.form import Form
from dxeval.definitions.kinds import MODELS
from dxeval.definitions.labels import without_number
from dxeval.definitions.old_form import old_form
from dxeval.definitions.questions import Number, Scale
from dxeval.definitions.survey import Survey, read_survey
from dxeval.errors import FigureError, NotAskedError
from dxeval.presenting import asked_words
from dxeval.problems import ProblemKind
from dxeval.reading.responses import Responses
from dxeval.report.batch import run
from dxeval.scoring.values import NAMES
from dxeval.workspace import Workspace


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The workspace of every kind with its pages, to be read only."""
    root = tmp_path_factory.mktemp("kinds")
    every_kind.write_workspace(root)
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    assert run(Workspace(root), executor=Here()).failed == {}
    return Workspace(root)


def answers(workspace: Workspace, session_id: str, item: str) -> pd.Series:
    return workspace.responses(workspace.session(session_id)).answers[item]


def test_a_card_for_each_item_that_has_one_number(made: Workspace) -> None:
    cards = page_of(made, "n-21").texts(".card dt")
    assert cards == ["理解度", "時間", "推奨度", "自信", "残業"]
    confident = answers(made, "n-21", "自信").dropna().astype(str).astype(int)
    median = confident.median()
    assert page_of(made, "n-21").texts(".card strong")[3] == f"{median:g}"


def test_every_number_of_a_choice_stands_beside_its_bar(made: Workspace) -> None:
    page = page_of(made, "n-400")
    tables = {words.split("（")[0]: words for words in page.texts("table.shares caption")}
    assert list(tables) == ["次の形", "受講", "役立った内容"]
    there = answers(made, "n-400", "役立った内容").dropna()
    rows = page.numbers("table.shares:has(tr:nth-child(6)) tbody tr td:nth-child(3)")
    item = made.survey.item("役立った内容")
    assert rows == [[sum(label in chosen for chosen in there)] for label in item.labels]


def test_shares_of_several_answers_are_said_to_add_up_to_more(made: Workspace) -> None:
    page = page_of(made, "n-21")
    assert "役立った内容はいくつでも選べる。" in page.whole
    percents = page.numbers("table.shares:has(tr:nth-child(6)) tbody td:last-child")
    assert sum(percent for (percent,) in percents) > 100


def test_a_rating_is_drawn_along_its_numbers(made: Workspace) -> None:
    page = page_of(made, "n-6")
    ticks = page.texts(".ticks:not(.dense) .of")
    assert ticks == [str(number) for number in range(11)]
    assert page.texts(".ticks:not(.dense) .favourable .of") == ["8", "9", "10"]
    counts = answers(made, "n-6", "推奨度").value_counts(sort=False)
    assert page.numbers(".ticks:not(.dense) .count") == [[count] for count in counts.tolist()]
    table = page.only("table.ticks")
    assert f"有効回答{counts.sum()}人" in table.caption.get_text()
    assert len(table.select("tbody tr > th[scope=row]")) == 11


def test_a_number_has_a_dot_for_each_of_few(made: Workspace) -> None:
    for session_id, n in (("n-21", True), ("n-400", False)):
        dots = page_of(made, session_id).all(".dots span")
        assert len(dots) == (answers(made, session_id, "残業").notna().sum() if n else 0)


@pytest.mark.parametrize("session_id", ["n-0", "n-none"])
def test_nothing_is_drawn_where_nobody_answered(made: Workspace, session_id: str) -> None:
    page = page_of(made, session_id)
    assert not page.all(".ticks, .dots, table.shares, .chart img")
    assert "%" not in "".join(page.texts(".card strong"))


def test_comments_are_kept_apart_by_question(made: Workspace, tmp_path: Path) -> None:
    shutil.copytree(made.root / "data", tmp_path / "data")
    shutil.copytree(made.root / "notebooks", tmp_path / "notebooks")
    workspace = Workspace(tmp_path)
    session = workspace.session("n-21")
    written = workspace.responses(session).written
    good = [w.text for w in written if w.question == "良かった点"]
    wishes = [w.text for w in written if w.question == "要望"]
    path = tmp_path / "data/sessions/n-21.yaml"
    quotes = json.dumps([wishes[0], good[0]], ensure_ascii=False)
    path.write_text(path.read_text("utf-8") + f"comments: {quotes}\n", "utf-8")
    run(Workspace(tmp_path), ["n-21"], executor=Here())
    page = page_of(workspace, "n-21")
    headings = page.texts("section:has(blockquote) h3")
    assert f"良かった点（掲載 1件 ／ 記入 {len(good)}件）" in headings
    assert f"要望（掲載 1件 ／ 記入 {len(wishes)}件）" in headings
    assert page.texts("blockquote") == [good[0], wishes[0]]


def test_the_spreadsheet_has_counts_and_order_statistics(made: Workspace) -> None:
    book = openpyxl.load_workbook(made.root / "outputs/tables/figures.xlsx")
    measures = pd.read_csv(made.root / "outputs/tables/measures.csv")
    header, *rows = book["設問ごとの結果"].values
    there = {(row[0], row[5]): dict(zip(header, row, strict=True)) for row in rows}
    hours = answers(made, "n-400", "残業").dropna()
    row = there["n-400", "残業"]
    expected = [hours.quantile(share) for share in (0, 0.25, 0.5, 0.75, 1)]
    assert [row[name] for name in NAMES.values()] == expected
    (said,) = measures.loc[measures["session_id"].eq("n-400") & measures["item"].eq("残業")].index
    assert [*measures.loc[said, [*NAMES]]] == expected
    assert there["n-none", "残業"]["中央値"] is None
    header, *rows = book["選択肢ごとの人数"].values
    items = {row[header.index("設問")] for row in rows}
    assert items == {item["name"] for item in every_kind.ITEMS} - {"残業", "良かった点", "要望"}
    favourable = {(row[header.index("設問")], row[header.index("肯定的回答")]) for row in rows}
    assert ("役立った内容", None) in favourable
    assert {("時間", None), ("時間", "○")} <= favourable


def test_check_says_each_kind_in_its_words(made: Workspace) -> None:
    words = [sys.executable, "-m", "dxeval", "check", "data/responses/n-21.csv"]
    done = subprocess.run(words, cwd=made.root, capture_output=True, text=True, check=True)
    lines = {line.split("：")[0].strip(): line for line in done.stdout.splitlines()}
    assert "講義 " in lines["役立った内容"]
    assert "中央値 " in lines["残業"]
    assert lines["要望"].endswith("人") or "無回答" in lines["要望"]
    done = subprocess.run([*words, "--json"], cwd=made.root, capture_output=True, check=True)
    (file,) = json.loads(done.stdout)["files"]
    kinds = {item["item"]: item["kind"] for item in file["items"]}
    assert kinds["推奨度"] == "rating"
    hours = next(item for item in file["items"] if item["item"] == "残業")
    assert hours["median"] == answers(made, "n-21", "残業").median()


@pytest.mark.parametrize("item", ["理解度", "推奨度", "次の形", "役立った内容", "残業"])
def test_a_cross_table_has_the_groups_and_all_of_them(made: Workspace, item: str) -> None:
    responses = made.responses(made.session("n-400"))
    found = dx.crosstab(responses, made.survey, item, "役職")
    groups = responses.attributes["役職"].astype(object).fillna("（無回答）")
    there = responses.answers[item].notna()
    assert {name: score.n_valid for name, score in found.groups.items()} == dict(
        there.groupby(groups).sum()
    )
    page = Page(str(dx.tables.crosstab(found).html))
    assert "全体" in page.whole or page.all("img")
    assert str(found.together.n_valid) in page.whole


def test_groups_that_are_not_all_are_refused(made: Workspace) -> None:
    responses = made.responses(made.session("n-21"))
    found = dx.crosstab(responses, made.survey, "理解度", "役職")
    less = dict(list(found.groups.items())[1:])
    with pytest.raises(FigureError, match="合わせた人数と合いません"):
        type(found)(found.item, found.by, less, found.together)
    with pytest.raises(NotAskedError, match="聞いていません"):
        dx.crosstab(responses, made.survey, "理解度", "年代")
    with pytest.raises(FigureError, match="分けられません"):
        dx.crosstab(responses, made.survey, "理解度", "役立った内容")


def test_attributes_stand_on_no_page(made: Workspace) -> None:
    for path in (made.root / "outputs").rglob("*.html"):
        assert "係長級" not in path.read_text("utf-8")


SATISFIED = {"name": "満足度", "question": "満足しましたか", "favourable": ["満足"]}


def two_forms(root: Path, items: list[dict], forms: list[dict], exports: list[str]) -> Workspace:
    """Write a workspace of as many sessions as exports."""
    for folder in ("sessions", "responses"):
        (root / "data" / folder).mkdir(parents=True)
    write_yaml(root / "data/survey.yaml", {"items": items, "forms": forms})
    programme = {"report": {"title": "報告"}, "programmes": [{"id": "p", "title": "研修"}]}
    write_yaml(root / "data/programme.yaml", programme)
    for number, export in enumerate(exports, start=1):
        session = {"programme": "p", "number": str(number), "title": "会", "date": "2025-07-11"}
        write_yaml(root / f"data/sessions/s-{number}.yaml", {**session, "attendees": "9"})
        (root / f"data/responses/s-{number}.csv").write_text(export, "utf-8")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    workspace = Workspace(root)
    assert run(workspace, executor=Here()).failed == {}
    return workspace


def test_another_wording_and_another_spelling_are_said(tmp_path: Path) -> None:
    item = {**SATISFIED, "levels": ["満足", "不満"], "aliases": {"満足": ["まあ満足"]}}
    forms = [
        {"name": "1", "items": {"満足度": "Q1. 満足しましたか"}},
        {"name": "2", "items": {"満足度": "今日の会に満足しましたか"}},
    ]
    exports = ["Q1. 満足しましたか\n満足\n不満\n", "今日の会に満足しましたか\nまあ満足\n満足\n"]
    workspace = two_forms(tmp_path, [item], forms, exports)
    overall = page_of(workspace, "overall").whole
    said = (
        "満足度は問いの文が回によって違う："
        "「満足しましたか」（第1回）、「今日の会に満足しましたか」（第2回）。"
    )
    assert said in overall
    assert "満足度は「まあ満足」を「満足」に数えた（第2回）。" in overall
    assert "「まあ満足」を「満足」に数えた。" in page_of(workspace, "s-2").whole
    assert "まあ満足" not in page_of(workspace, "s-1").whole


def test_the_same_words_say_nothing(tmp_path: Path) -> None:
    item = {**SATISFIED, "levels": ["満足", "不満"]}
    forms = [
        {"name": "1", "items": {"満足度": "Q1. 満足しましたか"}},
        {"name": "2", "items": {"満足度": "3. 満足しましたか"}},
    ]
    exports = ["Q1. 満足しましたか\n満足\n", "3. 満足しましたか\n満足\n"]
    assert (
        "回によって違う"
        not in page_of(two_forms(tmp_path, [item], forms, exports), "overall").whole
    )


def test_the_same_question_with_other_levels_is_not_compared(tmp_path: Path) -> None:
    items = [
        {**SATISFIED, "levels": ["満足", "不満"]},
        {
            **SATISFIED,
            "name": "満足度（3段階）",
            "levels": ["満足", "普通", "不満"],
            "favourable": ["満足"],
        },
    ]
    forms = [
        {"name": "1", "items": {"満足度": "満足しましたか"}},
        {"name": "2", "items": {"満足度（3段階）": "満足度は"}},
    ]
    workspace = two_forms(tmp_path, items, forms, ["満足しましたか\n満足\n", "満足度は\n普通\n"])
    said = "満足度と満足度（3段階）は問いの文が同じで選択肢が違うため、並べて比べていない。"
    assert said in page_of(workspace, "overall").whole
    index = page_of(workspace, "index")
    assert index.texts("thead th")[3:] == ["満足度", "満足度（3段階）"]
    assert index.texts("tbody .share .quiet") == ["質問なし", "質問なし"]


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Q1. 満足しましたか", "満足しましたか"),
        ("問2-1　満足しましたか", "満足しましたか"),
        ("3）満足しましたか", "満足しましたか"),
        ("3か月後も使いますか", "3か月後も使いますか"),
        ("2.5時間は長いですか", "2.5時間は長いですか"),
        ("10", "10"),
    ],
)
def test_a_number_before_a_question_is_none_of_its_words(header: str, text: str) -> None:
    assert without_number(header) == text


def test_a_share_that_only_one_session_counts_is_none_of_the_other(tmp_path: Path) -> None:
    item = {"name": "頻度", "question": "頻度", "levels": ["毎日", "毎週", "毎月"]}
    forms = [{"name": "f", "items": {"頻度": "頻度"}}]
    workspace = two_forms(tmp_path, [item], forms, ["頻度\n毎日\n毎月\n", "頻度\n毎日\n毎週\n"])
    path = tmp_path / "data/sessions/s-1.yaml"
    rule = "favourable: [{item: 頻度, levels: [毎日], reason: 目標のため}]\n"
    path.write_text(path.read_text("utf-8") + rule, "utf-8")
    assert run(Workspace(tmp_path), executor=Here()).failed == {}
    assert page_of(workspace, "overall").texts(".share") == ["50%＊ 1/2人", "割合なし"]
    book = openpyxl.load_workbook(tmp_path / "outputs/tables/figures.xlsx")
    items, header, *rows = book["実施結果サマリ"].values
    place = items.index("頻度") + 1
    assert header[place] == "肯定的回答"
    assert [row[place] for row in rows] == [1, None]


def test_the_lead_of_many_questions_without_a_share_says_what_was_chosen(
    tmp_path: Path,
) -> None:
    names = [f"問{i}" for i in range(9)]
    items = [
        {"name": name, "question": name, "kind": "choice", "levels": ["はい", "いいえ"]}
        for name in names
    ]
    forms = [{"name": "f", "items": {name: name for name in names}}]
    export = f"{','.join(names)}\n{','.join(['はい'] * 9)}\n"
    page = page_of(two_forms(tmp_path, items, forms, [export]), "s-1")
    said = "選んだのは、問0「はい」、問1「はい」、問2「はい」、問3「はい」など9問。"
    assert page.text(".lead p") == f"参加した9人のうち1人が回答した。{said}"


def test_a_rule_of_one_sessions_rating_is_said_as_a_span(tmp_path: Path) -> None:
    item = {
        "name": "推奨度",
        "question": "推奨度",
        "kind": "rating",
        "lowest": "0",
        "highest": "10",
    }
    forms = [{"name": "f", "items": {"推奨度": "推奨度"}}]
    workspace = two_forms(tmp_path, [item], forms, ["推奨度\n9\n3\n"])
    path = tmp_path / "data/sessions/s-1.yaml"
    rule = "favourable: [{item: 推奨度, levels: [8, 9, 10], reason: 目標のため}]\n"
    path.write_text(path.read_text("utf-8") + rule, "utf-8")
    assert run(Workspace(tmp_path), executor=Here()).failed == {}
    said = "推奨度は8～10を肯定的回答に数える（目標のため）。"
    for page_id in ("s-1", "overall"):
        assert said in page_of(workspace, page_id).whole


def test_groups_of_large_numbers_are_kept_apart() -> None:
    by = Number(kind="number", name="人口", question="人口")
    item = Scale(name="満足度", question="?", levels=("満足", "不満"))
    survey = Survey(
        items=(item,), attributes=(by,), forms=(Form(name="f", items={"満足度": "a", "人口": "b"}),)
    )
    answers = pd.Categorical(["満足", "不満"], categories=["満足", "不満"], ordered=True)
    people = pd.DataFrame({"人口": [1000001.0, 1000002.0]})
    responses = Responses("s", pd.DataFrame({"満足度": answers}), attributes=people)
    assert list(dx.crosstab(responses, survey, "満足度", "人口").groups) == ["1000001", "1000002"]


def test_two_names_for_one_question_are_not_said_to_differ() -> None:
    same = {"question": "満足しましたか", "levels": ("満足", "不満")}
    items = [Scale(name="前", **same), Scale(name="後", **same)]
    assert asked_words.variant_notes(items) == []


def test_each_form_in_the_old_form_is_told_all_it_needs() -> None:
    item = Scale(name="満足度", question="?", levels=("満足", "不満"))
    forms = tuple(Form(name=n, items={"満足度": n}, comments=("ご意見",)) for n in "ab")
    first, second = old_form(Survey(items=(item,), forms=forms))
    assert "{name: ご意見, question: ご意見, kind: text}" in str(first.hint)
    for found in (first, second):
        assert str(found.hint).endswith("を加え、comments の行を消します。")
        assert "この forms の items に ご意見: ご意見" in str(found.hint)


def test_the_documented_questions_are_a_survey() -> None:
    survey = read_survey(ROOT / "docs/questions.yaml", "docs/questions.yaml")
    assert {item.kind for item in survey.items} == {*MODELS}
    assert [item.name for item in survey.asked("入門").items] == ["理解度", "時間", "感想"]


def test_the_old_form_is_said_with_the_new_one(tmp_path: Path) -> None:
    item = {**SATISFIED, "levels": ["満足", "不満"]}
    form = {"name": "f", "items": {"満足度": "満足しましたか"}, "comments": ["ご意見"]}
    workspace = two_forms(tmp_path, [item], [form], ["満足しましたか,ご意見\n満足,よい会\n不満,\n"])
    old = page_of(workspace, "s-1").whole
    words = [sys.executable, "-m", "dxeval", "check", "--json"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, check=True)
    (found,) = json.loads(done.stdout)["warnings"]
    assert found["kind"] == ProblemKind.OLD_FORM
    new = {"name": "ご意見", "question": "ご意見", "kind": "text"}
    for line in ("{name: ご意見, question: ご意見, kind: text}", "ご意見: ご意見"):
        assert line in found["hint"]
    form = {"name": "f", "items": {"満足度": "満足しましたか", "ご意見": "ご意見"}}
    write_yaml(tmp_path / "data/survey.yaml", {"items": [item, new], "forms": [form]})
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, check=True)
    assert json.loads(done.stdout)["warnings"] == []
    run(Workspace(tmp_path), executor=Here())
    new_page = page_of(workspace, "s-1").whole
    assert re.sub("[0-9a-f]{64}", "", new_page) == re.sub("[0-9a-f]{64}", "", old)
