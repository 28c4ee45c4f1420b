"""`dxeval init`: a workspace of one's own from nothing, or nothing at all."""

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
import yaml
from conftest import EXAMPLE, copy_workspace
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import page_of
from terminal import SECONDS, Terminal, start
from test_batch import command, keep_sessions

import dxeval
from dxeval.check import check_workspace
from dxeval.cli import NO_SESSIONS, cli
from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.strict_yaml import read_yaml
from dxeval.definitions.survey import read_survey
from dxeval.errors import DataError, StartError
from dxeval.problems import ProblemKind
from dxeval.starting import folder as starting_folder
from dxeval.starting.answers import Answers, gather
from dxeval.starting.command import GAVE_UP
from dxeval.starting.files import ID_TO_WRITE, example_files, own_files
from dxeval.starting.folder import fill
from dxeval.workspace import Workspace

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, terminals and modes of POSIX")
OWN = {
    ".gitattributes",
    ".gitignore",
    "README.md",
    "data/photos/.gitkeep",
    "data/programme.yaml",
    "data/responses/.gitkeep",
    "data/sessions/.gitkeep",
    "data/survey.yaml",
    "notebooks/explore.ipynb",
    "notebooks/overall.ipynb",
    "notebooks/programme.ipynb",
    "notebooks/session.ipynb",
}
Call = Callable[..., tuple[int, str, str]]


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def report_of(root: Path) -> ProgrammeFile:
    return Workspace(root).programme


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command in an empty folder, or in one that stands in it."""

    def call(*words: str, within: str = ".") -> tuple[int, str, str]:
        return command(Workspace(tmp_path / within), monkeypatch, capsys, *words)

    return call


def test_a_new_workspace_is_whole_and_says_what_comes_next(tmp_path: Path, call: Call) -> None:
    code, out, err = call("init", "own")
    assert (code, err) == (0, "")
    assert set(files_in(tmp_path / "own")) == OWN
    assert out.splitlines()[-3:] == ["  cd own", "  dxeval add 書き出したファイル", "  dxeval run"]
    said = f"0回、延べ回答者 0人。まちがいはありません。\n{NO_SESSIONS}\n"
    assert call("check", within="own") == (0, said, "")
    code, out, err = call("run", within="own")
    assert (code, err) == (0, "")
    assert out.startswith("総括を作成しました")
    assert out.endswith(f"{NO_SESSIONS}\n")
    code, out, _ = call("list", within="own")
    assert code == 0
    assert [line.split("\t")[-1] for line in out.splitlines()] == ["最新"] * 3


def test_its_first_session_makes_a_page(tmp_path: Path, call: Call) -> None:
    call("init", "own")
    (session,) = re.findall(
        r"```yaml\n(.*?)```", (tmp_path / "own/README.md").read_text("utf-8"), re.S
    )
    (tmp_path / "own/data/sessions/first.yaml").write_text(session, encoding="utf-8")
    export = "番号,氏名,全体として満足しましたか,自由記述\n1,甲,とても満足,\n2,乙,まあ満足,よい\n"
    (tmp_path / "own/data/responses/first.csv").write_text(export, encoding="utf-8")
    code, out, err = call("run", within="own")
    assert (code, err) == (0, "")
    assert NO_SESSIONS not in out
    page = page_of(Workspace(tmp_path / "own"), "first")
    assert "100%2/2人" in "".join(page.text(".cards").split())
    assert "甲" not in page.html


def test_nothing_in_it_is_of_the_example() -> None:
    """No text of the example's data, but for words that any questionnaire has."""
    texts: set[str] = set()
    for path in (EXAMPLE / "data").rglob("*.yaml"):
        values = [yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)]
        while values:
            value = values.pop()
            if isinstance(value, str):
                texts.add(value)
            else:
                values += value.values() if isinstance(value, dict) else value
    for path in (EXAMPLE / "data/responses").iterdir():
        texts |= set(path.read_text("utf-8-sig").replace("\n", ",").split(","))
    own = b"\n".join(own_files(Answers()).values()).decode()
    generic = {"text", "満足", "満足度", "不満", "回答日時", "氏名", "メールアドレス", "まとめ"}
    telling = {text for text in texts if len(text) > 1 and not text.isdecimal()} - generic
    assert len(telling) > 200
    assert {text for text in telling if text in own} <= {"true"}
    for word in ("exchange", "bpr", "BPR", "模擬"):
        assert word not in own


