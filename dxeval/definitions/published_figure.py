"""One figure that an earlier report states: a row of ``data/published.csv``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo, field_validator, model_validator

from dxeval.definitions.item import Rated
from dxeval.definitions.strict import Strict, WrongValueError
from dxeval.definitions.survey import Survey
from dxeval.problems import ProblemKind

COLUMNS = ["session_id", "item", "where", "levels", "percent"]
MORE = ["count", "n", "mean", "sd", "rounding", "text"]
"""Columns that a file may have after the others."""
OF_DRAFTS = ["unsettled", "source"]
"""Columns of a draft: what is to be confirmed, and where in the report it stands."""
FIGURES = ("table", "headline", "prose")
SHOWN = ("legend", "scale")
"""Places that say of levels only which there are: what is shown, and all from lowest to highest."""
FACTS = ("invited", "attended", "responded", "municipalities", "date", "sessions", "programme")
"""What is said of a session and not of a question; the last, the date and the name as text."""
TEXTS = ("date", "programme")
WHERE = ("table", "headline", "legend", "prose", "scale", *FACTS)
ROUNDINGS = ("half-up", "half-even", "floor", "ceiling", "twice")
Number = int | Decimal
"""As printed: a Decimal keeps its decimals."""


@dataclass(frozen=True)
class Known:
    """What a figure may be about: the survey's items and levels, and the sessions.

    None where there is no workspace: then it may be about anything.
    """

    survey: Survey | None = None
    session_ids: Sequence[str] | None = None


def _known(info: ValidationInfo) -> Known:
    if not isinstance(info.context, Known):
        raise TypeError("figures are checked against what is Known")
    return info.context


def _is_known(value: str, known: Sequence[str], kind: ProblemKind, message: str) -> str:
    if value not in known:
        raise WrongValueError(message, kind=kind, expected="、".join(known))
    return value


def _known_level(level: str, info: ValidationInfo) -> str:
    survey = _known(info).survey
    if not info.data.get("item") or survey is None:
        return level
    levels = survey.item(info.data["item"]).labels
    return _is_known(level, levels, ProblemKind.UNKNOWN_LEVEL, "選択肢がありません")


def _number(cell: str, pattern: str, message: str, expected: str) -> Number | None:
    if not cell:
        return None
    if not re.fullmatch(pattern, cell):
        raise WrongValueError(message, expected=expected)
    return Decimal(cell) if "." in cell else int(cell)


class Published(Strict):
    """One statement of the report about one item of one session: a row of the file.

    ``where`` it stands (table, headline, legend, prose); the ``levels`` it names, if any;
    ``percent`` as printed (0-100), None for a legend; ``count`` of ``n``, ``mean`` and ``sd`` as
    printed; the ``rounding`` that the report declares; ``line`` of the file. ``session_id`` may
    name several sessions, ``a;b``. A scale names all levels, lowest first. A fact (FACTS) is about
    no item: a ``count`` or a ``text``. Read with what is Known as the validators' context.
    """

    session_id: str
    item: str
    where: str
    levels: tuple[Annotated[str, AfterValidator(_known_level)], ...]
    percent: Number | None
    line: int
    count: int | None = None
    n: int | None = None
    mean: Number | None = None
    sd: Number | None = None
    rounding: str | None = None
    text: str = ""

    @property
    def session_ids(self) -> tuple[str, ...]:
        """The sessions that it is about: mostly one."""
        return tuple(self.session_id.split(";"))

    @field_validator("session_id")
    @classmethod
    def _of_a_session(cls, session_id: str, info: ValidationInfo) -> str:
        ids, kind = _known(info).session_ids, ProblemKind.UNKNOWN_SESSION
        if ids is not None and not (";" in session_id and {*session_id.split(";")} <= {*ids}):
            return _is_known(session_id, ids, kind, "セッションがありません")
        if not all(session_id.split(";")):
            raise WrongValueError("空です", kind=ProblemKind.EMPTY_VALUE)
        return session_id

    @field_validator("item")
    @classmethod
    def _of_the_survey(cls, item: str, info: ValidationInfo) -> str:
        survey = _known(info).survey
        if survey is None or not item:
            return item
        names = [item.name for item in survey.items]
        return _is_known(item, names, ProblemKind.UNKNOWN_ITEM, "設問がありません")

    @field_validator("where")
    @classmethod
    def _in_a_place(cls, where: str, info: ValidationInfo) -> str:
        _is_known(where, WHERE, ProblemKind.WRONG_VALUE, "場所の名前が違います")
        item = info.data.get("item")
        if item is not None and bool(item) == (where in FACTS):
            message = "回についての数字に設問は書きません" if item else "設問がありません"
            raise WrongValueError(message, expected="設問の名前（回についての数字なら空欄）")
        return where

    @field_validator("levels", mode="before")
    @classmethod
    def _split(cls, cell: str) -> tuple[str, ...]:
        return tuple(cell.split(";")) if cell else ()

    @field_validator("levels")
    @classmethod
    def _countable(cls, levels: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        survey = _known(info).survey
        if not info.data.get("item") or info.data.get("where") not in FIGURES or survey is None:
            return levels
        item = survey.item(info.data["item"])
        if not levels and not (isinstance(item, Rated) and item.favourable):
            expected = "、".join(item.labels) or "割合のある設問"
            raise WrongValueError("どの選択肢の割合か書いてありません", expected=expected)
        if len(levels) > 1 and item.may_spread:
            message = "いくつも選べる設問の割合は、選択肢1つについて書きます"
            raise WrongValueError(message, expected="選択肢1つ")
        return levels

    @field_validator("percent", mode="before")
    @classmethod
    def _in_percent(cls, cell: str, info: ValidationInfo) -> Number | None:
        if info.data.get("where") in SHOWN:
            if cell or info.data.get("levels") == ():
                raise WrongValueError("凡例には選択肢だけを書きます", expected="空欄")
            return None
        pattern = r"100(\.0{1,2})?|[1-9]?[0-9](\.[0-9]{1,2})?"
        expected = "0から100の数（小数は2けたまで）"
        return _number(cell, pattern, "割合が正しくありません", expected)

    @field_validator("count", "n", mode="before")
    @classmethod
    def _people(cls, cell: str) -> Number | None:
        return _number(cell, r"[0-9]{1,7}", "人数が正しくありません", "0以上の整数（半角数字）")

    @field_validator("mean", "sd", mode="before")
    @classmethod
    def _measured(cls, cell: str) -> Number | None:
        pattern = r"[0-9]{1,7}(\.[0-9]{1,4})?"
        return _number(cell, pattern, "数が正しくありません", "0以上の数（小数は4けたまで）")

    @field_validator("rounding", mode="before")
    @classmethod
    def _rounded(cls, cell: str) -> str | None:
        kind = ProblemKind.WRONG_VALUE
        return _is_known(cell, ROUNDINGS, kind, "丸め方の名前が違います") if cell else None

    @model_validator(mode="after")
    def _says_something(self) -> "Published":
        """Refuse a row without a figure, and what cannot stand together."""
        if self.where in TEXTS and not self.text:
            raise WrongValueError("空です", "text", kind=ProblemKind.EMPTY_VALUE)
        if self.where in FACTS and self.where not in TEXTS and self.count is None:
            raise WrongValueError("空です", "count", kind=ProblemKind.EMPTY_VALUE)
        if self.where in FIGURES and (self.percent, self.count, self.mean) == (None, None, None):
            expected = "0から100の数（小数は2けたまで）"
            raise WrongValueError("割合が正しくありません", "percent", expected=expected)
        return self
