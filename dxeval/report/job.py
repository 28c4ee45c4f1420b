"""Jobs: all that one page is made from, by value, so that any process anywhere can make it."""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from dxeval.definitions.photo_files import FOLDER
from dxeval.problems import Problem
from dxeval.report.engines import STOCK
from dxeval.report.kinds import Answered, PageKind, Subject
from dxeval.report.notebook.template import Parameters, Raised, failed_notebook
from dxeval.report.site.links import Frame
from dxeval.report.sources import Sources

PARAMETERS = "parameters"
Announce = Callable[[int | None], object]


def sha256(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hex."""
    return hashlib.sha256(content).hexdigest()


def veiled(name: str) -> str:
    """Return what ``outputs/`` may say of a file's name: a photograph's may be a person's."""
    folder, _, own = name.rpartition("/")
    return f"{folder}/{sha256(own.encode())[:16]}" if folder == FOLDER else name


class FailureKind(StrEnum):
    """What was wrong where no page could be made: the files, or the notebook and its process."""

    DATA = "data"
    NOTEBOOK = "notebook"


@dataclass(frozen=True)
class Failure:
    """Why no page could be made, in words for the command line.

    ``notebook`` is what the analyst may look into, without outputs; None if none was run.
    """

    kind: FailureKind
    words: str
    notebook: bytes | None = None


@dataclass(frozen=True)
class Made:
    """What became of a job: output files by their place in ``outputs/``, or a failure.

    ``warnings`` are those of the answers; ``seconds`` is the time it took.
    """

    id: str
    outputs: dict[str, bytes] = field(default_factory=dict)
    answered: Answered = field(default_factory=Answered)
    warnings: tuple[Problem, ...] = ()
    failure: Failure | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Checked:
    """What became of a check: who answered, or a failure."""

    id: str
    answered: Answered = field(default_factory=Answered)
    failure: Failure | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Job:
    """One page to make: its files by their place in a workspace, and the notebook's parameters.

    It can be pickled and holds nothing that the page does not use, so that the hashes of its
    contents say whether the page is up to date. ``code`` is the source of kinds of question that
    other packages add, by their name. ``timeout`` is in seconds for each cell; ``frame`` is what
    will stand around the page if no other page fails. ``nearby`` are the places of the workspace's
    other files: only names, and only for messages.
    """

    kind: PageKind
    id: str
    files: dict[str, bytes]
    parameters: Parameters
    code: dict[str, bytes] = field(default_factory=dict)
    timeout: int = 600
    engine: str = STOCK
    frame: Frame = field(default_factory=lambda: Frame(""))
    nearby: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        kind: PageKind,
        sources: Sources,
        subject: Subject,
        failed: Collection[str] = (),
    ) -> "Job":
        """Return the job of a subject's page, without the sessions that ``failed``.

        Raises DataError for a session's files, NotebookError if the template is not there.
        """
        files = kind.files(sources, subject, failed)
        parameters = kind.parameters(subject, failed)
        code = sources.added_code()
        return cls(kind, subject.id, files, parameters, code, nearby=sources.nearby)

    @property
    def template(self) -> bytes:
        """The template notebook, without outputs."""
        return self.files[self.kind.template]

    @cached_property
    def inputs(self) -> dict[str, str]:
        """The SHA-256 of each file, of added code and of the parameters."""
        parts = {**self.files, **{f"設問の種類 {kind}": text for kind, text in self.code.items()}}
        hashes = {veiled(name): sha256(content) for name, content in sorted(parts.items())}
        return {**hashes, PARAMETERS: sha256(json.dumps(self.parameters).encode())}

    @property
    def names(self) -> dict[str, str]:
        """The files' names by what they are called in ``inputs``."""
        return {veiled(name): name for name in self.files}

    @property
    def digest(self) -> str:
        """One SHA-256 of all inputs: what the page's foot shows."""
        return sha256(json.dumps(self.inputs).encode())

    def failure(
        self, words: str, raised: Raised | None = None, kind: FailureKind = FailureKind.NOTEBOOK
    ) -> Failure:
        """Return a failure of the notebook, which is kept with the place where it raised."""
        return Failure(kind, words, failed_notebook(self.template, self.parameters, raised))

    def lost(self, words: str) -> Made:
        """Return the end of a job whose process failed."""
        return Made(self.id, failure=self.failure(words))


@dataclass(frozen=True)
class Check:
    """A session whose page is not to be made, only whether its answers and photographs can be used.

    So that pages which gather sessions know whether to leave it out. ``job`` would make its page.
    """

    job: Job

    @property
    def id(self) -> str:
        """The id of the page."""
        return self.job.id

    @property
    def kind(self) -> PageKind:
        """The kind of the page."""
        return self.job.kind

    @property
    def timeout(self) -> int:
        """Seconds, as of the job."""
        return self.job.timeout

    def lost(self, words: str) -> Checked:
        """Return the end of a check whose process failed."""
        return Checked(self.id, failure=Failure(FailureKind.NOTEBOOK, words))


Task = Job | Check
Ended = Made | Checked
