"""Faults in a real batch: each is named, contained, and leaves no old page that looks new."""

import json
import re
from pathlib import Path

import pytest
from pages import FAILED, STATES, page_of

from dxeval.cli import main
from dxeval.errors import NotebookError, WorkspaceError
from dxeval.report.batch import run
from dxeval.workspace import Workspace


def keep_sessions(workspace: Workspace, *ids: str) -> None:
    """Drop all other sessions, so that a batch is short."""
    for folder in ("sessions", "responses"):
        for path in (workspace.root / "data" / folder).iterdir():
            if path.stem not in ids:
                path.unlink()
    for path in workspace.photo_folder.glob("*.jpg"):
        if path.stem.rpartition("-")[0] not in ids:
            path.unlink()
    published = workspace.root / "data/published.csv"
    header, *rows = published.read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if row.split(",")[0] in ids]
    published.write_text("\n".join([header, *kept, ""]), encoding="utf-8")


def replace_cell(workspace: Workspace, name: str, old: str, new: str) -> None:
    path = workspace.root / f"notebooks/{name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    (cell,) = [cell for cell in notebook["cells"] if old in "".join(cell["source"])]
    cell["source"] = "".join(cell["source"]).replace(old, new)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def old_page(workspace: Workspace, name: str) -> Path:
    path = workspace.root / f"outputs/html/{name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("old", encoding="utf-8")
    return path


def test_wrong_answers_stop_one_session_only(workspace: Workspace) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2")
    old = old_page(workspace, "bpr-1")
    answers = workspace.root / "data/responses/bpr-1.csv"
    text = answers.read_text(encoding="utf-8-sig")
    answers.write_text(text.replace("概ね満足", "そこそこ", 1), encoding="utf-8")
    result = run(workspace)
    assert list(result.made) == ["bpr-2", "programme-bpr", "overall"]
    assert list(result.failed) == ["bpr-1"]
    assert "data/responses/bpr-1.csv 3行目 「研修に満足しましたか」" in result.failed["bpr-1"]
    assert not old.exists()
    index, overall, other = (page_of(workspace, name) for name in ("index", "overall", "bpr-2"))
    failed = workspace.session("bpr-1")
    name = f"{workspace.programme.programme(failed.programme).label} {failed.label}"
    assert overall.texts(".notice")[-1].endswith(name)
    assert index.texts(FAILED) == ["作成できませんでした"]
    assert "そこそこ" not in index.html
    assert "bpr-1.html" not in index.html + overall.html + other.html


def test_an_unreadable_session_file_is_named_by_its_id(workspace: Workspace) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2")
    (workspace.root / "data/sessions/bpr-1.yaml").write_text("a: [", encoding="utf-8")
    result = run(workspace)
    assert list(result.made) == ["bpr-2", "programme-bpr", "overall"]
    assert page_of(workspace, "overall").texts(".notice")[-1].endswith("bpr-1")
    index = page_of(workspace, "index")
    assert len(index.all(".programme")) == len(workspace.programme.programmes)
    assert index.texts("tr:has(.state-failed) th") == ["bpr-1"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("1 / 0", "で始まるセルで ZeroDivisionError が起きました"),
        ("import os; os._exit(1)", "カーネルが途中で止まりました"),
    ],
)
def test_a_failing_notebook_stops_one_session_only(
    workspace: Workspace, code: str, said: str
) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2")
    old = old_page(workspace, "bpr-1")
    cell = "dx.tables.cards(session, scores)"
    replace_cell(workspace, "session", cell, f'if session_id == "bpr-1":\n    {code}\n{cell}')
    result = run(workspace)
    assert list(result.made) == ["bpr-2", "programme-bpr", "overall"]
    assert said in result.failed["bpr-1"]
    assert not old.exists()
    assert not (workspace.root / "outputs/notebooks/bpr-1.ipynb").exists()
    overall = page_of(workspace, "overall")
    assert workspace.session("bpr-1").label in overall.texts(".notice")[-1]
    assert "bpr-1.html" not in overall.html


def test_a_failing_overall_page_leaves_the_sessions(workspace: Workspace) -> None:
    keep_sessions(workspace, "bpr-1")
    old = old_page(workspace, "overall")
    replace_cell(workspace, "overall", "dx.page.review", "dx.page.no_such")
    result = run(workspace)
    assert list(result.made) == ["bpr-1", "programme-bpr"]
    assert list(result.failed) == ["overall"]
    assert not old.exists()
    assert "overall.html" not in page_of(workspace, "index").html


