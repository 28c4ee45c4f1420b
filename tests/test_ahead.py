"""The process for the notebooks is started before the plan, where something looks newer."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dxeval.report.batch import run
from dxeval.report.process import ahead
from dxeval.workspace import Workspace


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    calls: list[str] = []
    monkeypatch.setattr(ahead, "warm_up", lambda: calls.append("begun"))
    return calls


def written(root: Path) -> None:
    """Write a manifest as if a batch had just ended."""
    (root / "outputs").mkdir(exist_ok=True)
    (root / "outputs/manifest.json").write_text("{}", encoding="utf-8")
    newer = time.time() + 1
    os.utime(root / "outputs/manifest.json", (newer, newer))


def test_nothing_begins_where_nothing_is_newer(workspace: Workspace, begun: list[str]) -> None:
    written(workspace.root)
    ahead.begin_if_newer(workspace.root)
    assert begun == []


@pytest.mark.parametrize(
    "name", ["data/survey.yaml", "data/responses/bpr-1.csv", "data/responses", "notebooks"]
)
def test_it_begins_where_a_file_is_newer_or_has_gone(
    workspace: Workspace, begun: list[str], name: str
) -> None:
    written(workspace.root)
    newer = time.time() + 2
    os.utime(workspace.root / name, (newer, newer))
    ahead.begin_if_newer(workspace.root)
    assert begun == ["begun"]


def test_it_begins_where_nothing_was_made(workspace: Workspace, begun: list[str]) -> None:
    ahead.begin_if_newer(workspace.root)
    assert begun == ["begun"]


def test_a_folder_without_data_is_no_error(tmp_path: Path, begun: list[str]) -> None:
    ahead.begin_if_newer(tmp_path)
    assert begun == []


def test_it_begins_before_the_batch_is_imported(workspace: Workspace) -> None:
    code = (
        "import sys\nfrom dxeval.cli import main\nfrom dxeval.report.process import ahead\n"
        "def begun(root):\n"
        "    print({'pydantic', 'dxeval.report.batch'} & {*sys.modules})\n    sys.exit(9)\n"
        "ahead.begin_if_newer = begun\nmain(['run', '--quiet'])"
    )
    run_it = [sys.executable, "-c", code]
    done = subprocess.run(run_it, cwd=workspace.root, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (9, "set()\n"), done.stderr


def test_what_began_for_nothing_ends_with_the_batch(workspace: Workspace) -> None:
    """It holds what the batch writes to, so who reads that would wait for all of its imports."""
    assert run(workspace).failed == {}
    newer = time.time() + 2
    os.utime(workspace.root / "data/survey.yaml", (newer, newer))
    code = (
        "import atexit, time; from multiprocessing import forkserver; from dxeval.cli import main;"
        "atexit.register(lambda: print(forkserver._forkserver._forkserver_pid, time.time()));"
        "main(['run', '--quiet'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace.root, capture_output=True, text=True
    )
    took_longer = time.time() - float(done.stdout.split()[1])
    assert "None" not in done.stdout, done.stderr
    start = time.time()
    subprocess.run([sys.executable, "-c", "import dxeval.report.process.warm"], check=True)
    assert took_longer < (time.time() - start) / 2
