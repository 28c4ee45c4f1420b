"""A page's HTML -> its places: every text that a reader sees or hears, and what it is about."""

from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from dxeval.tracing import reported
from dxeval.tracing.cells import item_of, linked, said
from dxeval.tracing.headings import headed
from dxeval.tracing.known import Known
from dxeval.tracing.parts import HEADINGS, LISTS, REVIEW, SPOKEN, UNREAD, Parts
from dxeval.tracing.place import Place


class PageReader:
    """Goes through one page once, and knows what each part is about.

    State: ``here``, the place of what is being read: its section and what it is about; ``page``,
    the page or chapter, and ``whole``, what that is about.
    """

    def __init__(self, known: Known, page: str) -> None:
        self.known = known
        self.page = page
        self.here = self.whole = Place(sessions=known.sessions_of(page))

    def places(self, html: str) -> Iterator[Place]:
        """Yield every text of the page with what it is about."""
        soup = BeautifulSoup(html, "html.parser")
        self.parts = Parts(soup)
        if soup.title:
            yield self.whole.about(text=said(soup.title), section="題名")
        yield from self._each(soup.body or soup, own=False)

    def _each(self, tag: Tag, own: bool) -> Iterator[Place]:
        """Yield the places of what stands in an element: blocks one by one, the rest as texts."""
        inline: list[PageElement] = []
        for child in tag.children:
            if not isinstance(child, Tag) or not self.parts.is_apart(child):
                inline.append(child)
                continue
            yield from self._text(inline, own)
            inline = []
            yield from self._block(child, own)
        yield from self._text(inline, own)

    def _text(self, parts: Iterable[PageElement], own: bool) -> Iterator[Place]:
        whole = "".join(
            part.get_text() if isinstance(part, Tag) else str(part)
            for part in parts
            if (isinstance(part, Tag) and part.name not in UNREAD) or type(part) is NavigableString
        )
        if text := " ".join(whole.split()):
            yield self._place(text, own)

    def _place(self, text: str, own: bool, column: str = "") -> Place:
        return self.here.about(text=text, column=column, own=self.page if own else "")

    def _block(self, tag: Tag, own: bool) -> Iterator[Place]:
        """Yield the places of an element that stands apart; ``own``: some cell's own output."""
        classes = tag.get_attribute_list("class")
        before, quoted = (self.here, self.whole, self.page), self.here.quoted
        if tag.name in UNREAD:
            return
        if tag.name == "article" and "chapter" in classes:
            self.page = str(tag.get("id"))
            self.here = self.whole = Place(sessions=self.known.sessions_of(self.page))
            own = True
        elif tag.name == "a":
            self.here = self.here.about(sessions=self.known.sessions_of(linked(tag)))
        elif tag.name == "main":
            own = self.page not in LISTS
        elif {"page-foot", "page-nav"} & {*classes}:
            self.here, own = self.whole, False
        elif id(tag) in self.parts.ours:
            own = False
        if id(tag) in self.parts.quoted:
            self.here = self.here.about(quoted=True)
        yield from self._inside(tag, own or id(tag) in self.parts.ones_own)
        self.here = self.here.about(quoted=quoted)
        if tag.name in {"figure", "article", "a"}:
            self.here, self.whole, self.page = before

    def _inside(self, tag: Tag, own: bool) -> Iterator[Place]:
        for attribute, name in SPOKEN.items():
            if id(tag) not in self.parts.handlers and (text := str(tag.get(attribute, ""))):
                yield self._place(" ".join(text.split()), own, name)
        if own:
            yield from self._own(tag)
        elif handler := self.parts.handlers.get(id(tag)):
            yield from handler(tag, self.here, self.known)
        elif tag.name == "li" and self.here.section in REVIEW:
            yield from reported.review_point(tag, self.here, self.known)
        else:
            if tag.name in HEADINGS:
                self.here = headed(tag, self.here, self.whole, self.known)
            elif tag.name == "figure" and (head := tag.find("h3") or tag.find("figcaption")):
                self.here = self.here.about(item=item_of(said(head), self.known))
            yield from self._each(tag, own)

    def _own(self, tag: Tag) -> Iterator[Place]:
        """Yield what stands in somebody's own output; drawings are one text each."""
        if tag.name == "svg":
            yield from (self._place(said(text), True) for text in tag.find_all(["text", "title"]))
        else:
            yield from self._each(tag, True)
