"""What a batch is to do, decided before anything is changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dxeval.errors import TemplateError
from dxeval.report.job import Check, Failure, FailureKind, Job, Task
from dxeval.report.manifest import Record
from dxeval.report.notebook.template import check_parameters
from dxeval.report.plan import Plan, Ready, Refused, Unreadable

STILL = "前に失敗したままです。dxeval run で作り直してください。"


@dataclass(frozen=True)
class Todo:
    """What is to be done with each page of a single session, by its id; nothing is done yet.

    What gathers sessions stands here only where it is ``refused``.

    ``jobs`` are to be made; ``checks`` are out of date but were not asked for; ``fresh`` are up to
    date; ``refused`` cannot be made, so that their old files go; ``still_failed`` are checks whose
    notebook failed the last time, so that nothing is there. ``force``: make also what gathers
    sessions and is up to date; ``alone``: make nothing that gathers sessions. ``anything``: whether
    there is anything to make, show or remove.
    """

    jobs: dict[str, Job]
    checks: dict[str, Check]
    fresh: frozenset[str]
    refused: dict[str, Failure]
    still_failed: dict[str, Failure]
    force: bool = False
    alone: bool = False
    anything: bool = True

    @property
    def failures(self) -> dict[str, Failure]:
        """Every failure that is known before anything runs."""
        return self.refused | self.still_failed

    @property
    def tasks(self) -> list[Task]:
        """What is to be run, page by page."""
        return [*self.jobs.values(), *self.checks.values()]

    def to_gather(self, plan: Plan, failed: Collection[str]) -> list[Job]:
        """Return the jobs of the pages that gather sessions and are not up to date."""
        if self.alone:
            return []
        return [job for job in plan.gathered(failed) if self.force or plan.changes(job)]


def decide(plan: Plan, ids: Sequence[str] = (), force: bool = False, alone: bool = False) -> Todo:
    """Return what is to be done so that the pages named (all for none) and what gathers them fit.

    Sessions not asked for are only checked, for the sake of what gathers them; but a page whose
    notebook was damaged is made anyhow. ``alone``: make just the pages named; what gathers them
    stays out of date, and the others stay as they are. Raises WorkspaceError for an unknown id,
    NotebookError if a notebook does not take its parameters, DataError if the published figures
    are wrong.
    """
    if plan.wrong is not None:
        raise plan.wrong
    for page in plan.pages:
        if isinstance(page, Refused) and isinstance(page.error, TemplateError):
            raise page.error
    chosen = {page.id for page in plan.select(ids)}
    jobs: dict[str, Job] = {}
    others: dict[str, Job] = {}
    refused = {page.id: Failure(FailureKind.DATA, str(page.error)) for page in plan.refused}
    fresh = set()
    for page in plan.pages:
        match page:
            case Unreadable() | Refused():
                refused[page.id] = Failure(FailureKind.DATA, str(page.error))
            case Ready() if page.id in chosen and (force or page.changed):
                jobs[page.id] = page.job
            case Ready() if plan.damaged(page.id):
                jobs[page.id] = page.job
            case Ready() if page.changed:
                others[page.id] = page.job
            case Ready():
                fresh.add(page.id)
    not_tried = [*others, *(subject.id for _, subject in plan.gathering if alone)]
    before = {page_id: plan.manifest.failed.get(page_id) for page_id in not_tried}
    still_failed = {
        page_id: Failure(kind, STILL)
        for page_id, kind in before.items()
        if kind is FailureKind.NOTEBOOK or (kind is not None and alone)
    }
    checks = {} if alone else {page_id: Check(job) for page_id, job in others.items()}
    todo = Todo(jobs, checks, frozenset(fresh), refused, still_failed, force, alone)
    checked = [check.job for check in checks.values()]
    for job in (*jobs.values(), *checked, *plan.gathered(todo.failures)):
        check_parameters(job.kind.template, job.template, job.parameters)
    gathering = () if alone else (subject.id for _, subject in plan.gathering)
    frames = plan.frames({*kept_records(plan, todo), *jobs, *gathering})
    framed = {page_id: replace(job, frame=frames[page_id]) for page_id, job in jobs.items()}
    return replace(todo, jobs=framed, anything=_anything(plan, todo))


def kept_records(plan: Plan, todo: Todo) -> dict[str, Record]:
    """Return the records of the pages whose files stay until others take their place."""
    there = set(plan.order) - todo.refused.keys()
    return {page_id: plan.manifest.pages[page_id] for page_id in plan.manifest.pages.keys() & there}


def _anything(plan: Plan, todo: Todo) -> bool:
    kept = kept_records(plan, todo)
    gone = plan.manifest.pages.keys() - set(plan.order)
    known = {page_id: failure.kind for page_id, failure in todo.failures.items()}
    return bool(
        todo.force
        or todo.jobs
        or todo.checks
        or gone
        or known != plan.manifest.failed
        or todo.to_gather(plan, todo.failures)
        or plan.index_changes()
        or (not todo.alone and plan.one_file_changes(kept))
        or plan.new_frames(kept, todo.checks)
    )
