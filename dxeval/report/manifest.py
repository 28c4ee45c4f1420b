"""The manifest ``outputs/manifest.json``: from what every page was made, and what was written."""

import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from dxeval.definitions.photo_files import FOLDER
from dxeval.report.job import PARAMETERS, FailureKind, sha256
from dxeval.report.kinds import Answered
from dxeval.report.places import MANIFEST
from dxeval.report.site.links import Frame, Link
from dxeval.scoring.kept import Kept

PACKAGE = Path(__file__).parents[1]
MAKERS = [
    "beautifulsoup4",
    "ipykernel",
    "ipython",
    "jinja2",
    "kaleido",
    "latex2mathml",
    "markupsafe",
    "matplotlib",
    "matplotlib-fontja",
    "matplotlib-inline",
    "mistune",
    "nbclient",
    "nbconvert",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "pillow",
    "plotly",
    "seaborn",
    "time-machine",
    "vl-convert-python",
    "xlsxwriter",
]
"""The packages whose version may change a page."""
SUFFIXES = {".py", ".css", ".j2", ".json"}
"""Of the files of ours that make pages."""


@dataclass(frozen=True)
class Record:
    """One page: the hashes of its inputs and outputs, the versions, its frame.

    ``answered`` is what the index says of the answers.
    """

    inputs: dict[str, str]
    versions: dict[str, str]
    outputs: dict[str, str]
    frame: Frame
    answered: Answered = field(default_factory=Answered)

    def intact(self, name: str, outputs: Path) -> bool:
        """Whether an output is a file with just the content that the batch wrote."""
        path = outputs / name
        try:
            is_plain = path.is_file() and not path.is_symlink()
            return is_plain and sha256(path.read_bytes()) == self.outputs[name]
        except OSError:
            return False


@dataclass
class Manifest:
    """What the last batch showed: the records by page id, and by id why others are not there."""

    pages: dict[str, Record] = field(default_factory=dict)
    failed: dict[str, FailureKind] = field(default_factory=dict)

    def text(self) -> str:
        """Return the manifest as JSON, the same for the same pages."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_manifest(outputs: Path) -> Manifest:
    """Return the manifest; an empty one if it is missing or not ours: then all is made again."""
    path = outputs / MANIFEST
    try:
        data = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        pages = {name: _record(record) for name, record in data["pages"].items()}
        failed = {name: FailureKind(kind) for name, kind in data["failed"].items()}
        return Manifest(pages, failed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Manifest()


def _record(data: dict) -> Record:
    frame = data["frame"]
    links = tuple(Link(**link) for link in frame["links"])
    return Record(
        **{**data, "frame": Frame(frame["title"], links), "answered": _answered(data["answered"])}
    )


def _answered(data: dict) -> Answered:
    kept = tuple(Kept(**item) for item in data.get("kept", ()))
    return Answered(data["respondents"], tuple(data["not_asked"]), kept)


@cache
def versions() -> dict[str, str]:
    """Return what makes pages here: Python, the packages, and our own code, style and templates."""
    found = {"python": f"{sys.version_info.major}.{sys.version_info.minor}"}
    for name in MAKERS:
        try:
            found[name] = _version(name)
        except PackageNotFoundError:
            found[name] = "-"
    hashes = [[path.relative_to(PACKAGE).as_posix(), sha256(path.read_bytes())] for path in _own()]
    return {**found, "dxeval": sha256(json.dumps(hashes).encode())}


def _version(name: str) -> str:
    """Return a package's version without parsing all of its metadata, its description too."""
    found = re.match(r"(?:.+\n)*?Version: (.+)\n", distribution(name).read_text("METADATA") or "")
    return found[1] if found else version(name)


def _own() -> list[Path]:
    """Return the files of ours that make pages, in order."""
    own: list[Path] = []
    for folder, folders, names in os.walk(PACKAGE):
        folders[:] = [name for name in folders if name != "__pycache__"]
        own += [Path(folder, name) for name in names if Path(name).suffix in SUFFIXES]
    return sorted(own)


def changes(
    record: Record | None, inputs: dict[str, str], outputs: Path, names: Mapping[str, str]
) -> list[str]:
    """Return why a page must be made again, in words; nothing if it is up to date.

    ``names`` are those of ``inputs`` that are called otherwise here. Files of ``outputs`` that
    somebody changed or deleted count as a reason.
    """
    if record is None:
        return ["まだ作っていません"]
    differing = _differing(record.inputs, inputs)
    words = ["収録する回" if name == PARAMETERS else _called(name, names) for name in differing]
    words += [
        "dxeval のプログラムか体裁" if name == "dxeval" else f"{name} の版"
        for name in _differing(record.versions, versions())
    ]
    words += [f"outputs/{name}" for name in record.outputs if not record.intact(name, outputs)]
    return words


def _called(name: str, names: Mapping[str, str]) -> str:
    is_gone = name.startswith(f"{FOLDER}/") and name not in names
    return f"{FOLDER}/ の、なくなった写真" if is_gone else names.get(name, name)


def _differing(old: dict[str, str], new: dict[str, str]) -> list[str]:
    return [name for name in sorted(old | new) if old.get(name) != new.get(name)]
