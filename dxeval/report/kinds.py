"""The kinds of page that are made from a notebook: one table, an entry a kind."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from dxeval.definitions.programme import Review, Session, date_text
from dxeval.exports import duplicates
from dxeval.problems import Problem
from dxeval.report.notebook.template import Parameters
from dxeval.report.places import table_file
from dxeval.report.site.links import (
    TO_INDEX,
    Frame,
    Link,
    neighbours,
    report_title,
    session_title,
)
from dxeval.report.sources import Sources
from dxeval.workspace import Workspace


@dataclass(frozen=True)
class Subject:
    """What one page is about: its id, and the sessions that it shows, in the report's order."""

    id: str
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class Answered:
    """Who answered on a page, and what its session was not asked.

    ``respondents`` is None where several sessions are shown or no answers have arrived.
    """

    respondents: int | None = None
    not_asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrived:
    """What a batch must know of the answers on a page.

    ``warnings`` are of reading them; ``comments`` may stand on the page only where they were
    chosen; ``uncounted`` says what does not count, for the page's foot.
    """

    answered: Answered = field(default_factory=Answered)
    warnings: tuple[Problem, ...] = ()
    comments: tuple[str, ...] = ()
    uncounted: str = ""


@dataclass(frozen=True)
class Figures:
    """Files of figures by their place in ``outputs/``.

    ``warnings``, ``comments`` and ``uncounted``, as in ``Arrived``, are of all answers together.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    comments: tuple[str, ...] = ()
    uncounted: str = ""


def _no_answers(workspace: Workspace, parameters: Parameters) -> Arrived:
    return Arrived()


def _no_photographs(workspace: Workspace, parameters: Parameters) -> object:
    return None


def _no_tables(workspace: Workspace, parameters: Parameters) -> Figures:
    return Figures()


@dataclass(frozen=True)
class PageKind:
    """All that the batch knows of a kind of page.

    In the workspace, before anything is made:

    - ``template``: the place of its notebook
    - ``gathers``: whether its pages wait for those of single sessions and are made without the
      sessions that failed, whose ids ``parameters`` and ``files`` are given; a page of another kind
      fails with its session
    - ``subjects``: which pages there are, in the report's order
    - ``parameters``: with what the notebook is run
    - ``files``: all that a page depends on beside the notebook; raises DataError
    - ``frame``: title and links, given the subjects of this kind that have a page
    - ``facts``: what ``dxeval list`` says of a page between its id and its state
    - ``counted``: what the batch says of so many pages made
    - ``about``: what the index says of a page beside its name, where it is not listed by session

    Where a page is made, in a workspace of its own files only, as far as there is anything to do:

    - ``answers``: reads the answers before the notebook does; raises DataError
    - ``photographs``: looks at what only the notebook would find wrong; raises DataError
    - ``tables``: further files for ``outputs/``, and warnings of what was read for them
    """

    name: str
    template: str
    gathers: bool
    subjects: Callable[[Workspace], list[Subject]]
    parameters: Callable[[Subject, Collection[str]], Parameters]
    files: Callable[[Sources, Subject, Collection[str]], dict[str, bytes]]
    frame: Callable[[Workspace, Subject, Sequence[Subject]], Frame]
    facts: Callable[[Workspace, Subject], tuple[str, str, str]]
    counted: str
    about: str = ""
    answers: Callable[[Workspace, Parameters], Arrived] = _no_answers
    photographs: Callable[[Workspace, Parameters], object] = _no_photographs
    tables: Callable[[Workspace, Parameters], Figures] = _no_tables


def _each_session(workspace: Workspace) -> list[Subject]:
    return [Subject(session.id, (session,)) for session in workspace.catalogue.sessions]


def _session_id(subject: Subject, failed: Collection[str]) -> Parameters:
    return {"session_id": subject.id}


def _session_files(sources: Sources, subject: Subject, failed: Collection[str]) -> dict[str, bytes]:
    """Return what the page uses, so that nothing else makes it out of date."""
    (session,) = subject.sessions
    programme = sources.workspace.programme
    own = (programme.programme(session.programme),)
    reduced = programme.model_copy(update={"programmes": own, "review": Review()})
    return {
        **sources.definitions(reduced, [session.id]),
        **sources.session(session),
        **sources.answers(session),
        **sources.photographs(session),
    }


def _session_frame(workspace: Workspace, subject: Subject, there: Sequence[Subject]) -> Frame:
    (session,) = subject.sessions
    sessions = [session for other in there for session in other.sessions]
    up = (TO_INDEX, Link(f"{OVERALL_ID}.html", OVERALL.name))
    beside = neighbours(workspace, session, sessions)
    return Frame(session_title(workspace, session), (*up, *beside))


def _session_facts(workspace: Workspace, subject: Subject) -> tuple[str, str, str]:
    (session,) = subject.sessions
    mark = workspace.programme.programme(session.programme).mark
    return f"{mark}{session.label}", date_text(session.date), f"{session.attendees}人"


def _session_answers(workspace: Workspace, parameters: Parameters) -> Arrived:
    from dxeval.presenting.wording import uncounted_text
    from dxeval.scoring.uncounted import uncounted

    session = workspace.session(str(parameters["session_id"]))
    responses = workspace.responses(session)
    arrived = workspace.export_path(session.id) is not None
    respondents = responses.n_respondents if arrived else None
    said = uncounted_text(uncounted([responses]))
    not_asked = workspace.score(session, responses).not_asked if arrived else session.not_asked
    answered = Answered(respondents, tuple(not_asked))
    return Arrived(answered, responses.warnings, responses.comments, said)


def _session_photographs(workspace: Workspace, parameters: Parameters) -> object:
    from dxeval.presenting.photos import photos

    return photos(workspace.session(str(parameters["session_id"])), workspace.photo_folder)


def _whole_report(workspace: Workspace) -> list[Subject]:
    return [Subject(OVERALL_ID, workspace.catalogue.sessions)]


def _failed(subject: Subject, failed: Collection[str]) -> Parameters:
    return {"failed": sorted(failed)}


def _overall_files(sources: Sources, subject: Subject, failed: Collection[str]) -> dict[str, bytes]:
    """Return every session's files, without the answers of those that failed."""
    workspace = sources.workspace
    files = sources.definitions(workspace.programme, list(workspace.session_files()))
    files |= sources.logo()
    for session in subject.sessions:
        files |= sources.session(session)
        if session.id not in failed:
            files |= sources.answers(session)
    return files | sources.broken_sessions()


