"""What stands around a page: its title and the links to the pages beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dxeval.definitions.programme import Session, date_text
from dxeval.workspace import Workspace

OVERALL = "overall"
INDEX = "index"


@dataclass(frozen=True)
class Link:
    """A link of a page's navigation; ``rel`` is prev, next or empty."""

    href: str
    text: str
    rel: str = ""


@dataclass(frozen=True)
class Frame:
    """Title and links of one page."""

    title: str
    links: tuple[Link, ...] = ()


def overall_frame(workspace: Workspace) -> Frame:
    """Return the frame of the overall page."""
    report = workspace.programme.report
    title = f"総括｜{report.title} {report.fiscal_year}年度"
    return Frame(title, (Link(f"{INDEX}.html", "← 一覧"),))


def index_title(workspace: Workspace) -> str:
    """Return the title of the index page."""
    report = workspace.programme.report
    return f"一覧｜{report.title} {report.fiscal_year}年度"


def whole_title(workspace: Workspace) -> str:
    """Return the title of the whole report as one print."""
    report = workspace.programme.report
    return f"{report.fiscal_year}年度　{report.title}"


def session_frame(workspace: Workspace, session: Session, made: Sequence[Session]) -> Frame:
    """Return a session's frame; ``made`` are the sessions in order that have a page, its own too.

    A page links only to neighbours that have one.
    """
    programme = workspace.programme.programme(session.programme)
    place = [one.id for one in made].index(session.id)
    links = [Link(f"{INDEX}.html", "← 一覧"), Link(f"{OVERALL}.html", "総括")]
    if place > 0:
        before = made[place - 1]
        links.append(Link(f"{before.id}.html", f"前の回：{_name(workspace, before)}", "prev"))
    if place + 1 < len(made):
        after = made[place + 1]
        links.append(Link(f"{after.id}.html", f"次の回：{_name(workspace, after)} →", "next"))
    return Frame(f"{session.heading} 実施結果｜{programme.label}", tuple(links))


def _name(workspace: Workspace, session: Session) -> str:
    mark = workspace.programme.programme(session.programme).mark
    return f"{mark}{session.label} {date_text(session.date, year=False)}"
