"""What is kept of a session's figures beside its page: plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from dxeval.scoring.rounding import length, percent
from dxeval.scoring.span import Span

UNITS_UP_TO = 25
"""Up to so many respondents each is a unit of a small bar."""


@dataclass(frozen=True)
class Kept:
    """An item of a session in the few figures of one cell; plain values that JSON can hold.

    ``count`` of ``n`` valid answers are favourable, None where no rule says which are. ``value``
    and ``brief`` are how it is shown, empty if it has no one number; ``own_rule``: whether the
    session counts by a rule of its own; ``rule``: the favourable labels in the item's order, as one
    text that is only compared. ``published``: there are only figures of an earlier report, and no
    answers; ``few`` to ``many`` of ``n`` may then be favourable, None where figures contradict each
    other.
    """

    item: str
    n: int
    count: int | None = None
    value: str = ""
    brief: str = ""
    own_rule: bool = False
    rule: str = ""
    published: bool = False
    few: int | None = None
    many: int | None = None

    @property
    def span(self) -> Span | None:
        """How many may be favourable where only published figures are known; None elsewhere."""
        if self.few is None or self.many is None:
            return None
        return Span(self.few, self.many, self.n)

    @property
    def is_full(self) -> bool | None:
        """Whether all answers are favourable; None without answers or a rule."""
        return None if self.count is None or not self.n else self.count == self.n

    @property
    def share(self) -> Fraction:
        """The favourable share, exactly; 0 without answers or a rule."""
        return Fraction(self.count or 0, self.n or 1)

    @property
    def percent(self) -> int:
        """The share in percent as shown."""
        return percent(self.count or 0, self.n or 1)

    @property
    def length(self) -> str:
        """The share as a line's length in percent."""
        return length(float(self.share))

    @property
    def units(self) -> int:
        """Respondents to be drawn one by one; 0 if they are too many."""
        return self.n if self.n <= UNITS_UP_TO else 0


def mixed_items(found: Iterable[Kept]) -> tuple[str, ...]:
    """Return the items whose shares, of several sessions, are not counted by one rule, in order."""
    rules: dict[str, set[str]] = {}
    for kept in found:
        if kept.is_full is not None or kept.published:
            rules.setdefault(kept.item, set()).add(kept.rule)
    return tuple(item for item, used in rules.items() if len(used) > 1)
