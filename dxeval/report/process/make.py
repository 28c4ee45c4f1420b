"""Do one job in this process: from its files to the page's notebook, tables and HTML."""

import json
import tempfile
import time
from collections.abc import Iterator
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
from dxeval.report.notebook.execute import CellError, execute
from dxeval.report.notebook.in_kernel import DAY, LEFT, ROOT
from dxeval.report.notebook.leak import leak
from dxeval.report.notebook.words import cell_words, failed_words, left_behind
from dxeval.report.places import notebook_file, page_file
from dxeval.report.process.forkserver import environment
from dxeval.report.site.export import export_page
from dxeval.workspace import Workspace


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
    except CellError as error:
        return Made(job.id, failure=_failure(job, error))
    except DataError as error:
        return Made(job.id, failure=Failure(FailureKind.DATA, str(error)))
    except NotebookError as error:
        return Made(job.id, failure=job.failure(str(error)))
    notebook = json.loads(text)
    left = left_behind(job, _left_behind(workspace.root))
    warnings = (*answers.warnings, *tables.warnings, *left)
    made = Made(job.id, {}, answers.answered, warnings)
    if (place := leak(notebook, _written(job), answers.comments)) is not None:
        return replace(made, failure=job.failure(_leak_words(job, place)))
    foot = {"inputs_sha256": job.digest, "uncounted": answers.uncounted or tables.uncounted}
    notebook["metadata"]["dxeval"] = foot
    content = (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    _, _, html = export_page(job.id, content, job.frame)
    files = {notebook_file(job.id): content, page_file(job.id): html}
    return replace(made, outputs=files | tables.files)


def _written(job: Job) -> str:
    """Return every text of the job but the answers.

    Its YAML files are JSON, as its notebook is; only of a session that cannot be read is there no
    more than its id.
    """
    texts: list[str] = []
    for name, content in job.files.items():
        if name.endswith((".yaml", ".ipynb")):
            with suppress(ValueError):
                texts += _strings(json.loads(content))
    return " ".join(texts)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


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


def _leak_words(job: Job, place: int) -> str:
    return (
        f"{cell_words(job, place)}が、メールアドレスか、載せると決めていない"
        "自由記述を表示しています。表示しないように直してください"
        "（internal タグを付けても outputs/notebooks/ には残ります）。"
    )
