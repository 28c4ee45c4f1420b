"""Pages of any notebook: which notebook makes which, by what it declares, and what is said else."""

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import Here
from pages import page_of
from test_batch import keep_sessions
from test_faults import light_notebook

import dxeval
from dxeval.definitions.programme import check_id
from dxeval.errors import TemplateError
from dxeval.problems import Problem, ProblemKind
from dxeval.report import kinds, rules
from dxeval.report.batch import Result, run
from dxeval.report.kinds import STANDARD
from dxeval.report.listing import State, listing
from dxeval.report.plan import Plan
from dxeval.report.ready import not_ready, to_be_known
from dxeval.report.site.links import INDEX
from dxeval.workspace import Workspace

SESSION, PROGRAMME = "session_id = ''", "programme_id = ''; failed = []"


def notebook(root: Path, name: str, *cells: tuple[object, str], **more: object) -> None:
    """Write a notebook of cells: tags and source, or a kind of cell, tags and source."""
    written = [
        {"cell_type": "code", "metadata": {"tags": tags, **more}, "source": source}
        for tags, source in cells
    ]
    path = root / f"notebooks/{name}.ipynb"
    whole = {"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(whole), encoding="utf-8")


@pytest.fixture
def light(workspace: Workspace) -> Workspace:
    """Three sessions of two programmes, and light notebooks for each standard kind of page."""
    keep_sessions(workspace, "exchange-1", "bpr-1", "bpr-2")
    light_notebook(workspace, "session", SESSION, "session_id")
    light_notebook(workspace, "overall", "failed = []", "failed")
    light_notebook(workspace, "programme", PROGRAMME, "programme_id, failed")
    return workspace


def change(workspace: Workspace, name: str, old: str, new: str) -> None:
    path = workspace.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def again(workspace: Workspace, ids: Sequence[str] = ()) -> Result:
    return run(Workspace(workspace.root), ids, executor=Here())


def states(workspace: Workspace) -> dict[str, State]:
    return {line.id: line.state for line in listing(Plan(Workspace(workspace.root)))}


def html(workspace: Workspace, name: str) -> str:
    return (workspace.root / f"outputs/html/{name}.html").read_text(encoding="utf-8")


def said(workspace: Workspace) -> list[Problem]:
    return to_be_known(Workspace(workspace.root))


def wrong(workspace: Workspace) -> list[Problem]:
    return list(not_ready(Workspace(workspace.root)))


def test_p24_a_page_a_programme_is_made_listed_linked_and_left_alone(light: Workspace) -> None:
    result = again(light)
    assert result.failed == {}
    assert list(result.made)[-3:] == ["programme-exchange", "programme-bpr", "overall"]
    assert result.counted == ["3回", "2事業", "総括"]
    page = html(light, "programme-bpr")
    assert "<title>② BPR/BPO推進ワークショップ　事業のまとめ｜事業実施結果 2025年度</title>" in page
    assert '<a href="programme-exchange.html" rel="prev">' in page
    assert '<a href="overall.html">総括</a>' in page
    assert "(&#39;bpr&#39;, [])" in page
    assert '<a href="programme-bpr.html">②事業のまとめ</a>' in html(light, "bpr-1")
    headings, index = page_of(light, "index").texts(".programme th"), html(light, "index")
    assert headings[0] == "① DX推進担当者の交流プログラム 事業のまとめ"
    assert index.index("② BPR") < index.index('"programme-bpr.html"') < index.index('"bpr-1.html"')
    assert list(states(light))[-5:] == [
        "programme-exchange",
        "programme-bpr",
        "overall",
        "report",
        "index",
    ]
    assert set(states(light).values()) == {State.FRESH}
    assert again(light).made == {}


def test_p24_a_failing_session_does_not_take_its_programme_down(light: Workspace) -> None:
    again(light)
    (light.root / "data/responses/bpr-1.csv").write_text("x,y\n1,2\n")
    result = again(light)
    assert list(result.failed) == ["bpr-1"]
    assert list(result.made) == ["programme-bpr", "overall"]
    assert "(&#39;bpr&#39;, [&#39;bpr-1&#39;])" in html(light, "programme-bpr")


def test_without_asking_for_failed_a_page_is_made_without_their_files(light: Workspace) -> None:
    show = (
        "import dxeval as dx; w = dx.Workspace.find()\n"
        "[s.id for s in w.sessions()], w.left_out(w.sessions())"
    )
    notebook(light.root, "programme", (["parameters"], "programme_id = ''"), ([], show))
    notebook(light.root, "venues", (["parameters"], "colour = 'red'"), ([], show))
    (light.root / "data/responses/bpr-1.csv").write_text("x,y\n1,2\n")
    result = again(light)
    assert list(result.failed) == ["bpr-1"]
    assert "([&#39;bpr-2&#39;], [&#39;bpr-1&#39;])" in html(light, "programme-bpr")
    assert "([&#39;exchange-1&#39;], [])" in html(light, "programme-exchange")
    assert "([&#39;exchange-1&#39;, &#39;bpr-2&#39;], [&#39;bpr-1&#39;])" in html(light, "venues")


def test_a_session_that_cannot_be_read_is_left_out_where_it_belongs(light: Workspace) -> None:
    show = "import dxeval as dx; w = dx.Workspace.find(); w.left_out(w.sessions())"
    notebook(light.root, "programme", (["parameters"], "programme_id = ''"), ([], show))
    path = light.root / "data/sessions/bpr-1.yaml"
    path.write_text(path.read_text("utf-8") + "colour: red\n", encoding="utf-8")
    again(light)
    assert "[&#39;bpr-1&#39;]" in html(light, "programme-bpr")
    assert "bpr-1" not in html(light, "programme-exchange")
    path.write_text("[")
    again(light)
    assert "[&#39;bpr-1&#39;]" in html(light, "programme-exchange")


def test_a_further_notebook_makes_a_page_a_session_beside_the_first(light: Workspace) -> None:
    light_notebook(light, "handout", SESSION, "session_id")
    path = light.root / "notebooks/handout.ipynb"
    data = json.loads(path.read_text("utf-8"))
    data["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "# 配付資料"})
    path.write_text(json.dumps(data), encoding="utf-8")
    result = again(light)
    order = ["exchange-1", "handout-exchange-1", "bpr-1", "handout-bpr-1"]
    assert list(result.made)[:4] == order
    assert result.counted == ["3回", "配付資料 3ページ", "2事業", "総括"]
    page = html(light, "handout-bpr-1")
    assert "<title>第1回ワークショップ 配付資料｜② BPR/BPO推進ワークショップ</title>" in page
    assert '<a href="bpr-1.html">②第1回 7月11日（金）</a>' in page
    assert '<a href="handout-bpr-2.html" rel="next">' in page
    assert '<a href="handout-exchange-1.html" rel="prev">' in page
    assert '</a>、<a href="handout-bpr-1.html">配付資料</a></th>' in html(light, "index")
    assert again(light, ["bpr-1"]).made == {}
    change(light, "data/sessions/bpr-1.yaml", "attendees: 6", "attendees: 7")
    made = list(again(light, ["bpr-1"]).made)
    assert made == ["bpr-1", "handout-bpr-1", "programme-bpr", "overall"]
    path.unlink()
    assert again(light).failed == {}
    assert not list((light.root / "outputs").rglob("*handout*"))
    assert "配付資料" not in html(light, "index")


def test_a_failing_further_page_leaves_the_session_in_the_report(light: Workspace) -> None:
    light_notebook(light, "handout", SESSION, "1 / (session_id != 'bpr-1')")
    result = again(light)
    assert list(result.failed) == ["handout-bpr-1"]
    assert "[&#39;bpr-1&#39;]" not in html(light, "overall")
    assert 'href="handout-bpr-1.html"' not in html(light, "index") + html(light, "handout-bpr-2")
    assert "作成できませんでした" in html(light, "index")
    assert (light.root / "outputs/failed/handout-bpr-1.ipynb").is_file()
    (light.root / "notebooks/handout.ipynb").unlink()
    assert again(light).failed == {}
    assert not (light.root / "outputs/failed/handout-bpr-1.ipynb").exists()


def test_a_failing_programme_page_is_linked_from_nowhere(light: Workspace) -> None:
    light_notebook(light, "programme", PROGRAMME, "1 / (programme_id != 'bpr')")
    result = again(light)
    assert list(result.failed) == ["programme-bpr"]
    for name in ("index", "bpr-1", "programme-exchange"):
        assert 'href="programme-bpr.html"' not in html(light, name)
    assert 'href="programme-exchange.html"' in html(light, "exchange-1")
    light_notebook(light, "programme", PROGRAMME)
    assert list(again(light).made) == ["programme-exchange", "programme-bpr"]
    assert 'href="programme-bpr.html"' in html(light, "bpr-1")


def test_p24_a_forgotten_copy_is_named_and_makes_no_page(light: Workspace) -> None:
    folder = light.root / "notebooks"
    for name in (
        "session-Copy1",
        "session (1)",
        "session - コピー",
        "session - コピー (2)",
        "programme copy",
        "Copy of overall",
        "Untitled",
        "Untitled1",
    ):
        shutil.copy(folder / "session.ipynb", folder / f"{name}.ipynb")
    (folder / ".ipynb_checkpoints").mkdir()
    shutil.copy(folder / "session.ipynb", folder / ".ipynb_checkpoints/session.ipynb")
    assert {(problem.kind, problem.file) for problem in said(light)} == {
        (ProblemKind.NO_PAGE, f"notebooks/{path.name}") for path in folder.glob("*[ -U]*.ipynb")
    }
    assert len(said(light)) == 8
    assert wrong(light) == []
    result = again(light)
    assert len(result.made) == 6
    assert {problem.kind for problem in result.warnings} == {ProblemKind.NO_PAGE}


def test_a_name_like_a_copys_without_the_original_is_no_copy(light: Workspace) -> None:
    light_notebook(light, "handout-copy", SESSION)
    light_notebook(light, "session-2", SESSION)
    assert said(light) == []
    assert {"handout-copy-bpr-1", "session-2-bpr-1"} <= again(light).made.keys()


def test_what_explores_is_never_run_and_never_mentioned(light: Workspace) -> None:
    for name in ("explore", "調べる", "explore-Copy1"):
        notebook(light.root, name, ([" Explore"], "session_id = 1"), (["parameters"], "1 / 0"))
    assert said(light) == wrong(light) == []
    assert len(again(light).made) == 6


def test_what_neither_makes_pages_nor_explores_is_named(light: Workspace) -> None:
    notebook(light.root, "memo", ([], "1"))
    notebook(light.root, "typo", (["paramaters"], "session_id = ''"))
    memo, typo = said(light)
    assert (memo.kind, memo.file) == (ProblemKind.NO_PAGE, "notebooks/memo.ipynb")
    assert "explore" in memo.message
    assert "タグ「paramaters」は parameters と書きます" in typo.message
    assert len(again(light).made) == 6


NAMES = ["Handout", "会場", "a b", "a.b", "x" * 65, "report", "index", "con", "-a"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_page_can_have_is_one_clear_problem(light: Workspace, name: str) -> None:
    light_notebook(light, name, SESSION)
    (problem,) = wrong(light)
    assert (problem.kind, problem.file) == (ProblemKind.NOTEBOOK, f"notebooks/{name}.ipynb")
    assert "名前を変えてください" in problem.message
    result = again(light)
    assert result.failed == {problem.file: str(problem)}
    assert len(result.made) == 6


DECLARES = {
    "sesion_id = 'a'": "「session_id」がありません。「sesion_id」はその書きまちがいなら",
    "session = 'a'": "「session_id」がありません。「session」はその書きまちがいなら",
    "SESSION_ID = 'a'": "「session_id」がありません。「SESSION_ID」はその書きまちがいなら",
    "program_id = 'a'": "「programme_id」がありません。「program_id」はその書きまちがいなら",
    "session_id = 'a'; programme_id = 'b'": "session_id と programme_id の両方",
    "session_id = ": "ノートブックとして読めません（SyntaxError）",
}


@pytest.mark.parametrize("source", DECLARES)
def test_a_mistake_in_the_parameters_is_named_and_stops_nobody_else(
    light: Workspace, source: str
) -> None:
    light_notebook(light, "handout", source)
    (problem,) = wrong(light)
    assert (problem.kind, problem.file) == (ProblemKind.NOTEBOOK, "notebooks/handout.ipynb")
    assert DECLARES[source] in problem.message
    result = again(light)
    assert result.failed == {problem.file: str(problem)}
    assert len(result.made) == 6
    assert len(states(light)) == 8
    assert list(again(light).failed) == [problem.file]


def test_a_list_of_sessions_is_a_parameter_of_ones_own(light: Workspace) -> None:
    light_notebook(light, "venues", "sessions = ['a']")
    assert wrong(light) == said(light) == []
    assert "venues" in again(light).made


@pytest.mark.parametrize("spoilt", ["folder", "no json", "dangling", "two cells", "markdown"])
def test_a_broken_notebook_stops_nobody_else(light: Workspace, spoilt: str) -> None:
    path = light.root / "notebooks/handout.ipynb"
    if spoilt == "folder":
        path.mkdir()
    elif spoilt == "no json":
        path.write_text("[")
    elif spoilt == "dangling":
        path.symlink_to("nowhere")
    elif spoilt == "two cells":
        notebook(light.root, "handout", *[(["parameters"], SESSION)] * 2)
    else:
        cell = {"cell_type": "markdown", "metadata": {"tags": ["parameters"]}, "source": SESSION}
        path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4}))
    (problem,) = wrong(light)
    assert (problem.kind, problem.file) == (ProblemKind.NOTEBOOK, "notebooks/handout.ipynb")
    result = again(light)
    assert list(result.failed) == [problem.file]
    assert len(result.made) == 6


