"""What a piece of evidence cites: how many of how many, and whether what was stated holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dxeval.definitions.evidence import Evidence
from dxeval.definitions.programme import Session
from dxeval.scoring.across import ItemAcross, item_across
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.rounding import percent, percent_to
from dxeval.scoring.score import Scores


@dataclass(frozen=True)
class Cited:
    """The figure of an ``item`` that evidence cites: of favourable answers, or of ``levels``.

    ``counts`` has for each session with answers how many of how many; ``mixed``: their favourable
    answers are counted by several rules, and are no figure together.
    """

    item: str
    levels: tuple[str, ...]
    counts: Mapping[str, tuple[int, int]]
    mixed: bool = False

    @property
    def count(self) -> int:
        """How many of all sessions' answers together (延べ)."""
        return sum(count for count, _ in self.counts.values())

    @property
    def n(self) -> int:
        """Of how many valid answers."""
        return sum(n for _, n in self.counts.values())

    @property
    def percent(self) -> int:
        """The share of all answers together as shown; ZeroDivisionError without answers."""
        return percent(self.count, self.n)

    @property
    def percent_range(self) -> tuple[int, int]:
        """The lowest and the highest percentage of a session; there must be one with answers."""
        each = [percent(count, n) for count, n in self.counts.values()]
        return min(each), max(each)

    def failing(self, evidence: Evidence) -> list[str]:
        """Return the keys of what was stated that does not hold; all without answers.

        A percentage holds if it is the share rounded as it was typed; bounds are held against the
        percentage of each session, rounded so. What is stated of all together never holds where
        they are counted by several rules.
        """
        if not self.n:
            return list(evidence.stated)
        if self.mixed and evidence.of_all:
            return list(evidence.of_all)
        holds = {
            "count": lambda stated: int(stated) == self.count,
            "percent": lambda stated: _share(self.count, self.n, stated) == Decimal(stated),
            "at_least": lambda stated: all(
                _share(*each, stated) >= Decimal(stated) for each in self.counts.values()
            ),
            "at_most": lambda stated: all(
                _share(*each, stated) <= Decimal(stated) for each in self.counts.values()
            ),
        }
        return [key for key, stated in evidence.stated.items() if not holds[key](stated)]


def _share(count: int, n: int, stated: str) -> Decimal:
    """Return a share in percent with as many decimals as what was ``stated``."""
    return percent_to(len(stated.partition(".")[2]), count, n)


def in_scope(evidence: Evidence, sessions: Sequence[Session]) -> list[Session]:
    """Return the sessions whose answers evidence cites."""
    return [
        session
        for session in sessions
        if evidence.programme in (None, session.programme)
        and evidence.session in (None, session.id)
    ]


def cited(
    evidence: Evidence, sessions: Sequence[Session], scores: Mapping[str, Scores]
) -> Cited | None:
    """Return the figure that evidence cites; None if none of its sessions was asked the item.

    Raises NotAskedError if a session knows nothing of the item.
    """
    ids = [session.id for session in in_scope(evidence, sessions)]
    across = item_across(evidence.item, ids, scores) if ids and evidence.item else None
    if across is None or evidence.item is None:
        return None
    mixed = across.is_mixed and not evidence.level
    return Cited(evidence.item, evidence.level, _counts(across, evidence.level), mixed)


def _counts(across: ItemAcross, levels: Sequence[str]) -> dict[str, tuple[int, int]]:
    counts = {}
    for session_id, score in across.scores.items():
        if not score.n_valid:
            continue
        if levels:
            one = ItemAcross(across.item, {session_id: score})
            counts[session_id] = (sum(map(one.count, levels)), score.n_valid)
        elif isinstance(score, Distribution) and score.favourable:
            counts[session_id] = (score.favourable_count, score.n_valid)
    return counts
