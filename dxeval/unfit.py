"""What to say of a file that no form fits: its headers, and the lines to add for them."""

import json
import re
from collections.abc import Sequence

from dxeval.contact import has_contact
from dxeval.errors import Problem, shorten
from dxeval.header import MAX_HEADER, Row
from dxeval.survey import Form, Survey, normalise

SHOWN_HEADERS = 30
_DATUM = re.compile(r"\d[\d/:.\s年月日時分-]*")


def no_form(name: str, survey: Survey, seen: Sequence[Row]) -> Problem:
    """Return the problem of a file of which ``seen`` are the first rows, read in every way.

    Shows the row that has most of a form's headers. Where no row has any, shows the widest one
    only if nothing in it looks like an answer or a person: it may be data without a header.
    """
    message = "data/survey.yaml の forms に合う見出しの行がありません"
    row, cells, form = _nearest(survey, seen)
    missing = [one for one in form.headers if normalise(one) not in {normalise(c) for c in cells}]
    expected = f"次の見出しもあること：{'、'.join(missing)}"
    if not cells:
        return Problem("no-form", name, message, expected=expected)
    if len(missing) == len(form.headers) and any(_is_datum(cell, survey) for cell in cells):
        hint = f"  {row}行目は見出しではなく回答のようです。見出しを付けて書き出し直してください。"
        return Problem("no-form", name, message, row, expected=expected, hint=hint)
    headers = [_shown(cell) for cell in cells if cell.strip()]
    hint = "\n".join([*_found(row, headers), *_lines_to_add(headers, form, survey)])
    return Problem("no-form", name, message, row, expected=expected, hint=hint)


def _nearest(survey: Survey, seen: Sequence[Row]) -> tuple[int, list[str], Form]:
    nothing: list[str] = []
    best = ((-1, 0), 0, nothing, survey.forms[0])
    for row, cells in seen:
        names = {normalise(cell) for cell in cells if len(cell) <= MAX_HEADER}
        for form in survey.forms:
            likeness = (len(names.intersection(map(normalise, form.headers))), len(names))
            if likeness > best[0]:
                best = (likeness, row, cells, form)
    return best[1:]


def _is_datum(cell: str, survey: Survey) -> bool:
    text = normalise(cell[:MAX_HEADER])
    answers = {normalise(level) for item in survey.items for level in item.levels}
    for form in survey.forms:
        answers |= {normalise(code) for codes in form.codes.values() for code in codes}
    return bool(text in answers or _DATUM.fullmatch(text) or has_contact(cell[:MAX_HEADER]))


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
        return "（上の見出しから選んで書く）"

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
