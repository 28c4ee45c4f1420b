"""Make what is to be made, each page in a process of its own, and stage what comes of it."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from importlib import import_module

from dxeval.report.announce import Event, Tell
from dxeval.report.decide import Todo
from dxeval.report.job import Checked, Ended, Failure, Job, Made
from dxeval.report.outcome import Outcome, never
from dxeval.report.plan import Plan
from dxeval.report.process.pool import finished
from dxeval.report.process.worker import make
from dxeval.report.publish import Edition
from dxeval.report.site.export import export_page


def make_pages(  # noqa: PLR0913, PLR0917
    plan: Plan,
    todo: Todo,
    edition: Edition,
    outcome: Outcome,
    executor: Executor,
    tell: Tell,
    superseded: Callable[[], bool] = never,
) -> None:
    """Make the pages of single sessions, then those that gather sessions, into the edition.

    What gathers sessions takes longest, so it is begun first, as if no session were to fail (unless
    one did the last time). Where one fails, its job is another one, and is made instead. Raises
    Superseded once that is so: ``edition`` and ``outcome`` hold what was made until then.
    """
    outcome.total = len(todo.jobs) + len(plan.gathering)
    tell(Event("start", total=outcome.total))
    early = [] if plan.manifest.failed else todo.to_gather(plan, todo.failures)
    begun = {(job.id, job.digest): executor.submit(make, job) for job in early}
    sessions = [executor.submit(make, task) for task in todo.tasks]
    _import_the_rest()
    for ended in finished(sessions, superseded):
        _take(ended, todo.jobs, edition, outcome, tell)
    gathering = {(job.id, job.digest): job for job in todo.to_gather(plan, outcome.failures)}
    outcome.total = outcome.done + len(gathering)
    for outdated in begun.keys() - gathering.keys():
        begun.pop(outdated).cancel()
    for new in gathering.keys() - begun.keys():
        begun[new] = executor.submit(make, gathering[new])
    jobs = {job.id: job for job in gathering.values()}
    for ended in finished(begun.values(), superseded):
        _take(ended, jobs, edition, outcome, tell)


def _import_the_rest() -> None:
    """Import, while the workers start, what puts together what they make."""
    for name in ("dxeval.report.index", "dxeval.report.one_file"):
        import_module(name)
    import_module("dxeval.presenting.html").keep()


def _take(
    ended: Ended, jobs: Mapping[str, Job], edition: Edition, outcome: Outcome, tell: Tell
) -> None:
    """Stage what came of a job, or of a check, which is told of only where it found something."""
    outcome.answered[ended.id] = ended.answered
    outcome.done += isinstance(ended, Made)
    counts = (ended.seconds, outcome.done, outcome.total)
    match ended:
        case Made(failure=Failure() as failure) | Checked(failure=Failure() as failure):
            outcome.failures[ended.id] = failure
            edition.withdraw(ended.id, failure)
            tell(Event("failed", ended.id, failure.words, *counts))
        case Made():
            outcome.seconds[ended.id] = ended.seconds
            outcome.warnings[ended.id] = ended.warnings
            edition.put(jobs[ended.id], ended)
            tell(Event("made", ended.id, "", *counts))


def relink(plan: Plan, todo: Todo, edition: Edition, executor: Executor) -> None:
    """Export anew the pages around whose notebooks other links or another title are to stand."""
    frames = plan.new_frames(edition.records, todo.checks)
    exports = [
        executor.submit(export_page, page_id, edition.notebook(page_id), frame)
        for page_id, frame in frames.items()
    ]
    for page_id, frame, html in finished(exports):
        edition.relink(page_id, frame, html)
