"""Real faults in real batches: nothing is lost, torn or mixed, and the next run needs no help."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from conftest import Here, copy_workspace
from pages import FAILED, page_of
from test_batch import keep_sessions

from dxeval.cli import INTERRUPTED
from dxeval.errors import NotebookError, OutputError
from dxeval.report.batch import run
from dxeval.report.job import Job, Made
from dxeval.report.staging import open_outputs
from dxeval.workspace import Workspace

ANSWERS = "data/responses/bpr-1.csv"
MOMENTS = 14
PROMOTIONS = 6
SLACK = 5.0
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and mounts of POSIX")


def light_notebook(workspace: Workspace, name: str, parameter: str, *more: str) -> None:
    """Replace a template by one that shows the answers' hash and imports next to nothing.

    With that of the whole report goes that of programmes, whose pages would be real ones.
    """
    show = (
        "import hashlib, pathlib\n"
        "files = sorted(pathlib.Path('../data/responses').iterdir())\n"
        "hashlib.sha256(b''.join(path.read_bytes() for path in files)).hexdigest()"
    )
    cells = [
        {"cell_type": "code", "metadata": {"tags": tags}, "source": source}
        for tags, source in [(["parameters"], parameter), *(([], cell) for cell in (*more, show))]
    ]
    path = workspace.root / f"notebooks/{name}.ipynb"
    if name == "overall":
        path.with_name("programme.ipynb").unlink(missing_ok=True)
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}), encoding="utf-8")


@pytest.fixture(scope="module")
def small_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = copy_workspace(tmp_path_factory.mktemp("small"))
    keep_sessions(workspace, "bpr-1", "bpr-2")
    light_notebook(workspace, "session", "session_id = ''")
    light_notebook(workspace, "overall", "failed = []")
    assert run(workspace).failed == {}
    return workspace.root


@pytest.fixture
def small(small_once: Path, tmp_path: Path) -> Workspace:
    """Two sessions with light notebooks, made."""
    return Workspace(shutil.copytree(small_once, tmp_path / "small"))


def hang(workspace: Workspace, first: str = "pass") -> Path:
    """Let bpr-1 hang after ``first``; the file returned appears when it does."""
    mark = workspace.root / "hanging"
    lines = [f"import pathlib, time; pathlib.Path({str(mark)!r}).touch()", first, "time.sleep(300)"]
    cell = "\n    ".join(["if session_id == 'bpr-1':", *lines])
    light_notebook(workspace, "session", "session_id = ''", cell)
    return mark


def change(workspace: Workspace, variant: int) -> None:
    path = workspace.root / ANSWERS
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    lines[2] = lines[2].replace("概ね満足", "満足")
    if variant == 0:
        lines[2] = lines[2].replace("満足", "概ね満足", 1)
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def contents(workspace: Workspace) -> dict[str, bytes]:
    """Return what people may open, by name."""
    folder = workspace.root / "outputs"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.glob("*/*.*"))
        if path.parent.name in {"html", "notebooks", "failed", "tables"}
    }


def leftovers(workspace: Workspace) -> set[str]:
    there = {path.name for path in (workspace.root / "outputs").iterdir()}
    return there - {"html", "notebooks", "failed", "tables", "pdf", "manifest.json", ".lock"}


def start(
    workspace: Workspace, *words: str, code: str = "", **more: object
) -> subprocess.Popen[str]:
    """Start ``dxeval run`` in its own process group, as a shell does; ``code`` runs before.

    ``more`` is for Popen.
    """
    ctrl_c = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    script = f"{ctrl_c}\n{code}\nfrom dxeval.cli import main\nif __name__ == '__main__': main()"
    path = workspace.root / "start.py"
    path.write_text(script, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(path), "run", *words],
        cwd=workspace.root,
        env={**os.environ, "TMPDIR": str(scratch(workspace))},
        text=True,
        start_new_session=True,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more},  # type: ignore[call-overload]
    )


def scratch(workspace: Workspace) -> Path:
    """Return the temporary folder of the batch, to see what is left in it."""
    folder = workspace.root.parent / "t"
    folder.mkdir(exist_ok=True)
    return folder


def wait_for(mark: Path, process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Wait until a cell hangs; return all processes of the batch."""
    deadline = time.monotonic() + 60
    while not mark.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return psutil.Process(process.pid).children(recursive=True)