def test_its_notebooks_are_the_examples_without_its_session() -> None:
    own, example = own_files(Answers()), example_files()
    name = "notebooks/session.ipynb"
    assert own[name] == example[name].replace(b"exchange-1", ID_TO_WRITE.encode())
    assert own[name] != example[name]
    assert own["notebooks/overall.ipynb"] == example["notebooks/overall.ipynb"]


def uncommented(text: str) -> list[str]:
    """Return the text once for each line that a person may uncomment, with that line alone."""
    lines = text.splitlines()
    hint = re.compile(r"^( *)# ([a-z_]+: .*)$")
    places = [i for i, line in enumerate(lines) if hint.match(line)]
    return ["\n".join([*lines[:i], hint.sub(r"\1\2", lines[i]), *lines[i + 1 :]]) for i in places]


@pytest.mark.parametrize("file", ["survey", "programme"])
def test_every_hint_can_be_taken(tmp_path: Path, file: str) -> None:
    fill(tmp_path / "own", own_files(Answers()))
    path = tmp_path / f"own/data/{file}.yaml"
    texts = uncommented(path.read_text("utf-8"))
    assert len(texts) > 4
    for text in texts:
        path.write_text(text, encoding="utf-8")
        workspace = Workspace(tmp_path / "own")
        assert getattr(workspace, file)


def test_the_blocks_of_hints_can_be_taken(tmp_path: Path) -> None:
    fill(tmp_path / "own", own_files(Answers()))
    for file, key in (("survey", "questionnaires"), ("programme", "review")):
        path = tmp_path / f"own/data/{file}.yaml"
        before, block = path.read_text("utf-8").split(f"# {key}:\n")
        block = re.sub("^# ", "", block, flags=re.M)
        path.write_text(f"{before}{key}:\n{block}", encoding="utf-8")
    workspace = Workspace(tmp_path / "own")
    assert [found.id for found in workspace.survey.questionnaires] == ["basic"]
    review = workspace.programme.review
    assert [len(points) for points in (review.good, review.problems, review.suggestions)] == [1] * 3


def test_its_readme_says_what_made_it_what_each_file_is_and_how_to_start(tmp_path: Path) -> None:
    readme = own_files(Answers(title="年度末の報告"))["README.md"].decode()
    assert readme.startswith("# 年度末の報告\n")
    assert f"dxeval {dxeval.__version__} が作りました" in readme
    for name in OWN - {name for name in OWN if name.endswith(".gitkeep")} - {"README.md"}:
        assert f"`{name}`" in readme or f"`{name.partition('/')[0]}/`" in readme, name
    commands = set(re.findall(r"^dxeval ([a-z]+)", readme, re.M))
    assert commands <= set(cli.list_commands(click.Context(cli)))
    assert {"add", "check", "run", "list"} <= commands
    (session,) = re.findall(r"```yaml\n(.*?)```", readme, re.S)
    path = tmp_path / "first.yaml"
    for text in (session, *uncommented(session), session.replace("\n# ", "\n")):
        path.write_text(text, encoding="utf-8")
        assert read_yaml(path, Session, path.name, id="first").programme == "main"


def test_a_title_is_no_markdown_in_its_readme() -> None:
    readme = own_files(Answers(title="*A* <b> [c](d) #"))["README.md"].decode()
    assert readme.splitlines()[0] == r"# \*A\* \<b\> \[c\](d) \#"


def test_answers_by_options(tmp_path: Path, call: Call) -> None:
    words = ("--title", "令和8年度: 「報告」#1", "--programme", "- 研修", "--fiscal-year", "2026")
    assert call("init", "own", *words)[0] == 0
    found = report_of(tmp_path / "own")
    assert (found.report.title, found.report.fiscal_year) == ("令和8年度: 「報告」#1", 2026)
    assert [programme.title for programme in found.programmes] == ["- 研修"]


def test_answers_by_a_file(tmp_path: Path, call: Call) -> None:
    (tmp_path / "a.yaml").write_text("title: 題\nfiscal_year: 2026\n", encoding="utf-8")
    assert call("init", "own", "--answers", "a.yaml")[0] == 0
    found = report_of(tmp_path / "own")
    assert (found.report.title, found.report.fiscal_year) == ("題", 2026)
    assert found.programmes[0].title == Answers().programme


