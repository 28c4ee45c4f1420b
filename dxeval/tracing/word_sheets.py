"""Sheets of words: the contents of the workbook with its notes, and its definitions."""

import re
from collections.abc import Iterator, Mapping, Sequence

from dxeval.definitions.kinds import kind_of
from dxeval.presenting.notes_sheet import DEFINED
from dxeval.scoring.recount.claim import Basis, Claim
from dxeval.scoring.recount.what import What
from dxeval.tracing.cell import Cell, number, text
from dxeval.tracing.known import Known
from dxeval.tracing.names import one_line
from dxeval.tracing.place import Place
from dxeval.tracing.read import DIGITS, Found
from dxeval.tracing.tables import ID

OURS = ("有効な回答がない割合も空欄です。", "（人数は「選択肢ごとの人数」）。")
"""Ends of notes of which no number counts anything."""
Rows = Sequence[Sequence[str]]


def contents(rows: Rows, sheets: Mapping[str, Rows], here: Place, known: Known) -> Iterator[Found]:
    """Yield the numbers of the first sheet: how many rows each sheet has, and the notes."""
    for row in rows:
        first, said, number_of = [*row, "", "", ""][:3]
        if first in sheets:
            if number_of:
                yield _rows_of(sheets[first], number_of, here.about(row=first, column="行数"))
            yield from _says(here.about(row=first, text=said))
        else:
            for cell in (first, said):
                place = here.about(text=cell)
                yield from _words(place) if cell.endswith(OURS) else text(place, known)


def _rows_of(rows: Rows, said: str, place: Place) -> Cell:
    first = [row[0] if row[2:] else "" for row in rows[:2]]
    head = first.index(ID) if ID in first else 0
    return number(place, said, "rows_of_sheet", Basis((f"{len(rows[head + 1 :])}",)))


def _says(place: Place) -> Iterator[Found]:
    """Yield the numbers of what a sheet holds: 1行, or those of a name."""
    ours = not re.search(r"\d(?<!1)|\d\d", re.sub("「.*」", "", place.text))
    for digits in DIGITS.finditer(place.text):
        yield Found(place, *digits.span(), Claim(What.WORDS) if ours else None)


def _words(place: Place) -> Iterator[Found]:
    for digits in DIGITS.finditer(place.text):
        yield Found(place, *digits.span(), Claim(What.WORDS))


def definitions(rows: Rows, here: Place, known: Known) -> Iterator[Found]:
    """Yield the numbers of what heads and rules mean."""
    survey = known.answers.survey
    rules = {i.name: kind_of(i).definition(i) or "" for i in survey.items}
    few = f"有効回答が{survey.reference_below}人未満の割合は参考値"
    for row in rows:
        head, said = [*row, ""][:2]
        place = here.about(row=head, text=said)
        if DEFINED.get(head) == said:
            yield from _words(place)
        elif said == few or one_line(rules.get(head, "")) == one_line(said):
            for digits in DIGITS.finditer(said):
                yield Found(place, *digits.span(), Claim(What.LABEL, of="data/survey.yaml"))
        else:
            yield from text(place, known)
