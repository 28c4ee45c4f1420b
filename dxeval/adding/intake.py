"""An export taken in: as a new session's, as that of one that waits, or instead of another."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dxeval.adding.arrival import Arrival
from dxeval.adding.correction import correct
from dxeval.adding.facts import Facts, programme_of
from dxeval.adding.placing import put
from dxeval.adding.proposals import (
    day_in,
    day_of_answers,
    free_id,
    id_in,
    next_number,
    title_after,
)
from dxeval.adding.reading import Reading, read
from dxeval.adding.session_file import as_file, new_session
from dxeval.adding.wording import added_text
from dxeval.definitions.programme import Programme, Session
from dxeval.definitions.survey import Survey
from dxeval.errors import DataError, MisuseError
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.responses import read_responses
from dxeval.workspace import MARKER


def take(arrival: Arrival, facts: Facts, may_ask: bool, replace: bool) -> str:
    """Put an export in place and return what to say of it.

    ``may_ask``: somebody sits at a terminal; ``replace``: an export that is there may be replaced.
    Raises DataError and MisuseError, and click.Abort where nobody goes on answering: with nothing
    changed.
    """
    workspace = arrival.workspace
    there = arrival.id_in_place(facts.id)
    session_id = there or facts.id or id_in(arrival.path.stem)
    known = {name.casefold(): name for name in workspace.session_files()}
    if session_id not in known:
        if replace:
            ids = "、".join(known.values()) or "1つもありません"
            raise MisuseError(f"--replace は、ある回の --id とともに書きます。いまある回：{ids}")
        return _begin(arrival, facts, session_id if there or facts.id else None, may_ask)
    session = workspace.session(known[session_id])
    old = workspace.export_path(session.id)
    if there:
        return f"{arrival.name} は、もう回 {there} の回答です。何も変えていません。"
    if told := facts.beyond_id:
        raise MisuseError(
            f"回 {session_id} はもうあります。{'、'.join(told)} は付けずに data/sessions/ の"
            "ファイルを直すか、別の回なら --id で別の ID を示してください。"
        )
    if old is not None:
        return correct(arrival, session, old, may_ask, replace)
    return _await(arrival, session, may_ask)


def _await(arrival: Arrival, session: Session, may_ask: bool) -> str:
    """Take in the answers of a session whose file is there."""
    workspace = arrival.workspace
    survey = workspace.survey_of(session)
    reading = read(
        arrival,
        session.id,
        survey,
        lambda: workspace.responses_in(arrival.path, session),
        may_ask,
    )
    place = arrival.place(session.id)
    _put({place: arrival.content}, reading, arrival)
    if reading.draft is not None:
        reading = reading.held_against(session, arrival.name)
    return added_text(session, reading, workspace.name(place))


def _begin(arrival: Arrival, facts: Facts, told_id: str | None, may_ask: bool) -> str:
    """Take in a new session; ``told_id`` is its id unless that is to be found."""
    workspace = arrival.workspace
    facts = programme_of(facts, workspace.programme, may_ask)
    programme = workspace.programme.programme(str(facts.programme))
    before = [found for found in workspace.catalogue.sessions if found.programme == programme.id]
    number = next_number(before)
    session_id = told_id or _free_id(arrival, programme, number)
    survey = _asked(arrival, facts, programme)
    reading = read(
        arrival,
        session_id,
        survey,
        lambda: read_responses(arrival.path, survey, session_id, arrival.name),
        may_ask,
    )
    proposed = {
        "title": title_after(before, programme),
        "date": _day(arrival, facts, reading, may_ask),
        "attendees": str(reading.responses.n_respondents) if reading.responses else "",
    }
    facts = facts.completed(proposed, may_ask)
    session = new_session(session_id, number, facts, workspace.survey, workspace.programme)
    place = _export_in_place(arrival, session_id) or arrival.place(session_id)
    files = {} if place.exists() else {place: arrival.content}
    files[workspace.root / f"data/sessions/{session_id}.yaml"] = as_file(session)
    _put(files, reading, arrival)
    reading = reading.held_against(session, arrival.name)
    return added_text(session, reading, workspace.name(place), _same_day(session, before))


def _put(files: Mapping[Path, bytes], reading: Reading, arrival: Arrival) -> None:
    """Put files in place, the draft of their survey before them."""
    marker = arrival.workspace.root / MARKER
    if reading.draft is None:
        put(files)
    else:
        put({marker: reading.draft.survey.encode(), **files}, replacing=[marker])


def _free_id(arrival: Arrival, programme: Programme, number: int) -> str:
    """Return an id by the file's name, or else by programme and number."""
    workspace = arrival.workspace
    taken = {*map(str.casefold, workspace.session_files()), *workspace.response_files()}
    named = id_in(arrival.path.stem)
    return named if named and named not in taken else free_id(programme.id, number, taken)


def _export_in_place(arrival: Arrival, session_id: str) -> Path | None:
    """Return the export if it is there already. Raises DataError if another has its place."""
    there = arrival.workspace.response_files().get(session_id, [])
    if not there:
        return None
    if there == [path for path in arrival.copies if path.stem.casefold() == session_id]:
        return there[0]
    name = arrival.workspace.name(there[0])
    message = "この ID の回答ファイルが、もうあります"
    expected = "別の ID（--id）か、そのファイルを dxeval add に渡すこと"
    raise DataError([Problem(ProblemKind.TWO_FILES, name, message, expected=expected)])


def _asked(arrival: Arrival, facts: Facts, programme: Programme) -> Survey:
    """Return what the session was asked. Raises MisuseError for an unknown questionnaire."""
    survey = arrival.workspace.survey
    known = [questionnaire.id for questionnaire in survey.questionnaires]
    if facts.questionnaire is not None and facts.questionnaire not in known:
        ids = "、".join(known) or "1つもありません"
        raise MisuseError(
            f"調査票「{facts.questionnaire}」はありません。data/survey.yaml の questionnaires に"
            f"あるのは：{ids}"
        )
    return survey.asked(facts.questionnaire or programme.questionnaire)


def _day(arrival: Arrival, facts: Facts, reading: Reading, may_ask: bool) -> str:
    """Return the day to propose; that of the file's name, often one of export, only to people."""
    if facts.date is not None:
        return ""
    day = None
    if (survey := reading.dated) is not None:
        day = day_of_answers(arrival.path, survey, arrival.name)
    if day is None and may_ask:
        day = day_in(arrival.path.stem)
    return day.isoformat() if day else ""


def _same_day(session: Session, before: Sequence[Session]) -> Iterator[str]:
    """Yield a note if the programme has another session on that day."""
    if same := [found.id for found in before if found.date == session.date]:
        yield (
            f"注意：同じ日の回がもうあります（{'、'.join(same)}）。その訂正した書き出しなら、"
            f"data/sessions/ と data/responses/ の {session.id} を消してから、"
            f"--id {same[0]} を付けて、もう一度加えてください。"
        )
