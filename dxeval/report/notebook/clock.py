"""The time that a cell is told: noon of the day that the report declares, or a refusal.

The day is an input of the page, the clock is not: a page that shows today's date would say another
thing tomorrow and still count as up to date. Noon, so that the day is the same in UTC. Only what a
cell runs is told that day; ``time.monotonic`` and ``time.perf_counter`` go on.

``time_machine`` (MIT) reaches what is written in C, as pandas' own ``Timestamp.now``; numpy's
``datetime64("now")`` and programmes that a cell starts it does not reach.
"""

import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from types import FrameType

from dxeval.report.process.sparing import without

with without("pytest"):
    import time_machine


ZONE = timezone(timedelta(hours=9))
"""That of Japan, as ``report/process/forkserver.py environment`` sets it; a workspace has no other.
"""


class TimeAskedError(RuntimeError):
    """A cell asked for the time, and the report declares no day."""


class Clock:
    """Started before a cell and stopped after it.

    State: the ``day`` told, None to refuse; ``asks``, whether a frame is a cell's, or of the job's
    modules; the travel while a cell runs.
    """

    def __init__(self, day: str, asks: Callable[[FrameType], bool]) -> None:
        self.day = date.fromisoformat(day) if day else None
        self.asks = asks
        self._travel: time_machine.travel | None = None

    def start(self) -> None:
        """Tell the declared day from now on."""
        self.stop()
        if self.day is not None:
            noon = datetime.combine(self.day, time(12), ZONE)
            self._travel = time_machine.travel(noon.timestamp(), tick=False)
            self._travel.start()
        else:
            self._travel = time_machine.travel(None)
            traveller = self._travel.start()
            traveller.time_ns = self._real_time  # type: ignore[method-assign]

    def stop(self) -> None:
        """Tell the real time again."""
        if self._travel is not None:
            self._travel.stop()
            self._travel = None

    def _real_time(self) -> int:
        frame = sys._getframe(1)
        while frame.f_back is not None and _between(frame.f_code.co_filename):
            frame = frame.f_back
        if self.asks(frame):
            raise TimeAskedError
        return time_machine.escape_hatch.time.time_ns()


def _between(file: str) -> bool:
    """Whether a file hands the question on: the clock itself, and pandas."""
    return bool({"time_machine", "pandas"} & set(Path(file).parts))
