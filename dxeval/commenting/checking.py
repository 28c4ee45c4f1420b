"""The lines of a register held against the comments: what is decided of each, or why not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dxeval.commenting.entries import YES, Entry
from dxeval.commenting.marks import EXPECTED, mark_of
from dxeval.commenting.reading import Line
from dxeval.commenting.workbook import COLUMNS, EDIT, MARK, fixed
from dxeval.definitions.contact import has_contact
from dxeval.definitions.decision import bare
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.responses import not_quoted

_AS_IT_WAS = "元に戻すか、その行の決めたことを、新しく書いた台帳に写す"
_SHOWN = 5
"""How many numbers of missing lines are named."""

Key = tuple[str, str]
"""A session's id and a comment's number."""


def decided(lines: Sequence[Line], written: Sequence[Entry], name: str) -> dict[str, list[Entry]]:
    """Return every comment with what a register decides of it, by session id.

    Raises DataError with everything that is wrong in the register.
    """
    known: dict[Key, Entry] = {fixed(entry)[:2]: entry for entry in written}  # type: ignore[misc]
    problems = Problems()
    found: dict[Key, Line] = {}
    for line in lines:
        if (problem := _misplaced(line, known, found, name)) is not None:
            problems.add(problem)
        else:
            found[_key(line)] = line
    if not problems and (missing := [key for key in known if key not in found]):
        problems.add(_missing(missing, name))
    result: dict[str, list[Entry]] = {}
    for key, entry in known.items():
        if key in found:
            read = _read(found[key], entry)
            result.setdefault(entry.session_id, []).append(read)
            for problem in _wrong(found[key], read, entry, name):
                problems.add(problem)
    if problems:
        raise DataError(problems)
    return result


def _key(line: Line) -> Key:
    return line.cells[0].strip(), line.cells[1].strip()


def _misplaced(
    line: Line, known: Mapping[Key, Entry], found: Mapping[Key, Line], name: str
) -> Problem | None:
    """Return what is wrong with a line that is not as it was written."""
    kind, key = ProblemKind.REGISTER_ROW, _key(line)
    if key not in known:
        message = "台帳に書いた行ではありません（足した行か、回か番号が書きかえられた行）"
        value = "、".join(key)
        return Problem(kind, name, message, line.place, "番号", value, "足した行なら消す")
    if key in found:
        message = f"同じ回の同じ番号の行が2つあります（最初は{found[key].place}行目）"
        return Problem(kind, name, message, line.place, "番号", key[1], "写した行を消す")
    for column, there, cell in zip(COLUMNS, fixed(known[key]), line.cells, strict=False):
        if bare(there) != bare(cell):
            message = "台帳に書いたものと違います（書きかえられたか、設問の定義が変わりました）"
            return Problem(kind, name, message, line.place, column, cell, _AS_IT_WAS)
    return None


def _missing(keys: Sequence[Key], name: str) -> Problem:
    listed = "、".join(f"{session} の{number}" for session, number in keys[:_SHOWN])
    more = " など" if len(keys) > _SHOWN else ""
    message = f"消された行が{len(keys)}行あります（{listed}{more}）"
    expected = "行を消さずに、載せないものは × か空欄"
    return Problem(ProblemKind.REGISTER_ROW, name, message, column="番号", expected=expected)


def _read(line: Line, entry: Entry) -> Entry:
    mark, reason, edit = line.cells[len(fixed(entry)) :]
    return replace(entry, mark=mark_of(mark) or "", reason=reason.strip(), edit=edit.strip())


def _wrong(line: Line, read: Entry, was: Entry, name: str) -> Iterator[Problem]:
    """Yield why a decision cannot be taken; what stands in the session's file already can be."""
    typed = line.cells[len(fixed(read))]
    if mark_of(typed) is None:
        message = "載せるかどうかが分かりません"
        yield Problem(ProblemKind.REGISTER_MARK, name, message, line.place, MARK, typed, EXPECTED)
    elif read.edit and read.mark != YES:
        message = f"載せないのに、{EDIT}があります"
        expected = f"載せるなら「{MARK}」に {YES}、載せないなら{EDIT}を消す"
        where = (line.place, EDIT, read.edit, expected)
        yield Problem(ProblemKind.REGISTER_MARK, name, message, *where)
    if read.mark != YES or read.decided == was.decided:
        return
    if read.edit and not_quoted([read.edit], [read.written.text]):
        message = f"{EDIT}が、自由記述の全文ではありません。省いた所のほかは一字一句そのまま"
        expected = "全文を写し、省く所に（略）と書く"
        where = (line.place, EDIT, read.edit, expected)
        yield Problem(ProblemKind.UNSAID, name, message, *where)
    if has_contact(read.shown):
        message = "載せる声に電話番号かメールアドレスのようなものがあります"
        expected = f"全文を「{EDIT}」に写し、そこを（略）とする"
        column = EDIT if read.edit else MARK
        kind = ProblemKind.QUOTED_CONTACT
        yield Problem(kind, name, message, line.place, column, expected=expected)
