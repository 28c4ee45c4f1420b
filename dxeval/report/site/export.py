"""From an executed notebook to a page, by nbconvert and our own template; and the index page."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dxeval import __version__
from dxeval.definitions.visible import visible
from dxeval.report.process.sparing import spare_formats
from dxeval.report.site.inner import own_ids
from dxeval.report.site.links import NOWHERE, REPORT, Cover, Frame, Link, Place

if TYPE_CHECKING:
    from jinja2 import Environment
    from nbconvert import HTMLExporter

TEMPLATES = Path(__file__).with_name("template")


@dataclass(frozen=True)
class Chapter:
    """A page as a part of the whole report: ``html`` is what stands between its head and foot.

    ``uncounted`` says what does not count, as its own foot does; ``place`` is that in the contents.
    """

    id: str
    title: str
    html: str = ""
    uncounted: str = ""
    place: Place = NOWHERE


def _context(frame: Frame, digest: str, uncounted: str = "") -> dict[str, Any]:
    """Return what the templates' head and foot show."""
    from dxeval.presenting.html import STYLE

    return {
        "title": frame.title,
        "css_title": _css_string(visible(frame.title)),
        "links": [asdict(link) for link in frame.links],
        "digest": digest,
        "uncounted": uncounted,
        "version": __version__,
        "heads": [],
        "style": STYLE.read_text(encoding="utf-8"),
    }


@cache
def exporter() -> "HTMLExporter":
    """Return nbconvert's exporter with our template: made once a process, it takes a while."""
    spare_formats()
    from nbconvert import HTMLExporter, TemplateExporter
    from traitlets.config import Config

    from dxeval.report.site.markdown import formula_html, page_html

    class PageExporter(HTMLExporter):
        """Does without HTMLExporter's second parse of the page: our template's images have alt.

        And without another look at the notebook, which was found valid when it was run.
        """

        from_notebook_node = TemplateExporter.from_notebook_node

        def _validate_preprocessor(self, nbc: object, preprocessor: object) -> None:
            pass

    config = Config()
    config.PageExporter.optimistic_validation = True
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {
        "internal",
        "parameters",
        "injected-parameters",
    }
    page = PageExporter(
        config=config,
        template_name="page",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=True,
        exclude_anchor_links=True,
    )
    page.register_filter("page_html", page_html)
    page.register_filter("formula_html", formula_html)
    return page


def warm_up() -> None:
    """Export a notebook for nothing, so that a process forked from this one starts at once."""
    from nbformat import v4, validate

    from dxeval.presenting.compiled import keep_compiled

    image = v4.new_output("execute_result", {"text/html": '<img alt="" src="data:,">'})
    cells = [v4.new_code_cell("1", outputs=[image]), v4.new_markdown_cell("*1*")]
    notebook = v4.new_notebook(cells=cells)
    validate(notebook)
    keep_compiled(exporter().environment)
    exporter().from_notebook_node(notebook, resources={"page": _context(Frame(""), "")})


def export_page(name: str, content: bytes, frame: Frame) -> tuple[str, Frame, bytes]:
    """Return a page's name and frame again, and its HTML: one self-contained file.

    ``content`` is the executed notebook's file. Can be given to any executor, like ``make``.
    """
    import nbformat

    notebook = nbformat.reads(content.decode(), as_version=4)
    foot = notebook.metadata["dxeval"]
    page = _context(frame, foot["inputs_sha256"], foot["uncounted"])
    html, _ = exporter().from_notebook_node(notebook, resources={"page": page})
    return name, frame, visible(html).encode()


def export_chapter(chapter: Chapter, content: bytes) -> Chapter:
    """Return a chapter of the whole report with what stands in an executed notebook's file."""
    import nbformat

    notebook = nbformat.reads(content.decode(), as_version=4)
    html, _ = exporter().from_notebook_node(notebook, resources={"page": None})
    uncounted = notebook.metadata["dxeval"]["uncounted"]
    return replace(chapter, html=own_ids(visible(html), chapter.id), uncounted=uncounted)


def export_whole(
    cover: Cover, chapters: Sequence[Chapter], numbers: Sequence[int], zooms: Sequence[float]
) -> bytes:
    """Return the whole report as one HTML: cover, contents, then the chapters.

    Each chapter's title stands at the head of its sheets of paper. ``numbers`` are the chapters'
    page numbers, ``zooms`` how large each is to be, 1 for the usual size. Links between pages lead
    to chapters.
    """
    from markupsafe import Markup

    known = "|".join(re.escape(chapter.id) for chapter in chapters)
    pattern = rf'href="({known})\.html"'
    parts = [replace(part, html=re.sub(pattern, r'href="#\1"', part.html)) for part in chapters]
    lines = list(zip(parts, numbers, zooms, strict=True))
    page = _context(Frame(cover.title), "")
    page["heads"] = [Markup(_css_string(visible(part.title))) for part in parts]
    contents = [(part, [*of_it]) for part, of_it in groupby(lines, lambda line: line[0].place.part)]
    return _render("whole.html.j2", page, cover=cover, contents=contents, lines=lines)


def export_annex(title: str, parts: Sequence[tuple[tuple[str, str], str]]) -> str:
    """Return the HTML of ``parts``, of which chapter (id and title) and what, below ``title``."""
    return _environment().get_template("annex.html.j2").render(title=title, parts=parts)


def export_one_file(
    cover: Cover, chapters: Sequence[Chapter], missing: Sequence[str], digest: str
) -> bytes:
    """Return the whole report as one HTML for screens: contents, then the chapters.

    ``missing`` are the names of pages that could not be made. The chapters' own HTML is
    ``visible`` already, and too much to be looked through again.
    """
    page = _context(Frame(visible(cover.title)), digest)
    shown = [
        replace(
            chapter,
            title=visible(chapter.title),
            uncounted=visible(chapter.uncounted),
            place=Place(visible(chapter.place.part), visible(chapter.place.entry)),
        )
        for chapter in chapters
    ]
    return _filled(
        "one_file.html.j2",
        page,
        top=REPORT,
        facts=[visible(fact) for fact in cover.facts],
        logo=cover.logo,
        contents=[(part, [*of_it]) for part, of_it in groupby(shown, lambda one: one.place.part)],
        chapters=shown,
        missing=[visible(name) for name in missing],
    ).encode()


def export_index(title: str, digest: str, **content: Any) -> bytes:
    """Return the index page; ``content`` is what ``contents.html.j2`` shows."""
    return _render("contents.html.j2", _context(Frame(title), digest), **content)


def export_notice(title: str, links: Sequence[Link], **content: Any) -> bytes:
    """Return a page that stands where another cannot; ``content`` is what its template shows."""
    return _render("notice.html.j2", _context(Frame(title, tuple(links)), ""), **content)


def _render(template: str, page: dict[str, Any], **content: Any) -> bytes:
    return visible(_filled(template, page, **content)).encode()


def _filled(template: str, page: dict[str, Any], **content: Any) -> str:
    from markupsafe import Markup

    safe = {name: Markup(page[name]) for name in ("style", "css_title")}
    return _environment().get_template(template).render(page=page | safe, **content)


@cache
def _environment() -> "Environment":
    """Return our own templates: compiled once a process."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from dxeval.presenting.compiled import keep_compiled

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    keep_compiled(environment)
    return environment


def _css_string(text: str) -> str:
    """Return a text as a CSS string that cannot end the string or the style sheet."""
    return '"' + "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in text) + '"'
