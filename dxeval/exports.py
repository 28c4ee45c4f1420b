"""Exports held against the sessions and each other: of no session, or of two sessions at once."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from dxeval.problems import Problem, ProblemKind
from dxeval.workspace import Workspace

if TYPE_CHECKING:
    from dxeval.reading.responses import Responses


def without_session(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each file of answers that belongs to no session."""
    sessions = {session_id.casefold() for session_id in workspace.session_files()}
    for stem, paths in workspace.response_files().items():
        if stem not in sessions:
            message = "どの回のものでもない回答ファイルです（data/sessions/ に同じ名前の回がない）"
            for path in paths:
                yield Problem(ProblemKind.NO_SESSION, workspace.name(path), message)


def of_sessions(workspace: Workspace) -> list[Path]:
    """Return the exports of sessions, readable or not."""
    there = workspace.response_files()
    ids = map(str.casefold, workspace.session_files())
    return [path for session_id in ids for path in there.get(session_id, ())]


def duplicates(
    workspace: Workspace, exports: Sequence[Path], responses: Mapping[str, Responses]
) -> Iterator[Problem]:
    """Yield a warning on both files for every two exports with the same bytes or answers.

    ``responses`` are the answers of those that could be read, by session id. Only files of one
    size are read again. ``twins`` says which answers are the same by more than chance.
    """
    from dxeval.scoring.twins import twins

    names = {path.stem.casefold(): workspace.name(path) for path in exports}
    copies = {
        (first.stem.casefold(), second.stem.casefold())
        for first, second in combinations(exports, 2)
        if _same_bytes(first, second)
    }
    alike = [pair for pair in twins(responses) if pair not in copies and pair[::-1] not in copies]
    for kind, pairs, message in (
        (ProblemKind.SAME_FILE, sorted(copies), "と1バイトも違わないファイルです"),
        (ProblemKind.SAME_ANSWERS, alike, "と回答がすべて同じです"),
    ):
        for first, second in pairs:
            for here, there in ((first, second), (second, first)):
                words = f"{names[there]} {message}。どちらかが別の回の書き出しではありませんか"
                yield Problem(kind, names[here], words)


def _same_bytes(first: Path, second: Path) -> bool:
    with suppress(OSError):
        return first.is_file() and second.is_file() and filecmp.cmp(first, second, shallow=False)
    return False
