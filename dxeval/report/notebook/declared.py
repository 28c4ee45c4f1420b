"""Files beside a notebook that its page needs: the list ``files`` in its parameters cell.

A name is relative to the notebook, as a cell would write it. Each is one plain file of the
workspace: a folder or a pattern would let files into a page that nobody looked at.
"""

import ast
import json
import posixpath
from collections.abc import Iterator
from pathlib import Path

from dxeval.errors import TemplateError
from dxeval.problems import Problem, ProblemKind

NAME = "files"
HOW = f'{NAME} = ["helpers.py", "../data/kpi.csv"]'
OURS = ("data/responses", "data/sessions", "outputs")
"""Folders of which a page gets what it may show, and no more."""
OUR_FILES = {"data/survey.yaml", "data/programme.yaml", "data/published.csv"}


def declared_places(template: str, content: bytes, root: Path) -> list[str]:
    """Return the places in the workspace of the files that a template notebook declares.

    ``content`` is the notebook without outputs. Raises TemplateError for what cannot be part of a
    job. Whether a file can be read is found out where it is read.
    """
    return [_place(template, root, name) for name in _names(template, content)]


def _names(template: str, content: bytes) -> Iterator[str]:
    for value in _values(content):
        try:
            names = ast.literal_eval(value)
        except (ValueError, TypeError):
            names = None
        if not isinstance(names, (list, tuple)) or not all(isinstance(n, str) for n in names):
            raise _refused(template, "名前を並べたリストではありません（計算もできません）")
        yield from names


def _values(content: bytes) -> Iterator[ast.expr]:
    """Yield what a parameters cell assigns to ``files``; nothing from what is no notebook."""
    try:
        cells = json.loads(content)["cells"]
        tagged = [cell for cell in cells if "parameters" in cell["metadata"]["tags"]]
        tree = ast.parse("\n".join(cell["source"] for cell in tagged))
    except (ValueError, KeyError, TypeError, SyntaxError, RecursionError, MemoryError):
        return
    for node in tree.body:
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        value = getattr(node, "value", None)
        if value and any(isinstance(target, ast.Name) and target.id == NAME for target in targets):
            yield value


def _place(template: str, root: Path, name: str) -> str:
    """Return the place of a declared file in the workspace."""
    if "\\" in name:
        raise _refused(template, "フォルダの区切りは / で書いてください", name)
    if not name.strip() or name.startswith(("/", "~")) or ":" in name:
        raise _refused(template, "ノートブックから見た場所（相対パス）ではありません", name)
    if any(sign in name for sign in "*?["):
        raise _refused(template, "まとめては書けません。ファイルを1つずつ書いてください", name)
    place = posixpath.normpath(posixpath.join(posixpath.dirname(template), name))
    if place.startswith(".."):
        raise _refused(template, "作業フォルダの外です。作業フォルダの中に写してください", name)
    if is_ours(place):
        message = "書かなくても、その回の分だけがページに渡ります。dx の関数で読んでください"
        raise _refused(template, message, name)
    if place.casefold().endswith(".ipynb"):
        raise _refused(template, "ノートブックは書けません。.py か表のファイルにしてください", name)
    if any((root / part).is_symlink() for part in (place, *_parents(place))):
        raise _refused(template, "リンクです。本物のファイルを置いてください", name)
    return place


def is_ours(place: str) -> bool:
    """Whether a place is one of those from which a page gets its own part by itself."""
    folded = place.casefold()
    within = folded.startswith(tuple(f"{folder}/" for folder in OURS))
    return within or folded in {*OURS, *OUR_FILES}


def _parents(place: str) -> list[str]:
    parts = place.split("/")[:-1]
    return ["/".join(parts[: i + 1]) for i in range(len(parts))]


def _refused(template: str, message: str, name: str | None = None) -> TemplateError:
    kind = ProblemKind.NOTEBOOK
    problem = Problem(kind, template, message, column=NAME, value=name, expected=HOW)
    return TemplateError(problem)
