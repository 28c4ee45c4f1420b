"""Titles and links of the pages that there are: up to what shows more, and to those beside.

And the order in which they are read as one report.
"""

from collections.abc import Iterable, Mapping, Sequence

from dxeval.report.kinds import PageKind
from dxeval.report.site.links import (
    TO_INDEX,
    Frame,
    Link,
    Place,
    neighbours,
    report_title,
)
from dxeval.report.subject import Subject
from dxeval.workspace import Workspace

Standing = tuple[PageKind, Subject]


def frames(workspace: Workspace, there: Sequence[Standing]) -> dict[str, Frame]:
    """Return the frames by page id of the pages that there are, in the report's order."""
    mains = [(kind, subject) for kind, subject in there if kind.main]
    own = {(kind.rule.scope, subject.about): (kind, subject) for kind, subject in mains}
    wider = [
        (page, {session.id for session in page[1].sessions})
        for page in reversed(mains)
        if page[0].gathers
    ]
    beside: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kind, subject in there:
        beside.setdefault(kind.series, []).append((subject.id, kind.called(workspace, subject)))
    found = {}
    for kind, subject in there:
        ids = {session.id for session in subject.sessions}
        above = [
            page for page, all_of in wider if page[0].rule.scope > kind.rule.scope and ids <= all_of
        ]
        if not kind.main and (kind.rule.scope, subject.about) in own:
            above.append(own[kind.rule.scope, subject.about])
        up = [Link(f"{other.id}.html", known.called(workspace, other)) for known, other in above]
        links = (TO_INDEX, *up, *neighbours(beside[kind.series], subject.id, kind.rule.what))
        found[subject.id] = Frame(kind.title(workspace, subject), links)
    return found


def reading_order(workspace: Workspace, pages: Iterable[Standing]) -> list[Standing]:
    """Return the pages from the whole report to its parts, its annexes last.

    ``pages`` are in that order but for programmes and annexes.
    """
    programmes = ["", *(known.id for known in workspace.programme.programmes)]
    places = {programme_id: place for place, programme_id in enumerate(programmes)}
    return sorted(pages, key=lambda page: (page[0].annex, places[_programme(page[1])]))


def places(
    workspace: Workspace, pages: Iterable[Standing], titles: Mapping[str, str]
) -> dict[str, Place]:
    """Return the places of pages in the contents, by page id; there a title is short."""
    labels = {known.id: known.label for known in workspace.programme.programmes}
    report = report_title(workspace, "")
    found = {}
    for _, subject in pages:
        part = labels.get(_programme(subject), "")
        entry = titles[subject.id].removesuffix(report).removesuffix(f"｜{part}")
        found[subject.id] = Place(part, entry.removeprefix(f"{part}　"))
    return found


def _programme(subject: Subject) -> str:
    return subject.sessions[0].programme if subject.about else ""
