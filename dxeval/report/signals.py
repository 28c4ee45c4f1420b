"""Signals that end a batch as Ctrl-C does: with everything cleaned up and every page whole."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = tuple(
    int(getattr(signal, name)) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""A request to end, and a terminal that was closed."""


@contextmanager
def terminable() -> Iterator[None]:
    """Raise SystemExit with 128 and the number of the first such signal.

    Further ones are ignored from then on, so that they do not stop the cleaning up, to the end of
    the process. What is ignored already stays ignored: ``nohup`` means it.
    """
    before = {number: signal.getsignal(number) for number in ENDING}
    heeded = [number for number in ENDING if before[number] is not signal.SIG_IGN]

    def stop(number: int, frame: FrameType | None) -> None:
        for other in heeded:
            signal.signal(other, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for number in heeded:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in heeded:
            if signal.getsignal(number) is stop:
                signal.signal(number, before[number])


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C and the signals that end a batch until the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    kept = {number: signal.getsignal(number) for number in (int(signal.SIGINT), *ENDING)}
    heeded = [number for number in kept if kept[number] is not signal.SIG_IGN]
    for number in heeded:
        signal.signal(number, lambda caught, _frame: waiting.append(caught))
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, kept[number])
        if waiting:
            signal.raise_signal(waiting[0])
