"""What bears out a point of the review: figures, computed from answers, and comments."""

import re
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, model_validator

from dxeval.definitions.strict import Strict, Text, WrongValueError


def _percent(text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", text) or Decimal(text) > 100:
        raise ValueError("0～100の割合（半角数字、小数は2けたまで、% なし）が必要です")
    return text


def _whole(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{1,7}", value):
            raise ValueError("0以上の整数（半角数字）が必要です")
        return int(value)
    return value


def _several(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


Percent = Annotated[Text, AfterValidator(_percent)]
"""A percentage as it was typed, since its decimals say how it was rounded."""
Whole = Annotated[int, BeforeValidator(_whole)]
OneOrMore = Annotated[tuple[Text, ...], BeforeValidator(_several)]
"""One text or a list of them; an empty one says nothing."""


class Evidence(Strict):
    """One thing that bears out a point of the review.

    ``item`` alone: its favourable share; with ``level``: how many chose that level, or one of
    those; ``programme`` or ``session`` narrow it. What is stated beside it must hold: ``percent``
    and ``count`` of all these sessions' answers together, ``at_least`` and ``at_most`` of the
    percentage of each session.

    Or ``comments`` of a ``session``, which must be among those that it quotes.
    """

    item: Text | None = None
    level: OneOrMore = ()
    programme: Text | None = None
    session: Text | None = None
    percent: Percent | None = None
    count: Whole | None = None
    at_least: Percent | None = None
    at_most: Percent | None = None
    comments: OneOrMore = ()

    @property
    def stated(self) -> dict[str, str]:
        """What was stated of the figure, by key, as typed."""
        keys = ("percent", "count", "at_least", "at_most")
        return {key: str(getattr(self, key)) for key in keys if getattr(self, key) is not None}

    @property
    def of_all(self) -> dict[str, str]:
        """What of that was stated of all sessions' answers together."""
        return {key: value for key, value in self.stated.items() if key in {"percent", "count"}}

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.item is None) == (not self.comments):
            raise WrongValueError("item（数字）か comments（声）の、どちらか1つを書きます")
        if self.comments and self.session is None:
            raise WrongValueError("comments（声）には、どの回のものか session を書きます")
        if self.comments and (self.level or self.stated or self.programme):
            message = "comments（声）と並べて書けるのは session だけです"
            raise WrongValueError(message, expected="数字は、一覧の別の「- 」に書く")
        if self.at_least and self.at_most and Decimal(self.at_least) > Decimal(self.at_most):
            raise WrongValueError("at_least が at_most より大きくなっています")
        return self


class Point(Strict):
    """One point of the review, with what bears it out: one thing, or a list."""

    text: Text
    evidence: Annotated[tuple[Evidence, ...], BeforeValidator(_several)] = ()

    def place(self, number: int) -> str:
        """Return the key path of the evidence of that number, from 0, below the point's own."""
        return f"evidence[{number + 1}]" if self.evidence[1:] else "evidence"


def _point(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


Points = tuple[Annotated[Point, BeforeValidator(_point)], ...]


class Review(Strict):
    """The overall review: what went well, what is open, what to do next."""

    good: Points = ()
    problems: Points = ()
    suggestions: Points = ()

    @property
    def points(self) -> dict[str, Point]:
        """Every point by its key path: ``review.good[1]``."""
        return {
            f"review.{key}[{number}]": point
            for key in ("good", "problems", "suggestions")
            for number, point in enumerate(getattr(self, key), start=1)
        }
