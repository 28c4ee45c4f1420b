"""From an exported file to a table of strings: encoding, delimiter, sheet, header row.

An encoding, a delimiter or a sheet is accepted only when every header that ``survey.yaml``
declares for one form appears, never by a guess. Columns that are not declared are dropped here,
before anything else sees them.
"""

import csv
import io
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl

from dxeval.errors import DataError, Problem
from dxeval.survey import Form, normalise

ENCODINGS = ("utf-8-sig", "utf-16", "cp932", "euc_jp")
DELIMITERS = (",", "\t", ";")
HEADER_WITHIN = 30
"""The header stands among the first rows; titles may stand above it."""
MAX_UNPACKED = 200_000_000
"""Bytes that an XLSX may unpack to: small files can hide gigabytes."""


@dataclass(frozen=True)
class Table:
    """The declared columns of one export, every cell as text.

    ``columns`` maps each declared header to its cells; ``rows`` are the row numbers as a
    spreadsheet counts them; ``dropped`` the headers of the columns that were not kept.
    """

    form: Form
    columns: dict[str, list[str]]
    rows: list[int]
    dropped: tuple[str, ...]


def read_table(path: Path, forms: Iterable[Form], name: str) -> Table:
    """Read a .csv, .tsv or .xlsx export that one of ``forms`` fits. Raises DataError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"ファイルを読めません（{type(error).__name__}）"
        raise DataError([Problem("unreadable", name, message)]) from None
    is_zip = content.startswith(b"PK\x03\x04")
    sheets = _sheets(content, name) if is_zip else _decodings(content)
    forms = tuple(forms)
    seen: list[list[str]] = []
    found: list[tuple[str, Table]] = []
    for label, records in sheets:
        try:
            table = _table(records, forms, name, seen)
        except csv.Error:
            continue
        if table is not None:
            found.append((label, table))
            if not is_zip:
                break
    if len(found) > 1:
        labels = "、".join(f"「{label}」" for label, _ in found)
        message = f"アンケートの見出しを持つシートが複数あります（{labels}）。1枚だけにしてください"
        raise DataError([Problem("two-sheets", name, message)])
    if not found:
        raise DataError([_no_form(name, forms, seen)])
    return found[0][1]


def _decodings(content: bytes) -> Iterator[tuple[str, Iterator[list[str]]]]:
    for encoding in ENCODINGS:
        if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        for delimiter in DELIMITERS:
            lines = io.StringIO(text, newline="")
            yield encoding, csv.reader(lines, delimiter=delimiter, strict=True)


def _sheets(content: bytes, name: str) -> Iterator[tuple[str, Iterator[list[str]]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(info.file_size for info in archive.infolist())
        if size > MAX_UNPACKED:
            message = f"展開すると{size / 1e6:,.0f} MBになり、大きすぎます"
            raise DataError([Problem("too-large", name, message)])
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    except DataError:
        raise
    except Exception:  # openpyxl raises whatever its XML and zip readers do
        message = "Excel ファイルとして読めません（壊れているか、保護されています）"
        raise DataError([Problem("unreadable", name, message)]) from None
    for sheet in book.worksheets:
        yield (
            sheet.title,
            ([_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)),
        )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _table(
    records: Iterator[list[str]], forms: tuple[Form, ...], name: str, seen: list[list[str]]
) -> Table | None:
    """Return the table below the first row in which a form's headers all appear, or None."""
    for row, record in enumerate(records, start=1):
        headers = [normalise(cell) for cell in record]
        seen.append([header for header in headers if header])
        fitting = [form for form in forms if {normalise(h) for h in form.headers} <= set(headers)]
        if len(fitting) > 1:
            names = "、".join(f"「{form.name}」" for form in fitting)
            message = f"forms の {names} がどちらも当てはまります"
            raise DataError([Problem("two-forms", name, message, row)])
        if fitting:
            return _body(records, fitting[0], headers, row, name)
        if row >= HEADER_WITHIN:
            break
    return None


def _body(
    records: Iterator[list[str]], form: Form, headers: list[str], header_row: int, name: str
) -> Table:
    problems = [
        Problem("repeated-header", name, "同じ見出しの列が2つあります", header_row, header)
        for header in form.headers
        if headers.count(normalise(header)) > 1
    ]
    places = {header: headers.index(normalise(header)) for header in form.headers}
    columns: dict[str, list[str]] = {header: [] for header in form.headers}
    rows: list[int] = []
    row = header_row
    try:
        for row, record in enumerate(records, start=header_row + 1):
            if not any(cell.strip() for cell in record):
                continue
            if len(record) < len(headers) or any(record[len(headers) :]):
                problems.append(
                    Problem(
                        "row-length",
                        name,
                        f"列の数が{len(record)}です",
                        row,
                        expected=f"見出しと同じ{len(headers)}列",
                    )
                )
                continue
            rows.append(row)
            for header, place in places.items():
                columns[header].append(sys.intern(record[place]))
    except csv.Error:
        message = "CSV の引用符の使い方が正しくありません"
        problems.append(Problem("csv", name, message, row + 1))
    if problems:
        raise DataError(problems)
    kept = {normalise(header) for header in form.headers}
    dropped = tuple(header for header in headers if header and header not in kept)
    return Table(form, columns, rows, dropped)


def _no_form(name: str, forms: tuple[Form, ...], seen: list[list[str]]) -> Problem:
    """Say which declared headers are missing in the row that came nearest."""
    wanted = [{normalise(header) for header in form.headers} for form in forms]
    best = max(
        ((headers, form) for headers in seen for form in wanted),
        key=lambda pair: len(pair[1] & set(pair[0])),
        default=([], wanted[0]),
    )
    missing = "、".join(sorted(best[1] - set(best[0])))
    message = "data/survey.yaml の forms に合う見出しの行がありません"
    return Problem("no-form", name, message, expected=f"次の見出しもあること：{missing}")
