"""The overall review: its points, each with the figures and comments that bear it out."""

from collections.abc import Mapping, Sequence

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

    Raises NotAskedError for evidence that a session was not asked for.
    """
    labels = {session.id: session_label(session, programme) for session in sessions}

    def line(point: Point) -> tuple[str, list[str], list[tuple[str, str]]]:
        figures = [_figure(one, sessions, scores) for one in point.evidence if one.item]
        said = [
            (comment, labels[one.session])
            for one in point.evidence
            for comment in one.comments
            if one.session in labels
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
    pooled = {"percent", "count"} & {*evidence.stated}
    if figure.levels and not evidence.stated:
        return f"{together}{figure.count}/{figure.n}人"
    if pooled or not [*figure.counts][1:]:
        together = together if [*figure.counts][1:] else ""
        return f"{figure.percent}%（{together}{figure.count}/{figure.n}人）{mixed}"
    return f"{low}%{mixed}" if low == high else f"{low}–{high}%{mixed}"
