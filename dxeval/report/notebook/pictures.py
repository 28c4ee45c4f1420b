"""Pictures of a notebook: files that its Markdown names, their size, nothing of where they were.

What Markdown cells name is part of a job, so that a page never depends on a file that the batch
does not know of.
"""

import base64
import binascii
import io
import json
import posixpath
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from dxeval.report.notebook.template import NO_NOTEBOOK

KINDS = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
"""Names of files that are pictures, and what they are."""
NAMED = re.compile(
    r"""\]\(\s*(?:<([^>\n]+)>|([^)\s]+))"""
    r"""|^\s*\[[^\]]+\]:\s*(?:<([^>\n]+)>|(\S+))"""
    r"""|src\s*=\s*(?:"([^"]+)"|'([^']+)'|([^"'\s>]+))""",
    re.MULTILINE | re.IGNORECASE,
)
"""Where Markdown, and HTML in it, may name a picture."""
CSS_INCH = 96
"""Pixels of a page in an inch, however many the picture has."""


def place_of(source: str, template: str) -> str | None:
    """Return the place in the workspace of a picture that ``template`` names; None if not in it."""
    parts = urlsplit(source)
    path = unquote(parts.path)
    if parts.scheme or parts.netloc or "\\" in path or Path(path).suffix.lower() not in KINDS:
        return None
    place = posixpath.normpath(posixpath.join(posixpath.dirname(template), path))
    return None if place.startswith(("../", "/")) else place


def named_pictures(template: str, content: bytes) -> list[str]:
    """Return the places of the pictures that a notebook's Markdown cells may show."""
    with suppress(*NO_NOTEBOOK):
        texts = [cell["source"] for cell in json.loads(content)["cells"]]
        sources = [part for text in texts for found in NAMED.findall(text) for part in found]
        places = (place_of(source, template) for source in sources if source)
        return sorted({place for place in places if place is not None})
    return []


def data_uri(kind: str, content: bytes) -> str:
    """Return a picture as a URI that needs no file."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def local(root: Path, template: str, source: str) -> str | None:
    """Return a picture of the job's files as a data URI, None if it is not there or is none."""
    place = place_of(source, template)
    path = root / place if place else None
    if path is None or not path.is_file():
        return None
    kind = KINDS[path.suffix.lower()]
    content = path.read_bytes()
    if kind == "image/svg+xml":
        return data_uri(kind, content)
    plain = without_traces(content)
    return None if plain is None else data_uri(kind, plain)


def attached(attachments: Mapping[str, Any], source: str) -> str | None:
    """Return a cell's attachment as a data URI, None if there is none of that name."""
    bundle = attachments.get(unquote(source.removeprefix("attachment:")))
    for kind, content in (bundle or {}).items():
        return f"data:{kind};base64,{content}"
    return None


def without_traces(content: bytes) -> bytes | None:
    """Return a picture without what a camera wrote into it (place, time); None if it is none."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
            if not picture.getexif():
                return content
            upright = ImageOps.exif_transpose(picture)
            clean = Image.new(upright.mode, upright.size)
            clean.paste(upright)
            buffer = io.BytesIO()
            clean.save(buffer, picture.format or "PNG")
            return buffer.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def checked(encoded: str, *, drawn: bool) -> tuple[str, int | None] | None:
    """Return a picture in Base64 without traces, and the width to show it at.

    Charts (``drawn``) are shown as large as they were asked for, in inches; other pictures with a
    pixel for each of theirs, which needs no width. None if it is no picture.
    """
    from PIL import Image

    try:
        content = base64.b64decode(encoded)
    except (binascii.Error, ValueError):
        return None
    plain = without_traces(content)
    if plain is None:
        return None
    width = None
    with Image.open(io.BytesIO(plain)) as picture:
        density = float(picture.info.get("dpi", (0, 0))[0])
        if drawn and density > 1:
            width = round(picture.width / density * CSS_INCH)
    return base64.b64encode(plain).decode(), width
