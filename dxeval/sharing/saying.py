"""All that files which are handed on say, as the look through a notebook's outputs takes it."""

import csv
import html
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from dxeval.report.notebook.texts import END, Text, texts

_NUMBERS = re.compile(r"\d+")


def outputs(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Return for each file what it says, in the form of a cell's output."""
    return [{"data": _data(name, content)} for name, content in files.items()]


def said(output: dict[str, Any]) -> list[Text]:
    """Return the texts of one file."""
    return list(texts(output))


def fields(found: Text) -> list[str]:
    """Return the pieces of a text that stand for themselves: cells, lines, labels."""
    return [part for piece in found.text.split(END) for part in piece.splitlines()]


def _data(name: str, content: bytes) -> dict[str, str]:
    if name.endswith(".html"):
        return {"text/html": content.decode()}
    if name.endswith(".csv"):
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        return {"text/plain": "\n".join(cell for row in rows for cell in row)}
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = [
                book.read(part).decode() for part in sorted(book.namelist()) if "theme" not in part
            ]
        lines = (re.sub(r"<[^>]*>", "\n", part) for part in parts)
        return {"text/plain": html.unescape("\n".join(lines))}
    if name.endswith(".pdf"):
        return {"text/plain": _printed(content)}
    return {"text/plain": content.decode("utf-8-sig", errors="replace")}


def _printed(content: bytes) -> str:
    """Return what a print says, without its digits: in its tables numbers stand beside numbers."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    about = [str(value) for value in (reader.metadata or {}).values()]
    pages = [_NUMBERS.sub("0", page.extract_text()) for page in reader.pages]
    return "\n".join([*about, *pages])
