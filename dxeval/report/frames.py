"""Titles and links of the pages that there are: up to what shows more, and to those beside."""

from collections.abc import Sequence

from dxeval.report.kinds import PageKind
from dxeval.report.site.links import TO_INDEX, Frame, Link, neighbours
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
