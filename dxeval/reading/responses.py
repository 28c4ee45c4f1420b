"""From a table of strings to Responses: every answer one of its item's levels, or missing."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from dxeval.definitions.contact import has_contact
from dxeval.definitions.survey import Survey
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.answers import Answers, check_extra_headers, read_answers, second_header
from dxeval.reading.levels import Vocabulary
from dxeval.reading.not_counted import value_text
from dxeval.reading.resubmissions import Repeats, find_repeats
from dxeval.reading.table import Table, read_table

Written = tuple[int, str, str]
"""Row, header or question, and text of a comment."""


@dataclass(frozen=True)
class Responses:
    """The answers of one session.

    ``answers``: one row a respondent (index: the export's row number), one ordered categorical
    column an item that the form asked, missing where unanswered. ``comments``: what was written,
    as typed, blanks left out; words of one's own beside 「その他」 are among them. ``warnings``:
    what a person should look at though the file can be read.

    What was left out, each counted: ``dropped`` are headers of columns that were not read,
    ``superseded`` rows whose respondent sent another, ``identical`` rows that were sent twice,
    ``not_counted`` rows that the form does not count, by header and value.
    """

    session_id: str
    answers: pd.DataFrame
    comments: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    superseded: int = 0
    identical: int = 0
    not_counted: dict[tuple[str, str], int] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    form: str = ""

    def __repr__(self) -> str:
        """Return no answer and no comment: a cell may show its last value to everybody."""
        return f"<Responses {self.session_id}: {self.n_respondents}人>"

    @property
    def n_respondents(self) -> int:
        """Number of people who sent the questionnaire, whatever they left blank."""
        return len(self.answers)

    @property
    def n_not_counted(self) -> int:
        """Number of rows that the form does not count."""
        return sum(self.not_counted.values())


def no_responses(session_id: str, survey: Survey) -> Responses:
    """Return the Responses of a session whose answers have not arrived."""
    return Responses(session_id, _frame({item.name: [] for item in survey.items}, [], survey))


def read_responses(path: Path, survey: Survey, session_id: str, name: str) -> Responses:
    """Read one session's export; ``name`` is what messages call the file.

    Raises DataError with every problem found: no fitting header row, unknown levels, repeated
    respondent ids.
    """
    table = read_table(path, survey, name)
    problems = Problems()
    asked = [item for item in survey.items if item.name in table.form.items]
    vocabularies = [Vocabulary(item, table.form) for item in asked]
    labels = frozenset(key for vocabulary in vocabularies for key in vocabulary.known)
    repeats = find_repeats(table, survey.resubmission, labels, name, problems)
    check_extra_headers(table, vocabularies, name, problems)
    found = {
        vocabulary.item.name: read_answers(table, vocabulary, name, problems)
        for vocabulary in vocabularies
    }
    if problems:
        again = second_header(table, vocabularies, name)
        raise DataError([again] if again else problems)
    levels = {item.name: found[item.name].levels for item in asked}
    frame = _frame(levels, table.rows, survey)
    if repeats.places:
        frame = frame[[place not in repeats.places for place in range(len(frame))]]
    written = [*_comments(table, repeats.places), *_own_words(found, frame)]
    return Responses(
        session_id,
        frame,
        tuple(text for _, _, text in written),
        table.dropped,
        len(repeats.superseded),
        len(repeats.identical),
        table.not_counted,
        tuple(_warnings(table, frame, found, written, repeats, survey, name)),
        table.form.name,
    )


def unexpected(responses: Responses, expected: int | None, name: str) -> list[Problem]:
    """Return a problem if ``expected`` answers were sent and the file ``name`` has another number.

    Answers that a later one superseded were sent too; rows that do not count were not.
    """
    sent = responses.n_respondents + responses.superseded + responses.identical
    if expected is None or sent == expected:
        return []
    message = f"回答が{sent}件で、expected_responses の{expected}件と違います"
    doubt = "途中で切れていないか" if sent < expected else "書き足した行や出し直しがないか"
    hint = f"フォームから書き出し直したもの（{doubt}確かめる）"
    return [Problem(ProblemKind.EXPECTED_RESPONSES, name, message, expected=hint)]


def held_against(responses: Responses, attendees: int, name: str) -> Responses:
    """Return the responses, with a warning if there are more of them than ``attendees``."""
    n = responses.n_respondents
    if n <= attendees:
        return responses
    message = f"回答が{n}人で、参加者数（attendees）の{attendees}人より多くなっています"
    warning = Problem(ProblemKind.MORE_THAN_ATTENDEES, name, message)
    return replace(responses, warnings=(*responses.warnings, warning))


def not_quoted(quotes: Sequence[str], comments: Sequence[str]) -> list[int]:
    """Return the places of the quotes that nobody wrote.

    A quote is a whole comment, word for word, since a part alone may say the opposite; （略） or
    （中略） stands for what is left out, at the ends too. White space does not count.
    """
    said = ["".join(comment.split()) for comment in comments]

    def is_said(quote: str) -> bool:
        parts = re.split("（中?略）", "".join(quote.split()))
        pattern = re.compile(".*".join(map(re.escape, parts)), re.DOTALL)
        return any(parts) and any(pattern.fullmatch(comment) for comment in said)

    return [i for i, quote in enumerate(quotes) if not is_said(quote)]


def _frame(answers: dict[str, list[int]], rows: list[int], survey: Survey) -> pd.DataFrame:
    columns = {
        item.name: pd.Categorical.from_codes(
            np.array(answers[item.name], dtype="int64"), categories=item.levels, ordered=True
        )
        for item in survey.items
        if item.name in answers
    }
    return pd.DataFrame(columns, index=pd.Index(rows, name="row", dtype="int64"))


def _comments(table: Table, left_out: Collection[int]) -> Iterator[Written]:
    """Yield row, header and text of what was written, column by column."""
    for header in dict.fromkeys(table.form.comments):
        for cells in table.columns[header]:
            for place, cell in enumerate(cells):
                if cell.strip() and place not in left_out:
                    yield table.rows[place], header, cell


def _own_words(found: Mapping[str, Answers], frame: pd.DataFrame) -> Iterator[Written]:
    """Yield row, question and text of what was written beside 「その他」."""
    counted = set(frame.index)
    for item, answers in found.items():
        yield from ((row, item, text) for row, text in answers.words if row in counted)


def _warnings(  # noqa: PLR0913, PLR0917
    table: Table,
    frame: pd.DataFrame,
    found: Mapping[str, Answers],
    written: Sequence[Written],
    repeats: Repeats,
    survey: Survey,
    name: str,
) -> Problems:
    """Return what a person should look at in a table that could be read."""
    warnings = Problems()

    def warn(kind: ProblemKind, message: str, column: str | None = None) -> None:
        warnings.add(Problem(kind, name, message, column=column))

    if frame.empty:
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
        message = f"表計算ソフトで隠された行が{table.hidden_rows}行あり、回答に数えました"
        warn(ProblemKind.HIDDEN_ROWS, message)
    if table.nameless:
        warn(ProblemKind.NAMELESS_COLUMN, "見出しのない列に値があり、読みませんでした")
    if table.escaped:
        warn(ProblemKind.ESCAPED_QUOTES, '引用符が \\" と書かれた CSV で、" と読みました')
    if table.short:
        message = f"終わりの空欄が省かれた行が{len(table.short)}行あり、空欄として読みました"
        warn(ProblemKind.SHORT_ROWS, message)
    _add_dropped(warnings, table, survey, name)
    near = "「その他」に数えた言葉が、選択肢に似ています"
    for question, answers in found.items():
        warnings.add_each(
            answers.near,
            lambda place, item=question: Problem(  # type: ignore[misc]
                ProblemKind.OTHER_NEAR_LEVEL, name, near, place[0], item, place[1], item=item
            ),
        )
    blank = "どの設問にも答えていない行で、無回答の1人に数えました"
    warnings.add_each(
        frame.index[frame.isna().all(axis=1)],
        lambda row: Problem(ProblemKind.BLANK_ROW, name, blank, int(row)),
    )
    contact = "自由記述に電話番号かメールアドレスのようなものがあります（そのままは掲載できません）"
    warnings.add_each(
        ((row, header) for row, header, text in written if has_contact(text)),
        lambda place: Problem(ProblemKind.CONTACT, name, contact, *place),
    )
    return warnings


def _add_dropped(warnings: Problems, table: Table, survey: Survey, name: str) -> None:
    """Add what the form does not ask, and what dropped columns seem to hold of it."""
    for item in survey.items:
        if item.name not in table.form.items:
            message = f"この調査票に「{item.name}」はありません（質問なし）"
            warnings.add(Problem(ProblemKind.NOT_ASKED, name, message, item=item.name))
    for (question, header), n in table.partial.items():
        message = (
            f"読まなかった列に、{question}の答えが空欄の人の答えらしいものが{n}件あります。"
            f"同じ設問の列なら、forms の items の{question}にこの見出しも書いてください"
        )
        warnings.add(Problem(ProblemKind.PARTIAL_COLUMN, name, message, column=header))
    for header, words in table.marks.items():
        counts = "、".join(f"{word} {n}" for word, n in words.items())
        message = (
            f"読まなかった列に、数えない行のしるしらしい言葉があります（{counts}）。数えない行が"
            "あるなら、forms に count_rows（数える値）か skip_rows（数えない値）を書いてください"
        )
        warnings.add(Problem(ProblemKind.STATUS_COLUMN, name, message, column=header))
