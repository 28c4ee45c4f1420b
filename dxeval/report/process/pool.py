"""Workers on this machine that end with the batch, whatever ends it."""

import multiprocessing
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from dxeval.report.outcome import Superseded, never
from dxeval.report.process.forkserver import warm_up
from dxeval.report.process.worker import end

T = TypeVar("T")
TICK = 0.02
"""Seconds between two looks whether to go on; Windows does not let Ctrl-C interrupt a wait."""


@contextmanager
def local_pool(workers: int, scratch: Path) -> Iterator[Executor]:
    """Hand out an executor of ``workers`` threads; each waits for one process at a time.

    The processes keep their files in ``scratch``. If the batch is interrupted or fails, they are
    killed at once; their kernels end within a second or two (ipykernel watches its parent).
    """
    warm_up()
    others = set(multiprocessing.active_children())
    kept, tempfile.tempdir = tempfile.tempdir, str(scratch)
    pool = ThreadPoolExecutor(workers)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        ending = threading.Thread(target=pool.shutdown)
        ending.start()
        while ending.is_alive():
            for process in set(multiprocessing.active_children()) - others:
                end(process)
            ending.join(0.01)
        raise
    finally:
        pool.shutdown()
        tempfile.tempdir = kept


def finished(futures: Iterable[Future[T]], superseded: Callable[[], bool] = never) -> Iterator[T]:
    """Yield the results as they come. Raises what a job raised, Superseded once that is so."""
    waiting = set(futures)
    while waiting:
        done, waiting = wait(waiting, TICK, FIRST_COMPLETED)
        for future in done:
            yield future.result()
        if waiting and superseded():
            raise Superseded
