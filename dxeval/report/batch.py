"""The batch: make the pages that are not up to date, and show them together."""

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from dxeval.errors import Problem
from dxeval.report.job import STOCK, WARM, Failure, Job, Made, sha256
from dxeval.report.manifest import MANIFEST, Manifest, Record, changes, versions
from dxeval.report.notebook.template import check_parameters
from dxeval.report.plan import Plan
from dxeval.report.process.pool import finished, local_pool
from dxeval.report.process.worker import CAN_FORK, make
from dxeval.report.site.export import export_page
from dxeval.report.site.links import INDEX, OVERALL, Frame, whole_title
from dxeval.report.site.pdf import find_browser, print_missing, prints
from dxeval.report.staging import Staging, open_outputs
from dxeval.workspace import Workspace


@dataclass(frozen=True)
class Event:
    """Something to tell the user: ``start``, ``made``, ``failed`` or ``end``.

    ``done`` of ``total`` pages are finished; ``seconds`` are those of the page or the batch.
    """

    event: str
    id: str = ""
    words: str = ""
    seconds: float = 0.0
    done: int = 0
    total: int = 0


Tell = Callable[[Event], object]
STILL = "前に失敗したままです。dxeval run で作り直してください。"


@dataclass
class Result:
    """What a batch did: seconds by id made, ids left as they were, reasons by id failed.

    ``warnings`` are of the answers that were read for the pages made; ``printed`` counts PDFs.
    """

    made: dict[str, float] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    printed: int = 0
    seconds: float = 0.0


def run(  # noqa: PLR0913
    workspace: Workspace,
    ids: Sequence[str] = (),
    *,
    force: bool = False,
    timeout: int = 600,
    pdf: bool = False,
    engine: str | None = None,
    executor: Executor | None = None,
    tell: Tell = lambda event: None,
) -> Result:
    """Make what is not up to date of the sessions named (all for none), then overall and index.

    ``force`` makes them anyhow; ``timeout`` is in seconds for each cell; ``pdf`` also prints what
    has no print; ``engine`` is ``warm`` (default where processes can be forked) or ``nbclient``;
    ``executor`` runs the jobs (default: one process a job, here). A session that fails never stops
    the others; its old page is removed. Raises WorkspaceError for an unknown id, DataError or
    NotebookError for what would spoil every page, OutputError if ``outputs/`` cannot be written,
    KernelError if no kernel can start, PrintError if nothing here can print: then nothing changed.
    """
    start = time.monotonic()
    browser = find_browser() if pdf else None
    with open_outputs(workspace.root / "outputs") as staging:
        batch = _Batch(Plan(workspace, timeout), staging, tell)
        batch.engine = engine or (WARM if CAN_FORK else STOCK)
        batch.choose(ids, force)
        if batch.has_work():
            workers = min(len(batch.jobs) + 1, os.cpu_count() or 1)
            pool = nullcontext(executor) if executor else local_pool(workers, staging.scratch)
            with pool as running:
                batch.make(running)
            batch.promote()
        printed = batch.print(browser) if browser else 0
    result = replace(batch.result(), printed=printed)
    result.seconds = time.monotonic() - start
    tell(Event("end", seconds=result.seconds, done=batch.done, total=batch.total))
    return result


