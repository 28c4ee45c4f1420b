"""A Papermill engine that runs a notebook's cells in this very process, without sockets.

The kernel is ipykernel's in-process one, the handling of outputs nbclient's own. It keeps nothing
apart: one notebook a process, and whoever waits for that process stops a cell that hangs
(``report/process/worker.py`` does both).

This module alone builds on parts of ipykernel, nbclient and Papermill that they may move without a
word. ``tests/test_canary.py`` names each; ``pyproject.toml`` allows only versions that have them.
"""

import io
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.inprocess.manager import InProcessKernelManager
from ipykernel.iostream import IOPubThread
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager
from traitlets import default
from traitlets.config import Config

from dxeval.report.job import Announce
from dxeval.report.notebook import in_kernel, own_charts

CONFIG = Config({"HistoryManager": {"enabled": False}, "InProcessKernel": {"_execute_sleep": 0}})
"""No file of what was run, and no wait after each cell for the threads that we do without."""


class AtOnce(IOPubThread):
    """Sends a kernel's messages when they come, whichever thread they come from; is never started.

    State beside IOPubThread's: a lock.
    """

    def __init__(self, *arguments: object, **more: object) -> None:
        super().__init__(*arguments, **more)
        self._turn = threading.RLock()

    def schedule(self, f: Callable[[], None]) -> None:
        """Send now."""
        with self._turn:
            f()


class NoThread:
    """Where a kernel's thread for messages would be: a cell that awaits asks whose child that is.

    Nobody's, so that no signal is caught meanwhile: whoever stops a cell kills the process.
    """

    parent_thread = None


class Unshown(io.TextIOWrapper):
    """Where cells print: no page shows it, so it goes nowhere, but that there was some is told.

    The stream stays open for handlers that keep it. State: the beginning of what was ``heard``.
    """

    ENOUGH = 20_000

    def __init__(self) -> None:
        nowhere = Path(os.devnull).open("wb")  # noqa: SIM115
        super().__init__(nowhere, encoding="utf-8", errors="replace")
        self.heard = ""

    def write(self, text: str) -> int:
        """Keep the beginning."""
        if len(self.heard) < self.ENOUGH:
            self.heard += text
        return super().write(text)

    def taken(self) -> str:
        """Return what was heard, and begin anew."""
        heard, self.heard = self.heard, ""
        return heard


class QuietKernel(InProcessKernel):
    """Sends at once; what cells print is heard and goes nowhere.

    It has no thread, so no subshells either.
    """

    _supports_kernel_subshells = False

    @default("iopub_thread")
    def _at_once(self) -> AtOnce:
        return AtOnce(self._underlying_iopub_socket, session=self.session)

    @default("stdout")
    def _nowhere(self) -> TextIO:
        return Unshown()

    @default("stderr")
    def _nowhere_either(self) -> TextIO:
        return Unshown()

    @default("shell_channel_thread")
    def _no_thread(self) -> NoThread:
        return NoThread()


class InProcessClient(PapermillNotebookClient):
    """Papermill's client, asking a kernel in this process.

    State beside Papermill's: ``announce``, which is told the place of each cell before it runs, and
    the ``streams`` to which cells print.
    """

    def __init__(self, nb_man: NotebookExecutionManager, announce: Announce) -> None:
        super().__init__(nb_man, record_timing=False)
        self.announce = announce

    def execute(self, **kwargs: object) -> NotebookNode:
        """Run all cells up to the first that raises, as Papermill's client does."""
        self.reset_execution_trackers()
        manager = InProcessKernelManager(config=CONFIG)
        manager.kernel = kernel = QuietKernel(parent=manager, session=manager.session)
        assert kernel.shell is not None
        sys.path.insert(0, "")  # as in every kernel: modules beside the notebook
        in_kernel.load_ipython_extension(kernel.shell)
        own_charts.load_ipython_extension(kernel.shell)
        self.streams = {"stdout": kernel.stdout, "stderr": kernel.stderr}
        self.kc = manager.client()
        self.kc.start_channels()
        self.papermill_execute_cells()
        type(kernel.shell).clear_instance()
        self.kc.kernel_info()
        reply = self.kc.get_shell_msg()
        self.nb.metadata["language_info"] = reply["content"]["language_info"]
        return self.nb

    def execute_cell(self, cell: NotebookNode, cell_index: int, **kwargs: object) -> NotebookNode:
        """Run one cell; raise CellExecutionError if it raises."""
        self.announce(cell_index)
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        cell.outputs = []
        self.clear_before_next_output = False
        self.kc.execute(cell.source, allow_stdin=False)
        reply = self.kc.get_shell_msg()
        with suppress(CellExecutionComplete):
            while True:
                self.process_message(self.kc.get_iopub_msg(), cell, cell_index)
        for name, stream in self.streams.items():
            if heard := stream.taken():
                cell.outputs.append(new_output("stream", name=name, text=heard))
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
        InProcessClient(nb_man, announce).execute()
