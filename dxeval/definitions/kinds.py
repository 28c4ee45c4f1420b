"""The kinds of question by name: those of the library, and those that other packages add.

A kind is what an ``Item`` of it is declared by (a model), and the module that the model names as
its ``home``, whose ``KIND`` does the rest; it is imported when the first such question is read.
"""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import SerializeAsAny, ValidationError, WrapValidator
from pydantic.functional_validators import ModelWrapValidatorHandler

from dxeval.definitions.item import Item
from dxeval.definitions.questions import Choice, Choices, FreeText, Number, Rating, Scale
from dxeval.definitions.strict import PartError, WrongValueError
from dxeval.problems import ProblemKind

if TYPE_CHECKING:
    from dxeval.kinds.kind import Kind

GROUP = "dxeval.kinds"
"""The entry points under which other packages name the models of their kinds."""
DEFAULT = "scale"
MODELS: dict[str, type[Item]] = {
    "scale": Scale,
    "rating": Rating,
    "choice": Choice,
    "choices": Choices,
    "number": Number,
    "text": FreeText,
}


def kind_of(item: Item) -> "Kind":
    """Return what reads, counts and shows the questions of an item's kind."""
    kind: Kind = import_module(item.home).KIND
    return kind


@cache
def _added() -> dict[str, type[Item]]:
    return {point.name: point.load() for point in entry_points(group=GROUP)}


def model_of(kind: str) -> type[Item]:
    """Return the model of a kind by name. Raises WrongValueError if there is none of that name."""
    model = MODELS.get(kind) or _added().get(kind)
    if model is None:
        expected = "、".join([*MODELS, *_added()])
        message, unknown = "知らない種類の設問です", ProblemKind.UNKNOWN_QUESTION_KIND
        raise WrongValueError(message, "kind", kind=unknown, value=kind, expected=expected)
    return model


def added_code(items: Iterable[Item]) -> dict[str, bytes]:
    """Return the source of kinds that other packages add, as far as ``items`` are of them.

    By the kind's name; a page depends on it as on our own code.
    """
    found: dict[str, bytes] = {}
    for item in items:
        homes = dict.fromkeys((type(item).__module__, item.home))
        if item.kind not in MODELS and item.kind not in found:
            paths = (Path(import_module(home).__file__ or "") for home in homes)
            found[item.kind] = b"".join(path.read_bytes() for path in paths if path.is_file())
    return found


def _of_its_kind(value: object, handler: ModelWrapValidatorHandler[Item]) -> Item:
    """Return an item as its own kind declares it."""
    if not isinstance(value, dict):
        return handler(value)
    kind = value.get("kind", DEFAULT)
    if not isinstance(kind, str):
        raise WrongValueError("文字列が必要です", "kind", kind=ProblemKind.WRONG_TYPE)
    model = model_of(kind)
    try:
        return model.model_validate({"kind": kind, **value})
    except ValidationError as error:
        raise PartError(model, error) from None


AnyItem = Annotated[SerializeAsAny[Item], WrapValidator(_of_its_kind)]
"""An item of whatever kind."""
