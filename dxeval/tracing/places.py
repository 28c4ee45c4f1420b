"""A page's HTML -> its places: every text that a reader sees or hears, and what it is about."""

from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from dxeval.tracing.cells import TABLES, said
from dxeval.tracing.known import Known
from dxeval.tracing.place import Place

BLOCKS = [
    *("address", "article", "aside", "blockquote", "details", "dd", "div", "dl", "dt", "figure"),
    *("figcaption", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
    *("nav", "ol", "p", "pre", "section", "summary", "table", "ul", "img", "svg", "caption"),
    *("thead", "tbody", "tr", "td", "th"),
]
"""Elements that stand apart; the others are parts of a sentence."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNREAD = ("style", "script", "template")


class PageReader:
    """Reads one page: goes through it once, and knows what each part is about.

    State: ``here``, the place of what is being read: its section and what it is about.
    """

    def __init__(self, known: Known, here: Place) -> None:
        self.known = known
        self.here = here
        self.whole = here

    def places(self, html: str) -> Iterator[Place]:
        """Yield every text of the page with what it is about."""
        soup = BeautifulSoup(html, "html.parser")
        if soup.title:
            yield self.whole.about(text=said(soup.title), section="題名")
        yield from self._each(soup.body or soup, own=False)

    def _each(self, tag: Tag, own: bool) -> Iterator[Place]:
        """Yield the places of what stands in an element: blocks one by one, the rest as texts."""
        inline: list[PageElement] = []
        for child in tag.children:
            apart = isinstance(child, Tag) and (child.name in BLOCKS or child.find(BLOCKS))
            if not apart:
                inline.append(child)
                continue
            yield from self._text(inline, own)
            inline = []
            if isinstance(child, Tag):
                yield from self._block(child, own)
        yield from self._text(inline, own)

    def _text(self, parts: Iterable[PageElement], own: bool) -> Iterator[Place]:
        whole = "".join(
            part.get_text() if isinstance(part, Tag) else str(part)
            for part in parts
            if (isinstance(part, Tag) and part.name not in UNREAD) or type(part) is NavigableString
        )
        if text := " ".join(whole.split()):
            yield self.here.about(text=text, own=self.here.own if own else "")

    def _block(self, tag: Tag, own: bool) -> Iterator[Place]:
        classes = tag.get_attribute_list("class")
        if tag.name in UNREAD:
            return
        if "mathjax_ignore" in classes or tag.name in {"nav", "footer"} or "page-foot" in classes:
            own = False
        elif tag.name == "main":
            own = bool(self.here.own)
        before = self.here
        if tag.name == "article" and "chapter" in classes:
            page = str(tag.get("id"))
            self.here = self.here.about(sessions=self.known.sessions_of(page), own=page)
            own = bool(self.here.own)
        yield from self._special(tag, classes, own)
        if tag.name == "figure" or tag.name == "article":
            self.here = before

    def _special(self, tag: Tag, classes: list[str], own: bool) -> Iterator[Place]:
        for attribute in ("alt", "aria-label", "title"):
            if text := " ".join(str(tag.get(attribute, "")).split()):
                name = {"alt": "図の説明", "title": "説明"}.get(attribute, "読み上げの名前")
                yield self.here.about(text=text, column=name, own=self.here.own if own else "")
        if tag.name == "svg":
            yield from (self.here.about(text=said(t), own="図") for t in tag.find_all("text"))
        elif not own and (handler := self._handler(tag, classes)):
            yield from handler(tag, self.here, self.known)
        else:
            if tag.name in HEADINGS:
                self.here = self.here.about(section=said(tag), item="", levels=())
                self._named(tag)
            elif tag.name == "figure" and (head := tag.find("h3") or tag.find("figcaption")):
                self._named(head)
            yield from self._each(tag, own)

    def _named(self, tag: Tag) -> None:
        """Let what follows be about the item, session or question that a heading names."""
        text = said(tag).partition("（")[0].rstrip("＊")
        if text in self.known.items:
            self.here = self.here.about(item=self.known.items[text])
        elif text in self.known.labels:
            inside = [s for s in self.known.labels[text] if s in self.whole.sessions]
            self.here = self.here.about(sessions=tuple(inside[:1]) or self.here.sessions)
        elif tag.name == "h2" and "id" not in tag.attrs:
            chapter = next(iter(tag.find_parents("article")), None)
            chapter_id = str(chapter.get("id")) if isinstance(chapter, Tag) else ""
            sessions = self.known.sessions_of(chapter_id) if chapter_id else self.whole.sessions
            self.here = self.here.about(sessions=sessions)
        elif any(text in questions for questions in self.known.answers.written.values()):
            self.here = self.here.about(item=text)

    def _handler(self, tag: Tag, classes: list[str]):  # type: ignore[no-untyped-def]
        for selector, handler in TABLES.items():
            name, _, marks = selector.partition(".")
            if tag.name == name and {*filter(None, marks.split("."))} <= {*classes}:
                return handler
        return None
