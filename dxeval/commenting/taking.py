"""A register read back into the sessions' files: all of them, or none."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from dxeval.adding.placing import put
from dxeval.commenting.checking import decided
from dxeval.commenting.entries import Change, changed
from dxeval.commenting.parts import part_of
from dxeval.commenting.reading import AGAIN, Returned, read_register
from dxeval.commenting.session_text import CannotEditError, decision_yaml, edited, scalar
from dxeval.commenting.workbook import Part
from dxeval.definitions.plain_file import read_file
from dxeval.definitions.strict_yaml import read_text, read_yaml_text
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.limits import MAX_FILE
from dxeval.workspace import Workspace

IGNORED = Path("scratch/.gitignore")
_READ = Path("scratch/.comments.json")
"""What stood in each session's file when a register was last read back, as ``Part.state``."""
_BOM = "\ufeff"


def take(workspace: Workspace, path: Path) -> dict[str, Change]:
    """Read a register back into the sessions' files, all or none; returns what changed, by id.

    Raises DataError.
    """
    changes = read(workspace, path)
    files: dict[Path, bytes] = {}
    problems = Problems()
    for session_id, change in changes.items():
        file = workspace.session_files()[session_id][0]
        try:
            files[file] = _edited(workspace, file, session_id, change)
        except CannotEditError:
            problems.add(_by_hand(workspace.name(file), change))
    if problems:
        raise DataError(problems)
    put(files, replacing=[*files])
    _note(workspace, changes)
    return changes


def _note(workspace: Workspace, changes: Mapping[str, Change]) -> None:
    """Keep in mind what was read back, so that the same register may be gone on with."""
    parts = {each: part_of(workspace, workspace.session(each)) for each in changes}
    states = _noted(workspace) | {each: part.state for each, part in parts.items()}
    content = json.dumps(states, sort_keys=True).encode()
    put({workspace.root / _READ: content, **ignoring(workspace)}, [workspace.root / _READ])


def ignoring(workspace: Workspace) -> dict[Path, bytes]:
    """Return the file by which git leaves ``scratch/`` alone, nothing if it is there."""
    path = workspace.root / IGNORED
    return {} if os.path.lexists(path) else {path: b"*\n"}


def _noted(workspace: Workspace) -> dict[str, str]:
    with suppress(DataError, ValueError):
        content = read_file(workspace.root / _READ, _READ.as_posix(), MAX_FILE)
        if isinstance(states := json.loads(content), dict):
            return states
    return {}


def read(workspace: Workspace, path: Path) -> dict[str, Change]:
    """Return what a register changes, by session id. Raises DataError."""
    name = workspace.name(path)
    returned = read_register(read_file(path, name, MAX_FILE), name)
    parts = {part.session_id: part for part in _parts(workspace, returned, name)}
    written = [entry for part in parts.values() for entry in part.entries]
    found = decided(returned.lines, written, name)
    changes = {}
    problems = Problems()
    for session_id, read_entries in found.items():
        part = parts[session_id]
        before = [entry.written for entry in part.entries]
        change = changed(workspace.session(session_id), before, read_entries)
        if change is None:
            continue
        changes[session_id] = change
        if part.state not in {_state_in(returned, session_id), _noted(workspace).get(session_id)}:
            file = workspace.name(workspace.session_files()[session_id][0])
            message = f"台帳を書いたあとに、{file} の載せる声か理由が変わりました"
            problems.add(Problem(ProblemKind.REGISTER_EXPORT, name, message, expected=AGAIN))
    if problems:
        raise DataError(problems)
    return changes


def _state_in(returned: Returned, session_id: str) -> str:
    return next(line[4].strip() for line in returned.exports if line[0].strip() == session_id)


def _parts(workspace: Workspace, returned: Returned, name: str) -> Iterator[Part]:
    """Yield the sessions of a register as they are now. Raises DataError."""
    listed = {line[0].strip(): line for line in returned.exports}
    there = workspace.session_files()
    if not listed.keys() & there.keys():
        message = "この作業フォルダの回が1つもありません。別の作業フォルダの台帳です"
        raise DataError([Problem(ProblemKind.REGISTER_EXPORT, name, message)])
    problems = Problems()
    for session_id, line in listed.items():
        kind = ProblemKind.REGISTER_EXPORT
        if session_id not in there:
            message = "この作業フォルダにない回です"
            problems.add(Problem(kind, name, message, value=session_id, expected=AGAIN))
            continue
        part = part_of(workspace, workspace.session(session_id))
        if tuple(cell.strip() for cell in line[2:3]) != (part.fingerprint,):
            message = f"台帳を書いたあとに、{session_id} の回答ファイルが変わりました"
            problems.add(Problem(kind, name, message, expected=AGAIN))
        elif line[3].strip() != str(len(part.entries)):
            message = f"台帳を書いたあとに、{session_id} の自由記述の数が変わりました（申し出など）"
            problems.add(Problem(kind, name, message, expected=AGAIN))
        else:
            yield part
    if problems:
        raise DataError(problems)


def _edited(workspace: Workspace, path: Path, session_id: str, change: Change) -> bytes:
    """Return a session's file as it will be, proved to differ in nothing else.

    Raises CannotEditError, DataError.
    """
    session, name = workspace.session(session_id), workspace.name(path)
    raw = path.read_bytes().decode()
    text = raw.removeprefix(_BOM)
    if text != read_text(path, name):
        raise CannotEditError
    comments = [(place, scalar(said)) for place, said in change.comments]
    decisions = [(place, decision_yaml(one)) for place, one in change.decisions]
    new = edited(
        text,
        {
            "comments": ([*map(scalar, session.comments)], comments),
            "decisions": ([*map(decision_yaml, session.decisions)], decisions),
        },
    )
    try:
        again = read_yaml_text(new, type(session), name, id=session_id)
    except DataError:
        raise CannotEditError from None
    if again != change.applied(session):
        raise CannotEditError
    return (_BOM * raw.startswith(_BOM) + new).encode()


def _by_hand(name: str, change: Change) -> Problem:
    """Return the problem of a file that cannot be changed in place, with what to write there."""
    message = "書き方がふつうと違うため、ほかを変えずに書き直せません。何も変えていません"
    lists: dict[str, Sequence[str]] = {
        "comments": [scalar(text) for _, text in change.comments],
        "decisions": [decision_yaml(one) for _, one in change.decisions],
    }
    lines = ["  次のように書いてから、もう一度読み戻してください（この2つのキーだけを替える）："]
    for key, items in lists.items():
        lines += [f"{key}:", *(f"  - {item}" for item in items)] if items else [f"（{key} は消す）"]
    return Problem(ProblemKind.BY_HAND, name, message, hint="\n".join(lines))
