"""The workbook of figures -> every number in its sheets and in what its charts say."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from dxeval.definitions.visible import visible
from dxeval.presenting.audit_sheets import AUDIT, UNCOUNTED
from dxeval.presenting.contents_sheet import CONTENTS
from dxeval.presenting.figure_sheets import COUNTS, ITEMS, SUMMARY, rule_text
from dxeval.presenting.ledger_sheet import LEDGER
from dxeval.presenting.notes_sheet import DEFINITIONS
from dxeval.presenting.origins_sheet import ORIGINS
from dxeval.presenting.ranges_sheet import RANGES
from dxeval.presenting.workbook_charts import CHARTS
from dxeval.reading.not_counted import value_text
from dxeval.reading.xlsx import read_sheets
from dxeval.scoring.recount.what import What
from dxeval.tracing import sheet_heads
from dxeval.tracing.cell import Reading, label, number, text
from dxeval.tracing.chart_texts import chart_texts
from dxeval.tracing.known import Known
from dxeval.tracing.names import one_line
from dxeval.tracing.origin_cells import origin_cells
from dxeval.tracing.place import Place
from dxeval.tracing.published_cells import audit_cells, range_cells
from dxeval.tracing.read import Found
from dxeval.tracing.tables import ID, Head, Table, about, names
from dxeval.tracing.word_sheets import contents, definitions

Cells = Callable[[Place, Mapping[str, str], Known], Iterator[Found]]
MARK = re.compile(r"（数え方が違う回あり）$")
NAMES = {ID, "回", "事業", "開催内容", "開催日", "対象"}
LABELS = {"設問", "選択肢", "公表された場所", "公表が数える選択肢", "種類", "列", "値", "検算"}
"""Heads over names that other columns and other sheets say again."""
PLAIN: Mapping[str, Reading] = {
    LEDGER: sheet_heads.PEOPLE,
    ITEMS: {**sheet_heads.PEOPLE, **sheet_heads.ITEM},
    COUNTS: sheet_heads.LEVEL,
}
"""Sheets whose heads say what stands below them."""


def workbook_numbers(content: bytes, known: Known, name: str) -> Iterator[Found]:
    """Yield all numbers of a workbook, sheet by sheet. Raises DataError if it cannot be read."""
    sheets = {g.label: [cells for _, cells in g.rows] for g in read_sheets(content, name)}
    for title, rows in sheets.items():
        here = Place(section=title, sessions=tuple(known.answers.sessions))
        table = Table.of(title, rows, ID)
        if title == CONTENTS:
            yield from contents(rows, sheets, here, known)
        elif title == DEFINITIONS:
            yield from definitions(rows, here, known)
        elif table:
            yield from _table(table, known)
        else:
            for cell in (cell for row in rows for cell in row if cell):
                yield from text(here.about(text=cell), known)
    whole = Place(section=CHARTS, column="図の説明", sessions=tuple(known.answers.sessions))
    for said in chart_texts(content):
        yield from text(whole.about(text=said), known)


def _table(table: Table, known: Known) -> Iterator[Found]:
    item = _item_of(table, known)
    columns = [_column(table.name, item, head, known) for head in table.heads]
    for record, row in zip(table.records(), table.rows, strict=True):
        place = about(table.name, record, ID, known)
        yield from names(place, record, known)
        if table.name in SPECIAL:
            yield from _special(table.name, place, record, known)
            continue
        for column, cell in zip(columns, row, strict=True):
            if cell and column.head not in NAMES | LABELS:
                yield from _cell(place, column, cell, known)


def _special(sheet: str, place: Place, record: Mapping[str, str], known: Known) -> Iterator[Found]:
    """Yield the numbers of a row that itself says what they are; as texts where a head is gone."""
    try:
        yield from [*SPECIAL[sheet](place, record, known)]
    except KeyError:
        for head, cell in record.items():
            yield from text(place.about(column=head, text=cell), known)


class _Column(NamedTuple):
    """A column: what stands in it, None: sentences; its item and level where a head names them."""

    head: str
    what: What | str | None
    item: str = ""
    levels: tuple[str, ...] = ()


def _item_of(table: Table, known: Known) -> str:
    """Return the name of the item that a sheet is about, empty if it is about several."""
    over = one_line(table.heads[0][0])
    every = known.answers.survey.items
    return next((i.name for i in every if one_line(f"{i.name}：{i.question}") == over), "")


def _column(sheet: str, item: str, head: Head, known: Known) -> _Column:
    group, own = MARK.sub("", one_line(head[0])), one_line(head[1])
    if sheet == SUMMARY:
        of = known.names.items.get(group, "")
        return _Column(own, (sheet_heads.ITEM if of else sheet_heads.PEOPLE).get(own), of)
    if not item:
        return _Column(own, PLAIN.get(sheet, {}).get(own))
    if own in known.names.levels[item] and group.startswith(("人数", "割合")):
        return _Column(own, sheet_heads.LEVEL[group[:2]], item, (known.names.levels[item][own],))
    together = group.startswith("肯定的回答")
    return _Column(own, (sheet_heads.TOGETHER if together else sheet_heads.LEVEL).get(own), item)


def _cell(place: Place, column: _Column, cell: str, known: Known) -> Iterator[Found]:
    here = place.about(column=column.head, item=column.item or place.item)
    here = here.about(levels=column.levels or place.levels)
    if column.head == "数え方":
        yield from label(here.about(text=cell), _rule(here, known), "data/survey.yaml")
    elif column.what is None:
        yield from text(here.about(text=cell), known)
    else:
        yield number(here, cell, column.what)


def _rule(place: Place, known: Known) -> str:
    scores = known.answers.scores.get(place.sessions[0])
    asked = scores is not None and place.item in scores.asked
    return visible(rule_text(scores[place.item])) if scores and asked else ""


def _uncounted(place: Place, record: Mapping[str, str], known: Known) -> Iterator[Found]:
    kind, cell = record["種類"], record["件数"]
    here = place.about(column=f"{kind} {record['列']} {record['値']}".strip())
    if kind != "行":
        yield number(here, cell, sheet_heads.UNCOUNTED.get(kind, kind))
        return
    of = f"{record['列']}\0{record['値']}"
    scores = known.answers.scores.get(place.sessions[0])
    for header, value in scores.uncounted.not_counted if scores else ():
        if (one_line(header), one_line(value_text(value))) == (record["列"], record["値"]):
            of = f"{header}\0{value}"
    yield number(here.about(of=of), cell, What.ROWS_OF_VALUE)


SPECIAL: Mapping[str, Cells] = {
    UNCOUNTED: _uncounted,
    AUDIT: audit_cells,
    RANGES: range_cells,
    ORIGINS: origin_cells,
}
"""Sheets of which a row says what stands in it."""
