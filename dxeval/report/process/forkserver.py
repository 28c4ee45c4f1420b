"""The process from which those of all jobs are forked, where there is fork.

This module imports nothing that takes long: who starts that process early need not wait.
"""

import multiprocessing
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()
CONTEXT: Any = multiprocessing.get_context("forkserver" if CAN_FORK else "spawn")
if CAN_FORK:
    CONTEXT.set_forkserver_preload(["dxeval.report.process.warm"])
_STARTING = threading.Lock()


def warm_up() -> None:
    """Start the process that others are forked from, if it does not run, in a clean environment."""
    if CAN_FORK:
        from multiprocessing.forkserver import ensure_running

        with _STARTING, environment():
            ensure_running()


@contextmanager
def environment(**own: str) -> Iterator[None]:
    """Set the environment in which equal input gives equal bytes, and ``own`` settings."""
    equal = {
        "PYTHONHASHSEED": "0",
        "PYTHONSTARTUP": "",
        "LC_ALL": "C.UTF-8",
        "TZ": "JST-9",
        "SOURCE_DATE_EPOCH": "0",
    }
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
