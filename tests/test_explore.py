"""All answers as frames, cross tables and comparisons, held against counts of the files by hand."""

import copy
import csv
import doctest
import html
import inspect
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import every_kind
import nbformat
import pandas as pd
import pytest
import yaml
from conftest import EXAMPLE, copy_workspace
from nbclient import NotebookClient
from stress import write_yaml

import dxeval as dx
from dxeval.errors import FigureError, NotAskedError, WorkspaceError
from dxeval.exploring.gathering import Explored
from dxeval.report.plan import Plan
from dxeval.starting.answers import Answers
from dxeval.starting.files import own_files
from dxeval.workspace import Workspace

NOTEBOOK = EXAMPLE / "notebooks/explore.ipynb"
UNDERSTOOD = "研修の内容は理解できましたか"
SATISFIED = "研修に満足しましたか"


@pytest.fixture(scope="module")
def every() -> Explored:
    return dx.explore(Workspace(EXAMPLE))


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Explored:
    root = tmp_path_factory.mktemp("kinds")
    every_kind.write_workspace(root)
    return dx.explore(Workspace(root))


def rows(root: Path, session_id: str) -> list[dict[str, str]]:
    """Return a session's export as the csv module reads it."""
    text = (root / f"data/responses/{session_id}.csv").read_text(encoding="utf-8-sig")
    lines = text.splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if line.count(",") > 2)
    return list(csv.DictReader(lines[first:]))


def exports(root: Path) -> dict[str, list[dict[str, str]]]:
    paths = sorted((root / "data/responses").glob("*.csv"))
    return {path.stem: rows(root, path.stem) for path in paths}


def counted(frame: pd.DataFrame, *keys: str) -> Counter:
    """Count the rows of a frame by some columns; what is missing is empty, as in the file."""
    return Counter(zip(*(frame[key].astype(str).fillna("") for key in keys), strict=True))


# The tidy frame


def test_every_answer_of_the_example_is_in_the_tidy_frame(every: Explored) -> None:
    frame = dx.answers(every)
    items = ["理解度", "満足度"]
    chosen = frame[frame["item"].isin(items)]
    expected = Counter(
        (session_id, item, row[header])
        for session_id, answers in exports(EXAMPLE).items()
        for row in answers
        for item, header in zip(items, (UNDERSTOOD, SATISFIED), strict=True)
    )
    assert counted(chosen, "session_id", "item", "level") == expected
    assert len(frame) == 108 * 5
    written = frame[(frame["item"] == "感想") & frame["answered"]]
    assert Counter(written["text"]) == Counter(
        row["ご意見・ご感想"]
        for answers in exports(EXAMPLE).values()
        for row in answers
        if row["ご意見・ご感想"]
    )


def test_dtypes_and_order_of_the_tidy_frame(every: Explored) -> None:
    frame = dx.answers(every)
    assert [*frame.columns] == [
        *("session_id", "programme", "date", "row", "item", "kind", "answered"),
        *("level", "value", "text"),
    ]
    assert [*frame["session_id"].cat.categories] == [s.id for s in every.sessions]
    assert [*frame["item"].head(5)] == ["理解度", "役立ち度", "習得度", "満足度", "感想"]
    assert frame["date"].dtype.kind == "M"
    first = frame[frame["session_id"] == "bpr-1"]
    assert str(first["date"].iloc[0].date()) == "2025-07-11"
    assert [*first["row"].drop_duplicates()] == [3, 4, 5, 6, 7, 8]
    assert (first["programme"] == "bpr").all()


def test_rows_are_those_of_the_file(every: Explored) -> None:
    lines = (EXAMPLE / "data/responses/bpr-2.csv").read_text(encoding="utf-8-sig").splitlines()
    frame = dx.answers(every).query("session_id == 'bpr-2' and item == '満足度'")
    for row, level in zip(frame["row"], frame["level"], strict=True):
        assert f",{level}," in lines[row - 1]
    for place in dx.comments(every).query("session_id == 'bpr-2'").itertuples():
        assert lines[place.row - 1].endswith(f",{place.text}")


