"""Files as one ZIP: the same bytes for the same files, written whole where it may stand."""

import io
import os
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from dxeval.definitions.visible import visible
from dxeval.errors import ShareError
from dxeval.sharing.holding import relative

FOLDER = "share"
MARK = b"dxeval share"
"""The ZIP's comment, by which an earlier one is known and may be replaced."""
_EARLIEST = (1980, 1, 1)
_ON_WINDOWS = re.compile(r"[<>:\"/\\|?*\x00-\x1f\x7f]+")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)
_LONGEST = 60
_UNIX = 3


def packed(files: Mapping[str, bytes], day: date | None) -> bytes:
    """Return a ZIP: names sorted, in UTF-8, dated with the report's day and not with this one."""
    when = max(_EARLIEST, (day.year, day.month, day.day)) if day else _EARLIEST
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.comment = MARK
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (*when, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, 0o644 << 16
            package.writestr(entry, files[name], compresslevel=9)
    return target.getvalue()


def usual_place(root: Path, title: str) -> Path:
    """Return where the ZIP stands if nobody says where: in ``share/``, named like the report."""
    plain = unicodedata.normalize("NFC", visible(title))
    name = _ON_WINDOWS.sub("_", plain)[:_LONGEST].strip(" .　")
    if not name or _DEVICES.fullmatch(name):
        name = f"report{name}"
    return root / FOLDER / f"{name}.zip"


def allowed(target: Path, root: Path) -> Path:
    """Return where the ZIP may be written. Raises ShareError where it may not."""
    place = target.parent.resolve() / target.name
    said = relative(place, root.resolve())
    if place.suffix.casefold() != ".zip":
        raise ShareError(f"「{said}」の名前が .zip で終わっていません。")
    for folder in ("outputs", "data", "notebooks"):
        if place.is_relative_to((root / folder).resolve()):
            raise ShareError(f"{folder}/ の中には書きません。ほかの場所を書いてください。")
    if place.is_symlink() or (place.exists() and not _is_earlier(place)):
        raise ShareError(
            f"「{said}」がもうあり、dxeval share の作った ZIP ではありません。"
            "消さずに残しました。別の名前を書いてください。"
        )
    return place


def write(content: bytes, place: Path, root: Path) -> None:
    """Write the ZIP whole or not at all. Raises ShareError where it cannot be written."""
    part = None
    try:
        if place.parent == root.resolve() / FOLDER:
            place.parent.mkdir(exist_ok=True)
        number, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=place.parent)
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(0o644)
        Path(part).replace(place)
    except OSError as error:
        why = error.strerror or type(error).__name__
        said = relative(place, root.resolve())
        raise ShareError(f"「{said}」に書けません：{why}。ほかの場所を書いてください。") from None
    finally:
        if part is not None:
            with suppress(FileNotFoundError):
                Path(part).unlink()


def _is_earlier(place: Path) -> bool:
    try:
        with zipfile.ZipFile(place) as package:
            return package.comment == MARK
    except (OSError, zipfile.BadZipFile):
        return False
