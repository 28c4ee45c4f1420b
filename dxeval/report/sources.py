"""What a workspace's pages are made from: each file read once, without what does not count."""

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from dxeval.definitions.kinds import added_code
from dxeval.definitions.photo_files import FOLDER, LARGEST, find_photo
from dxeval.definitions.plain_file import list_folder, read_file
from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.published import settled
from dxeval.definitions.strict import Strict
from dxeval.errors import DataError, TemplateError
from dxeval.problems import ProblemKind
from dxeval.reading.limits import MAX_FILE
from dxeval.report.notebook.declared import NAME, declared_places, is_ours
from dxeval.report.notebook.pictures import named_pictures
from dxeval.report.notebook.template import without_outputs
from dxeval.workspace import Workspace

UNTOLD = "—"
"""What stands in a job in place of a reason that no page shows."""


class Sources:
    """Files of a workspace as a job carries them: by their place, with their content.

    State: ``workspace``, and what was read of it. Every file is read once: one batch, one state of
    the data. All methods raise DataError for a file that cannot be read.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._read: dict[Path, bytes] = {}
        self._cleaned: dict[tuple[str, tuple[str, ...]], bytes] = {}

    def notebooks(self) -> list[str]:
        """Return the names of the notebooks. Raises WorkspaceError if they cannot be listed."""
        paths = list_folder(self.workspace.root / "notebooks")
        return [path.name for path in paths if path.suffix.casefold() == ".ipynb"]

    def raw_notebook(self, name: str) -> bytes:
        """Return a notebook's file as it is. Raises TemplateError if it cannot be read."""
        try:
            return self._content(self.workspace.root / name)
        except DataError as error:
            (problem,) = error.problems
            raise TemplateError(replace(problem, kind=ProblemKind.NOTEBOOK)) from None

    def notebook(self, name: str, given: tuple[str, ...] = ()) -> dict[str, bytes]:
        """Return a template notebook, without outputs, the pictures of its Markdown, its files.

        What is ``given`` has no default in it. Raises TemplateError if it or what it declares
        is not there, or can be no part of a job.
        """
        if (name, given) not in self._cleaned:
            try:
                content = self.raw_notebook(name)
            except TemplateError as error:
                message = (
                    f"{error.problem.message}。"
                    "dxeval に付いているノートブックをここに戻してください"
                    "（dxeval init 新しいフォルダ で作られる notebooks/ のものです）"
                )
                raise TemplateError(replace(error.problem, message=message)) from None
            self._cleaned[name, given] = without_outputs(content, given)
        notebook = self._cleaned[name, given]
        pictures = self._pictures(named_pictures(name, notebook))
        return pictures | self._declared(name, notebook) | {name: notebook}

    def _pictures(self, places: Sequence[str]) -> dict[str, bytes]:
        """Return those of the pictures that a notebook names that are there."""
        there = [self.workspace.root / place for place in places]
        return {self.workspace.name(path): self._content(path) for path in there if path.is_file()}

    def _declared(self, template: str, notebook: bytes) -> dict[str, bytes]:
        """Return the files that a template notebook declares."""
        root = self.workspace.root
        files = {}
        for place in declared_places(template, notebook, root):
            try:
                files[place] = self._content(root / place)
            except DataError as error:
                (problem,) = error.problems
                message = f"{problem.message}。置くか、parameters セルの {NAME} から消してください"
                found = replace(
                    problem,
                    kind=ProblemKind.NOTEBOOK,
                    file=template,
                    message=message,
                    column=NAME,
                    value=place,
                )
                raise TemplateError(found) from None
        return files

    @cached_property
    def nearby(self) -> tuple[str, ...]:
        """The places of files that a cell may mean and that no page has by itself."""
        root = self.workspace.root
        found = [path.name for path in list_folder(root) if path.is_file()]
        for top in ("data", "notebooks"):
            for folder, folders, names in os.walk(root / top):
                folders[:] = [name for name in folders if name[0] not in "._"]
                inside = Path(folder).relative_to(root).as_posix()
                found += [f"{inside}/{name}" for name in names if name[0] not in ".~"]
        return tuple(sorted(name for name in found if not is_ours(name)))

    def definitions(self, programme: ProgrammeFile, ids: Sequence[str]) -> dict[str, bytes]:
        """Return the survey, the given programmes, and what was published of those sessions.

        Which notebook a programme or session chose stands in no file: the notebook itself does.
        """
        known = [found.model_copy(update={"notebook": None}) for found in programme.programmes]
        told = programme.model_copy(update={"programmes": tuple(known)})
        files = {
            "data/survey.yaml": as_yaml(self.workspace.survey),
            "data/programme.yaml": as_yaml(told),
        }
        if rows := self._published(ids):
            files["data/published.csv"] = rows
        return files

    def _published(self, ids: Sequence[str]) -> bytes | None:
        """Return the published figures of those sessions, None if there are none.

        Figures that cannot be read are none here: they are refused before anything is made.
        """
        path = self.workspace.root / "data/published.csv"
        if not os.path.lexists(path):
            return None
        with suppress(DataError, ValueError, IndexError, csv.Error):
            return _rows_of(self._content(path), ids)
        return None

    def added_code(self) -> dict[str, bytes]:
        """Return the source of the survey's kinds of question that other packages add."""
        return added_code(self.workspace.survey.read)

    def session(self, session: Session) -> dict[str, bytes]:
        """Return a session's own file, without reasons: of withdrawals, and of chosen comments."""
        withdrawn = [
            withdrawal.model_copy(update={"reason": UNTOLD}) for withdrawal in session.withdrawn
        ]
        hidden = {"withdrawn": tuple(withdrawn), "decisions": (), "notebook": None}
        told = session.model_copy(update=hidden)
        return {f"data/sessions/{session.id}.yaml": as_yaml(told)}

    def left_out(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Return an empty file for each session that is left out: a page shows only its id."""
        return {f"data/sessions/{session_id}.yaml": b"" for session_id in ids}

    def answers(self, session: Session) -> dict[str, bytes]:
        """Return a session's export, nothing if it has not arrived. Raises DataError if two."""
        path = self.workspace.export_path(session.id, self._arrived)
        return {self.workspace.name(path): self._content(path, MAX_FILE)} if path else {}

    @cached_property
    def _arrived(self) -> dict[str, list[Path]]:
        return self.workspace.response_files()

    def photographs(self, session: Session) -> dict[str, bytes]:
        """Return those of a session's photographs that are there, by the names it gives them."""
        names = [(i, photo.file) for i, photo in enumerate(session.photos, 1) if photo.file]
        file = f"data/sessions/{session.id}.yaml"
        found = [self._photograph(name, file, f"photos[{i}].file") for i, name in names]
        return {name: content for part in found for name, content in part.items()}

    def _photograph(self, name: str, file: str, column: str) -> dict[str, bytes]:
        path = find_photo(self.workspace.photo_folder, name, file, column)
        return {f"{FOLDER}/{name}": self._content(path)} if path else {}

    def logo(self) -> dict[str, bytes]:
        """Return the report's logo if it is there: it stands on the print of the whole."""
        name = self.workspace.programme.report.logo
        return self._photograph(name, "data/programme.yaml", "report.logo") if name else {}

    def _content(self, path: Path, limit: int = LARGEST) -> bytes:
        if path not in self._read:
            self._read[path] = read_file(path, self.workspace.name(path), limit)
        return self._read[path]


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
    """Return the published figures of those sessions, of several of them too; None if none are.

    Where they stand in the report that they were drafted from is no part of them.
    """
    header, *rows = csv.reader(published.decode("utf-8-sig").splitlines())
    own = [row for row in rows if {*row[0].split(";")} <= {*ids}]
    header, own = settled(header, own, "data/published.csv")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *own])
    return text.getvalue().encode() if own else None
