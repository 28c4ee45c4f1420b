"""Pictures of pages for the documents, small enough to be kept."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import FloatRect, sync_playwright

from dxeval.report.site.pdf import find_browser

WIDTH, HEIGHT = 1000, 760
COLOURS = 64
LARGEST = 150_000
"""Bytes of a picture."""


@contextmanager
def taking() -> Iterator[Callable[[str, Path], None]]:
    """Hand out what takes a picture of an address into a PNG file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})

        def take(address: str, path: Path) -> None:
            page.goto(address)
            height = min(HEIGHT, page.evaluate("document.body.getBoundingClientRect().bottom"))
            clip: FloatRect = {"x": 0, "y": 0, "width": WIDTH, "height": height}
            image = Image.open(io.BytesIO(page.screenshot(clip=clip)))
            image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
            assert path.stat().st_size < LARGEST, path

        yield take
        browser.close()
