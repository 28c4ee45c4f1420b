"""Models that a file of text is read into: unknown keys, wrong types and values are problems.

Every scalar arrives as the text that was typed and the model gives it its type. Whatever pydantic
finds becomes a Problem of ours, with its place in the file.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidationError,
)

from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind

LONGEST_KEY = 100
"""Characters shown of a key."""
KeyPath = tuple[str | int, ...]


class Strict(BaseModel):
    """A part of a YAML file: unknown keys are errors, and it does not change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


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


class WrongValueError(ValueError):
    """What is wrong with a ``value``: of which kind, and what is ``expected``.

    ``path`` leads from what the validator looks at to the part that is wrong. An empty ``value``
    is not shown, None stands for what was typed.
    """

    def __init__(
        self,
        message: str,
        *path: str | int,
        kind: ProblemKind = ProblemKind.WRONG_VALUE,
        value: str | None = None,
        expected: str | None = None,
    ) -> None:
        super().__init__(message)
        self.path = path
        self.kind = kind
        self.value = value
        self.expected = expected

    def below(self, *path: str | int) -> "WrongValueError":
        """Return the same of the part to which ``path`` leads."""
        return WrongValueError(
            str(self),
            *path,
            *self.path,
            kind=self.kind,
            value=self.value,
            expected=self.expected,
        )


class PartError(ValueError):
    """What is wrong with a part that a ``model`` of its own validates: pydantic's ``details``."""

    def __init__(self, model: type[BaseModel], error: ValidationError) -> None:
        super().__init__(str(error))
        self.model = model
        self.details = error.errors(include_url=False)


def _several(value: object) -> object:
    if isinstance(value, str):
        if not value.strip():
            raise WrongValueError("空です", kind=ProblemKind.EMPTY_VALUE)
        return [value]
    if not isinstance(value, list | tuple):
        message = "言葉か、言葉の一覧（[ ] か「- 」で始まる行）が必要です"
        raise WrongValueError(message, kind=ProblemKind.WRONG_TYPE)
    return value


def _as_written(labels: tuple[str, ...]) -> str | list[str]:
    return labels[0] if len(labels) == 1 else [*labels]


def one_of(*choices: str) -> BeforeValidator:
    """Return what refuses every text but the choices."""

    def check(text: object) -> object:
        if text not in choices:
            raise ValueError(f"{'、'.join(choices[:-1])}、{choices[-1]} のどれかを書きます")
        return text

    return BeforeValidator(check)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Count = Annotated[int, BeforeValidator(_count)]
Date = Annotated[date, BeforeValidator(_date)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Labels = Annotated[
    tuple[Text, ...],
    BeforeValidator(_several),
    Field(min_length=1),
    PlainSerializer(_as_written),
]
"""One label, or a list of them."""

M = TypeVar("M", bound=Strict)


Place = Callable[[KeyPath], tuple[int | None, str | None]]
"""From a path in a model's data to a line of the file, and the column or key to name."""


def validated(
    model: type[M], data: object, name: str, place: Place, context: object | None = None
) -> M:
    """Return ``data`` as ``model``; ``name`` is what messages call the file.

    ``context`` is for the model's validators. Raises DataError with every problem found.
    """
    try:
        return model.model_validate(data, context=context)
    except ValidationError as error:
        found = list(_parts(error.errors(include_url=False), model))
        details = _causes([detail for detail, _ in found])
        models = {id(detail): part for detail, part in found}
        raise DataError(
            _problem(detail, models[id(detail)], name, place) for detail in details
        ) from None


def _parts(details: Iterable[Any], model: type[BaseModel]) -> Iterator[tuple[Any, type[BaseModel]]]:
    """Yield what pydantic found and in which model; of a part of its own, what is wrong in it."""
    for detail in details:
        error = detail.get("ctx", {}).get("error")
        if isinstance(error, PartError):
            below = [{**inner, "loc": (*detail["loc"], *inner["loc"])} for inner in error.details]
            yield from _parts(below, error.model)
        else:
            yield detail, model


def _causes(details: Sequence[Any]) -> Iterator[Any]:
    """Yield what pydantic found without what only follows from something else it found.

    A list whose every entry is wrong is not empty; a key that is spelt wrong is not missing too.
    """
    paths = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    missing = {detail["loc"] for detail in details if detail["type"] == "missing"}
    unknown = (detail["loc"] for detail in details if detail["type"] == "extra_forbidden")
    for path in islice(unknown, 100):
        absent = {str(other[-1]) for other in missing if other[:-1] == path[:-1]}
        near = get_close_matches(str(path[-1]), absent, n=1)
        missing -= {(*path[:-1], name) for name in near}
    for detail in details:
        path, found = detail["loc"], detail["type"]
        if not (found == "too_short" and path in paths) and not (
            found == "missing" and path not in missing
        ):
            yield detail


def key_path(path: Iterable[str | int]) -> str:
    """Return a key path as people write it: ``photos[1].caption`` (list places from 1)."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            key = part if len(part) <= LONGEST_KEY else part[:LONGEST_KEY] + "…"
            text += f".{key}" if text and key else key
    return text


_MAPPING = (ProblemKind.WRONG_TYPE, "「キー: 値」の組が必要です")
_LIST = (ProblemKind.WRONG_TYPE, "一覧（[ ] か「- 」で始まる行）が必要です")
_FOUND = {
    "missing": (ProblemKind.MISSING_KEY, "必須の項目がありません"),
    "string_type": (ProblemKind.WRONG_TYPE, "文字列が必要です"),
    "string_unicode": (ProblemKind.WRONG_VALUE, "使えない文字（サロゲート）があります"),
    "string_too_short": (ProblemKind.EMPTY_VALUE, "空です"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "too_short": (ProblemKind.EMPTY_VALUE, "空の一覧です"),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "int_type": (ProblemKind.WRONG_TYPE, "1以上の整数（半角数字）が必要です"),
    "date_type": (ProblemKind.WRONG_TYPE, "日付は 2025-06-04 のように年-月-日で書きます"),
    "bool_type": (ProblemKind.WRONG_TYPE, "true か false が必要です"),
}
"""What pydantic calls what it finds, and what we call it."""


def _problem(detail: Any, model: type[BaseModel], name: str, place: Place) -> Problem:
    path: KeyPath = tuple(detail["loc"])
    found = detail["type"]
    value = detail["input"] if isinstance(detail["input"], str) else None
    expected = None
    if found == "value_error":
        error = detail["ctx"]["error"]
        message = str(error)
        if isinstance(error, WrongValueError):
            kind, expected, path = error.kind, error.expected, path + error.path
            value = value if error.value is None else error.value or None
        else:
            kind = ProblemKind.WRONG_VALUE
    elif found == "extra_forbidden":
        kind, message = ProblemKind.EXTRA_KEY, "知らない項目です"
        near = get_close_matches(str(path[-1]), _field_names(model), n=1)
        expected = f"{near[0]}（書きまちがいではありませんか）" if near else None
    else:
        other = (ProblemKind.WRONG_VALUE, f"値が正しくありません（{found}）")
        kind, message = _FOUND.get(found, other)
        if path[-1:] == ("[key]",):
            path, message = path[:-1], f"「:」の前が{message}"
    line, column = place(path)
    return Problem(kind, name, message, line, column, value, expected)


@cache
def _field_names(model: type[BaseModel]) -> set[str]:
    """Return the field names of a model and of the models inside it."""
    names: set[str] = set()
    for field_name, field in model.model_fields.items():
        names.add(field_name)
        for part in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(part, type) and issubclass(part, BaseModel):
                names |= _field_names(part)
    return names
