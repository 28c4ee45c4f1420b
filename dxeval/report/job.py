"""Jobs: all that one page is made from, by value, so that any process anywhere can make it."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from dxeval.definitions.programme import ProgrammeFile, Review, Session
from dxeval.definitions.strict import Strict
from dxeval.errors import DataError, NotebookError
from dxeval.problems import Problem, ProblemKind
from dxeval.report.site.links import OVERALL, Frame
from dxeval.workspace import Workspace

PARAMETERS = "parameters"
WARM, STOCK = "warm", "nbclient"
"""The engines: ours in a forked process, and Papermill's own with a kernel of its own."""
Announce = Callable[[int | None], object]
Parameters = dict[str, str | list[str]]


def sha256(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hex."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Job:
    """One page to make: its files by their place in a workspace, and the notebook's parameters.

    It can be pickled and holds nothing that the page does not use, so that the hashes of its
    contents say whether the page is up to date. ``timeout`` is in seconds for each cell;
    ``only_check`` asks for no page, just whether the answers and photographs can be used;
    ``frame`` is what will stand around the page if no other page fails.
    """

    id: str
    files: dict[str, bytes]
    parameters: Parameters
    timeout: int = 600
    only_check: bool = False
    engine: str = STOCK
    frame: Frame = field(default_factory=lambda: Frame(""))

    @property
    def notebook(self) -> str:
        """The place of the template notebook."""
        return f"notebooks/{OVERALL if self.id == OVERALL else 'session'}.ipynb"

    @cached_property
    def inputs(self) -> dict[str, str]:
        """The SHA-256 of each file and of the parameters."""
        hashes = {name: sha256(content) for name, content in sorted(self.files.items())}
        return {**hashes, PARAMETERS: sha256(json.dumps(self.parameters).encode())}

    @property
    def digest(self) -> str:
        """One SHA-256 of all inputs: what the page's foot shows."""
        return sha256(json.dumps(self.inputs).encode())


@dataclass(frozen=True)
class Failure:
    """Why no page could be made: ``data`` or ``notebook``, in words for the command line.

    ``notebook`` is what the analyst may look into, without outputs; None if none was run.
    """

    kind: str
    words: str
    notebook: bytes | None = None


@dataclass(frozen=True)
class Made:
    """What became of a job: further output files by their place in ``outputs/``, or a failure.

    ``respondents`` is None for the overall page and where no answers have arrived; ``warnings``
    are those of the answers; ``seconds`` is the time it took.
    """

    id: str
    outputs: dict[str, bytes] = field(default_factory=dict)
    respondents: int | None = None
    warnings: tuple[Problem, ...] = ()
    failure: Failure | None = None
    seconds: float = 0.0


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
                raise DataError([Problem(ProblemKind.UNREADABLE, name, message)]) from None
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


def without_outputs(content: bytes) -> bytes:
    """Return a notebook with nothing but its cells: running and saving it changes no page.

    What is no notebook is returned as it is; ``check_parameters`` refuses it.
    """
    try:
        cells = [_cell(i, cell) for i, cell in enumerate(json.loads(content)["cells"])]
    except (ValueError, KeyError, TypeError):
        return content
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False).encode()


def _cell(place: int, cell: dict[str, Any]) -> dict[str, object]:
    kept = {
        "cell_type": cell["cell_type"],
        "id": f"cell-{place:02}",
        "metadata": {"tags": list(cell["metadata"].get("tags", []))},
        "source": "".join(cell["source"]),
    }
    if "attachments" in cell:
        kept["attachments"] = cell["attachments"]
    if kept["cell_type"] == "code":
        kept |= {"execution_count": None, "outputs": []}
    return kept


def _rows_of(published: bytes, ids: Sequence[str]) -> bytes | None:
    """Return the published figures of those sessions, None if there are none."""
    header, *rows = csv.reader(published.decode("utf-8-sig").splitlines())
    own = [row for row in rows if row[0] in ids]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *own])
    return text.getvalue().encode() if own else None