class _Batch:
    def __init__(self, plan: Plan, staging: Staging, tell: Tell) -> None:
        self.plan = plan
        self.staging = staging
        self.tell = tell
        there = {OVERALL, INDEX, *(page.id for page in plan.pages)}
        recorded = plan.manifest.pages
        self.records = {one: recorded[one] for one in recorded if one in there}
        self.gone = {one: recorded[one] for one in recorded if one not in there}
        self.respondents = {one: record.respondents for one, record in self.records.items()}
        self.failures: dict[str, Failure] = {}
        self.jobs: dict[str, Job] = {}
        self.made: dict[str, float] = {}
        self.warnings: dict[str, tuple[Problem, ...]] = {}
        self.fresh: set[str] = set()
        self.force = False
        self.engine = STOCK
        self.done = self.total = 0

    def choose(self, ids: Sequence[str], force: bool) -> None:
        """Take the jobs; sessions not asked for are only checked, for the overall page's sake."""
        chosen = {page.id for page in self.plan.select(ids)}
        self.force = force
        for page in self.plan.pages:
            if page.job is None:
                self._fail(page.id, Failure("data", str(page.error)))
            elif (page.id in chosen and (force or page.changed)) or self._damaged(page.id):
                self.jobs[page.id] = page.job
            elif page.changed:
                self.jobs[page.id] = replace(page.job, only_check=True)
                if self.plan.manifest.failed.get(page.id) == "notebook":
                    self._fail(page.id, Failure("notebook", STILL))
            else:
                self.fresh.add(page.id)
        for job in [*self.jobs.values(), self.plan.overall_job(self.failures)]:
            check_parameters(job.notebook, job.template, job.parameters)

    def _damaged(self, one: str) -> bool:
        """Whether somebody changed the notebook of a page, so that it cannot be exported."""
        name = f"notebooks/{one}.ipynb"
        return one in self.records and not self.records[one].intact(name, self.plan.outputs)

    def has_work(self) -> bool:
        """Whether anything is to be made, shown or removed."""
        failed = {one: failure.kind for one, failure in self.failures.items()}
        return bool(
            self.force
            or self.jobs
            or self.gone
            or failed != self.plan.manifest.failed
            or self.plan.changes(self.plan.overall_job(self.failures))
            or changes(self.records.get(INDEX), {}, self.plan.outputs)
            or self._new_frames()
        )

    def make(self, executor: Executor) -> None:
        """Make and stage the sessions, then the overall page, then every page's HTML.

        The overall page takes longest. It is begun first, as if no session were to fail (unless one
        did the last time), and begun anew if one does.
        """
        self.total = 1 + sum(not job.only_check for job in self.jobs.values())
        self.tell(Event("start", total=self.total))
        going = [job.id for job in self.jobs.values() if not job.only_check]
        frames = self.plan.frames([*self.records, *going, OVERALL])

        def submit(job: Job) -> Future[Made]:
            frame = frames.get(job.id, job.frame)
            return executor.submit(make, replace(job, engine=self.engine, frame=frame))

        def submit_overall(job: Job) -> list[Future[Made]]:
            return [submit(job)] if self.force or self.plan.changes(job) else []

        overall = self.plan.overall_job(self.failures)
        begun = [] if self.plan.manifest.failed else submit_overall(overall)
        sessions = [submit(job) for job in self.jobs.values()]
        from dxeval.report.index import make_index  # long to import: while the workers start

        for made in finished(sessions):
            self._receive(self.jobs[made.id], made, frames)
        without_failed = self.plan.overall_job(self.failures)
        if not begun or without_failed.digest != overall.digest:
            for future in begun:
                future.cancel()
            overall, begun = without_failed, submit_overall(without_failed)
        for made in finished(begun):
            self._receive(overall, made, frames)
        if not begun:
            self.total -= 1
        exports = [
            executor.submit(export_page, one, self._notebook(one), frame)
            for one, frame in self._new_frames().items()
        ]
        for one, frame, html in finished(exports):
            outputs = self._stage({f"html/{one}.html": html})
            self.staging.remove(*prints(one))
            record = self.records[one]
            self.records[one] = replace(record, frame=frame, outputs=record.outputs | outputs)
        html = make_index(
            self.plan,
            overall.digest,
            made=self.records,
            fresh=self.fresh | self.made.keys(),
            failed=self.failures,
            respondents=self.respondents,
            tables=self._tables(),
        )
        outputs = self._stage({f"html/{INDEX}.html": html})
        self.staging.remove(*prints(INDEX))
        self.records[INDEX] = Record({}, versions(), outputs, Frame(""))

    def _receive(self, job: Job, made: Made, frames: dict[str, Frame]) -> None:
        self.respondents[job.id] = made.respondents
        self.done += not job.only_check
        if made.failure is not None:
            self._fail(job.id, made.failure)
        elif job.only_check:
            return
        else:
            self.made[job.id] = made.seconds
            self.warnings[job.id] = made.warnings
            gone = [f"failed/{job.id}.ipynb", *prints(job.id), *self._old_outputs(job.id)]
            self.staging.remove(*gone)
            outputs, frame = self._stage(made.outputs), frames[job.id]
            self.records[job.id] = Record(job.inputs, versions(), outputs, frame, made.respondents)
        words = made.failure.words if made.failure else ""
        kind = "failed" if made.failure else "made"
        self.tell(Event(kind, job.id, words, made.seconds, self.done, self.total))

    def _fail(self, one: str, failure: Failure) -> None:
        self.failures[one] = failure
        self.staging.remove(*prints(one), *self._old_outputs(one))
        self.records.pop(one, None)
        kept = f"failed/{one}.ipynb"
        if failure.notebook is not None:
            self._stage({kept: failure.notebook})
        elif failure.words != STILL:
            self.staging.remove(kept)

    def _old_outputs(self, one: str) -> list[str]:
        """Return what may be there of a page's earlier making, recorded or not."""
        recorded = self.records[one].outputs if one in self.records else []
        return [f"html/{one}.html", f"notebooks/{one}.ipynb", *recorded]

    def _stage(self, files: dict[str, bytes]) -> dict[str, str]:
        for name, content in files.items():
            self.staging.add(name, content)
        return {name: sha256(content) for name, content in files.items()}

    def _notebook(self, one: str) -> bytes:
        return self.staging.read(f"notebooks/{one}.ipynb")

    def _new_frames(self) -> dict[str, Frame]:
        """Return the pages whose links or title are not yet what they must be.

        A page that is out of date and was not asked for keeps its title and gets new links.
        """
        stale = {one for one, job in self.jobs.items() if job.only_check}
        frames = self.plan.frames(self.records)
        for one in stale & frames.keys():
            frames[one] = replace(frames[one], title=self.records[one].frame.title)
        return {one: frame for one, frame in frames.items() if self.records[one].frame != frame}

    def _tables(self) -> list[str]:
        outputs = self.records[OVERALL].outputs if OVERALL in self.records else []
        return [name.removeprefix("tables/") for name in outputs if name.startswith("tables/")]

    def print(self, browser: str) -> int:
        """Print what has no print of what it shows now, and the whole report; return how many."""
        order = [OVERALL, *(page.id for page in self.plan.pages)]
        titles = {one: self.records[one].frame.title for one in order if one in self.records}
        return print_missing(browser, self.staging, titles, whole_title(self.plan.workspace))

    def promote(self) -> None:
        """Show the new files: sessions, overall, index, and the manifest last."""
        for one, record in self.gone.items():
            self.staging.remove(*prints(one), *record.outputs)
        failed = {one: failure.kind for one, failure in self.failures.items()}
        self.staging.add(MANIFEST, Manifest(self.records, failed).text().encode())
        order = [*(page.id for page in self.plan.pages), OVERALL, INDEX]
        names = [f"failed/{one}.ipynb" for one in order]
        names += [
            name for one in order if one in self.records for name in self.records[one].outputs
        ]
        self.staging.promote([*names, MANIFEST])

    def result(self) -> Result:
        """Return what was done, in the report's order."""
        order = [*(page.id for page in self.plan.pages), OVERALL]
        return Result(
            {one: self.made[one] for one in order if one in self.made},
            [one for one in order if one in self.fresh],
            {one: self.failures[one].words for one in order if one in self.failures},
            [problem for one in order for problem in self.warnings.get(one, ())],
        )
