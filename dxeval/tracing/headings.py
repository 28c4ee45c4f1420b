"""A heading -> what follows is about: a question, a session, the comments of one of them."""

from bs4 import Tag

from dxeval.tracing.cells import item_of, linked, said
from dxeval.tracing.known import Known
from dxeval.tracing.names import one_line
from dxeval.tracing.place import Place


def headed(tag: Tag, here: Place, whole: Place, known: Known) -> Place:
    """Return what stands below a heading; ``whole`` is what the page or chapter is about."""
    text = said(tag).partition("（掲載")[0].rstrip("＊")
    item, sessions = item_of(text, known), here.sessions
    if tag.name in {"h1", "h2"}:
        sessions = _chapters(tag, known) or whole.sessions
    elif text in known.names.labels:
        called = [s for s in known.names.labels[text] if s in whole.sessions]
        quoted = _quoted(tag, whole, known)
        sessions = tuple(s for s in called if s in quoted or not quoted)[:1] or quoted[:1]
    if any(text in questions for questions in known.answers.written.values()):
        item = text
    return here.about(section=said(tag), item=item, sessions=sessions, levels=())


def _chapters(heading: Tag, known: Known) -> tuple[str, ...]:
    """Return the sessions of the chapter that a heading of the report's end links to, or is of."""
    parent = heading.parent
    if parent is not None and "annex" in parent.get_attribute_list("class"):
        heading = parent.find_previous_sibling("h2") or heading
    link = heading.find("a")
    return known.sessions_of(linked(link)) if isinstance(link, Tag) else ()


def _quoted(heading: Tag, whole: Place, known: Known) -> tuple[str, ...]:
    """Return the sessions whose comments stand below a heading; none where none do."""
    below = heading.find_next_sibling()
    if below is None or "quotes" not in below.get_attribute_list("class"):
        return ()
    quote = said(below.find("blockquote"))
    return tuple(
        session
        for session in whole.sessions
        if quote in map(one_line, known.answers.sessions[session].comments)
    )