def test_each_kind_has_its_own_column(kinds: Explored) -> None:
    frame = dx.answers(kinds)
    there = exports(kinds.workspace.root)
    for item in every_kind.ITEMS:
        mine = frame[frame["item"] == item["name"]]
        cells = [row[item["question"]] for answers in there.values() for row in answers]
        blank = sum(not cell for cell in cells)
        assert (~mine["answered"]).sum() == blank
        filled = [cell for cell in cells if cell]
        match item.get("kind", "scale"):
            case "rating":
                assert Counter(mine["value"].dropna()) == Counter(map(float, filled))
                assert Counter(mine["level"].dropna()) == Counter(filled)
            case "number":
                assert Counter(mine["value"].dropna()) == Counter(map(float, filled))
                assert mine["level"].isna().all()
            case "text":
                assert Counter(mine["text"].dropna()) == Counter(filled)
                assert mine["level"].isna().all()
            case "choices":
                label = "講義"
                assert (mine["level"] == label).sum() == sum(
                    label in cell.split(";") for cell in filled
                )
                assert len(mine.drop_duplicates(["session_id", "row"])) == len(cells)
            case _:
                assert Counter(mine["level"].dropna()) == Counter(filled)
                assert mine["value"].isna().all()


def test_attributes_stand_beside_each_answer(kinds: Explored) -> None:
    frame = dx.answers(kinds)
    assert frame.columns[-1] == "役職"
    mine = frame[frame["item"] == "理解度"]
    expected = Counter(
        (row["理解できましたか"], row["役職"])
        for answers in exports(kinds.workspace.root).values()
        for row in answers
    )
    assert counted(mine, "level", "役職") == expected


def small(root: Path, *, questionnaires: bool = False) -> Workspace:
    """Write two sessions: one was not asked 満足度, in the other two left something blank."""
    names = {"理解度": "Q1", "満足度": "Q2", "date": "Q3"}
    items = [
        {
            "name": name,
            "question": header,
            "levels": ["良い", "普通", "悪い"],
            "favourable": ["良い"],
        }
        for name, header in names.items()
    ]
    form = {
        "name": "f",
        "respondent_id": "id",
        "timestamp": "t",
        "items": names,
        "comments": ["声"],
    }
    survey = {"items": items, "forms": [form], "resubmission": "latest"}
    if questionnaires:
        survey["questionnaires"] = [
            {"id": "full", "items": [*names]},
            {"id": "short", "items": ["理解度", "date"]},
        ]
    programme = {
        "report": {"title": "t"},
        "programmes": [
            {"id": "p", "title": "P"} | ({"questionnaire": "full"} if questionnaires else {}),
        ],
    }
    session = {"programme": "p", "title": "t", "date": "2025-07-11", "attendees": "9"}
    (root / "data/responses").mkdir(parents=True)
    (root / "data/sessions").mkdir()
    write_yaml(root / "data/survey.yaml", survey)
    write_yaml(root / "data/programme.yaml", programme)
    short = {"questionnaire": "short"} if questionnaires else {"not_asked": ["満足度"]}
    write_yaml(root / "data/sessions/a.yaml", session | {"number": "1"})
    write_yaml(root / "data/sessions/b.yaml", session | {"number": "2"} | short)
    (root / "data/responses/a.csv").write_text(
        "id,t,Q1,Q2,Q3,声\n"
        "1,2025/07/11 10:00,悪い,悪い,悪い,古い\n"
        "2,2025/07/11 10:01,良い,,普通,<script>alert(1)</script>\n"
        "3,2025/07/11 10:02,,普通,普通,=1+1\u202e\n"
        "1,2025/07/11 10:03,良い,良い,良い,\n",
        encoding="utf-8",
    )
    (root / "data/responses/b.csv").write_text(
        "id,t,Q1,Q3,声\n1,2025/07/11 10:00,普通,良い,\n", encoding="utf-8"
    )
    return Workspace(root)


