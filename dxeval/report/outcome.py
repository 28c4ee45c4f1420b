"""What became of the pages of a batch."""

from dataclasses import dataclass, field

from dxeval.problems import Problem
from dxeval.report.job import Failure
from dxeval.report.kinds import Answered


@dataclass
class Outcome:
    """What became of the pages, filled in as they end; everything by page id.

    State: ``failures``, at first those known before; ``answered``, at first as recorded;
    ``seconds`` and ``warnings`` of the pages made; how many of ``total`` pages are ``done``.
    """

    failures: dict[str, Failure]
    answered: dict[str, Answered]
    seconds: dict[str, float] = field(default_factory=dict)
    warnings: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    done: int = 0
    total: int = 0


class Superseded(Exception):  # noqa: N818
    """What is being made is not wanted any more: other things are to be made first."""


def never() -> bool:
    """Return that nothing else is wanted."""
    return False
