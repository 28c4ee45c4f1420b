"""What a workspace's pages are made from: each file read once, without what does not count."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from dxeval.definitions.programme import ProgrammeFile, Review, Session
from dxeval.definitions.strict_yaml import Strict
from dxeval.errors import DataError, NotebookError, Problem
from dxeval.report.job import Job
from dxeval.report.notebook.template import without_outputs
from dxeval.report.site.links import OVERALL
from dxeval.workspace import Workspace


class Sources:
    """Makes jobs from a workspace. Every file is read once: one batch, one state of the data."""

    def __init__(self, workspace: Workspace, timeout: int = 600) -> None:
        self.workspace = workspace
        self.timeout = timeout
        self._read: dict[Path, bytes] = {}

    def session_job(self, session: Session) -> Job:
        """Return the job of a session's page. Raises DataError if it has two response files."""
        programme = self.workspace.programme
        own = programme.programme(session.programme)
        reduced = programme.model_copy(update={"programmes": (own,), "review": Review()})
        files = self._shared("session", reduced, [session.id])
        files |= self._session_files(session)
        folder = self.workspace.photo_folder
        photos = [folder / photo.file for photo in session.photos if photo.file]
        files |= {f"data/photos/{path.name}": self.read(path) for path in photos if path.is_file()}
        return Job(session.id, files, {"session_id": session.id}, self.timeout)

    def overall_job(self, failed: Iterable[str]) -> Job:
        """Return the job of the overall page, which names the ``failed`` sessions only."""
        missing = sorted(failed)
        workspace = self.workspace
        files = self._shared(OVERALL, workspace.programme, list(workspace.session_files()))
        for session in workspace.catalogue.sessions:
            files |= self._session_files(session, answers=session.id not in missing)
        for one in workspace.catalogue.broken:
            for path in workspace.session_files()[one]:
                files[f"data/sessions/{path.name}"] = self.read(path)
        return Job(OVERALL, files, {"failed": list(missing)}, self.timeout)

    def read(self, path: Path) -> bytes:
        """Return a file's content as it was when first read in this batch. Raises DataError."""
        if path not in self._read:
            try:
                self._read[path] = path.read_bytes()
            except OSError as error:
                name = path.relative_to(self.workspace.root).as_posix()
                message = f"ファイルを読めません（{type(error).__name__}）"
                raise DataError([Problem("unreadable", name, message)]) from None
        return self._read[path]

    def _notebook(self, name: str) -> bytes:
        try:
            return without_outputs(self.read(self.workspace.root / name))
        except DataError as error:
            raise NotebookError(f"{error}元のファイルに戻してください。") from None

    def _shared(
        self, notebook: str, programme: ProgrammeFile, ids: Sequence[str]
    ) -> dict[str, bytes]:
        name = f"notebooks/{notebook}.ipynb"
        files = {
            "data/survey.yaml": as_yaml(self.workspace.survey),
            "data/programme.yaml": as_yaml(programme),
            name: self._notebook(name),
        }
        published = self.workspace.root / "data/published.csv"
        if published.exists() and (rows := _rows_of(self.read(published), ids)):
            files["data/published.csv"] = rows
        return files

    def _session_files(self, session: Session, answers: bool = True) -> dict[str, bytes]:
        files = {f"data/sessions/{session.id}.yaml": as_yaml(session)}
        path = self.workspace.export_path(session.id) if answers else None
        if path is not None:
            files[f"data/responses/{path.name}"] = self.read(path)
        return files


def as_yaml(model: Strict) -> bytes:
    """Return a whole YAML file again, without comments and layout, and without a session's id.

    It is JSON, which is YAML but for a few characters that YAML would fold or refuse.
    """
    data = model.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
    text = json.dumps(data, ensure_ascii=False)
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", text
    ).encode()


def _rows_of(published: bytes, ids: Sequence[str]) -> bytes | None:
    """Return the published figures of those sessions, None if there are none."""
    header, *rows = csv.reader(published.decode("utf-8-sig").splitlines())
    own = [row for row in rows if row[0] in ids]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *own])
    return text.getvalue().encode() if own else None
