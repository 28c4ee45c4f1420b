"""Exports made by hand: text in any dialect, and XLSX files written part by part."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter

Rows = Sequence[Sequence[object]]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def text(
    rows: Rows,
    encoding: str = "utf-8",
    delimiter: str = ",",
    end: str = "\r\n",
    quoting: int = csv.QUOTE_MINIMAL,
) -> bytes:
    """Return rows as a text export."""
    if any({"\r", "\n"} & {*str(value)} for row in rows for value in row):
        quoting = csv.QUOTE_ALL  # csv.writer quotes only its own line end
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue().encode(encoding)


def cell(value: object, reference: str) -> str:
    """Return a value as an XLSX cell: text inline, numbers, dates (style 1), or XML as it is."""
    if isinstance(value, Xml):
        return value.format(r=reference)
    if value is None or value == "":
        return ""
    if isinstance(value, datetime | date):
        serial = (datetime(*value.timetuple()[:6]) - datetime(1899, 12, 30)).total_seconds() / 86400
        return f'<c r="{reference}" s="1"><v>{serial!r}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{reference}"><v>{value}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


class Xml(str):
    """A cell written as XML; ``{r}`` is its place."""


def sheet(rows: Rows, merges: Sequence[str] = (), extra: str = "", first: int = 1) -> str:
    """Return a worksheet part."""
    body = "".join(
        f'<row r="{r}">'
        + "".join(cell(v, f"{get_column_letter(c)}{r}") for c, v in enumerate(row, start=1))
        + "</row>"
        for r, row in enumerate(rows, start=first)
    )
    merged = "".join(f'<mergeCell ref="{one}"/>' for one in merges)
    after = f"<mergeCells>{merged}</mergeCells>" if merges else ""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{extra}<sheetData>{body}</sheetData>{after}</worksheet>'
    )


def parts(
    sheets: Mapping[str, str], hidden: Sequence[str] = (), strings: str = "", date1904: bool = False
) -> dict[str, str]:
    """Return the parts of an XLSX file whose sheets are given as XML."""
    numbered = list(enumerate(sheets, start=1))
    listed = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{i}" r:id="rId{i}"'
        + (' state="hidden"' if title in hidden else "")
        + "/>"
        for i, title in numbered
    )
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/worksheet" Target="worksheets/s{i}.xml"/>'
        for i, _ in numbered
    )
    relations += f'<Relationship Id="rId90" Type="{OFFICE}/styles" Target="styles.xml"/>'
    if strings:
        relations += f'<Relationship Id="rId91" Type="{OFFICE}/sharedStrings" Target="/xl/s.xml"/>'
    properties = f'<workbookPr date1904="{int(date1904)}"/>'
    made = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{relations}</Relationships>",
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt '
        'numFmtId="180" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\\ h:mm"/>'
        '</numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="180"/></cellXfs>'
        "</styleSheet>",
    }
    for i, title in numbered:
        made[f"xl/worksheets/s{i}.xml"] = sheets[title]
    if strings:
        made["xl/s.xml"] = f'{HEAD}<sst xmlns="{MAIN}">{strings}</sst>'
    return made


def pack(files: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(rows: Rows, merges: Sequence[str] = (), extra: str = "", first: int = 1) -> bytes:
    """Return an XLSX file of one sheet."""
    return pack(parts({"Sheet1": sheet(rows, merges, extra, first)}))
