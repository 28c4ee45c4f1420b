"""Make what a plan says and show it: once in a batch, again and again in a preview."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from dxeval.report.announce import Tell
from dxeval.report.decide import Todo, kept_records
from dxeval.report.outcome import Outcome, Superseded, never
from dxeval.report.plan import Plan
from dxeval.report.publish import Edition
from dxeval.report.staging import Staging

if TYPE_CHECKING:
    from concurrent.futures import Executor


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
    edition.forget(plan.manifest.failed.keys() - {*plan.order})
    for page_id, failure in todo.refused.items():
        edition.withdraw(page_id, failure)
    outcome = Outcome(todo.failures, plan.answered)
    if todo.anything:
        from dxeval.report.making import make_pages, relink

        try:
            with workers as running:
                make_pages(plan, todo, edition, outcome, running, tell, superseded)
                relink(plan, todo, edition, running)
            if not todo.alone:
                _one_file(plan, edition, outcome)
        except Superseded:
            if not outcome.done:
                return edition, outcome
        _index(plan, todo, edition, outcome)
        edition.publish(plan.order, outcome.failures)
    return edition, outcome


def _one_file(plan: Plan, edition: Edition, outcome: Outcome) -> None:
    from dxeval.report.one_file import make_one_file

    html = make_one_file(plan, edition, outcome.failures)
    edition.put_one_file(html, plan.one_file(edition.records))


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
