"""An IPython extension of the batch: what a notebook draws by itself comes out right.

Japanese letters in any chart, whatever font it asks for; pictures sharp enough for paper; cells of
a pandas Styler escaped, as those of a DataFrame are. It changes the kernel of a batch, which ends
with the page, and nothing else.
"""

from functools import wraps
from types import ModuleType
from typing import TYPE_CHECKING, Any

from dxeval.report.process.sparing import later

if TYPE_CHECKING:
    from ipykernel.zmqshell import ZMQInteractiveShell


def load_ipython_extension(shell: "ZMQInteractiveShell") -> None:
    """Prepare matplotlib and pandas in the kernel of ``shell``."""
    import matplotlib as mpl

    from dxeval.presenting.own_charts import STYLE, letters_of_last_resort

    shell.config.InlineBackend.figure_formats = {"retina"}
    for name in ("font.family", "svg.fonttype", "svg.hashsalt", "axes.unicode_minus"):
        mpl.rcParams[name] = STYLE[name]
    letters_of_last_resort()
    later("pandas.io.formats.style", _escape_styled)


def _escape_styled(style: ModuleType) -> None:
    """Have a Styler escape values and labels unless it is told not to."""
    Styler = style.Styler  # noqa: N806
    begin = Styler.__init__

    @wraps(begin)
    def escaped(self: Any, *arguments: Any, **more: Any) -> None:
        begin(self, *arguments, **{"escape": "html", **more})
        for axis in (0, 1):
            begin_labels(self, axis=axis, escape="html")

    def escaping(method: Any) -> Any:
        @wraps(method)
        def call(self: Any, *arguments: Any, **more: Any) -> Any:
            return method(self, *arguments, **{"escape": "html", **more})

        return call

    begin_labels = Styler.format_index
    for name, method in (
        ("__init__", escaped),
        ("format", escaping(Styler.format)),
        ("format_index", escaping(Styler.format_index)),
    ):
        setattr(Styler, name, method)
