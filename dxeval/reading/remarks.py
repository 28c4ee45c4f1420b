"""What a person should look at in an export that could be read."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

import pandas as pd

from dxeval.definitions.contact import has_contact
from dxeval.definitions.item import Item, Labelled
from dxeval.definitions.labels import normalise
from dxeval.definitions.survey import Survey
from dxeval.definitions.yaml_text import as_yaml
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.answers import Answers
from dxeval.reading.dropped import is_incomplete
from dxeval.reading.not_counted import value_text
from dxeval.reading.resubmissions import Repeats
from dxeval.reading.table import Table

Found = Sequence[tuple[Item, Answers]]
"""The items of an export with their answers."""


class Written(NamedTuple):
    """A comment as typed: its row in the export, its header or question, and its text."""

    row: int
    question: str
    text: str


def remarks(  # noqa: PLR0913, PLR0917
    table: Table,
    frame: pd.DataFrame,
    found: Found,
    written: Sequence[Written],
    repeats: Repeats,
    survey: Survey,
    name: str,
) -> Problems:
    """Return what a person should look at in a table that could be read."""
    warnings = Problems()

    def warn(
        kind: ProblemKind, message: str, column: str | None = None, hint: str | None = None
    ) -> None:
        warnings.add(Problem(kind, name, message, column=column, hint=hint))

    if frame.empty and not table.withdrawn:
        warn(ProblemKind.NO_ROWS, "見出しの下に回答がありません")
    if repeats.superseded:
        which = {"latest": "最後", "first": "最初"}[survey.resubmission]
        n = len(repeats.superseded)
        message = f"同じ回答者の出し直しが{n}件あり、{which}の回答だけを数えました"
        warn(ProblemKind.RESUBMITTED, message)
    if repeats.identical:
        n = len(repeats.identical)
        message = f"同じ回答者の同じ時刻の同じ答えが{n}件余分にあり、1度だけ数えました"
        warn(ProblemKind.SENT_TWICE, message)
    for (header, value), n in table.not_counted.items():
        message = f"{value_text(value)}の{n}行は数えませんでした"
        warn(ProblemKind.NOT_COUNTED, message, header)
    if table.hidden_rows:
        message = f"表計算ソフトで隠された行が{len(table.hidden_rows)}行あり、回答に数えました"
        warn(ProblemKind.HIDDEN_ROWS, message)
    if table.nameless:
        warn(ProblemKind.NAMELESS_COLUMN, "見出しのない列に値があり、読みませんでした")
    if table.escaped:
        warn(ProblemKind.ESCAPED_QUOTES, '引用符が \\" と書かれた CSV で、" と読みました')
    if table.short:
        message = f"終わりの空欄が省かれた行が{len(table.short)}行あり、空欄として読みました"
        warn(ProblemKind.SHORT_ROWS, message)
    _add_dropped(warnings, table, survey, name)
    for item, answers in found:
        if isinstance(item, Labelled):
            _add_near(warnings, item, answers.near, name)
        for warning in answers.warnings:
            warnings.add(warning)
    blank = "どの設問にも答えていない行で、無回答の1人に数えました"
    warnings.add_each(
        frame.index[frame.isna().all(axis=1)],
        lambda row: Problem(ProblemKind.BLANK_ROW, name, blank, int(row)),
    )
    contact = "自由記述に電話番号かメールアドレスのようなものがあります（そのままは掲載できません）"
    reachable = {text for text in {text for _, _, text in written} if has_contact(text)}
    warnings.add_each(
        (
            (row, "、".join(dict.fromkeys(table.form.items.get(question, [question]))))
            for row, question, text in written
            if text in reachable
        ),
        lambda place: Problem(ProblemKind.CONTACT, name, contact, *place),
    )
    return warnings


def _add_near(
    warnings: Problems, item: Labelled, near: Sequence[tuple[int, str]], name: str
) -> None:
    """Add what was counted as 「その他」 and reads like a level; the first says what to do."""
    for place, (row, text) in enumerate(near):
        aliases = {level: [*spellings] for level, spellings in item.aliases.items()}
        level = next(iter(get_close_matches(normalise(text), item.labels, 1)), "（選択肢）")
        aliases.setdefault(level, []).append(normalise(text))
        hint = (
            f"  選択肢の書きちがいなら、data/survey.yaml の設問「{item.name}」に"
            f" aliases: {as_yaml(aliases)} のように書いてください。"
        )
        message = "「その他」に数えた言葉が、選択肢に似ています"
        where = (row, item.name, text, None, None if place else hint)
        kind = ProblemKind.OTHER_NEAR_LEVEL
        warnings.add(Problem(kind, name, message, *where, item=item.name))


def _add_dropped(warnings: Problems, table: Table, survey: Survey, name: str) -> None:
    """Add what the form does not ask, and what dropped columns seem to hold of it."""
    for item in survey.items:
        if item.name not in table.form.items and not item.may_lack:
            message = f"この調査票に「{item.name}」はありません（質問なし）"
            warnings.add(Problem(ProblemKind.NOT_ASKED, name, message, item=item.name))
    for (question, header), n in table.partial.items():
        message = f"読まなかった列に、{question}の答えが空欄の人の答えらしいものが{n}件あります"
        listed = as_yaml([*table.form.items.get(question, ()), header])
        hint = f"  同じ設問の列なら、forms の items に {question}: {listed} と書いてください。"
        kind = ProblemKind.PARTIAL_COLUMN
        warnings.add(Problem(kind, name, message, column=header, hint=hint))
    for header, words in table.marks.items():
        counts = "、".join(f"{word} {n}" for word, n in words.items())
        message = f"読まなかった列に、数えない行のしるしらしい言葉があります（{counts}）"
        whole = [word for word in words if not is_incomplete(word)] or ["*"]
        counted = as_yaml({header: whole if len(whole) > 1 else whole[0]})
        hint = (
            f"  数えない行があるなら、forms に count_rows: {counted}（数える値。*：空欄でないもの）"
            "か skip_rows（数えない値）を書いてください。"
        )
        kind = ProblemKind.STATUS_COLUMN
        warnings.add(Problem(kind, name, message, column=header, hint=hint))