def test_an_option_goes_before_the_file(tmp_path: Path, call: Call) -> None:
    (tmp_path / "a.yaml").write_text("title: 題\nprogramme: 事業\n", encoding="utf-8")
    assert call("init", "own", "--answers", "a.yaml", "--title", "別の題")[0] == 0
    found = report_of(tmp_path / "own")
    assert (found.report.title, found.programmes[0].title) == ("別の題", "事業")


def test_what_nobody_told_has_a_default(tmp_path: Path, call: Call) -> None:
    assert call("init", "own")[0] == 0
    found = report_of(tmp_path / "own")
    assert (found.report.title, found.report.fiscal_year) == (Answers().title, None)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--fiscal-year", "令和8"), "「--fiscal-year」：1以上の整数（半角数字）が必要です"),
        (("--title", " "), "「--title」：空です"),
        (("--title", "a\nb"), "「--title」：見える文字だけで、1行に書きます"),
        (("--answers", "no.yaml"), "no.yaml：ファイルがありません"),
        (("--answers", "a.yaml"), "a.yaml 1行目 「titel」：知らない項目です"),
    ],
)
def test_a_wrong_answer_makes_nothing(
    tmp_path: Path, call: Call, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "a.yaml").write_text("titel: 題\n", encoding="utf-8")
    code, out, err = call("init", "own", *words)
    assert (code, out) == (1, "")
    assert said in err
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_answer_is_refused_or_read_back_as_it_was(title: str, programme: str) -> None:
    try:
        answers = gather({"title": title, "programme": programme})
    except DataError:
        return
    text = own_files(answers)["data/programme.yaml"]
    path = Path(os.environ["TMPDIR"]) / "programme.yaml"
    path.write_bytes(text)
    found = read_yaml(path, ProgrammeFile, path.name)
    assert (found.report.title, found.programmes[0].title) == (title.strip(), programme.strip())


@pytest.mark.parametrize("stdin", [subprocess.PIPE, subprocess.DEVNULL])
def test_without_a_terminal_it_never_waits(tmp_path: Path, stdin: int) -> None:
    """Nothing is ever written into the pipe, and it stays open."""
    process = start(tmp_path, "init", "own", stdin=stdin, stdout=subprocess.PIPE)
    try:
        assert process.wait(SECONDS) == 0
    finally:
        process.kill()
        process.communicate()
    assert report_of(tmp_path / "own").report.title == Answers().title


@posix
def test_at_a_terminal_it_asks_what_it_was_not_told(tmp_path: Path) -> None:
    with Terminal(tmp_path, "init", "own", "--programme", "事業") as terminal:
        terminal.wait_for("報告の題名（--title で示せば尋ねません） [アンケートの報告]: ")
        terminal.type("題: 1\n")
        terminal.wait_for("Enter だけ）（--fiscal-year で示せば尋ねません）: ")
        terminal.type("八\n")
        terminal.wait_for("「--fiscal-year」：1以上の整数（半角数字）が必要です")
        terminal.wait_for("尋ねません）: ")
        terminal.type("\n")
        terminal.wait_for("作業フォルダを作りました")
        assert terminal.process.wait(SECONDS) == 0
    found = report_of(tmp_path / "own")
    assert (found.report.title, found.report.fiscal_year) == ("題: 1", None)
    assert found.programmes[0].title == "事業"


@posix
@pytest.mark.parametrize("words", [("--answers", "a.yaml"), ("--example",)])
def test_at_a_terminal_a_file_or_the_example_asks_nothing(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "a.yaml").write_text("title: 題\n", encoding="utf-8")
    with Terminal(tmp_path, "init", "own", *words) as terminal:
        terminal.wait_for("作業フォルダを作りました")
        assert "題名" not in terminal.shown
        assert terminal.process.wait(SECONDS) == 0


@posix
@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_who_gives_up_at_a_question_has_made_nothing(tmp_path: Path, key: str) -> None:
    with Terminal(tmp_path, "init", "own") as terminal:
        terminal.wait_for("]: ")
        terminal.press_until_it_ends(key)
        terminal.wait_for(GAVE_UP)
        assert terminal.process.returncode == 130
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_folder_that_is_taken_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("mine")
    with Terminal(tmp_path, "init", "own") as terminal:
        terminal.wait_for("フォルダではありません")
        assert "題名" not in terminal.shown
        assert terminal.process.wait(SECONDS) == 1


