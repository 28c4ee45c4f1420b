"""Published figures beside the answers: what comes out of them and what does not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dxeval.definitions.programme import ProgrammeFile, Session, session_label
from dxeval.definitions.published import Published
from dxeval.presenting import wording
from dxeval.presenting.html import Fragment, render
from dxeval.scoring.audit import (
    Comparison,
    LegendConflict,
    agreement,
    check_figures,
    check_legends,
    possible_counts,
)
from dxeval.scoring.score import Scores

WHERE = {"table": "表", "headline": "見出し", "prose": "本文"}

Row = tuple[str, str, str, str, str]
"""Session, item, places in the published report, the figure there, what is to be said of it."""


def published(
    figures: Sequence[Published],
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
) -> Fragment:
    """Return what of the published figures comes out of the answers and what does not.

    For sessions without answers, the figures themselves and the counts that each can stand for; a
    session's own page has what they leave together instead (``lead``).
    """
    label = {session.id: session_label(session, programme) for session in sessions}
    own = [figure for figure in figures if figure.session_id in label]
    if len(sessions) == 1:
        own = [figure for figure in own if scores[figure.session_id].has_arrived]
    findings = check_figures(own, scores)
    return render(
        "published",
        agreement=agreement(findings) if findings else None,
        contradictions=_contradictions(findings, check_legends(own), label),
        unanswered=list(_unanswered(own, sessions, scores, label)),
        own=len(sessions) == 1,
    )


def _contradictions(
    findings: Iterable[Comparison], conflicts: Iterable[LegendConflict], label: Mapping[str, str]
) -> list[Row]:
    """Return a row for each contradiction; equal statements share one."""
    places: dict[tuple[str, str, str, str], list[str]] = {}
    for finding in findings:
        if finding.verdict != "agrees":
            figure, text = finding.figure, wording.finding_text(finding)
            key = (label[figure.session_id], _named(figure), f"{figure.percent}%", text)
            places.setdefault(key, []).append(WHERE[figure.where])
    for conflict in conflicts:
        figure, text = conflict.headline, wording.conflict_text(conflict)
        key = (label[figure.session_id], figure.item, f"{figure.percent}%", text)
        places.setdefault(key, []).append("見出しと凡例")
    return [
        (session, item, "・".join(where), shown, text)
        for (session, item, shown, text), where in places.items()
    ]


def _unanswered(
    figures: Iterable[Published],
    sessions: Iterable[Session],
    scores: Mapping[str, Scores],
    label: Mapping[str, str],
) -> Iterator[Row]:
    """Yield the table figures of sessions without answers, each with its possible counts."""
    waiting = {
        session.id: session.attendees
        for session in sessions
        if not scores[session.id].n_respondents
    }
    for figure in figures:
        if figure.session_id in waiting and figure.where == "table" and figure.percent is not None:
            n = waiting[figure.session_id]
            text = wording.possible_text(possible_counts(figure.percent, n), n)
            place = (label[figure.session_id], figure.item, WHERE["table"])
            yield (*place, f"{figure.percent}%", text)


def _named(figure: Published) -> str:
    """Return the item, and the level where the figure speaks of one alone."""
    level = wording.quoted(figure.levels) if len(figure.levels) == 1 else ""
    return f"{figure.item}{level}"
