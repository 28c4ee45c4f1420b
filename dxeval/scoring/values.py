"""Numbers: ratings along a line of whole numbers, and quantities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, ClassVar, Self

from dxeval.definitions.item import Item
from dxeval.errors import FigureError
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.order import Order, shown
from dxeval.scoring.rounding import length

if TYPE_CHECKING:
    import pandas as pd

NAMES = {
    "least": "最小",
    "lower": "第1四分位",
    "median": "中央値",
    "upper": "第3四分位",
    "most": "最大",
}
"""The five numbers as they are called on pages."""


Ends = tuple[Fraction, Fraction]
"""The numbers at the two ends of a drawing."""


def place(number: Fraction, ends: Ends) -> str:
    """Return where a number stands between two others, as a length in percent."""
    first, last = ends
    return length(float((number - first) / (last - first)) if last > first else 0.5)


class Ordered(ItemScore):
    """A figure whose answers are numbers: median, quartiles, least and most."""

    @property
    def order(self) -> Order | None:
        """The five numbers; None if nobody answered."""
        raise NotImplementedError

    @property
    def ends(self) -> Ends:
        """Where a drawing of the numbers begins and ends; (0, 1) if nobody answered."""
        raise NotImplementedError

    def told(self, name: str) -> str:
        """Return one of the five numbers as it is shown; ``—`` if nobody answered."""
        return shown(getattr(self.order, name)) if self.order else "—"

    def strip(self, ends: Ends | None = None) -> dict[str, str]:
        """Return where the five numbers stand between ``ends``, as lengths in percent.

        ``spread`` besides is the length from quartile to quartile. Empty if nobody answered.
        """
        order, ends = self.order, ends or self.ends
        if order is None:
            return {}
        spread = Fraction(order.upper - order.lower, ends[1] - ends[0] or 1)
        places = {name: place(getattr(order, name), ends) for name in NAMES}
        return {**places, "spread": length(float(spread))}

    def measures(self) -> Mapping[str, Any] | None:
        """Return the five numbers by name, as floats; missing without answers."""
        order = self.order
        return {name: float(getattr(order, name)) if order else None for name in NAMES}


@dataclass(frozen=True)
class Ratings(Distribution, Ordered):
    """How often each number of a rating was chosen, with their median and quartiles."""

    @cached_property
    def order(self) -> Order | None:
        """The five numbers; None if nobody answered."""
        if not self.n_valid:
            return None
        each = (repeat(Fraction(int(label)), count) for label, count in self)
        return Order.of([*chain.from_iterable(each)])

    @property
    def ends(self) -> Ends:
        """The lowest and the highest number that could be chosen."""
        return Fraction(int(self.item.labels[0])), Fraction(int(self.item.labels[-1]))

    def height(self, label: str) -> str:
        """Return a number's count as a height in percent of the most frequent one's."""
        return length(self.count(label) / max(self.counts)) if self.n_valid else "0"

    @property
    def facts(self) -> Mapping[str, Any]:
        """The count of each number, and the five numbers."""
        return {**super().facts, **(self.measures() or {})}


@dataclass(frozen=True)
class Values(Ordered):
    """The numbers that respondents wrote, in order. Raises FigureError if they are not numbers."""

    values: tuple[Fraction, ...] = field(default=())

    def __post_init__(self) -> None:
        super().__post_init__()
        if list(self.values) != sorted(self.values):
            raise FigureError(f"「{self.item.name}」の数が並んでいません。")
        if self.favourable:
            raise FigureError(f"「{self.item.name}」に、数えない肯定的回答があります。")

    @classmethod
    def of(cls, item: Item, answers: pd.Series) -> Self:
        """Return the values of a column of numbers. Raises FigureError if one is none."""
        counts = Counter(answers.dropna().tolist())
        try:
            exact = {value: Fraction(repr(value)) for value in counts}
        except ValueError:
            raise FigureError(f"「{item.name}」の答えに、数でないものがあります。") from None
        there = chain.from_iterable(repeat(exact[value], counts[value]) for value in sorted(counts))
        return cls(item, int(answers.isna().sum()), values=tuple(there))

    @property
    def n_valid(self) -> int:
        """Number of respondents who answered this item."""
        return len(self.values)

    @cached_property
    def order(self) -> Order | None:
        """The five numbers; None if nobody answered."""
        return Order.of(self.values) if self.values else None

    @property
    def ends(self) -> Ends:
        """The least and the most of the answers."""
        return (self.values[0], self.values[-1]) if self.values else (Fraction(0), Fraction(1))

    def dots(self) -> Iterator[tuple[str, int]]:
        """Yield a dot a respondent: where the number stands, as a length, and its place above."""
        for value, count in Counter(self.values).items():
            yield from ((place(value, self.ends), above) for above in range(count))

    @property
    def most_alike(self) -> int:
        """How many wrote the number that most wrote; 0 if nobody answered."""
        return max(Counter(self.values).values(), default=0)

    @property
    def facts(self) -> Mapping[str, Any]:
        """The five numbers."""
        return self.measures() or {}


@dataclass(frozen=True)
class Written(ItemScore):
    """How many wrote something in their own words."""

    awaited: ClassVar[bool] = False

    n_written: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.n_written < 0 or self.favourable:
            raise FigureError(f"「{self.item.name}」の人数が負か、数えない肯定的回答があります。")

    @classmethod
    def of(cls, item: Item, answers: pd.Series) -> Self:
        """Return how many of a column of texts are there."""
        return cls(item, int(answers.isna().sum()), n_written=int(answers.notna().sum()))

    @property
    def n_valid(self) -> int:
        """Number of respondents who wrote something."""
        return self.n_written

    @property
    def facts(self) -> Mapping[str, Any]:
        """Nothing but who answered."""
        return {}
