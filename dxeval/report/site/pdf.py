"""From pages to A4 PDF, printed by a Chromium that is on the machine."""

import io
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

from dxeval.errors import PrintError
from dxeval.report.places import (
    WHOLE_PRINT,
    notebook_file,
    outdated_file,
    page_file,
    print_file,
)
from dxeval.report.site.export import Chapter, export_chapter, export_whole
from dxeval.report.site.links import Cover
from dxeval.report.staging import Staging

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge", "msedge")
WINDOWS_EDGE = "Microsoft/Edge/Application/msedge.exe"
SECONDS = 120


def find_browser() -> str:
    """Return the command of a Chromium, Chrome or Edge that can print Japanese.

    Raises PrintError that says what to install where there is none, or no Japanese font.
    """
    folders = [os.environ.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)")]
    edges = [str(Path(folder) / WINDOWS_EDGE) for folder in folders if folder]
    browser = next(filter(None, map(shutil.which, (*BROWSERS, *edges))), None)
    if browser is None:
        raise PrintError(
            "PDF を作るには Chromium（または Chrome、Edge）が必要です。"
            "Debian・Ubuntu では apt-get install chromium で入ります。"
        )
    if fonts := shutil.which("fc-list"):
        found = subprocess.run([fonts, ":lang=ja", "family"], capture_output=True, check=False)
        if not found.stdout.strip():
            raise PrintError(
                "PDF に使う日本語フォントがありません。"
                "Debian・Ubuntu では apt-get install fonts-noto-cjk で入ります。"
            )
    return browser


def print_missing(
    browser: str,
    staging: Staging,
    *,
    pages: Sequence[str],
    chapters: Sequence[Chapter],
    cover: Cover,
) -> int:
    """Print each of ``pages`` that has no print, and the whole report; return how many.

    ``chapters`` are the whole report's, in order, what stands in them to be exported. What is
    printed needs its old print no more. Raises PrintError.
    """
    printed = 0
    for page_id in pages:
        if not (staging.outputs / print_file(page_id)).is_file():
            page = staging.outputs / page_file(page_id)
            staging.add(print_file(page_id), print_fitted(browser, page, staging.scratch))
            staging.promote([print_file(page_id)])
            printed += 1
    if not (staging.outputs / WHOLE_PRINT).is_file():
        exported = [
            export_chapter(chapter, staging.read(notebook_file(chapter.id))) for chapter in chapters
        ]
        staging.add(WHOLE_PRINT, print_whole(browser, cover, exported, staging.scratch))
        staging.promote([WHOLE_PRINT])
        printed += 1
    staging.remove(*map(outdated_file, (*map(print_file, pages), WHOLE_PRINT)))
    staging.promote([])
    return printed


def print_whole(
    browser: str, cover: Cover, chapters: Sequence[Chapter], folder: Path | None = None
) -> bytes:
    """Return the whole report as PDF: cover, contents with page numbers, chapters, annex.

    Each chapter in letters so large that it ends well, as its page alone. Printed until the sizes
    of all are found and the contents have their page numbers, which are those of the print before.
    Temporary files stand in ``folder``, as those of ``print_page``. Raises PrintError.
    """
    from dxeval.report.site.annex import with_annex
    from dxeval.report.site.fit import chapter_lengths, size_for, zoom

    chapters = with_annex(chapters)
    sizes, numbers = [0] * len(chapters), [0] * len(chapters)
    tried: list[list[float]] = [[] for _ in chapters]
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        page = Path(temporary) / Path(WHOLE_PRINT).with_suffix(".html").name
        while True:
            page.write_bytes(export_whole(cover, chapters, numbers, [*map(zoom, sizes)]))
            content = print_page(browser, page, folder)
            starts = _chapter_pages(content)
            found = zip(tried, sizes, chapter_lengths(content, starts), strict=True)
            for lengths, size, length in found:
                if size == len(lengths):
                    lengths.append(length)
            before = sizes, numbers
            sizes, numbers = [*map(size_for, tried)], starts
            if (sizes, numbers) == before:
                return content


def _chapter_pages(content: bytes) -> list[int]:
    """Return the page, from 1, of each bookmark of the first level but the title's."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    _, *chapters = (entry for entry in reader.outline if not isinstance(entry, list))
    return [(reader.get_destination_page_number(entry) or 0) + 1 for entry in chapters]


def print_fitted(browser: str, page: Path, folder: Path | None = None) -> bytes:
    """Return an HTML page as PDF that ends well. Temporary files, errors as of ``print_page``."""
    from dxeval.report.site.fit import fitted

    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        copy = Path(temporary) / page.name

        def printed(html: str) -> bytes:
            copy.write_text(html, encoding="utf-8")
            return print_page(browser, copy, folder)

        return fitted(page.read_text(encoding="utf-8"), printed)


def print_page(browser: str, page: Path, folder: Path | None = None) -> bytes:
    """Return an HTML page as tagged A4 PDF with bookmarks. Raises PrintError.

    The browser keeps its files in ``folder`` (default: where temporary files stand).
    """
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as temporary:
        target = Path(temporary) / "page.pdf"
        try:
            done = subprocess.run(
                [
                    browser,
                    "--headless",
                    *(["--no-sandbox"] if _is_root() else []),
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-extensions",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--host-resolver-rules=MAP * ~NOTFOUND",
                    f"--user-data-dir={temporary}/profile",
                    "--no-pdf-header-footer",
                    "--generate-pdf-document-outline",
                    f"--print-to-pdf={target}",
                    page.resolve().as_uri(),
                ],
                capture_output=True,
                check=False,
                timeout=SECONDS,
                env={**os.environ, "TMPDIR": temporary},
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrintError(
                f"{page.name} を PDF にできませんでした（{type(error).__name__}）。"
            ) from None
        if not target.is_file():
            code = f"ブラウザーの終了コード {done.returncode}"
            raise PrintError(f"{page.name} を PDF にできませんでした（{code}）。")
        return _shareable(target.read_bytes(), page)


def _shareable(content: bytes, page: Path) -> bytes:
    """Return the print of ``page`` without this machine's paths and browser and without a time.

    The browser makes every link absolute; here it leads to the print beside this one again.
    """
    from urllib.request import url2pathname

    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # browsers count their objects wrongly
    reader = PdfReader(io.BytesIO(content))
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    writer.metadata = {"/Title": reader.metadata.title or ""} if reader.metadata else None
    folder = page.resolve().parent
    for sheet in writer.pages:
        for annotation in sheet.get("/Annots") or []:
            action = annotation.get_object().get("/A") or {}
            link = str(action.get("/URI", ""))
            if link.startswith("file:"):
                beside = os.path.relpath(url2pathname(urlsplit(link).path), folder)
                beside = quote(re.sub(r"\.html$", ".pdf", beside.replace(os.sep, "/")))
                action[NameObject("/URI")] = TextStringObject(beside)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0
