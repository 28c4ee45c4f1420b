"""Read a YAML file into a pydantic model, refusing everything that YAML would quietly change.

Plain YAML turns ``13:30`` into 810, ``012`` into 10 and ``no`` into False, and the last of two
equal keys wins. Here every scalar stays the text that was typed and the model gives it its type;
repeated keys, aliases, tags and unknown keys are refused with the line they stand on.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
)

from dxeval.errors import DataError, Problem

KeyPath = tuple[str | int, ...]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same in C, where PyYAML was built with it: ten times faster."""


class Strict(BaseModel):
    """A part of a YAML file: unknown keys are errors, and it does not change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _count(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(r"[1-9][0-9]{0,6}", value):
            raise ValueError("1以上の整数（半角数字）が必要です")
        return int(value)
    return value


def _date(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError("日付は 2025-06-04 のように年-月-日で書きます")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError("暦にない日付です") from None
    return value


def _flag(value: object) -> object:
    if isinstance(value, str):
        if value not in {"true", "false"}:
            raise ValueError("true か false が必要です")
        return value == "true"
    return value


class InsideError(ValueError):
    """What is wrong with the part at ``path`` of what a validator looks at."""

    def __init__(self, message: str, *path: str | int) -> None:
        super().__init__(message)
        self.path = path


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Count = Annotated[int, BeforeValidator(_count)]
Date = Annotated[date, BeforeValidator(_date)]
Flag = Annotated[bool, BeforeValidator(_flag)]

M = TypeVar("M", bound=Strict)


def read_yaml(path: Path, model: type[M], name: str, **given: str) -> M:
    """Read ``path`` as ``model``; ``name`` is what messages call the file.

    ``given`` are fields that the file itself may not hold, such as an id from the file's name.
    Raises DataError with every problem found.
    """
    text = _text(path, name)
    data, lines = _compose(text, name)
    if isinstance(data, dict):
        if taken := given.keys() & data.keys():
            key = min(taken)
            message = "ここには書けません（ファイル名で決まります）"
            raise DataError([Problem("yaml", name, message, lines[(key,)], key)])
        data |= given
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise DataError(
            _problem(detail, model, name, lines) for detail in error.errors(include_url=False)
        ) from None


def _text(path: Path, name: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "UTF-8 で読めません。エディターで文字コードを UTF-8 にして保存してください"
    except OSError as error:
        message = f"ファイルを読めません（{type(error).__name__}）"
    raise DataError([Problem("unreadable", name, message)])


def _compose(text: str, name: str) -> tuple[object, dict[KeyPath, int]]:
    """Return the file's plain data, every scalar as text, and the line of each key path."""
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        message = (
            "YAML の書き方が正しくありません。"
            "この行とその前の行の字下げ、コロンの後の空白、引用符を見てください"
        )
        raise DataError([Problem("yaml", name, message, line)]) from None
    except (yaml.YAMLError, RecursionError):
        message = "YAML として読めません（使えない文字か、深すぎる入れ子）"
        raise DataError([Problem("yaml", name, message)]) from None
    if root is None:
        raise DataError([Problem("yaml", name, "ファイルが空です")])
    reader = _Reader(name)
    data = reader.plain(root, ())
    if reader.problems:
        raise DataError(reader.problems)
    return data, reader.lines


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def plain(self, node: yaml.Node, path: KeyPath) -> object:
        line = self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen:
            self._refuse("エイリアス（*）は使えません", line, path)
            return None
        self._seen.add(id(node))
        if not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
            self._refuse("タグ（!）は使えません", line, path)
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
                self._refuse("キーは文字列でなければなりません", line, path)
                continue
            key = key_node.value
            here = (*path, key)
            if key in result:
                first = self.lines[here]
                self._refuse(f"同じキーが2度あります（最初は{first}行目）", line, here)
                continue
            self.lines[here] = line
            result[key] = self.plain(value_node, here)
        return result

    def _refuse(self, message: str, line: int, path: KeyPath) -> None:
        self.problems.append(
            Problem("yaml", self.name, message, line, key_path(path) if path else None)
        )


def _unfolded(text: str) -> str:
    """Drop the space that YAML puts where Japanese text was folded over two lines."""
    return re.sub(
        r"(.) (?=(.))",
        lambda m: m[1] if _is_wide(m[1]) and _is_wide(m[2]) else m[0],
        text,
    )


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}


def key_path(path: Iterable[str | int]) -> str:
    """Return a key path as people write it: ``photos[1].caption`` (list places from 1)."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


_MESSAGES = {
    "missing": "必須の項目がありません",
    "string_type": "文字列が必要です",
    "string_too_short": "空です",
    "list_type": "一覧（「- 」で始まる行）が必要です",
    "tuple_type": "一覧（「- 」で始まる行）が必要です",
    "too_short": "空の一覧です",
    "dict_type": "「キー: 値」の組が必要です",
    "model_type": "「キー: 値」の組が必要です",
    "int_type": "1以上の整数（半角数字）が必要です",
    "date_type": "日付は 2025-06-04 のように年-月-日で書きます",
    "bool_type": "true か false が必要です",
}


def _problem(detail: Any, model: type[BaseModel], name: str, lines: dict[KeyPath, int]) -> Problem:
    path: KeyPath = tuple(detail["loc"])
    kind = detail["type"]
    expected = None
    if kind == "value_error":
        error = detail["ctx"]["error"]
        message = str(error)
        path += getattr(error, "path", ())
    elif kind == "extra_forbidden":
        message = "知らない項目です"
        near = get_close_matches(str(path[-1]), _field_names(model), n=1)
        expected = f"{near[0]}（書きまちがいではありませんか）" if near else None
    else:
        message = _MESSAGES.get(kind, f"値が正しくありません（{kind}）")
    value = detail["input"]
    known = path
    while known not in lines:
        known = known[:-1]
    return Problem(
        kind,
        name,
        message,
        line=lines[known],
        column=key_path(path) or None,
        value=value if isinstance(value, str) else None,
        expected=expected,
    )


def _field_names(model: type[BaseModel]) -> set[str]:
    """Return the field names of a model and of the models inside it."""
    names: set[str] = set()
    for field_name, field in model.model_fields.items():
        names.add(field_name)
        for part in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(part, type) and issubclass(part, BaseModel):
                names |= _field_names(part)
    return names