@pytest.mark.parametrize(
    ("name", "source"),
    [("overall", SESSION), ("session", PROGRAMME), ("overall", PROGRAMME)],
)
def test_a_required_notebook_of_another_kind_stops_all(
    light: Workspace, name: str, source: str
) -> None:
    light_notebook(light, name, source)
    (problem,) = wrong(light)
    assert problem.file == f"notebooks/{name}.ipynb"
    with pytest.raises(TemplateError, match=re.escape(str(problem))):
        again(light)


def test_a_session_and_a_programme_may_have_notebooks_of_their_own(light: Workspace) -> None:
    light_notebook(light, "session-online", SESSION, "'オンライン', session_id")
    light_notebook(light, "programme-two", PROGRAMME, "'別の形', programme_id")
    change(light, "data/sessions/bpr-1.yaml", "number:", "notebook: session-online\nnumber:")
    change(
        light, "data/programme.yaml", "  - id: bpr\n", "  - id: bpr\n    notebook: programme-two\n"
    )
    result = again(light)
    assert result.failed == {}
    assert result.counted == ["3回", "2事業", "総括"]
    assert {name for name in result.made if "オンライン" in html(light, name)} == {"bpr-1"}
    assert {name for name in result.made if "別の形" in html(light, name)} == {"programme-bpr"}
    assert '<a href="bpr-1.html" rel="prev">' in html(light, "bpr-2")
    light_notebook(light, "session-online", SESSION, "'画面', session_id")
    assert list(again(light).made) == ["bpr-1"]
    change(light, "data/sessions/bpr-1.yaml", "notebook: session-online\n", "")
    made = again(light).made
    assert "session-online-bpr-1" in made
    assert "overall" not in made


@pytest.mark.parametrize("name", ["gone", "programme", "explore", "session.ipynb"])
def test_a_notebook_that_no_session_can_have_is_one_clear_problem(
    light: Workspace, name: str
) -> None:
    notebook(light.root, "explore", (["explore"], "1"))
    change(light, "data/sessions/bpr-1.yaml", "number:", f"notebook: {name}\nnumber:")
    (problem,) = wrong(light)
    assert problem.kind is ProblemKind.UNKNOWN_NOTEBOOK
    assert (problem.file, problem.column) == ("data/sessions/bpr-1.yaml", "notebook")
    assert problem.expected == "session"
    result = again(light)
    assert result.failed == {"bpr-1": str(problem)}
    assert "[&#39;bpr-1&#39;]" in html(light, "overall")


def test_a_notebook_that_no_programme_can_have_is_one_clear_problem(light: Workspace) -> None:
    change(light, "data/programme.yaml", "  - id: bpr\n", "  - id: bpr\n    notebook: session\n")
    (problem,) = wrong(light)
    assert (problem.kind, problem.value) == (ProblemKind.UNKNOWN_NOTEBOOK, "session")
    assert (problem.file, problem.column) == ("data/programme.yaml", "programmes（bpr）.notebook")
    result = again(light)
    assert result.failed == {"programme-bpr": str(problem)}
    assert len(result.made) == 5
    assert states(light)["programme-bpr"] is State.FAILED


