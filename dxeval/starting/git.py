"""Outputs kept out of git: notebooks are committed without them, whatever was saved."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from dxeval.definitions.plain_file import read_file
from dxeval.definitions.visible import visible_line
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind

FILTER = "dxeval"
"""The name of the filter in ``.gitattributes``; what it does stands in a clone's own settings."""
_STRIP = "-m nbstripout --keep-id --strip-init-cells"
_HINT = (
    "  .gitattributes に次の行があれば、dxeval run か dxeval lab のあと、出力は除かれて入ります：\n"
    f"  *.ipynb filter={FILTER}"
)
LARGEST = 100_000_000
"""Bytes of a notebook that is looked at."""
_GUARDED = "git に入るノートブックから出力を除くように設定しました（このフォルダの .git/config）。"


def guard(root: Path) -> str | None:
    """Have git drop outputs from this workspace's notebooks; say so if it did not yet.

    Only where git is and ``.gitattributes`` names our filter: a clone knows the name but, by
    git's design, not what to do. It is ``required``: without it git refuses rather than lets pass.
    """
    if _attribute(root, "notebooks/session.ipynb") != FILTER:
        return None
    settings = {
        "clean": f'"{Path(sys.executable).as_posix()}" {_STRIP}',
        "smudge": "cat",
        "required": "true",
    }
    if all(_setting(root, FILTER, key) == value for key, value in settings.items()):
        return None
    for key, value in settings.items():
        if _git(root, "config", "--local", f"filter.{FILTER}.{key}", value) is None:
            return None
    return _GUARDED


def saved_outputs(root: Path) -> Iterator[Problem]:
    """Yield a warning for each notebook that git would take with its outputs; change nothing."""
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        name = path.relative_to(root).as_posix()
        if _has_outputs(path) and _would_take(root, name):
            message = "回答が入ることもある出力が保存されていて、このままでは git に入ります"
            yield Problem(ProblemKind.SAVED_OUTPUTS, visible_line(name), message, hint=_HINT)


def _has_outputs(path: Path) -> bool:
    try:
        cells = json.loads(read_file(path, path.name, LARGEST))["cells"]
        return any(cell.get("outputs") for cell in cells)
    except (DataError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def _would_take(root: Path, name: str) -> bool:
    """Whether git is here and neither ignores the file nor has a filter for it."""
    filter_name = _attribute(root, name)
    if filter_name is None or _git(root, "check-ignore", "-q", "--", name) is not None:
        return False
    return _setting(root, filter_name, "clean") is None


def _attribute(root: Path, name: str) -> str | None:
    """Return the filter of a file, None where there is no git."""
    said = _git(root, "check-attr", "-z", "filter", "--", name)
    return None if said is None else said.split("\0")[2]


def _setting(root: Path, name: str, key: str) -> str | None:
    said = _git(root, "config", "--get", f"filter.{name}.{key}")
    return None if said is None else said.rstrip("\n")


def _git(root: Path, *words: str) -> str | None:
    """Return what git says, None where it cannot be asked or refuses."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words], capture_output=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode(errors="replace")
