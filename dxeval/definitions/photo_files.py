"""The files of ``data/photos/``: found by the name that a session gives, or by what it must be."""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from pathlib import Path, PurePath

from dxeval.definitions.programme import Session
from dxeval.definitions.visible import visible_line
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind

FOLDER = "data/photos"
LARGEST = 100_000_000
"""Bytes of a photograph; of a notebook, too."""
_MOST = 100_000
"""Files that are looked at for one with another name."""
_HEIC = {".heic", ".heif", ".hif"}
_SUFFIXES = {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", *_HEIC}


def find_photo(folder: Path, name: str, file: str, column: str) -> Path | None:
    """Return the photograph of that name, None if it has not arrived.

    Small and capital letters and the two ways to write が are one, as they are on other systems.
    Raises DataError, which names the key ``column`` of ``file``, if only a file is there whose name
    is nearly this one, so that it is not taken for one that is still to come.
    """
    if (folder / name).is_file():
        return folder / name
    there = _files(folder)
    same = [path for path in there if path.parent == folder and _same(path.name) == _same(name)]
    if len(same) == 1:
        return same[0]
    near = same or [path for path in there if _near(path.name) == _near(name)]
    if not near:
        return None
    found = "、".join(f"{FOLDER}/{path.relative_to(folder).as_posix()}" for path in near[:3])
    message = f"この名前の写真はなく、似た名前の {visible_line(found)} があります"
    expected = "YAML かファイルの名前を直して、同じにする"
    if len(same) > 1:
        expected = "どれか1つにして、名前を同じにする"
    elif near[0].suffix.lower() in _HEIC:
        expected = "HEIC は載せられません。JPEG に変換して data/photos/ に置く"
    elif near[0].parent != folder:
        expected = "data/photos/ にじかに置く（中のフォルダは見ません）"
    problem = Problem(ProblemKind.PHOTO_NAME, file, message, None, column, name, expected)
    raise DataError([problem])


def remarks(folder: Path, sessions: Sequence[Session], others: Iterable[str]) -> list[Problem]:
    """Return warnings of photographs that stand on two pages, or that no session names.

    ``others`` are the names of files that stand elsewhere, as the logo does.
    """
    named = [photo.file for session in sessions for photo in session.photos if photo.file]
    known = {_near(name) for name in (*named, *others)}
    twice = [name for name, times in Counter(map(_same, named)).items() if times > 1]
    message = "この写真を2か所以上に載せます。どちらかが別の写真ではありませんか"
    warnings = [Problem(ProblemKind.PHOTO_TWICE, f"{FOLDER}/{name}", message) for name in twice]
    message = "この写真は、どの回のファイルの photos にも書かれていません（載りません）"
    warnings += [
        Problem(ProblemKind.UNUSED_PHOTO, f"{FOLDER}/{visible_line(path.name)}", message)
        for path in _files(folder)
        if path.suffix.lower() in _SUFFIXES and _near(path.name) not in known
    ]
    return warnings


def _files(folder: Path) -> list[Path]:
    try:
        changed = folder.stat().st_mtime_ns
    except OSError:
        return []
    return _listed(folder, changed)


@cache
def _listed(folder: Path, changed: int) -> list[Path]:
    walked = (Path(inside, name) for inside, _, names in os.walk(folder) for name in sorted(names))
    return [path for path in islice(walked, _MOST) if not path.name.startswith(".")]


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _near(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    while (path := PurePath(plain)).suffix in _SUFFIXES:
        plain = path.stem
    return re.sub(r"[\s_\-‐－ー—]+", "", plain)