def test_two_pages_of_one_name_are_one_clear_problem(light: Workspace) -> None:
    for name in ("session", "response"):
        suffix = "yaml" if name == "session" else "csv"
        path = light.root / f"data/{name}s/bpr-1.{suffix}"
        path.rename(path.with_name(f"programme-bpr.{suffix}"))
    (light.root / "data/published.csv").unlink()
    light_notebook(light, "programme-exchange", "failed = []")
    problems = wrong(light)
    assert {(problem.kind, problem.value) for problem in problems} == {
        (ProblemKind.SAME_PAGE, "programme-bpr.html"),
        (ProblemKind.SAME_PAGE, "programme-exchange.html"),
    }
    result = again(light)
    assert len(result.failed) == 2
    assert "programme-bpr" in result.made


P13 = {
    "session_id = 'exchange-1'": "session_id = 'bpr-1'",
    'session_id = "exchange-1"  # 回': 'session_id = "bpr-1"  # 回',
    "session_id: str = 'a'": "session_id: str = 'b'",
    "x = 1; session_id = '日本語'; y = 2": "x = 1; session_id = ''; y = 2",
    "session_id = 'a'\n\nother = 'b'": "session_id = ('b')\n\nother = 'b'".replace("('b')", "'c'"),
}


@pytest.mark.parametrize("before", P13)
def test_p13_another_default_of_what_is_put_in_anyway_makes_nothing_stale(
    light: Workspace, before: str
) -> None:
    light_notebook(light, "session", before)
    again(light)
    shown = html(light, "bpr-1")
    light_notebook(light, "session", P13[before])
    assert again(light).made == {}
    light_notebook(light, "session", f"{P13[before]}\nmore = 1")
    assert list(again(light).made) == ["exchange-1", "bpr-1", "bpr-2"]
    assert html(light, "bpr-1") != shown


