"""Whether every link of what is handed on leads somewhere in it, or openly out of it."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

_PLACES = {"href", "src", "xlink:href", "poster", "srcset", "action", "formaction", "data", "cite"}
_OUTER = {"https", "http"}
_SPOKEN = {"mailto", "tel"}
"""Held by the look for addresses and numbers."""


@dataclass
class Links:
    """How many links lead to something inside, which lead out, and what is wrong with others."""

    inside: int = 0
    outside: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


class _Page(HTMLParser):
    """Gathers ids and addresses of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take one tag's."""
        for name, value in attrs:
            if name == "id" or (tag == "a" and name == "name"):
                self.ids.add(value or "")
            elif name in _PLACES and value is not None:
                self.links.append(value)


def links(files: Mapping[str, bytes]) -> Links:
    """Follow every link of pages and prints."""
    pages = {name: _Page(text.decode()) for name, text in files.items() if name.endswith(".html")}
    found = Links()
    for name, page in pages.items():
        for link in page.links:
            _follow(name, link, files, pages, found)
    for name, content in files.items():
        if name.endswith(".pdf"):
            for link in _of_print(content):
                _follow(name, link, files, pages, found)
    return found


def _follow(
    name: str, link: str, files: Mapping[str, bytes], pages: Mapping[str, _Page], found: Links
) -> None:
    address = urlsplit(link.strip())
    if address.scheme in _OUTER:
        found.outside.add(link.strip())
        return
    if address.scheme == "data" or address.scheme in _SPOKEN:
        return
    target = normpath(join(dirname(name), unquote(address.path))) if address.path else name
    fragment = unquote(address.fragment)
    missing = fragment and target in pages and fragment not in pages[target].ids
    if address.scheme or address.netloc or target not in files or missing:
        found.wrong.append(f"{name}：リンク「{link[:80]}」の先が、ZIP の中にありません")
    else:
        found.inside += 1


def _of_print(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    for sheet in PdfReader(io.BytesIO(content)).pages:
        for annotation in sheet.get("/Annots") or []:
            link = (annotation.get_object().get("/A") or {}).get("/URI")
            if link is not None:
                yield str(link)
