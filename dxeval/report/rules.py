"""What notebooks are made for, and how often: once a session, once a programme, or once."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass

from dxeval.definitions.evidence import Review
from dxeval.definitions.plain_file import read_file
from dxeval.definitions.programme import Session, date_text
from dxeval.errors import DataError
from dxeval.exports import duplicates
from dxeval.report.notebook.parameters import FAILED, PROGRAMME_ID, SESSION_ID
from dxeval.report.notebook.template import Parameters
from dxeval.report.places import table_file
from dxeval.report.site.links import report_title, session_name, session_title
from dxeval.report.sources import Sources
from dxeval.report.subject import Answered, Arrived, Figures, Subject
from dxeval.workspace import Workspace

LARGEST_SESSION = 1_000_000
"""Bytes of a session's file that cannot be read and is looked through for its programme."""


def _nothing(workspace: Workspace, parameters: Parameters) -> object:
    return None


@dataclass(frozen=True)
class Rule:
    """What a notebook is made for, told by the ``parameter`` that it declares (empty: by none).

    In the workspace, before anything is made:

    - ``what``: what each of its pages is about, in a word
    - ``usual``: the name of the notebook that is taken where none is chosen
    - ``scope``: how much it is about, beside the other rules
    - ``gathers``: whether its pages wait for those of single sessions and are made without the
      sessions that failed; a page of another rule fails with its session
    - ``subjects``: what there is to make pages of, in the report's order, with ids of their own
    - ``own``: the subjects that name a notebook of their own, and its name; ``place``: where a
      subject names it, file and key
    - ``files``: all that a page depends on beside the notebook, without the sessions that failed,
      of which only the ids are there where the notebook does not ask for them; raises DataError
    - ``called``: what a page of that name is called among others
    - ``title``: the title of a page of that name
    - ``facts``: what ``dxeval list`` says of a page of that name between its id and its state

    Where a page is made, in a workspace of its own files only:

    - ``answers``: reads the answers before the notebook does; raises DataError
    - ``photographs``: looks at what only the notebook would find wrong; raises DataError
    """

    parameter: str
    what: str
    usual: str
    scope: int
    gathers: bool
    subjects: Callable[[Workspace], list[Subject]]
    own: Callable[[Workspace], dict[str, str]]
    place: Callable[[Subject], tuple[str, str]]
    files: Callable[[Sources, Subject, Collection[str], bool], dict[str, bytes]]
    called: Callable[[Workspace, Subject, str], str]
    title: Callable[[Workspace, Subject, str], str]
    facts: Callable[[Workspace, Subject, str], tuple[str, str, str]]
    answers: Callable[[Workspace, Parameters], Arrived]
    photographs: Callable[[Workspace, Parameters], object] = _nothing


def _sessions(workspace: Workspace) -> list[Subject]:
    found = workspace.catalogue.sessions
    return [Subject(session.id, (session,), session.id) for session in found]


def _own_of_sessions(workspace: Workspace) -> dict[str, str]:
    found = workspace.catalogue.sessions
    return {session.id: session.notebook for session in found if session.notebook}


def _place_in_session(subject: Subject) -> tuple[str, str]:
    return f"data/sessions/{subject.about}.yaml", "notebook"


def _session_files(
    sources: Sources, subject: Subject, failed: Collection[str], told: bool
) -> dict[str, bytes]:
    """Return what the page uses, so that nothing else makes it out of date."""
    (session,) = subject.sessions
    return {
        **_definitions(sources, session.programme, [session]),
        **sources.session(session),
        **sources.answers(session),
        **sources.photographs(session),
    }


def _definitions(
    sources: Sources, programme_id: str, sessions: Collection[Session]
) -> dict[str, bytes]:
    """Return what is defined for sessions of one programme."""
    programme = sources.workspace.programme
    own = (programme.programme(programme_id),)
    reduced = programme.model_copy(update={"programmes": own, "review": Review()})
    return sources.definitions(reduced, [session.id for session in sessions])


