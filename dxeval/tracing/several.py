"""Tables of several sessions -> places: a cell is about the session of its row and its column."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat

from bs4 import Tag

from dxeval.tracing.cells import (
    HEAD,
    Counter,
    caption,
    heads,
    item_of,
    label,
    labels_of,
    row_classes,
    row_session,
    rows,
    said,
    session_of,
)
from dxeval.tracing.known import Known
from dxeval.tracing.names import one_line
from dxeval.tracing.one_session import FIVE
from dxeval.tracing.place import Place

VALID = "有効回答"
FIXED = {VALID: "valid", "無回答": "missing", "肯定的回答": "favourable", **FIVE}
"""Columns that are not labels."""


def summary(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: a table: a session a row, an item a column."""
    yield from caption(table, here)
    items = [item_of(head, known) for head in heads(table)]
    yield from (here.about(text=head, column=HEAD) for head in heads(table))
    seen: set[str] = set()
    for row in rows(table):
        sessions = row_session(row[0], known, seen) if row[1:] else ()
        seen |= {*sessions}
        if "total" in row_classes(row):
            cells = (*row[0].select(".narrow > span"), *row[1:3])
            for cell, form in zip(cells, ("sessions", "attendees") * 2, strict=False):
                yield here.about(text=said(cell), form=form, row="延べ")
        elif sessions:
            own = here.about(sessions=sessions, row=said(row[0], ".narrow, .unseen"))
            yield from _session_row(row, items, own)
        else:
            yield here.about(text=said(row[0], ".quiet"))
            yield from (here.about(text=said(one)) for one in row[0].select(".quiet"))


def _session_row(row: Sequence[Tag], items: Sequence[str], own: Place) -> Iterator[Place]:
    yield own.about(text=said(row[0], ".narrow"))
    cells = (*row[0].select(".narrow > span"), *row[1:3])
    for cell, form in zip(cells, ("day", "attendees") * 2, strict=False):
        yield own.about(text=said(cell), form=form, column={"day": "開催日"}.get(form, "受講者数"))
    for item, cell in zip(items[3:], row[3:], strict=False):
        yield own.about(text=said(cell), form="glance", item=item, column=item)


def by_level(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: one item: a session a row, a level a column."""
    yield from caption(table, here)
    columns, seen = heads(table), Counter()
    labels = known.names.levels.get(here.item, {})
    place = [*map(one_line, labels_of(here.item, known))]
    first = next((nth for nth, head in enumerate(columns) if head in place), len(columns))
    for nth, head in enumerate(columns):
        within = 0 <= nth - first < len(place)
        yield label(head, here, place[nth - first] if within else head)
    for row in rows(table):
        text = said(row[0])
        own = here.about(sessions=session_of(text, here, known, seen.nth(text)), row=text)
        yield own.about(text=text)
        if len(row) < len(columns):
            yield from (own.about(text=said(cell)) for cell in row[1:])
            continue
        for head, cell in zip(columns[1:], row[1:], strict=False):
            yield from _cell(cell, head, own, labels)


def _cell(cell: Tag, head: str, own: Place, labels: Mapping[str, str]) -> Iterator[Place]:
    """Yield the place of a number below ``head``: a label, or the name of a figure."""
    text, column = said(cell), own.about(column=head)
    if head in labels:
        form = "count share" if "%" in text else "count"
        yield column.about(text=text, form=form, levels=(labels[head],))
    elif text:
        yield column.about(text=text, form=FIXED.get(head, ""))


def by_label(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: one item: a label a row, a session a column."""
    yield from caption(table, here)
    columns, seen = heads(table)[1:], Counter()
    places = []
    for head in columns:
        ids = session_of(head, here, known, seen.nth(head))
        places.append(here.about(sessions=ids, column=head))
        yield places[-1].about(text=head)
    spanned: set[int] = set()
    there = chain(labels_of(here.item, known), [VALID], repeat(""))
    for row, level in zip(rows(table), there, strict=False):
        text, cells = said(row[0]), iter(row[1:])
        yield label(text, here.about(row=text), level)
        for nth, place in enumerate(places):
            if nth in spanned and text != VALID:
                continue
            cell = next(cells)
            own = place.about(row=text, text=said(cell))
            if "rowspan" in cell.attrs:
                spanned.add(nth)
                yield own
            elif text == VALID:
                yield own.about(form="valid")
            else:
                yield own.about(form="count share", levels=(level,))


def lines(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: one item's five numbers, a session a row."""
    yield from caption(table, here)
    columns, seen = heads(table), Counter()
    yield here.about(text=columns[1], form="ends", column=HEAD)
    for row in rows(table):
        text = said(row[0])
        own = here.about(sessions=session_of(text, here, known, seen.nth(text)), row=text)
        yield own.about(text=text)
        if len(row) == len(columns):
            for head, cell in zip(columns[2:], row[2:], strict=False):
                yield from _cell(cell, head, own, {})


def numbers(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: one item's plain table, which its caption names."""
    item = item_of(said(table.find("caption")), known)
    yield from by_level(table, here.about(item=item or here.item), known)
