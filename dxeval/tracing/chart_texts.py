"""What the charts of a workbook say to those who do not see them."""

import re
from collections.abc import Iterator

from dxeval.reading.package import Package
from dxeval.reading.xlsx_parts import Attributes, Part, unescape

_SHARES = re.compile(r"^([^：]*割合(?:（[^（）]*）)?)：")


class _Drawing(Part):
    """Handlers for a drawing: gathers the descriptions of its pictures and charts."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "cNvPr" and (text := attributes.get("descr")):
            self.said.append(unescape(text))


def chart_texts(content: bytes) -> Iterator[str]:
    """Yield the alternative text of each chart, in order, with は before shares as on pages."""
    package = Package(content)
    parts = [name for name in package.names if name.startswith("xl/drawings/drawing")]
    for part in sorted(parts, key=lambda name: (len(name), name)):
        drawing = _Drawing()
        drawing.read(package, part)
        yield from (_SHARES.sub(r"\1は", text, count=1) for text in drawing.said)
