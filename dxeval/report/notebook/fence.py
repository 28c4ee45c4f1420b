"""What a cell may reach: its job's own files and what is installed; nothing else of the machine.

A file that the job does not hold is no input of the page, which would never be out of date. So it
is refused where a cell opens it. An audit hook (PEP 578) sees what Python opens, sqlite3 too, not
what a library opens in C by itself.
"""

import os
import site
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType

import dxeval

MARKER = "data/survey.yaml"
SYSTEM = (
    *("/usr", "/etc", "/lib", "/lib64", "/bin", "/sbin", "/proc", "/sys", "/dev", "/run"),
    *("/var/cache", "/var/lib", "/System", "/Library", os.environ.get("SYSTEMROOT", "/usr")),
)
MACHINE = ("/etc", "/proc", "/sys", "/run", "/var/lib")
SETTINGS = {"AppData", "Library"}
"""Folders of a home that hold settings and caches, like all whose names begin with a dot."""
ELSEWHERE = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "MPLCONFIGDIR")
"""Variables that name other folders of settings and caches."""
FONTS = (".ttf", ".otf", ".ttc", ".afm")
DATA = (".csv", ".tsv", ".txt", ".json", ".xls", ".xlsx", ".ods", ".parquet", ".feather", ".pkl")
"""What a cell has a library read for it, even where libraries keep files of their own."""
BETWEEN = {"pathlib.py", "codecs.py", "interactiveshell.py", "io.py", "_local.py"}
"""Files of Python and IPython through which a cell opens files."""
CODE = (".py", ".pyc", ".so", ".pyd", ".dll")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
HERE = {"", "localhost", "::1", "0.0.0.0", "::"}


class UndeclaredFileError(PermissionError):
    """A cell opened a file that is not part of its job."""


class NetworkError(ConnectionError):
    """A cell asked for another computer; ``host`` is its name or address."""

    def __init__(self, host: str) -> None:
        super().__init__()
        self.host = host


class Fence:
    """Watches what is opened while ``shut``.

    State: the job's ``root``; whether a cell runs (``shut``); the ``written`` files, each with
    whether it was read again; the folders that cells ``made``, as temporary ones.
    """

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        self.shut = False
        self.written: dict[str, bool] = {}
        self.made: list[str] = []
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.shut and (watch := WATCHED.get(event)):
            watch(self, *arguments)

    def _open(self, path: object, mode: object = None, flags: object = 0) -> None:
        if (full := _full(path)) is None:
            return
        writes = isinstance(flags, int) and bool(flags & WRITING)
        if writes or (isinstance(mode, str) and set(mode) & set("wax+")):
            self.written.setdefault(full, False)
        elif full in self.written:
            self.written[full] = True
        elif not self.holds(full) or (self._is_of_machine(full) and self._asked_by_cell()):
            raise UndeclaredFileError(13, "undeclared", full)

    def _make(self, path: object, *more: object) -> None:
        full = _full(path)
        if full is not None and not os.path.lexists(full):
            self.made.append(full)

    def _look(self, path: object = None) -> None:
        full = _full("." if path is None else path)
        if full is not None and full not in self.written and not self.holds(full):
            raise UndeclaredFileError(13, "undeclared", full)

    def _find(self, host: object, *more: object) -> None:
        name = host.decode(errors="replace") if isinstance(host, bytes) else host
        if isinstance(name, str) and name.casefold() not in HERE and name[:4] != "127.":
            raise NetworkError(name)

    def _connect(self, connection: object, address: object) -> None:
        if isinstance(address, tuple) and address:
            self._find(address[0])

    def holds(self, path: str) -> bool:
        """Whether a cell may read the file or folder at an absolute ``path``."""
        if self.own(path) or _inside(path, *self.made) or _installed(path):
            return True
        if (root := workspace_of(path)) is not None and root != self.root:
            return False
        if path.casefold().endswith(DATA):
            return False
        font = path.casefold().endswith(FONTS)
        return font or _inside(path, *SYSTEM) or _settings(path) or _library(path)

    def _is_of_machine(self, path: str) -> bool:
        """Whether a file is of the machine or a person's settings: for libraries, not for cells."""
        ours = self.own(path) or _inside(path, *self.made) or _installed(path)
        return not ours and (_inside(path, *MACHINE) or _settings(path))

    def _asked_by_cell(self) -> bool:
        """Whether a cell or a declared module opens a file itself, and not a library for itself."""
        frame: FrameType | None = sys._getframe(3)
        while frame is not None and Path(frame.f_code.co_filename).name in BETWEEN:
            frame = frame.f_back
        if frame is None:
            return False
        return frame.f_globals.get("__name__") == "__main__" or self.own(frame.f_code.co_filename)

    def own(self, path: str) -> bool:
        """Whether a file belongs to the job."""
        return _inside(path, self.root) or _inside(os.path.realpath(path), self.root)

    def left_behind(self) -> list[str]:
        """Return the files that cells wrote and did not read again."""
        kept = (path for path, read in self.written.items() if not read and Path(path).is_file())
        return [path for path in kept if not self._kept_by_libraries(path)]

    def _kept_by_libraries(self, path: str) -> bool:
        if "__pycache__" in path:
            return True
        if self.own(path):
            return _inside(path, *(str(Path(self.root, name)) for name in ("ipython", "jupyter")))
        return _inside(path, tempfile.gettempdir()) or self.holds(path)


