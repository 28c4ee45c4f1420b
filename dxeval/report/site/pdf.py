"""From pages to A4 PDF, printed by a Chromium that is on the machine."""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import url2pathname

from dxeval.errors import PrintError
from dxeval.report.site.export import Chapter, export_chapter, export_whole
from dxeval.report.site.links import INDEX
from dxeval.report.staging import Staging

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge", "msedge")
WINDOWS_EDGE = "Microsoft/Edge/Application/msedge.exe"
WHOLE = "report"
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


def prints(page_id: str) -> tuple[str, str]:
    """Return the prints that a page's change makes old: its own and the whole report's."""
    return f"pdf/{page_id}.pdf", f"pdf/{WHOLE}.pdf"


def print_missing(
    browser: str, staging: Staging, titles: Mapping[str, str], whole_title: str
) -> int:
    """Print each page that has no print, and the whole report: the pages of ``titles``, in order.

    Returns how many were printed. ``titles`` are by page id. Raises PrintError.
    """
    printed = 0
    for one in (INDEX, *titles):
        name, _ = prints(one)
        if not (staging.outputs / name).is_file():
            staging.add(name, print_page(browser, staging.outputs / f"html/{one}.html"))
            staging.promote([name])
            printed += 1
    _, name = prints(INDEX)
    if not (staging.outputs / name).is_file():
        chapters = [
            export_chapter(one, staging.read(f"notebooks/{one}.ipynb"), title)
            for one, title in titles.items()
        ]
        staging.add(name, print_whole(browser, whole_title, chapters))
        staging.promote([name])
        printed += 1
    return printed


def print_whole(browser: str, title: str, chapters: Sequence[Chapter]) -> bytes:
    """Return the whole report as PDF: contents with page numbers, then the chapters.

    Printed twice: the page numbers of the contents are those of the first printing's bookmarks.
    Raises PrintError.
    """
    with tempfile.TemporaryDirectory() as temporary:
        page = Path(temporary) / f"{WHOLE}.html"
        page.write_bytes(export_whole(title, chapters, [0] * len(chapters)))
        numbers = _chapter_pages(print_page(browser, page))
        page.write_bytes(export_whole(title, chapters, numbers))
        return print_page(browser, page)


def _chapter_pages(content: bytes) -> list[int]:
    """Return the page, from 1, of each bookmark of the first level but the title's."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    _, *chapters = (entry for entry in reader.outline if not isinstance(entry, list))
    return [(reader.get_destination_page_number(entry) or 0) + 1 for entry in chapters]


def print_page(browser: str, page: Path) -> bytes:
    """Return an HTML page as tagged A4 PDF with bookmarks. Raises PrintError."""
    with tempfile.TemporaryDirectory() as temporary:
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
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, TextStringObject

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
