"""dxeval: from the questionnaires of DX workshops to reports that analysts trust."""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "ChartError": "errors",
    "DataError": "errors",
    "DxevalError": "errors",
    "FigureError": "errors",
    "ItemScore": "scoring.item_score",
    "NotAskedError": "errors",
    "Problem": "problems",
    "Responses": "reading.responses",
    "Scores": "scoring.score",
    "Session": "definitions.programme",
    "Survey": "definitions.survey",
    "Workspace": "workspace",
    "answers": "exploring.frames",
    "audit": "scoring.audit",
    "charts": "presenting.charts",
    "comments": "exploring.frames",
    "compare": "exploring.comparing",
    "crosstab": "exploring.comparing",
    "explore": "exploring.gathering",
    "figure": "presenting.own_charts",
    "page": "presenting.page",
    "percent": "scoring.rounding",
    "read_responses": "reading.responses",
    "style": "presenting.own_charts",
    "tables": "presenting.tables",
    "wide": "exploring.frames",
    "wording": "presenting.wording",
    "words": "commenting.words",
}
_MODULES = {"audit", "charts", "page", "tables", "wording"}

_FOR_ANALYSTS = (
    "Workspace",
    "answers",
    "charts",
    "comments",
    "compare",
    "crosstab",
    "explore",
    "figure",
    "page",
    "style",
    "tables",
    "wide",
    "words",
)
"""What ``dir`` shows, so that Tab after ``dx.`` offers what an analyst looks for."""

__all__ = [*_HOME]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    """Import what is asked for, when it is asked for (PEP 562): planning stays fast."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_HOME[name]}")
    return module if name in _MODULES else getattr(module, name)


def __dir__() -> list[str]:
    """Return the names that analysts need; each has a docstring with an example."""
    return [*_FOR_ANALYSTS]
