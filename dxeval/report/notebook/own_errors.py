"""An IPython extension: errors about the data leave the kernel under their full name.

Papermill hands on what a cell raised as text: the name of its class, and its words. Other libraries
have a DataError too (pandas does), whose words may hold answers and must not be shown; the words of
ours are for the user. No class of another library can have a name with dots.
"""

from types import TracebackType
from typing import TYPE_CHECKING

from dxeval.errors import DataError, WorkspaceError

if TYPE_CHECKING:
    from ipykernel.zmqshell import ZMQInteractiveShell

OWN = (DataError, WorkspaceError)
FULL_NAMES = {f"{error.__module__}.{error.__qualname__}": error for error in OWN}


def load_ipython_extension(shell: "ZMQInteractiveShell") -> None:
    """Have the shell of a kernel name our errors in full where a cell raises them."""
    shell.set_custom_exc(OWN, _show)


def _show(
    shell: "ZMQInteractiveShell",
    raised: type[BaseException],
    error: BaseException,
    traceback: TracebackType,
    tb_offset: int | None = None,
) -> None:
    own = next(own for own in OWN if isinstance(error, own))
    named = type(f"{own.__module__}.{own.__qualname__}", (own,), {})
    shell.showtraceback((named, error, traceback), tb_offset=tb_offset)
