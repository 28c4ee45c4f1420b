"""From a table of strings to Responses: every answer one of its item's levels, or missing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from dxeval.definitions.contact import has_contact
from dxeval.definitions.survey import Survey
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.levels import Column, Vocabulary, recognise
from dxeval.reading.resubmissions import superseded
from dxeval.reading.table import Table, read_table


@dataclass(frozen=True)
class Responses:
    """The answers of one session.

    ``answers``: one row a respondent (index: the export's row number), one ordered categorical
    column an item, missing where unanswered. ``comments``: what was written, as typed, blanks
    left out. ``dropped``: headers of the columns that were not read. ``superseded``: how many
    rows do not count because their respondent sent another. ``warnings``: what a person should
    look at though the file can be read.
    """

    session_id: str
    answers: pd.DataFrame
    comments: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    superseded: int = 0
    warnings: tuple[Problem, ...] = ()
    form: str = ""

    def __repr__(self) -> str:
        """Return no answer and no comment: a cell may show its last value to everybody."""
        return f"<Responses {self.session_id}: {self.n_respondents}人>"

    @property
    def n_respondents(self) -> int:
        """Number of people who sent the questionnaire, whatever they left blank."""
        return len(self.answers)


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
    dropped = superseded(table, survey.resubmission, name, problems)
    answers = {}
    for item in survey.items:
        header = table.form.items[item.name]
        column = Column(header, table.columns[header], table.rows, name)
        answers[item.name] = recognise(column, Vocabulary(item, table.form), problems)
    if problems:
        raise DataError(problems)
    frame = _frame(answers, table.rows, survey)
    kept = [place not in dropped for place in range(len(frame))] if dropped else None
    comments = tuple(cell for _, _, cell in _comments(table, dropped))
    return Responses(
        session_id,
        frame if kept is None else frame[kept],
        comments,
        table.dropped,
        len(dropped),
        tuple(_warnings(table, frame, dropped, survey, name)),
        table.form.name,
    )


def unexpected(responses: Responses, expected: int | None, name: str) -> list[Problem]:
    """Return a problem if ``expected`` answers were sent and the file ``name`` has another number.

    Answers that a later one superseded were sent too.
    """
    sent = responses.n_respondents + responses.superseded
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
    }
    return pd.DataFrame(columns, index=pd.Index(rows, name="row", dtype="int64"))


def _comments(table: Table, dropped: set[int]) -> Iterator[tuple[int, str, str]]:
    """Yield row, header and text of what was written, column by column."""
    for header in table.form.comments:
        for place, cell in enumerate(table.columns[header]):
            if cell.strip() and place not in dropped:
                yield table.rows[place], header, cell


def _warnings(
    table: Table, frame: pd.DataFrame, dropped: set[int], survey: Survey, name: str
) -> Problems:
    """Return what a person should look at in a table that could be read."""
    warnings = Problems()

    def warn(kind: ProblemKind, message: str) -> None:
        warnings.add(Problem(kind, name, message))

    if frame.empty:
        warn(ProblemKind.NO_ROWS, "見出しの下に回答がありません")
    if dropped:
        which = {"latest": "最後", "first": "最初"}[survey.resubmission]
        message = f"同じ回答者の出し直しが{len(dropped)}件あり、{which}の回答だけを数えました"
        warn(ProblemKind.RESUBMITTED, message)
    if table.hidden_rows:
        message = f"表計算ソフトで隠された行が{table.hidden_rows}行あり、回答に数えました"
        warn(ProblemKind.HIDDEN_ROWS, message)
    if table.nameless:
        warn(ProblemKind.NAMELESS_COLUMN, "見出しのない列に値があり、読みませんでした")
    blank = "どの設問にも答えていない行で、無回答の1人に数えました"
    warnings.add_each(
        frame.index[frame.isna().all(axis=1)],
        lambda row: Problem(ProblemKind.BLANK_ROW, name, blank, int(row)),
    )
    contact = "自由記述に電話番号かメールアドレスのようなものがあります（そのままは掲載できません）"
    warnings.add_each(
        ((row, header) for row, header, text in _comments(table, dropped) if has_contact(text)),
        lambda place: Problem(ProblemKind.CONTACT, name, contact, *place),
    )
    return warnings
