"""The errors that the library raises; only the command line turns them into exit codes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby, islice

SHOWN_OF_A_KIND = 5


class DxevalError(Exception):
    """Root of every error that dxeval raises on purpose. Its text is Japanese, for users."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place of a file.

    ``file`` is relative to the workspace; ``line`` counts from 1 as editors and spreadsheets do;
    ``column`` is a column's header or a key path; ``value`` is what stands there and ``expected``
    what should; ``hint`` are lines to print below. ``others`` counts more of the same kind in the
    same file that were not kept. Never holds anything from an undeclared (personal) column.
    """

    kind: str
    file: str
    message: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    expected: str | None = None
    hint: str | None = None
    others: int = 0

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f" {self.line}行目"
        if self.column is not None:
            place += f" 「{self.column}」"
        found = "" if self.value is None else f"（値：「{shorten(self.value)}」）"
        expected = "" if self.expected is None else f" 期待する形：{self.expected}"
        hint = "" if self.hint is None else "\n" + self.hint
        return f"{place}：{self.message}{found}。{expected}".rstrip() + hint


def first_of(problems: Iterable[Problem], total: int) -> list[Problem]:
    """Return the first five of ``total`` problems of one kind; the last counts the others."""
    kept = list(islice(problems, SHOWN_OF_A_KIND))
    if kept:
        kept[-1] = replace(kept[-1], others=total - len(kept))
    return kept


class Tally:
    """Gathers problems: keeps five of a kind in a file and counts the others."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], list[Problem]] = {}
        self._others: Counter[tuple[str, str]] = Counter()

    def add(self, problem: Problem) -> None:
        """Take one problem."""
        key = (problem.file, problem.kind)
        kept = self._kept.setdefault(key, [])
        if len(kept) < SHOWN_OF_A_KIND:
            kept.append(problem)
        else:
            self._others[key] += 1 + problem.others

    def problems(self) -> list[Problem]:
        """Return those kept, in the order of coming; the last of a kind counts the others."""
        return [
            replace(problem, others=problem.others + self._others[key])
            if problem is kept[-1]
            else problem
            for key, kept in self._kept.items()
            for problem in kept
        ]


class DataError(DxevalError):
    """A file does not say what it must. Carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(describe(self.problems))


class FigureError(DxevalError):
    """Figures do not fit each other: counts, levels and respondents, or those of two sessions."""


class NotAskedError(FigureError):
    """A figure was asked of a session that was not asked the item, or of a level it lacks."""


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


def by_kind(problems: Iterable[Problem]) -> list[tuple[list[Problem], int]]:
    """Return the problems file by file and kind by kind: at most five, and how many more."""

    def kind(problem: Problem) -> tuple[str, str]:
        return problem.file, problem.kind

    groups = []
    for _, same in groupby(sorted(problems, key=kind), key=kind):
        group = list(same)
        shown = group[:SHOWN_OF_A_KIND]
        groups.append((shown, len(group) - len(shown) + sum(one.others for one in group)))
    return groups


def describe(problems: Iterable[Problem]) -> str:
    """Return the problems as lines of text, at most five of a kind in a file."""
    lines = []
    for shown, more in by_kind(problems):
        lines += [str(problem) for problem in shown]
        if more:
            lines.append(f"{shown[0].file}：ほか {more} 件")
    return "\n".join(lines)


def shorten(text: str, limit: int = 40) -> str:
    """Return ``text`` on one line, without control characters, cut after ``limit`` characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * limit]).split())
    return line if len(line) <= limit else line[:limit] + "…"
