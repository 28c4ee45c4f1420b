"""A second row of headers below the first: known by what it holds, and refused with its cure."""

from collections.abc import Sequence
from itertools import takewhile

from dxeval.definitions.labels import normalise
from dxeval.definitions.person import quotable
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.table import Table
from dxeval.reading.timestamps import parse_timestamp
from dxeval.reading.vocabulary import Vocabulary

WORDS = {
    *("response", "open-ended response", "other (please specify)", "answer", "text", "scale"),
    *("回答", "自由回答", "選択肢", "単一選択", "単一回答", "複数選択", "択一", "必須", "任意"),
}
"""What tools write below a question."""
IMPORT = '{"ImportId"'
"""How a cell of Qualtrics' third row begins."""


def second_header(
    table: Table, vocabularies: Sequence[Vocabulary], name: str, wrong: bool
) -> Problem | None:
    """Return the one problem of a file whose first rows go on with the header, None if none do.

    Such a row (``Response``, a question's number) holds something in the questions' columns, but
    no level of any. It says itself that it is one; or, in a file with a ``wrong`` answer, it has
    no id where all others do, or one word in several columns, and no person sent it.
    """
    answers = [
        (vocabulary, cells)
        for vocabulary in vocabularies
        if vocabulary.tells or not vocabulary.known
        for header in dict.fromkeys(table.form.items[vocabulary.item.name])
        for cells in table.columns[header]
    ]
    questions = {
        normalise(text)
        for vocabulary, _ in answers
        for text in (vocabulary.item.name, vocabulary.item.question)
    }
    ids = table.column(table.form.respondent_id) if table.form.respondent_id else []
    stamps = table.column(table.form.timestamp) if table.form.timestamp else []

    def is_header(place: int) -> bool:
        there = [(v, key) for v, cells in answers if (key := normalise(cells[place]))]
        words = [key for _, key in there]
        if not there or any(v.holds(key) or key in v.missing for v, key in there):
            return False
        if all(
            key.casefold() in WORDS or key in questions or key.startswith(IMPORT) for key in words
        ):
            return True
        sent = bool(ids and ids[place].strip()) or bool(
            stamps and parse_timestamp(stamps[place], table.form.date_order)
        )
        if sent or not wrong:
            return False
        told = [key for v, key in there if v.tells]
        without_id = bool(ids) and all(cell.strip() for cell in ids[place + 1 :])
        return bool(told) and (without_id or len(set(told)) < len(told))

    if not answers:
        return None
    n = sum(1 for _ in takewhile(is_header, range(len(table.rows))))
    if not 0 < n < len(table.rows):
        return None
    declared = table.form.extra_header_rows + n
    hint = (
        f"  data/survey.yaml の forms「{table.form.name}」に extra_header_rows: {declared} と"
        "書いてください（見出しの下の、回答でない行の数）。"
    )
    message = "見出しの続きの行のようで、回答ではありません"
    value = next(quotable(cells[0], v.known) for v, cells in answers if cells[0].strip())
    kind = ProblemKind.SECOND_HEADER
    return Problem(kind, name, message, table.rows[0], value=value, hint=hint)
