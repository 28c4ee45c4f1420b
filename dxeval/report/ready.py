"""What a batch would refuse beside the data: its notebooks, and where it is to write."""

from collections.abc import Iterator

from dxeval.errors import TemplateError
from dxeval.problems import Problem, ProblemKind
from dxeval.report.kinds import KINDS, Subject
from dxeval.report.notebook.template import unfit
from dxeval.report.sources import Sources
from dxeval.report.staging import unwritable
from dxeval.workspace import Workspace


def not_ready(workspace: Workspace) -> Iterator[Problem]:
    """Yield why no batch could be run here, whatever the data say; changes nothing."""
    sources = Sources(workspace)
    for kind in KINDS:
        try:
            content = sources.notebook(kind.template)[kind.template]
        except TemplateError as error:
            yield error.problem
            continue
        if problem := unfit(kind.template, content, kind.parameters(Subject("", ()), ())):
            yield problem
    if words := unwritable(workspace.root / "outputs"):
        yield Problem(ProblemKind.OUTPUTS, "outputs", words.removesuffix("。"))
