"""What a notebook's parameters cell declares: names, and their defaults."""

import ast
import io
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

SESSION_ID, PROGRAMME_ID, FAILED = "session_id", "programme_id", "failed"
"""The parameters that a batch hands over."""
_SUBJECTS = {
    "session": SESSION_ID,
    "sessionid": SESSION_ID,
    "programme": PROGRAMME_ID,
    "program": PROGRAMME_ID,
    "programmeid": PROGRAMME_ID,
    "programid": PROGRAMME_ID,
}
"""How the names of subjects may have been meant, in small letters and without ``_``."""


@dataclass(frozen=True)
class Declared:
    """The ``names`` that the cell sets; ``single`` are those whose default is no list or the like.

    ``unset`` have no default that can be read without running the cell; ``used`` are also read in
    it, before a batch has put in a value.
    """

    names: tuple[str, ...] = ()
    single: frozenset[str] = frozenset()
    unset: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()


def declared(source: str) -> Declared:
    """Return what a parameters cell declares. Raises SyntaxError, ValueError, RecursionError."""
    tree = ast.parse(source)
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    stored = [node.id for node in found if isinstance(node.ctx, ast.Store)]
    read = {node.id for node in found if isinstance(node.ctx, ast.Load)}
    defaults = {
        name: value for names, value in _assignments(tree) if value is not None for name in names
    }
    literal = {name: value for name, value in defaults.items() if _is_literal(value)}
    names = tuple(dict.fromkeys(stored))
    several = {name for name, value in literal.items() if not isinstance(value, ast.Constant)}
    unset = frozenset(names) - literal.keys()
    return Declared(names, frozenset(names) - several, unset, frozenset(names) & read)


def both_subjects(found: Declared) -> str:
    """Return in words that a notebook is to be made for two kinds of thing; empty if it is not."""
    if SESSION_ID in found.names and PROGRAMME_ID in found.names:
        return (
            f"parameters セルに {SESSION_ID} と {PROGRAMME_ID} の両方があります。"
            f"回ごとのページなら {SESSION_ID} だけ、事業ごとなら {PROGRAMME_ID} だけにしてください"
        )
    return ""


def misspelt(found: Declared) -> tuple[str, str] | None:
    """Return a name that may be meant as that of a subject, and that name; None if there is none.

    Only a name that holds one thing, since ``sessions`` may well be a list of one's own.
    """
    for name in found.names:
        word = name.casefold().replace("_", "")
        close = get_close_matches(word, _SUBJECTS, 1, 0.8) if name in found.single else []
        if close:
            return name, _SUBJECTS[close[0]]
    return None


def without_defaults(source: str, given: Collection[str]) -> str:
    """Return a parameters cell in which what is ``given`` anyway has no default of its own.

    Only literals give way to nothing of their type, and the rest stays: whatever else the cell does
    counts.
    """
    try:
        found = list(_assignments(ast.parse(source)))
    except SyntaxError:
        return source
    lines = [line.encode() for line in io.StringIO(source, newline="")]
    for names, value in reversed(found):
        if value is not None and set(names) <= set(given) and _is_literal(value):
            first, last = value.lineno - 1, (value.end_lineno or value.lineno) - 1
            head, tail = lines[first][: value.col_offset], lines[last][value.end_col_offset :]
            lines[first : last + 1] = [head + repr(type(ast.literal_eval(value))()).encode() + tail]
    return b"".join(lines).decode()


def _assignments(tree: ast.Module) -> list[tuple[list[str], ast.expr | None]]:
    """Return what the cell's own lines assign to plain names, in order."""
    found: list[tuple[list[str], ast.expr | None]] = []
    for node in tree.body:
        match node:
            case ast.Assign(targets=targets, value=value):
                names = [target.id for target in targets if isinstance(target, ast.Name)]
                if len(names) == len(targets):
                    found.append((names, value))
            case ast.AnnAssign(target=ast.Name(id=name), value=value):
                found.append(([name], value))
    return found


def _is_literal(value: ast.expr) -> bool:
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True