def _overall_frame(workspace: Workspace, subject: Subject, there: Sequence[Subject]) -> Frame:
    return Frame(report_title(workspace, OVERALL.name), (TO_INDEX,))


def _overall_facts(workspace: Workspace, subject: Subject) -> tuple[str, str, str]:
    return OVERALL.name, "—", "—"


def _all_figures(workspace: Workspace, parameters: Parameters) -> Figures:
    from dxeval.presenting.wording import uncounted_text
    from dxeval.scoring.uncounted import uncounted

    sessions = workspace.sessions(without=parameters["failed"])
    responses = {session.id: workspace.responses(session) for session in sessions}
    tables = workspace.tables(sessions, responses)
    exports = [path for path in map(workspace.export_path, responses) if path]
    arrived = {path.stem.casefold(): responses[path.stem.casefold()] for path in exports}
    warnings = tuple(duplicates(workspace, exports, arrived))
    files = {table_file(name): content for name, content in tables.items()}
    comments = tuple(text for answers in responses.values() for text in answers.comments)
    return Figures(files, warnings, comments, uncounted_text(uncounted(responses.values())))


OVERALL_ID = "overall"

SESSION = PageKind(
    name="回",
    template="notebooks/session.ipynb",
    gathers=False,
    subjects=_each_session,
    parameters=_session_id,
    files=_session_files,
    frame=_session_frame,
    facts=_session_facts,
    counted="{}回",
    answers=_session_answers,
    photographs=_session_photographs,
)
OVERALL = PageKind(
    name="総括",
    template="notebooks/overall.ipynb",
    gathers=True,
    subjects=_whole_report,
    parameters=_failed,
    files=_overall_files,
    frame=_overall_frame,
    facts=_overall_facts,
    counted="総括",
    about="総括、実施結果サマリ、回ごとの回答の分布",
    tables=_all_figures,
)
KINDS = (SESSION, OVERALL)
"""In the order in which pages are shown and listed; a print goes from the whole to its parts."""
