"""From session facts to the sections of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from dxeval.definitions.programme import (
    ProgrammeFile,
    ReportInfo,
    Session,
    date_text,
    session_label,
)
from dxeval.presenting import lead as words_of_lead
from dxeval.presenting.html import Fragment, render

if TYPE_CHECKING:
    from dxeval.definitions.published import Published
    from dxeval.reading.responses import Responses
    from dxeval.scoring.score import Scores

LEFT_OUT = "次の回は作成できなかったため、このページに含まれていません："


def title(session: Session, programme: ProgrammeFile) -> Fragment:
    """Return the top of a session's page: 模擬データ if it is, programme, date, people, heading."""
    facts = programme.programme(session.programme)
    notice = simulated_notice([session], programme.report)
    known = [facts.label, date_text(session.date), _people(session)]
    return render("title", notice=notice, programme=facts, session=session, facts=known)


def _people(session: Session) -> str:
    """Return ``20自治体 20人``, or ``20人``."""
    people = f"{session.attendees}人"
    where = session.municipalities
    return people if where is None else f"{where}自治体 {people}"


def lead(session: Session, scores: Scores, published: Sequence[Published] = ()) -> Fragment:
    """Return what stands out in the answers, in two or three sentences, then the summary by hand.

    ``published`` are figures of an earlier report: where there are no answers, what they leave.
    """
    if scores.n_respondents:
        pieces = words_of_lead.lead(scores, session.attendees)
        return render("lead", pieces=pieces, by_hand=session.summary)
    from dxeval.presenting.possible import possible

    return render(
        "no_answers",
        arrived=scores.has_arrived,
        by_hand=session.summary,
        possible=possible(session, scores, published),
    )


def overall_title(programme: ProgrammeFile, sessions: Sequence[Session]) -> Fragment:
    """Return the top of the overall page."""
    report = programme.report
    return render("overall_title", notice=simulated_notice(sessions, report), report=report)


def programme_title(
    programme: ProgrammeFile, programme_id: str, sessions: Sequence[Session]
) -> Fragment:
    """Return the top of the page of one programme, of whose sessions it shows those."""
    notice = simulated_notice(sessions, programme.report)
    facts = programme.programme(programme_id)
    return render("programme_title", notice=notice, report=programme.report, programme=facts)


def simulated_notice(sessions: Sequence[Session], report: ReportInfo) -> Fragment:
    """Return the notice that answers are 模擬データ, empty if none are."""
    made_up = [session for session in sessions if session.simulated]
    if not made_up:
        return Fragment()
    some = len(made_up) < len(sessions)
    which = f"（{len(sessions)}回のうち{len(made_up)}回）" if some else ""
    return render("notice", word="模擬データ", text=f"{report.simulated}{which}")


def overview(session: Session, programme: ProgrammeFile) -> Fragment:
    """Return the overview table: date, attendees, target group, purpose."""
    people = f"{session.attendees}人"
    if session.municipalities is not None:
        people = f"{session.municipalities}自治体（{people}）"
    rows = [
        ("開催日", date_text(session.date)),
        ("参加者", people),
        ("対象", programme.programme(session.programme).target),
        ("実施目的", session.purpose),
    ]
    return render("overview", heading=session.heading, rows=[row for row in rows if row[1]])


def contents(session: Session) -> Fragment:
    """Return agenda and learning points, side by side where there is room."""
    return render("contents", session=session)


def insights(session: Session) -> Fragment:
    """Return good examples and insights."""
    return render("insights", session=session)


def summary(session: Session, scores: Scores) -> Fragment:
    """Return the heading of the results and the summary: by hand, or what stands out instead."""
    return render(
        "results",
        respondents=scores.n_respondents,
        by_hand=session.summary,
        drafted=words_of_lead.as_text(words_of_lead.lead(scores, session.attendees)),
    )


def comments(session: Session, responses: Responses) -> Fragment:
    """Return the chosen comments and how many were written, question by question if several.

    Nothing is said of how many where no answers have arrived.
    """
    from dxeval.reading.responses import by_question

    groups = by_question(session.comments, responses.written)
    return render(
        "comments",
        chosen=session.comments,
        arrived=responses.arrived,
        written=responses.written,
        groups=groups if len(groups) > 1 else {},
    )


def all_comments(
    sessions: Sequence[Session],
    programme: ProgrammeFile,
    scores: Mapping[str, Scores] | None = None,
) -> Fragment:
    """Return the chosen comments of every session in one place.

    ``scores`` by session id say of how many written ones they were chosen, which stands there too.
    """
    from dxeval.scoring.chosen import all_chosen, chosen

    groups = [
        (
            session_label(session, programme),
            chosen(session, scores[session.id]) if scores else None,
            session.comments,
        )
        for session in sessions
        if session.comments
    ]
    return render("all_comments", groups=groups, total=scores and all_chosen(sessions, scores))


def left_out(failed: Iterable[str]) -> Fragment:
    """Return the notice that names the sessions of which no page could be made."""
    names = "、".join(failed)
    return render("notice", word="未収録", text=f"{LEFT_OUT}{names}") if names else Fragment()
