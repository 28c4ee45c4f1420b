"""The parts of an XLSX file other than its sheets: safe XML, strings, styles, sheet names.

No document type declaration is accepted, so no entity is ever expanded, and nothing outside the
file is fetched.
"""

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime
from xml.parsers import expat

from dxeval.reading.limits import MAX_PARTS, MAX_TAGS, MAX_UNPACKED
from dxeval.reading.package import NotXlsxError, Package, part_name

BUILTIN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Number formats that show a date, those of Japanese Excel included (ECMA-376, 18.8.30)."""

BUILTIN_PERCENTS = {9, 10}
"""Number formats 0% and 0.00%."""

TOO_MANY = "Excel のセルが多すぎます。CSV で書き出してください"

Attributes = dict[str, str]


def local(tag: str) -> str:
    """Return an element's name without its namespace prefix."""
    return tag.rpartition(":")[2]


class Part:
    """Handlers for one part's XML; subclasses give ``start`` and ``end``."""

    def __init__(self) -> None:
        self.text: list[str] | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take an element's start."""

    def end(self, tag: str) -> None:
        """Take an element's end."""

    def parse(self, package: Package, part: str) -> Iterator[None]:
        """Feed the part piece by piece; yields after each piece."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        start, end = self.start, self.end
        parser.StartElementHandler = lambda tag, found: start(tag.rpartition(":")[2], found)
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse_doctype
        tags = 0
        with package.open(part) as stream:
            while piece := stream.read(1 << 16):
                tags += piece.count(b"<") + piece.count(b"/>")
                if tags > MAX_TAGS:
                    raise NotXlsxError(TOO_MANY)
                parser.Parse(piece, False)
                yield
            parser.Parse(b"", True)
            yield

    def read(self, package: Package, part: str) -> None:
        """Feed the whole part."""
        for _ in self.parse(package, part):
            pass

    def _characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def take(self) -> str:
        """Return the text gathered since ``self.text`` was set, and stop gathering."""
        text = "".join(self.text or ())
        self.text = None
        return text


def _refuse_doctype(*_: object) -> None:
    raise NotXlsxError("Excel ファイルに DOCTYPE 宣言があり、安全に読めません")


class _Relations(Part):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        if len(self.targets) > MAX_PARTS:
            raise NotXlsxError(TOO_MANY)
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes["Type"].rpartition("/")[2]
            self.targets[attributes["Id"]] = (kind, part_name(attributes["Target"], self.folder))

    def of_kind(self, kind: str) -> str | None:
        return next((path for found, path in self.targets.values() if found == kind), None)


class _Names(Part):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.epoch = datetime(1899, 12, 30)

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            place = next(value for key, value in attributes.items() if local(key) == "id")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes["name"], place, hidden))
        elif tag == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            self.epoch = datetime(1904, 1, 1)


class _Strings(Part):
    """Strings of a workbook, without the readings (ふりがな) that Excel keeps beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self.pieces: list[str] = []
        self.reading = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "si":
            self.pieces = []
        elif tag == "rPh":
            self.reading = True
        elif tag == "t" and not self.reading:
            self.text = []

    def end(self, tag: str) -> None:
        if tag == "t" and not self.reading:
            self.pieces.append(self.take())
        elif tag == "rPh":
            self.reading = False
        elif tag == "si":
            self.strings.append(unescape("".join(self.pieces)))


def unescape(text: str) -> str:
    """Return a stored string as Excel shows it: ``_x000D_`` stands for a control character."""
    if "_x" not in text:
        return text
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


class _Styles(Part):
    """Which cell styles show a number as a date."""

    def __init__(self) -> None:
        super().__init__()
        self.custom: dict[int, str] = {}
        self.dates: list[bool] = []
        self.percents: list[bool] = []
        self.inside = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            self.custom[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "cellXfs":
            self.inside = True
        elif tag == "xf" and self.inside:
            number = int(attributes.get("numFmtId", "0"))
            code = self.custom.get(number)
            self.dates.append(number in BUILTIN_DATES if code is None else is_date_format(code))
            self.percents.append(
                number in BUILTIN_PERCENTS if code is None else is_percent_format(code)
            )

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self.inside = False


def is_date_format(code: str) -> bool:
    """Return whether a number format shows a date or time (``yyyy/m/d``, ``[$-411]ge.m.d``)."""
    plain = re.sub(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', "", code.lower())
    return bool(re.search("[ymdhs]", plain))


def is_percent_format(code: str) -> bool:
    """Return whether a number format shows a hundred times the number, and % behind it."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", code)


class Workbook:
    """An opened XLSX file. Raises NotXlsxError, or what zipfile and expat raise."""

    def __init__(self, package: Package) -> None:
        self.package = package
        if package.size > MAX_UNPACKED:
            megabytes = f"{package.size / 1e6:,.0f} MB"
            raise NotXlsxError(
                f"展開すると{megabytes}になり、大きすぎます。CSV で書き出してください"
            )
        book = "xl/workbook.xml"
        if "_rels/.rels" in package.names:
            book = self._relations("_rels/.rels", "").of_kind("officeDocument") or book
        folder, file = posixpath.split(book)
        relations = self._relations(f"{folder}/_rels/{file}.rels", folder)
        names = _Names()
        names.read(package, book)
        strings, styles = _Strings(), _Styles()
        for kind, part in (("sharedStrings", strings), ("styles", styles)):
            path = relations.of_kind(kind)
            unwritten = kind == "sharedStrings" and path not in package.names
            if path and not unwritten:  # a cell that needs a string fails by itself
                part.read(package, path)
        self.epoch = names.epoch
        self.strings = strings.strings
        self.dates = styles.dates
        self.percents = styles.percents
        self.sheets = [
            (title, relations.targets[place][1], hidden)
            for title, place, hidden in names.sheets
            if relations.targets[place][0] == "worksheet"
        ]

    def _relations(self, part: str, folder: str) -> _Relations:
        relations = _Relations(folder)
        relations.read(self.package, part)
        return relations
