"""The errors that the library raises; only the command line turns them into exit codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

SHOWN_OF_A_KIND = 5


class DxevalError(Exception):
    """Root of every error that dxeval raises on purpose. Its text is Japanese, for users."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place of a file.

    ``file`` is relative to the workspace; ``line`` counts from 1 as editors and spreadsheets do;
    ``column`` is a column's header or a key path; ``value`` is what stands there and ``expected``
    what should. Never holds anything from an undeclared (personal) column.
    """

    kind: str
    file: str
    message: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    expected: str | None = None

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f" {self.line}行目"
        if self.column is not None:
            place += f" 「{self.column}」"
        found = "" if self.value is None else f"（値：「{_shorten(self.value)}」）"
        expected = "" if self.expected is None else f" 期待する形：{self.expected}"
        return f"{place}：{self.message}{found}。{expected}".rstrip()


class DataError(DxevalError):
    """A file does not say what it must. Carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(describe(self.problems))


class WorkspaceError(DxevalError):
    """There is no workspace here, or it has no such session."""


class NotebookError(DxevalError):
    """A notebook could not be run, or its parameters do not fit it."""


class PrintError(DxevalError):
    """No PDF could be printed: no browser or no Japanese font, or the browser failed."""


class KernelError(DxevalError):
    """No kernel can be started on this machine; no page is to blame."""


class ClusterError(DxevalError):
    """The Dask cluster cannot be used: not installed, not answering, or other versions there."""


class OutputError(DxevalError):
    """``outputs/`` cannot be written: no room, no right, or another batch writes it."""


def describe(problems: Iterable[Problem]) -> str:
    """Return the problems as lines of text, at most five of a kind in a file."""

    def kind(problem: Problem) -> tuple[str, str]:
        return problem.file, problem.kind

    lines = []
    for _, same in groupby(sorted(problems, key=kind), key=kind):
        group = list(same)
        lines += [str(problem) for problem in group[:SHOWN_OF_A_KIND]]
        if len(group) > SHOWN_OF_A_KIND:
            lines.append(f"{group[0].file}：ほか {len(group) - SHOWN_OF_A_KIND} 件")
    return "\n".join(lines)


def _shorten(value: str, limit: int = 40) -> str:
    line = " ".join(value.split())
    return line if len(line) <= limit else line[:limit] + "…"