def test_blank_is_a_row_and_not_asked_is_none(tmp_path: Path) -> None:
    frame = dx.answers(small(tmp_path))
    satisfied = frame[frame["item"] == "満足度"]
    assert [*satisfied["session_id"]] == ["a"] * 3
    assert [
        *zip(
            satisfied["row"],
            satisfied["answered"],
            satisfied["level"].astype("str").fillna("—"),
            strict=True,
        )
    ] == [
        (3, False, "—"),
        (4, True, "普通"),
        (5, True, "良い"),
    ]
    assert (frame["session_id"] == "b").sum() == 2


def test_what_does_not_count_is_in_no_frame_and_is_shown(tmp_path: Path) -> None:
    every = dx.explore(small(tmp_path))
    assert {*dx.answers(every).query("session_id == 'a'")["row"]} == {3, 4, 5}
    assert "古い" not in set(dx.comments(every)["text"])
    assert "出し直し 1" in str(every.overview.html)


def test_wide_tells_what_was_not_asked(tmp_path: Path) -> None:
    frame = dx.wide(small(tmp_path))
    assert frame.attrs["not_asked"] == {"a": [], "b": ["満足度"]}
    assert [*frame.columns] == [
        *("session_id", "programme", "date", "row", "理解度", "満足度", "date（設問）")
    ]
    assert frame["満足度"].dtype.ordered
    assert [*frame["満足度"].fillna("悪い")] == ["悪い", "普通", "良い", "悪い"]


def test_wide_of_one_questionnaire(tmp_path: Path) -> None:
    every = dx.explore(small(tmp_path, questionnaires=True))
    frame = dx.wide(every, "short")
    assert [*frame["session_id"]] == ["b"]
    assert [*frame.columns][4:] == ["理解度", "date（設問）"]
    assert [*dx.wide(every, "full")["session_id"]] == ["a", "a", "a"]
    with pytest.raises(NotAskedError, match=r"調査票「x」はありません。あるのは：full、short"):
        dx.wide(every, "x")


def test_wide_has_each_kind_as_it_is_answered(kinds: Explored) -> None:
    frame = dx.wide(kinds)
    assert len(frame) == sum(every_kind.PEOPLE.values())
    assert frame["理解度"].dtype.ordered
    assert not frame["次の形"].dtype.ordered
    assert frame["残業"].dtype == "float64"
    assert all(isinstance(chosen, tuple) for chosen in frame["役立った内容"].dropna())
    n400 = frame[frame["session_id"] == "n-400"]
    cells = [row["月の残業は何時間ですか"] for row in rows(kinds.workspace.root, "n-400")]
    assert [*n400["残業"].dropna()] == [float(cell) for cell in cells if cell]


def test_an_attribute_may_have_any_name_and_be_lacking_in_a_session(tmp_path: Path) -> None:
    workspace = small(tmp_path)
    survey = yaml.safe_load((tmp_path / "data/survey.yaml").read_text(encoding="utf-8"))
    survey["attributes"] = [
        {"name": "text", "question": "Q4", "kind": "choice", "levels": ["x", "y"]},
        {"name": "<b>", "question": "Q5", "kind": "number"},
    ]
    form = survey["forms"][0]
    more = copy.deepcopy(form) | {"name": "g", "items": form["items"] | {"text": "Q4", "<b>": "Q5"}}
    write_yaml(tmp_path / "data/survey.yaml", survey | {"forms": [more, form]})
    path = tmp_path / "data/responses/a.csv"
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    lines = [f"{first},Q4,Q5", *(f"{line},{'xy'[i % 2]},{i}" for i, line in enumerate(lines))]
    path.write_text("\n".join(lines), encoding="utf-8")
    every = dx.explore(Workspace(workspace.root))
    assert not every.broken
    frame = dx.answers(every)
    assert [*frame.columns[-3:]] == ["text", "text（設問）", "<b>"]
    assert [*frame["<b>"].dropna().drop_duplicates()] == [1, 2, 3]
    assert frame[frame["session_id"] == "b"][["text（設問）", "<b>"]].isna().all(axis=None)
    assert "<b>" not in frame._repr_html_()
    found = dx.crosstab(every, "理解度", "text")
    assert found.frame.groupby("group", sort=False)["n_valid"].first().to_dict() == {"x": 0, "y": 2}
    assert "質問なしの回は入っていません：第2回" in str(found.shown.html)
    assert "<b>ごと" not in str(dx.crosstab(every, "理解度", "<b>").shown.html)


