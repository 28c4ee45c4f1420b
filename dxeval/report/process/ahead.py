"""Begin before it is known whether there is anything to do: a guess that only saves time."""

import os
from contextlib import suppress
from pathlib import Path

from dxeval.report.places import MANIFEST
from dxeval.report.process.forkserver import warm_up


def begin_if_newer(root: Path) -> None:
    """Start the process for the notebooks if something is newer than what the last batch wrote.

    Whether a page is made again, its contents decide: a file that was only touched starts a process
    that ends with the batch, unused.
    """
    with suppress(OSError):
        manifest = root / "outputs" / MANIFEST
        made = manifest.stat().st_mtime_ns if manifest.is_file() else 0
        if any(_newest(root / name) > made for name in ("data", "notebooks")):
            warm_up()


def _newest(folder: Path) -> int:
    """Return when something in a folder changed last, in nanoseconds; 0 if there is none.

    A folder changes when something comes into it or goes.
    """
    newest = 0
    for path, _, names in os.walk(folder):
        times = (Path(path, name).lstat().st_mtime_ns for name in (".", *names))
        newest = max(newest, *times)
    return newest
