"""Run one notebook with Papermill and hand back a notebook that tells nothing of this machine."""

import sys
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from dxeval.errors import NotebookError

TRANSPORT = "tcp" if sys.platform == "win32" else "ipc"
"""Sockets in the file system keep the kernel's traffic, which holds answers, off the network."""

Parameters = dict[str, str | list[str]]


def check_parameters(template: Path, parameters: Parameters) -> None:
    """Raise NotebookError unless the notebook declares every parameter.

    Papermill only warns of an unknown name, and the page would then show the default session.
    """
    try:
        declared = papermill.inspect_notebook(str(template))
    except Exception as error:  # nbformat and JSON errors of many kinds
        raise NotebookError(
            f"notebooks/{template.name} をノートブックとして読めません（{type(error).__name__}）。"
        ) from None
    if unknown := [name for name in parameters if name not in declared]:
        raise NotebookError(
            f"notebooks/{template.name} の parameters セルに「{unknown[0]}」がありません。"
            f"あるのは：{'、'.join(declared) or 'なし'}"
        )


def execute(template: Path, parameters: Parameters) -> NotebookNode:
    """Return the template run with ``parameters``, in the template's folder.

    Raises NotebookError with words for the user if a cell fails or the kernel dies.
    """
    try:
        notebook = papermill.execute_notebook(
            str(template),
            None,
            parameters=parameters,
            cwd=str(template.parent),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            shutdown_kernel="immediate",
            config=Config({"KernelManager": {"transport": TRANSPORT}}),
        )
    except PapermillExecutionError as error:
        raise NotebookError(_failure(template, error)) from None
    except DeadKernelError:
        raise NotebookError(
            "ノートブックのカーネルが途中で止まりました（メモリ不足など）。"
        ) from None
    except CellTimeoutError:
        raise NotebookError("ノートブックのセルが時間内に終わりませんでした。") from None
    except Exception as error:  # whatever stops one notebook must not stop the others
        raise NotebookError(
            f"notebooks/{template.name} を実行できませんでした（{type(error).__name__}）。"
        ) from error
    return _without_traces(notebook)


def _failure(template: Path, error: PapermillExecutionError) -> str:
    if error.ename in {"DataError", "WorkspaceError"}:
        return str(error.evalue)
    return (
        f"notebooks/{template.name} の「{error.source.strip().splitlines()[0]}」で始まるセルで"
        f" {error.ename} が起きました。"
        "JupyterLab で parameters を同じにして実行すると、原因が見られます。"
    )


def _without_traces(notebook: NotebookNode) -> NotebookNode:
    """Drop what differs from run to run or names this machine: paths, times, random ids."""
    notebook.metadata.pop("papermill", None)
    for i, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"injected-{i:02}"
        if cell.cell_type == "code":
            cell.outputs = [one for one in cell.outputs if one.output_type != "stream"]
    nbformat.validate(notebook)
    return notebook
