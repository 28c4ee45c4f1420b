"""Files put into a workspace: each whole, all of them or none."""

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind


def put(files: Mapping[Path, bytes], replacing: Collection[Path] = ()) -> None:
    """Write files, in their order; those that are there must be among ``replacing``.

    All are written beside their places first, hidden, so that none is ever there in part. Raises
    DataError where something stands in the way, OSError where one cannot be written; then
    everything is as it was. Killed between two, it leaves the first of them.
    """
    for path in files:
        if path not in replacing and os.path.lexists(path):
            message = "もうあります。上書きしないように、何も変えていません"
            raise DataError([Problem(ProblemKind.TWO_FILES, "/".join(path.parts[-3:]), message)])
    before = {path: path.read_bytes() for path in files if path in replacing and path.is_file()}
    shown: list[Path] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(_part(path), content)
        for path in files:
            shown.append(path)
            _part(path).replace(path)
    except BaseException:
        for path in reversed(shown):
            with suppress(OSError):
                _take_back(path, before.get(path))
        for path in files:
            with suppress(OSError):
                _part(path).unlink(missing_ok=True)
        raise


def _part(path: Path) -> Path:
    """Return where a file waits: hidden, and found again by whoever comes after a kill."""
    return path.with_name(f".{path.name}.part")


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _take_back(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != content:
        _write(_part(path), content)
        _part(path).replace(path)