WATCHED: dict[str, Callable[..., None]] = {
    "open": Fence._open,
    "os.mkdir": Fence._make,
    "sqlite3.connect": Fence._look,
    "os.listdir": Fence._look,
    "os.scandir": Fence._look,
    "socket.getaddrinfo": Fence._find,
    "socket.gethostbyname": Fence._find,
    "socket.connect": Fence._connect,
}


def _full(path: object) -> str | None:
    """Return an absolute path; None for a file that is open already, or in no file system."""
    if isinstance(path, int) or path in {":memory:", "", b""}:
        return None
    try:
        return os.path.abspath(os.fsdecode(path))  # type: ignore[arg-type]  # noqa: PTH100
    except (TypeError, ValueError, OSError):
        return None


def _inside(path: str, *folders: str) -> bool:
    starts = [os.path.normcase(folder).rstrip("/\\") + os.sep for folder in folders]
    return (os.path.normcase(path) + os.sep).startswith(tuple(starts))


@cache
def _installation() -> tuple[str, ...]:
    """Return where Python, its libraries and dxeval stand."""
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    inner = ("lib", "lib64", "Lib", "DLLs", "Library", "share", "etc", "bin", "Scripts", "include")
    folders = [str(Path(prefix, name)) for prefix in prefixes for name in inner]
    folders += [*sysconfig.get_paths().values(), *site.getsitepackages()]
    folders += [site.getusersitepackages(), str(Path(dxeval.__file__).parent)]
    known = {folder for name in folders for folder in (name, os.path.realpath(name))}
    return tuple(known - {os.path.realpath(prefix) for prefix in prefixes})


def _installed(path: str) -> bool:
    return _inside(path, *_installation()) or Path(path).name == "pyvenv.cfg"


def _settings(path: str) -> bool:
    """Whether a path is of settings and caches."""
    home = str(Path.home())
    if _inside(path, *(os.environ[name] for name in ELSEWHERE if os.environ.get(name))):
        return True
    first = Path(path).relative_to(home).parts[:1] if _inside(path, home) else ()
    return bool(first) and (first[0].startswith(".") or first[0] in SETTINGS)


def _library(path: str) -> bool:
    """Whether a path is code of a library, or what it keeps beside its code."""
    code = path.endswith(CODE) or Path(path).is_dir()
    beside = Path(path).with_name("__init__.py").is_file()
    return (code or beside) and _inside(path, *_on_the_path())


@cache
def _on_the_path() -> tuple[str, ...]:
    """Return further folders of libraries, as of those installed to be developed."""
    return tuple(folder for folder in sys.path if folder and workspace_of(folder) is None)


def workspace_of(path: str) -> str | None:
    """Return the workspace that a file belongs to."""
    for folder in (Path(path), *Path(path).parents):
        if os.path.lexists(folder / MARKER):
            return os.path.realpath(folder)
    return None