@posix
def test_kill_9_at_20_moments_tears_and_mixes_nothing(small: Workspace) -> None:
    wholes: list[dict[str, bytes]] = []
    for variant in (1, 0):
        change(small, variant)
        begin = time.monotonic()
        assert start(small).wait() == 0
        wholes.append(contents(small))
        seconds = time.monotonic() - begin
    assert wholes[0].keys() == wholes[1].keys()
    assert wholes[0]["html/bpr-1.html"] != wholes[1]["html/bpr-1.html"]
    chance = random.Random(5)
    kills = 0
    while kills < MOMENTS + PROMOTIONS:
        there = contents(small)["html/bpr-1.html"] == wholes[0]["html/bpr-1.html"]
        change(small, 0 if there else 1)
        if kills < PROMOTIONS:
            process = start(small, code=die_at_promotion(kills + 1))
        else:
            process = start(small)
            time.sleep(chance.uniform(0.3, seconds))
            process.kill()
        process.communicate()
        kills += process.returncode == -signal.SIGKILL
        found = contents(small)
        assert found.keys() == wholes[0].keys()
        for name, content in found.items():
            assert content in (wholes[0][name], wholes[1][name]), name
    for variant in (1, 0):
        change(small, variant)
        process = start(small)
        _, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        assert contents(small) == wholes[1 - variant]
    assert leftovers(small) == set()
    assert list(scratch(small).iterdir()) == []


@posix
@pytest.mark.parametrize("moment", [1, 3])
def test_kill_9_loses_no_print_and_leaves_none_beside_another_page(
    small: Workspace, moment: int
) -> None:
    change(small, 0)
    assert start(small).wait() == 0
    folder = small.root / "outputs/pdf"
    before = contents(small)["html/bpr-1.html"]
    for name in ("bpr-1", "overall", "report"):
        (folder / f"{name}.pdf").write_bytes(b"before")
    change(small, 1)
    process = start(small, code=die_at_promotion(moment))
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    there = sorted(path.name for path in folder.rglob("*.pdf"))
    assert there == ["bpr-1.pdf", "overall.pdf", "report.pdf"]
    if contents(small)["html/bpr-1.html"] != before:
        assert not (folder / "bpr-1.pdf").exists()
    assert start(small).wait() == 0
    assert sorted(path.name for path in (folder / "outdated").iterdir()) == there


def die_at_promotion(count: int) -> str:
    """Return code that kills the batch in place of the count-th file that it shows."""
    return (
        "import os, pathlib, signal\n"
        "replace, seen = pathlib.Path.replace, []\n"
        "def die(self, target):\n"
        "    seen.append(target)\n"
        f"    if len(seen) == {count}: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return replace(self, target)\n"
        "pathlib.Path.replace = die"
    )


@posix
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGINT, 130),
        (signal.SIGTERM, 143),
        (signal.SIGHUP, 129),
        (signal.SIGKILL, -signal.SIGKILL),
    ],
)
def test_an_interrupted_batch_ends_at_once_with_its_kernels(
    small: Workspace, number: int, code: int
) -> None:
    before = contents(small)
    mark = hang(small)
    process = start(small)
    family = wait_for(mark, process)
    assert len(family) >= 2
    sent = time.monotonic()
    if number == signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert time.monotonic() - sent < 5
    assert process.returncode == code
    _, alive = psutil.wait_procs(family, timeout=10 - (time.monotonic() - sent))
    assert not alive
    assert contents(small) == before
    if number != signal.SIGKILL:
        assert err.strip() == INTERRUPTED
        assert leftovers(small) == set()
        assert list(scratch(small).iterdir()) == []


