"""Commands as processes of their own, and a terminal at which one sits."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from conftest import EXAMPLE

SECONDS = 20


def start(folder: Path, *words: str, **more: object) -> subprocess.Popen[bytes]:
    """Begin a command of this repository."""
    return subprocess.Popen(
        [sys.executable, "-m", "dxeval", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(EXAMPLE.parents[1])},
        **more,  # type: ignore[call-overload]
    )


class Terminal:
    """A process that sits at a terminal of its own, and who reads and types there."""

    def __init__(self, folder: Path, *words: str) -> None:
        import pty

        self._end, other = pty.openpty()
        ends = {"stdin": other, "stdout": other, "stderr": other}
        self.process = start(
            folder, *words, **ends, start_new_session=True, preexec_fn=control_terminal
        )
        os.close(other)
        self.shown = ""

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._end)

    def wait_for(self, words: str) -> None:
        self.wait_until(lambda: words in self.shown)

    def wait_for_a_question(self) -> None:
        self.wait_until(lambda: self.shown.endswith(": "))

    def wait_until(self, there: Callable[[], bool]) -> None:
        deadline = time.monotonic() + SECONDS
        while not there():
            ready, _, _ = select.select([self._end], [], [], deadline - time.monotonic())
            assert ready, self.shown
            try:
                self.shown += os.read(self._end, 65536).decode()
            except OSError as error:  # nobody is at the other end any more
                raise AssertionError(self.shown) from error

    def read_on(self) -> str:
        """Return what is shown until the process ends."""
        with suppress(AssertionError):
            self.wait_until(lambda: self.shown.endswith(": "))
        assert not self.shown.endswith(": "), self.shown
        self.process.wait(SECONDS)
        return self.shown

    def type(self, text: str) -> None:
        self.shown = ""
        os.write(self._end, text.encode())

    def press_until_it_ends(self, key: str) -> None:
        """A key that comes just before Python begins to read is lost, for people too."""
        self.type(key)
        for _ in range(SECONDS):
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
                return
            os.write(self._end, key.encode())


def control_terminal() -> None:
    """Make its standard input the terminal whose keys send signals to the process."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
