"""Each job in a process of its own: forked from a warm one where there is fork, else started.

So no name, figure, setting or random state of one notebook reaches the next, a cell that hangs
can be stopped, and one that takes its process down takes nothing else with it.

What makes pages is imported there and not here: the batch waits for it and needs none of it.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from dxeval.errors import DxevalError
from dxeval.report.engines import STOCK
from dxeval.report.job import Ended, Job, Task
from dxeval.report.notebook.execute import KERNEL_LOST, too_long
from dxeval.report.notebook.words import cell_words
from dxeval.report.process.forkserver import CONTEXT, warm_up


def make(task: Task) -> Ended:
    """Return what becomes of a job or a check, in a process that ends with it.

    A function of the task alone, for any thread or process of any executor. In a process that may
    have no children (a Dask worker, unless told otherwise) it is done right there, with
    Papermill's own engine. Raises OSError if this machine cannot write, KernelError if it can
    start no kernel.
    """
    if multiprocessing.current_process().daemon:
        from dxeval.report.process.make import make_here

        with _HERE:
            return make_here(replace(task, engine=STOCK) if isinstance(task, Job) else task)
    receiver, sender = multiprocessing.Pipe(duplex=False)
    warm_up()
    # Not by the process itself, which may be killed: a job's files hold answers.
    with tempfile.TemporaryDirectory(prefix="job-", ignore_cleanup_errors=True) as scratch:
        process = CONTEXT.Process(target=_work, args=(task, sender, scratch), daemon=True)
        process.start()
        sender.close()
        try:
            return _await(task, receiver, process.sentinel)
        finally:
            end(process)
            process.join()
            receiver.close()


def end(process: BaseProcess) -> None:
    """Kill a job's process, and whatever its notebook started."""
    if hasattr(os, "killpg") and process.pid is not None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


_HERE = threading.Lock()


def _await(task: Task, receiver: Connection, sentinel: int) -> Ended:
    """Return the task's end; stop waiting for a cell that takes too long.

    ``sentinel`` tells that the process has ended. Papermill's own engine announces no cells: it
    watches them itself.
    """
    words, patience, place = too_long(task.timeout), None, None
    while wait([receiver, sentinel], patience):
        message = _receive(receiver)
        if message is LOST:
            words = KERNEL_LOST
            break
        if isinstance(message, Ended):
            return message
        if isinstance(message, Exception):
            raise message
        place = message
        patience = None if message is None else task.timeout
    at = f"{cell_words(task, place)}：" if isinstance(task, Job) and isinstance(place, int) else ""
    return task.lost(at + words)


LOST = object()


def _receive(receiver: Connection) -> object:
    """Return what the process sent; LOST if it ended without a word."""
    try:
        return receiver.recv() if receiver.poll() else LOST
    except (EOFError, ConnectionResetError):
        return LOST


def _work(task: Task, sender: Connection, scratch: str) -> None:
    from dxeval.report.process.make import make_here

    tempfile.tempdir = scratch
    if hasattr(os, "setsid"):
        os.setsid()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _may_have_children()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # what a cell's programs write must not stand among our own lines
        os.dup2(nowhere, stream)
    try:
        sender.send(make_here(task, announce=sender.send))
    except (OSError, DxevalError) as error:
        sender.send(error)
    except Exception as error:  # a fault of ours must not stop the other pages, nor show values
        words = f"{task.kind.template} からページを作れませんでした（{type(error).__name__}）。"
        sender.send(task.lost(words + "JupyterLab で開いて実行し、原因を調べてください。"))
    sys.stdout.flush()


def _may_have_children() -> None:
    """Let cells use ``multiprocessing`` as in any kernel; whatever they start is of our group."""
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    multiprocessing.set_start_method(None, force=True)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(1)
