"""What the warm engine reaches into, part by part: a test that fails says which part moved.

The ranges of ipykernel, nbclient and papermill in pyproject.toml may move when all of these pass.
"""

import inspect
import json
import multiprocessing
import subprocess
import sys

import pytest
from ipykernel.inprocess.blocking import BlockingInProcessKernelClient
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.inprocess.manager import InProcessKernelManager
from ipykernel.iostream import IOPubThread
from ipykernel.kernelbase import Kernel
from ipykernel.zmqshell import ZMQInteractiveShell
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine
from time_machine import Traveller

METHODS = [
    (IOPubThread, "__init__", ["socket", "pipe", "session"]),
    (IOPubThread, "schedule", ["f"]),
    (InProcessKernelManager, "client", ["kwargs"]),
    (BlockingInProcessKernelClient, "start_channels", ["args", "kwargs"]),
    (BlockingInProcessKernelClient, "kernel_info", []),
    (BlockingInProcessKernelClient, "get_shell_msg", ["block", "timeout"]),
    (BlockingInProcessKernelClient, "get_iopub_msg", ["block", "timeout"]),
    (NotebookClient, "reset_execution_trackers", []),
    (NotebookClient, "process_message", ["msg", "cell", "cell_index"]),
    (CellExecutionError, "from_cell_and_msg", ["cell", "msg"]),
    (PapermillNotebookClient, "__init__", ["nb_man", "km", "raise_on_iopub_timeout", "kw"]),
    (PapermillNotebookClient, "papermill_execute_cells", []),
    (Engine, "execute_managed_notebook", ["nb_man", "kernel_name", "kwargs"]),
    (ZMQInteractiveShell, "_showtraceback", ["etype", "evalue", "stb"]),
    (ZMQInteractiveShell, "show_usage_error", ["exc"]),
    (ZMQInteractiveShell, "ask_exit", []),
    (ZMQInteractiveShell, "system", ["cmd"]),
    (Traveller, "time_ns", []),
]


@pytest.mark.parametrize(
    ("owner", "name", "expected"), METHODS, ids=[f"{o.__name__}.{name}" for o, name, _ in METHODS]
)
def test_a_method_takes_what_it_took(owner: type, name: str, expected: list[str]) -> None:
    where = f"{owner.__module__}.{owner.__qualname__}.{name}"
    assert hasattr(owner, name), f"{where} is gone"
    found = [n for n in inspect.signature(getattr(owner, name)).parameters if n != "self"]
    assert found == expected, f"{where} takes {found}"


@pytest.mark.parametrize(
    "name",
    [
        "iopub_thread",
        "stdout",
        "stderr",
        "shell_channel_thread",
        "_underlying_iopub_socket",
        "_execute_sleep",
    ],
)
def test_the_kernel_has_the_trait(name: str) -> None:
    traits = InProcessKernel.class_traits()
    assert name in traits, f"InProcessKernel.{name} is gone"
    if name == "_execute_sleep":
        assert traits[name].metadata.get("config"), "_execute_sleep cannot be configured any more"


PROBE = """
import json, sys, threading
import papermill.engines
from nbformat import v4
from dxeval.report.notebook import engine

calls, announced, threads = [], [], threading.active_count()
class Watched(engine.AtOnce):
    def schedule(self, f):
        calls.append(f)
        super().schedule(f)
engine.AtOnce = Watched

cells = ["import asyncio\\nawait asyncio.sleep(0, 3)",
         "print('stream')\\n1 + 1", "from IPython.display import clear_output, display\\n"
         "display('old')\\nclear_output(wait=True)\\ndisplay('new')",
         "from dxeval.errors import WorkspaceError\\nraise WorkspaceError('x')", "'not run'"]
notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in cells])
notebook.metadata.papermill = {}
manager = papermill.engines.NotebookExecutionManager(notebook, progress_bar=False)
manager.notebook_start()
client = engine.InProcessClient(manager, announced.append)
client.execute()
kernel = client.kc.kernel
zeroth, first, second, third, last = (cell.outputs for cell in notebook.cells)
print(json.dumps({
    "IOPubThread sends every message by way of schedule": len(calls) > 8,
    "a cell that awaits needs no thread": zeroth[0].data["text/plain"] == "3",
    "a kernel starts no thread": threading.active_count() == threads,
    "_execute_sleep is read from the configuration": kernel._execute_sleep == 0,
    "what is printed goes to the kernel's stdout": [o.output_type for o in first] ==
        ["execute_result", "stream"],
    "process_message fills a cell's outputs": first[0].data["text/plain"] == "2",
    "process_message ends with CellExecutionComplete and clears before the next output":
        [o.data["text/plain"] for o in second] == ["'new'"],
    "_showtraceback is told of every error": '"own": "x"' in third[-1].evalue,
    "papermill_execute_cells calls execute_cell and stops at an error":
        announced == [0, 1, 2, 3] and last == [],
    "kernel_info answers": notebook.metadata.language_info["name"] == "python",
}), file=sys.__stdout__)
"""


def test_the_parts_work_together_as_they_did() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    moved = [part for part, works in json.loads(done.stdout).items() if not works]
    assert not moved, f"no longer so: {'; '.join(moved)}"


def test_a_process_can_be_told_that_it_may_have_children() -> None:
    assert "daemon" in multiprocessing.Process(daemon=True)._config  # type: ignore[attr-defined]
    assert isinstance(vars(Kernel)["_supports_kernel_subshells"], property)
