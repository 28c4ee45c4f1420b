"""``outputs/``: written by one batch at a time, and only with whole files that are all ready."""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.util import get_temp_dir
from pathlib import Path

from dxeval.errors import OutputError
from dxeval.problems import Problem
from dxeval.report.lock import HOLDER, LOCK, RUN, Lock, holder
from dxeval.report.places import MANIFEST, OUTDATED, outdated_file
from dxeval.report.signals import undisturbed

FOLDERS = ("notebooks", "html", "tables", "pdf", OUTDATED, "failed")
STAGING = ".staging"
SCRATCH = "dxeval-"
_UNSYNCED = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP}
"""What a drive answers that cannot say when a file has arrived; only a power cut needs that."""
_WHY = {
    errno.ENOSPC: "空き容量がありません",
    errno.EDQUOT: "使ってよい容量を超えました",
    errno.EFBIG: "ファイルの大きさの上限を超えました",
    errno.EACCES: "読み書きする権限がありません",
    errno.EPERM: "読み書きする権限がありません",
    errno.EROFS: "読み取り専用です",
    errno.EIO: "ドライブとの読み書きに失敗しました（接続が切れていませんか）",
    errno.ETIMEDOUT: "ドライブが答えません（接続が切れていませんか）",
    errno.ESTALE: "ドライブとの接続がつなぎ直されました",
    errno.ENAMETOOLONG: "ファイルの名前が、このドライブには長すぎます",
    errno.EBUSY: "ほかのプログラムが使っています",
    errno.ENOSYS: "このドライブではできない操作です",
    errno.EOPNOTSUPP: "このドライブではできない操作です",
}