def test_p13_whatever_else_the_parameters_cell_does_counts(light: Workspace) -> None:
    light_notebook(light, "overall", "failed = []; colour = 'red'")
    again(light)
    light_notebook(light, "overall", "failed = ['bpr-1']; colour = 'red'")
    assert again(light).made == {}
    light_notebook(light, "overall", "failed = []; colour = 'blue'")
    assert list(again(light).made) == ["overall"]


def test_p13_what_papermill_put_in_once_is_no_part_of_a_template(light: Workspace) -> None:
    """A notebook of ``outputs/notebooks/`` that is kept as a template still takes its session."""
    again(light)
    shutil.copy(
        light.root / "outputs/notebooks/bpr-1.ipynb", light.root / "notebooks/session.ipynb"
    )
    again(light)
    assert "exchange-1" in html(light, "exchange-1")
    assert "&#39;bpr-1&#39;" not in html(light, "exchange-1")


def test_p13_a_parameter_that_is_used_before_it_is_put_in_is_named(light: Workspace) -> None:
    light_notebook(light, "session", "session_id = 'a'; file = f'{session_id}.csv'")
    light_notebook(light, "programme", "import os; programme_id = os.sep")
    programme, session = said(light)
    assert programme.kind is session.kind is ProblemKind.PARAMETERS_CELL
    assert "決まった値がありません" in programme.message
    assert "下のセルに移して" in session.message


