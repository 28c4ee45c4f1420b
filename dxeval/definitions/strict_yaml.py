"""Read a YAML file into a model, refusing everything that YAML would quietly change.

Plain YAML turns ``13:30`` into 810, ``012`` into 10 and ``no`` into False, and the last of two
equal keys wins. Here every scalar stays the text that was typed; repeated keys, aliases and tags
are refused with the line they stand on.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import yaml

from dxeval.definitions.plain_file import read_file
from dxeval.definitions.strict import KeyPath, M, key_path, validated
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same in C, where PyYAML was built with it: ten times faster."""
DEEPEST = 20
"""Lists and keys inside each other: our files have six, libyaml's stack a few thousand."""
LARGEST = 1_000_000
"""Bytes of a definition: thirty times those of the largest that we have seen."""
_FEATURE = ProblemKind.YAML_FEATURE
_UNFIT = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that may not stand in YAML."""


def read_yaml(path: Path, model: type[M], name: str, **given: str) -> M:
    """Read ``path`` as ``model``; ``name`` is what messages call the file.

    ``given`` are fields that the file itself may not hold, such as an id from the file's name.
    Raises DataError with every problem found.
    """
    return read_yaml_text(read_text(path, name), model, name, **given)


def read_yaml_text(text: str, model: type[M], name: str, **given: str) -> M:
    """Return the text of a YAML file as ``model``, as ``read_yaml`` does. Raises DataError."""
    data, lines = _compose(text, name)
    if isinstance(data, dict):
        if taken := given.keys() & data.keys():
            key = min(taken)
            message = "ここには書けません（ファイル名で決まります）"
            raise DataError([Problem(ProblemKind.GIVEN_KEY, name, message, lines[(key,)], key)])
        data |= given

    def place(path: KeyPath) -> tuple[int | None, str | None]:
        known = path
        while known not in lines:
            known = known[:-1]
        return lines[known], key_path(path) or None

    return validated(model, data, name, place)


def read_text(path: Path, name: str) -> str:
    """Return the text of a UTF-8 file, without its mark. Raises DataError."""
    content = read_file(path, name, LARGEST)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "UTF-8 で読めません。エディターで文字コードを UTF-8 にして保存してください"
        raise DataError([Problem(ProblemKind.UNREADABLE, name, message, line)]) from None


def _compose(text: str, name: str) -> tuple[object, dict[KeyPath, int]]:
    """Return the file's plain data, every scalar as text, and the line of each key path."""
    try:
        _check_depth(text, name)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        message = (
            "YAML の書き方が正しくありません。"
            "この行とその前の行の字下げ、コロンの後の空白、引用符を見てください"
        )
        raise DataError([Problem(ProblemKind.YAML, name, message, line)]) from None
    except yaml.YAMLError:
        found = _UNFIT.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else None
        message = "YAML に使えない文字があります。エディターで見えない文字を消してください"
        raise DataError([Problem(ProblemKind.YAML, name, message, line)]) from None
    if root is None:
        raise DataError([Problem(ProblemKind.YAML, name, "ファイルが空です")])
    reader = _Reader(name)
    data = reader.plain(root, ())
    if reader.problems:
        raise DataError(reader.problems)
    return data, reader.lines


def _check_depth(text: str, name: str) -> None:
    """Raise DataError for what is nested too deeply, seen before libyaml recurses into it."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            message = f"入れ子が深すぎます（{DEEPEST}段まで）。字下げと括弧を見てください"
            line = event.start_mark.line + 1 if event.start_mark else None
            raise DataError([Problem(ProblemKind.YAML, name, message, line)])


class _Reader:
    """Turns the nodes of one file into plain lists, mappings and texts.

    State: the file's ``name``; ``lines``, the line of each key path; ``problems``; the nodes seen,
    by which an alias is known.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def plain(self, node: yaml.Node, path: KeyPath) -> object:
        line = self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen:
            self._refuse(_FEATURE, "エイリアス（*）は使えません", line, path)
            return None
        self._seen.add(id(node))
        if not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
            self._refuse(_FEATURE, "タグ（!）は使えません", line, path)
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(child, (*path, i)) for i, child in enumerate(node.value)]
        if not isinstance(node, yaml.ScalarNode):
            raise TypeError(node)
        if not node.style and node.tag == "tag:yaml.org,2002:null":
            return None
        return _unfolded(node.value) if node.start_mark.line < node.end_mark.line else node.value

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, object]:
        result: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(_FEATURE, "キーは文字列でなければなりません", line, path)
                continue
            key = key_node.value
            here = (*path, key)
            if key in result:
                first = self.lines[here]
                message = f"同じキーが2度あります（最初は{first}行目）"
                self._refuse(ProblemKind.REPEATED_KEY, message, line, here)
                continue
            self.lines[here] = line
            result[key] = self.plain(value_node, here)
        return result

    def _refuse(self, kind: ProblemKind, message: str, line: int, path: KeyPath) -> None:
        column = key_path(path) if path else None
        self.problems.append(Problem(kind, self.name, message, line, column))


def _unfolded(text: str) -> str:
    """Drop the space that YAML puts where Japanese text was folded over two lines."""
    return re.sub(
        r"(.) (?=(.))",
        lambda m: m[1] if _is_wide(m[1]) and _is_wide(m[2]) else m[0],
        text,
    )


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}


def keys_and_lines(path: Path, name: str) -> Iterator[tuple[str, int, str]]:
    """Yield every text of a YAML file with its key and line. Raises DataError."""
    data, lines = _compose(read_text(path, name), name)
    yield from _texts(data, (), lines)


def _texts(
    data: object, path: KeyPath, lines: dict[KeyPath, int]
) -> Iterator[tuple[str, int, str]]:
    if isinstance(data, str):
        yield key_path(path), lines[path], data
    parts = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data if isinstance(data, list) else ())
    )
    for key, value in parts:
        yield from _texts(value, (*path, key), lines)
