"""The overall review: its points, each with the figure that bears it out."""

from collections.abc import Mapping, Sequence

from dxeval.definitions.programme import Evidence, Point, ProgrammeFile, Session
from dxeval.presenting import wording
from dxeval.presenting.html import Fragment, render
from dxeval.scoring.across import item_across
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.score import Scores


def review(
    programme: ProgrammeFile, sessions: Sequence[Session], scores: Mapping[str, Scores]
) -> Fragment:
    """Return the overall review in three lists, each point with its evidence if it names any.

    Raises NotAskedError for evidence that a session was not asked for.
    """

    def line(point: Point) -> tuple[str, str]:
        evidence = point.evidence
        return point.text, "" if evidence is None else _evidence(evidence, sessions, scores)

    lists = [
        ("良かった点", programme.review.good),
        ("課題", programme.review.problems),
        ("今後の活動に関する示唆", programme.review.suggestions),
    ]
    return render(
        "review",
        lists=[(heading, list(map(line, points))) for heading, points in lists if points],
    )


def _evidence(evidence: Evidence, sessions: Sequence[Session], scores: Mapping[str, Scores]) -> str:
    chosen = [
        session.id
        for session in sessions
        if evidence.programme in (None, session.programme)
        and evidence.session in (None, session.id)
    ]
    item = item_across(evidence.item, chosen, scores) if chosen else None
    if item is None:
        return f"{evidence.item} 質問なし"
    if not item.n_valid:
        return f"{evidence.item} 回答なし"
    if evidence.level is not None:
        return f"{evidence.level} 延べ{item.count(evidence.level)}/{item.n_valid}人"
    if item.favourable_range is None:
        return f"{evidence.item} 回答なし"
    (first, *more) = item.answered
    if not more and isinstance(first, Distribution):
        return f"{evidence.item} {wording.share_text(first)}"
    low, high = item.favourable_range
    mixed = f"（{wording.MIXED}）" if item.is_mixed else ""
    span = f"{low}%" if low == high else f"{low}–{high}%"
    return f"{evidence.item} {span}{mixed}"
