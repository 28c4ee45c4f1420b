"""The parts of a page by CSS selectors: what is read how, what stands apart, whose it is."""

from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag

from dxeval.tracing import one_session, reported, rules_table, several
from dxeval.tracing.cells import Handler

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
QUOTED = "blockquote, .by-hand, li, .photos figcaption, [alt^='写真：']"
"""Where people's own words stand, short ones too."""
LISTS = ("index", "report")
"""Pages that no notebook makes."""
ONES_OWN = "section.crosstab, figure.shown, section:has(> details), div.wide[aria-label='読んだ回']"
"""What only somebody's own cells show: cross tables, charts, words, what was read."""
OURS = ".mathjax_ignore, div:has(> section.annex)"
"""What dxeval itself shows in a page's main part."""
HANDLERS: Mapping[str, Handler] = {
    "table.levels, table.shares": one_session.levels,
    "table.ticks": one_session.ticks,
    "div.ticks.dense": one_session.dense,
    "table.five": one_session.five,
    "dl.cards": one_session.cards,
    "dl.cards + p": one_session.response,
    "figure.result > figcaption": one_session.result_head,
    "section.possible figure.result > div": one_session.possible,
    "table.facts": one_session.facts,
    "table.summary.by-label": several.by_label,
    "table.summary.by-session, table.by-level": several.by_level,
    "table.summary": several.summary,
    "table.numbers.lines": several.lines,
    "table.numbers": several.numbers,
    "table.rules-beside": rules_table.rules_beside,
    "table.stack.audit": reported.annex,
    "section.audited": reported.findings,
    "table.audited-table": reported.audited,
    "table.audited-checks": reported.checks,
    "table.contents-of": reported.listed,
}
"""What is read in a way of its own, by CSS selectors, the narrower ones first."""


class Parts:
    """What is what on one page, by the elements' identity."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.handlers: dict[int, Handler] = {}
        for selector, handler in HANDLERS.items():
            for tag in soup.select(selector):
                self.handlers.setdefault(id(tag), handler)
        self._apart = {id(tag) for tag in soup.select(APART)}
        self.ours = {id(tag) for tag in soup.select(OURS)}
        self.ones_own = {id(tag) for tag in soup.select(ONES_OWN)}
        self.quoted = {id(tag) for tag in soup.select(QUOTED)}

    def is_apart(self, tag: Tag) -> bool:
        """Whether an element stands apart from the text around it."""
        return tag.name in BLOCKS or id(tag) in self._apart or bool(tag.find(BLOCKS))
