"""Broken and hostile files in a workspace: each is named, and stops only itself."""

import json
import os
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Here, copy_workspace
from test_batch import command, keep_sessions
from test_faults import light_notebook

from dxeval.check import check_workspace
from dxeval.definitions.plain_file import read_file
from dxeval.definitions.strict_yaml import DEEPEST, LARGEST
from dxeval.errors import DataError, OutputError
from dxeval.problems import ProblemKind
from dxeval.report.batch import run
from dxeval.report.listing import listing
from dxeval.report.plan import Plan
from dxeval.report.ready import not_ready
from dxeval.workspace import Workspace

SESSION = "data/sessions/bpr-1.yaml"
ANSWERS = "data/responses/bpr-1.csv"
PUBLISHED = "data/published.csv"
HEADER = "session_id,item,where,levels,percent\n"
Spoil = Callable[[Path], object]
posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes, links and names of POSIX")


@pytest.fixture(scope="module")
def light_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = copy_workspace(tmp_path_factory.mktemp("light"))
    keep_sessions(workspace, "bpr-1", "bpr-2")
    light_notebook(workspace, "session", "session_id = ''")
    light_notebook(workspace, "overall", "failed = []", "str(failed)")
    return workspace.root


@pytest.fixture
def light(light_once: Path, tmp_path: Path) -> Workspace:
    """Two sessions with light notebooks, not made."""
    return Workspace(shutil.copytree(light_once, tmp_path / "light"))


def written(content: str) -> Spoil:
    return lambda path: path.write_text(content, encoding="utf-8")


def link(target: str) -> Spoil:
    return lambda path: (path.unlink(), path.symlink_to(target))


def pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def bound(path: Path) -> None:
    path.unlink()
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket must be short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DEEP = {
    "flow": "[" * 3_000 + "]" * 3_000,
    "flow, 100,000": "a: " + "[" * 100_000,
    "keys": "{a: " * 100_000,
    "block": "\n".join(" " * depth + "-" for depth in range(1_300)),
    "dashes": "- " * 100_000,
    "questions": "? " * 100_000,
}
SPOILT: dict[str, tuple[Spoil, str]] = {
    **{name: (written(text), "入れ子が深すぎます") for name, text in DEEP.items()},
    "large": (written("a" * (LARGEST + 1)), "ファイルが大きすぎます"),
    "control": (written("a: あ\nb: \x07"), "2行目：YAML に使えない文字があります"),
    "surrogate": (written('programme: "\\ud800"'), f"{SESSION} 1行目"),
    "folder": (folder, "フォルダです"),
    "pipe": (pipe, "ふつうのファイルではありません"),
    "socket": (bound, "ふつうのファイルではありません"),
    "device": (link("/dev/zero"), "ふつうのファイルではありません"),
    "circle": (link("bpr-1.yaml"), "リンクが輪になっています"),
    "nowhere": (link("nowhere.yaml"), "ファイルがありません"),
}


@posix
@pytest.mark.parametrize("name", SPOILT)
def test_a_session_file_stops_only_its_session(light: Workspace, name: str) -> None:
    spoil, said = SPOILT[name]
    spoil(light.root / SESSION)
    problems = check_workspace(light).problems
    assert {problem.file for problem in problems} == {SESSION}
    assert said in "\n".join(map(str, problems))
    lines = {line.id: line for line in listing(Plan(light))}
    assert [line.id for line in lines.values() if line.error] == ["bpr-1"]
    result = run(Workspace(light.root), executor=Here())
    assert list(result.made) == ["bpr-2", "overall"]
    assert said in result.failed["bpr-1"]


def test_the_deepest_nest_is_still_read(light: Workspace) -> None:
    text = "a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)
    (light.root / SESSION).write_text(text, encoding="utf-8")
    assert "入れ子" not in "\n".join(map(str, check_workspace(light).problems))
    (light.root / SESSION).write_text(text.replace("[]", "[[]]"), encoding="utf-8")
    assert "入れ子が深すぎます" in "\n".join(map(str, check_workspace(light).problems))


@posix
@pytest.mark.parametrize("spoil", [pipe, bound, link("/dev/zero"), link("bpr-1.csv")])
def test_answers_that_are_no_file_stop_only_their_session(light: Workspace, spoil: Spoil) -> None:
    spoil(light.root / ANSWERS)
    assert {problem.file for problem in check_workspace(light).problems} == {ANSWERS}
    result = run(Workspace(light.root), executor=Here())
    assert list(result.made) == ["bpr-2", "overall"]
    assert list(result.failed) == ["bpr-1"]


