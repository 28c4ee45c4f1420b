"""The errors that the library raises; only the command line turns them into exit codes."""

from collections.abc import Iterable

from dxeval.problems import Problem, Problems, describe


class DxevalError(Exception):
    """Root of every error that dxeval raises on purpose. Its text is Japanese, for users."""


class DataError(DxevalError):
    """A file does not say what it must. Carries every problem found, not only the first.

    ``problems``: at most five of a kind in a file, and of a question where an answer is wrong.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(Problems(problems))
        super().__init__(describe(self.problems))


class FigureError(DxevalError):
    """Figures do not fit each other: counts, levels and respondents, or those of two sessions."""


class NotAskedError(FigureError):
    """A figure was asked of a session that was not asked the item, or of a level it lacks."""


class WorkspaceError(DxevalError):
    """There is no workspace here, or it has no such session."""


class ChartError(DxevalError):
    """A chart of one's own cannot be shown: it is none, or no text says what it shows."""


class MisuseError(DxevalError):
    """Words of the command line that do not go together."""


class StartError(DxevalError):
    """No workspace can begin there: the folder is not empty, no folder, or has none around it."""


class NotebookError(DxevalError):
    """A notebook could not be run, or its parameters do not fit it."""


class TemplateError(NotebookError):
    """A template notebook cannot be used, so no page can be made from it. Carries the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class PrintError(DxevalError):
    """No PDF could be printed: no browser or no Japanese font, or the browser failed."""


class KernelError(DxevalError):
    """No kernel can be started on this machine; no page is to blame."""


class ClusterError(DxevalError):
    """The Dask cluster cannot be used: not installed, not answering, or other versions there."""


class WordsError(DxevalError):
    """The words of comments cannot be told apart: SudachiPy or its dictionary is not installed."""


class PortError(DxevalError):
    """No page can be served: other programmes have the port."""


class LabError(DxevalError):
    """JupyterLab cannot be opened, or no copy of its can be taken back."""


class ExplainError(DxevalError):
    """The numbers of a page cannot be explained: it is out of date, failed, or was never made."""


class ShareError(DxevalError):
    """Nothing can be handed on: not up to date, or something in it must not go out."""


class OutputError(DxevalError):
    """``outputs/`` cannot be written: no room, no right, or another batch writes it."""
