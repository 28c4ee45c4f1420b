"""What of the exports does not count: rows by value, resubmissions, columns that were not read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from dxeval.reading.not_counted import NotCounted
from dxeval.reading.responses import Responses


@dataclass(frozen=True)
class Uncounted:
    """What does not count of one session's export, or of several sessions' together (延べ).

    ``not_counted``: rows that the form does not count, by header and value; ``superseded``: rows
    whose respondent sent another; ``identical``: rows that were sent twice; ``withdrawn``: people
    who asked to be taken out; ``dropped``: headers of the columns that were not read. False if
    everything counts.
    """

    not_counted: NotCounted = field(default_factory=dict)
    superseded: int = 0
    identical: int = 0
    withdrawn: int = 0
    dropped: tuple[str, ...] = ()
    sessions: int = 1

    @property
    def n_rows(self) -> int:
        """Number of rows that the form does not count."""
        return sum(self.not_counted.values())

    @property
    def n_columns(self) -> int:
        """Number of columns that were not read; those of several sessions are added up."""
        return len(self.dropped)

    def __bool__(self) -> bool:
        rows = self.n_rows + self.superseded + self.identical + self.withdrawn
        return bool(rows or self.n_columns)


def uncounted(responses: Iterable[Responses]) -> Uncounted:
    """Return what does not count of the exports of those sessions together."""
    sessions = [*responses]
    not_counted: Counter[tuple[str, str]] = Counter()
    for found in sessions:
        not_counted.update(found.not_counted)
    return Uncounted(
        dict(not_counted),
        sum(found.superseded for found in sessions),
        sum(found.identical for found in sessions),
        sum(found.withdrawn for found in sessions),
        tuple(header for found in sessions for header in found.dropped),
        len(sessions),
    )
