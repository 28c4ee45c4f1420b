"""One label of several by each respondent: counts that add up to those who answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from dxeval.definitions.item import Item, Rated
from dxeval.errors import FigureError, NotAskedError
from dxeval.scoring.item_score import ItemScore, leaders
from dxeval.scoring.rounding import length, percent

if TYPE_CHECKING:
    import pandas as pd

Extent = tuple[float, float]
"""Where a piece of a bar starts and how wide it is, as shares (0-1) of the whole bar."""
Rule = tuple[tuple[str, ...], str | None]
"""Favourable labels, and why they are not the survey's (None where they are)."""


@dataclass(frozen=True)
class Distribution(ItemScore):
    """How often each label of an item was chosen, one by each respondent.

    ``counts`` runs along ``item.labels``, 0 where nobody chose one. Raises FigureError if these or
    the favourable labels do not fit the item.
    """

    counts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        name, levels, favourable = self.item.name, self.item.labels, self.favourable
        if len(self.counts) != len(levels):
            numbers = f"人数が{len(self.counts)}個、選択肢が{len(levels)}個"
            raise FigureError(f"「{name}」の人数の個数が選択肢と合いません（{numbers}）。")
        if negative := [count for count in self.counts if count < 0]:
            raise FigureError(f"「{name}」に負の人数があります（{negative[0]}）。")
        if strange := [level for level in favourable if level not in levels]:
            raise FigureError(f"「{name}」の肯定的回答の「{strange[0]}」は選択肢にありません。")
        lost = isinstance(self.item, Rated) and self.item.favourable and not favourable
        if lost or len(set(favourable)) < len(favourable):
            shown = "、".join(favourable) or "なし"
            raise FigureError(f"「{name}」の肯定的回答がないか、重なっています（{shown}）。")
        if len(favourable) == len(levels):
            raise FigureError(f"「{name}」は選択肢のすべてが肯定的回答になっています。")

    @classmethod
    def of(cls, item: Item, answers: pd.Series, rule: Rule) -> Self:
        """Return the distribution of a column of categoricals.

        Raises FigureError if its categories are not the item's labels.
        """
        import numpy as np

        categories = tuple(map(str, answers.cat.categories))
        if categories != item.labels:
            raise FigureError(f"「{item.name}」の回答の選択肢が、設問の選択肢と合いません。")
        n_missing, *counts = np.bincount(answers.cat.codes + 1, minlength=len(categories) + 1)
        return cls(item, int(n_missing), *rule, tuple(map(int, counts)))

    @property
    def n_valid(self) -> int:
        """Number of respondents who answered this item: the denominator of every share."""
        return sum(self.counts)

    @property
    def facts(self) -> Mapping[str, Any]:
        """The count of each label."""
        return {"levels": dict(self)}

    def records(self) -> Iterator[Mapping[str, Any]]:
        """Yield a row a label."""
        for level, count in self:
            yield {"level": level, "count": count, "share": self.share(level)}

    @property
    def favourable_count(self) -> int:
        """Number of respondents who chose a favourable level; 0 where there is no rule."""
        return self.count(*self.favourable)

    @property
    def favourable_share(self) -> float | None:
        """Favourable count / valid n (0-1); None if nobody answered or there is no rule."""
        return self.share(*self.favourable) if self.favourable else None

    @property
    def favourable_percent(self) -> int | None:
        """Favourable share as shown (0-100); None if nobody answered or there is no rule."""
        return self.percent(*self.favourable) if self.favourable else None

    @property
    def is_full(self) -> bool | None:
        """Whether all answers are favourable; None if nobody answered or there is no rule."""
        if not self.favourable or not self.n_valid:
            return None
        return self.favourable_count == self.n_valid

    @property
    def chosen(self) -> tuple[str, ...]:
        """The levels that somebody chose, in order."""
        return tuple(level for level, count in self if count)

    @property
    def leaders(self) -> tuple[str, ...]:
        """The labels that were chosen most often; none if nobody answered."""
        return leaders(dict(self))

    def count(self, *levels: str) -> int:
        """Return how many chose any of ``levels``; NotAskedError for a level the item lacks."""
        counts = dict(self)
        if strange := [level for level in levels if level not in counts]:
            raise NotAskedError(f"設問「{self.item.name}」に選択肢「{strange[0]}」はありません。")
        return sum(counts[level] for level in levels)

    def share(self, *levels: str) -> float | None:
        """Return the share (0-1) of valid answers in ``levels``; None if nobody answered."""
        return self.count(*levels) / self.n_valid if self.n_valid else None

    def length(self, *levels: str) -> str:
        """Return the share of ``levels`` as a line's length in percent; 0 if nobody answered."""
        return length(self.share(*levels) or 0)

    def percent(self, *levels: str) -> int | None:
        """Return the percentage (0-100) of ``levels`` as shown; None if nobody answered."""
        return percent(self.count(*levels), self.n_valid) if self.n_valid else None

    @property
    def favourable_length(self) -> str:
        """Favourable share as a line's length in percent (``52.381``); 0 if nobody answered."""
        return length(self.favourable_share or 0)

    @property
    def favourable_start(self) -> str | None:
        """Where the favourable levels begin in the bar, as a length in percent (``20.000``).

        ``0`` if the bar begins with them; None if there are none, if others stand between them or
        if nobody answered.
        """
        if not self.favourable:
            return None
        places = sorted(self.item.labels.index(level) for level in self.favourable)
        if not self.n_valid or places != [*range(places[0], places[-1] + 1)]:
            return None
        before = self._before(self.item.labels[places[0]])
        return length(before / self.n_valid) if before else "0"

    def extent(self, level: str) -> Extent:
        """Return a level's piece of the bar of all valid answers, in the item's order.

        Raises ZeroDivisionError if nobody answered: there is no bar.
        """
        count, n = self.count(level), self.n_valid
        return self._before(level) / n, count / n

    def units(self, level: str) -> list[Extent]:
        """Return the piece of the bar of each respondent who chose ``level``."""
        count, n = self.count(level), self.n_valid
        start = self._before(level)
        return [(place / n, 1 / n) for place in range(start, start + count)]

    def _before(self, level: str) -> int:
        """Return how many chose a level that stands before ``level``."""
        return self.count(*self.item.labels[: self.item.labels.index(level)])

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Iterate over (label, count), in the item's order."""
        return zip(self.item.labels, self.counts, strict=True)
