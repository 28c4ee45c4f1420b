"""Respondents who asked to be taken out: of this export, and a row of answers each."""

from collections.abc import Collection, Sequence
from pathlib import Path

from dxeval.definitions.plain_file import read_file
from dxeval.definitions.withdrawal import Withdrawal, fingerprint
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.limits import MAX_FILE
from dxeval.reading.resubmissions import of_same_respondents
from dxeval.reading.table import Table


def check_export(withdrawn: Sequence[Withdrawal], path: Path, name: str, file: str) -> None:
    """Refuse rows that were not looked up in this export; ``file`` is where they are declared.

    Raises DataError, which says what to write once a person has looked: in an export that was made
    again the row may be another person's, so nothing of it is read before.
    """
    if not withdrawn:
        return
    export = fingerprint(read_file(path, name, MAX_FILE))
    problems = [
        _other_export(place, withdrawal, export, name, file)
        for place, withdrawal in enumerate(withdrawn, 1)
        if withdrawal.export != export
    ]
    if problems:
        raise DataError(problems)


def _other_export(place: int, withdrawal: Withdrawal, export: str, name: str, file: str) -> Problem:
    if withdrawal.export is None:
        message = "どの書き出しの行かが書かれていません"
    else:
        message = "別の書き出しで調べた行です。この書き出しでは、別の人の行かもしれません"
    hint = (
        f"  {name} の{withdrawal.row}行目が申し出た人の回答かを確かめ（違えば row を直し）、"
        f"{file} の withdrawn のその項目に export: {export} と書いてください。"
    )
    key, kind = f"withdrawn[{place}]", ProblemKind.WITHDRAWN_EXPORT
    return Problem(kind, file, message, column=key, value=withdrawal.export, hint=hint)


def take_out(
    table: Table, left_out: Collection[int], rows: Collection[int], name: str, problems: Problems
) -> Table:
    """Return the table without the respondents who sent ``rows``: without every row of theirs.

    ``left_out`` are the row numbers that do not count, since their respondent sent another: these
    go too, or would count instead. A row that is not the one that counts is added to ``problems``.
    """
    if not rows:
        return table
    place_of = {row: place for place, row in enumerate(table.rows)}
    for row in rows:
        if row not in place_of:
            problems.add(_no_answer(table, row, name))
        elif row in left_out:
            problems.add(_left_out(table, place_of[row], left_out, name))
    places = {place_of[row] for row in rows if row in place_of}
    return table.without(of_same_respondents(table, places), len(places))


def _no_answer(table: Table, row: int, name: str) -> Problem:
    message = (
        "申し出により除く行（withdrawn）ですが、回答の行ではありません"
        "（見出し、空の行、数えない行か、ファイルにない行です）"
    )
    expected = "表計算ソフトの行番号"
    if table.rows:
        expected += f"（回答は{table.rows[0]}行目から{table.rows[-1]}行目まで）"
    return Problem(ProblemKind.WITHDRAWN_ROW, name, message, row, expected=expected)


def _left_out(table: Table, place: int, left_out: Collection[int], name: str) -> Problem:
    own = of_same_respondents(table, {place})
    counted = [table.rows[other] for other in sorted(own) if table.rows[other] not in left_out]
    message = (
        "申し出により除く行（withdrawn）ですが、同じ人がほかにも送ったため、もう数えていない行です"
    )
    which = "か".join(f"{row}行目" for row in counted)
    expected = f"その人の回答をすべて除くなら、数えている{which}"
    return Problem(ProblemKind.WITHDRAWN_ROW, name, message, table.rows[place], expected=expected)
