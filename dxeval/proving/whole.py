"""All that a workspace's texts say, held against its scores: for a check, and for a batch."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from dxeval.definitions.programme import Session
from dxeval.errors import DataError
from dxeval.problems import Problem
from dxeval.proving.evidence import evidence_problems
from dxeval.proving.notices import review_notices
from dxeval.proving.prose import contradictions, review_prose, session_prose
from dxeval.scoring.score import Scores
from dxeval.workspace import Workspace


def proof(
    workspace: Workspace, scores: Mapping[str, Scores]
) -> tuple[list[Problem], list[Problem]]:
    """Return what is wrong with a workspace's texts, and what a person should look at.

    ``scores`` are those of the sessions that could be read; where others could not, nothing is
    said of what may be about them.
    """
    sessions = [session for session in workspace.catalogue.sessions if session.id in scores]
    left_out = _left_out(workspace, scores)
    found = [
        *(p for session in sessions for p in session_prose(session, scores[session.id])),
        *_review(workspace, sessions, scores, left_out),
    ]
    cited = evidence_problems(workspace.programme, sessions, scores, left_out)
    wrong = contradictions(found)
    return [*wrong, *cited], [problem for problem in found if problem not in wrong]


def _review(
    workspace: Workspace,
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    left_out: Collection[str],
) -> Iterator[Problem]:
    if not left_out:
        yield from review_prose(workspace.programme, sessions, scores)
        yield from review_notices(workspace.programme, sessions, scores)


def refuse_session(session: Session, scores: Scores) -> None:
    """Raise DataError if a session's texts say what its answers contradict."""
    if problems := contradictions(session_prose(session, scores)):
        raise DataError(problems)


def refuse_review(
    workspace: Workspace, sessions: Sequence[Session], scores: Mapping[str, Scores]
) -> None:
    """Raise DataError if the review says or cites what the answers contradict."""
    if not workspace.programme.review.points:
        return
    left_out = _left_out(workspace, scores)
    said = [] if left_out else review_prose(workspace.programme, sessions, scores)
    cited = evidence_problems(workspace.programme, sessions, scores, left_out)
    if problems := [*cited, *contradictions(said)]:
        raise DataError(problems)


def _left_out(workspace: Workspace, scores: Mapping[str, Scores]) -> list[str]:
    """Return the ids of the sessions of which there are no scores."""
    return [session_id for session_id in workspace.session_files() if session_id not in scores]
