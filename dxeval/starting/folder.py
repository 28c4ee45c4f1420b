"""A folder filled with all of its files or left as it was, and nothing in it overwritten."""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from dxeval.errors import StartError

BESIDE = {".git", ".venv", ".DS_Store", "Thumbs.db", "desktop.ini"}
"""What may stand in a folder that counts as empty: none of it is of a workspace."""
NAMED = 3
"""How many of the things in the way a message names."""


def check_free(folder: Path) -> None:
    """Raise StartError unless a workspace can begin there."""
    if not os.path.lexists(folder):
        if not folder.parent.is_dir():
            raise StartError(f"フォルダがありません：{folder.parent}。先に作ってください。")
        return
    if not folder.exists():
        raise StartError(f"{folder} は、先のないリンクです。別の名前にしてください。")
    if not folder.is_dir():
        raise StartError(f"{folder} は、フォルダではありません。別の名前にしてください。")
    there = sorted({path.name for path in folder.iterdir()} - BESIDE, key=_hidden_last)
    if there:
        more = f" ほか {len(there) - NAMED} 件" if len(there) > NAMED else ""
        raise StartError(
            f"{folder} は空ではありません（{'、'.join(there[:NAMED])}{more}）。"
            "何も上書きしないように、新しい名前か、空のフォルダにしてください。"
        )


def _hidden_last(name: str) -> tuple[bool, str]:
    return name.startswith("."), name


def fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` (by their place) into a folder that is new or empty.

    A new folder appears with everything in it; from one that is there, what was written is taken
    out again where not all can be. Raises StartError where it is not empty or no folder, OSError
    where it cannot be written.
    """
    check_free(folder)
    if folder.is_dir():
        with _undone() as made:
            _write(folder, files, made)
        return
    stage = folder.parent / f".dxeval-init-{secrets.token_hex(4)}"
    with _undone() as made:
        _make_folder(stage, made)
        _write(stage, files, made)
        stage.rename(folder)


def _write(folder: Path, files: Mapping[str, bytes], made: list[Path]) -> None:
    for name, content in files.items():
        path = folder / name
        for parent in reversed(path.relative_to(folder).parents[:-1]):
            _make_folder(folder / parent, made)
        with path.open("xb") as file:
            made.append(path)
            file.write(content)


def _make_folder(folder: Path, made: list[Path]) -> None:
    if folder not in made:
        folder.mkdir()
        made.append(folder)


@contextmanager
def _undone() -> Iterator[list[Path]]:
    """Hand out a list for what is made; remove that, the last first, if anything goes wrong."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise
