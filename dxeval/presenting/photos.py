"""Photographs: scaled down, written anew without their EXIF data, shown with their captions."""

import base64
import io
from pathlib import Path

from PIL import Image, ImageOps

from dxeval.definitions.programme import ReportInfo, Session
from dxeval.errors import DataError
from dxeval.presenting.html import Fragment, render
from dxeval.problems import Problem, ProblemKind

PHOTO_PIXELS = 1200
"""Longest side of an embedded photograph."""
LOGO_PIXELS = 800
"""Longest side of an embedded logo."""


def photos(session: Session, folder: Path) -> Fragment:
    """Return the photographs of a session with their captions.

    Photographs are scaled down and written anew, without their EXIF data. A caption whose file
    is not in ``folder`` is listed as 写真未収録. Raises DataError for a file that is no image.
    """
    shown, missing = [], []
    for photo in session.photos:
        path = folder / photo.file if photo.file else None
        if path is None or not path.is_file():
            missing.append(photo.caption)
        else:
            shown.append((_photo_uri(path, f"data/photos/{photo.file}"), photo.caption))
    return render("photos", shown=shown, missing=missing)


def logo_uri(report: ReportInfo, folder: Path) -> str:
    """Return the logo of a report as a PNG data URI without metadata, empty if it has none.

    Raises DataError for a file that is not in ``folder`` or is no image.
    """
    if report.logo is None:
        return ""
    name = f"data/photos/{report.logo}"
    buffer = io.BytesIO()
    try:
        with Image.open(folder / report.logo) as original:
            image = original.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        message = "ロゴとして読めません（JPEG か PNG）。data/photos/ にありますか"
        file, place = "data/programme.yaml", (None, "report.logo", report.logo, name)
        raise DataError([Problem(ProblemKind.PHOTO, file, message, *place)]) from None
    image.thumbnail((LOGO_PIXELS, LOGO_PIXELS))
    clean = Image.new("RGBA", image.size)
    clean.paste(image)
    clean.save(buffer, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def _photo_uri(path: Path, name: str) -> str:
    try:
        with Image.open(path) as original:
            image = ImageOps.exif_transpose(original).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise DataError(
            [Problem(ProblemKind.PHOTO, name, "写真として読めません（JPEG か PNG）")]
        ) from None
    image.thumbnail((PHOTO_PIXELS, PHOTO_PIXELS))
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=80, optimize=True)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()
