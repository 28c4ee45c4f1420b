"""Which notebook is meant by a name, and with what parameters it runs."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from dxeval.errors import WorkspaceError
from dxeval.report.notebook.template import Parameters
from dxeval.report.sources import Sources
from dxeval.report.table import table
from dxeval.workspace import Workspace

EXPLORE = "explore"


@dataclass(frozen=True)
class Chosen:
    """A template by its place in the workspace, and what it is run with, for a page or none."""

    template: str
    parameters: Parameters
    page: str = ""

    @property
    def copy(self) -> str:
        """Where its copy stands in the workspace."""
        stem = PurePosixPath(self.template).stem
        return f"scratch/{f'{stem}-{self.page}' if self.page not in {'', stem} else stem}.ipynb"


def chosen(workspace: Workspace, name: str) -> Chosen:
    """Return what is meant by a page's id or a notebook's name.

    Raises WorkspaceError for a name that nothing has, DataError where it cannot be told.
    """
    pages = _pages(workspace)
    if name in pages:
        return pages[name]
    if name in workspace.session_files():
        workspace.session(name)
        raise workspace.catalogue.broken[name]
    notebooks = _notebooks(workspace)
    if name in notebooks:
        return Chosen(f"notebooks/{name}.ipynb", {})
    known = "、".join(dict.fromkeys([*pages, *notebooks])) or "なし"
    raise WorkspaceError(f"「{name}」という回もノートブックもありません。あるのは：{known}")


def usual(workspace: Workspace) -> Chosen | None:
    """Return what is meant without a name: the notebook to explore with, else the newest answers.

    None where there are no answers either. Raises DataError where it cannot be told.
    """
    if EXPLORE in _notebooks(workspace):
        return Chosen(f"notebooks/{EXPLORE}.ipynb", {})
    newest = _newest(workspace)
    return None if newest is None else chosen(workspace, newest)


def _newest(workspace: Workspace) -> str | None:
    arrived = workspace.response_files()
    dates = {
        session.id: session.date
        for session in workspace.catalogue.sessions
        if session.id.casefold() in arrived
    }
    return max(dates, key=lambda session_id: dates[session_id], default=None)


def _pages(workspace: Workspace) -> dict[str, Chosen]:
    return {
        subject.id: Chosen(kind.template, kind.parameters(subject, ()), subject.id)
        for kind, subject in table(Sources(workspace)).pages
    }


def _notebooks(workspace: Workspace) -> list[str]:
    return sorted(path.stem for path in (workspace.root / "notebooks").glob("*.ipynb"))
