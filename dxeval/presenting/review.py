"""The overall review: its points, each with the figure that bears it out."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from dxeval.definitions.programme import Evidence, Point, ProgrammeFile, Session
from dxeval.presenting import wording
from dxeval.presenting.html import Fragment, bullets, element, join, section
from dxeval.scoring.score import Scores, percent


def review(
    programme: ProgrammeFile, sessions: Sequence[Session], scores: Mapping[str, Scores]
) -> Fragment:
    """Return the overall review in three lists, each point with its evidence if it names any."""
    lists = [
        ("良かった点", programme.review.good),
        ("課題", programme.review.problems),
        ("今後の活動に関する示唆", programme.review.suggestions),
    ]

    def line(point: Point) -> Markup:
        if point.evidence is None:
            return element("{}", point.text)
        badge = _evidence(point.evidence, sessions, scores)
        return element('{} <span class="badge">{}</span>', point.text, badge)

    parts = [
        element("<div><h3>{}</h3>{}</div>", heading, bullets(map(line, points)))
        for heading, points in lists
        if points
    ]
    if not parts:
        return Fragment(Markup())
    return section("総括", element('<div class="columns three">{}</div>', join(parts)))


def _evidence(evidence: Evidence, sessions: Sequence[Session], scores: Mapping[str, Scores]) -> str:
    chosen = [
        scores[session.id][evidence.item]
        for session in sessions
        if evidence.programme in (None, session.programme)
        and evidence.session in (None, session.id)
    ]
    answered = [score for score in chosen if score.n_valid]
    if not answered:
        return f"{evidence.item} 回答なし"
    if evidence.level is not None:
        count = sum(score.count(evidence.level) for score in answered)
        people = sum(score.n_valid for score in answered)
        return f"{evidence.level} 延べ{count}/{people}人"
    if len(answered) == 1:
        return f"{evidence.item} {wording.share_text(answered[0])}"
    percents = [percent(score.favourable_count, score.n_valid) for score in answered]
    low, high = min(percents), max(percents)
    return f"{evidence.item} {low}%" if low == high else f"{evidence.item} {low}–{high}%"
