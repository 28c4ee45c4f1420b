"""Jobs: all that one page is made from, by value, so that any process anywhere can make it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from dxeval.errors import Problem
from dxeval.report.notebook.template import Parameters
from dxeval.report.site.links import OVERALL, Frame

PARAMETERS = "parameters"
WARM, STOCK = "warm", "nbclient"
"""The engines: ours in a forked process, and Papermill's own with a kernel of its own."""
Announce = Callable[[int | None], object]


def sha256(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hex."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Job:
    """One page to make: its files by their place in a workspace, and the notebook's parameters.

    It can be pickled and holds nothing that the page does not use, so that the hashes of its
    contents say whether the page is up to date. ``timeout`` is in seconds for each cell;
    ``only_check`` asks for no page, just whether the answers and photographs can be used;
    ``frame`` is what will stand around the page if no other page fails.
    """

    id: str
    files: dict[str, bytes]
    parameters: Parameters
    timeout: int = 600
    only_check: bool = False
    engine: str = STOCK
    frame: Frame = field(default_factory=lambda: Frame(""))

    @property
    def notebook(self) -> str:
        """The place of the template notebook."""
        return f"notebooks/{OVERALL if self.id == OVERALL else 'session'}.ipynb"

    @property
    def template(self) -> bytes:
        """The template notebook, without outputs."""
        return self.files[self.notebook]

    @cached_property
    def inputs(self) -> dict[str, str]:
        """The SHA-256 of each file and of the parameters."""
        hashes = {name: sha256(content) for name, content in sorted(self.files.items())}
        return {**hashes, PARAMETERS: sha256(json.dumps(self.parameters).encode())}

    @property
    def digest(self) -> str:
        """One SHA-256 of all inputs: what the page's foot shows."""
        return sha256(json.dumps(self.inputs).encode())


@dataclass(frozen=True)
class Failure:
    """Why no page could be made: ``data`` or ``notebook``, in words for the command line.

    ``notebook`` is what the analyst may look into, without outputs; None if none was run.
    """

    kind: str
    words: str
    notebook: bytes | None = None


@dataclass(frozen=True)
class Made:
    """What became of a job: further output files by their place in ``outputs/``, or a failure.

    ``respondents`` is None for the overall page and where no answers have arrived; ``warnings``
    are those of the answers; ``seconds`` is the time it took.
    """

    id: str
    outputs: dict[str, bytes] = field(default_factory=dict)
    respondents: int | None = None
    warnings: tuple[Problem, ...] = ()
    failure: Failure | None = None
    seconds: float = 0.0
