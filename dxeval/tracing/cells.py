"""The tables and cards of dxeval's own pages -> places: a cell is about its row and its column."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bs4 import Tag

from dxeval.scoring.values import NAMES
from dxeval.tracing.known import Known
from dxeval.tracing.place import Place

Handler = Callable[[Tag, Place, Known], Iterator[Place]]
VALID, MISSING, GOOD = "有効回答", "無回答", "肯定的回答"
FIVE = {shown: name for name, shown in NAMES.items()}


def said(tag: Tag | None, without: str = "") -> str:
    """Return what an element says, any run of space as one."""
    if tag is None:
        return ""
    left_out = {id(t) for found in tag.select(without) for t in found.strings} if without else set()
    return " ".join("".join(t for t in tag.strings if id(t) not in left_out).split())


def _rows(table: Tag) -> list[list[Tag]]:
    return [row.find_all(["th", "td"]) for row in table.select("tbody tr")]


def _heads(table: Tag) -> list[str]:
    return [said(head) for head in table.select("thead th")]


def _caption(table: Tag, here: Place) -> Iterator[Place]:
    if caption := table.find("caption"):
        yield here.about(text=said(caption), column="表の題")


def _of_session(label: str, here: Place, known: Known, nth: int = 0) -> tuple[str, ...]:
    ids = [s for s in known.labels.get(label, []) if s in here.sessions]
    return tuple(ids[nth : nth + 1] or ids[:1]) or (label,)


def _item(text: str, known: Known) -> str:
    for name in sorted(known.items, key=len, reverse=True):
        if text.startswith(name):
            return known.items[name]
    return ""


def levels(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """One item of one session: a label a row, its count and its share."""
    yield from _caption(table, here)
    labels = known.levels.get(here.item, {})
    for row in _rows(table):
        label = said(row[0], ".unseen")
        own = here.about(row=label, levels=(labels.get(label, label),))
        yield own.about(text=label, column="選択肢")
        for cell in row[1:]:
            text = said(cell)
            share = text.endswith("%")
            if text:
                yield own.about(
                    text=text,
                    form="share" if share else "count",
                    column="割合" if share else "人数",
                )


def ticks(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """A rating: a number a row, after its count and its share."""
    yield from _caption(table, here)
    for row in _rows(table):
        label = said(row[2])
        own = here.about(row=label, levels=(label,))
        yield own.about(text=said(row[0]), form="count", column="人数")
        yield own.about(text=said(row[1]), form="share", column="割合")
        yield _name(label, own)


def _name(label: str, here: Place) -> Place:
    """Return the place of a number that is a label of the survey's."""
    return here.about(text=f"「{label}」", column="選択肢")


def dense(tag: Tag, here: Place, known: Known) -> Iterator[Place]:
    """A rating of many numbers: a picture, of which three are named."""
    yield here.about(text=str(tag["aria-label"]), column="図の説明")
    yield from (_name(said(of), here) for of in tag.select(".of") if said(of))


