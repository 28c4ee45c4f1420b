"""Published figures held against themselves and against the answers: what ``dx.audit`` is."""

from dxeval.scoring.audit.answered import Column, against, answer_columns
from dxeval.scoring.audit.compared import (
    Comparison,
    LegendConflict,
    agreement,
    check_figures,
    check_legends,
    possible_counts,
)
from dxeval.scoring.audit.engine import audit
from dxeval.scoring.audit.finding import Explanation, Finding, Kind
from dxeval.scoring.audit.known import Known, ranges
from dxeval.scoring.audit.questions import Context

__all__ = [
    "Column",
    "Comparison",
    "Context",
    "Explanation",
    "Finding",
    "Kind",
    "Known",
    "LegendConflict",
    "against",
    "agreement",
    "answer_columns",
    "audit",
    "check_figures",
    "check_legends",
    "possible_counts",
    "ranges",
]
