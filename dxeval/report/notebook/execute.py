"""Run one notebook with Papermill and hand back a notebook that tells nothing of this machine."""

import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import dxeval
from dxeval.errors import KernelError, NotebookError
from dxeval.report.engines import WARM
from dxeval.report.job import Announce, Job
from dxeval.report.notebook import in_kernel, own_charts
from dxeval.report.notebook.faults import Fault
from dxeval.report.notebook.template import Raised
from dxeval.report.notebook.words import cell_words

if TYPE_CHECKING:
    from nbformat import NotebookNode

LONGEST_SOCKET = 90
"""Bytes of the path of a socket in the file system, which must stay under 104 everywhere."""
KERNEL_LOST = (
    "ノートブックのカーネルが途中で止まりました（メモリ不足、os._exit() など）。"
    "ほかのプログラムを閉じ、もう一度実行してください。"
)


class CellError(Exception):
    """A cell raised: where (``raised``), and the facts about the error (``fault``)."""

    def __init__(self, raised: Raised, fault: Fault) -> None:
        super().__init__(raised.name)
        self.raised, self.fault = raised, fault


def _cell_error(place: int, name: str, facts: str, traceback: Sequence[str]) -> CellError:
    fault = Fault.of_text(name, facts)
    return CellError(Raised(place, fault.name, traceback), fault)


def too_long(timeout: int) -> str:
    """Return what to say of a cell that was stopped after ``timeout`` seconds."""
    return (
        f"ノートブックのセルが {timeout}秒で終わりませんでした。"
        "時間のかかるだけなら --timeout を延ばし、そうでなければ JupyterLab で調べてください。"
    )


def execute(root: Path, job: Job, announce: Announce) -> str:
    """Return the job's notebook, run with its parameters in its own folder, as text.

    ``root`` is the folder that holds the job's files. ``announce`` is told each cell's place by
    our own engine, which leaves it to the caller to stop a cell that hangs. Raises CellError if a
    cell raises, NotebookError with words for the user if the kernel dies or hangs, KernelError if
    none can be started, and OSError.
    """
    import nbformat
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    template = root / job.kind.template
    begun: list[int] = []
    try:
        notebook = papermill.execute_notebook(
            str(template),
            None,
            parameters=job.parameters,
            cwd=str(template.parent),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            **_engine(root, job, announce, begun),
        )
    except PapermillExecutionError as error:
        # Papermill counts from 0 and has put its own cell with the parameters before this one.
        place = error.cell_index
        raise _cell_error(place, error.ename, error.evalue, error.traceback) from None
    except DeadKernelError:
        raise NotebookError(_at(job, begun) + KERNEL_LOST) from None
    except CellTimeoutError:
        raise NotebookError(_at(job, begun) + too_long(job.timeout)) from None
    except OSError:
        raise
    except RuntimeError as error:
        raise KernelError(
            f"ノートブックのカーネルを起動できません（{type(error).__name__}）。前のページはそのままです。"
            "メモリを空けるか dxeval を入れ直して（make clean のあと make report）、"
            "もう一度実行してください。"
        ) from None
    except Exception as error:  # whatever stops one notebook must not stop the others
        raise NotebookError(
            f"{job.kind.template} を実行できませんでした（{type(error).__name__}）。"
            "JupyterLab で開いて実行し、原因を調べてください。"
        ) from error
    _raise_first_error(notebook)
    _drop_traces(notebook)
    nbformat.validate(notebook)
    return _without_paths(nbformat.writes(notebook) + "\n", root)


def _raise_first_error(notebook: "NotebookNode") -> None:
    """Raise CellError for a cell that ended the notebook by sys.exit(0): Papermill lets it pass."""
    for place, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise _cell_error(place, output.ename, output.evalue, output.traceback)


def _at(job: Job, begun: list[int]) -> str:
    return f"{cell_words(job, begun[-1])}：" if begun else ""


def _engine(root: Path, job: Job, announce: Announce, begun: list[int]) -> dict[str, object]:
    """Return how Papermill is to run the job; ``begun`` is told the places of cells as it goes."""
    if job.engine == WARM:
        from papermill.engines import papermill_engines

        from dxeval.report.notebook.engine import InProcessEngine

        papermill_engines.register(WARM, InProcessEngine)
        return {"engine_name": WARM, "announce": announce}
    from traitlets.config import Config

    file = str(root / "k.json")
    fits = sys.platform != "win32" and len(os.fsencode(file)) <= LONGEST_SOCKET
    # Sockets in the file system keep the kernel's traffic, which holds answers, off the network.
    kernel = {"transport": "ipc" if fits else "tcp", "connection_file": file}
    return {
        "execution_timeout": job.timeout,
        "on_cell_start": lambda cell, cell_index: begun.append(cell_index),
        "shutdown_kernel": "immediate",
        "extra_arguments": [
            "--IPKernelApp.log_level=CRITICAL",
            f"--IPKernelApp.extra_extensions={in_kernel.__name__}",
            f"--IPKernelApp.extra_extensions={own_charts.__name__}",
        ],
        "config": Config({"KernelManager": kernel}),
    }


def _drop_traces(notebook: "NotebookNode") -> None:
    """Drop what differs from run to run: times, random ids."""
    notebook.metadata.pop("papermill", None)
    for i, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"injected-{i:02}"


def _without_paths(text: str, private: Path) -> str:
    """Put … for every folder of this machine that a cell displayed, but not inside Base64."""
    package = Path(dxeval.__file__).parents[1]
    folders = {private, private.resolve(), package, Path.home(), Path(sys.prefix)}
    folders |= {Path(sys.base_prefix)}
    roots = {Path(folder.anchor) for folder in folders}
    names = {json.dumps(str(folder))[1:-1] for folder in folders - roots}
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?<![A-Za-z0-9+])(?:{pattern})(?=[/\\\"'\s)>])", "…", text)
