"""What became of the pages of a batch."""

from dataclasses import dataclass, field

from dxeval.problems import Problem
from dxeval.report.job import Failure


@dataclass
class Outcome:
    """What became of the pages, filled in as they end; everything by page id.

    State: ``failures``, at first those known before; ``respondents``, at first as recorded;
    ``seconds`` and ``warnings`` of the pages made; how many of ``total`` pages are ``done``.
    """

    failures: dict[str, Failure]
    respondents: dict[str, int | None]
    seconds: dict[str, float] = field(default_factory=dict)
    warnings: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    done: int = 0
    total: int = 0
