"""The figures that an earlier report already states: ``data/published.csv``."""

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo, field_validator

from dxeval.definitions.item import Rated
from dxeval.definitions.strict import KeyPath, Strict, WrongValueError, validated
from dxeval.definitions.strict_yaml import read_text
from dxeval.definitions.survey import Survey
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind, Problems

COLUMNS = ["session_id", "item", "where", "levels", "percent"]
WHERE = ("table", "headline", "legend", "prose")


@dataclass(frozen=True)
class Known:
    """What a figure may be about: the survey's items and levels, and the sessions."""

    survey: Survey
    session_ids: Sequence[str]


def _known(info: ValidationInfo) -> Known:
    if not isinstance(info.context, Known):
        raise TypeError("figures are checked against what is Known")
    return info.context


def _is_known(value: str, known: Sequence[str], kind: ProblemKind, message: str) -> str:
    if value not in known:
        raise WrongValueError(message, kind=kind, expected="、".join(known))
    return value


def _known_level(level: str, info: ValidationInfo) -> str:
    if "item" not in info.data:
        return level
    levels = _known(info).survey.item(info.data["item"]).labels
    return _is_known(level, levels, ProblemKind.UNKNOWN_LEVEL, "選択肢がありません")


class Published(Strict):
    """One statement of the report about one item of one session: a row of the file.

    ``where`` it stands (table, headline, legend, prose); the ``levels`` it names, if any;
    ``percent`` as printed (0-100), None for a legend; ``line`` of the file. Read with what is
    Known as the validators' context.
    """

    session_id: str
    item: str
    where: str
    levels: tuple[Annotated[str, AfterValidator(_known_level)], ...]
    percent: int | None
    line: int

    @field_validator("session_id")
    @classmethod
    def _of_a_session(cls, session_id: str, info: ValidationInfo) -> str:
        ids, kind = _known(info).session_ids, ProblemKind.UNKNOWN_SESSION
        return _is_known(session_id, ids, kind, "セッションがありません")

    @field_validator("item")
    @classmethod
    def _of_the_survey(cls, item: str, info: ValidationInfo) -> str:
        names = [item.name for item in _known(info).survey.items]
        return _is_known(item, names, ProblemKind.UNKNOWN_ITEM, "設問がありません")

    @field_validator("where")
    @classmethod
    def _in_a_place(cls, where: str) -> str:
        return _is_known(where, WHERE, ProblemKind.WRONG_VALUE, "場所の名前が違います")

    @field_validator("levels", mode="before")
    @classmethod
    def _split(cls, cell: str) -> tuple[str, ...]:
        return tuple(cell.split(";")) if cell else ()

    @field_validator("levels")
    @classmethod
    def _countable(cls, levels: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if "item" not in info.data or info.data.get("where") in (None, "legend"):
            return levels
        item = _known(info).survey.item(info.data["item"])
        if not levels and not (isinstance(item, Rated) and item.favourable):
            expected = "、".join(item.labels) or "割合のある設問"
            raise WrongValueError("どの選択肢の割合か書いてありません", expected=expected)
        if len(levels) > 1 and item.may_spread:
            message = "いくつも選べる設問の割合は、選択肢1つについて書きます"
            raise WrongValueError(message, expected="選択肢1つ")
        return levels

    @field_validator("percent", mode="before")
    @classmethod
    def _whole(cls, cell: str, info: ValidationInfo) -> int | None:
        if info.data.get("where") == "legend":
            if cell or info.data.get("levels") == ():
                raise WrongValueError("凡例には選択肢だけを書きます", expected="空欄")
            return None
        if not cell and "where" not in info.data:
            return None
        if not re.fullmatch(r"100|[1-9]?[0-9]", cell):
            raise WrongValueError("割合が正しくありません", expected="0から100の整数")
        return int(cell)


def read_published(path: Path, known: Known, name: str = "data/published.csv") -> list[Published]:
    """Read the published figures. Raises DataError with every problem found."""
    figures: list[Published] = []
    problems = Problems()
    seen: dict[tuple[object, ...], int] = {}
    rows = _rows(path, name)
    if rows and not {row[0] for row in rows if row} & set(known.session_ids):
        raise DataError([_of_others(known, name)])
    strange = _strange(rows, known)
    if strange:
        problems.add(_of_strangers(rows, strange, known, name))
    for line, row in enumerate(rows, start=2):
        if row and row[0] in strange:
            continue
        try:
            figure = _figure(row, line, known, name)
        except DataError as error:
            for problem in error.problems:
                problems.add(problem)
            continue
        first = seen.setdefault((figure.session_id, figure.item, figure.where, figure.levels), line)
        if first != line:
            message = f"{first}行目と同じ数字の重複です"
            problems.add(Problem(ProblemKind.REPEATED_FIGURE, name, message, line))
        figures.append(figure)
    if problems:
        raise DataError(problems)
    return figures


def _rows(path: Path, name: str) -> list[list[str]]:
    """Return the rows below the header."""
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
    if header != COLUMNS:
        message, expected = "見出しが違います", ",".join(COLUMNS)
        raise DataError([Problem(ProblemKind.WRONG_HEADER, name, message, 1, expected=expected)])
    return rows


def _of_others(known: Known, name: str) -> Problem:
    """Return what is wrong with a file of which no row is about a session of this workspace."""
    message = (
        "この作業フォルダの回の数字が1つもありません。見本か、ほかの年度のファイルです。"
        "使わないなら、このファイルを消してください"
    )
    expected = "session_id が " + ("、".join(known.session_ids) or "（回がまだありません）")
    return Problem(ProblemKind.OTHER_WORKSPACE, name, message, expected=expected)


def _strange(rows: Sequence[list[str]], known: Known) -> dict[str, int]:
    """Return how many rows each unknown session has, of those that have several.

    They are left over from another report, so nothing else is to be said of them. A row that is
    alone is a slip of the pen and is looked through as every other.
    """
    unknown = Counter(row[0] for row in rows if row and row[0] not in known.session_ids)
    return {session_id: number for session_id, number in unknown.items() if number > 1}


def _of_strangers(
    rows: Sequence[list[str]], strange: Mapping[str, int], known: Known, name: str
) -> Problem:
    """Return the one problem of all rows of the ``strange`` sessions, at the first of them."""
    first = next(line for line, row in enumerate(rows, start=2) if row and row[0] in strange)
    message = (
        f"セッションがありません（{sum(strange.values())}行）。"
        "見本か、ほかの年度の数字なら、その行を消してください"
    )
    value, expected = "、".join(strange), "、".join(known.session_ids)
    kind = ProblemKind.UNKNOWN_SESSION
    return Problem(kind, name, message, first, "session_id", value, expected)


def _figure(row: list[str], line: int, known: Known, name: str) -> Published:
    if len(row) != len(COLUMNS):
        message, expected = f"列の数が{len(row)}です", f"{len(COLUMNS)}列"
        raise DataError([Problem(ProblemKind.ROW_LENGTH, name, message, line, expected=expected)])

    def place(path: KeyPath) -> tuple[int | None, str | None]:
        return line, str(path[0])

    data = {**dict(zip(COLUMNS, row, strict=True)), "line": line}
    return validated(Published, data, name, place, known)
