"""The figures that an earlier report already states: ``data/published.csv``."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dxeval.definitions.survey import Survey
from dxeval.errors import DataError, Problem

COLUMNS = ["session_id", "item", "where", "levels", "percent"]
WHERE = ("table", "headline", "legend", "prose")


@dataclass(frozen=True)
class Published:
    """One statement of the report about one item of one session.

    ``where`` it stands (table, headline, legend, prose); the ``levels`` it names, if any;
    ``percent`` as printed (0-100), None for a legend; ``line`` of the file.
    """

    session_id: str
    item: str
    where: str
    levels: tuple[str, ...]
    percent: int | None
    line: int


def read_published(
    path: Path, survey: Survey, name: str = "data/published.csv"
) -> tuple[Published, ...]:
    """Read the published figures. Raises DataError with every problem found."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError([Problem("unreadable", name, "UTF-8 で読めません")]) from None
    reader = csv.reader(text.splitlines(), strict=True)
    try:
        header, *rows = list(reader) or [[]]
    except csv.Error:
        message = "CSV の引用符が閉じていません"
        raise DataError([Problem("csv", name, message, reader.line_num)]) from None
    if header != COLUMNS:
        problem = Problem("header", name, "見出しが違います", 1, expected=",".join(COLUMNS))
        raise DataError([problem])
    figures, problems = [], []
    seen: dict[tuple[object, ...], int] = {}
    for line, row in enumerate(rows, start=2):
        found = list(_problems(row, line, survey, name))
        if not found:
            figure = _figure(row, line)
            key = (figure.session_id, figure.item, figure.where, figure.levels)
            if key in seen:
                message = f"{seen[key]}行目と同じ数字の重複です"
                found = [Problem("repeated", name, message, line)]
            seen[key] = line
            figures.append(figure)
        problems += found
    if problems:
        raise DataError(problems)
    return tuple(figures)


def _figure(row: list[str], line: int) -> Published:
    session_id, item, where, levels, percent = row
    return Published(
        session_id,
        item,
        where,
        tuple(levels.split(";")) if levels else (),
        int(percent) if percent else None,
        line,
    )


def _problems(row: list[str], line: int, survey: Survey, name: str) -> Iterator[Problem]:
    def problem(column: str, message: str, value: str, expected: str) -> Problem:
        return Problem(f"published-{column}", name, message, line, column, value, expected)

    if len(row) != len(COLUMNS):
        yield Problem("csv", name, f"列の数が{len(row)}です", line, expected=f"{len(COLUMNS)}列")
        return
    _, item, where, levels, percent = row
    names = [one.name for one in survey.items]
    if item not in names:
        yield problem("item", "設問がありません", item, "、".join(names))
        return
    if where not in WHERE:
        yield problem("where", "場所の名前が違います", where, "、".join(WHERE))
    known = survey.item(item).levels
    for level in levels.split(";") if levels else []:
        if level not in known:
            yield problem("levels", "選択肢がありません", level, "、".join(known))
    if where == "legend":
        if percent or not levels:
            yield problem("percent", "凡例には選択肢だけを書きます", percent, "空欄")
    elif not re.fullmatch(r"100|[1-9]?[0-9]", percent):
        yield problem("percent", "割合が正しくありません", percent, "0から100の整数")
