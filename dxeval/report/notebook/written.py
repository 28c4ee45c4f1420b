"""What the files of a job say: on purpose, or as the answers that nobody chose to show."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress

from dxeval.reading.delimited import decodings
from dxeval.reading.limits import MAX_UNPACKED
from dxeval.report.notebook.texts import END


def on_purpose(files: Mapping[str, bytes]) -> str:
    """Return every text of a job's files but the answers.

    Its YAML files are JSON, as its notebook is; only of a session that cannot be read is there no
    more than its id.
    """
    texts: list[str] = []
    for name, content in files.items():
        if name.endswith((".yaml", ".ipynb")):
            with suppress(ValueError):
                texts += _strings(json.loads(content))
    return END.join(texts)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _strings(part)


def exports_text(files: Mapping[str, bytes]) -> str:
    """Return the exports among a job's files as text, columns that are not read among it."""
    exports = [content for name, content in files.items() if name.startswith("data/responses/")]
    return END.join(text for content in exports for text in _as_text(content))


def _as_text(content: bytes) -> Iterator[str]:
    if not content.startswith(b"PK"):
        yield next((text for _, text in decodings(content)), "")
        return
    with suppress(zipfile.BadZipFile, OSError), zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [part for part in package.infolist() if part.filename.endswith(".xml")]
        if sum(part.file_size for part in parts) <= MAX_UNPACKED:
            yield from (package.read(part).decode(errors="ignore") for part in parts)