def test_one_session_alone_and_then_its_neighbour(workspace: Workspace) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2")
    assert list(run(workspace, ["bpr-2"]).made) == ["bpr-2", "programme-bpr", "overall"]
    index = page_of(workspace, "index")
    assert index.links("tbody tr:not(.programme) a") == ["bpr-2.html"]
    assert index.texts(STATES) == ["未作成"]
    assert page_of(workspace, "bpr-2").links("a[rel=prev]") == []
    run(workspace, ["bpr-1"])
    assert page_of(workspace, "bpr-2").links("a[rel=prev]") == ["bpr-1.html"]
    assert page_of(workspace, "bpr-1").links("a[rel=next]") == ["bpr-2.html"]


def test_a_session_without_answers_makes_an_honest_page(workspace: Workspace) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2")
    (workspace.root / "data/responses/bpr-1.csv").unlink()
    (workspace.root / "data/published.csv").unlink()
    result = run(workspace)
    assert result.failed == {}
    waiting = page_of(workspace, "bpr-1")
    assert "アンケートの回答はまだありません" in waiting.texts(".notice")[-1]
    assert not waiting.all(".cards, .chart, table.numbers")
    assert not waiting.all(".possible, .audit")
    assert not re.search(r"(?<!\d)0%", waiting.text("main"))
    shares = page_of(workspace, "overall").numbers(".share")
    assert shares == [[]] * 4 + [[100, 6, 6]] * 4
    index = page_of(workspace, "index")
    assert index.texts(STATES) == ["回答待ち"]
    assert index.texts("tr:has(.state) a") == ["第1回ワークショップ"]
    assert len(index.all("tbody .share")) == 4
    assert "1回は回答待ち" in index.text(".lead")


def test_a_parameter_that_the_notebook_lacks_is_refused_before_anything_runs(
    workspace: Workspace,
) -> None:
    replace_cell(workspace, "session", 'session_id = "exchange-1"', 'sesion_id = "exchange-1"')
    old = old_page(workspace, "bpr-1")
    with pytest.raises(NotebookError, match="「session_id」がありません"):
        run(workspace)
    assert old.exists()


def test_an_unknown_session_is_refused(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match=r"「exchange-9」はありません。あるのは：exchange-1"):
        run(workspace, ["exchange-9"])


def command(
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *words: str,
) -> tuple[int, str, str]:
    monkeypatch.chdir(workspace.root)
    with pytest.raises(SystemExit) as end:
        main(words)
    captured = capsys.readouterr()
    return int(end.value.code or 0), captured.out, captured.err


def test_commands_and_exit_codes(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2")

    def call(*words: str) -> tuple[int, str, str]:
        return command(workspace, monkeypatch, capsys, *words)

    assert call("check") == (0, "2回、延べ回答者 12人。まちがいはありません。\n", "")
    assert call("list")[1].startswith(
        "bpr-1\t②第1回\t2025年7月11日（金）\t6人\t要更新\tまだ作っていません\n"
    )
    code, out, _ = call("run", "bpr-1")
    assert code == 0
    assert out.startswith("1回と1事業と総括を作成しました")
    assert "outputs/html/index.html" in out
    assert call("run", "bpr-9")[0] == 2
    assert call("no-such-command")[0] == 2
    assert call("run", "--no-such-option")[0] == 2
    assert call("--help")[0] == 0

    (workspace.root / "data/sessions/bpr-2.yaml").write_text("number: 1\n", encoding="utf-8")
    code, _, err = call("check")
    assert code == 1
    assert "data/sessions/bpr-2.yaml 1行目 「programme」：必須の項目がありません" in err
    code, out, err = call("run")
    assert code == 1
    assert out.startswith("1事業と総括を作成しました")
    assert "1回は最新のまま" in out
    assert "bpr-2：作成できませんでした。" in err

    (workspace.root / "data/survey.yaml").write_text("items: []\n", encoding="utf-8")
    code, out, err = call("run")
    assert (code, out) == (1, "")
    assert "何も作りませんでした" in err


def test_outside_a_workspace_the_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = command(Workspace(tmp_path), monkeypatch, capsys, "list")
    assert code == 2
    assert "作業フォルダが見つかりません" in err
    assert "dxeval init" in err