def _session_called(workspace: Workspace, subject: Subject, name: str) -> str:
    (session,) = subject.sessions
    return session_name(workspace, session)


def _session_title(workspace: Workspace, subject: Subject, name: str) -> str:
    (session,) = subject.sessions
    return session_title(workspace, session, name)


def _session_facts(workspace: Workspace, subject: Subject, name: str) -> tuple[str, str, str]:
    (session,) = subject.sessions
    mark = workspace.programme.programme(session.programme).mark
    called = f"{mark}{session.label} {name}".rstrip()
    return called, date_text(session.date), f"{session.attendees}人"


def _session_answers(workspace: Workspace, parameters: Parameters) -> Arrived:
    from dxeval.presenting.glance import kept
    from dxeval.presenting.possible import kept_published, known
    from dxeval.presenting.wording import uncounted_text
    from dxeval.proving.whole import refuse_session
    from dxeval.scoring.uncounted import uncounted

    session = workspace.session(str(parameters[SESSION_ID]))
    responses = workspace.responses(session)
    said = uncounted_text(uncounted([responses]))
    scores = workspace.score(session, responses)
    if workspace.export_path(session.id) is not None:
        refuse_session(session, scores)
        answered = Answered(responses.n_respondents, tuple(scores.not_asked), kept(scores))
    else:
        left = known(session, scores, workspace.published)
        figures = kept_published(scores, left) if left else ()
        answered = Answered(None, tuple(session.not_asked), figures)
    return Arrived(answered, responses.warnings, responses.comments, said)


def _session_photographs(workspace: Workspace, parameters: Parameters) -> object:
    from dxeval.presenting.photos import photos

    return photos(workspace.session(str(parameters[SESSION_ID])), workspace.photo_folder)


def _programmes(workspace: Workspace) -> list[Subject]:
    """Return the programmes that have a session."""
    sessions: dict[str, list[Session]] = {}
    for session in workspace.catalogue.sessions:
        sessions.setdefault(session.programme, []).append(session)
    return [Subject(own, tuple(found), own) for own, found in sessions.items()]


def _own_of_programmes(workspace: Workspace) -> dict[str, str]:
    found = workspace.programme.programmes
    return {programme.id: programme.notebook for programme in found if programme.notebook}


def _place_in_programme(subject: Subject) -> tuple[str, str]:
    return "data/programme.yaml", f"programmes（{subject.about}）.notebook"


def _programme_files(
    sources: Sources, subject: Subject, failed: Collection[str], told: bool
) -> dict[str, bytes]:
    files = _definitions(sources, subject.about, subject.sessions)
    files |= _answers(sources, subject, failed, told)
    return files | sources.left_out(_broken_of(sources.workspace, subject.about))


def _answers(
    sources: Sources, subject: Subject, failed: Collection[str], told: bool
) -> dict[str, bytes]:
    """Return the sessions' files, and the answers of those that did not fail."""
    files: dict[str, bytes] = {}
    for session in subject.sessions:
        if session.id not in failed:
            files |= sources.session(session) | sources.answers(session)
        else:
            files |= sources.session(session) if told else sources.left_out([session.id])
    return files


def _broken_of(workspace: Workspace, programme_id: str) -> Iterator[str]:
    """Yield the sessions that cannot be read and may be of a programme: of it, or of who knows."""
    known = {programme.id for programme in workspace.programme.programmes}
    files = workspace.session_files()
    for session_id in workspace.catalogue.broken:
        text = ""
        with suppress(DataError, KeyError):  # its file may have gone meanwhile
            path = files[session_id][0]
            text = read_file(path, path.name, LARGEST_SESSION).decode(errors="replace")
        found = re.search(r"^programme:\s*[\"']?([\w-]+)", text, re.M)
        if not found or found[1] not in known or found[1] == programme_id:
            yield session_id


def _programme_called(workspace: Workspace, subject: Subject, name: str) -> str:
    return f"{workspace.programme.programme(subject.about).mark}{name}"


def _programme_title(workspace: Workspace, subject: Subject, name: str) -> str:
    label = workspace.programme.programme(subject.about).label
    return report_title(workspace, f"{label}　{name}")


