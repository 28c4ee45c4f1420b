"""The one place that makes HTML: templates filled by Jinja2, which escapes every text.

Escaping is ``markupsafe``'s: whatever is not itself a fragment is escaped. No tag stands outside
``templates/``. Characters that nobody sees and that change what others see are written out.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from dxeval.definitions.visible import visible
from dxeval.presenting.compiled import keep_compiled

STYLE = Path(__file__).with_name("style.css")
TEMPLATES = Path(__file__).with_name("templates")
SUFFIX = ".html.j2"


@dataclass(frozen=True)
class Fragment:
    """A piece of a page that shows itself in a notebook, and as escaped HTML inside another."""

    html: Markup = field(default_factory=Markup)

    def __html__(self) -> str:
        return self.html

    def __bool__(self) -> bool:
        return bool(self.html)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {
            "text/html": str(render("shown", fragment=self).html),
            "text/plain": f"<{type(self).__name__}: {len(self.html)} characters>",
        }


def render(template: str, **content: object) -> Fragment:
    """Return the template of that name filled with ``content``; text in it is escaped.

    Raises jinja2.UndefinedError if the template names what ``content`` does not hold.
    """
    html = _environment().get_template(template + SUFFIX).render(content)
    return Fragment(Markup(visible(html)))


def style() -> Fragment:
    """Return the style sheet, so that a live notebook looks like the page made from it."""
    return render("style", css=Markup(STYLE.read_text(encoding="utf-8")))


def keep() -> None:
    """Have templates kept compiled, in a process that runs no cells."""
    keep_compiled(_environment())


def warm_up() -> None:
    """Compile every template, so that a process forked from this one need not."""
    keep()
    for path in TEMPLATES.glob(f"*{SUFFIX}"):
        _environment().get_template(path.name)


@cache
def _environment() -> Environment:
    return Environment(loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined)


def _source(name: str) -> str:
    """Return a template on one line: its lines and indents are for its reader, not for a page.

    So a line may be broken beside a tag or inside Japanese text, not where a space is needed.
    """
    lines = (TEMPLATES / name).read_text(encoding="utf-8").splitlines()
    return "".join(line.strip(" ") for line in lines)
