"""What is to be made: every session's state, and the page that each becomes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dxeval.errors import DataError, WorkspaceError
from dxeval.programme import Session, date_text
from dxeval.workspace import Workspace

OVERALL = "overall"
INDEX = "index"


@dataclass(frozen=True)
class Entry:
    """A session as the batch sees it: its file read, its answers checked.

    ``session`` is None where its file cannot be read; ``respondents`` is None where no answers
    have arrived; ``error`` says what is wrong with its data, None if nothing is.
    """

    id: str
    session: Session | None
    respondents: int | None = None
    error: DataError | None = None


def entries(workspace: Workspace) -> list[Entry]:
    """Return every session in order, broken ones last, each with its answers checked.

    Raises DataError only if the survey, the programmes or the published figures are wrong.
    """
    catalogue = workspace.catalogue
    _ = workspace.published
    good = [_entry(workspace, session) for session in catalogue.sessions]
    return [*good, *(Entry(one, None, None, error) for one, error in catalogue.broken.items())]


def _entry(workspace: Workspace, session: Session) -> Entry:
    from dxeval.page import photos

    try:
        arrived = workspace.responses_path(session) is not None
        responses = workspace.responses(session)
        photos(session, workspace.photo_folder)
    except DataError as error:
        return Entry(session.id, session, None, error)
    return Entry(session.id, session, responses.n_respondents if arrived else None)


def select(every: Iterable[Entry], ids: Iterable[str]) -> list[Entry]:
    """Return the entries with those ids, or all for no ids. Raises WorkspaceError if unknown."""
    by_id = {entry.id: entry for entry in every}
    wanted = list(dict.fromkeys(ids))
    if unknown := [one for one in wanted if one not in by_id]:
        known = "、".join(by_id) or "なし"
        raise WorkspaceError(f"セッション「{unknown[0]}」はありません。あるのは：{known}")
    return [by_id[one] for one in wanted] if wanted else list(by_id.values())


def page_title(workspace: Workspace, session: Session | None) -> str:
    """Return the title of a session's page, or of the overall page for None."""
    report = workspace.programme.report
    if session is None:
        return f"総括｜{report.title} {report.fiscal_year}年度"
    programme = workspace.programme.programme(session.programme)
    return f"{session.heading} 実施結果｜{programme.label}"


def link_text(session: Session) -> str:
    """Return what a link to a session says: ``第2回（6月30日（月））``."""
    return f"{session.label} {date_text(session.date, year=False)}"


def inputs(workspace: Workspace, session: Session | None) -> list[Path]:
    """Return the files that a session's page is made from; of all sessions for None."""
    data = workspace.root / "data"
    if session is None:
        files = [path for path in data.rglob("*") if path.is_file()]
        notebook = OVERALL
    else:
        shared = ("survey.yaml", "programme.yaml", "published.csv")
        own = [workspace.responses_path(session), *workspace.session_files()[session.id]]
        own += [workspace.photo_folder / photo.file for photo in session.photos if photo.file]
        files = [path for path in [*(data / name for name in shared), *own] if path]
        notebook = "session"
    files.append(workspace.root / f"notebooks/{notebook}.ipynb")
    return sorted(path for path in files if path.is_file())


def digest(workspace: Workspace, files: Iterable[Path]) -> str:
    """Return one SHA-256 (hex) of the files' names and contents."""
    total = hashlib.sha256()
    for path in files:
        name = path.relative_to(workspace.root).as_posix()
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()
