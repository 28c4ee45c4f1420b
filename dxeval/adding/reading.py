"""What an arriving export says: by a form of the workspace, or by the draft of a new one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dxeval.adding.arrival import Arrival
from dxeval.adding.drafting import drafted, is_untouched, settled, with_open_questions
from dxeval.adding.placing import put
from dxeval.definitions.programme import Session
from dxeval.definitions.survey import Survey
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.responses import Responses, held_against, read_responses

DRAFT = "data/survey.draft.yaml"

if TYPE_CHECKING:
    from dxeval.drafting.draft import Draft


@dataclass(frozen=True)
class Reading:
    """The answers and what was asked, both None while something of the ``draft`` is open.

    ``refusal`` is why the answers do not fit a draft of which nothing is open.
    """

    responses: Responses | None
    survey: Survey | None
    draft: "Draft | None" = None
    refusal: DataError | None = None

    @property
    def dated(self) -> Survey | None:
        """The survey by which the time stamps can be read, None if that is not certain."""
        if self.survey is not None or self.draft is None:
            return self.survey
        return with_open_questions(self.draft.survey)

    def held_against(self, session: Session, name: str) -> "Reading":
        """Return the same, with a warning if more answered than attended."""
        if self.responses is None:
            return self
        return replace(self, responses=held_against(self.responses, session.attendees, name))


def read(
    arrival: Arrival,
    session_id: str,
    survey: Survey,
    checked: Callable[[], Responses],
    may_ask: bool,
) -> Reading:
    """Return the answers as ``checked`` reads them, or a draft where the survey is untouched.

    Where the survey is somebody's own and no form of it fits, a draft is written beside it and
    the error says so. Raises DataError, click.Abort where nobody goes on answering.
    """
    try:
        return Reading(checked(), survey)
    except DataError as error:
        if not is_untouched(arrival.workspace):
            raise _with_draft(error, arrival) from None
    draft = drafted(arrival.path, arrival.name, may_ask)
    own = settled(draft.survey)
    if own is None:
        return Reading(None, None, draft)
    try:
        return Reading(read_responses(arrival.path, own, session_id, arrival.name), own, draft)
    except DataError as refusal:
        return Reading(None, None, draft, refusal)


def _with_draft(error: DataError, arrival: Arrival) -> DataError:
    """Return the error; of a file that no form fits, with where the draft of its form stands."""
    if [problem.kind for problem in error.problems] != [ProblemKind.NO_FORM]:
        return error
    path = arrival.workspace.root / DRAFT
    try:
        put({path: drafted(arrival.path, arrival.name, may_ask=False).survey.encode()})
    except DataError as refusal:
        if refusal.problems[0].kind is not ProblemKind.TWO_FILES:
            return error
        return _hinted(error.problems[0], f"  {DRAFT} があるので、下書きは書いていません。")
    return _hinted(
        error.problems[0],
        f"  別の調査票なら、その下書きを {DRAFT} に書きました（まだ使われていません）。"
        "items と forms を data/survey.yaml に移し、設問の組（questionnaires）と、事業の"
        f" questionnaire を書いてから、{DRAFT} を消して、もう一度 dxeval add を実行してください。",
    )


def _hinted(problem: Problem, line: str) -> DataError:
    return DataError([replace(problem, hint="\n".join(filter(None, [problem.hint, line])))])
