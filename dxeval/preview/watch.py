"""Watches the folders from which pages are made."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from watchfiles import watch

FOLDERS = ("data", "notebooks")
STEP = 30
"""Milliseconds without a change after which a file counts as saved."""
LOOK = 200
"""Milliseconds between two looks whether a folder itself was put there or replaced."""


@contextmanager
def watching(root: Path, changed: Callable[[], object]) -> Iterator[None]:
    """Call ``changed``, in another thread, whenever something in the folders changes."""
    ending, begun = threading.Event(), threading.Event()
    thread = threading.Thread(target=_watch, args=(root, changed, begun, ending))
    thread.start()
    try:
        begun.wait()
        yield
    finally:
        ending.set()
        thread.join()


def _watch(
    root: Path, changed: Callable[[], object], begun: threading.Event, ending: threading.Event
) -> None:
    """Watch until ``ending``; a folder that is replaced is watched anew, and then has changed."""
    anew = False
    while not ending.is_set():
        before = _identities(root)
        there = [root / name for name in FOLDERS if before[name]]
        with suppress(FileNotFoundError):
            for changes in watch(
                *there,
                watch_filter=lambda _, path: _counts(Path(path), root),
                step=STEP,
                rust_timeout=LOOK,
                yield_on_timeout=True,
                stop_event=ending,
                raise_interrupt=False,
            ):
                begun.set()
                if changes or anew:
                    changed()
                anew = False
                if _identities(root) != before:
                    break
        begun.set()
        anew = True
        ending.wait(LOOK / 1000)


def _identities(root: Path) -> dict[str, tuple[int, int] | None]:
    """Return what tells each folder from another one of its name; None if it is not there."""
    found: dict[str, tuple[int, int] | None] = {}
    for name in FOLDERS:
        try:
            status = (root / name).stat()
            found[name] = (status.st_dev, status.st_ino)
        except OSError:
            found[name] = None
    return found


def _counts(path: Path, root: Path) -> bool:
    """Whether a file may be one of a page's: not what editors and Excel put beside theirs."""
    parts = path.relative_to(root).parts if path.is_relative_to(root) else path.parts[-1:]
    return not any(part.startswith((".", "~")) for part in parts)
