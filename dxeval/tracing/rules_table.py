"""An item counted by several rules -> places: a session a row, a rule a column."""

import re
from collections.abc import Iterator

from bs4 import Tag

from dxeval.tracing.cells import (
    HEAD,
    Counter,
    caption,
    item_of,
    row_classes,
    rows,
    said,
    session_of,
)
from dxeval.tracing.known import Known
from dxeval.tracing.place import Place


def rules_beside(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: one item: a session a row, a rule a column."""
    item = item_of(said(table.find("caption")), known)
    here = here.about(item=item, together=True)
    yield from caption(table, here)
    rules = [_levels(head, item, known) for head in table.select("thead th")]
    for head, levels in zip(table.select("thead th"), rules, strict=False):
        if name := head.select_one(".name"):
            yield here.about(text=said(name), form="rules", levels=levels, column=HEAD)
        text = said(head, ".name")
        yield here.about(text=text, form="" if "「" in text else "span", levels=levels, column=HEAD)
    seen = Counter()
    for row in rows(table):
        text = said(row[0])
        total = "total" in row_classes(row)
        ids = here.sessions if total else session_of(text, here, known, seen.nth(text))
        own = here.about(sessions=ids, row=text)
        yield own.about(text=text)
        for levels, cell in zip(rules[1:], row[1:], strict=False):
            form = "rule sum" if total else "rule share"
            form = form if any(c.isdigit() for c in said(cell)) else ""
            yield own.about(text=said(cell), form=form, levels=levels, column="、".join(levels))


def _levels(head: Tag, item: str, known: Known) -> tuple[str, ...]:
    """Return the labels that a column counts: quoted one by one, or a span of numbers."""
    text, labels = said(head, ".name"), known.names.levels.get(item, {})
    if span := re.fullmatch(r"(-?\d+)～(-?\d+)", text):
        first, last = map(int, span.groups())
        return tuple(each for each in labels if first <= int(each) <= last)
    return tuple(labels[name] for name in text.strip("「」").split("」「") if name in labels)
