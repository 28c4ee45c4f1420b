"""The overall review: its points, each with the figures and comments that bear it out."""

from collections.abc import Mapping, Sequence

from dxeval.definitions.decision import bare
from dxeval.definitions.evidence import Evidence, Point
from dxeval.definitions.programme import ProgrammeFile, Session, session_label
from dxeval.presenting import wording
from dxeval.presenting.html import Fragment, render
from dxeval.scoring.evidence import Cited, cited
from dxeval.scoring.score import Scores


def review(
    programme: ProgrammeFile, sessions: Sequence[Session], scores: Mapping[str, Scores]
) -> Fragment:
    """Return the overall review in three lists, each point with its evidence if it names any.

    Comments that their session does not show are left out, and so are those of sessions that are
    not here. Raises NotAskedError for evidence that a session was not asked for.
    """
    from dxeval.reading.responses import not_quoted

    known = {session.id: session for session in sessions}

    def label(session_id: str | None) -> str:
        return session_label(known[session_id], programme) if session_id in known else ""

    def line(point: Point) -> tuple[str, list[tuple[str, str]], list[tuple[str, str]]]:
        figures = [
            (label(one.session), _figure(one, sessions, scores))
            for one in point.evidence
            if one.item
        ]
        said = [
            (label(one.session), comment)
            for one in point.evidence
            if one.session in known
            for comment in one.comments
            if not not_quoted([comment], [bare(text) for text in known[one.session].comments])
        ]
        return point.text, figures, said

    lists = [
        ("良かった点", programme.review.good),
        ("課題", programme.review.problems),
        ("今後の活動に関する示唆", programme.review.suggestions),
    ]
    return render(
        "review",
        lists=[(heading, list(map(line, points))) for heading, points in lists if points],
    )


def _figure(evidence: Evidence, sessions: Sequence[Session], scores: Mapping[str, Scores]) -> str:
    if evidence.session and evidence.session not in scores:
        return f"{evidence.item} 未収録"
    figure = cited(evidence, sessions, scores)
    if figure is None:
        return f"{evidence.item} 質問なし"
    if not figure.n:
        return f"{evidence.item} 回答なし"
    return f"{wording.joined(figure.levels) or figure.item} {_value(evidence, figure)}"


def _value(evidence: Evidence, figure: Cited) -> str:
    """Return the share of one session, a range of several, or the sum if that was asked for."""
    low, high = figure.percent_range
    together = "" if evidence.session else "延べ"
    mixed = f"（{wording.MIXED}）" if figure.mixed else ""
    pooled = evidence.of_all and not figure.mixed
    if figure.levels and not evidence.stated:
        return f"{together}{figure.count}/{figure.n}人"
    if pooled or not [*figure.counts][1:]:
        together = together if [*figure.counts][1:] else ""
        return f"{figure.percent}%（{together}{figure.count}/{figure.n}人）{mixed}"
    return f"{low}%{mixed}" if low == high else f"{low}–{high}%{mixed}"
