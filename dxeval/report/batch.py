"""The batch: make the pages that are not up to date, and show them together.

What takes long to import is imported while the process for the notebooks starts.
"""

import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dxeval.problems import Problem
from dxeval.report.announce import Event, Tell
from dxeval.report.engines import USUAL
from dxeval.report.prints import outdated_words
from dxeval.report.staging import open_outputs
from dxeval.workspace import Workspace

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from dxeval.report.decide import Todo
    from dxeval.report.outcome import Outcome
    from dxeval.report.plan import Plan
    from dxeval.report.publish import Edition


@dataclass
class Result:
    """What a batch did: seconds by id made, ids left as they were, reasons by id failed.

    Notebooks that make no page for a mistake have failed under their own name. ``counted`` says in
    words how many pages of each kind were made; ``warnings`` are of the answers that were read for
    them, and of notebooks; ``printed`` counts PDFs, ``outdated`` says in words which are no longer
    of what is shown; ``seconds`` are those of the batch.
    """

    made: dict[str, float] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    counted: list[str] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    printed: int = 0
    outdated: str = ""
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
        from dxeval.report.decide import decide
        from dxeval.report.plan import Plan
        from dxeval.report.renewing import renew, workers_for

        plan = Plan(workspace, timeout, engine or USUAL)
        todo = decide(plan, ids, force)
        workers = nullcontext(executor) if executor else workers_for(todo, staging)
        edition, outcome = renew(plan, todo, staging, workers, tell)
        printed = _print(browser, plan, edition) if browser else 0
    result = _result(plan, todo, outcome, printed, time.monotonic() - start)
    result.warnings.extend(staging.remarks)
    result.outdated = outdated_words(staging.outputs, plan.order)
    for problem in plan.table.problems:
        tell(Event("failed", problem.file, str(problem)))
    told = (result.outdated, result.seconds, outcome.done, outcome.total)
    tell(Event("end", "", *told))
    return result


def _browser() -> str:
    from dxeval.report.site.pdf import find_browser

    return find_browser()


def _print(browser: str, plan: "Plan", edition: "Edition") -> int:
    """Print what has no print of what it shows now, and the whole report; return how many."""
    from dxeval.report.site.export import Chapter
    from dxeval.report.site.links import INDEX, whole_cover
    from dxeval.report.site.pdf import print_missing

    places = plan.places(edition.records)
    return print_missing(
        browser,
        edition.staging,
        pages=[INDEX, *places],
        chapters=[
            Chapter(page_id, edition.records[page_id].frame.title, place=place)
            for page_id, place in places.items()
        ],
        cover=whole_cover(plan.workspace),
    )


def _result(plan: "Plan", todo: "Todo", outcome: "Outcome", printed: int, seconds: float) -> Result:
    """Return what was done, in the report's order."""
    made = [page_id for page_id in plan.order if page_id in outcome.seconds]
    failed = [page_id for page_id in plan.order if page_id in outcome.failures]
    of_pages = [problem for page_id in made for problem in outcome.warnings[page_id]]
    notebooks = {problem.file: str(problem) for problem in plan.table.problems}
    return Result(
        made={page_id: outcome.seconds[page_id] for page_id in made},
        fresh=[page_id for page_id in plan.order if page_id in todo.fresh],
        failed={page_id: outcome.failures[page_id].words for page_id in failed} | notebooks,
        counted=plan.counted(made),
        warnings=list(dict.fromkeys([*of_pages, *plan.table.warnings])),
        printed=printed,
        seconds=seconds,
    )