TAGS = ["Internal", " internal ", "INTERNAL", "ｉｎｔｅｒｎａｌ", "internal\u3000"]


@pytest.mark.parametrize("tag", TAGS)
def test_tags_are_compared_without_regard_to_case_and_white_space(
    light: Workspace, tag: str
) -> None:
    cells = ([" Parameters"], SESSION), ([tag], "'内輪の話'"), ([], "session_id")
    notebook(light.root, "session", *cells)
    assert said(light) == []
    assert again(light).failed == {}
    assert "内輪の話" not in html(light, "bpr-1")
    assert "bpr-1" in html(light, "bpr-1")


NEAR = ["remove-cell", "remove_cell", "hide", "Hide-Input", "skip", "noprint", "private"]
NEAR += ["internals", "intern", "interal", "internal-only", "非公開", "内部", "internel"]


@pytest.mark.parametrize("tag", NEAR)
def test_a_tag_that_may_be_meant_to_hide_is_said(light: Workspace, tag: str) -> None:
    cells = (["parameters"], SESSION), ([tag], "\n'内輪の話'\n2")
    notebook(light.root, "session", *cells)
    (problem,) = said(light)
    assert (problem.kind, problem.expected) == (ProblemKind.NEAR_TAG, "internal")
    assert "「&#39;内輪の話&#39;」".replace("&#39;", "'") in problem.message
    assert again(light).warnings == [problem]


@pytest.mark.parametrize("tag", ["table", "figure", "important", "international", "x"])
def test_other_tags_are_nobodys_business(light: Workspace, tag: str) -> None:
    notebook(light.root, "session", (["parameters"], SESSION), ([tag, "internal"], "1"))
    notebook(light.root, "overall", (["parameters"], "failed = []"), ([tag], "1"))
    assert said(light) == []


def test_what_jupyterlab_folds_and_a_page_shows_is_said(light: Workspace) -> None:
    folded = {"jupyter": {"outputs_hidden": True}}
    notebook(light.root, "session", (["parameters"], SESSION), ([], "'数'"), **folded)
    notebook(light.root, "overall", (["parameters"], ""), (["internal"], "'数'"), **folded)
    notebook(light.root, "programme", (["parameters"], PROGRAMME), ([], "2"), collapsed=True)
    assert [(problem.kind, problem.file) for problem in said(light)] == [
        (ProblemKind.FOLDED_CELL, "notebooks/programme.ipynb"),
        (ProblemKind.FOLDED_CELL, "notebooks/session.ipynb"),
    ]


def test_the_whole_report_may_do_without_its_page(light: Workspace) -> None:
    again(light)
    notebook(light.root, "overall", (["explore"], "1"))
    result = again(light)
    assert result.failed == {}
    assert not (light.root / "outputs/html/overall.html").exists()
    assert not list((light.root / "outputs/tables").iterdir())
    assert "overall.html" not in html(light, "index") + html(light, "bpr-1")
    assert again(light).made == {}


def test_no_session_can_have_the_id_of_another_page() -> None:
    """Both would write one file; a programme's page is held against the sessions by itself."""
    for page_id in (STANDARD["overall"].prefix, INDEX):
        with pytest.raises(ValueError, match="ID"):
            check_id(page_id)


def test_no_module_but_the_tables_knows_a_page_by_its_id() -> None:
    """Nobody compares ids: what differs between pages stands in their kind and its rule."""
    report = Path(dxeval.__file__).parent / "report"
    for path in (*report.rglob("*.py"), report.parent / "cli.py"):
        if path not in {Path(kinds.__file__), Path(rules.__file__)}:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"[\"'](overall\b|programme-)", text), path
