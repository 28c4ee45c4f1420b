"""What is to be made: every session's data checked, every page held against the manifest."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from dxeval.definitions.programme import Session
from dxeval.errors import DataError, WorkspaceError
from dxeval.report.job import Job
from dxeval.report.manifest import Manifest, changes, read_manifest
from dxeval.report.site.links import INDEX, OVERALL, Frame, overall_frame, session_frame
from dxeval.report.sources import Sources
from dxeval.workspace import Workspace


@dataclass(frozen=True)
class Page:
    """A session's page, or the overall page: its job, and why it must be made again, if it must.

    ``job`` is None and ``error`` set where the session's files are wrong.
    """

    id: str
    session: Session | None
    job: Job | None
    changed: list[str] = field(default_factory=list)
    error: DataError | None = None


class Plan:
    """Every page of a workspace and what there is of it. Reads files, runs nothing."""

    def __init__(self, workspace: Workspace, timeout: int = 600) -> None:
        """Raise DataError if the survey, the programmes or the published figures are wrong."""
        self.workspace = workspace
        self.outputs = workspace.root / "outputs"
        self.manifest: Manifest = read_manifest(self.outputs)
        self.sources = Sources(workspace, timeout)
        _ = workspace.published
        catalogue = workspace.catalogue
        self.pages = [self._page(session) for session in catalogue.sessions]
        self.pages += [
            Page(one, None, None, error=error) for one, error in catalogue.broken.items()
        ]

    def _page(self, session: Session) -> Page:
        try:
            job = self.sources.session_job(session)
        except DataError as error:
            return Page(session.id, session, None, error=error)
        return Page(session.id, session, job, self.changes(job))

    def changes(self, job: Job) -> list[str]:
        """Return why a page must be made again, in words; nothing if it is up to date."""
        return changes(self.manifest.pages.get(job.id), job.inputs, self.outputs)

    def overall_job(self, failed: Iterable[str]) -> Job:
        """Return the job of the overall page without the ``failed`` sessions."""
        return self.sources.overall_job(failed)

    def select(self, ids: Iterable[str]) -> list[Page]:
        """Return the pages with those ids, or all for no ids. Raises WorkspaceError if unknown."""
        by_id = {page.id: page for page in self.pages}
        wanted = list(dict.fromkeys(ids))
        if unknown := [one for one in wanted if one not in by_id]:
            known = "、".join(by_id) or "なし"
            raise WorkspaceError(f"セッション「{unknown[0]}」はありません。あるのは：{known}")
        return [by_id[one] for one in wanted] if wanted else self.pages

    def frames(self, made: Iterable[str]) -> dict[str, Frame]:
        """Return the frames of the pages that there are when ``made`` are made."""
        ids = set(made)
        sessions = [page.session for page in self.pages if page.session and page.id in ids]
        frames = {one.id: session_frame(self.workspace, one, sessions) for one in sessions}
        return frames | ({OVERALL: overall_frame(self.workspace)} if OVERALL in ids else {})


WHY = {
    "data": "前回、データのまちがい：dxeval check で見て、直したら dxeval run",
    "notebook": "前回、ノートブックの失敗：outputs/failed/ を JupyterLab で見てください",
}


def states(plan: Plan) -> dict[str, tuple[str, list[str]]]:
    """Return for each page 最新, 要更新, 失敗 or 回答待ち, and the reasons in words."""
    failed = dict(plan.manifest.failed) | {p.id: "data" for p in plan.pages if p.job is None}
    frames = plan.frames(plan.manifest.pages.keys() - failed.keys())
    found = {}
    for page in plan.pages:
        reasons = page.changed or _frame_changed(plan, frames, page.id)
        waiting = page.job is not None and not any("/responses/" in one for one in page.job.files)
        found[page.id] = _state(failed.get(page.id), reasons, waiting)
    sessions = failed.keys() - {OVERALL}
    reasons = plan.changes(plan.overall_job(sessions)) or _frame_changed(plan, frames, OVERALL)
    found[OVERALL] = _state(failed.get(OVERALL), reasons, False)
    reasons = changes(plan.manifest.pages.get(INDEX), {}, plan.outputs)
    waiting = any(why for state, why in found.values() if state != "失敗")
    if not reasons and (waiting or failed != plan.manifest.failed):
        reasons = ["ほかのページ"]
    found[INDEX] = _state(None, reasons, False)
    return found


def _frame_changed(plan: Plan, frames: dict[str, Frame], one: str) -> list[str]:
    record = plan.manifest.pages.get(one)
    return ["題名か前後の回"] if record and record.frame != frames.get(one) else []


def _state(failed: str | None, reasons: list[str], waiting: bool) -> tuple[str, list[str]]:
    if failed is not None:
        return "失敗", [WHY[failed]]
    if waiting:
        return "回答待ち", reasons
    return ("要更新" if reasons else "最新"), reasons
