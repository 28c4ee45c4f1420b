"""Numbers that people typed into the texts of a session or of the review, held against scores."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.errors import FigureError, NotAskedError
from dxeval.presenting.proof_words import found_text
from dxeval.problems import Problem, ProblemKind, shorten
from dxeval.scoring.across import items_across
from dxeval.scoring.prose.holding import Found, Tally, Verdict, held
from dxeval.scoring.score import Scores

KINDS = {
    Verdict.CONTRADICTED: ProblemKind.PROSE_FIGURE,
    Verdict.UNLIKE: ProblemKind.UNTIED_FIGURE,
    Verdict.UNTIED: ProblemKind.UNTIED_FIGURE,
    Verdict.UNMENTIONED: ProblemKind.UNMENTIONED,
}


def texts_of(session: Session) -> Iterator[tuple[str, str, bool]]:
    """Yield a session's texts by key, and whether each is about the answers.

    Comments are what others said, and left alone.
    """
    if session.summary:
        yield "summary", session.summary, True
    for key in ("insights", "learning_points"):
        for number, text in enumerate(getattr(session, key), start=1):
            yield f"{key}[{number}]", text, True
    if session.purpose:
        yield "purpose", session.purpose, False
    for number, text in enumerate(session.agenda, start=1):
        yield f"agenda[{number}]", text, False
    for number, photo in enumerate(session.photos, start=1):
        yield f"photos[{number}].caption", photo.caption, False


def session_prose(session: Session, scores: Scores) -> list[Problem]:
    """Return what is wrong with the numbers in a session's texts; nothing without answers."""
    if not scores.n_respondents:
        return []
    tallies = [*filter(None, map(Tally.of, scores))]
    return [
        _problem(found, f"data/sessions/{session.id}.yaml", key)
        for key, text, about in texts_of(session)
        for found in held(text, tallies, [scores], all_of_it=about)
    ]


def review_prose(
    programme: ProgrammeFile, sessions: Sequence[Session], scores: Mapping[str, Scores]
) -> list[Problem]:
    """Return what is wrong with the numbers in the review.

    A number may be that of a session, of a programme or of all of them.
    """
    answered = [session for session in sessions if scores[session.id].n_respondents]
    if not answered:
        return []
    tallies = [*_all_tallies(answered, scores)]
    each = [scores[session.id] for session in answered]
    return [
        _problem(found, "data/programme.yaml", place)
        for place, point in programme.review.points.items()
        for found in held(point.text, tallies, each)
    ]


def contradictions(problems: Iterable[Problem]) -> list[Problem]:
    """Return those problems for which no page can be made."""
    return [problem for problem in problems if problem.kind is ProblemKind.PROSE_FIGURE]


def _all_tallies(sessions: Sequence[Session], scores: Mapping[str, Scores]) -> Iterator[Tally]:
    programmes = dict.fromkeys(session.programme for session in sessions)
    groups = [
        *([session.id] for session in sessions),
        *([s.id for s in sessions if s.programme == programme] for programme in programmes),
        [session.id for session in sessions],
    ]
    for ids in groups:
        try:
            across = items_across(ids, scores)
        except (FigureError, NotAskedError):  # asked otherwise: they have no figure together
            continue
        yield from filter(None, map(Tally.together, across))


def _problem(found: Found, file: str, key: str) -> Problem:
    kind = KINDS[found.verdict]
    expected = None
    if kind is ProblemKind.PROSE_FIGURE:
        expected = "文の数字を直すか、ほかの数字のことなら、そのことを文に書く"
    return Problem(
        kind, file, found_text(found), column=key, value=shorten(found.sentence), expected=expected
    )
