"""The register of a workspace, written where nothing that was decided is lost."""

import os
from pathlib import Path

from dxeval.adding.placing import put
from dxeval.commenting.parts import Made, make
from dxeval.commenting.taking import ignoring, read
from dxeval.commenting.workbook import workbook
from dxeval.definitions.plain_file import read_file
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.limits import MAX_FILE
from dxeval.workspace import Workspace

PLACE = Path("scratch/comments.xlsx")
"""Where the register is written: it holds answers, so never in ``outputs/`` and never in git."""


def write(workspace: Workspace) -> Made:
    """Write the register and return it; without a comment nothing is written.

    Raises DataError where the one that is there holds what has not been read back.
    """
    made = make(workspace)
    path = workspace.root / PLACE
    if made.parts:
        there = os.path.lexists(path)
        content = workbook(made.parts)
        if there:
            _check_read_back(workspace, path, content)
        put({path: content, **ignoring(workspace)}, replacing=[path] if there else [])
    return made


def _check_read_back(workspace: Workspace, path: Path, new: bytes) -> None:
    """Raise DataError unless all that is decided in a register stands in the sessions' files."""
    if read_file(path, workspace.name(path), MAX_FILE) == new:
        return
    try:
        unread = bool(read(workspace, path))
        why = "まだ読み戻していません"
    except DataError as error:
        unread, why = True, f"読み戻せません（{error.problems[0].message}）"
    if unread:
        name = workspace.name(path)
        message = f"この台帳に書かれたことは、{why}。上書きしないように、何も変えていません"
        hint = f"  読み戻すなら dxeval comments {name}、要らなければ消すか移してください。"
        raise DataError([Problem(ProblemKind.REGISTER_UNREAD, name, message, hint=hint)])
