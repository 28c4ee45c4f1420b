"""HTML that a cell shows, made fit for a page: balanced, without what needs a script, tables fit.

Our own fragments do not come here: they are made by templates and need none of this.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

ACTIVE = ("script", "iframe", "object", "embed", "applet", "audio", "video", "canvas", "portal")
"""What a page without scripts, and without anything from elsewhere, cannot show."""
ELSEWHERE = ("link", "meta", "base", "title")
"""What is about a page as a whole, and not this part of it."""
SEEN = ("img", "svg", "math", "hr", "input", "progress", "meter")
"""What is seen though it holds no text."""
NARROWEST = 22
"""So many letters fit on the narrowest screen."""
PAGE = "dxeval"
"""The class of what has the page's look."""
WIDEST_CELL = 14
"""A longer text in a cell is broken rather than let its table grow."""

Picture = Callable[[str], str | None]
"""From the place of a picture, as written, to a data URI; None if it is not to be had."""


@dataclass
class Fitted:
    """HTML fit for a page: what is ``gone`` of it, pictures ``missing``, or ``nameless``.

    ``empty`` is whether nothing of it can be seen.
    """

    html: str
    gone: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    nameless: bool = False
    empty: bool = False


def fit(html: str, picture: Picture, prefix: str) -> Fitted:
    """Return HTML of a cell fit for a page; ``prefix`` tells ids that are made at random apart."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(_same_ids(html, prefix), "html.parser")
    own, ours = soup.new_tag("div", attrs={"class": PAGE}), soup.find(class_=PAGE) is not None
    found = Fitted("")
    for tag in soup.find_all(ACTIVE):
        found.gone.append(tag.name)
        tag.decompose()
    for tag in soup.find_all(ELSEWHERE):
        if tag.name == "link":
            found.gone.append("link")
        tag.decompose()
    for tag in soup.find_all(("html", "head", "body", "form")):
        tag.unwrap()
    for tag in soup.find_all(True):
        _without_actions(tag)
    for tag in soup.find_all("style"):
        _own_style(tag, found)
    for image in soup.find_all("img"):
        _embed(image, picture, found)
    for table in soup.find_all("table"):
        if table.find_parent(class_="wide") is None and table.find_parent("table") is None:
            _fit_table(soup, table)
    texts = [part for part in soup.find_all(string=True) if part.find_parent("style") is None]
    found.empty = not "".join(texts).strip() and soup.find(SEEN) is None
    found.gone = list(dict.fromkeys(found.gone))
    if not ours:
        for part in list(soup.contents):
            own.append(part.extract())
        soup.append(own)
    found.html = str(soup)
    return found


def _same_ids(html: str, prefix: str) -> str:
    """Return HTML in which a Styler's random ids say where it stands instead."""
    ids = list(dict.fromkeys(re.findall(r'id="T_([0-9a-f]{5,})"', html)))
    for i, found in enumerate(ids):
        html = html.replace(f"T_{found}", f"T_{prefix}_{i}")
    return html


def _without_actions(tag: Tag) -> None:
    for name in list(tag.attrs):
        value = "".join(str(tag[name]).split()).lower()
        harmful = name in {"href", "src", "xlink:href"} and value.startswith("javascript:")
        if name.startswith("on") or harmful or name in {"srcset", "action", "formaction", "srcdoc"}:
            del tag[name]


def _own_style(tag: Tag, found: Fitted) -> None:
    """Keep a style sheet to the part of the page that it came with; pandas' own is not needed."""
    css = tag.get_text().strip()
    if not css or (tag.has_attr("scoped") and ".dataframe" in css):
        tag.decompose()
        return
    if re.search(r"@import|url\(\s*['\"]?(?!data:)", css):
        found.gone.append("ほかの場所の書体や背景")
    rules = re.findall(r"([^{}]+)\{", css)
    if not all(rule.strip().startswith("#") for rule in rules):
        css = f"@scope {{\n{css}\n}}"
    tag.attrs.clear()
    tag.string = css


def _embed(image: Tag, picture: Picture, found: Fitted) -> None:
    source = str(image.get("src", ""))
    if not source.startswith("data:"):
        embedded = picture(source)
        if embedded is None:
            found.missing.append(source)
            image.decompose()
            return
        image["src"] = embedded
    if not str(image.get("alt", "")).strip() and image.get("role") != "presentation":
        found.nameless = True
        image["alt"] = "図"


def _fit_table(soup: BeautifulSoup, table: Tag) -> None:
    """Have a table scroll by itself on a screen, and grow small by itself on paper."""
    for name in ("border", "style", "width", "cellpadding", "cellspacing"):
        del table[name]
    for head in table.find_all("th"):
        _say_scope(head)
    table["class"] = " ".join(filter(None, [*table.get_attribute_list("class"), "frame"]))
    ems = _ems(table)
    table["style"] = f"--ems:{ems}"
    caption = table.find("caption")
    label = caption.get_text(strip=True) if caption else ""
    fits = " fits" if ems <= NARROWEST else ""
    wide = soup.new_tag("div", attrs={"class": f"wide{fits}", "role": "group", "tabindex": "0"})
    wide["aria-label"] = label or "表"
    table.wrap(wide)


def _say_scope(head: Tag) -> None:
    if not head.get_text(strip=True).replace("\xa0", ""):
        head.name = "td"
        return
    above = head.find_parent("thead") is not None
    group = head.get("colspan", "1") != "1" if above else head.get("rowspan", "1") != "1"
    head["scope"] = ("col" if above else "row") + ("group" if group else "")


def _ems(table: Tag) -> int:
    """Return about how wide a table is, in letters, its longest texts broken."""
    widths: dict[int, float] = {}
    for row in table.find_all("tr"):
        place = 0
        for cell in row.find_all(("th", "td"), recursive=False):
            written = str(cell.get("colspan", "1"))
            span = int(written) if written.isdigit() else 1
            if span == 1:
                needed = min(_letters(cell.get_text(strip=True)), WIDEST_CELL) + 1.3
                widths[place] = max(widths.get(place, 0), needed)
            place += span
    return round(sum(widths.values())) or 1


def _letters(text: str) -> float:
    return sum(1.0 if east_asian_width(letter) in "WF" else 0.6 for letter in text)
