"""An IPython extension, in the kernels of both engines: what a cell may do, and what its error is.

While a cell runs, files and computers outside the job are refused (``fence.py``) and the time is
the report's day (``clock.py``). What it raises leaves the kernel as facts without values
(``faults.py``). What IPython would let pass with a line on the terminal is an error here: a command
that fails, an unknown magic, ``exit()``.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from dxeval.report.notebook.clock import Clock, TimeAskedError
from dxeval.report.notebook.faults import Fault, fault_of, missing_file
from dxeval.report.notebook.fence import Fence, NetworkError, UndeclaredFileError, workspace_of

if TYPE_CHECKING:
    from ipykernel.zmqshell import ZMQInteractiveShell

ROOT, DAY = "DXEVAL_JOB", "DXEVAL_DAY"
"""Variables of the environment: the folder of the job, and the day that cells are told."""
LEFT = "left-behind.json"
INSTALLS = re.compile(r"\b(?:pip3?|conda|mamba|uv)\b.*\b(?:install|uninstall|add|remove|update)\b")


class CommandError(RuntimeError):
    """A command after ``!`` ended with an error."""


class InstallError(RuntimeError):
    """A cell would change what is installed."""


def load_ipython_extension(shell: "ZMQInteractiveShell") -> None:
    """Have the shell of a kernel keep to its job and tell errors as facts."""
    root = os.environ.get(ROOT, "")
    if root:
        _keep_to(shell, root)
    tell = shell._showtraceback

    def show(raised: type[BaseException], error: object, traceback: list[str]) -> None:
        tell(raised, _fault(shell, root, raised, error).text(), traceback)

    own = {
        "_showtraceback": show,
        "show_usage_error": lambda error: show(type(error), error, []),
        "ask_exit": _exit,
        "system": _checked(shell),
    }
    for name, method in own.items():
        setattr(shell, name, method)


def _keep_to(shell: "ZMQInteractiveShell", root: str) -> None:
    fence = Fence(root)

    def asks(frame: FrameType) -> bool:
        return frame.f_globals is shell.user_ns or fence.own(frame.f_code.co_filename)

    clock = Clock(os.environ.get(DAY, ""), asks)

    def before(info: object) -> None:
        clock.start()
        fence.shut = True

    def after(result: object) -> None:
        fence.shut = False
        clock.stop()
        if fence.written:
            Path(root, LEFT).write_text(json.dumps(fence.left_behind()), encoding="utf-8")

    shell.events.register("pre_run_cell", before)
    shell.events.register("post_run_cell", after)


def _exit() -> None:
    raise SystemExit


def _checked(shell: "ZMQInteractiveShell"):  # type: ignore[no-untyped-def]
    system = shell.system

    def run(command: str) -> None:
        if INSTALLS.search(command):
            raise InstallError
        system(command)
        if shell.user_ns.get("_exit_code"):
            raise CommandError

    return run


def _fault(
    shell: "ZMQInteractiveShell", root: str, raised: type[BaseException], error: object
) -> Fault:
    fault = fault_of(raised, error, shell.user_ns, str(Path(root)) + os.sep)
    for cause in _chain(error):
        if isinstance(cause, UndeclaredFileError):
            what, place = _file(str(cause.filename))
            return replace(fault, bases=(UndeclaredFileError.__name__,), what=what, place=place)
        if isinstance(cause, NetworkError):
            return replace(fault, bases=(NetworkError.__name__,), what=cause.host)
        if isinstance(cause, TimeAskedError):
            return replace(fault, bases=(TimeAskedError.__name__,))
    if isinstance(error, OSError) and fault.what:
        what, place = _file(fault.what)
        return replace(fault, what=what, place=place)
    if isinstance(error, Exception) and (name := missing_file(error)):  # %run says it so
        what, place = _file(name)
        return replace(fault, bases=(FileNotFoundError.__name__,), what=what, place=place)
    return fault


def _file(name: str) -> tuple[str, str | None]:
    """Return a file's name, and its place in the workspace that it is in."""
    full = os.path.abspath(name)  # noqa: PTH100
    workspace = workspace_of(full)
    if workspace is None:
        return name, None
    place = os.path.relpath(os.path.realpath(full), workspace)
    return name, place.replace(os.sep, "/")


def _chain(error: object) -> Iterator[BaseException]:
    seen: set[int] = set()
    while isinstance(error, BaseException) and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
