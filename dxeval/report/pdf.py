"""From pages to A4 PDF, printed by a Chromium that is on the machine."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader

from dxeval.errors import PrintError
from dxeval.report.export import Chapter, export_whole
from dxeval.report.publish import write

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


def print_pages(browser: str, pages: Sequence[Path], folder: Path) -> None:
    """Print each HTML page to a PDF of the same name in ``folder``. Raises PrintError."""
    for page in pages:
        write(folder / f"{page.stem}.pdf", _print(browser, page))


def print_whole(browser: str, title: str, chapters: Sequence[Chapter], folder: Path) -> None:
    """Print the whole report to ``report.pdf``: contents with page numbers, then the chapters.

    Printed twice: the page numbers of the contents are those of the first printing's bookmarks.
    Raises PrintError.
    """
    with tempfile.TemporaryDirectory() as temporary:
        page = Path(temporary) / "report.html"
        numbers = [0] * len(chapters)
        for _ in range(2):
            page.write_text(export_whole(title, chapters, numbers), encoding="utf-8")
            content = _print(browser, page)
            page.with_suffix(".pdf").write_bytes(content)
            numbers = _chapter_pages(page.with_suffix(".pdf"))[1:]
    write(folder / f"{WHOLE}.pdf", content)


def _chapter_pages(path: Path) -> list[int]:
    """Return the page, from 1, of each bookmark of the first level."""
    reader = PdfReader(path)
    top = [entry for entry in reader.outline if not isinstance(entry, list)]
    return [(reader.get_destination_page_number(entry) or 0) + 1 for entry in top]


def _print(browser: str, page: Path) -> bytes:
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
        return target.read_bytes()


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0
