"""Put finished files into ``outputs/``, each whole or not at all."""

import os
import tempfile
from pathlib import Path


def write(path: Path, content: bytes | str) -> bool:
    """Write a file so that nobody ever sees half of it, text as UTF-8; return True if it changed.

    An unchanged file is left alone.
    """
    if isinstance(content, str):
        content = content.encode("utf-8")
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def remove(*paths: Path) -> None:
    """Remove files that must no longer look valid; those that are not there are no error."""
    for path in paths:
        path.unlink(missing_ok=True)