def test_comments_are_escaped_and_hidden_characters_written_out(tmp_path: Path) -> None:
    frame = dx.comments(small(tmp_path))
    assert [*zip(frame["row"], frame["question"], frame["text"], strict=True)] == [
        (3, "声", "<script>alert(1)</script>"),
        (4, "声", "=1+1[U+202E]"),
    ]
    assert "<script>" not in frame._repr_html_()


# Cross tables and comparisons


def test_a_crosstab_over_all_sessions(every: Explored) -> None:
    found = dx.crosstab(every, "理解度", "満足度")
    expected = Counter(
        (row[SATISFIED], row[UNDERSTOOD]) for rows in exports(EXAMPLE).values() for row in rows
    )
    frame = found.frame[found.frame["count"] > 0]
    got = dict(zip(zip(frame["group"], frame["level"], strict=True), frame["count"], strict=True))
    assert got == expected
    for _, group in found.frame[found.frame["n_valid"] > 0].groupby("group"):
        assert group["share"].sum() == pytest.approx(1)
        assert group["count"].sum() == group["n_valid"].iloc[0]


def test_a_crosstab_by_an_attribute_shows_counts_shares_and_valid_answers(kinds: Explored) -> None:
    found = dx.crosstab(kinds, "理解度", "役職")
    there = [row for rows in exports(kinds.workspace.root).values() for row in rows]
    groups = [*dict.fromkeys(found.frame["group"])]
    assert groups == ["管理職", "係長級", "係員", "（無回答）"]
    lead = [row["理解できましたか"] for row in there if row["役職"] == "係長級"]
    k, n = lead.count("とても"), sum(map(bool, lead))
    shown = html.unescape(str(found.shown.html))
    assert f"<td>{k}人（{int(100 * k / n + 0.5)}%）</td>" in shown
    mine = found.frame.query("group == '係長級' and level == 'とても'")
    assert [*mine[["count", "n_valid", "n_missing"]].iloc[0]] == [k, n, len(lead) - n]
    assert 0.2 < mine["share"].iloc[0] == k / n
    assert "全体" in shown
    assert "延べ人数" in shown


@pytest.mark.parametrize("item", [item["name"] for item in every_kind.ITEMS])
def test_every_kind_can_be_compared_and_crossed(kinds: Explored, item: str) -> None:
    for found in (
        dx.crosstab(kinds, item, "役職"),
        dx.compare(kinds, item),
        dx.compare(kinds, item, by="programme"),
    ):
        data = found._repr_mimebundle_()
        assert "<table" in data["text/html"]
        assert len(found.frame)
        assert {"level", "count", "share", "n_valid", "n_missing"} <= {*found.frame.columns}


def test_sessions_side_by_side_have_the_figures_of_their_pages(every: Explored) -> None:
    workspace = every.workspace
    frame = dx.compare(every, "満足度").frame.set_index(["session_id", "level"])
    for session_id, scores in workspace.score_all(workspace.sessions()).items():
        for level, count in scores["満足度"]:
            assert frame.loc[session_id, level]["count"] == count
        share = frame.loc[session_id, "満足"]["favourable_share"]
        assert share == scores["満足度"].favourable_share
    shown = str(dx.compare(every, "満足度").shown.html)
    assert "①第2回の満足度は" in shown


def test_programmes_are_counted_by_one_rule_and_it_is_said(every: Explored) -> None:
    found = dx.compare(every, "満足度", by="programme")
    levels = {"大いに満足", "満足", "概ね満足"}
    cells = [
        row[SATISFIED]
        for session_id, rows in exports(EXAMPLE).items()
        if session_id.startswith("exchange")
        for row in rows
    ]
    mine = found.frame[found.frame["programme"] == "exchange"]
    assert mine["favourable_count"].iloc[0] == sum(cell in levels for cell in cells)
    assert "①第2回だけの数え方" in str(found.shown.html)


