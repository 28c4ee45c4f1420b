"""A page as one part among others of a file: ids, headings and links that fit there."""

import re
from collections.abc import Callable, Collection
from html import escape, unescape
from posixpath import normpath
from urllib.parse import urlsplit

_TAG = re.compile(r"<([a-z][^\s/>]*)(?:[^>\"']+|\"[^\"]*\"|'[^']*')*+>", re.I)
_ATTRIBUTE = re.compile(r"(\s)([^\s=/\"'>]+)=(\"[^\"]*\"|'[^']*')")
_STYLE = re.compile(r"(<style\b[^>]*>)(.*?)(?=</style)", re.I | re.S)
_ID = re.compile(r"#((?:[\w-]|\\.)+)")
_NAMES = {"id", "for", "headers", "name", "list", "form"}
_NAMES |= {f"aria-{what}" for what in ("labelledby", "describedby", "controls", "owns", "details")}
"""Attributes that are ids of the same page, one or several."""
_LINKS = {"href", "xlink:href", "usemap"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_SENSIBLE = {*_HEADINGS, "nav", "section", "aside"}
_TOLD_BY = re.compile("|".join(["=.region", "aria-level", r"url\(", *sorted(_NAMES | _LINKS)]))
"""What tags are, or have, of which something may change: nearly all others are left at once."""
_LANDMARK = re.compile(r"<(?:nav|section|aside)\b|\srole=[\"']region[\"']", re.I)
"""What is listed by its label, among those of all parts."""
DEEPER = 1
"""So many levels below their own are a part's headings."""

Link = Callable[[str], str | None]
"""From the address in a link to another one, None if there is nothing to lead to."""


def main_part(page: str) -> str:
    """Return what stands between the head and the foot of a page of ours."""
    begin = re.search(r"<main\b[^>]*>", page)
    return page[begin.end() if begin else 0 : page.rindex("</main>")]


def own_ids(html: str, part: str) -> str:
    """Return a part whose ids, and what refers to them, are no other part's."""
    return _changed(html, part, "", lambda address: _in_part(address, part), 0)


def as_part(html: str, part: str, title: str, parts: Collection[str], top: str) -> str:
    """Return a part with ids of its own, headings one level deeper, and links that lead somewhere.

    Its landmarks say its title. Headings keep their tags, and so their look: ``aria-level`` says
    what they are here. Links to the pages of ``parts`` lead to these parts, links to the index to
    ``top``, and links to other files beside the page nowhere: the file may be alone.
    """

    def link(address: str) -> str | None:
        found = urlsplit(address)
        if found.scheme or found.netloc:
            return address
        if not found.path:
            return _in_part(address, part)
        name = normpath(found.path).removesuffix(".html")
        if name in parts:
            return f"#{name}.{found.fragment}" if found.fragment else f"#{name}"
        return f"#{top}" if name == "index" else None

    return _changed(html, part, title, link, DEEPER)


def _in_part(address: str, part: str) -> str:
    inner = address.startswith("#") and len(address) > 1
    return f"#{part}.{address[1:]}" if inner else address


def _changed(html: str, part: str, title: str, link: Link, deeper: int) -> str:
    """Return HTML of which every tag was looked at; what is no tag stays, but for style sheets."""

    def attribute(found: re.Match[str]) -> str:
        space, name, quoted = found.groups()
        key, value = name.lower(), unescape(quoted[1:-1])
        if key in _NAMES:
            new: str | None = " ".join(f"{part}.{one}" for one in value.split())
        elif key in _LINKS:
            new = link(value)
        elif key == "aria-level" and value.isdecimal():
            new = str(int(value) + deeper)
        else:
            new = re.sub(r"(url\(['\"]?#)", rf"\g<1>{part}.", value)
        if new is None:
            return ""
        return found[0] if new == value else f'{space}{name}="{escape(new)}"'

    def tag(found: re.Match[str]) -> str:
        whole, name = found[0], found[1]
        if name not in _SENSIBLE and not _TOLD_BY.search(whole):
            return whole
        changed = _ATTRIBUTE.sub(attribute, whole)
        if deeper and name in _HEADINGS and "aria-level" not in whole:
            changed = f'<{name} aria-level="{int(name[1]) + deeper}"{changed[len(name) + 1 :]}'
        if title and _LANDMARK.search(whole):
            begin, label, rest = changed.partition(' aria-label="')
            told, quote, end = rest.partition('"')
            changed = begin + label + told + (f"（{escape(title)}）" if label else "") + quote + end
        return changed

    changed = _TAG.sub(tag, html)
    if "<style" not in changed:
        return changed
    return _STYLE.sub(lambda found: found[1] + _own_style(found[2], part), changed)


def _own_style(css: str, part: str) -> str:
    """Return a style sheet whose selectors name the ids of its part; colours stay."""
    begin = "".join(c if c.isalpha() or c in "-_" else f"\\{ord(c):x} " for c in f"{part}.")
    selectors = re.compile(r"[^{}]+(?=\{)")
    return selectors.sub(lambda found: _ID.sub(lambda own: f"#{begin}{own[1]}", found[0]), css)
