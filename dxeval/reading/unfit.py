"""What to say of a file that no form fits: its headers, and the lines to add for them."""

import json
import re
from collections.abc import Sequence
from itertools import chain, takewhile

from dxeval.definitions.contact import has_contact
from dxeval.definitions.survey import PLACEHOLDER, Form, Survey, normalise
from dxeval.errors import Problem, shorten
from dxeval.reading.header import MAX_HEADER, Row

SHOWN_HEADERS = 30
_DATUM = re.compile(r"\d[\d/:.\s年月日時分-]*")


def no_form(name: str, survey: Survey, seen: Sequence[Sequence[Row]]) -> Problem:
    """Return the problem of a file; ``seen`` are its first rows, in every way to read them.

    Shows the row that has most of a form's headers. Where no row has any, shows one only if it
    stands above the first row that looks like an answer or a person: it may be data without a
    header.
    """
    message = "data/survey.yaml の forms に合う見出しの行がありません"
    (row, cells), form = _nearest(survey, seen)
    names = {_name(cell) for cell in cells}
    missing = [one for one in form.headers if normalise(one) not in names]
    expected = f"次の見出しもあること：{'、'.join(missing)}"
    if len(missing) < len(form.headers):
        found: Row | None = (row, cells)
    else:
        found = _likely_header(survey, seen)
    if found is None:
        hint = (
            "  見出しの行がなく、すぐに回答が始まるようです。見出しを付けて書き出し直してください。"
        )
        return Problem("no-form", name, message, expected=expected, hint=hint)
    headers = [_shown(cell) for cell in found[1] if cell.strip()]
    lines = [*_found(found[0], headers), *_lines_to_add(headers, form, survey)]
    if 2 * len(missing) < len(form.headers):
        lines.insert(
            1,
            f"  「{form.name}」の書き出しなら、列を消したか見出しを結合したファイルです。"
            "フォームから書き出し直してください。別のフォームなら：",
        )
    hint = "\n".join(lines)
    return Problem("no-form", name, message, found[0], expected=expected, hint=hint)


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
    answers = {normalise(level) for item in survey.items for level in item.levels}
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
    return "（表示しません）" if has_contact(text) else shorten(text, 100)


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
        header = header_of(form.items[item.name], item.question, item.name)
        lines.append(f"      {item.name}: {header}")
    if form.comments:
        chosen = ", ".join(header_of(comment) for comment in form.comments)
        lines.append(f"    comments: [{chosen}]   # なければこの行を消す")
    return lines