@posix
@pytest.mark.parametrize("words", [(), ("--json",)])
def test_closing_the_terminal_ends_a_batch_with_all_cleaned_up(
    small: Workspace, words: tuple[str, ...]
) -> None:
    """As a terminal does: its end is closed, and what is written to it then fails."""
    before = contents(small)
    mark = hang(small)
    ours, theirs = os.openpty()
    own_terminal = (
        "import fcntl, termios\nif __name__ == '__main__': fcntl.ioctl(0, termios.TIOCSCTTY, 0)"
    )
    ends = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    process = start(small, *words, code=own_terminal, **ends)
    os.close(theirs)
    family = wait_for(mark, process)
    sent = time.monotonic()
    os.close(ours)
    assert process.wait(timeout=60) == 129
    assert time.monotonic() - sent < 5
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not alive
    assert contents(small) == before
    assert leftovers(small) == set()
    assert list(scratch(small).iterdir()) == []


@posix
def test_nohup_keeps_a_batch_going(small: Workspace) -> None:
    change(small, 1)
    tell = (
        "import os, pathlib, signal\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "replace = pathlib.Path.replace\n"
        "def tell(self, target):\n"
        "    os.kill(os.getpid(), signal.SIGHUP)\n"
        "    return replace(self, target)\n"
        "pathlib.Path.replace = tell"
    )
    process = start(small, code=tell)
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert out.startswith("1回と総括を作成しました")


@posix
def test_a_second_signal_does_not_stop_the_cleaning_up(small: Workspace) -> None:
    mark = hang(small)
    again = (
        "import os, shutil, signal\n"
        "remove = shutil.rmtree\n"
        "def again(*words, **more):\n"
        f"    if os.path.exists({str(mark)!r}): os.kill(os.getpid(), signal.SIGTERM)\n"
        "    return remove(*words, **more)\n"
        "shutil.rmtree = again"
    )
    process = start(small, code=f"import dxeval.report.staging\n{again}")
    wait_for(mark, process)
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=60)
    assert process.returncode == 129
    assert leftovers(small) == set()
    assert list(scratch(small).iterdir()) == []


@posix
@pytest.mark.parametrize("words", [["list"], ["check"], ["check", ANSWERS], ["run", "nobody"]])
def test_any_command_clears_what_a_killed_batch_left(small: Workspace, words: list[str]) -> None:
    mark = hang(small)
    process = start(small)
    family = wait_for(mark, process)
    other = [sys.executable, "-m", "dxeval", *words]
    environment = {**os.environ, "TMPDIR": str(scratch(small))}
    where = {"cwd": small.root, "env": environment, "capture_output": True}

    def exports() -> list[str]:
        """Return the exports there; folders may go meanwhile."""
        found = (
            Path(folder, name) for folder, _, names in os.walk(scratch(small)) for name in names
        )
        return [str(path) for path in found if path.match("responses/*.csv")]

    assert exports(), "a batch keeps exports there while it runs"
    subprocess.run(other, **where)
    assert exports(), "they belong to a batch that runs"
    assert process.poll() is None
    process.kill()
    process.communicate()
    psutil.wait_procs(family, timeout=10)
    assert exports()
    subprocess.run(other, **where)
    assert leftovers(small) == set()
    assert list(scratch(small).iterdir()) == []


@posix
@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP"])
def test_a_signal_during_promotion_is_answered_after_it(small: Workspace, number: str) -> None:
    change(small, 1)
    expected = (
        "import os, pathlib, signal\n"
        "replace = pathlib.Path.replace\n"
        "def tell(self, target):\n"
        f"    if target.name == 'bpr-1.html': os.kill(os.getpid(), signal.{number})\n"
        "    return replace(self, target)\n"
        "pathlib.Path.replace = tell"
    )
    process = start(small, code=expected)
    process.communicate()
    assert process.returncode == 128 + getattr(signal, number)
    assert leftovers(small) == set()
    process = start(small)
    out, _ = process.communicate()
    assert "中身の変わったページはありませんでした" in out


