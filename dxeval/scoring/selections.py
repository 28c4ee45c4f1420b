"""Several labels by each respondent: counts that are each at most those who answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from dxeval.definitions.item import Item
from dxeval.errors import FigureError, NotAskedError
from dxeval.scoring.item_score import ItemScore, leaders
from dxeval.scoring.rounding import length, percent

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Selections(ItemScore):
    """How many respondents chose each label of an item with several answers.

    ``counts`` runs along ``item.labels``; ``n_answered`` answered, whatever they chose. Raises
    FigureError if a label was chosen by more.
    """

    counts: tuple[int, ...] = ()
    n_answered: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        name = self.item.name
        if len(self.counts) != len(self.item.labels):
            numbers = f"人数が{len(self.counts)}個、選択肢が{len(self.item.labels)}個"
            raise FigureError(f"「{name}」の人数の個数が選択肢と合いません（{numbers}）。")
        if wrong := [count for count in self.counts if not 0 <= count <= self.n_answered]:
            raise FigureError(
                f"「{name}」に、答えた人数{self.n_answered}人と合わない人数があります（{wrong[0]}）。"
            )
        if self.n_answered < 0 or self.favourable:
            raise FigureError(f"「{name}」の人数が負か、数えない肯定的回答があります。")

    @classmethod
    def of(cls, item: Item, answers: pd.Series) -> Self:
        """Return the selections of a column of frozensets of labels.

        Raises FigureError for a label that the item lacks.
        """
        there = answers.dropna()
        counts = Counter(label for chosen in there for label in chosen)
        if strange := [label for label in counts if label not in item.labels]:
            raise FigureError(f"「{item.name}」に選択肢でない回答があります（{strange[0]}）。")
        each = tuple(counts[label] for label in item.labels)
        return cls(item, int(answers.isna().sum()), counts=each, n_answered=len(there))

    @property
    def n_valid(self) -> int:
        """Number of respondents who answered this item: the denominator of every share."""
        return self.n_answered

    @property
    def facts(self) -> Mapping[str, Any]:
        """The count of each label."""
        return {"levels": dict(self)}

    @property
    def leaders(self) -> tuple[str, ...]:
        """The labels that were chosen most often; none if nobody answered."""
        return leaders(dict(self))

    def count(self, level: str) -> int:
        """Return how many chose ``level``; NotAskedError for a label the item lacks."""
        counts = dict(self)
        if level not in counts:
            raise NotAskedError(f"設問「{self.item.name}」に選択肢「{level}」はありません。")
        return counts[level]

    def share(self, level: str) -> float | None:
        """Return the share (0-1) of respondents who chose ``level``; None if nobody answered."""
        return self.count(level) / self.n_valid if self.n_valid else None

    def percent(self, level: str) -> int | None:
        """Return the percentage (0-100) of ``level`` as shown; None if nobody answered."""
        return percent(self.count(level), self.n_valid) if self.n_valid else None

    def length(self, level: str) -> str:
        """Return the share of ``level`` as a line's length in percent; 0 if nobody answered."""
        return length(self.share(level) or 0)

    def records(self) -> Iterator[Mapping[str, Any]]:
        """Yield a row a label."""
        for level, count in self:
            yield {"level": level, "count": count, "share": self.share(level)}

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Iterate over (label, count), in the item's order."""
        return zip(self.item.labels, self.counts, strict=True)