@posix
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"bpr\xff.yaml", "bpr[U+DCFF]"),
        (b"b\nr.yaml", "b[U+000A]r"),
        ("b\x1b[31m\u202er.yaml".encode(), "b[U+001B][31m[U+202E]r"),
    ],
)
def test_a_session_with_a_strange_name_is_named_so_that_it_can_be_shown(
    light: Workspace, monkeypatch, capsys, name: bytes, shown: str
) -> None:
    place = os.fsencode((light.root / SESSION).parent) + b"/" + name
    with open(place, "wb") as copy:  # noqa: PTH123
        copy.write((light.root / SESSION).read_bytes())
    result = run(Workspace(light.root), executor=Here())
    assert list(result.failed) == [shown]
    for words in (["list"], ["check"], ["check", "--json"]):
        code, out, err = command(light, monkeypatch, capsys, *words)
        assert code == 1
        assert shown in out + err
        assert not {"\x1b", "\u202e", "\udcff"} & set(out + err)
    index = (light.root / "outputs/html/index.html").read_text(encoding="utf-8")
    assert shown in index


@posix
def test_answers_with_a_strange_name_are_named_so_that_they_can_be_shown(light: Workspace) -> None:
    content = (light.root / ANSWERS).read_bytes()
    for name in (b"bpr\xff.csv", b"b\nr.csv"):
        with open(os.fsencode(light.root / "data/responses") + b"/" + name, "wb") as file:  # noqa: PTH123
            file.write(content)
    files = {warning.file for warning in check_workspace(light).warnings}
    assert {"data/responses/b[U+000A]r.csv", "data/responses/bpr[U+DCFF].csv"} <= files
    os.rename(  # noqa: PTH104
        light.root / ANSWERS, os.fsencode(light.root / "data/responses") + b"/bpr-1.\xffcsv"
    )
    assert run(Workspace(light.root), executor=Here()).failed == {}


def test_what_an_editor_leaves_beside_a_session_is_no_session(light: Workspace) -> None:
    sessions = light.root / "data/sessions"
    (sessions / "._bpr-1.yaml").write_bytes(b"\x00\x05\x16\x07")
    (sessions / "bpr-2.yaml").rename(sessions / "bpr-2.YAML")
    assert list(light.session_files()) == ["bpr-1", "bpr-2"]


@pytest.mark.parametrize("name", ["sessions", "responses"])
def test_a_folder_that_cannot_be_listed_is_said(
    light: Workspace, monkeypatch, capsys, name: str
) -> None:
    place = light.root / "data" / name
    shutil.rmtree(place)
    place.write_text("")
    for word in ("list", "check", "run"):
        code, _, err = command(light, monkeypatch, capsys, word)
        assert (code, err) == (2, f"data/{name} を読めません（フォルダではありません）。\n")


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
def test_a_file_without_the_right_to_read_it_is_said(light: Workspace) -> None:
    path = light.root / SESSION
    path.chmod(0o000)
    os.seteuid(65534)
    try:
        with pytest.raises(DataError) as caught:
            read_file(path, SESSION, 10)
    finally:
        os.seteuid(0)
    assert "読む権限がありません" in str(caught.value)


@posix
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (pipe, "ふつうのファイルではありません"),
        (folder, "フォルダです"),
        (link("published.csv"), "リンクが輪になっています"),
        (written(HEADER + "bpr-1,理解度,table,,1\x000\n"), "2行目：NUL 文字があります"),
        (written(HEADER + "bpr-1,理解度,table," + "x" * 10_000_000 + ",1\n"), "大きすぎます"),
        (written(HEADER + "bpr-1,理解度,table," + "x" * 500_000 + ",1\n"), "2行目：セルが長すぎ"),
    ],
)
def test_published_figures_that_cannot_be_read_are_one_problem(
    light: Workspace, monkeypatch, capsys, spoil: Spoil, said: str
) -> None:
    spoil(light.root / PUBLISHED)
    code, out, err = command(light, monkeypatch, capsys, "list")
    assert (code, err.count(said)) == (1, 1)
    assert [line.split("\t")[0] for line in out.splitlines()][-3:] == ["overall", "report", "index"]
    (problem,) = check_workspace(light).problems
    assert problem.file == PUBLISHED
    assert said in str(problem)


def test_published_figures_of_another_workspace_are_one_sentence(light: Workspace) -> None:
    rows = "".join(f"exchange-1,理解度,prose,理解できた,{i}\n" for i in range(82))
    (light.root / PUBLISHED).write_text(HEADER + rows, encoding="utf-8")
    (problem,) = check_workspace(light).problems
    assert problem.kind is ProblemKind.OTHER_WORKSPACE
    assert "使わないなら、このファイルを消してください" in problem.message
    (light.root / PUBLISHED).write_text(HEADER + rows + "bpr-1,理解度,table,,83\n", "utf-8")
    kinds = {problem.kind for problem in check_workspace(Workspace(light.root)).problems}
    assert kinds == {ProblemKind.UNKNOWN_SESSION}