@pytest.mark.parametrize("first", ["pass", "import signal; signal.signal(signal.SIGINT, print)"])
def test_a_hanging_cell_is_stopped_in_time(small: Workspace, first: str) -> None:
    mark = hang(small, first)
    result = run(Workspace(small.root), ["bpr-1"], timeout=2, executor=Here())
    assert "セルが 2秒で終わりませんでした" in result.failed["bpr-1"]
    assert "--timeout" in result.failed["bpr-1"]
    ended = (small.root / "outputs/failed/bpr-1.ipynb").stat().st_mtime
    assert ended - mark.stat().st_mtime < 2 + SLACK


def test_a_failed_notebook_is_kept_without_answers_until_it_succeeds(small: Workspace) -> None:
    secret = "回答者の山田太郎 taro@example.jp"
    raising = f"print({secret!r})\nraise ValueError({secret!r})"
    light_notebook(small, "session", "session_id = ''", raising)
    result = run(Workspace(small.root), ["bpr-1"], executor=Here())
    kept = small.root / "outputs/failed/bpr-1.ipynb"
    assert "outputs/failed/bpr-1.ipynb" in result.failed["bpr-1"]
    text = kept.read_text(encoding="utf-8")
    (cell,) = [cell for cell in json.loads(text)["cells"] if cell.get("outputs")]
    (error,) = cell["outputs"]
    assert (error["ename"], error["evalue"]) == ("ValueError", "")
    assert error["traceback"] == ["Cell In[3], line 2", "ValueError"]
    assert "session_id = 'bpr-1'" in text
    assert not (small.root / "outputs/html/bpr-1.html").exists()
    assert secret not in str([cell["outputs"], (small.root / "outputs/manifest.json").read_text()])

    light_notebook(small, "session", "session_id = ''")
    assert run(Workspace(small.root), executor=Here()).failed == {}
    assert not kept.exists()


def test_one_of_30_broken_leaves_29(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path)
    keep_sessions(workspace, "bpr-1")
    (workspace.root / "data/published.csv").unlink()
    light_notebook(workspace, "session", "session_id = ''")
    light_notebook(workspace, "overall", "failed = []", "str(failed)")
    data = workspace.root / "data"
    for i in range(2, 31):
        text = (
            (data / "sessions/bpr-1.yaml").read_text("utf-8").replace("number: 1", f"number: {i}")
        )
        (data / f"sessions/bpr-{i}.yaml").write_text(text, "utf-8")
        shutil.copy(data / "responses/bpr-1.csv", data / f"responses/bpr-{i}.csv")
    old = workspace.root / "outputs/html/bpr-17.html"
    old.parent.mkdir(parents=True)
    old.write_text("old")
    broken = data / "responses/bpr-17.csv"
    broken.write_text(broken.read_text("utf-8-sig").replace("満足", "そこそこ"), "utf-8")
    process = start(workspace)
    out, err = process.communicate()
    assert process.returncode == 1
    assert out.startswith("29回と総括を作成しました")
    assert "bpr-17：作成できませんでした。\ndata/responses/bpr-17.csv" in err
    assert "直してから、もう一度 dxeval run を実行してください。" in err
    pages = {name for name in contents(workspace) if name.startswith("html/bpr")}
    assert pages == {f"html/bpr-{i}.html" for i in range(1, 31) if i != 17}
    assert len(page_of(workspace, "index").all(FAILED)) == 1
    assert "bpr-17" in page_of(workspace, "overall").html


