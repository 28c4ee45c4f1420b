"""What a cell's error was about, as facts: found in the kernel, where the error itself is.

An error's words may hold answers, so they are not handed on. What is (the name of a file, a module,
a function) is shown only if it stands in the notebook or in its declared files:
``report/notebook/words.py`` sees to that.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from dxeval.errors import DataError, DxevalError, WorkspaceError

PHRASES = (
    "daemonic processes are not allowed",
    "cannot be called from a running event loop",
    "event loop is already running",
    "freeze_support()",
)
"""Words of Python's own by which an error is known whose class says too little."""
ABOUT_DATA = (DataError, WorkspaceError)
"""Errors of ours whose words are all that is to be said."""
FUNCTION = re.compile(r"([A-Za-z_][\w.<>]*)\(\) (?:missing|got|takes) ")
DEPENDENCY = re.compile(r"(?:dependency|using:) '([\w.-]+)'")
NO_FILE = re.compile(
    r"No such file or directory: '(.+)'|File `'(.+)'` not found\.?|(.+) not found\."
)
MAGIC = re.compile(r"[Mm]agic(?: function)? `(%{1,2}\w+)`")


@dataclass(frozen=True)
class Fault:
    """A cell's error.

    ``name`` is its class, ``bases`` the names of that and those it derives from; ``line`` where it
    came from in the cell; ``file`` and ``file_line`` in a module of the job, if it went through
    one; ``what`` it was about, which may be an answer; ``place`` where that is in its workspace,
    if it is a file of one; ``phrase`` one of PHRASES; ``own`` words of ours, for the user; ``data``
    whether these are about the data.
    """

    name: str = "Error"
    bases: tuple[str, ...] = ()
    line: int | None = None
    file: str | None = None
    file_line: int | None = None
    what: str | None = None
    place: str | None = None
    phrase: str | None = None
    own: str | None = None
    data: bool = False

    def text(self) -> str:
        """Return the facts as text that a kernel can send."""
        return json.dumps(asdict(self))

    @classmethod
    def of_text(cls, name: str, text: str) -> "Fault":
        """Return the facts from ``text``; no more than the name if it is something else."""
        try:
            facts = json.loads(text)
            return cls(**{**facts, "bases": tuple(facts["bases"])})
        except (ValueError, TypeError, KeyError):
            return cls(name, (name,))


def fault_of(raised: type[BaseException], error: object, names: dict[str, Any], root: str) -> Fault:
    """Return the facts of an error; ``names`` are those of cells, ``root`` the job's folder."""
    bases = tuple(base.__name__ for base in raised.__mro__)
    name = raised.__name__ if raised.__name__.isascii() else "Error"
    if not isinstance(error, BaseException):
        return Fault(name, bases)
    line, file, file_line = _where(error, names, root)
    own = str(error) if isinstance(error, DxevalError) else None
    data = next((known for known in ABOUT_DATA if isinstance(error, known)), None)
    phrase = next((known for known in PHRASES if known in str(error)), None)
    what = _what(error)
    facts = (what if isinstance(what, str) else None, None, phrase, own, data is not None)
    name = data.__name__ if data else name
    return Fault(name, bases, line, file, file_line, *facts)


def _what(error: BaseException) -> object:
    match error:
        case OSError() if not isinstance(error, ConnectionError):
            return error.filename or missing_file(error)
        case ImportError():
            found = DEPENDENCY.search(str(error))
            return error.name or (found[1] if found else None)
        case NameError() | AttributeError():
            return error.name
        case KeyError():
            return error.args[0] if error.args else None
        case TypeError():
            found = FUNCTION.match(str(error))
            return found[1] if found else None
    found = MAGIC.search(str(error)) if type(error).__name__ == "UsageError" else None
    return found[1] if found else None


def missing_file(error: BaseException) -> str | None:
    """Return the file that is missing by an error's own words: not all say it otherwise."""
    if isinstance(error, FileNotFoundError) or type(error) is Exception:
        found = NO_FILE.fullmatch(str(error))
        return next(filter(None, found.groups()), None) if found else None
    return None


def _where(
    error: BaseException, names: dict[str, object], root: str
) -> tuple[int | None, str | None, int | None]:
    """Return the line in the cell, and file and line of the last module of the job's."""
    line: int | None = None
    file, file_line = None, None
    for frame, number in _frames(error.__traceback__):
        if frame.f_globals is names:
            line = number
        elif frame.f_code.co_filename.startswith(root):
            file, file_line = Path(frame.f_code.co_filename).name, number
    if isinstance(error, SyntaxError):
        if (error.filename or "").startswith(root):
            return line, Path(str(error.filename)).name, error.lineno
        line = line if line and error.filename else error.lineno
    return line, file, file_line


def _frames(traceback: TracebackType | None) -> Iterator[tuple[Any, int]]:
    while traceback is not None:
        yield traceback.tb_frame, traceback.tb_lineno
        traceback = traceback.tb_next
