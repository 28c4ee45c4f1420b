"""The batch: make the pages that are not up to date, and show them together."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dxeval.problems import Problem
from dxeval.report.announce import Event, Tell
from dxeval.report.decide import Todo, decide, kept_records
from dxeval.report.job import STOCK, WARM
from dxeval.report.outcome import Outcome, Superseded, never
from dxeval.report.plan import Plan
from dxeval.report.process.ahead import begin_if_newer
from dxeval.report.process.forkserver import CAN_FORK
from dxeval.report.publish import Edition
from dxeval.report.site.links import INDEX, whole_cover
from dxeval.report.staging import Staging, open_outputs
from dxeval.workspace import Workspace

if TYPE_CHECKING:
    from concurrent.futures import Executor


USUAL = WARM if CAN_FORK else STOCK
"""The engine where none is asked for."""


@dataclass
class Result:
    """What a batch did: seconds by id made, ids left as they were, reasons by id failed.

    ``counted`` says in words how many pages of each kind were made; ``warnings`` are of the answers
    that were read for them; ``printed`` counts PDFs; ``seconds`` are those of the batch.
    """

    made: dict[str, float] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    counted: list[str] = field(default_factory=list)
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
    executor: "Executor | None" = None,
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
    browser = _browser() if pdf else None
    with open_outputs(workspace.root / "outputs") as staging:
        engine = engine or USUAL
        if engine == WARM and not executor:
            begin_if_newer(workspace.root)
        plan = Plan(workspace, timeout, engine)
        todo = decide(plan, ids, force)
        workers = nullcontext(executor) if executor else workers_for(todo, staging)
        edition, outcome = renew(plan, todo, staging, workers, tell)
        printed = _print(browser, plan, edition) if browser else 0
    result = _result(plan, todo, outcome, printed, time.monotonic() - start)
    tell(Event("end", seconds=result.seconds, done=outcome.done, total=outcome.total))
    return result


def _browser() -> str:
    from dxeval.report.site.pdf import find_browser

    return find_browser()


@contextmanager
def workers_for(todo: Todo, staging: Staging) -> Iterator["Executor"]:
    """Return workers on this machine, as many as there is use for."""
    from dxeval.report.process.pool import local_pool

    with local_pool(min(len(todo.tasks) + 1, os.cpu_count() or 1), staging.scratch) as running:
        yield running


def renew(  # noqa: PLR0913, PLR0917
    plan: Plan,
    todo: Todo,
    staging: Staging,
    workers: "AbstractContextManager[Executor]",
    tell: Tell = lambda event: None,
    superseded: Callable[[], bool] = never,
) -> tuple[Edition, Outcome]:
    """Make and show what is to be done; return what there is then, and what became of the pages.

    Once it is ``superseded``, what was made until then is shown and the rest stays out of date.
    """
    edition = Edition(staging, plan.manifest.pages, kept_records(plan, todo))
    for page_id, failure in todo.refused.items():
        edition.withdraw(page_id, failure)
    outcome = Outcome(todo.failures, plan.answered)
    if todo.anything:
        from dxeval.report.making import make_pages, relink

        try:
            with workers as running:
                make_pages(plan, todo, edition, outcome, running, tell, superseded)
                relink(plan, todo, edition, running)
        except Superseded:
            if not outcome.done:
                return edition, outcome
        _index(plan, todo, edition, outcome)
        edition.publish(plan.order, outcome.failures)
    return edition, outcome


def _index(plan: Plan, todo: Todo, edition: Edition, outcome: Outcome) -> None:
    from dxeval.report.index import make_index

    html = make_index(
        plan,
        made=edition.records,
        fresh=todo.fresh | outcome.seconds.keys(),
        failed=outcome.failures,
        answered=outcome.answered,
        tables=edition.tables(),
    )
    edition.put_index(html)


def _print(browser: str, plan: Plan, edition: Edition) -> int:
    """Print what has no print of what it shows now, and the whole report; return how many."""
    from dxeval.report.site.pdf import print_missing

    there = [page_id for page_id in plan.reading_order if page_id in edition.records]
    titles = {page_id: edition.records[page_id].frame.title for page_id in there}
    return print_missing(
        browser,
        edition.staging,
        pages=[INDEX, *titles],
        chapters=titles,
        cover=whole_cover(plan.workspace),
    )


def _result(plan: Plan, todo: Todo, outcome: Outcome, printed: int, seconds: float) -> Result:
    """Return what was done, in the report's order."""
    made = [page_id for page_id in plan.order if page_id in outcome.seconds]
    failed = [page_id for page_id in plan.order if page_id in outcome.failures]
    return Result(
        made={page_id: outcome.seconds[page_id] for page_id in made},
        fresh=[page_id for page_id in plan.order if page_id in todo.fresh],
        failed={page_id: outcome.failures[page_id].words for page_id in failed},
        counted=plan.counted(made),
        warnings=[problem for page_id in made for problem in outcome.warnings[page_id]],
        printed=printed,
        seconds=seconds,
    )
