"""What a workspace still has of the example, though its sessions are real."""

from collections.abc import Iterator

from dxeval.definitions.evidence import Review
from dxeval.definitions.programme import read_programme
from dxeval.problems import Problem, ProblemKind
from dxeval.starting.files import EXAMPLE
from dxeval.workspace import Workspace


def of_example(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning if the review is, in part or whole, the example's.

    Where every session is simulated it may be. Raises DataError where programmes or survey are not
    right.
    """
    sessions = workspace.catalogue.sessions
    own = _texts(workspace.programme.review)
    if not own or (sessions and all(session.simulated for session in sessions)):
        return
    theirs = set(_texts(read_programme(EXAMPLE / "data/programme.yaml").review))
    if copied := [text for text in own if text in theirs]:
        message = (
            f"総括の文（review）のうち{len(copied)}つが見本のものです。書きかえるか、消してください"
        )
        name = "data/programme.yaml"
        yield Problem(ProblemKind.EXAMPLE_REVIEW, name, message, column="review", value=copied[0])


def _texts(review: Review) -> list[str]:
    return [point.text for point in (*review.good, *review.problems, *review.suggestions)]
