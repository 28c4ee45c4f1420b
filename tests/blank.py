"""How much of each printed page is blank: for tests, and to be run on PDFs by hand.

    python tests/blank.py outputs/pdf/*.pdf

Needs pdftoppm, of Debian's package poppler-utils.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

DPI = 40
TOP, BOTTOM, PAGE = 15, 17, 297
"""Millimetres: the margins, in which running heads and page numbers stand, and the page."""


def blank_shares(path: Path) -> list[float]:
    """Return of each page how much of its height is blank below what stands lowest."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", str(DPI), "-gray", path, f"{folder}/page"]
        subprocess.run(command, check=True)
        return [_blank(page) for page in sorted(Path(folder).iterdir())]


def _blank(page: Path) -> float:
    with Image.open(page) as image:
        top, bottom = (round(image.height * mm / PAGE) for mm in (TOP, PAGE - BOTTOM))
        ink = ImageOps.invert(image.convert("L").crop((0, top, image.width, bottom)))
        box = ink.point(lambda value: 255 * (value > 8)).getbbox()
        return 1 - (box[3] if box else 0) / (bottom - top)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        shares = blank_shares(Path(name))
        print(f"{Path(name).stem:20}", len(shares), *(f"{share:.0%}" for share in shares))
