"""What handlers of tables share: what elements say, and whom a row or a column is about."""

from collections.abc import Callable, Iterator
from itertools import chain, repeat

from bs4 import Tag

from dxeval.tracing.known import Known
from dxeval.tracing.names import one_line
from dxeval.tracing.place import Place

Handler = Callable[[Tag, Place, Known], Iterator[Place]]
HEAD = "見出し"
AFTER_NAMES = ("＊", "（", "：", "だ", " ", "「", "の", "を")
"""What may stand after a question's name in a heading or a caption."""


def said(tag: Tag | None, without: str = "") -> str:
    """Return what an element says, any run of space as one."""
    if tag is None:
        return ""
    left_out = {id(t) for found in tag.select(without) for t in found.strings} if without else set()
    return " ".join("".join(t for t in tag.strings if id(t) not in left_out).split())


def rows(table: Tag) -> list[list[Tag]]:
    """Return the cells of a table's body, row by row."""
    return [row.find_all(["th", "td"]) for row in table.select("tbody tr")]


def heads(table: Tag) -> list[str]:
    """Return what stands over a table's columns."""
    return [said(head) for head in table.select("thead th")]


def row_classes(row: list[Tag]) -> list[str]:
    """Return the classes of a row."""
    parent = row[0].parent
    return [str(name) for name in parent.get_attribute_list("class")] if parent else []


def caption(table: Tag, here: Place) -> Iterator[Place]:
    """Yield a table's caption, if it has one."""
    if found := table.find("caption"):
        yield here.about(text=said(found), column="表の題")


def item_of(text: str, known: Known) -> str:
    """Return the question whose name a text begins with; empty if it is none."""
    if text in known.names.items:
        return known.names.items[text]
    for name in sorted(known.names.items, key=len, reverse=True):
        if text.startswith(name) and text[len(name) :].startswith(AFTER_NAMES):
            return known.names.items[name]
    return ""


def session_of(label: str, here: Place, known: Known, nth: int = 0) -> tuple[str, ...]:
    """Return the session of a label, of several called so the ``nth``; none where none is."""
    ids = [s for s in known.names.labels.get(label.rstrip("＊"), []) if s in here.sessions]
    return tuple(ids[nth : nth + 1] or ids[:1])


def linked(link: Tag) -> str:
    """Return the name of the page, or the chapter, that a link leads to."""
    return str(link.get("href", "")).lstrip("#").removesuffix(".html")


def _of_other_programmes(cell: Tag, known: Known) -> set[str]:
    """Return the sessions that are of other programmes than the one above a row."""
    body = cell.find_parent("tbody")
    above = said(body.select_one("th[scope=rowgroup]")) if body else ""
    labels = {each.id: one_line(each.label) for each in known.answers.programme.programmes}
    named = {each for each, label in labels.items() if above.startswith(label)}
    every = (*known.answers.sessions.values(), *known.answers.apart.values())
    return {each.id for each in every if named and each.programme not in named}


def row_session(cell: Tag, known: Known, seen: set[str]) -> tuple[str, ...]:
    """Return the session of a row: that of its page or, without one, the next that is called so."""
    seen = seen | _of_other_programmes(cell, known)
    link = cell.find("a")
    page = linked(link) if isinstance(link, Tag) else ""
    named = known.sessions_of(page)
    if len(named) == 1 and page.endswith(named):
        return named
    text = said(cell)
    ids = (
        session.id
        for session in (*known.answers.apart.values(), *known.answers.sessions.values())
        if text.startswith(one_line(session.heading)) and session.id not in seen
    )
    return tuple(ids)[:1]


def label(text: str, here: Place, expected: str) -> Place:
    """Return the place of a label of the survey's; of another one than is expected, no name."""
    form = "" if text == one_line(expected) else "no name"
    return here.about(text=f"「{text}」", column="選択肢", form=form)


def labels_of(item: str, known: Known) -> list[str]:
    """Return the labels of a question, in its order."""
    every = (*known.answers.survey.items, *known.answers.survey.attributes)
    return [label for found in every if found.name == item for label in found.labels]


def labelled(table: Tag, item: str, known: Known) -> Iterator[tuple[list[Tag], str]]:
    """Yield each row of a table with the label that it must be about; empty beyond the last."""
    return zip(rows(table), chain(labels_of(item, known), repeat("")), strict=False)


class Counter:
    """Counts how often each label came: sessions may be called alike."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def nth(self, text: str) -> int:
        """Return how often a text came before."""
        self._seen[text] = self._seen.get(text, -1) + 1
        return self._seen[text]
