"""Why a file is refused: it is no export, or no form fits; and what to do about each."""

import json
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from itertools import chain, takewhile

from dxeval.definitions.contact import has_contact
from dxeval.definitions.form import PLACEHOLDER, Form
from dxeval.definitions.labels import normalise
from dxeval.definitions.survey import Survey
from dxeval.problems import Problem, ProblemKind, shorten
from dxeval.reading.header import Row
from dxeval.reading.limits import (
    BEGINNING,
    MAX_HEADER,
    MAX_PARTS,
    SHOWN_HEADERS,
    SHOWN_OF_HEADER,
)
from dxeval.reading.package import ZIP, Package

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = {
    b"%PDF": "PDF",
    b"\x1f\x8b": "gzip 圧縮",
    b"\x89PNG": "画像",
    b"\xff\xd8\xff": "画像",
    b"{\\rtf": "Word（RTF）",
    b"[InternetShortcut]": "ウェブページへのショートカット",
}
_AGAIN = "フォームから CSV か .xlsx で書き出し直してください"
_DATUM = re.compile(r"\d[\d/:.\s年月日時分-]*")


def by_signature(content: bytes) -> str | None:
    """Return what ``content`` is by its first bytes if it cannot be an export, else None."""
    if not content.strip(b"\xef\xbb\xbf\xfe\xff\r\n\t "):
        return f"中身が空のファイルです。{_AGAIN}"
    if content.startswith(_OLE):
        return _ole(content)
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            return f"{kind}のファイルで、回答ファイルではありません。{_AGAIN}"
    return _zip(content) if content.startswith(ZIP) else None