@pytest.mark.parametrize("file", ["data/survey.yaml", "data/programme.yaml"])
def test_a_definition_of_all_pages_ends_no_command_with_a_traceback(
    light: Workspace, monkeypatch, capsys, file: str
) -> None:
    (light.root / file).write_text("[" * 100_000, encoding="utf-8")
    for word in ("list", "check", "run"):
        code, _, err = command(light, monkeypatch, capsys, word)
        assert code == 1
        assert f"{file} 1行目：入れ子が深すぎます" in err


def cell(source: object, **more: object) -> str:
    whole = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": source, **more}
    return json.dumps({"cells": [whole], "metadata": {}, "nbformat": 4})


NOTEBOOKS: dict[str, Spoil] = {
    "gone": Path.unlink,
    "deep": written("[" * 200_000),
    "deep code": written(cell("x = " + "-" * 90_000 + "1")),
    "brackets": written(cell("x = " + "(" * 90_000)),
    "no cells": written("{}"),
    "a list": written("[]"),
    "no source": written(cell(5)),
    "no metadata": written(cell("session_id = ''", metadata=[])),
    "strange cell": written(cell("session_id = ''", cell_type="codex")),
    "other parameter": written(cell("sesion_id = ''")),
}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_check_finds_a_notebook_that_run_refuses(
    light: Workspace, monkeypatch, capsys, name: str
) -> None:
    NOTEBOOKS[name](light.root / "notebooks/session.ipynb")
    (problem,) = not_ready(light)
    assert (problem.kind, problem.file) == (ProblemKind.NOTEBOOK, "notebooks/session.ipynb")
    code, _, err = command(light, monkeypatch, capsys, "run")
    assert (code, err) == (1, f"{problem}\n")
    code, _, err = command(light, monkeypatch, capsys, "check")
    assert (code, err) == (1, f"{problem}\nまちがいが1件あります。\n")


def test_without_notebooks_each_is_named(light: Workspace) -> None:
    shutil.rmtree(light.root / "notebooks")
    assert [problem.file for problem in not_ready(light)] == [
        "notebooks/session.ipynb",
        "notebooks/overall.ipynb",
    ]
    for problem in not_ready(light):
        assert "dxeval に付いているノートブックをここに戻してください" in problem.message


def test_a_notebook_that_is_gone_stops_no_list(light: Workspace, monkeypatch, capsys) -> None:
    shutil.rmtree(light.root / "notebooks")
    code, out, err = command(light, monkeypatch, capsys, "list")
    assert code == 1
    assert len(out.splitlines()) == len(light.session_files()) + 3
    assert [line.partition("：")[0] for line in err.splitlines()] == [
        "notebooks/session.ipynb",
        "notebooks/overall.ipynb",
    ]


OUTPUTS: dict[str, Spoil] = {
    "a file": lambda outputs: outputs.write_text(""),
    "a link": lambda outputs: outputs.symlink_to("data"),
    "html is a file": lambda outputs: (outputs.mkdir(), (outputs / "html").write_text("")),
    "a page is a folder": lambda outputs: (outputs / "html/bpr-2.html").mkdir(parents=True),
    "the lock is a folder": lambda outputs: (outputs / ".lock").mkdir(parents=True),
}


@posix
@pytest.mark.parametrize("name", OUTPUTS)
def test_check_finds_outputs_that_run_refuses(light: Workspace, name: str) -> None:
    OUTPUTS[name](light.root / "outputs")
    before = sorted(light.root.rglob("*"))
    (problem,) = not_ready(light)
    assert (problem.kind, problem.file) == (ProblemKind.OUTPUTS, "outputs")
    assert sorted(light.root.rglob("*")) == before
    with pytest.raises(OutputError) as caught:
        run(light, executor=Here())
    assert str(caught.value) == f"{problem.message}。"


@posix
@pytest.mark.parametrize("content", [None, "[" * 100_000])
@pytest.mark.parametrize("name", ["manifest.json", ".running.json"])
def test_strange_records_of_a_batch_do_no_harm(
    light: Workspace, monkeypatch, capsys, name: str, content: str | None
) -> None:
    path = light.root / "outputs" / name
    path.parent.mkdir()
    if content is None:
        os.mkfifo(path)
    else:
        path.write_text(content)
    assert command(light, monkeypatch, capsys, "list")[0] == 0
    assert command(light, monkeypatch, capsys, "check")[0] == 0
