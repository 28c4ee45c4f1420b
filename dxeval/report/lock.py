"""Who writes ``outputs/``: a lock of the operating system, or on drives without one a soft one."""

import errno
import hashlib
import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from dxeval.errors import OutputError
from dxeval.problems import Problem, ProblemKind

LOCK = ".lock"
HOLDER = ".running.json"
RUN = "dxeval run"
SHARE = "dxeval share"
_NO_LOCKS = {errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOLCK}
"""What SMB, NFS, sshfs and their kin answer where they know no locks."""


class Lock:
    """The lock of ``outputs/``. State: whether the drive knows locks (``hard``) once it is taken.

    A hard one the operating system releases, whatever ends this process. On a drive without locks
    the holder's file stands for one: another process of this machine that lives is respected, and
    any of another machine, which cannot be seen from here.
    """

    def __init__(self, outputs: Path) -> None:
        self.outputs = outputs
        self.hard = True
        self._lock = FileLock(outputs / LOCK, timeout=0, fallback_to_soft=False)

    def take(self) -> None:
        """Take the lock. Raises OutputError if somebody has it, OSError if it cannot be written."""
        try:
            self._lock.acquire()
        except Timeout:
            raise OutputError(_busy(self.outputs)) from None
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            self.hard = False
            if _may_live(holder(self.outputs)):
                raise OutputError(f"{_busy(self.outputs)}{_how_to_clear()}") from None

    def release(self) -> None:
        """Give the lock back."""
        self._lock.release()

    def sign(self, command: str, folders: list[str]) -> None:
        """Write down who holds it, since when, and with which temporary folders.

        Raises OutputError if another was quicker, where there is no lock that would have told.
        """
        content = {
            "command": command,
            "pid": os.getpid(),
            "machine": _machine(),
            "since": time.strftime("%Y-%m-%d %H:%M:%S"),
            "folders": folders,
        }
        try:
            with (self.outputs / HOLDER).open("x", encoding="utf-8") as file:
                json.dump(content, file)
        except FileExistsError:
            raise OutputError(_busy(self.outputs)) from None

    @property
    def remarks(self) -> list[Problem]:
        """What a person should know of how it is held."""
        if self.hard:
            return []
        message = (
            "outputs/ のあるドライブにはファイルのロックがありません。ロックなしで作りました。"
            "この機械のほかの dxeval とは重なりませんが、別の機械と同時には動かさないでください"
        )
        return [Problem(ProblemKind.NO_LOCK, "outputs", message)]


def holder(outputs: Path) -> dict[str, Any]:
    """Return what the holder of ``outputs/`` wrote down; nothing if nobody did."""
    path = outputs / HOLDER
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return found if {"pid", "since", "folders"} <= found.keys() else {}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _busy(outputs: Path) -> str:
    found = holder(outputs)
    who = f"（プロセス {found['pid']}、{found['since']} から）" if found else ""
    command = found.get("command", RUN)
    end = "終わるのを待って" if command in {RUN, SHARE} else "Ctrl-C で終えてから"
    return (
        f"ほかの {command} がこの作業フォルダに書いています{who}。{end}、もう一度実行してください。"
    )


def _how_to_clear() -> str:
    return (
        "（このドライブにはロックがなく、確かめられません。もう動いていないと分かっていれば、"
        f"outputs/{HOLDER} を消してください。）"
    )


def _may_live(found: dict[str, Any]) -> bool:
    """Return whether a holder may be alive: of another machine, or of Windows, it always may."""
    if not found:
        return False
    if found.get("machine") != _machine() or sys.platform == "win32":
        return True
    try:
        os.kill(int(found["pid"]), 0)
    except (ProcessLookupError, ValueError, TypeError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _machine() -> str:
    """Return what tells this machine from others, and not its name."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:12]
