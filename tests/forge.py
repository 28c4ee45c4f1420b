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
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
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
    inline = f'<t xml:space="preserve">{escape(str(value))}</t>'
    return f'<c r="{reference}" t="inlineStr"><is>{inline}</is></c>'


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
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in merges)
    after = f"<mergeCells>{merged}</mergeCells>" if merges else ""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{extra}<sheetData>{body}</sheetData>{after}</worksheet>'
    )


STYLES = f"""{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1">\
<numFmt numFmtId="180" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\\ h:mm"/>\
</numFmts><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="180" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""
"""Two styles of cells: 0 is general, 1 a date."""


def workbook(titles: Sequence[str], hidden: Sequence[str], date1904: bool) -> str:
    """Return the workbook part; its first sheet that is not hidden is the one in front."""
    listed = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{i}" r:id="rId{i}"'
        + (' state="hidden"' if title in hidden else "")
        + "/>"
        for i, title in enumerate(titles, start=1)
    )
    front = next(i for i, title in enumerate(titles) if title not in hidden)
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<workbookPr date1904="{int(date1904)}"/>'
        f'<bookViews><workbookView activeTab="{front}"/></bookViews>'
        f"<sheets>{listed}</sheets></workbook>"
    )


def parts(
    sheets: Mapping[str, str], hidden: Sequence[str] = (), strings: str = "", date1904: bool = False
) -> dict[str, str]:
    """Return the parts of an XLSX file whose sheets are given as XML."""
    kinds = {f"worksheets/s{i}.xml": "worksheet" for i in range(1, len(sheets) + 1)}
    made = {f"xl/{name}": part for name, part in zip(kinds, sheets.values(), strict=True)}
    kinds["styles.xml"] = "styles"
    made["xl/styles.xml"] = STYLES
    if strings:
        kinds["s.xml"] = "sharedStrings"
        made["xl/s.xml"] = f'{HEAD}<sst xmlns="{MAIN}">{strings}</sst>'
    overrides = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{TYPES}.{kind}+xml"/>'
        for name, kind in {"workbook.xml": "sheet.main", **kinds}.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{_target(name)}"/>'
        for i, (name, kind) in enumerate(kinds.items(), start=1)
    )
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": workbook(list(sheets), hidden, date1904),
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{relations}</Relationships>",
        **made,
    }


def _target(name: str) -> str:
    """Return how the workbook points at a part: from its own folder, or (strings) from the top."""
    return f"/xl/{name}" if name == "s.xml" else name


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
