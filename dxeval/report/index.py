"""The index page: what stands out, every session on a line, and all other pages."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

from dxeval.definitions.programme import ReportInfo, Session, date_text, session_label
from dxeval.presenting import glance
from dxeval.presenting.lead_across import lead_of_all
from dxeval.presenting.sections import simulated_notice
from dxeval.report.kinds import Answered
from dxeval.report.plan import Page, Plan, Unreadable
from dxeval.report.site.export import export_index
from dxeval.report.site.links import report_title
from dxeval.report.table import Standing
from dxeval.scoring.together import Held

FACTS = ("回", "開催日", "参加")
"""The columns before those of figures."""

BLANK: dict[str, object] = {"title": "", "simulated": False, "answered": ""}
"""What a row says of a session of which nothing is known."""


class Shown(StrEnum):
    """What the index says of a page, nothing where all is well."""

    WELL = ""
    WAITING = "回答待ち"
    PUBLISHED = "公表値のみ"
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
    ``answered`` says who did, what was not asked, and the figures of each session; ``tables`` are
    the names of the files of figures.
    """
    sessions = plan.workspace.catalogue.sessions
    mixed = len({session.simulated for session in sessions}) > 1
    further: dict[str, list[Standing]] = {}
    for kind, subject in plan.table.single:
        if not kind.main:
            further.setdefault(subject.about, []).append((kind, subject))
    report = plan.workspace.programme.report
    fine = [page for page in _main(plan.pages) if page.id not in failed]
    there = {page.id: answered.get(page.id, Answered()) for page in fine}
    every = [found.kept for found in there.values()]
    names = glance.columns(every)
    by_column = 0 < len(names) <= glance.COLUMNS
    heads = glance.heads(names, every) if by_column else ["結果"]
    with_year = _with_year(sessions, report)

    def row(page: Page) -> dict[str, object]:
        found = there.get(page.id, Answered())
        state = _state(page.id, made, fresh, failed, found)
        facts: dict[str, object] = {"name": page.id, "date": "—", "came": "—"}
        if not isinstance(page, Unreadable):
            (session,) = page.subject.sessions
            facts = {
                "name": session.label,
                "title": session.title,
                "simulated": mixed and session.simulated,
                "date": date_text(session.date, year=with_year),
                "came": f"{session.attendees}人",
                "answered": _answered(session, found),
            }
        figures = glance.cells(names, found.kept) if by_column else []
        if not by_column:
            figures = [glance.listed(found.kept, found.not_asked)]
        shown = {
            "cells": figures if found.respondents is not None or found.kept else [],
            "file": f"{page.id}.html" if page.id in made else "",
            "state": state,
            "failed": state is Shown.FAILED,
            "further": [_named(other, made, failed) for other in further.get(page.id, ())],
        }
        return BLANK | facts | shown

    return export_index(
        report_title(plan.workspace, "一覧"),
        plan.digest(failed),
        report=report,
        over=_over(report),
        lead=lead_of_all(_held(plan, fine, there), left_out=len(_main(plan.pages)) - len(fine)),
        facts=FACTS,
        heads=heads,
        span=len([*FACTS, *heads]),
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
        own_rules=any(item.own_rule for found in there.values() for item in found.kept),
        tables=sorted(tables, key=lambda name: not name.endswith(".xlsx")),
        notice=simulated_notice(sessions, report),
    )


def _main(pages: Iterable[Page]) -> list[Page]:
    return [page for page in pages if page.is_main]


def _held(plan: Plan, pages: Iterable[Page], answered: Mapping[str, Answered]) -> list[Held]:
    """Return the sessions of pages that did not fail, with what is kept of their answers."""
    held: list[Held] = []
    for page in pages:
        if not isinstance(page, Unreadable):
            (session,) = page.subject.sessions
            found, label = answered[page.id], session_label(session, plan.workspace.programme)
            who = session.programme, session.attendees, found.respondents
            held.append(Held(label, *who, found.kept, found.not_asked))
    return held


def _over(report: ReportInfo) -> list[str]:
    """Return what stands over the title: year, chapter, client and contractor."""
    contractor = f"受託：{report.contractor}" if report.contractor else ""
    both = f"{report.client}（{contractor}）" if report.client and contractor else ""
    facts = [report.year, report.chapter, both or report.client or contractor]
    return [fact for fact in facts if fact]


def _with_year(sessions: Sequence[Session], report: ReportInfo) -> bool:
    """Whether dates need their year: not within one, nor within the fiscal year over the title."""
    years = {session.date.year for session in sessions}
    return len(years) > (2 if report.fiscal_year else 1)


def _answered(session: Session, found: Answered) -> str:
    """Return how many answered, where these are not those who came."""
    n = found.respondents
    return "" if n in {None, session.attendees} else f"回答 {n}人"


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
    found: Answered,
) -> Shown:
    if page_id in failed:
        return Shown.FAILED
    if page_id not in made:
        return Shown.MISSING
    if page_id not in fresh:
        return Shown.STALE
    if found.respondents is not None:
        return Shown.WELL
    return Shown.PUBLISHED if found.kept else Shown.WAITING


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
