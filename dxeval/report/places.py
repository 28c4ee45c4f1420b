"""Where the files of a page stand in ``outputs/``."""

from collections.abc import Iterable

MANIFEST = "manifest.json"
WHOLE_PRINT = "pdf/report.pdf"
OUTDATED = "pdf/outdated"
_TABLES = "tables/"


def page_file(page_id: str) -> str:
    """Return the place of a page's HTML."""
    return f"html/{page_id}.html"


def notebook_file(page_id: str) -> str:
    """Return the place of a page's executed notebook."""
    return f"notebooks/{page_id}.ipynb"


def failed_file(page_id: str) -> str:
    """Return the place of the notebook that is kept of a page that could not be made."""
    return f"failed/{page_id}.ipynb"


def table_file(name: str) -> str:
    """Return the place of a file of figures."""
    return f"{_TABLES}{name}"


def table_names(files: Iterable[str]) -> list[str]:
    """Return the names of the files of figures among ``files``, sorted."""
    return sorted(name.removeprefix(_TABLES) for name in files if name.startswith(_TABLES))


def print_file(page_id: str) -> str:
    """Return the place of a page's own print."""
    return f"pdf/{page_id}.pdf"


def prints(page_id: str) -> tuple[str, str]:
    """Return the prints that a page's change makes old: its own and the whole report's."""
    return print_file(page_id), WHOLE_PRINT


def outdated_file(name: str) -> str:
    """Return the place of a print of what is shown no more: apart from the others."""
    return f"{OUTDATED}/{name.removeprefix('pdf/')}"
