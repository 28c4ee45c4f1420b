"""The figures that an earlier report already states: ``data/published.csv``."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from dxeval.definitions.published_figure import COLUMNS, MORE, OF_DRAFTS, Known, Published
from dxeval.definitions.strict import KeyPath, validated
from dxeval.definitions.strict_yaml import read_text
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind, Problems

__all__ = ["COLUMNS", "Known", "Published", "read_published"]


def read_published(path: Path, known: Known, name: str = "data/published.csv") -> list[Published]:
    """Read the published figures. Raises DataError with every problem found."""
    figures: list[Published] = []
    problems = Problems()
    seen: dict[tuple[object, ...], int] = {}
    header, rows = settled(*_rows(path, name), name)
    named = {session for row in rows if row for session in row[0].split(";")}
    if known.session_ids is not None and rows and not named & set(known.session_ids):
        raise DataError([_of_others(known.session_ids, name)])
    strange = _strange(rows, known)
    if strange:
        problems.add(_of_strangers(rows, strange, known.session_ids or (), name))
    for line, row in enumerate(rows, start=2):
        if row and row[0] in strange:
            continue
        try:
            figure = _figure(header, row, (line, name), known)
        except DataError as error:
            for problem in error.problems:
                problems.add(problem)
            continue
        first = seen.setdefault(_what(figure), line)
        if first != line:
            message = f"{first}行目と同じ数字の重複です"
            problems.add(Problem(ProblemKind.REPEATED_FIGURE, name, message, line))
        figures.append(figure)
    if problems:
        raise DataError(problems)
    return figures


def settled(
    header: list[str], rows: list[list[str]], name: str
) -> tuple[list[str], list[list[str]]]:
    """Return header and rows without the columns of drafts.

    Raises DataError while a row is to be confirmed: no figure rests on what was read by a program.
    """
    own = [place for place, column in enumerate(header) if column in OF_DRAFTS]
    if "unsettled" in header:
        place = header.index("unsettled")
        waiting = [
            (line, row[place])
            for line, row in enumerate(rows, start=2)
            if len(row) == len(header) and row[place].strip()
        ]
        if waiting:
            raise DataError([_of_unsettled(waiting, name)])
    kept = [
        [cell for place, cell in enumerate(row) if place not in own] if own else row for row in rows
    ]
    return [column for column in header if column not in OF_DRAFTS], kept


def _of_unsettled(waiting: Sequence[tuple[int, str]], name: str) -> Problem:
    """Return the one problem of all rows of a draft that nobody has confirmed."""
    (line, value), number = waiting[0], len(waiting)
    message = f"確かめていない下書きの行です（この行を初めに{number}行）"
    expected = "source の文と比べて直し、その行の unsettled を空にしたもの（要らない行は消す）"
    kind = ProblemKind.UNSETTLED
    return Problem(kind, name, message, line, "unsettled", value, expected)


def _what(figure: Published) -> tuple[object, ...]:
    """Return what a figure is of: two of one are a slip."""
    place = (figure.session_id, figure.item, figure.where, figure.levels, figure.text)
    return (*place, *(value is None for value in (figure.percent, figure.count, figure.mean)))


def _rows(path: Path, name: str) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows below it."""
    text = read_text(path, name)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = "NUL 文字があります。表計算ソフトで CSV として保存し直してください"
        raise DataError([Problem(ProblemKind.NUL, name, message, line)])
    reader = csv.reader(text.splitlines(), strict=True)
    try:
        header, *rows = list(reader) or [[]]
    except csv.Error:
        message = "セルが長すぎるか、CSV の引用符の使い方が正しくありません"
        raise DataError([Problem(ProblemKind.CSV, name, message, reader.line_num)]) from None
    more = header[len(COLUMNS) :]
    known = header[: len(COLUMNS)] == COLUMNS and set(more) <= {*MORE, *OF_DRAFTS}
    if not known or len(more) != len({*more}):
        expected = f"{','.join(COLUMNS)}（要るなら続けて {'、'.join(MORE)}）"
        message = "見出しが違います"
        raise DataError([Problem(ProblemKind.WRONG_HEADER, name, message, 1, expected=expected)])
    return header, rows


def _of_others(session_ids: Sequence[str], name: str) -> Problem:
    """Return what is wrong with a file of which no row is about a session of this workspace."""
    message = (
        "この作業フォルダの回の数字が1つもありません。見本か、ほかの年度のファイルです。"
        "使わないなら、このファイルを消してください"
    )
    expected = "session_id が " + ("、".join(session_ids) or "（回がまだありません）")
    return Problem(ProblemKind.OTHER_WORKSPACE, name, message, expected=expected)


def _strange(rows: Sequence[list[str]], known: Known) -> dict[str, int]:
    """Return how many rows each unknown session has, of those that have several.

    They are left over from another report, so nothing else is to be said of them. A row that is
    alone is a slip of the pen and is looked through as every other.
    """
    if known.session_ids is None:
        return {}
    unknown = Counter(
        row[0] for row in rows if row and not {*row[0].split(";")} <= {*known.session_ids}
    )
    return {session_id: number for session_id, number in unknown.items() if number > 1}


def _of_strangers(
    rows: Sequence[list[str]], strange: Mapping[str, int], session_ids: Sequence[str], name: str
) -> Problem:
    """Return the one problem of all rows of the ``strange`` sessions, at the first of them."""
    first = next(line for line, row in enumerate(rows, start=2) if row and row[0] in strange)
    message = (
        f"セッションがありません（{sum(strange.values())}行）。"
        "見本か、ほかの年度の数字なら、その行を消してください"
    )
    value, expected = "、".join(strange), "、".join(session_ids)
    kind = ProblemKind.UNKNOWN_SESSION
    return Problem(kind, name, message, first, "session_id", value, expected)


def _figure(
    header: Sequence[str], row: list[str], place: tuple[int, str], known: Known
) -> Published:
    line, name = place
    if len(row) != len(header):
        message, expected = f"列の数が{len(row)}です", f"{len(header)}列"
        raise DataError([Problem(ProblemKind.ROW_LENGTH, name, message, line, expected=expected)])

    def where(path: KeyPath) -> tuple[int | None, str | None]:
        return line, str(path[0])

    data = {**dict(zip(header, row, strict=True)), "line": line}
    return validated(Published, data, name, where, known)
