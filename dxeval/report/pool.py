"""Worker processes on this machine that end with the batch, whatever ends it."""

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from dxeval.errors import NotebookError

T = TypeVar("T")
TICK = 0.5
"""Seconds between two looks for Ctrl-C, which Windows does not let interrupt a wait."""


@contextmanager
def local_pool(workers: int, scratch: Path) -> Iterator[Executor]:
    """Hand out an executor of up to ``workers`` processes that keep their files in ``scratch``.

    If the batch is interrupted or fails, the workers are killed at once; their kernels see it
    within a second or two (ipykernel watches its parent).
    """
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), _start, (str(scratch),)
    )
    try:
        yield pool
    except BaseException:
        for worker in set(multiprocessing.active_children()) - others:
            worker.kill()
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def finished(futures: Collection[Future[T]]) -> Iterator[T]:
    """Yield the results as they come. Raises what a job raised, NotebookError if a worker died."""
    waiting = set(futures)
    while waiting:
        done, waiting = wait(waiting, TICK, FIRST_COMPLETED)
        for future in done:
            try:
                result = future.result()
            except BrokenProcessPool:
                raise NotebookError(
                    "作業プロセスが途中で止まりました（メモリ不足など）。前に作ったページはそのままです。"
                    "ほかのプログラムを閉じ、もう一度実行してください。"
                ) from None
            yield result


def _start(scratch: str) -> None:
    """Prepare a worker: its own temporary folder, no Ctrl-C of the terminal, no life of its own."""
    tempfile.tempdir = scratch
    if hasattr(os, "setsid"):
        os.setsid()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
