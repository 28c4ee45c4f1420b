"""The one place that makes HTML from text, and escapes it.

Every text goes through ``markupsafe``: a fragment is built with ``Markup(...).format(...)``,
which escapes whatever is not itself a fragment. Nothing else in the library writes HTML by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

STYLE = Path(__file__).with_name("style.css")


@dataclass(frozen=True)
class Fragment:
    """A piece of a page that shows itself in a notebook, and as escaped HTML inside another."""

    html: Markup

    def __html__(self) -> str:
        return self.html

    def __bool__(self) -> bool:
        return bool(self.html)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {
            "text/html": f'<div class="dxeval">{self.html}</div>',
            "text/plain": f"<{type(self).__name__}: {len(self.html)} characters>",
        }


def element(template: str, *args: object, **kwargs: object) -> Markup:
    """Fill an HTML template; every argument that is not itself HTML is escaped."""
    return Markup(template).format(*args, **kwargs)


def join(parts: Iterable[object], between: str = "") -> Markup:
    """Join pieces of HTML; escapes those that are plain text."""
    return Markup(between).join(element("{}", part) for part in parts)


def section(heading: str, *content: object) -> Fragment:
    """Return a section under its heading, empty if it has no content."""
    inside = join(content)
    if not inside:
        return Fragment(Markup())
    return Fragment(element("<section><h2>{}</h2>{}</section>", heading, inside))


def bullets(lines: Iterable[object], tag: str = "ul") -> Markup:
    """Return a list (``ul`` or ``ol``) of one line each, empty for no lines."""
    items = join(element("<li>{}</li>", line) for line in lines)
    return element("<{0}>{1}</{0}>", Markup(tag), items) if items else Markup()


def style() -> Fragment:
    """Return the style sheet, so that a live notebook looks like the page made from it."""
    return Fragment(Markup("<style>{}</style>").format(Markup(STYLE.read_text(encoding="utf-8"))))
