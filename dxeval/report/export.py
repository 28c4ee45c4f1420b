"""From an executed notebook to a page, by nbconvert and our own template; and the index page."""

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dxeval import __version__
from dxeval.report.frame import Frame

if TYPE_CHECKING:
    from nbconvert import HTMLExporter

TEMPLATES = Path(__file__).with_name("template")


def _context(frame: Frame, digest: str) -> dict[str, Any]:
    """Return what the templates' head and foot show."""
    from dxeval.page import STYLE

    return {
        "title": frame.title,
        "links": [asdict(link) for link in frame.links],
        "digest": digest,
        "version": __version__,
        "style": STYLE.read_text(encoding="utf-8"),
    }


@cache
def _exporter() -> "HTMLExporter":
    from nbconvert import HTMLExporter
    from traitlets.config import Config

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


def export_page(name: str, content: bytes, frame: Frame) -> tuple[str, Frame, bytes]:
    """Return a page's name and frame again, and its HTML: one self-contained file.

    ``content`` is the executed notebook's file. Can be given to any executor, like ``make``.
    """
    import nbformat

    notebook = nbformat.reads(content.decode(), as_version=4)
    page = _context(frame, notebook.metadata["dxeval"]["inputs_sha256"])
    html, _ = _exporter().from_notebook_node(notebook, resources={"page": page})
    return name, frame, html.encode()


def export_index(title: str, digest: str, **content: Any) -> bytes:
    """Return the index page; ``content`` is what ``contents.html.j2`` shows."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "page"), autoescape=True, trim_blocks=True
    )
    page = _context(Frame(title), digest)
    page["style"] = environment.filters["safe"](page["style"])
    html = environment.get_template("contents.html.j2").render(page=page, **content)
    return html.encode()
