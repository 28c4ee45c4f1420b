"""From an executed notebook to a page, by nbconvert and our own template; and the index page."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
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


def _frame(title: str, links: Sequence[Link], digest: str) -> dict[str, Any]:
    """Return what the templates' head and foot show."""
    return {
        "title": title,
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


def export_index(title: str, digest: str, **content: Any) -> str:
    """Return the index page; ``content`` is what ``contents.html.j2`` shows."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "page"), autoescape=True, trim_blocks=True
    )
    page = _frame(title, [], digest)
    page["style"] = environment.filters["safe"](page["style"])
    return environment.get_template("contents.html.j2").render(page=page, **content)
