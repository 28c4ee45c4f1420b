"""A count of which only the least and the greatest are known."""

from dataclasses import dataclass

from dxeval.scoring.rounding import length, percent


@dataclass(frozen=True)
class Span:
    """From ``few`` to ``many`` of ``n`` people."""

    few: int
    many: int
    n: int

    @property
    def is_exact(self) -> bool:
        """Whether only one count is left."""
        return self.few == self.many

    @property
    def percents(self) -> tuple[int, int]:
        """Both ends in percent (0-100), each rounded once."""
        return percent(self.few, self.n), percent(self.many, self.n)

    @property
    def shares(self) -> tuple[float, float]:
        """Both ends as shares (0-1)."""
        return self.few / self.n, self.many / self.n

    @property
    def lengths(self) -> tuple[str, str]:
        """What is certain, and what may come to it, as lengths in percent of the whole."""
        return length(self.few / self.n), length((self.many - self.few) / self.n)
