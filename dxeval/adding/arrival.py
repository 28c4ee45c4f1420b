"""An export that arrives: its content, and whether the workspace has it already."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dxeval.definitions.plain_file import read_file
from dxeval.definitions.programme import check_id
from dxeval.errors import DataError, MisuseError
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.limits import MAX_FILE
from dxeval.reading.package import ZIP
from dxeval.workspace import Workspace

FOLDER = "data/responses"
_SUFFIXES = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm"}


@dataclass(frozen=True)
class Arrival:
    """A file that is to be a session's export; ``content`` is what is put into place."""

    workspace: Workspace
    path: Path
    content: bytes

    @classmethod
    def read(cls, workspace: Workspace, path: Path) -> "Arrival":
        """Read a plain file, wherever it is. Raises DataError for anything else."""
        return cls(workspace, path, read_file(path, workspace.name(path), MAX_FILE))

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.workspace.name(self.path)

    def place(self, session_id: str) -> Path:
        """Return where a session's export stands; the suffix is the file's if it is an export's."""
        suffix = self.path.suffix.casefold()
        if suffix not in _SUFFIXES:
            suffix = ".xlsx" if self.content.startswith(ZIP) else ".csv"
        return self.workspace.root / FOLDER / f"{session_id}{suffix}"

    @cached_property
    def copies(self) -> list[Path]:
        """The exports of the workspace that have the same bytes, itself among them."""
        there = [path for paths in self.workspace.response_files().values() for path in paths]
        return [path for path in there if self._is_copy(path)]

    def _is_copy(self, path: Path) -> bool:
        if not path.is_file() or path.stat().st_size != len(self.content):
            return False
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").digest()
        return digest == hashlib.sha256(self.content).digest()

    def id_in_place(self, told: str | None) -> str | None:
        """Return the id of the session, known or to be, as whose export it is there already.

        None if it is not there. Raises DataError where it is there as another session's than the
        one ``told``, or under a name that is no id; MisuseError where it stands in the folder of
        exports under another name than the one told.
        """
        if not self.copies:
            return None
        ids = [path.stem.casefold() for path in self.copies]
        if told in ids:
            return told
        if told is not None and self._is_inside:
            message = f"{self.name} は、もう {FOLDER}/ にあります。--id に書けるのは、その名前です"
            raise MisuseError(f"{message}（ほかの ID にするなら、先にファイルの名前を変えます）。")
        if told is not None:
            message = f"{self.workspace.name(self.copies[0])} と1バイトも違わないファイルです"
            expected = "その回の書き出し（別の回のものを選んでいないか確かめる）"
            raise DataError([Problem(ProblemKind.SAME_FILE, self.name, message, expected=expected)])
        try:
            return check_id(ids[0])
        except ValueError as error:
            kind, name = ProblemKind.SESSION_ID, self.workspace.name(self.copies[0])
            message = f"回答ファイルの名前が ID になりません。{error}"
            raise DataError([Problem(kind, name, message)]) from None

    @property
    def _is_inside(self) -> bool:
        folder = self.workspace.root / FOLDER
        return folder.is_dir() and self.path.resolve().parent == folder.resolve()
