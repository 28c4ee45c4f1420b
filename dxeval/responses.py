"""From a table of strings to Responses: every answer one of its item's levels, or missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from dxeval.errors import DataError, Problem
from dxeval.read import Table, read_table
from dxeval.survey import Item, Survey, normalise


@dataclass(frozen=True)
class Responses:
    """The answers of one session.

    ``answers``: one row a respondent (index: the export's row number), one ordered categorical
    column an item, missing where unanswered. ``comments``: what was written, as typed, blanks
    left out. ``dropped``: headers of the columns that were not read.
    """

    session_id: str
    answers: pd.DataFrame
    comments: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

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
    table = read_table(path, survey.forms, name)
    problems = _repeated_respondents(table, name)
    answers = {}
    for item in survey.items:
        header = table.form.items[item.name]
        answers[item.name], unknown = _recognise(table, header, item, name)
        problems += unknown
    if problems:
        raise DataError(problems)
    comments = [
        cell for header in table.form.comments for cell in table.columns[header] if cell.strip()
    ]
    frame = _frame(answers, table.rows, survey)
    return Responses(session_id, frame, tuple(comments), table.dropped)


def not_quoted(quotes: Sequence[str], comments: Sequence[str]) -> list[int]:
    """Return the places of the quotes that nobody wrote.

    A quote is a comment or a part of one, word for word; （略） or （中略） stands for what is left
    out between two parts. White space does not count.
    """
    said = ["".join(comment.split()) for comment in comments]

    def is_said(quote: str) -> bool:
        parts = re.split("（中?略）", "".join(quote.split()))
        pattern = re.compile(".*".join(map(re.escape, parts)), re.DOTALL)
        return any(pattern.search(comment) for comment in said)

    return [i for i, quote in enumerate(quotes) if not is_said(quote)]


def _frame(answers: dict[str, list[str | None]], rows: list[int], survey: Survey) -> pd.DataFrame:
    columns = {
        item.name: pd.Categorical(answers[item.name], categories=item.levels, ordered=True)
        for item in survey.items
    }
    return pd.DataFrame(columns, index=pd.Index(rows, name="row", dtype="int64"))


def _recognise(
    table: Table, header: str, item: Item, name: str
) -> tuple[list[str | None], list[Problem]]:
    """Return the item's levels row by row (None: missing), and a problem for each other value."""
    levels = {normalise(level): level for level in item.levels}
    known: dict[str, str | None] = {}
    answers: list[str | None] = []
    problems = []
    for row, cell in zip(table.rows, table.columns[header], strict=True):
        if cell not in known:
            key = normalise(cell)
            if key and key not in levels:
                near = get_close_matches(key, levels, n=1)
                hint = f"（{levels[near[0]]} のことですか）" if near else ""
                problems.append(
                    Problem(
                        f"unknown-level-{item.name}",
                        name,
                        "選択肢にない答えです",
                        row,
                        header,
                        cell,
                        "、".join(item.levels) + hint,
                    )
                )
                continue
            known[cell] = levels[key] if key else None
        answers.append(known[cell])
    return answers, problems


def _repeated_respondents(table: Table, name: str) -> list[Problem]:
    header = table.form.respondent_id
    if header is None:
        return []
    first: dict[str, int] = {}
    problems = []
    for row, cell in zip(table.rows, table.columns[header], strict=True):
        if cell and cell in first:
            message = f"{first[cell]}行目と同じ回答者です"
            problems.append(Problem("repeated-respondent", name, message, row, header))
        first.setdefault(cell, row)
    return problems
