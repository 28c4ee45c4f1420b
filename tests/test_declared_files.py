"""Files and modules beside a notebook are part of the pages where the notebook declares them."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from test_batch import keep_sessions
from test_engine import session_job, shown

from dxeval.check import check_workspace
from dxeval.errors import TemplateError
from dxeval.report.batch import run
from dxeval.report.engines import STOCK, WARM
from dxeval.report.job import Job
from dxeval.report.listing import listing
from dxeval.report.notebook.declared import declared_places
from dxeval.report.plan import Plan
from dxeval.report.process.forkserver import CAN_FORK
from dxeval.report.process.worker import make
from dxeval.report.ready import not_ready
from dxeval.workspace import Workspace

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system has no fork")

READS = (
    "import csv, helpers, parts.one\n"
    "with open('../data/kpi.csv') as file: rows = list(csv.reader(file))\n"
    "(helpers.twice(21), parts.one.NAME, rows)"
)
ALL = '["helpers.py", "parts/__init__.py", "./parts/one.py", "../data/kpi.csv"]'


def notebook(workspace: Workspace, source: str, declared: str) -> None:
    """Give the workspace a session's notebook of one cell, and files beside it."""
    folder = workspace.root / "notebooks"
    (folder / "parts").mkdir(exist_ok=True)
    (folder / "parts/__init__.py").touch()
    (folder / "parts/one.py").write_text("NAME = '部'\n", encoding="utf-8")
    (folder / "helpers.py").write_text("def twice(x):\n    return 2 * x\n", encoding="utf-8")
    (folder / "../data/kpi.csv").write_text("指標,値\n件数,3\n", encoding="utf-8")
    parameters = f'session_id = ""\n{declared}'
    cells = [
        {"cell_type": "code", "metadata": {"tags": tags}, "source": text}
        for tags, text in ((["parameters"], parameters), ([], source))
    ]
    whole = {"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}
    (folder / "session.ipynb").write_text(json.dumps(whole), encoding="utf-8")


def job(workspace: Workspace, source: str, declared: str = f"files = {ALL}") -> Job:
    notebook(workspace, source, declared)
    return replace(session_job(workspace, "bpr-1"), engine=WARM, timeout=60)


def stale(workspace: Workspace) -> list[str]:
    lines = listing(Plan(Workspace(workspace.root)))
    return next(line.reasons for line in lines if line.id == "bpr-1")


@pytest.mark.parametrize("engine", [WARM, STOCK])
def test_p10_declared_files_stand_where_they_stand_in_jupyterlab(
    workspace: Workspace, engine: str
) -> None:
    made = make(replace(job(workspace, READS), engine=engine))
    assert shown(made) == ["(42, '部', [['指標', '値'], ['件数', '3']])"]


@pytest.mark.parametrize("name", ["notebooks/helpers.py", "data/kpi.csv", "notebooks/parts/one.py"])
def test_p10_what_a_declared_file_says_makes_pages_stale(workspace: Workspace, name: str) -> None:
    keep_sessions(workspace, "bpr-1")
    notebook(workspace, "1", f"files = {ALL}")
    (workspace.root / "notebooks/overall.ipynb").write_bytes(
        (workspace.root / "notebooks/session.ipynb")
        .read_bytes()
        .replace(b'session_id = \\"\\"', b"failed = []")
    )
    assert run(Workspace(workspace.root)).failed == {}
    assert stale(workspace) == []
    path = workspace.root / name
    path.touch()
    assert stale(workspace) == []
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert stale(workspace) == [name]


def test_p10_what_no_notebook_declares_makes_nothing_stale(workspace: Workspace) -> None:
    before = job(workspace, "1", "").digest
    (workspace.root / "notebooks/helpers.py").write_text("x = 1\n")
    assert session_job(workspace, "bpr-1").digest == before


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ('["nowhere.csv"]', "ファイルがありません"),
        ('["../nowhere/x.csv"]', "ファイルがありません"),
        ('["parts"]', "フォルダです"),
        ('["."]', "フォルダです"),
        ('["../../x.csv"]', "作業フォルダの外です"),
        ('["/etc/hostname"]', "相対パス"),
        ('["~/x.csv"]', "相対パス"),
        ('["C:/x.csv"]', "相対パス"),
        ('["http://example.com/x.csv"]', "相対パス"),
        ('[""]', "相対パス"),
        (r'["..\\data\\kpi.csv"]', "区切りは /"),
        ('["*.csv"]', "1つずつ"),
        ('"helpers.py"', "リストではありません"),
        ("[1]", "リストではありません"),
        ("[name for name in []]", "リストではありません"),
        ('["../data/responses/bpr-1.csv"]', "dx の関数で読んで"),
        ('["../data/Responses/bpr-2.csv"]', "dx の関数で読んで"),
        ('["../data/sessions/bpr-2.yaml"]', "dx の関数で読んで"),
        ('["../data/survey.yaml"]', "dx の関数で読んで"),
        ('["../outputs/tables/results.xlsx"]', "dx の関数で読んで"),
        ('["overall.ipynb"]', "ノートブックは書けません"),
        ('["link.csv"]', "リンクです"),
        ('["linked/one.py"]', "リンクです"),
    ],
)
def test_p10_what_cannot_be_declared_is_one_problem(
    workspace: Workspace, declared: str, said: str
) -> None:
    notebook(workspace, "1", f"files = {declared}")
    folder = workspace.root / "notebooks"
    (folder / "link.csv").symlink_to(folder / "../data/kpi.csv")
    (folder / "linked").symlink_to(folder / "parts")
    found = Workspace(workspace.root)
    (problem,) = not_ready(found)
    assert problem.file == "notebooks/session.ipynb"
    assert problem.column == "files"
    assert said in problem.message
    with pytest.raises(TemplateError, match="files"):
        run(found)