def test_a_session_that_was_not_asked_is_said(tmp_path: Path) -> None:
    every = dx.explore(small(tmp_path))
    compared = dx.compare(every, "満足度")
    assert "質問なし" in str(compared.shown.html)
    assert {*compared.frame["session_id"]} == {"a"}
    crossed = dx.crosstab(every, "理解度", "満足度")
    assert "質問なしの回は入っていません：第2回" in str(crossed.shown.html)
    assert crossed.frame.groupby("group", sort=False)["n_valid"].first().to_dict() == {
        "良い": 1,
        "普通": 0,
        "悪い": 0,
        "（無回答）": 1,
    }


def test_groups_of_a_few_are_not_passed_on_without_a_word(tmp_path: Path, every: Explored) -> None:
    shown = str(dx.crosstab(small(tmp_path), "理解度", "date").shown.html)
    assert "3人に満たない組があり（「良い」「普通」）、だれの答えか分かる" in shown
    assert "30人未満の組の割合は参考値" in shown
    assert "3人に満たない" not in str(dx.crosstab(every, "理解度", "満足度").shown.html)


def test_what_cannot_be_counted_is_refused_in_words(kinds: Explored) -> None:
    with pytest.raises(
        NotAskedError, match=r"「年代」という設問・属性はありません。あるのは：理解度、"
    ):
        dx.crosstab(kinds, "理解度", "年代")
    with pytest.raises(FigureError, match="「役立った内容」の答えでは、回答者を分けられません"):
        dx.crosstab(kinds, "理解度", "役立った内容")
    with pytest.raises(FigureError, match=r"by は session、programme のどれか"):
        dx.compare(kinds, "理解度", by="month")
    with pytest.raises(WorkspaceError, match="セッション「x」はありません"):
        dx.explore(kinds.workspace, sessions=["x"])
    with pytest.raises(WorkspaceError, match=r"事業「x」はありません。あるのは：p"):
        dx.explore(kinds.workspace, programme="x")
    with pytest.raises(TypeError, match=r"dx.explore\(\) の結果"):
        dx.crosstab(dx.answers(kinds), "理解度", "役職")


def test_the_figures_of_one_session_are_had_as_before(kinds: Explored) -> None:
    responses = kinds.responses["n-21"]
    found = dx.crosstab(responses, kinds.survey, "理解度", "役職")
    assert found.together.n_valid + found.together.n_missing == 21
    assert "<table" in str(dx.tables.crosstab(found).html)
    few = dx.crosstab(kinds.responses["n-6"], kinds.survey, "理解度", "役職")
    assert "3人に満たない組があり" in str(dx.tables.crosstab(few).html)


def test_some_sessions_only(every: Explored) -> None:
    only = dx.explore(every.workspace, sessions=["bpr-2", "exchange-1"])
    assert [session.id for session in only.sessions] == ["exchange-1", "bpr-2"]
    assert {*dx.explore(every.workspace, sessions="bpr-2").responses} == {"bpr-2"}
    assert {*dx.explore(every.workspace, programme="bpr").responses} == {"bpr-1", "bpr-2"}


def test_nothing_of_the_answers_is_in_a_repr(every: Explored) -> None:
    assert repr(every) == "<Explored 7回>"
    assert len(repr(dx.compare(every, "満足度"))) < 60


# Broken sessions


def test_a_broken_session_is_named_and_the_others_are_there(workspace: Workspace) -> None:
    (workspace.root / "data/sessions/bpr-1.yaml").write_text("<b>: [", encoding="utf-8")
    export = workspace.root / "data/responses/exchange-2.csv"
    export.write_text(
        export.read_text(encoding="utf-8-sig").replace("大いに満足", "<i>"), encoding="utf-8"
    )
    every = dx.explore(Workspace(workspace.root))
    assert [*every.broken] == ["bpr-1", "exchange-2"]
    shown = every._repr_mimebundle_()["text/html"]
    assert "bpr-1 は読めないので" in shown
    assert "data/responses/exchange-2.csv" in shown
    assert "<i>" not in shown
    assert dx.answers(every).attrs["broken"] == ["bpr-1", "exchange-2"]
    assert {*dx.answers(every)["session_id"]}.isdisjoint(every.broken)
    assert "読めない回は入っていません：bpr-1、exchange-2" in str(
        dx.compare(every, "満足度").shown.html
    )


