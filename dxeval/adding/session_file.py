"""``data/sessions/ID.yaml`` as it is begun: what was told, and what a person may add."""

from pathlib import Path
from string import Template

from dxeval.adding.facts import COMMAND, Facts
from dxeval.definitions.cross_check import cross_check
from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.strict import KeyPath, validated
from dxeval.definitions.survey import Survey
from dxeval.definitions.yaml_text import as_yaml
from dxeval.errors import DataError
from dxeval.starting.answers import option

_TEMPLATE = Path(__file__).parent / "session.yaml"


def new_session(
    session_id: str, number: int, facts: Facts, survey: Survey, programme: ProgrammeFile
) -> Session:
    """Return a session of the facts, all of which were told. Raises DataError."""

    def place(path: KeyPath) -> tuple[int | None, str | None]:
        return None, option(str(path[0]))

    data = {**facts.model_dump(exclude_none=True), "id": session_id, "number": number}
    session = validated(Session, data, COMMAND, place)
    if problems := cross_check(session, COMMAND, survey, programme):
        raise DataError(problems)
    return session


def as_file(session: Session) -> bytes:
    """Return the file of a new session, which reads as the session."""
    own = session.questionnaire
    text = Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        programme=as_yaml(session.programme),
        number=session.number,
        title=as_yaml(session.title),
        date=session.date.isoformat(),
        attendees=session.attendees,
        questionnaire=f"questionnaire: {as_yaml(own)}\n" if own else "",
    )
    return text.encode()
