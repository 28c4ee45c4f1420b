"""Do one job in this process: from its files to the page's notebook, tables and HTML."""

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from dxeval.errors import DataError, NotebookError, WorkspaceError
from dxeval.report.job import (
    Announce,
    Check,
    Checked,
    Ended,
    Failure,
    FailureKind,
    Job,
    Made,
    Task,
)
from dxeval.report.kinds import Arrived, Figures
from dxeval.report.notebook.execute import CellError, execute
from dxeval.report.notebook.in_kernel import DAY, LEFT, ROOT
from dxeval.report.notebook.verdict import verdict
from dxeval.report.notebook.words import cell_words, failed_words, left_behind
from dxeval.report.places import notebook_file, page_file
from dxeval.report.process.forkserver import environment
from dxeval.report.site.export import export_page
from dxeval.workspace import Workspace

NOT_FOR_THE_PAGE = "ページに要らないセルなら、internal タグを付けると、ページを作れます。"


def make_here(task: Task, announce: Announce = lambda index: None) -> Ended:
    """Return the page, or what came of a check, or why there is none.

    ``announce`` is told the place of each cell before it runs, and None after the last. Works in
    a private folder and sets the process's environment meanwhile: one job at a time in a process.
    Raises OSError or KernelError for what is this machine's fault, not the page's.
    """
    start = time.monotonic()
    job = task.job if isinstance(task, Check) else task
    with _private_workspace(job) as workspace, environment(**_own(workspace)):
        ended: Ended
        if isinstance(task, Check):
            ended = _check(job, workspace)
        else:
            ended = _make(job, workspace, announce)
    return replace(ended, seconds=time.monotonic() - start)


def _check(job: Job, workspace: Workspace) -> Checked:
    try:
        job.kind.photographs(workspace, job.parameters)
        answers = job.kind.answers(workspace, job.parameters)
    except DataError as error:
        return Checked(job.id, failure=Failure(FailureKind.DATA, str(error)))
    return Checked(job.id, answers.answered)


def _make(job: Job, workspace: Workspace, announce: Announce) -> Made:
    try:
        answers = job.kind.answers(workspace, job.parameters)
        text = execute(workspace.root, job, announce)
        announce(None)
        tables = job.kind.tables(workspace, job.parameters)
        comments = _comments(job, workspace, answers, tables)
    except CellError as error:
        return Made(job.id, failure=_failure(job, error))
    except DataError as error:
        return Made(job.id, failure=Failure(FailureKind.DATA, str(error)))
    except NotebookError as error:
        return Made(job.id, failure=job.failure(str(error)))
    notebook = json.loads(text)
    told, failure = verdict(job, workspace.root, notebook, comments)
    left = left_behind(job, _left_behind(workspace.root))
    warnings = (*answers.warnings, *tables.warnings, *told, *left)
    made = Made(job.id, {}, answers.answered, warnings, failure)
    if failure is not None:
        return made
    foot = {"inputs_sha256": job.digest, "uncounted": answers.uncounted or tables.uncounted}
    notebook["metadata"]["dxeval"] = foot
    content = (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    _, _, html = export_page(job.id, content, job.frame)
    files = {notebook_file(job.id): content, page_file(job.id): html}
    return replace(made, outputs=files | tables.files)


def _comments(job: Job, workspace: Workspace, answers: Arrived, tables: Figures) -> Sequence[str]:
    """Return what was written in all sessions of the page, read again where it was not kept."""
    if answers.comments or tables.comments or not job.kind.gathers:
        return (*answers.comments, *tables.comments)
    sessions = workspace.catalogue.sessions
    return [text for session in sessions for text in workspace.responses(session).comments]


@contextmanager
def _private_workspace(job: Job) -> Iterator[Workspace]:
    """Write the job's files into a folder that nobody else may read, and remove it again."""
    with tempfile.TemporaryDirectory(prefix="job-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        for name, content in job.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (root / "matplotlibrc").touch()
        yield Workspace(root)


def _own(workspace: Workspace) -> dict[str, str]:
    """Return settings with which a kernel keeps to a job's folder and finds no files of ours."""
    root = workspace.root
    return {
        ROOT: str(root),
        DAY: _day(workspace),
        "IPYTHONDIR": str(root / "ipython"),
        "JUPYTER_CONFIG_DIR": str(root / "jupyter"),
        "JUPYTER_DATA_DIR": str(root / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(root),
        "MATPLOTLIBRC": str(root / "matplotlibrc"),
    }


def _day(workspace: Workspace) -> str:
    """Return the day that the report declares; nothing if it declares none, or is not right."""
    with suppress(DataError):
        return str(workspace.programme.report.date or "")
    return ""


def _left_behind(root: Path) -> list[str]:
    """Return the files that cells wrote and did not read again."""
    try:
        return list(json.loads((root / LEFT).read_bytes()))
    except (OSError, ValueError):
        return []


def _failure(job: Job, error: CellError) -> Failure:
    """Return why a cell failed; an error of ours about the data says it itself.

    What is missing may be in the workspace, and no part of this page.
    """
    if error.fault.data and error.fault.own:
        words = error.fault.own
        if error.fault.name == WorkspaceError.__name__:
            words += (
                f"（{cell_words(job, error.raised.place)}。見えるのは、このページの材料だけです）"
            )
        return job.failure(words, error.raised, FailureKind.DATA)
    return job.failure(failed_words(job, error.raised.place, error.fault), error.raised)
