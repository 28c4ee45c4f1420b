"""Photographs: scaled down, written anew without their EXIF data, shown with their captions."""

import base64
import io
from dataclasses import dataclass
from pathlib import Path

from dxeval.definitions.photo_files import FOLDER, LARGEST, find_photo
from dxeval.definitions.plain_file import read_file
from dxeval.definitions.programme import ReportInfo, Session
from dxeval.errors import DataError
from dxeval.presenting.gallery import rows, shape
from dxeval.presenting.html import Fragment, render
from dxeval.presenting.pictures import PictureError, on_white, small
from dxeval.problems import Problem, ProblemKind

PHOTO_PIXELS = 1200
"""Longest side of an embedded photograph."""
LOGO_PIXELS = 800
"""Longest side of an embedded logo."""


@dataclass(frozen=True)
class Shown:
    """A photograph as a page shows it; ``shape`` is the width of its place to the height."""

    uri: str
    caption: str
    width: int
    height: int
    shape: float


def photos(session: Session, folder: Path) -> Fragment:
    """Return the photographs of a session with their captions, in rows of one height.

    Photographs are scaled down and written anew, without their EXIF data. A caption whose file
    is not in ``folder`` is listed as 写真未収録. Raises DataError for all files that are no image
    and all names that are nearly those of files that are there.
    """
    shown: list[Shown] = []
    missing: list[str] = []
    problems: list[Problem] = []
    for i, photo in enumerate(session.photos, start=1):
        try:
            path = _found(session, folder, i, photo.file)
            if path is None:
                missing.append(photo.caption)
            else:
                shown.append(_shown(path, f"{FOLDER}/{photo.file}", photo.caption))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    in_rows = [shown[row] for row in rows([photo.shape for photo in shown])]
    return render("photos", rows=in_rows, missing=missing)


def _found(session: Session, folder: Path, place: int, name: str | None) -> Path | None:
    file = f"data/sessions/{session.id}.yaml"
    return find_photo(folder, name, file, f"photos[{place}].file") if name else None


def logo_uri(report: ReportInfo, folder: Path) -> str:
    """Return the logo of a report as a PNG data URI without metadata, empty if it has none.

    Raises DataError for a file that is not in ``folder`` or is no image.
    """
    if report.logo is None:
        return ""
    file, column = "data/programme.yaml", "report.logo"
    path = find_photo(folder, report.logo, file, column)
    name = f"{FOLDER}/{report.logo}"
    try:
        content = read_file(path or folder / report.logo, name, LARGEST)
        image = small(content, LOGO_PIXELS).convert("RGBA")
    except (DataError, PictureError):
        message = "ロゴとして読めません（JPEG か PNG）。data/photos/ にありますか"
        place = (None, column, report.logo, name)
        raise DataError([Problem(ProblemKind.PHOTO, file, message, *place)]) from None
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def _shown(path: Path, name: str, caption: str) -> Shown:
    try:
        image = on_white(small(read_file(path, name, LARGEST), PHOTO_PIXELS))
    except PictureError as error:
        raise DataError([Problem(ProblemKind.PHOTO, name, str(error))]) from None
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80, optimize=True)
    uri = "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()
    return Shown(uri, caption, *image.size, round(shape(*image.size), 3))
