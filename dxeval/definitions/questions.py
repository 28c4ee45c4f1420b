"""The kinds of question that come with the library: what each is declared by."""

import re
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from dxeval.definitions.item import Item, Labelled, Rated
from dxeval.definitions.spellings import check_level
from dxeval.definitions.strict import Text, WrongValueError
from dxeval.problems import ProblemKind

MOST_NUMBERS = 101
"""Numbers from ``lowest`` to ``highest`` of a rating: 0 to 100 is the widest in use."""


def _number(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", value):
        return Decimal(value)
    if isinstance(value, Decimal):
        return value
    raise WrongValueError("数（半角数字）が必要です", kind=_kind(value))


def _whole(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,6}", value):
        return int(value)
    if isinstance(value, int):
        return value
    raise WrongValueError("整数（半角数字）が必要です", kind=_kind(value))


def _kind(value: object) -> ProblemKind:
    return ProblemKind.WRONG_VALUE if isinstance(value, str) else ProblemKind.WRONG_TYPE


def _two(value: object) -> object:
    if not isinstance(value, list | tuple) or len(value) != 2:
        shown = value if isinstance(value, str) else None
        expected = "[まったく勧めない, ぜひ勧めたい] のような一覧"
        message = "左端の言葉と右端の言葉の2つが必要です"
        raise WrongValueError(message, kind=_kind(value), value=shown, expected=expected)
    return value


Whole = Annotated[int, BeforeValidator(_whole)]
Quantity = Annotated[Decimal, BeforeValidator(_number), PlainSerializer(str)]


class Scale(Rated):
    """One of several ordered ``levels``, from the most favourable to the least as a rule.

    ``favourable`` are any of them: the best may be in the middle, and there may be none.
    ``neutral`` are neither favourable nor not; ``assumed`` are levels that we added because the
    published report shows only those that somebody chose.
    """

    home: ClassVar[str] = "dxeval.kinds.scale"
    may_group: ClassVar[bool] = True

    kind: Text = "scale"
    levels: tuple[Text, ...] = Field(min_length=2)
    neutral: tuple[Text, ...] = ()
    assumed: tuple[Text, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The levels, in order."""
        return self.levels

    @model_validator(mode="after")
    def _check(self) -> Self:
        self.check_labels()
        for key, levels in (("neutral", self.neutral), ("assumed", self.assumed)):
            for place, level in enumerate(levels):
                check_level(level, self.levels, key, place)
        for place, level in enumerate(self.neutral):
            if level in self.favourable:
                message = f"「{level}」は favourable と neutral の両方にあります"
                path, expected = ("neutral", place), "どちらか一方だけ"
                raise WrongValueError(message, *path, value=level, expected=expected)
        return self


class Rating(Rated):
    """One of the whole numbers from ``lowest`` to ``highest``, such as 0 to 10.

    ``favourable`` are numbers of that range, one beside the other; ``ends`` are the words that
    stand on the form beside the lowest and the highest.
    """

    home: ClassVar[str] = "dxeval.kinds.rating"
    may_group: ClassVar[bool] = True

    lowest: Whole
    highest: Whole
    ends: Annotated[tuple[Text, Text], BeforeValidator(_two)] | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The numbers as they are written, from the lowest."""
        return tuple(map(str, range(self.lowest, self.highest + 1)))

    @property
    def middle(self) -> int:
        """The number halfway, the lower of two."""
        return (self.lowest + self.highest) // 2

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not 2 <= self.highest - self.lowest + 1 <= MOST_NUMBERS:
            raise WrongValueError(
                "lowest から highest までの数が少なすぎるか、多すぎます",
                "highest",
                value=str(self.highest),
                expected=f"lowest より1から{MOST_NUMBERS - 1}大きい整数",
            )
        if self.other:
            message, expected = "数で答える設問には書けません", "この行を消すこと"
            raise WrongValueError(message, "other", value=self.other, expected=expected)
        self.check_labels()
        return self

    def check_rule(self, favourable: tuple[str, ...]) -> None:
        """Raise WrongValueError unless ``favourable`` are a run of the numbers, not all."""
        super().check_rule(favourable)
        places = sorted(map(self.labels.index, favourable))
        if places and places != [*range(places[0], places[-1] + 1)]:
            message, expected = (
                "favourable の数がとびとびです",
                "間をあけずに並んだ数（[8, 9, 10] など）",
            )
            raise WrongValueError(message, value="、".join(favourable), expected=expected)


class Unordered(Labelled):
    """A question with ``levels`` that have no order."""

    levels: tuple[Text, ...] = Field(min_length=2)

    @property
    def labels(self) -> tuple[str, ...]:
        """The levels as they are declared."""
        return self.levels

    @model_validator(mode="after")
    def _check(self) -> Self:
        self.check_labels()
        return self


class Choice(Unordered):
    """One of several levels; yes or no too."""

    home: ClassVar[str] = "dxeval.kinds.choice"
    may_group: ClassVar[bool] = True


class Choices(Unordered):
    """Any number of several levels.

    ``separator`` stands between two answers in one cell; without it any of the usual ones may.
    """

    home: ClassVar[str] = "dxeval.kinds.choices"
    may_spread: ClassVar[bool] = True

    separator: Annotated[str, Field(min_length=1)] | None = None


class Number(Item):
    """A number, of ``unit``; none below ``lowest`` or above ``highest`` where these are given."""

    home: ClassVar[str] = "dxeval.kinds.number"
    may_group: ClassVar[bool] = True

    unit: Text | None = None
    lowest: Quantity | None = None
    highest: Quantity | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        lowest, highest = self.lowest, self.highest
        if lowest is not None and highest is not None and lowest >= highest:
            message, expected = "highest が lowest より大きくありません", f"{lowest}より大きい数"
            raise WrongValueError(message, "highest", value=str(highest), expected=expected)
        return self


class FreeText(Item):
    """Words of one's own: nothing is counted but how many wrote any."""

    home: ClassVar[str] = "dxeval.kinds.text"
    may_lack: ClassVar[bool] = True