# The public face


def test_dir_shows_a_dozen_names_and_all_else_still_works() -> None:
    assert 10 <= len(dir(dx)) <= 14
    assert {*dir(dx)} <= {*dx.__all__}
    assert {"Workspace", "answers", "crosstab", "compare", "page", "tables"} <= {*dir(dx)}
    assert {"read_responses", "Scores", "percent", "audit", "wording"} <= {*dx.__all__}


@pytest.mark.parametrize("name", dir(dx))
def test_each_name_has_an_example_that_runs_and_a_line_of_japanese(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLE)
    documented = getattr(dx, name)
    text = inspect.getdoc(documented) or ""
    assert re.search("^(?![A-Za-z>]).*[ぁ-ん].*。$", text, re.M), name
    module = documented if inspect.ismodule(documented) else import_module(documented.__module__)
    test = doctest.DocTestParser().get_doctest(text, {}, name, module.__file__, 0)
    assert test.examples, name
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert runner.run(test).failed == 0


# The notebook


def load() -> nbformat.NotebookNode:
    return nbformat.read(NOTEBOOK, as_version=4)


def test_the_notebook_is_marked_stored_clean_and_thin() -> None:
    notebook = load()
    assert notebook.cells[0].metadata.tags == ["explore"]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert 8 <= len(code) <= 10
    for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False):
        assert before.cell_type != cell.cell_type, "words between the cells"
    for cell in code:
        assert len(cell.source.splitlines()) <= 5
        assert not cell.outputs
        assert cell.execution_count is None
        assert "parameters" not in cell.metadata.get("tags", [])


def test_the_batch_makes_no_page_of_it(workspace: Workspace) -> None:
    plan = Plan(workspace)
    assert "explore" not in plan.order


def init(root: Path) -> None:
    for name, content in own_files(Answers()).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)


def example(root: Path) -> None:
    copy_workspace(root)


def of_every_kind(root: Path) -> None:
    every_kind.write_workspace(root)


def not_alike(root: Path) -> None:
    small(root)


def broken(root: Path) -> None:
    copy_workspace(root)
    (root / "data/sessions/bpr-1.yaml").write_text("title: [", encoding="utf-8")


def all_broken(root: Path) -> None:
    copy_workspace(root)
    for path in (root / "data/responses").iterdir():
        path.write_bytes(b"%PDF-1.7")


@pytest.mark.parametrize("folder", ["notebooks", "."])
@pytest.mark.parametrize("write", [example, of_every_kind, init, broken, all_broken, not_alike])
def test_run_all_in_any_workspace(tmp_path: Path, write, folder: str) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path)
    (tmp_path / "notebooks").mkdir(exist_ok=True)
    shutil.copy(NOTEBOOK, tmp_path / "notebooks/explore.ipynb")
    notebook = load()
    where = {"metadata": {"path": str(tmp_path / folder)}}
    NotebookClient(notebook, kernel_name="python3", resources=where).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert len(outputs) >= 8
    assert {output.output_type for output in outputs} <= {"execute_result", "display_data"}
    assert all("text/html" in output.data for output in outputs)
    said = json.dumps(outputs, ensure_ascii=False)
    if write is init:
        assert "まだ回がありません" in said
    if write is broken:
        assert "bpr-1 は読めないので" in said


def test_it_is_in_a_new_workspace() -> None:
    assert own_files(Answers())["notebooks/explore.ipynb"] == NOTEBOOK.read_bytes()


def text_cells() -> Iterator[str]:
    yield from (cell.source for cell in load().cells if cell.cell_type == "markdown")


def test_its_words_name_nothing_of_the_example() -> None:
    for text in text_cells():
        assert not re.search("exchange|bpr", text)
