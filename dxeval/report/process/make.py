"""Do one job in this process: from its files to the page's notebook, tables and HTML."""

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from dxeval.errors import DataError, NotebookError
from dxeval.report.job import Announce, Failure, Job, Made
from dxeval.report.notebook.execute import CellError, execute
from dxeval.report.notebook.leak import leak
from dxeval.report.notebook.template import failed_notebook, first_line
from dxeval.report.site.export import export_page
from dxeval.report.site.links import OVERALL
from dxeval.workspace import Workspace

DATA_ERRORS = {"DataError", "WorkspaceError"}


def make_here(job: Job, announce: Announce = lambda index: None) -> Made:
    """Return the page, or why there is none.

    ``announce`` is told the place of each cell before it runs, and None after the last. Works in
    a private folder and sets the process's environment meanwhile: one job at a time in a process.
    Raises OSError or KernelError for what is this machine's fault, not the page's.
    """
    start = time.monotonic()
    with _private_workspace(job) as workspace, environment(**_own(workspace.root)):
        made = _make(job, workspace, announce)
    return replace(made, seconds=time.monotonic() - start)


def _make(job: Job, workspace: Workspace, announce: Announce) -> Made:
    try:
        made, comments = _read(workspace, job)
        if job.only_check:
            return made
        text = execute(workspace.root, job, announce)
        announce(None)
    except CellError as error:
        kind = "data" if error.raised.name in DATA_ERRORS else "notebook"
        notebook = failed_notebook(job.template, job.parameters, error.raised)
        return Made(job.id, failure=Failure(kind, _words(job, error), notebook))
    except DataError as error:
        return Made(job.id, failure=Failure("data", str(error)))
    except NotebookError as error:
        return Made(
            job.id,
            failure=Failure("notebook", str(error), failed_notebook(job.template, job.parameters)),
        )
    executed = json.loads(text)
    if (place := leak(executed, _written(job), comments)) is not None:
        failure = Failure(
            "notebook", _leak_words(job, place), failed_notebook(job.template, job.parameters)
        )
        return replace(made, failure=failure)
    executed["metadata"]["dxeval"] = {"inputs_sha256": job.digest}
    content = json.dumps(executed, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    _, _, html = export_page(job.id, content.encode(), job.frame)
    outputs = {f"notebooks/{job.id}.ipynb": content.encode(), f"html/{job.id}.html": html}
    if job.id == OVERALL:
        sessions = workspace.sessions(without=job.parameters["failed"])
        tables = workspace.tables(sessions)
        outputs |= {f"tables/{name}": table for name, table in tables.items()}
    return replace(made, outputs=outputs)


def _read(workspace: Workspace, job: Job) -> tuple[Made, tuple[str, ...]]:
    """Return how many answered and what to warn of, and what was written. Raises DataError.

    The notebook itself looks at the photographs, if one is run.
    """
    from dxeval.presenting.photos import photos

    if job.id == OVERALL:
        return Made(job.id), ()
    session = workspace.session(job.id)
    if job.only_check:
        photos(session, workspace.photo_folder)
    responses = workspace.responses(session)
    respondents = responses.n_respondents if workspace.export_path(job.id) else None
    return Made(job.id, {}, respondents, responses.warnings), responses.comments


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


def _own(root: Path) -> dict[str, str]:
    """Return settings with which a kernel keeps its files in ``root`` and finds none of ours."""
    return {
        "IPYTHONDIR": str(root / "ipython"),
        "JUPYTER_CONFIG_DIR": str(root / "jupyter"),
        "JUPYTER_DATA_DIR": str(root / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(root),
        "MATPLOTLIBRC": str(root / "matplotlibrc"),
    }


@contextmanager
def environment(**own: str) -> Iterator[None]:
    """Set the environment in which equal input gives equal bytes, and ``own`` settings."""
    equal = {"PYTHONHASHSEED": "0", "PYTHONSTARTUP": "", "LC_ALL": "C.UTF-8", "TZ": "UTC0"}
    kept = {name: os.environ.get(name) for name in equal | own}
    os.environ.update(equal | own)
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _words(job: Job, error: CellError) -> str:
    if error.raised.name in DATA_ERRORS:
        return error.words
    first = first_line(job.template, job.parameters, error.raised.place)
    return (
        f"{job.notebook} の「{first}」で始まるセルで {error.raised.name} が起きました。"
        f"JupyterLab で outputs/failed/{job.id}.ipynb を見て、"
        f"parameters セルの値を同じにして {job.notebook} を実行すると、原因が分かります。"
    )


def _leak_words(job: Job, place: int) -> str:
    first = first_line(job.template, job.parameters, place)
    return (
        f"{job.notebook} の「{first}」で始まるセルが、メールアドレスか、載せると決めていない"
        "自由記述を表示しています。表示しないように直してください"
        "（internal タグを付けても outputs/notebooks/ には残ります）。"
    )