def test_p10_check_tells_it(workspace: Workspace) -> None:
    notebook(workspace, "1", 'files = ["nowhere.csv"]')
    told = [str(problem) for problem in not_ready(Workspace(workspace.root))]
    assert len(told) == 1
    assert (
        "置くか、parameters セルの files から消してください（値：「notebooks/nowhere.csv」）"
        in told[0]
    )
    assert check_workspace(Workspace(workspace.root)) is not None


def test_p10_a_declared_file_may_be_too_large(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dxeval.report.sources.LARGEST", 1000)
    notebook(workspace, "1", 'files = ["../data/kpi.csv"]')
    with Path(workspace.root / "data/kpi.csv").open("r+b") as file:
        os.truncate(file.fileno(), 200_000_001)
    (problem,) = not_ready(Workspace(workspace.root))
    assert "大きすぎます" in problem.message


@pytest.mark.parametrize(
    "cell",
    ["x = 1", "", "files: list[str] = []", "files = ()", "def files(): pass", "profiles = ['x']"],
)
def test_p10_nothing_declared_is_nothing(workspace: Workspace, cell: str) -> None:
    notebook(workspace, "1", cell)
    content = (workspace.root / "notebooks/session.ipynb").read_bytes()
    assert declared_places("notebooks/session.ipynb", content, workspace.root) == []


def test_p10_a_declared_module_needs_another_one(workspace: Workspace) -> None:
    declared = 'files = ["helpers.py"]'
    notebook(workspace, "import helpers", declared)
    for name, text in {"helpers.py": "import math\nimport common\n", "common.py": ""}.items():
        (workspace.root / "notebooks" / name).write_text(text)
    failure = make(replace(session_job(workspace, "bpr-1"), engine=WARM)).failure
    assert failure is not None
    assert "セルの1行目、helpers.py の2行目" in failure.words
    assert 'files = ["common.py"]' in failure.words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "x = 1\nraise ValueError('山田')\n",
            "ValueError が起きました（JupyterLab では [2]、セルの1",
        ),
        ("x = (1,\n", "helpers.py の1行目の文法が正しくありません"),
        ("def f():\n    return nothing_such\nf()\n", "名前「nothing_such」が定義されていません"),
        ("open('common.csv')\n", "コマンド）「common.csv」がありません"),
        ("import datetime\ndatetime.date.today()\n", "report に date:"),
    ],
)
def test_p10_an_error_in_a_declared_module_names_it(
    workspace: Workspace, text: str, said: str
) -> None:
    notebook(workspace, "import helpers", 'files = ["helpers.py"]')
    (workspace.root / "notebooks/helpers.py").write_text(text)
    failure = make(replace(session_job(workspace, "bpr-1"), engine=WARM)).failure
    assert failure is not None
    assert said in failure.words
    assert "helpers.py の" in failure.words
    assert "山田" not in failure.words


def test_p10_the_leak_check_holds_for_declared_files(workspace: Workspace) -> None:
    """What a declared file holds is no licence to show a respondent's address."""
    path = workspace.root / "data/addresses.csv"
    made_from = job(workspace, "open('../data/addresses.csv').read()", "files = []")
    path.write_text("kari@pref.example.jp\n")
    notebook(workspace, "open('../data/addresses.csv').read()", 'files = ["../data/addresses.csv"]')
    made_from = session_job(workspace, "bpr-1")
    failure = make(replace(made_from, engine=WARM)).failure
    assert failure is not None
    assert "メールアドレス" in failure.words
