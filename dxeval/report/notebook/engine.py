"""A Papermill engine that runs a notebook's cells in this very process, without sockets.

The kernel is ipykernel's in-process one, the handling of outputs nbclient's own. It keeps nothing
apart: one notebook a process, and whoever waits for that process stops a cell that hangs
(``report/process/worker.py`` does both).
"""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ipykernel.inprocess.manager import InProcessKernelManager
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager
from traitlets.config import Config

from dxeval.report.job import Announce

CONFIG = Config({"HistoryManager": {"enabled": False}, "InProcessKernel": {"_execute_sleep": 0}})
"""No file of what was run, and no wait after each cell for the threads that we do without."""


def send_at_once(kernel: Any) -> None:
    """Let a kernel's messages come when they are sent and not by a thread; its streams go nowhere.

    No page shows what a cell prints. The stream stays open for handlers that keep it.
    """
    kernel.iopub_thread.stop()
    lock = threading.RLock()

    def schedule(send: Callable[[], None]) -> None:
        with lock:
            send()

    kernel.iopub_thread.schedule = schedule
    kernel.stdout = kernel.stderr = Path(os.devnull).open("w", errors="replace")  # noqa: SIM115


class InProcessClient(PapermillNotebookClient):
    """Papermill's client, asking a kernel in this process."""

    def execute(self, **kwargs: object) -> NotebookNode:
        """Run all cells up to the first that raises, as Papermill's client does."""
        self.reset_execution_trackers()
        manager = InProcessKernelManager(config=CONFIG)
        manager.start_kernel()
        send_at_once(manager.kernel)
        self.kc = manager.client()
        self.kc.start_channels()
        self.papermill_execute_cells()
        self.kc.kernel_info()
        reply = self.kc.get_shell_msg()
        self.nb.metadata["language_info"] = reply["content"]["language_info"]
        return self.nb

    def execute_cell(self, cell: NotebookNode, cell_index: int, **kwargs: object) -> NotebookNode:
        """Run one cell; raise CellExecutionError if it raises."""
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        cell.outputs = []
        self.clear_before_next_output = False
        self.kc.execute(cell.source, allow_stdin=False)
        reply = self.kc.get_shell_msg()
        with suppress(CellExecutionComplete):
            while True:
                self.process_message(self.kc.get_iopub_msg(), cell, cell_index)
        if reply["content"]["status"] == "error":
            raise CellExecutionError.from_cell_and_msg(cell, reply["content"])
        return cell


class InProcessEngine(Engine):
    """The engine ``warm``: registered where it is used, so that it costs nobody else an import."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        announce: Announce = lambda index: None,
        **kwargs: object,
    ) -> None:
        """Run the notebook; ``announce`` is told the place of each cell before it runs."""
        start = nb_man.cell_start

        def cell_start(cell: NotebookNode, cell_index: int, **more: object) -> None:
            announce(cell_index)
            start(cell, cell_index, **more)

        nb_man.cell_start = cell_start
        InProcessClient(nb_man, record_timing=False).execute()
