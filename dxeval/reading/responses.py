"""From a table of strings to Responses: every answer one of its item's levels, or missing."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from dxeval.definitions.item import Item
from dxeval.definitions.kinds import kind_of
from dxeval.definitions.labels import without_number
from dxeval.definitions.survey import Survey
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.answers import Answers, check_extra_headers, read_answers
from dxeval.reading.people import people_of
from dxeval.reading.remarks import Found, Written, remarks
from dxeval.reading.resubmissions import find_repeats
from dxeval.reading.second_header import second_header
from dxeval.reading.table import Table, read_table
from dxeval.reading.vocabulary import vocabulary_of
from dxeval.reading.withdrawn import take_out


@dataclass(frozen=True)
class Responses:
    """The answers of one session.

    ``answers``: one row a respondent (index: the export's row number), one column an item that the
    form asked, missing where unanswered: categoricals (ordered, except of choices without an
    order), frozensets of labels, numbers, texts, as the item's kind says. ``attributes``: the same
    for what was asked of the respondents themselves. ``written``: what was written, as typed,
    blanks left out, with its row and question; words of one's own beside 「その他」 are among them.
    ``respelt``: by item, other spellings of labels that stand in the file, and the label that each
    was counted as. ``wordings``: by item, the header under which it stood.
    ``warnings``: what a person should look at though the file can be read. ``arrived``: whether
    there is an export at all.

    What was left out, each counted: ``dropped`` are headers of columns that were not read,
    ``superseded`` rows whose respondent sent another, ``identical`` rows that were sent twice,
    ``not_counted`` rows that the form does not count, by header and value, ``withdrawn`` people
    who asked to be taken out, of whom nothing else is left here. ``n_rows``: the rows of answers
    of the export, whether they count or not; None without one. ``people``: who answered, as marks
    that mean the same person in all sessions read together and nothing elsewhere; None unless the
    form says that its ids do and everybody has one.
    """

    session_id: str
    answers: pd.DataFrame
    written: tuple[Written, ...] = ()
    dropped: tuple[str, ...] = ()
    superseded: int = 0
    identical: int = 0
    not_counted: dict[tuple[str, str], int] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    form: str = ""
    attributes: pd.DataFrame = field(default_factory=pd.DataFrame)
    respelt: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    wordings: Mapping[str, str] = field(default_factory=dict)
    withdrawn: int = 0
    arrived: bool = True
    n_rows: int | None = None
    people: frozenset[bytes] | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        """Return no answer and no comment: a cell may show its last value to everybody."""
        return f"<Responses {self.session_id}: {self.n_respondents}人>"

    @property
    def n_respondents(self) -> int:
        """Number of people who sent the questionnaire, whatever they left blank."""
        return len(self.answers)

    @property
    def comments(self) -> tuple[str, ...]:
        """What was written, without its rows and questions."""
        return tuple(text for _, _, text in self.written)


def no_responses(session_id: str, survey: Survey) -> Responses:
    """Return the Responses of a session whose answers have not arrived."""
    frame = _frame([(item, Answers([])) for item in survey.items], [])
    return Responses(session_id, frame, arrived=False)


def read_responses(
    path: Path, survey: Survey, session_id: str, name: str, withdrawn: Collection[int] = ()
) -> Responses:
    """Read one session's export; ``name`` is what messages call the file.

    ``withdrawn`` are the row numbers of respondents to take out. Raises DataError with every
    problem found: no fitting header row, unknown levels, repeated respondent ids.
    """
    table = read_table(path, survey, name)
    problems = Problems()
    asked = [item for item in survey.read if any(table.columns[h] for h in _headers(table, item))]
    vocabularies = [vocabulary_of(item, table.form) for item in asked]
    labels = frozenset(key for vocabulary in vocabularies for key in vocabulary.known)
    n_rows = len(table.rows) + sum(table.not_counted.values())
    repeats = find_repeats(table, survey.resubmission, labels, name, problems)
    left_out = {table.rows[place] for place in repeats.places}
    table = take_out(table, left_out, withdrawn, name, problems)
    check_extra_headers(table, vocabularies, name, problems)
    found = [
        (vocabulary.item, read_answers(table, vocabulary, name, problems))
        for vocabulary in vocabularies
    ]
    if (below := second_header(table, vocabularies, name, bool(problems))) is not None:
        raise DataError([below])
    if problems:
        raise DataError(problems)
    names = {item.name for item in survey.items}
    items = [(item, answers) for item, answers in found if item.name in names]
    others = [(item, answers) for item, answers in found if item.name not in names]
    frame, attributes = (_without(left_out, _frame(part, table.rows)) for part in (items, others))
    written = [*_comments(table, left_out), *_own_words(found, frame)]
    return Responses(
        session_id,
        frame,
        tuple(written),
        table.dropped,
        len(repeats.superseded),
        len(repeats.identical),
        table.not_counted,
        tuple(remarks(table, frame, found, written, repeats, survey, name)),
        table.form.name,
        attributes,
        {item.name: answers.respelt for item, answers in found if answers.respelt},
        {
            item.name: "／".join(dict.fromkeys(map(without_number, _headers(table, item))))
            for item in asked
            if not item.may_spread
        },
        table.withdrawn,
        n_rows=n_rows,
        people=people_of(table, left_out),
    )


def _headers(table: Table, item: Item) -> Sequence[str]:
    return table.form.items.get(item.name, ())


def unexpected(responses: Responses, expected: int | None, name: str) -> list[Problem]:
    """Return a problem if ``expected`` answers were sent and the file ``name`` has another number.

    Answers that a later one superseded and those of people who asked to be taken out were sent
    too; rows that do not count were not.
    """
    uncounted = responses.superseded + responses.identical + responses.withdrawn
    sent = responses.n_respondents + uncounted
    if expected is None or sent == expected:
        return []
    message = f"回答が{sent}件で、expected_responses の{expected}件と違います"
    doubt = "途中で切れていないか" if sent < expected else "書き足した行や出し直しがないか"
    hint = f"フォームから書き出し直したもの（{doubt}確かめる）"
    return [Problem(ProblemKind.EXPECTED_RESPONSES, name, message, expected=hint)]


def held_against(responses: Responses, attendees: int, name: str) -> Responses:
    """Return the responses, with a warning if more people sent one than ``attendees``."""
    n = responses.n_respondents + responses.withdrawn
    if n <= attendees:
        return responses
    message = f"回答が{n}人で、参加者数（attendees）の{attendees}人より多くなっています"
    warning = Problem(ProblemKind.MORE_THAN_ATTENDEES, name, message)
    return replace(responses, warnings=(*responses.warnings, warning))


def not_quoted(quotes: Sequence[str], comments: Sequence[str]) -> list[int]:
    """Return the places of the quotes that nobody wrote."""
    said = ["".join(comment.split()) for comment in comments]
    return [i for i, quote in enumerate(quotes) if not any(map(_quotes(quote), said))]


def by_question(
    quotes: Sequence[str], written: Sequence[Written]
) -> dict[str, tuple[list[str], int]]:
    """Return for each question that somebody answered the quotes from it, and how many wrote.

    A quote that stands under several questions is given to the first.
    """
    groups: dict[str, tuple[list[str], int]] = {}
    for place in written:
        chosen, n = groups.get(place.question, ([], 0))
        groups[place.question] = (chosen, n + 1)
    for quote in quotes:
        is_said = _quotes(quote)
        where = (w.question for w in written if is_said("".join(w.text.split())))
        if (question := next(where, None)) is not None:
            groups[question][0].append(quote)
    return groups


def _quotes(quote: str) -> Callable[[str], bool]:
    """Return what says whether a comment without white space is quoted.

    A quote is a whole comment, word for word, since a part alone may say the opposite; （略） or
    （中略） stands for what is left out, at the ends too. White space does not count.
    """
    parts = re.split("（中?略）", "".join(quote.split()))
    pattern = re.compile(".*".join(map(re.escape, parts)), re.DOTALL)
    return lambda comment: any(parts) and pattern.fullmatch(comment) is not None


def _frame(found: Found, rows: Sequence[int]) -> pd.DataFrame:
    columns = {item.name: kind_of(item).column(item, answers.values) for item, answers in found}
    return pd.DataFrame(columns, index=pd.Index(rows, name="row", dtype="int64"))


def _without(rows: Collection[int], frame: pd.DataFrame) -> pd.DataFrame:
    return frame[~frame.index.isin(rows)] if rows else frame


def _comments(table: Table, left_out: Collection[int]) -> Iterator[Written]:
    """Yield row, header and text of what was written, column by column, but of those rows."""
    for header in dict.fromkeys(table.form.comments):
        for cells in table.columns[header]:
            for row, cell in zip(table.rows, cells, strict=True):
                if cell.strip() and row not in left_out:
                    yield Written(row, header, cell)


def _own_words(found: Found, frame: pd.DataFrame) -> Iterator[Written]:
    """Yield row, question and text of what was written as an answer or beside 「その他」."""
    counted = set(frame.index)
    for item, answers in found:
        yield from (Written(row, item.name, text) for row, text in answers.words if row in counted)