def five(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """A number's median and quartiles, a row each."""
    yield from _caption(table, here)
    for row in _rows(table):
        yield here.about(text=said(row[1]), form=FIVE[said(row[0])], row=said(row[0]))


def cards(tag: Tag, here: Place, known: Known) -> Iterator[Place]:
    """The cards at the top: an item each."""
    for card in tag.select(".card"):
        name = said(card.dt)
        own = here.about(item=_item(name, known), section="カード")
        yield own.about(text=name)
        for part, form in (("strong", "card"), ("span", "card detail")):
            if found := card.select_one(f"dd {part}"):
                yield own.about(text=said(found), form=form)


def result_head(tag: Tag, here: Place, known: Known) -> Iterator[Place]:
    """The item of a chart and its one number."""
    yield here.about(text=said(tag.find("h3")))
    for part, form in (("p strong", "card"), ("p span", "card detail")):
        if found := tag.select_one(part):
            plain = said(found).endswith("回答")
            yield here.about(text=said(found), form="valid" if plain else form)


def summary(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """A session a row, an item a column."""
    yield from _caption(table, here)
    items = [_item(head, known) for head in _heads(table)]
    yield from (here.about(text=head, column="見出し") for head in _heads(table))
    for row in _rows(table):
        link = row[0].find("a")
        if "total" in row[0].parent.get_attribute_list("class"):  # type: ignore[union-attr]
            forms = ("totals", "sessions", "attendees")
            yield from (
                here.about(text=said(c), form=f, row="延べ")
                for c, f in zip(row, forms, strict=False)
            )
        elif isinstance(link, Tag):
            session = str(link["href"]).lstrip("#").removesuffix(".html")
            yield from _session_row(row, items, here.about(sessions=(session,), row=said(link)))
        else:
            yield here.about(text=said(row[0]))


def _session_row(row: Sequence[Tag], items: Sequence[str], own: Place) -> Iterator[Place]:
    yield own.about(text=said(row[0], ".narrow"))
    narrow = row[0].select(".narrow > span")
    for cell, form in zip((*narrow, *row[1:3]), ("day", "attendees") * 2, strict=False):
        yield own.about(text=said(cell), form=form, column={"day": "開催日"}.get(form, "受講者数"))
    for item, cell in zip(items[3:], row[3:], strict=False):
        yield own.about(text=said(cell), form="glance", item=item, column=item)


def by_level(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """One item: a session a row, a level a column."""
    yield from _caption(table, here)
    heads = _heads(table)
    labels = known.levels.get(here.item, {})
    yield from (here.about(text=head, column="見出し") for head in heads)
    seen: dict[str, int] = {}
    for row in _rows(table):
        label = said(row[0])
        nth = seen[label] = seen.get(label, -1) + 1
        own = here.about(sessions=_of_session(label, here, known, nth), row=label)
        yield own.about(text=label)
        if len(row) < len(heads):
            continue
        for head, cell in zip(heads[1:], row[1:], strict=True):
            yield from _cell(cell, head, own, labels)


def _cell(cell: Tag, head: str, own: Place, labels: Mapping[str, str]) -> Iterator[Place]:
    """Yield the place of a number below ``head``: a label, or the name of a figure."""
    text, column = said(cell), own.about(column=head)
    fixed = {VALID: "valid", MISSING: "missing", GOOD: "favourable", **FIVE}
    if head in labels:
        form = "count share" if "%" in text and "（" not in text else "count"
        yield column.about(text=text, form=form, levels=(labels[head],))
    elif head in fixed and text:
        yield column.about(text=text, form=fixed[head])
    elif text:
        yield column.about(text=text)


def by_label(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """One item: a label a row, a session a column."""
    yield from _caption(table, here)
    labels, heads = known.levels.get(here.item, {}), _heads(table)[1:]
    seen: dict[str, int] = {}
    columns = []
    for head in heads:
        seen[head] = seen.get(head, -1) + 1
        columns.append(here.about(sessions=_of_session(head, here, known, seen[head])))
        yield here.about(text=head, column="見出し")
    spanned = {}
    for row in _rows(table):
        label = said(row[0])
        yield here.about(text=label, row=label)
        cells = iter(row[1:])
        for place, column in enumerate(columns):
            if spanned.get(place) and label != VALID:
                continue
            cell = next(cells)
            spanned[place] = "rowspan" in cell.attrs
            own = column.about(row=label, column=heads[place])
            if spanned[place]:
                yield own.about(text=said(cell))
            elif label == VALID:
                yield own.about(text=said(cell), form="valid")
            else:
                yield own.about(
                    text=said(cell), form="count share", levels=(labels.get(label, label),)
                )


def lines(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """One item's five numbers, a session a row."""
    yield from _caption(table, here)
    heads = _heads(table)
    yield here.about(text=heads[1], form="ends", column="見出し")
    for row in _rows(table):
        label = said(row[0])
        own = here.about(sessions=_of_session(label, here, known), row=label)
        yield own.about(text=label)
        if len(row) == len(heads):
            for head, cell in zip(heads[2:], row[2:], strict=True):
                yield from _cell(cell, head, own, {})


def numbers(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """One item's numbers as a plain table, which its caption names: a session a row."""
    item = _item(said(table.find("caption")), known)
    yield from by_level(table, here.about(item=item or here.item), known)


def audit(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Published figures: session, item, where, the figure, what is said of it."""
    yield from _caption(table, here)
    for row in _rows(table):
        label, name, where, figure, text = map(said, row)
        item = _item(name, known)
        quoted = name[len(item) :].strip("「」")
        labels = known.levels.get(item, {})
        own = here.about(sessions=_of_session(label, here, known), item=item, row=f"{label} {name}")
        own = own.about(levels=(labels[quoted],) if quoted in labels else (), of=figure.rstrip("%"))
        yield from (own.about(text=said_) for said_ in (label, name, where))
        yield own.about(text=figure, form="published", column="公表値")
        yield own.about(text=text, column="照合の結果")


def listed(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """The list of all pages: a session a row."""
    heads = _heads(table)
    yield from (here.about(text=head, column="見出し") for head in heads)
    for row in _rows(table):
        link = row[0].find("a")
        if "programme" in row[0].parent.get_attribute_list("class") or not isinstance(link, Tag):  # type: ignore[union-attr]
            yield here.about(text=said(row[0], ".page"))
            continue
        session = str(link["href"]).removesuffix(".html")
        own = here.about(sessions=(session,), row=said(link))
        yield own.about(text=said(link))
        yield own.about(text=said(row[1]), form="day", column="開催日")
        yield own.about(text=said(row[2]), form="attendees", column="参加")
        for head, cell in zip(heads[3:], row[3:], strict=False):
            if several := cell.select("ul.glances > li"):
                for one in several:
                    item = _item(said(one.select_one(".of")), known)
                    yield own.about(text=said(one, ".of"), form="glance", item=item, column=item)
            else:
                item = _item(head, known)
                yield own.about(text=said(cell, ".of"), form="glance", item=item, column=head)


def facts(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """The session's own facts."""
    yield from _caption(table, here)
    for row in _rows(table):
        yield here.about(text=said(row[1]), row=said(row[0]))


def review_point(tag: Tag, here: Place, known: Known) -> Iterator[Place]:
    """A point of the review, and the figure that bears it out."""
    text = said(tag, ".badge")
    yield here.about(text=text)
    badge = tag.select_one(".badge")
    review = known.answers.programme.review
    points = [*review.good, *review.problems, *review.suggestions]
    point = next((p for p in points if " ".join(p.text.split()) == text), None)
    if badge and point and (found := point.evidence):
        sessions = [
            session.id
            for session in known.answers.sessions.values()
            if session.id in here.sessions
            if found.programme in {None, session.programme} and found.session in {None, session.id}
        ]
        own = here.about(sessions=(*sessions,), item=found.item, row=text[:20])
        yield own.about(text=said(badge), form="evidence", column="根拠")
    elif badge:
        yield here.about(text=said(badge))


TABLES: Mapping[str, Handler] = {
    "table.levels": levels,
    "table.ticks": ticks,
    "table.shares": levels,
    "div.ticks.dense": dense,
    "table.five": five,
    "dl.cards": cards,
    "table.summary.by-label": by_label,
    "table.summary.by-session": by_level,
    "table.summary": summary,
    "table.by-level": by_level,
    "table.numbers.lines": lines,
    "table.numbers": numbers,
    "table.stack.audit": audit,
    "table.contents-of": listed,
    "table.facts": facts,
}
"""By element and classes, the narrower ones first."""
