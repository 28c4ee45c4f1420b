"""A page on paper: in letters so large that it ends well, on few sheets and none nearly empty."""

import io
from collections.abc import Callable

SIZES = ("10.5pt", "9.75pt", "9pt")
"""Of the letters, the usual first."""
LEAST = 0.25
"""Of a last sheet that must be filled."""
TOP, BOTTOM, HEIGHT = 43, 49, 842
"""The margins and the height of a sheet, in points, as style.css has them."""


def fitted(html: str, printed: Callable[[str], bytes]) -> bytes:
    """Return ``html`` as ``printed``, in the largest letters with which it ends well.

    It ends well on one or two sheets, or on more than three, if the last is filled by a quarter.
    What takes three in any size has three, in the largest whose last sheet is not nearly empty, or
    else in that which fills it most.
    """
    tried: list[tuple[bytes, float]] = []
    for size in SIZES:
        content = printed(sized(html, size))
        length = _length(content)
        sheets, last = divmod(length, 1)
        if (sheets == 0 or last >= LEAST) and sheets != 2:
            return content
        tried.append((content, last))
    fullest = max(tried, key=lambda found: found[1])
    return next((content for content, last in tried if last >= LEAST), fullest[0])


def sized(html: str, size: str) -> str:
    """Return a page whose letters have that size on paper."""
    style = f"<style>@media print {{ html {{ font-size: {size}; }} }}</style>"
    return html.replace("</head>", f"{style}\n</head>", 1)


def _length(content: bytes) -> float:
    """Return on how many sheets a print is, the last one as far as text stands on it."""
    from pypdf import PdfReader

    sheets = PdfReader(io.BytesIO(content)).pages
    lowest = float(HEIGHT - TOP)

    def see(text: str, matrix: list[float], place: list[float], *_: object) -> None:
        nonlocal lowest
        y = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        if text.strip() and y > BOTTOM:
            lowest = min(lowest, y)

    sheets[-1].extract_text(visitor_text=see)
    return len(sheets) - 1 + (HEIGHT - TOP - lowest) / (HEIGHT - TOP - BOTTOM)
