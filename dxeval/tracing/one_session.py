"""The tables and cards of one session's page -> places: a cell is about its item and its label."""

from collections.abc import Iterator

from bs4 import Tag

from dxeval.scoring.recount.what import What
from dxeval.scoring.values import NAMES
from dxeval.tracing.cells import caption, item_of, label, labelled, labels_of, rows, said
from dxeval.tracing.known import Known
from dxeval.tracing.place import Place

OF_DAY = ("開催日", "参加者")
"""Facts that are no text."""
FIVE = {shown: name for name, shown in NAMES.items()}


def levels(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: one item: a label a row, its count and its share."""
    yield from caption(table, here)
    for row, level in labelled(table, here.item, known):
        text = said(row[0], ".unseen")
        own = here.about(row=text, levels=(level,))
        yield label(text, own, level)
        for cell in row[1:]:
            share = said(cell).endswith("%")
            if said(cell):
                form, column = ("share", "割合") if share else ("count", "人数")
                yield own.about(text=said(cell), form=form, column=column)


def ticks(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: a rating: a number a row, after its count and its share."""
    yield from caption(table, here)
    for row, level in labelled(table, here.item, known):
        text = said(row[2])
        own = here.about(row=text, levels=(level,))
        yield own.about(text=said(row[0]), form="count", column="人数")
        yield own.about(text=said(row[1]), form="share", column="割合")
        yield label(text, own, level)


def dense(tag: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: a rating of many numbers: a picture, of which three are named."""
    yield here.about(text=str(tag["aria-label"]), column="図の説明")
    for of, level in zip(tag.select(".of"), labels_of(here.item, known), strict=False):
        yield label(said(of), here, level if said(of) else "")


def five(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: a number's median and quartiles, a row each."""
    yield from caption(table, here)
    for row in rows(table):
        name = said(row[0])
        yield here.about(text=name, form="" if name in FIVE else "no name")
        yield here.about(text=said(row[1]), form=FIVE.get(name, "no name"), row=name)


def cards(tag: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: the cards at the top: an item each."""
    for card in tag.select(".card"):
        name = said(card.dt)
        own = here.about(item=item_of(name, known), section="カード")
        yield own.about(text=name)
        yield from _card(card.select_one("dd strong"), card.select_one("dd span"), own)


def response(tag: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: the line below the cards, which ends with how many left which item blank."""
    for part in said(tag).split(" ・ "):
        missing = part.removeprefix("無回答 ")
        if part == missing or "問で" in missing:
            yield here.about(text=part)
            continue
        for one in missing.split("人、"):
            name, _, people = one.rpartition(" ")
            own = here.about(item=item_of(name, known), row="無回答")
            yield own.about(text=name)
            yield own.about(text=people, form="missing")


def result_head(tag: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: the item of a chart and its one number, or how many answered."""
    yield here.about(text=said(tag.find("h3")))
    value, detail = tag.select_one("p strong"), tag.select_one("p span")
    if value is None and detail is not None:
        yield here.about(text=said(detail), form="valid", column="回答")
    elif tag.find_parent("section", class_="possible"):
        yield here.about(text=said(value), form="range share" if value else "", column="割合")
        yield here.about(text=said(detail), form="range people" if detail else "", column="人数")
    else:
        yield from _card(value, detail, here)


def _card(value: Tag | None, detail: Tag | None, here: Place) -> Iterator[Place]:
    """Yield the number of a card and what it rests on."""
    median = said(detail).startswith("中央値")
    form = "card median" if median else "card"
    if value is not None:
        yield here.about(text=said(value), form=form, column="中央値" if median else "割合")
    if detail is not None and value is not None:
        yield here.about(text=said(detail), form="card detail", column="人数")


def possible(tag: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: what published figures say of one item, and what they leave or why nothing."""
    printed, *against = tag.find_all("p", recursive=False)
    yield here.about(text=said(printed), nth=What.PRINTED.value, column="公表された値")
    for place, text in enumerate(against):
        yield here.about(text=said(text), nth=f"{place}/against/against")
    if table := tag.find("table"):
        yield from _spans(table, here, known)


def _spans(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: one item of which only published figures are known: a label a row, from, to."""
    yield from caption(table, here)
    labels = known.names.levels.get(here.item, {})
    for row in rows(table):
        text = said(row[0], ".unseen")
        own = here.about(row=text, levels=(labels.get(text, ""),))
        yield label(text, own, labels.get(text, ""))
        if drawn := row[1].select_one("[aria-label]"):
            yield own.about(text=str(drawn["aria-label"]), column="図の説明")
        yield own.about(text=said(row[2]), form="range count", column="人数")
        yield own.about(text=said(row[3]), form="range share", column="割合")


def facts(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: the session's own facts."""
    yield from caption(table, here)
    for row in rows(table):
        own = here.about(text=said(row[1]), row=said(row[0]))
        yield own if own.row in OF_DAY else own.about(quoted=True)
