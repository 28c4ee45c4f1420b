"""What a page is about, and what became known of its answers while it was made."""

from dataclasses import dataclass, field

from dxeval.definitions.programme import Session
from dxeval.errors import DataError
from dxeval.problems import Problem
from dxeval.scoring.kept import Kept


@dataclass(frozen=True)
class Subject:
    """What one page is about: the page's id, and the sessions that it shows, in the report's order.

    ``about`` is the id of the session or programme that the page is of, empty for the whole report;
    ``error`` says why the page cannot be made, whatever its files say.
    """

    id: str
    sessions: tuple[Session, ...]
    about: str = ""
    error: DataError | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Answered:
    """Who answered on a page, what its session was not asked, and what the index shows of it.

    ``respondents`` is None where several sessions are shown or no answers have arrived.
    """

    respondents: int | None = None
    not_asked: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True)
class Arrived:
    """What a batch must know of the answers on a page.

    ``warnings`` are of reading them; ``comments`` may stand on the page only where they were
    chosen; ``uncounted`` says what does not count, for the page's foot.
    """

    answered: Answered = field(default_factory=Answered)
    warnings: tuple[Problem, ...] = ()
    comments: tuple[str, ...] = ()
    uncounted: str = ""


@dataclass(frozen=True)
class Figures:
    """Files of figures by their place in ``outputs/``.

    ``warnings``, ``comments`` and ``uncounted``, as in ``Arrived``, are of all answers together.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    comments: tuple[str, ...] = ()
    uncounted: str = ""