@posix
def test_the_second_of_two_batches_says_who_holds_the_first(small: Workspace) -> None:
    mark = hang(small)
    first = start(small)
    wait_for(mark, first)
    second = start(small)
    out, err = second.communicate()
    assert (second.returncode, out) == (1, "")
    assert f"ほかの dxeval run がこの作業フォルダに書いています（プロセス {first.pid}、20" in err
    first.kill()
    first.communicate()
    light_notebook(small, "session", "session_id = ''")
    third = start(small)
    _, err = third.communicate()
    assert (third.returncode, err) == (0, "")


class NoKernel(Executor):
    """Fails the test if any job is given to it."""

    def submit(self, *job: object, **more: object) -> Future:  # type: ignore[override]
        raise AssertionError(job)


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """Mount a small disk of memory (or what the options say); skip where that is not allowed."""
    words = options or ("-t", "tmpfs", "-o", "size=1m", "none")
    done = subprocess.run(["mount", *words, str(folder)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"mount is not permitted: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@posix
def test_a_full_disk_leaves_all_as_it_was(small: Workspace) -> None:
    outputs = small.root / "outputs"
    shutil.rmtree(outputs)
    outputs.mkdir()
    with mounted(outputs):
        run(Workspace(small.root), executor=Here())
        before = contents(small)
        change(small, 1)
        with pytest.raises(OSError, match="No space"), (outputs / "filler").open("wb") as filler:
            while True:
                filler.write(b"x" * 4096)
        with (outputs / "filler").open("r+b") as filler:
            filler.truncate(filler.seek(0, os.SEEK_END) - 20_000)
        process = start(small)
        out, err = process.communicate()
        assert (process.returncode, out) == (1, "")
        assert "空き容量がありません" in err
        assert contents(small) == before
        (outputs / "filler").unlink()
        assert leftovers(small) == set()
        run(Workspace(small.root), executor=Here())
        assert contents(small).keys() == before.keys()
        assert contents(small) != before


@posix
def test_an_unwritable_folder_is_an_error_before_any_kernel(small: Workspace) -> None:
    outputs = small.root / "outputs"
    change(small, 1)
    before = contents(small)
    with mounted(outputs, "--bind", str(outputs)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(outputs)], check=True)
        with pytest.raises(OutputError, match="読み取り専用"):
            run(Workspace(small.root), executor=NoKernel())
    html = outputs / "html"
    with mounted(html, "--bind", str(html)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(html)], check=True)
        with pytest.raises(OutputError, match="読み取り専用"):
            run(Workspace(small.root), executor=NoKernel())
    assert contents(small) == before
    shutil.rmtree(outputs)
    outputs.write_text("a file")
    with pytest.raises(OutputError, match="フォルダではありません"):
        run(Workspace(small.root), executor=NoKernel())


@pytest.mark.parametrize("name", ["outputs", "outputs/html", "outputs/failed"])
def test_a_folder_that_is_a_link_is_refused(small: Workspace, tmp_path: Path, name: str) -> None:
    target = tmp_path / "elsewhere"
    (small.root / name).rename(target)
    (small.root / name).symlink_to(target, target_is_directory=True)
    before = sorted(target.rglob("*"))
    with pytest.raises(OutputError, match=f"{name} がフォルダではありません"):
        run(Workspace(small.root), force=True, executor=NoKernel())
    assert sorted(target.rglob("*")) == before


def test_a_page_that_is_a_link_is_replaced_and_its_target_left(
    small: Workspace, tmp_path: Path
) -> None:
    names = ("html/bpr-1.html", "html/index.html", "notebooks/bpr-2.ipynb", "manifest.json")
    targets = {}
    for i, name in enumerate(names):
        link = small.root / "outputs" / name
        target = tmp_path / f"precious-{i}"
        targets[target] = link.read_bytes()
        link.rename(target)
        link.symlink_to(target)
    (small.root / "outputs/.staging").symlink_to(tmp_path)
    change(small, 1)
    run(Workspace(small.root), executor=Here())
    assert {target: target.read_bytes() for target in targets} == targets
    assert not [path for path in (small.root / "outputs").rglob("*") if path.is_symlink()]


