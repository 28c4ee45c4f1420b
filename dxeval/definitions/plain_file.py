"""Files that people put into a workspace: listed and read without ever waiting or filling memory.

What stands there may be a folder, a pipe that nobody writes, a link that leads in a circle or a
disk image. Each is refused by its name.
"""

import errno
import stat
from pathlib import Path

from dxeval.errors import DataError, WorkspaceError
from dxeval.problems import Problem, ProblemKind

WHY = {
    errno.ENOENT: "ファイルがありません",
    errno.EACCES: "ファイルを読めません。読む権限がありません",
    errno.EPERM: "ファイルを読めません。読む権限がありません",
    errno.ELOOP: "ファイルを読めません。リンクが輪になっています",
    errno.EISDIR: "ファイルを読めません。フォルダです",
    errno.ENXIO: "ファイルを読めません。ふつうのファイルではありません",
}


def read_file(path: Path, name: str, limit: int) -> bytes:
    """Return the content of a plain file; ``name`` is what messages call it.

    Raises DataError for what is no file, cannot be read or has more than ``limit`` bytes.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise OSError(errno.EISDIR, "")
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.ENXIO, "")
        if status.st_size <= limit:
            return path.read_bytes()
    except OSError as error:
        why = WHY.get(error.errno or 0, f"ファイルを読めません（{type(error).__name__}）")
        raise DataError([Problem(ProblemKind.UNREADABLE, name, why)]) from None
    message = f"ファイルが大きすぎます（{status.st_size / 1e6:,.1f} MB）"
    expected = f"{limit / 1e6:,.0f} MB まで"
    raise DataError([Problem(ProblemKind.TOO_LARGE, name, message, expected=expected)])


def list_folder(folder: Path) -> list[Path]:
    """Return what stands in a folder, by name; nothing if it is not there.

    Hidden files are those of editors and systems (``.#a.yaml``, ``._a.yaml``) and are left out.
    Raises WorkspaceError if the folder cannot be read: what is in it must not seem not to be there.
    """
    try:
        paths = sorted(folder.iterdir(), key=lambda path: path.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        why = {errno.ENOTDIR: "フォルダではありません", errno.EACCES: "権限がありません"}
        where = "/".join(folder.parts[-2:])
        raise WorkspaceError(
            f"{where} を読めません（{why.get(error.errno or 0, type(error).__name__)}）。"
        ) from None
    return [path for path in paths if not path.name.startswith(".")]