def _programme_facts(workspace: Workspace, subject: Subject, name: str) -> tuple[str, str, str]:
    return _programme_called(workspace, subject, name), "—", f"{len(subject.sessions)}回"


def _gathered_answers(workspace: Workspace, parameters: Parameters) -> Arrived:
    """Return what does not count and what may not be shown, of all sessions that did not fail."""
    from dxeval.presenting.wording import uncounted_text
    from dxeval.scoring.uncounted import uncounted

    sessions = workspace.sessions(without=parameters.get(FAILED, ()))
    responses = [workspace.responses(session) for session in sessions]
    comments = tuple(comment for found in responses for comment in found.comments)
    return Arrived(comments=comments, uncounted=uncounted_text(uncounted(responses)))


def _whole_report(workspace: Workspace) -> list[Subject]:
    return [Subject("", workspace.catalogue.sessions)]


def _none_of_its_own(workspace: Workspace) -> dict[str, str]:
    return {}


def _nowhere(subject: Subject) -> tuple[str, str]:
    return "", ""


def _whole_files(
    sources: Sources, subject: Subject, failed: Collection[str], told: bool
) -> dict[str, bytes]:
    workspace = sources.workspace
    files = sources.definitions(workspace.programme, list(workspace.session_files()))
    files |= sources.logo() | _answers(sources, subject, failed, told)
    return files | sources.left_out(workspace.catalogue.broken)


def _whole_called(workspace: Workspace, subject: Subject, name: str) -> str:
    return name


def _whole_title(workspace: Workspace, subject: Subject, name: str) -> str:
    return report_title(workspace, name)


def _whole_facts(workspace: Workspace, subject: Subject, name: str) -> tuple[str, str, str]:
    return name, "—", "—"


def all_figures(workspace: Workspace, parameters: Parameters) -> Figures:
    """Return the spreadsheets of all sessions that did not fail. Raises DataError."""
    from dxeval.presenting.wording import uncounted_text
    from dxeval.proving.whole import refuse_review
    from dxeval.scoring.uncounted import uncounted

    sessions = workspace.sessions(without=parameters.get(FAILED, ()))
    responses = {session.id: workspace.responses(session) for session in sessions}
    scores = {session.id: workspace.score(session, responses[session.id]) for session in sessions}
    refuse_review(workspace, sessions, scores)
    tables = workspace.tables(sessions, scores)
    exports = [path for path in map(workspace.export_path, responses) if path]
    arrived = {path.stem.casefold(): responses[path.stem.casefold()] for path in exports}
    warnings = tuple(duplicates(workspace, exports, arrived))
    files = {table_file(name): content for name, content in tables.items()}
    comments = tuple(text for answers in responses.values() for text in answers.comments)
    return Figures(files, warnings, comments, uncounted_text(uncounted(responses.values())))


A_SESSION = Rule(
    parameter=SESSION_ID,
    what="回",
    usual="session",
    scope=0,
    gathers=False,
    subjects=_sessions,
    own=_own_of_sessions,
    place=_place_in_session,
    files=_session_files,
    called=_session_called,
    title=_session_title,
    facts=_session_facts,
    answers=_session_answers,
    photographs=_session_photographs,
)
A_PROGRAMME = Rule(
    parameter=PROGRAMME_ID,
    what="事業",
    usual="programme",
    scope=1,
    gathers=True,
    subjects=_programmes,
    own=_own_of_programmes,
    place=_place_in_programme,
    files=_programme_files,
    called=_programme_called,
    title=_programme_title,
    facts=_programme_facts,
    answers=_gathered_answers,
)
ONCE = Rule(
    parameter="",
    what="報告",
    usual="overall",
    scope=2,
    gathers=True,
    subjects=_whole_report,
    own=_none_of_its_own,
    place=_nowhere,
    files=_whole_files,
    called=_whole_called,
    title=_whole_title,
    facts=_whole_facts,
    answers=_gathered_answers,
)
RULES = (A_SESSION, A_PROGRAMME, ONCE)
