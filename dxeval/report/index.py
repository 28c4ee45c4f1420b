"""The index page: every session, whether it has a page, and who answered; and all other pages."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from dxeval.definitions.programme import date_text
from dxeval.presenting.sections import simulated_notice
from dxeval.report.kinds import Answered
from dxeval.report.plan import Page, Plan, Unreadable
from dxeval.report.site.export import export_index
from dxeval.report.site.links import report_title
from dxeval.report.table import Standing


class Shown(StrEnum):
    """What the index says of a page."""

    MADE = "作成済み"
    WAITING = "作成済み（回答待ち）"
    STALE = "要更新"
    MISSING = "未作成"
    FAILED = "作成できませんでした"


def make_index(  # noqa: PLR0913
    plan: Plan,
    *,
    made: Collection[str],
    fresh: Collection[str],
    failed: Collection[str],
    answered: Mapping[str, Answered],
    tables: Collection[str],
) -> bytes:
    """Return the index page's HTML.

    ``made`` are the ids that have a page, ``fresh`` those whose page is up to date;
    ``answered`` says who did, and what was not asked; ``tables`` are the names of the files of
    figures.
    """
    sessions = plan.workspace.catalogue.sessions
    mixed = len({session.simulated for session in sessions}) > 1
    further: dict[str, list[Standing]] = {}
    for kind, subject in plan.table.single:
        if not kind.main:
            further.setdefault(subject.about, []).append((kind, subject))

    def row(page: Page) -> dict[str, object]:
        found = answered.get(page.id, Answered())
        n = found.respondents
        state = _state(page.id, made, fresh, failed, waiting=n is None)
        facts: dict[str, object] = {"name": page.id, "simulated": False, "date": "—"}
        if not isinstance(page, Unreadable):
            (session,) = page.subject.sessions
            facts = {
                "name": session.heading,
                "simulated": mixed and session.simulated,
                "date": date_text(session.date),
            }
        return facts | {
            "respondents": "—" if n is None else f"{n}人",
            "not_asked": found.not_asked,
            "file": f"{page.id}.html" if page.id in made else "",
            "state": state,
            "failed": state is Shown.FAILED,
            "further": [_named(other, made, failed) for other in further.get(page.id, ())],
        }

    programme = plan.workspace.programme
    return export_index(
        report_title(plan.workspace, "一覧"),
        plan.digest(failed),
        report=programme.report,
        programmes=[
            (
                heading,
                [_named(page, made, failed) for page in plan.table.of_programme(programme_id)],
                [row(page) for page in pages],
            )
            for programme_id, heading, pages in _groups(plan)
            if pages
        ],
        wholes=[_named(page, made, failed) for page in reversed(plan.table.wholes)],
        tables=tables,
        notice=simulated_notice(sessions, programme.report),
    )


def _named(
    page: Standing, made: Collection[str], failed: Collection[str]
) -> dict[str, str | Shown]:
    """Return a page that has no row of its own, as the index names it."""
    kind, subject = page
    state = Shown.FAILED if subject.id in failed else Shown.MISSING
    return {
        "name": kind.name,
        "about": kind.about,
        "file": f"{subject.id}.html" if subject.id in made else "",
        "state": state,
    }


def _state(
    page_id: str,
    made: Collection[str],
    fresh: Collection[str],
    failed: Collection[str],
    waiting: bool,
) -> Shown:
    if page_id in failed:
        return Shown.FAILED
    if page_id not in made:
        return Shown.MISSING
    if page_id not in fresh:
        return Shown.STALE
    return Shown.WAITING if waiting else Shown.MADE


def _groups(plan: Plan) -> list[tuple[str, str, list[Page]]]:
    """Return the pages of single sessions by programme; those unreadable belong to none."""
    programmes = plan.workspace.programme.programmes
    known: dict[str, list[Page]] = {programme.id: [] for programme in programmes}
    unknown: list[Page] = []
    for page in plan.pages:
        if isinstance(page, Unreadable):
            unknown.append(page)
        elif page.is_main:
            known[page.subject.sessions[0].programme].append(page)
    labels = {programme.id: programme.label for programme in programmes}
    groups = [(programme_id, labels[programme_id], pages) for programme_id, pages in known.items()]
    return [*groups, ("", "事業の分からない回", unknown)]
