"""Signals that end a batch as Ctrl-C does: with everything cleaned up and every page whole."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = tuple(
    int(getattr(signal, name)) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""A request to end, and a terminal that was closed."""


@contextmanager
def terminable() -> Iterator[Callable[[], None]]:
    """Raise SystemExit with 128 and the number of the first such signal, and let Ctrl-C interrupt.

    Further ones are ignored from then on, so that they do not stop the cleaning up, to the end of
    the process. What is ignored already stays ignored: ``nohup`` means it.

    Hands out what raises it once more: Python drops what a signal raises while an object, or the
    lock of a module, comes to its end, and would print where. Who goes on and on asks now and then.
    """
    numbers = (int(signal.SIGINT), *ENDING)
    before = {number: signal.getsignal(number) for number in numbers}
    heeded = [number for number in ENDING if before[number] is not signal.SIG_IGN]
    raised: list[BaseException] = []

    def stop(number: int, frame: FrameType | None) -> None:
        for other in heeded:
            signal.signal(other, signal.SIG_IGN)
        end(SystemExit(128 + number))

    def interrupt(number: int, frame: FrameType | None) -> None:
        end(KeyboardInterrupt())

    def end(error: BaseException) -> None:
        raised.append(error)
        raise error

    def again() -> None:
        if raised:
            raise raised[0]

    ours = dict.fromkeys(heeded, stop)
    if before[numbers[0]] is signal.default_int_handler:
        ours[numbers[0]] = interrupt
    for number, handler in ours.items():
        signal.signal(number, handler)
    told = sys.unraisablehook
    sys.unraisablehook = lambda lost: None if lost.exc_value in raised else told(lost)
    try:
        yield again
    finally:
        sys.unraisablehook = told
        for number, handler in ours.items():
            if signal.getsignal(number) is handler:
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
