"""How one item was answered in one session, whatever its kind."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from dxeval.definitions.item import Item
from dxeval.errors import FigureError


@dataclass(frozen=True)
class ItemScore(ABC):
    """How one item was answered in one session: the figure that all that is shown comes from.

    ``n_missing`` respondents left it out. ``favourable`` are the labels that count as a favourable
    answer under the rule in force, none where there is no such rule; ``reason`` says why the rule
    is not the survey's, None where it is. Raises FigureError for a negative ``n_missing``.
    """

    awaited: ClassVar[bool] = True
    """Whether everybody was to answer, so that a blank is 無回答."""

    item: Item
    n_missing: int
    favourable: tuple[str, ...] = ()
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.n_missing < 0:
            raise FigureError(f"「{self.item.name}」に負の人数があります（{self.n_missing}）。")

    @property
    @abstractmethod
    def n_valid(self) -> int:
        """Number of respondents who answered this item: the denominator of every share."""

    @property
    def favourable_count(self) -> int | None:
        """Number of favourable answers; None where there is no rule."""
        return None

    @property
    def favourable_share(self) -> float | None:
        """Share (0-1) of favourable answers; None where nobody answered or there is no rule."""
        return None

    @property
    @abstractmethod
    def facts(self) -> Mapping[str, Any]:
        """The figures by name, as ``dxeval check --json`` gives them."""

    def records(self) -> Iterator[Mapping[str, Any]]:
        """Yield a row a label: level, count, share (0-1); none without labels."""
        return iter(())

    def measures(self) -> Mapping[str, Any] | None:
        """Return the order statistics by name, as numbers; None where there are none."""
        return None


def leaders(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return the labels that were chosen most often; none if nobody chose any."""
    most = max(counts.values(), default=0)
    return tuple(label for label, count in counts.items() if count == most > 0)


def missing_range(scores: Iterable[ItemScore]) -> str:
    """Return how many left items out, the fewest and the most: ``1～8``; there must be one."""
    counts = sorted(score.n_missing for score in scores)
    return f"{counts[0]}～{counts[-1]}" if counts[0] < counts[-1] else f"{counts[0]}"
