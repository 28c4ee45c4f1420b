"""What the audit says: one type for whatever it finds. Words and tables come after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dxeval.definitions.published import Published


class Kind(StrEnum):
    """What is wrong with figures, or worth a look."""

    IMPOSSIBLE = "impossible"
    CONTRADICTION = "contradiction"
    TOTAL = "total"
    MORE_RESPONSES = "more-responses"
    MORE_PLACES = "more-places"
    WEEKDAY = "weekday"
    SESSIONS = "sessions"
    LEGEND_LACKS = "legend-lacks"
    UNMENTIONED = "unmentioned"
    MIXED_RULE = "mixed-rule"
    ONE_PERSON = "one-person"
    TWO_NAMES = "two-names"
    TWO_N = "two-n"
    OTHER_NAME = "other-name"
    DIFFERS = "differs"


CERTAIN = frozenset(
    {
        Kind.IMPOSSIBLE,
        Kind.CONTRADICTION,
        Kind.TOTAL,
        Kind.MORE_RESPONSES,
        Kind.MORE_PLACES,
        Kind.WEEKDAY,
        Kind.SESSIONS,
        Kind.OTHER_NAME,
        Kind.DIFFERS,
    }
)
"""Kinds of which one thing printed must be wrong; the others ask a person to look."""


@dataclass(frozen=True)
class Explanation:
    """What would make figures possible, and what is assumed for it.

    ``kind``: blanks, rounding, labels, neighbour, pooled, rule, averaged; beside the answers
    rounding, blanks-in, assignment, count, rule, group. ``counts``: each figure
    that it makes possible, with the counts of the n in ``facts``. ``open``: how many impossible
    figures of the session it leaves so; ``breaks``: how many other figures it would make
    impossible; ``cost``: how much it assumes.
    """

    kind: str
    facts: Mapping[str, object]
    counts: tuple[tuple[Published, range], ...]
    open: int
    breaks: int
    cost: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """The less, the better: what it leaves open, what it breaks, what it assumes."""
        return self.open, self.breaks, self.cost


@dataclass(frozen=True)
class Finding:
    """One finding: of which kind, about which figures, and what was worked out."""

    kind: Kind
    figures: tuple[Published, ...]
    facts: Mapping[str, object] = field(default_factory=dict)
    explanations: tuple[Explanation, ...] = ()

    @property
    def contradicts(self) -> bool:
        """Whether something printed must be wrong."""
        return self.kind in CERTAIN
