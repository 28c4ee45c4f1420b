"""Drives without locks, without fsync, of another device; and two batches at once there."""

import errno
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dxeval.errors import OutputError
from dxeval.problems import ProblemKind
from dxeval.report.lock import HOLDER, _machine
from dxeval.report.staging import clear_after_kill, open_outputs

NO_LOCKS = [errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK]


def refuses(number: int):  # type: ignore[no-untyped-def]
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.fixture(params=NO_LOCKS, ids=errno.errorcode.get)
def lockless(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", refuses(request.param))


def write(outputs: Path) -> list[ProblemKind]:
    with open_outputs(outputs) as staging:
        staging.add("html/a.html", b"page")
        staging.promote(["html/a.html"])
        return [remark.kind for remark in staging.remarks]


@pytest.mark.usefixtures("lockless")
def test_p26_a_drive_without_locks_is_written_and_said(tmp_path: Path) -> None:
    assert write(tmp_path / "outputs") == [ProblemKind.NO_LOCK]
    assert (tmp_path / "outputs/html/a.html").read_bytes() == b"page"
    assert not (tmp_path / "outputs" / HOLDER).exists()
    assert write(tmp_path / "outputs") == [ProblemKind.NO_LOCK]


def test_a_drive_with_locks_says_nothing(tmp_path: Path) -> None:
    assert write(tmp_path / "outputs") == []


@pytest.mark.usefixtures("lockless")
def test_p26_two_batches_of_one_machine_do_not_meet(tmp_path: Path) -> None:
    with open_outputs(tmp_path / "outputs"):
        with pytest.raises(OutputError, match="ほかの dxeval run がこの作業フォルダに書いています"):
            write(tmp_path / "outputs")
        clear_after_kill(tmp_path / "outputs")
        assert (tmp_path / "outputs" / HOLDER).is_file()
        assert (tmp_path / "outputs/.staging").is_dir()
    assert write(tmp_path / "outputs") == [ProblemKind.NO_LOCK]


def left_by(outputs: Path, pid: int, machine: str) -> Path:
    scratch = Path(tempfile.mkdtemp(prefix="dxeval-"))
    write(outputs)
    told = {"pid": pid, "machine": machine, "since": "2025-06-04 10:00:00"}
    (outputs / HOLDER).write_text(json.dumps({**told, "folders": [scratch.name]}))
    return scratch


def ended() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.usefixtures("lockless")
def test_p26_what_a_killed_batch_left_is_cleared(tmp_path: Path) -> None:
    scratch = left_by(tmp_path / "outputs", ended(), _machine())
    clear_after_kill(tmp_path / "outputs")
    assert not scratch.exists()
    left_by(tmp_path / "outputs", ended(), _machine())
    assert write(tmp_path / "outputs") == [ProblemKind.NO_LOCK]


@pytest.mark.usefixtures("lockless")
def test_p26_a_batch_of_another_machine_is_respected_until_a_person_knows(tmp_path: Path) -> None:
    scratch = left_by(tmp_path / "outputs", ended(), "another")
    with pytest.raises(OutputError, match=r"outputs/\.running\.json を消してください"):
        write(tmp_path / "outputs")
    assert scratch.is_dir()
    (tmp_path / "outputs" / HOLDER).unlink()
    assert write(tmp_path / "outputs") == [ProblemKind.NO_LOCK]
    scratch.rmdir()


@pytest.mark.usefixtures("lockless")
def test_p26_the_quicker_of_two_wins_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = tmp_path / "outputs"
    write(outputs)
    monkeypatch.setattr("dxeval.report.lock._may_live", lambda found: False)
    monkeypatch.setattr("dxeval.report.staging._clear", lambda outputs, killed=False: None)
    scratch = Path(tempfile.mkdtemp(prefix="dxeval-"))
    told = {"pid": 1, "machine": "", "since": "x", "folders": [scratch.name]}
    (outputs / HOLDER).write_text(json.dumps(told))
    with pytest.raises(OutputError, match="書いています"):
        write(outputs)
    assert json.loads((outputs / HOLDER).read_text()) == told
    assert scratch.is_dir()
    scratch.rmdir()


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS])
def test_p26_a_drive_without_fsync_is_written(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", refuses(number))
    assert write(tmp_path / "outputs") == []


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.EIO, "接続が切れていませんか"),
        (errno.ETIMEDOUT, "ドライブが答えません"),
        (errno.ENOSPC, "空き容量がありません"),
        (errno.EROFS, "読み取り専用です"),
    ],
)
def test_p26_another_fault_of_a_drive_is_said_by_its_reason(
    number: int, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for where, name in ((fcntl, "flock"), (os, "fsync"), (tempfile, "TemporaryFile")):
        with monkeypatch.context() as patched:
            patched.setattr(where, name, refuses(number))
            with pytest.raises(OutputError, match=why):
                write(tmp_path / "outputs")


@pytest.fixture
def other_drive() -> Iterator[Path]:
    shared = Path("/dev/shm")
    if not shared.is_dir() or not os.access(shared, os.W_OK):
        pytest.skip("no second drive here")
    folder = Path(tempfile.mkdtemp(dir=shared))
    yield folder
    shutil.rmtree(folder)


def test_p26_a_folder_of_outputs_may_be_another_drive(
    tmp_path: Path, other_drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dxeval.report import staging

    assert other_drive.stat().st_dev != tmp_path.stat().st_dev
    (tmp_path / "a").write_bytes(b"page")
    (other_drive / "a.html").write_bytes(b"before")
    staging._move(tmp_path / "a", other_drive / "a.html")
    assert [path.name for path in other_drive.iterdir()] == ["a.html"]
    assert (other_drive / "a.html").read_bytes() == b"page"
    assert not (tmp_path / "a").exists()
