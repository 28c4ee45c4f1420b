"""The copy of a template that an analyst works on: made, and found again as it was left."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dxeval.adding.placing import put
from dxeval.errors import TemplateError
from dxeval.lab.chosen import Chosen
from dxeval.problems import Problem, ProblemKind
from dxeval.report.notebook.template import check_parameters, with_parameters, without_outputs
from dxeval.report.sources import Sources
from dxeval.workspace import Workspace

SCRATCH = "scratch"
_NOTE = "dxeval"
"""Where a copy's metadata say of what it is a copy."""
_UNTRACKED = b"# dxeval lab: nothing here reaches git.\n*\n"


@dataclass(frozen=True)
class Copy:
    """A copy as it was left: its notebook, and what it was made from."""

    path: Path
    content: bytes
    template: str
    was: str
    """The digest of the template of which it was made."""
    made: str
    """The digest of the copy as it was made."""

    @property
    def edited(self) -> bool:
        """Whether its cells are no longer those that were put there."""
        return digest(self.content) != self.made

    def outdated(self, template: bytes) -> bool:
        """Whether the template was changed since."""
        return digest(template) != self.was


def digest(notebook: bytes) -> str:
    """Return what tells the cells of two notebooks apart, whatever their outputs."""
    return hashlib.sha256(without_outputs(notebook)).hexdigest()


def as_file(notebook: Mapping[str, Any]) -> bytes:
    """Return a notebook as the example's are stored."""
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def find_copy(path: Path, name: str) -> Copy | None:
    """Return the copy at a place, None if there is none. Raises TemplateError if it is no copy."""
    if not path.exists():
        return None
    content = path.read_bytes()
    try:
        note = json.loads(content)["metadata"][_NOTE]
        return Copy(path, content, str(note["template"]), str(note["was"]), str(note["made"]))
    except (ValueError, KeyError, TypeError):
        message = "dxeval lab が作った写しではありません。名前を変えるか、消してください"
        raise TemplateError(Problem(ProblemKind.NOTEBOOK, name, message)) from None


def template_of(workspace: Workspace, name: str) -> bytes:
    """Return a template without outputs. Raises TemplateError."""
    return Sources(workspace).notebook(name)[name]


def write_copy(workspace: Workspace, chosen: Chosen, template: bytes) -> None:
    """Write the copy of a template with its parameters. Raises TemplateError, OSError."""
    check_parameters(chosen.template, template, chosen.parameters)
    notebook = _filled(template, chosen)
    note = {
        "template": chosen.template,
        "was": digest(template),
        "made": digest(json.dumps(notebook).encode()),
    }
    notebook["metadata"][_NOTE] = note
    path = workspace.root / chosen.copy
    ignored = workspace.root / SCRATCH / ".gitignore"
    files = {ignored: _UNTRACKED, path: as_file(notebook)}
    put(files, replacing=files)


def _filled(template: bytes, chosen: Chosen) -> dict[str, Any]:
    if chosen.parameters:
        return with_parameters(template, chosen.parameters)
    notebook: dict[str, Any] = json.loads(template)
    return notebook
