"""A page on paper: in letters so large that it ends well, on few sheets and none nearly empty."""

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PageObject

SIZES = (10.5, 9.75, 9.0, 11.25, 12.0)
"""Of the letters, in points, the usual first; the last for what ends badly in all others."""
SMALL = 3
"""So many of them are tried to do with few sheets."""
LEAST = 0.25
"""Of a last sheet that must be filled."""
TOP, BOTTOM, HEIGHT = 43, 49, 842
"""The margins and the height of a sheet, in points, as style.css has them."""


def fitted(html: str, printed: Callable[[str], bytes]) -> bytes:
    """Return ``html`` as ``printed``, in the largest letters with which it ends well."""
    tried: list[tuple[bytes, float]] = []
    while (size := size_for([length for _, length in tried])) == len(tried):
        content = printed(sized(html, SIZES[size]))
        tried.append((content, _length(content)))
    return tried[size][0]


def size_for(lengths: Sequence[float]) -> int:
    """Return which of SIZES to take, or to try next, where the first give such ``lengths``.

    A length is a number of sheets, the last one as far as it is filled. A page ends well on one or
    two sheets, or on more than three, if the last is filled by a quarter. What takes three in any
    size has three, in the largest whose last sheet is not nearly empty. Where it is in all, letters
    larger than usual may fill it; if not, that size is taken which fills it most.
    """
    for size, length in enumerate(lengths[:SMALL]):
        sheets, last = divmod(length, 1)
        if (sheets == 0 or last >= LEAST) and sheets != 2:
            return size
    if len(lengths) < SMALL:
        return len(lengths)
    filled = [length % 1 for length in lengths]
    well = next((size for size, last in enumerate(filled) if last >= LEAST), None)
    if well is not None:
        return well
    return len(lengths) if len(lengths) < len(SIZES) else filled.index(max(filled))


def sized(html: str, size: float) -> str:
    """Return a page whose letters have that size on paper, in points."""
    style = f"<style>@media print {{ html {{ font-size: {size}pt; }} }}</style>"
    return html.replace("</head>", f"{style}\n</head>", 1)


def zoom(size: int) -> float:
    """Return how large a part of a page is to be, for letters of one of SIZES in it."""
    return SIZES[size] / SIZES[0]


def _length(content: bytes) -> float:
    """Return on how many sheets a print is, the last one as far as text stands on it."""
    from pypdf import PdfReader

    sheets = PdfReader(io.BytesIO(content)).pages
    return len(sheets) - 1 + _filled(sheets[-1])


def chapter_lengths(content: bytes, starts: Sequence[int]) -> list[float]:
    """Return the length of each chapter of a print; ``starts`` are its first sheets, from 1."""
    from pypdf import PdfReader

    sheets = PdfReader(io.BytesIO(content)).pages
    ends = [*(start - 1 for start in starts[1:]), len(sheets)]
    return [end - start + _filled(sheets[end - 1]) for start, end in zip(starts, ends, strict=True)]


def _filled(sheet: "PageObject") -> float:
    """Return how far down text stands on a sheet, from 0 to 1."""
    lowest = float(HEIGHT - TOP)

    def see(text: str, matrix: list[float], place: list[float], *_: object) -> None:
        nonlocal lowest
        y = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        if text.strip() and y > BOTTOM:
            lowest = min(lowest, y)

    sheet.extract_text(visitor_text=see)
    return (HEIGHT - TOP - lowest) / (HEIGHT - TOP - BOTTOM)
