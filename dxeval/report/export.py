"""From an executed notebook to a page, by nbconvert and our own template; and the index page."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config

from dxeval import __version__
from dxeval.page import STYLE

TEMPLATES = Path(__file__).with_name("template")


@dataclass(frozen=True)
class Link:
    """A link of a page's navigation; ``rel`` is prev, next or empty."""

    href: str
    text: str
    rel: str = ""


@dataclass(frozen=True)
class Chapter:
    """A page as a part of the whole report: ``html`` is what stands between its head and foot."""

    id: str
    title: str
    html: str


def _frame(title: str, links: Sequence[Link], digest: str) -> dict[str, Any]:
    """Return what the templates' head and foot show."""
    return {
        "title": title,
        "css_title": _css_string(title),
        "links": [asdict(link) for link in links],
        "digest": digest,
        "version": __version__,
        "style": STYLE.read_text(encoding="utf-8"),
    }


@cache
def _exporter() -> HTMLExporter:
    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {
        "internal",
        "parameters",
        "injected-parameters",
    }
    return HTMLExporter(
        config=config,
        template_name="page",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=True,
        exclude_anchor_links=True,
    )


def export_notebook(notebook: NotebookNode, title: str, links: Sequence[Link], digest: str) -> str:
    """Return the page of an executed notebook: one self-contained HTML file."""
    resources = {"page": _frame(title, links, digest)}
    html, _ = _exporter().from_notebook_node(notebook, resources=resources)
    return html


def export_chapter(chapter_id: str, title: str, notebook: NotebookNode) -> Chapter:
    """Return an executed notebook as a chapter of the whole report."""
    html, _ = _exporter().from_notebook_node(notebook, resources={"page": None})
    return Chapter(chapter_id, title, html)


def export_whole(title: str, chapters: Sequence[Chapter], numbers: Sequence[int]) -> str:
    """Return the whole report as one HTML: contents, then the chapters.

    ``numbers`` are the chapters' page numbers. Links between pages lead to chapters.
    """
    known = "|".join(re.escape(chapter.id) for chapter in chapters)
    parts = [
        (chapter.id, chapter.title, re.sub(rf'href="({known})\.html"', r'href="#\1"', chapter.html))
        for chapter in chapters
    ]
    lines = list(zip(parts, numbers, strict=True))
    return _render("whole.html.j2", _frame(title, [], ""), lines=lines)


def export_index(title: str, digest: str, **content: Any) -> str:
    """Return the index page; ``content`` is what ``contents.html.j2`` shows."""
    return _render("contents.html.j2", _frame(title, [], digest), **content)


def _render(template: str, page: dict[str, Any], **content: Any) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "page"), autoescape=True, trim_blocks=True
    )
    for name in ("style", "css_title"):
        page[name] = Markup(page[name])
    return environment.get_template(template).render(page=page, **content)


def _css_string(text: str) -> str:
    """Return a text as a CSS string that cannot end the string or the style sheet."""
    return '"' + "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in text) + '"'
