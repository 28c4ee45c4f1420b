"""What a person should look at in the review: words without figures, figures without words."""

from collections.abc import Iterator, Mapping, Sequence

from dxeval.definitions.evidence import Point
from dxeval.definitions.programme import ProgrammeFile, Session, session_label
from dxeval.errors import FigureError, NotAskedError
from dxeval.presenting.proof_words import outweighed_text, unproven_text, weak_text
from dxeval.problems import Problem, ProblemKind
from dxeval.scoring.across import items_across
from dxeval.scoring.evidence import cited, in_scope
from dxeval.scoring.prose.ties import fold, spoken
from dxeval.scoring.prose.words import Weak, outweighed, quantity_word, weak_results
from dxeval.scoring.score import Scores

FILE = "data/programme.yaml"


def review_notices(
    programme: ProgrammeFile, sessions: Sequence[Session], scores: Mapping[str, Scores]
) -> Iterator[Problem]:
    """Yield what the review says without a figure, against one, or leaves out."""
    labels = {score.item.name: score.item.labels for s in sessions for score in scores[s.id]}
    for place, point in programme.review.points.items():
        yield from _unproven(place, point, labels)
        yield from _outweighed(place, point, sessions, scores)
    if programme.review.points:
        yield from _weak(programme, sessions, scores)


def _unproven(place: str, point: Point, labels: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    word = quantity_word(point.text)
    numbers = any(tied.items for said in spoken(point.text, labels) for tied in said.numbers)
    if word and not point.evidence and not numbers:
        kind = ProblemKind.UNPROVEN_WORDS
        yield Problem(kind, FILE, unproven_text(word), column=place, value=point.text)


def _outweighed(
    place: str, point: Point, sessions: Sequence[Session], scores: Mapping[str, Scores]
) -> Iterator[Problem]:
    figures = (cited(one, sessions, scores) for one in point.evidence if one.item)
    for figure in (one for one in figures if one is not None and one.n and not one.mixed):
        if word := outweighed(point.text, figure.count, figure.n):
            kind, message = ProblemKind.UNPROVEN_WORDS, outweighed_text(word, figure)
            yield Problem(kind, FILE, message, column=place, value=point.text)


def _weak(
    programme: ProgrammeFile, sessions: Sequence[Session], scores: Mapping[str, Scores]
) -> Iterator[Problem]:
    try:
        items = items_across([session.id for session in sessions], scores)
    except (FigureError, NotAskedError):  # asked otherwise in some: they cannot be compared
        return
    groups = {
        known.id: [session.id for session in sessions if session.programme == known.id]
        for known in programme.programmes
    }
    for weak in weak_results(items, groups):
        labels = next(found.item.labels for found in items if found.item.name == weak.item)
        if not any(_mentions(point, weak, labels, sessions) for point in programme.review.problems):
            where = _where(weak, programme, sessions)
            message = weak_text(where, weak.item, weak.count, weak.n, half=weak.half)
            kind = ProblemKind.WEAK_RESULT
            yield Problem(kind, FILE, message, column="review.problems", value=weak.item)


def _mentions(point: Point, weak: Weak, labels: Sequence[str], sessions: Sequence[Session]) -> bool:
    """Return whether a point cites or names a question, or quotes one of its levels."""
    text = fold(point.text)
    if fold(weak.item) in text or any(f"「{fold(label)}」" in text for label in labels):
        return True
    return any(
        evidence.item == weak.item
        and {*weak.sessions} & {session.id for session in in_scope(evidence, sessions)}
        for evidence in point.evidence
    )


def _where(weak: Weak, programme: ProgrammeFile, sessions: Sequence[Session]) -> str:
    own = [session for session in sessions if session.id in weak.sessions]
    if weak.half:
        return "、".join(session_label(session, programme) for session in own)
    return programme.programme(own[0].programme).label
