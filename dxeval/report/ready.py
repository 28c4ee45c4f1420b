"""What a batch would refuse beside the data: its notebooks, and where it is to write."""

from collections.abc import Iterator

from dxeval.errors import DataError, TemplateError
from dxeval.problems import Problem, ProblemKind
from dxeval.report.kinds import REQUIRED, STANDARD
from dxeval.report.notebook.template import unfit
from dxeval.report.sources import Sources
from dxeval.report.staging import unwritable
from dxeval.report.table import Table, notebooks_alone, table
from dxeval.workspace import Workspace


def not_ready(workspace: Workspace) -> Iterator[Problem]:
    """Yield why no batch could be run here, whatever the data say; changes nothing."""
    sources = Sources(workspace)
    found = _table(sources)
    yield from found.refused
    refused = {problem.file for problem in found.refused}
    for stem in REQUIRED:
        kind = STANDARD[stem]
        if kind.template not in refused and stem not in found.explored:
            yield from _unusable(sources, kind.template, kind.rule.parameter)
    yield from found.problems
    yield from found.errors
    if words := unwritable(workspace.root / "outputs"):
        yield Problem(ProblemKind.OUTPUTS, "outputs", words.removesuffix("。"))


def to_be_known(workspace: Workspace) -> list[Problem]:
    """Return warnings of the notebooks: of what makes no page, or shows what was to be hidden."""
    return _table(Sources(workspace)).warnings


def _table(sources: Sources) -> Table:
    """Return the table of pages, of the notebooks alone where the data say of no pages."""
    try:
        return table(sources)
    except DataError:
        return notebooks_alone(sources)


def _unusable(sources: Sources, place: str, parameter: str) -> Iterator[Problem]:
    try:
        content = sources.notebook(place)[place]
    except TemplateError as error:
        yield error.problem
        return
    if problem := unfit(place, content, {parameter: ""} if parameter else {}):
        yield problem
