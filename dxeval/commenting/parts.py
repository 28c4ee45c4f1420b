"""The comments of a workspace, session by session, with what was decided of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dxeval.commenting.entries import YES, entries
from dxeval.commenting.workbook import Part
from dxeval.definitions.plain_file import read_file
from dxeval.definitions.programme import Session
from dxeval.definitions.withdrawal import fingerprint
from dxeval.errors import DataError
from dxeval.reading.limits import MAX_FILE
from dxeval.reading.remarks import Written
from dxeval.workspace import Workspace


@dataclass(frozen=True)
class Made:
    """A register as it would be written: its parts, and why sessions are not in it."""

    parts: tuple[Part, ...]
    left_out: Mapping[str, DataError] = field(default_factory=dict)

    @property
    def chosen(self) -> int:
        """How many comments are chosen."""
        return len([one for part in self.parts for one in part.entries if one.mark == YES])


def make(workspace: Workspace) -> Made:
    """Return the register of all sessions somebody of which wrote something."""
    catalogue = workspace.catalogue
    left_out = {**catalogue.broken}
    parts = []
    for session in catalogue.sessions:
        try:
            part = part_of(workspace, workspace.session(session.id))
        except DataError as error:
            left_out[session.id] = error
        else:
            parts += [part] if part.entries else []
    return Made(tuple(parts), left_out)


def part_of(workspace: Workspace, session: Session) -> Part:
    """Return a session's part of a register, empty if no answers have arrived. Raises DataError."""
    written: Sequence[Written] = workspace.responses(session).written
    path = workspace.export_path(session.id)
    if path is None:
        return Part(session.id, "", "", ())
    name = workspace.name(path)
    known = fingerprint(read_file(path, name, MAX_FILE))
    return Part(session.id, name, known, tuple(entries(session, written)))