@posix
def test_read_only_data_are_enough(small: Workspace) -> None:
    before = contents(small)
    with mounted(small.root, "--bind", str(small.root)):
        outputs = small.root / "outputs"
        with mounted(outputs, "--bind", str(outputs)):
            subprocess.run(["mount", "-o", "remount,ro,bind", str(small.root)], check=True)
            assert list(run(Workspace(small.root), force=True, executor=Here()).made) == [
                "bpr-1",
                "bpr-2",
                "overall",
            ]
    assert contents(small) == before


def test_a_lock_left_by_nobody_and_a_foreign_holder_file_do_no_harm(small: Workspace) -> None:
    outputs = small.root / "outputs"
    (outputs / ".running.json").write_text('{"pid": 1, "since": "", "folders": ["../../etc"]}')
    (outputs / ".lock").touch()
    with open_outputs(outputs) as staging:
        assert staging.scratch.is_dir()
    assert Path("/etc").is_dir() or os.name == "nt"
    assert leftovers(small) == set()


def test_any_executor_will_do(small: Workspace) -> None:
    before = contents(small)
    assert list(run(Workspace(small.root), force=True, executor=Here()).made) == [
        "bpr-1",
        "bpr-2",
        "overall",
    ]
    assert contents(small) == before


class FullHere(Here):
    def submit(self, function, *arguments):  # type: ignore[no-untyped-def,override]
        if isinstance(arguments[0], Job):
            raise OSError(28, "No space left on device", "/tmp/x")
        return super().submit(function, *arguments)


def test_a_full_temporary_folder_fails_no_page(small: Workspace) -> None:
    before = contents(small)
    with pytest.raises(OutputError, match="空き容量がありません"):
        run(Workspace(small.root), force=True, executor=FullHere())
    assert contents(small) == before
    assert Made("x").failure is None


def test_a_temporary_folder_with_too_long_a_path_is_said(small: Workspace) -> None:
    before = contents(small)
    folder = small.root / ("long" * 20)
    folder.mkdir()
    code = f"import os, tempfile; tempfile.tempdir = {str(folder)!r}"
    process = start(small, "--force", code=code)
    _, said = process.communicate()
    assert process.returncode == 1
    assert "一時フォルダ（TMPDIR）のパスが長すぎます" in said
    assert contents(small) == before


def test_no_kernel_at_all_fails_no_page(
    small: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(small)
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit(1)")
    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    monkeypatch.setenv("PYTHONPATH", path)
    process = start(small, "--force", "--engine", "nbclient")
    _, said = process.communicate()
    assert process.returncode == 1
    assert "カーネルを起動できません" in said
    assert contents(small) == before
    assert leftovers(small) == set()


def test_an_unreadable_answer_file_fails_one_session(small: Workspace) -> None:
    (small.root / ANSWERS).unlink()
    (small.root / ANSWERS).mkdir()
    result = run(Workspace(small.root), executor=Here())
    assert list(result.failed) == ["bpr-1"]
    assert "data/responses/bpr-1.csv：ファイルを読めません" in result.failed["bpr-1"]
    assert list(result.made) == ["overall"]


def test_a_template_that_is_gone_changes_nothing(small: Workspace) -> None:
    before = contents(small)
    (small.root / "notebooks/session.ipynb").unlink()
    with pytest.raises(
        NotebookError, match=r"session\.ipynb：ファイルがありません.*戻してください"
    ):
        run(Workspace(small.root), executor=NoKernel())
    assert contents(small) == before


def test_a_page_whose_notebook_was_edited_is_made_even_if_not_asked_for(small: Workspace) -> None:
    before = contents(small)
    (small.root / "outputs/notebooks/bpr-2.ipynb").unlink()
    assert "bpr-2" in run(Workspace(small.root), ["bpr-1"], executor=Here()).made
    assert contents(small) == before