class Staging:
    """Files made but not yet shown. ``scratch`` is a folder outside for what workers write.

    State: ``outputs``, where files are shown; ``folder`` in it, where they wait; the names of those
    that wait, and of those that ``promote`` is to remove or set aside; ``remarks``, what a person
    should know of how ``outputs`` is held.
    """

    def __init__(self, outputs: Path, scratch: Path, remarks: Sequence[Problem] = ()) -> None:
        self.outputs = outputs
        self.remarks = remarks
        self.scratch = scratch
        self.folder = outputs / STAGING
        self._staged: set[str] = set()
        self._removed: set[str] = set()
        self._aside: set[str] = set()

    def add(self, name: str, content: bytes) -> None:
        """Write a file, to be shown at ``outputs/name`` by ``promote``."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            _sync(file.fileno())
        self._staged.add(name)

    def read(self, name: str) -> bytes:
        """Return a staged file, or the one shown if none is staged."""
        folder = self.folder if name in self._staged else self.outputs
        return (folder / name).read_bytes()

    def remove(self, *names: str) -> None:
        """Have files removed by ``promote``; those that are not there are no error."""
        self._removed.update(names)

    def set_aside(self, *prints: str) -> None:
        """Have prints moved to those out of date; those that are not there are no error."""
        self._aside.update(prints)

    def discard(self) -> None:
        """Forget what waits and what was to be removed: it will not be shown."""
        _remove_tree(self.folder)
        self._staged.clear()
        self._removed.clear()
        self._aside.clear()

    def promote(self, order: Sequence[str]) -> None:
        """Remove and set aside what is to be, then show the staged files one by one, each whole.

        Prints are set aside first: none is beside a page of which it is not, whatever ends this.
        ``order`` names all that may be staged. A signal meanwhile is answered afterwards.
        """
        with undisturbed():
            for name in self._aside - self._staged:
                if (self.outputs / name).is_file():
                    _move(self.outputs / name, self.outputs / outdated_file(name))
            self._aside.clear()
            for name in self._removed - self._staged:
                (self.outputs / name).unlink(missing_ok=True)
            self._removed.clear()
            for name in order:
                if name in self._staged:
                    _move(self.folder / name, self.outputs / name)
                    self._staged.remove(name)


@contextmanager
def open_outputs(outputs: Path, command: str = RUN) -> Iterator[Staging]:
    """Lock ``outputs/``, clear what a killed batch left, and hand out an empty staging.

    ``command`` is what others are told of that find it locked.
    Raises OutputError if another batch holds it or if it cannot be written: nothing has been
    changed then. The operating system releases the lock whatever ends this process.
    """
    with _explained(outputs):
        for folder in (outputs, *(outputs / name for name in FOLDERS)):
            _make_folder(folder)
        if words := _in_the_way(outputs):
            raise OutputError(words)
        lock = Lock(outputs)
        lock.take()
    scratch = _sign(lock, command)
    try:
        with _explained(outputs):
            for name in FOLDERS:
                tempfile.TemporaryFile(dir=outputs / name).close()
            (outputs / STAGING).mkdir()
            yield Staging(outputs, scratch, lock.remarks)
    finally:
        with suppress(OSError):  # what cannot be removed now is removed by the next batch
            _clear(outputs)
        with suppress(OSError):  # where prints are in it
            (outputs / OUTDATED).rmdir()
        lock.release()


def _sign(lock: Lock, command: str) -> Path:
    """Clear what a killed batch left, and write down who holds the lock; return our scratch."""
    try:
        with _explained(lock.outputs):
            _clear(lock.outputs, killed=True)
            scratch = Path(tempfile.mkdtemp(prefix=SCRATCH))
            lock.sign(command, [scratch.name, Path(get_temp_dir()).name])
            return scratch
    except BaseException:
        lock.release()
        raise


def unwritable(outputs: Path) -> str | None:
    """Return why a batch could not write ``outputs/``, in words, or None; changes nothing."""
    for folder in (outputs, *(outputs / name for name in FOLDERS)):
        if words := _no_folder(folder):
            return words
        place = next(there for there in (folder, *folder.parents) if there.exists())
        if not os.access(place, os.W_OK | os.X_OK):
            name = "作業フォルダ" if place == outputs.parent else _called(place)
            return f"{name} に書く権限がありません。書けるようにしてください。"
        if not outputs.exists():
            return None
    return _in_the_way(outputs)


def clear_after_kill(outputs: Path) -> None:
    """Remove what a batch that was killed left, exports among it; never what is in use.

    The lock tells: the operating system releases it whatever ends a process. Does nothing where
    there is nothing to clear or nothing can be changed.
    """
    if not (outputs / HOLDER).is_file() or _no_folder(outputs):
        return
    lock = Lock(outputs)
    with suppress(OSError, OutputError):
        lock.take()
        try:
            _clear(outputs, killed=True)
        finally:
            lock.release()


def _sync(file: int) -> None:
    try:
        os.fsync(file)
    except OSError as error:
        if error.errno not in _UNSYNCED:
            raise


def _move(staged: Path, shown: Path) -> None:
    """Put a file in the place of another, whole; also where its folder is another drive."""
    try:
        staged.replace(shown)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = shown.with_name(f".{shown.name}.new")
        shutil.copyfile(staged, beside)
        beside.replace(shown)
        staged.unlink()


def _make_folder(folder: Path) -> None:
    if words := _no_folder(folder):
        raise OutputError(words)
    folder.mkdir(exist_ok=True)


def _no_folder(folder: Path) -> str | None:
    if not folder.is_symlink() and (folder.is_dir() or not folder.exists()):
        return None
    return (
        f"{_called(folder)} がフォルダではありません（リンクかファイルです）。"
        "その先には書きません。消すか名前を変えて、もう一度実行してください。"
    )


def _in_the_way(outputs: Path) -> str | None:
    """Return that a folder stands where a file is to be, in words, or None."""
    places = [outputs / name for name in (LOCK, HOLDER, MANIFEST)]
    places += [path for name in FOLDERS for path in (outputs / name).glob("*.*") if path.suffix]
    for path in places:
        if path.is_dir() and not path.is_symlink():
            name = path.relative_to(outputs.parent).as_posix()
            return f"{name} がフォルダで、ファイルを書けません。消すか名前を変えてください。"
    return None


def _called(folder: Path) -> str:
    return folder.name if folder.name == "outputs" else f"outputs/{folder.name}"


@contextmanager
def _explained(outputs: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = _WHY.get(error.errno or 0, error.strerror or type(error).__name__)
        if str(error) == "AF_UNIX path too long":
            why = "一時フォルダ（TMPDIR）のパスが長すぎます"
        where = Path(error.filename or "").name
        raise OutputError(
            f"ファイルを読み書きできません：{why}{f'（{where}）' if where else ''}。"
            f"{outputs} と一時フォルダに書けるようにして、もう一度実行してください。"
            "前に作ったページはそのままです。"
        ) from error


def _clear(outputs: Path, killed: bool = False) -> None:
    """Remove staging, holder and temporary folders: our own, or those of a ``killed`` batch.

    The folder of multiprocessing is its own to remove, but for a batch that was killed.
    """
    prefixes = (SCRATCH, "pymp-") if killed else (SCRATCH,)
    for name in map(str, holder(outputs).get("folders", [])):
        if name.startswith(prefixes) and name == Path(name).name:
            _remove_tree(Path(tempfile.gettempdir()) / name)
    _remove_tree(outputs / STAGING)
    (outputs / HOLDER).unlink(missing_ok=True)


def _remove_tree(folder: Path, patience: float = 3.0) -> None:
    """Remove a folder, again while a dying kernel still writes into it (``patience`` seconds)."""
    if folder.is_symlink():
        folder.unlink()
    deadline = time.monotonic() + patience
    shutil.rmtree(folder, ignore_errors=True)
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
        shutil.rmtree(folder, ignore_errors=True)