def a_file_inside(path: Path) -> None:
    path.mkdir()
    (path / "README.md").write_text("mine")


def a_hidden_file_inside(path: Path) -> None:
    path.mkdir()
    (path / ".env").write_text("mine")


TAKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file inside": (a_file_inside, "own は空ではありません（README.md）"),
    "a hidden file inside": (a_hidden_file_inside, "own は空ではありません（.env）"),
    "a file in its place": (lambda path: path.write_text("mine"), "フォルダではありません"),
    "a link to nothing": (lambda path: path.symlink_to("gone"), "先のないリンクです"),
    "a link to itself": (lambda path: path.symlink_to(path), "先のないリンクです"),
}


@posix
@pytest.mark.parametrize("name", TAKEN)
@pytest.mark.parametrize("words", [(), ("--example",)])
def test_what_is_taken_stays_as_it_is(
    tmp_path: Path, call: Call, name: str, words: tuple[str, ...]
) -> None:
    take, said = TAKEN[name]
    take(tmp_path / "own")
    before = files_in(tmp_path)
    code, out, err = call("init", "own", *words)
    assert (code, out) == (1, "")
    assert said in err
    assert files_in(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_many_things_in_the_way_are_not_all_named(tmp_path: Path, call: Call) -> None:
    for name in ("a", "b", "c", "d", ".e"):
        (tmp_path / name).mkdir()
    assert "（a、b、c ほか 2 件）" in call("init", ".")[2]


def test_a_folder_in_a_folder_that_is_not_there(tmp_path: Path, call: Call) -> None:
    code, _, err = call("init", "gone/own")
    assert code == 1
    assert "フォルダがありません：gone。" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [".git", ".venv", ".DS_Store", None])
def test_the_folder_one_stands_in_may_have_what_is_of_no_workspace(
    tmp_path: Path, call: Call, name: str | None
) -> None:
    if name:
        (tmp_path / name).mkdir()
        (tmp_path / name / "config").write_text("mine")
    code, out, _ = call("init", ".")
    assert code == 0
    assert "cd " not in out
    there = files_in(tmp_path)
    assert set(there) == OWN | ({f"{name}/config"} if name else set())
    assert not name or there[f"{name}/config"] == b"mine"


@posix
def test_a_link_to_an_empty_folder_is_filled_and_stays(tmp_path: Path, call: Call) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "own").symlink_to("there")
    assert call("init", "own")[0] == 0
    assert (tmp_path / "own").is_symlink()
    assert set(files_in(tmp_path / "there")) == OWN


@posix
def test_others_may_read_it_as_any_new_folder(tmp_path: Path, call: Call) -> None:
    call("init", "own")
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain.txt").touch()
    assert (tmp_path / "own").stat().st_mode == (tmp_path / "plain").stat().st_mode
    survey = tmp_path / "own/data/survey.yaml"
    assert survey.stat().st_mode == (tmp_path / "plain.txt").stat().st_mode


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("count", [1, 4, len(OWN)])
def test_what_cannot_be_written_whole_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, count: int
) -> None:
    """A disk that is full at the count-th file."""
    if there:
        (tmp_path / "own/.git").mkdir(parents=True)
        (tmp_path / "own/.git/config").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    really, opened = Path.open, []

    def full(self: Path, *words: object) -> object:
        opened.append(self)
        if len(opened) == count:
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return really(self, *words)  # type: ignore[call-overload]

    files = own_files(Answers())
    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="No space left"):
        fill(tmp_path / "own", files)
    assert sorted(tmp_path.rglob("*")) == before


