"""XLSX fixtures are packages that other programs open, and what LibreOffice saves is read."""

import io
import posixpath
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from awkward import ANSWERS, COMMENTS, READABLE, REFUSED, Case
from forge import PACKAGE
from libreoffice import FILES, SOFFICE, save_as_xlsx
from test_awkward import answers, read

from dxeval.errors import DataError

WRONG_IN = {
    "a missing part": "xl/styles.xml",
    "a column past the end": "xl/worksheets/s1.xml",
    "a row number past the end": "xl/worksheets/s1.xml",
    "an XLSX with a broken part": "xl/worksheets/s1.xml",
    "an external entity": "xl/worksheets/s1.xml",
    "entities that grow": "xl/worksheets/s1.xml",
}
"""The part in which a case is no XLSX file as the standard has it."""
NO_PACKAGE = {
    "a binary .xlsb",
    "a cut XLSX",
    "a Word file",
    "a zip bomb",
    "a zip bomb that lies about its size",
    "a zip file of a CSV",
    "an OpenDocument file",
}
"""Zip files that say other things, or of which not even the parts can be told."""
PACKAGES = [
    case
    for case in (*READABLE, *REFUSED)
    if case.name not in NO_PACKAGE and case.make().startswith(b"PK")
]
VALID = [case for case in PACKAGES if case.name not in WRONG_IN]
SAVED_DIFFERENTLY = {"a cell of 1 MB in XLSX", "an error value"}
"""LibreOffice cuts the one, as Excel does, and makes a formula of the other."""
REFUSED_FILES = {
    "formula.xlsx": "3行目 「研修に満足しましたか」：数式のセルです",
    "from-csv.xlsx": "4行目 「ご意見・ご感想」：数式のセルです",
}


def wrong_parts(content: bytes) -> set[str]:
    """Return the parts that are missing, undeclared, not well-formed XML, or have a DOCTYPE."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    types = ElementTree.fromstring(parts["[Content_Types].xml"])
    tag = f"{{{PACKAGE}/content-types}}Override"
    declared = {found.attrib["PartName"].removeprefix("/") for found in types.iter(tag)}
    pointed = set()
    for name, part in parts.items():
        if name.endswith(".rels"):
            top = posixpath.dirname(posixpath.dirname(f"/{name}"))
            targets = [found.attrib["Target"] for found in ElementTree.fromstring(part)]
            pointed |= {posixpath.join(top, target).removeprefix("/") for target in targets}
    own = {name for name in parts if not name.endswith(".rels")} - {"[Content_Types].xml"}
    return (declared ^ own) | (pointed ^ own) | {n for n in parts if not well_formed(parts[n])}


def well_formed(part: bytes) -> bool:
    try:
        ElementTree.fromstring(part)
    except ElementTree.ParseError:
        return False
    return b"<!DOCTYPE" not in part


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.name)
def test_openpyxl_opens_what_is_meant_to_be_valid(case: Case) -> None:
    content = case.make()
    assert wrong_parts(content) == set()
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [row for sheet in book for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("case", PACKAGES, ids=lambda case: case.name)
def test_what_is_broken_is_broken_in_one_place(case: Case) -> None:
    assert wrong_parts(case.make()) <= {WRONG_IN.get(case.name)}


def test_every_case_said_to_be_broken_is_there() -> None:
    names = {case.name for case in REFUSED}
    assert (NO_PACKAGE | WRONG_IN.keys() | SAVED_DIFFERENTLY) <= names


def test_what_libreoffice_saves_anew_is_read_as_before(tmp_path: Path) -> None:
    if SOFFICE is None:
        pytest.skip("no LibreOffice to save them (apt-get install libreoffice-calc-nogui)")
    cases = {f"{i}.xlsx": case for i, case in enumerate(VALID)}
    save_as_xlsx({name: case.make() for name, case in cases.items()}, tmp_path)
    for name, case in cases.items():
        content = (tmp_path / name).read_bytes()
        if case.name in SAVED_DIFFERENTLY:
            continue
        if case.says is None:
            assert answers(read(tmp_path, content)) == ANSWERS, case.name
            assert read(tmp_path, content).comments == tuple(COMMENTS), case.name
        else:
            with pytest.raises(DataError) as caught:
                read(tmp_path, content)
            assert case.says in str(caught.value), case.name


@pytest.mark.parametrize("path", sorted(FILES.glob("*.xlsx")), ids=lambda path: path.name)
def test_files_saved_by_libreoffice(path: Path, tmp_path: Path) -> None:
    if path.name in REFUSED_FILES:
        with pytest.raises(DataError, match=REFUSED_FILES[path.name]):
            read(tmp_path, path.read_bytes())
    else:
        responses = read(tmp_path, path.read_bytes())
        assert answers(responses) == ANSWERS
        assert responses.comments == tuple(COMMENTS)
        assert responses.warnings == ()


def test_they_are_libreoffices_and_tell_nothing_of_who_saved_them() -> None:
    paths = sorted(FILES.glob("*.xlsx"))
    assert {path.name for path in paths} >= {*REFUSED_FILES, "dates.xlsx", "hidden-sheet.xlsx"}
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
        assert "<Application>LibreOffice/" in parts["docProps/app.xml"]
        for tag in ("dc:creator", "cp:lastModifiedBy"):
            assert f"<{tag}></{tag}>" in parts["docProps/core.xml"]
        told = ("/tmp/", "/home/", "/root/", "file:")
        assert not [place for place in told if place in "".join(parts.values())]
