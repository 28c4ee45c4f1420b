"""What stands around a page: its title and the links to the pages beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dxeval.definitions.programme import Session, date_text
from dxeval.workspace import Workspace

if TYPE_CHECKING:
    from dxeval.presenting.html import Fragment

INDEX = "index"
REPORT = "report"
"""The page that holds all others."""
ANNEX = "付録"
"""How the heading of a page begins that stands at the whole report's end."""


@dataclass(frozen=True)
class Link:
    """A link of a page's navigation; ``rel`` is prev, next or empty."""

    href: str
    text: str
    rel: str = ""


TO_INDEX = Link(f"{INDEX}.html", "← 一覧")


@dataclass(frozen=True)
class Frame:
    """Title and links of one page."""

    title: str
    links: tuple[Link, ...] = ()


def report_title(workspace: Workspace, page: str) -> str:
    """Return the title of a page that is about the whole report, such as 総括 or 一覧."""
    report = workspace.programme.report
    return f"{page}｜{report.title} {report.year}".rstrip()


@dataclass(frozen=True)
class Place:
    """A page's place in the contents of the whole report: below a programme, if any, as what."""

    part: str = ""
    entry: str = ""


NOWHERE = Place()
"""That of what stands in no contents."""


@dataclass(frozen=True)
class Cover:
    """What stands before the contents of the whole report: title, facts, a logo.

    The print shows ``year``, ``heading``, ``chapter`` apart, and a ``notice`` of made-up answers.
    """

    title: str
    facts: tuple[str, ...] = ()
    logo: str = ""
    year: str = ""
    heading: str = ""
    chapter: str = ""
    notice: "Fragment | str" = ""


def whole_cover(workspace: Workspace, logo: bool = True) -> Cover:
    """Return the cover of the whole report, with its logo. Raises DataError for a wrong logo."""
    from dxeval.presenting.sections import simulated_notice

    report = workspace.programme.report
    facts = (
        report.client and f"委託元：{report.client}",
        report.contractor and f"受託者：{report.contractor}",
        date_text(report.date, weekday=False) if report.date else None,
    )
    title = f"{report.year}　{report.title}".strip()
    uri = ""
    if logo and report.logo is not None:
        from dxeval.presenting.photos import logo_uri

        uri = logo_uri(report, workspace.photo_folder)
    notice = simulated_notice(workspace.catalogue.sessions, report)
    parts = (report.year, report.title, report.chapter or "", notice)
    return Cover(title, tuple(fact for fact in facts if fact), uri, *parts)


def session_title(workspace: Workspace, session: Session, what: str) -> str:
    """Return the title of a page that is about one session; ``what`` of it, such as 実施結果."""
    programme = workspace.programme.programme(session.programme)
    return f"{session.heading} {what}｜{programme.label}"


def session_name(workspace: Workspace, session: Session) -> str:
    """Return how links call a page of one session among others."""
    mark = workspace.programme.programme(session.programme).mark
    return f"{mark}{session.label} {date_text(session.date, year=False)}"


def neighbours(there: Sequence[tuple[str, str]], page_id: str, what: str) -> list[Link]:
    """Return the links to the pages before and after; ``there`` are id and name of all, in order.

    ``what`` is what each of them is about, such as 回.
    """
    place = [other for other, _ in there].index(page_id)
    links = []
    if place > 0:
        before, name = there[place - 1]
        links.append(Link(f"{before}.html", f"前の{what}：{name}", "prev"))
    if place + 1 < len(there):
        after, name = there[place + 1]
        links.append(Link(f"{after}.html", f"次の{what}：{name} →", "next"))
    return links