def test_what_comes_between_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else writes into the folder after it was found empty."""
    a_file_inside(tmp_path / "own")
    with pytest.raises(StartError):
        fill(tmp_path / "own", own_files(Answers()))
    monkeypatch.setattr(starting_folder, "check_free", lambda folder: None)
    with pytest.raises(FileExistsError):
        fill(tmp_path / "own", own_files(Answers()))
    assert files_in(tmp_path) == {"own/README.md": b"mine"}


def test_a_folder_that_comes_between_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = Path.rename

    def late(self: Path, target: Path) -> Path:
        a_file_inside(target)
        return really(self, target)

    monkeypatch.setattr(Path, "rename", late)
    with pytest.raises(OSError, match="own"):
        fill(tmp_path / "own", own_files(Answers()))
    assert files_in(tmp_path) == {"own/README.md": b"mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_where_nothing_may_be_written_it_says_so(tmp_path: Path, call: Call) -> None:
    (tmp_path / "shut").mkdir(mode=0o500)
    code, _, err = call("init", "shut/own")
    assert code == 1
    assert "ファイルを読み書きできません" in err


def test_the_example_is_written_whole(tmp_path: Path, call: Call) -> None:
    code, out, _ = call("init", "見本 です", "--example")
    assert code == 0
    assert out.splitlines()[-2:] == ['  cd "見本 です"', "  dxeval run"]
    written, example = files_in(tmp_path / "見本 です"), files_in(EXAMPLE)
    assert written.items() >= example.items()
    assert set(written) - set(example) == {"README.md", ".gitignore", ".gitattributes"}
    assert "模擬データ" in written["README.md"].decode()
    out = call("check", within="見本 です")[1]
    assert out == "7回、延べ回答者 108人。まちがいはありません。\n"


def test_the_example_takes_no_answers(tmp_path: Path, call: Call) -> None:
    code, _, err = call("init", "own", "--example", "--title", "題")
    assert (code, err) == (2, "--example には、ほかのオプションを付けられません。\n")
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_it_says_what_is_missing(call: Call) -> None:
    assert call("init") == (2, "", "FOLDER を書いてください。dxeval init --help を見てください。\n")


def test_it_imports_neither_pandas_nor_papermill(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom dxeval.cli import main\n"
        "try:\n    main(['init', 'own'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = {'pandas', 'numpy', 'papermill', 'matplotlib', 'nbformat'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def real_session(workspace: Workspace) -> None:
    keep_sessions(workspace, "bpr-1")
    path = workspace.root / "data/sessions/bpr-1.yaml"
    path.write_text(path.read_text("utf-8").replace("simulated: true\n", ""), encoding="utf-8")


def test_a_review_left_over_from_the_example_is_said(tmp_path: Path, call: Call) -> None:
    workspace = copy_workspace(tmp_path / "w")
    assert check_workspace(workspace).warnings == []
    real_session(workspace)
    said = "data/programme.yaml 「review」：総括の文（review）のうち11つが見本のものです"
    assert said in call("check", within="w")[1]
    assert said in call("run", within="w")[2]
    programme = tmp_path / "w/data/programme.yaml"
    programme.write_text(programme.read_text("utf-8").partition("review:")[0], encoding="utf-8")
    assert check_workspace(Workspace(workspace.root)).warnings == []


def test_a_review_left_over_is_said_before_there_is_a_session(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path)
    keep_sessions(workspace)
    (tmp_path / "data/published.csv").unlink()
    (warning,) = check_workspace(Workspace(tmp_path)).warnings
    assert warning.kind is ProblemKind.EXAMPLE_REVIEW


def test_published_figures_left_over_are_one_sentence(tmp_path: Path) -> None:
    """Of other sessions, beside those of one's own: 76 rows."""
    workspace = copy_workspace(tmp_path)
    figures = (EXAMPLE / "data/published.csv").read_bytes()
    keep_sessions(workspace, "bpr-1")
    (tmp_path / "data/published.csv").write_bytes(figures)
    (problem,) = check_workspace(workspace).problems
    assert problem.kind is ProblemKind.UNKNOWN_SESSION
    assert (problem.line, problem.others) == (2, 0)
    assert "（76行）" in problem.message


def test_the_survey_reads_as_it_stands(tmp_path: Path) -> None:
    fill(tmp_path / "own", own_files(Answers()))
    item, words = read_survey(tmp_path / "own/data/survey.yaml").items
    assert len(item.levels) == 4
    assert len(item.favourable) == 2
    assert words.kind == "text"


def test_notebooks_that_are_gone_come_from_a_new_workspace(tmp_path: Path, call: Call) -> None:
    call("init", "own")
    shutil.rmtree(tmp_path / "own/notebooks")
    code, _, err = call("check", within="own")
    assert code == 1
    (command_line,) = set(
        re.findall(r"（dxeval (init) (新しいフォルダ) で作られる (notebooks)/", err)
    )
    assert call(*command_line[:2])[0] == 0
    shutil.copytree(tmp_path / "新しいフォルダ" / command_line[2], tmp_path / "own/notebooks")
    assert call("check", within="own")[0] == 0
