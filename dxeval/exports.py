"""Exports held against the sessions and each other: of no session, or of two sessions at once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from dxeval.problems import SHOWN_OF_A_KIND, Problem, ProblemKind
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
    """Yield a warning on each file that has the same bytes or the same answers as another.

    ``responses`` are the answers of those that could be read, by session id. Only files of one
    size are read again. ``twins`` says which answers are the same by more than chance.
    """
    from dxeval.scoring.twins import twins

    names = {path.stem.casefold(): workspace.name(path) for path in exports}
    copies = set(_copies(exports))
    alike = [pair for pair in twins(responses) if pair not in copies and pair[::-1] not in copies]
    for kind, pairs, message in (
        (ProblemKind.SAME_FILE, copies, "と1バイトも違わないファイルです"),
        (ProblemKind.SAME_ANSWERS, alike, "と回答がすべて同じです"),
    ):
        others: dict[str, list[str]] = {}
        for first, second in sorted(pairs):
            others.setdefault(first, []).append(names[second])
            others.setdefault(second, []).append(names[first])
        for session_id, same in others.items():
            more = f"ほか{len(same) - SHOWN_OF_A_KIND}件" if len(same) > SHOWN_OF_A_KIND else ""
            which = "、".join([*same[:SHOWN_OF_A_KIND], *filter(None, [more])])
            words = f"{which} {message}。どれかが別の回の書き出しではありませんか"
            yield Problem(kind, names[session_id], words)


def _copies(exports: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield each two sessions, by id, whose exports have the same bytes."""
    sizes = Counter(path.stat().st_size for path in exports if path.is_file())
    same: dict[str, list[str]] = {}
    for path in exports:
        with suppress(OSError):
            if path.is_file() and sizes[path.stat().st_size] > 1:
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                same.setdefault(digest, []).append(path.stem.casefold())
    for ids in same.values():
        yield from combinations(dict.fromkeys(ids), 2)
