"""A page's HTML -> its places: every text that a reader sees or hears, and what it is about."""

from collections.abc import Iterable, Iterator, Mapping

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from dxeval.tracing import one_session, reported, several
from dxeval.tracing.cells import Handler, item_of, linked, said
from dxeval.tracing.known import Known
from dxeval.tracing.names import one_line
from dxeval.tracing.place import Place

BLOCKS = [
    *("address", "article", "aside", "blockquote", "details", "dd", "div", "dl", "dt", "figure"),
    *("figcaption", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
    *("nav", "ol", "p", "pre", "section", "summary", "table", "ul", "img", "svg", "caption"),
    *("thead", "tbody", "tr", "td", "th"),
]
"""Elements that stand apart; the others are parts of a sentence."""
APART = ".eyebrow > span, .page-nav > a, .contents a, nav li > a, .cover-facts > p"
"""Parts of a line that are texts of their own."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNREAD = ("style", "script", "template")
SPOKEN = {"alt": "図の説明", "title": "説明", "aria-label": "読み上げの名前"}
REVIEW = ("良かった点", "課題", "今後の活動に関する示唆")
LISTS = ("index", "report")
"""Pages that no notebook makes."""
ONES_OWN = "section.crosstab, figure.shown, section:has(> details), div.wide[aria-label='読んだ回']"
"""What only somebody's own cells show: cross tables, charts, words, what was read."""
HANDLERS: Mapping[str, Handler] = {
    "table.levels, table.shares": one_session.levels,
    "table.ticks": one_session.ticks,
    "div.ticks.dense": one_session.dense,
    "table.five": one_session.five,
    "dl.cards": one_session.cards,
    "figure.result > figcaption": one_session.result_head,
    "section.possible figure.result > div": one_session.possible,
    "table.facts": one_session.facts,
    "table.summary.by-label": several.by_label,
    "table.summary.by-session, table.by-level": several.by_level,
    "table.summary": several.summary,
    "table.numbers.lines": several.lines,
    "table.numbers": several.numbers,
    "table.rules-beside": several.rules_beside,
    "table.stack.audit": reported.annex,
    "section.audited": reported.findings,
    "table.audited-table": reported.audited,
    "table.audited-checks": reported.checks,
    "table.contents-of": reported.listed,
}
"""What is read in a way of its own, by CSS selectors, the narrower ones first."""


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
        self.handlers = {id(t): h for s, h in reversed([*HANDLERS.items()]) for t in soup.select(s)}
        self.apart = {id(tag) for tag in soup.select(APART)}
        self.ones_own = {id(tag) for tag in soup.select(ONES_OWN)}
        if soup.title:
            yield self.whole.about(text=said(soup.title), section="題名")
        yield from self._each(soup.body or soup, own=False)

    def _each(self, tag: Tag, own: bool) -> Iterator[Place]:
        """Yield the places of what stands in an element: blocks one by one, the rest as texts."""
        inline: list[PageElement] = []
        for child in tag.children:
            if not isinstance(child, Tag) or not self._is_apart(child):
                inline.append(child)
                continue
            yield from self._text(inline, own)
            inline = []
            yield from self._block(child, own)
        yield from self._text(inline, own)

    def _is_apart(self, tag: Tag) -> bool:
        return tag.name in BLOCKS or id(tag) in self.apart or bool(tag.find(BLOCKS))

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
        before = self.here, self.whole, self.page
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
        elif "mathjax_ignore" in classes:
            own = False
        yield from self._inside(tag, own or id(tag) in self.ones_own)
        if tag.name in {"figure", "article", "a"}:
            self.here, self.whole, self.page = before

    def _inside(self, tag: Tag, own: bool) -> Iterator[Place]:
        for attribute, name in SPOKEN.items():
            if id(tag) not in self.handlers and (text := str(tag.get(attribute, ""))):
                yield self._place(" ".join(text.split()), own, name)
        if own:
            yield from self._own(tag)
        elif handler := self.handlers.get(id(tag)):
            yield from handler(tag, self.here, self.known)
        elif tag.name == "li" and self.here.section in REVIEW:
            yield from reported.review_point(tag, self.here, self.known)
        else:
            if tag.name in HEADINGS:
                self._headed(tag)
            elif tag.name == "figure" and (head := tag.find("h3") or tag.find("figcaption")):
                self.here = self.here.about(item=item_of(said(head), self.known))
            yield from self._each(tag, own)

    def _own(self, tag: Tag) -> Iterator[Place]:
        """Yield what stands in somebody's own output; drawings are one text each."""
        if tag.name == "svg":
            yield from (self._place(said(text), True) for text in tag.find_all(["text", "title"]))
        else:
            yield from self._each(tag, True)

    def _quoted(self, heading: Tag) -> tuple[str, ...]:
        """Return the sessions whose comments stand below a heading; none where none do."""
        below = heading.find_next_sibling()
        quote = said(below.find("blockquote")) if below and "quotes" in below["class"] else ""
        return tuple(
            session
            for session in self.whole.sessions
            if quote in map(one_line, self.known.answers.sessions[session].comments)
        )

    def _headed(self, tag: Tag) -> None:
        """Let what follows be about the item, session or question that a heading names."""
        names, text = self.known.names, said(tag).partition("（掲載")[0].rstrip("＊")
        item, sessions = item_of(text, self.known), self.here.sessions
        if tag.name in {"h1", "h2"}:
            sessions = self.whole.sessions
        elif text in names.labels:
            called = [s for s in names.labels[text] if s in self.whole.sessions]
            quoted = self._quoted(tag)
            sessions = tuple(s for s in called if s in quoted or not quoted)[:1] or quoted[:1]
        if any(text in questions for questions in self.known.answers.written.values()):
            item = text
        self.here = self.here.about(section=said(tag), item=item, sessions=sessions, levels=())
