"""What a picture's file says beside the picture: descriptions, authors, the place it was taken."""

import io
from collections.abc import Iterator

_GPS = 0x8825
"""EXIF's tag of where a picture was taken."""
_OURS = {"exif", "icc_profile", "Software", "dpi"}


def said_by(content: bytes) -> tuple[list[str], bool]:
    """Return the texts of a picture's file and whether it tells where it was taken.

    Of what is no picture, or none that can be read, nothing is told.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as image:
            exif = image.getexif()
            said = [*_strings(image.info), *_strings(dict(exif))]
            return said, bool(exif.get_ifd(_GPS))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return [], False


def _strings(info: dict) -> Iterator[str]:
    for name, value in info.items():
        if name not in _OURS and isinstance(value, (str, bytes)):
            yield value.decode(errors="ignore") if isinstance(value, bytes) else str(value)