def _ole(content: bytes) -> str:
    """Return what a file of Microsoft's old container is, by the names of its streams."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return "パスワードで保護された Excel ファイルです。パスワードを外して保存してください"
    if holds("__substg1.0") or holds("WordDocument") or holds("PowerPoint Document"):
        return f"Word、PowerPoint かメールのファイルで、回答ファイルではありません。{_AGAIN}"
    return "古い形式（.xls など）のファイルです。Excel で開き「.xlsx」で保存してください"


def _zip(content: bytes) -> str | None:
    if content.count(b"PK\x01\x02") > MAX_PARTS:
        return f"部品の多すぎる ZIP 形式のファイルで、回答ファイルではありません。{_AGAIN}"
    try:
        names = Package(content).names
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "xl/workbook.bin" in names:
        kind = "バイナリ形式の Excel（.xlsb）です。「.xlsx」で保存してください"
    elif "content.xml" in names:
        kind = "OpenDocument（.ods など）のファイルです。.xlsx か CSV で保存してください"
    elif any(name.startswith("index/") and name.endswith(".iwa") for name in names):
        kind = "Numbers（Apple）のファイルです。「書き出す」で .xlsx か CSV にしてください"
    elif any(name.startswith(("word/", "ppt/")) for name in names):
        kind = f"Word か PowerPoint のファイルで、回答ファイルではありません。{_AGAIN}"
    elif not names & {"_rels/.rels", "xl/workbook.xml"}:
        kind = "ZIP 圧縮ファイルです。解凍して、中の CSV か .xlsx を置いてください"
    else:
        return None
    return kind


def by_text(text: str) -> str | None:
    """Return what a text that no form fits seems to be by how it begins, else None."""
    start = text[:BEGINNING].lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html", "<head", "<meta", "<table", "<style")):
        return (
            "HTML（ウェブページ）です。ログイン画面などを保存したか、"
            f"HTML を .xls や .csv と名付けたものです。{_AGAIN}"
        )
    if start.startswith("<?xml"):
        return f"XML のファイルです。Excel で開けるなら .xlsx で保存し、でなければ{_AGAIN}"
    if start.startswith(("{", "[{", "mime-version:")):
        return f"CSV ではない形式（JSON、MHTML など）のファイルです。{_AGAIN}"
    if "\x1b$" in text[:BEGINNING]:
        return "文字コードが JIS（ISO-2022-JP）です。UTF-8 で書き出し直してください"
    return None


def _is_long(survey: Survey, seen: Sequence[Sequence[Row]]) -> bool:
    """Return whether questions stand below each other in one column: a row an answer."""
    questions = {normalise(item.question) for item in survey.items}
    questions |= {normalise(item.name) for item in survey.items}
    for form in survey.forms:
        questions |= {normalise(h) for headers in form.items.values() for h in headers}
    for rows in seen:
        columns: dict[int, Counter[str]] = {}
        first: dict[int, int] = {}
        for place, (_, cells) in enumerate(rows):
            for i, cell in enumerate(cells):
                if _name(cell) in questions:
                    columns.setdefault(i, Counter())[_name(cell)] += 1
                    first.setdefault(i, place)
        least = min(2, len(survey.items))
        for i, found in columns.items():
            often = 2 * found.total() > len(rows) - first[i]
            if found.total() > 1 and (len(found) >= least or often):
                return True
    return False


def no_form(name: str, survey: Survey, seen: Sequence[Sequence[Row]]) -> Problem:
    """Return the problem of a file; ``seen`` are its first rows, in every way to read them.

    Shows the row that has most of a form's headers. Where no row has any, shows one only if it
    stands above the first row that looks like an answer or a person: it may be data without a
    header.
    """
    if _is_long(survey, seen):
        message = "1つの行に1つの答えがある表（縦持ち）です"
        expected = "1人が1行で、設問ごとに列がある表"
        hint = (
            "  フォームの書き出しで「1回答1行」や「集計用」でなく、1人1行の形を選んでください。"
            "選べなければ、表計算ソフトのピボットで設問を列に並べ、.csv で保存してください。"
        )
        return Problem(ProblemKind.LONG_FORM, name, message, expected=expected, hint=hint)
    message = "data/survey.yaml の forms に合う見出しの行がありません"
    (row, cells), form = _nearest(survey, seen)
    names = {_name(cell) for cell in cells}
    missing = [header for header in form.headers if normalise(header) not in names]
    expected = f"次の見出しもあること：{'、'.join(missing)}"
    if len(missing) < len(form.headers):
        found: Row | None = (row, cells)
    else:
        found = _likely_header(survey, seen)
    if found is None:
        hint = (
            "  見出しの行がなく、すぐに回答が始まるようです。見出しを付けて書き出し直してください。"
        )
        return Problem(ProblemKind.NO_FORM, name, message, expected=expected, hint=hint)
    headers = [_shown(cell) for cell in found[1] if cell.strip()]
    lines = [*_found(found[0], headers), *_lines_to_add(headers, form, survey)]
    if 2 * len(missing) < len(form.headers):
        lines.insert(
            1,
            f"  「{form.name}」の書き出しなら、列を消したか見出しを結合したファイルです。"
            "フォームから書き出し直してください。別のフォームなら：",
        )
    hint = "\n".join(lines)
    return Problem(ProblemKind.NO_FORM, name, message, found[0], expected=expected, hint=hint)


def _nearest(survey: Survey, seen: Sequence[Sequence[Row]]) -> tuple[Row, Form]:
    """Return the row and the form that have most headers in common."""
    best: tuple[Row, Form] = ((0, []), survey.forms[0])
    most = 0
    for row, cells in chain.from_iterable(seen):
        names = {_name(cell) for cell in cells}
        for form in survey.forms:
            common = len(names.intersection(map(normalise, form.headers)))
            if common > most:
                best, most = ((row, cells), form), common
    return best


def _likely_header(survey: Survey, seen: Sequence[Sequence[Row]]) -> Row | None:
    """Return the widest row above the first that looks like data, in the widest way to read."""
    answers = {normalise(level) for item in survey.items for level in item.labels}
    for form in survey.forms:
        answers |= {normalise(code) for codes in form.codes.values() for code in codes}

    def is_plain(row: Row) -> bool:
        names = map(_name, row[1])
        return not any(n in answers or _DATUM.fullmatch(n) or has_contact(n) for n in names)

    head = max(seen, key=lambda rows: max((len(cells) for _, cells in rows), default=0), default=[])
    above = list(takewhile(is_plain, head))
    return max(above, key=lambda row: len({*filter(None, row[1])}), default=None)


def _name(cell: str) -> str:
    return normalise(cell) if len(cell) <= MAX_HEADER else ""


def _shown(cell: str) -> str:
    text = normalise(cell[:MAX_HEADER])
    return "（表示しません）" if has_contact(text) else shorten(text, SHOWN_OF_HEADER)


def _found(row: int, headers: list[str]) -> list[str]:
    shown = "".join(f"「{header}」" for header in headers[:SHOWN_HEADERS])
    more = len(headers) - SHOWN_HEADERS
    return [f"  {row}行目にある見出し：{shown}" + (f" ほか {more} 件" if more > 0 else "")]


def _lines_to_add(headers: list[str], form: Form, survey: Survey) -> list[str]:
    """Return YAML for a form with these headers; a header is put in where it holds the question."""

    def header_of(*likes: str) -> str:
        for like in map(normalise, likes):
            holding = [header for header in headers if like in header]
            if len(holding) == 1:
                return json.dumps(holding[0], ensure_ascii=False)
        return PLACEHOLDER

    lines = [
        "  data/survey.yaml の forms: の下に、次の行を加えてください（見出しは一字一句）：",
        "  - name: このフォームの名前",
    ]
    if form.respondent_id:
        lines.append(f"    respondent_id: {header_of(form.respondent_id)}   # なければこの行を消す")
    lines.append("    items:")
    for item in survey.items:
        header = header_of(*form.items.get(item.name, ()), item.question, item.name)
        gone = "   # なければこの行を消す" if item.may_lack else ""
        lines.append(f"      {item.name}: {header}{gone}")
    if form.comments:
        chosen = ", ".join(header_of(comment) for comment in form.comments)
        lines.append(f"    comments: [{chosen}]   # なければこの行を消す")
    return lines
