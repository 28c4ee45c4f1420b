"""What a printed number says of whom: a share, a count, an n, a median …, but not its value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.published import Published
from dxeval.definitions.survey import Survey
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.recount.what import What
from dxeval.scoring.rounding import percent
from dxeval.scoring.score import Scores


@dataclass(frozen=True)
class Claim:
    """One number says: ``what``, of which ``sessions`` (ids), ``item`` and ``levels``.

    ``of`` is what else is needed: where a text was typed, a value that does not count, the count
    beside a share, a published figure.
    """

    what: What
    sessions: tuple[str, ...] = ()
    item: str = ""
    levels: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True)
class Answers:
    """All that numbers are computed from: sessions and their scores by id, and what was asked.

    ``written`` by session and question: how many comments are shown, and how many were written.
    ``left_out``: the ids of the sessions that have no page, ``apart`` those of them that could be
    read. ``memo`` keeps what takes long.
    """

    sessions: Mapping[str, Session]
    scores: Mapping[str, Scores]
    survey: Survey
    programme: ProgrammeFile
    published: Sequence[Published] = ()
    written: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    apart: Mapping[str, Session] = field(default_factory=dict)
    memo: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    def session(self, session_id: str) -> Session:
        """Return a session, with or without a page. Raises KeyError."""
        return self.sessions.get(session_id) or self.apart[session_id]

    def of_item(self, claim: Claim) -> list[ItemScore]:
        """Return the claim's item in those of its sessions that were asked it."""
        found = (self.scores[session].get(claim.item) for session in claim.sessions)
        return [score for score in found if score is not None]


@dataclass(frozen=True)
class Basis:
    """The number as it must be printed, one of ``texts``; of a share its count and denominator."""

    texts: tuple[str, ...]
    count: int | None = None
    n: int | None = None
    missing: int | None = None


def number(n: int, of: int | None = None) -> Basis:
    """Return a count, of so many."""
    return Basis((f"{n}",), n, of)


def share(count: int, n: int, missing: int | None = None) -> Basis:
    """Return a share in percent. Raises ZeroDivisionError for nobody."""
    return Basis((f"{percent(count, n)}",), count, n, missing)


def numbers(found: Iterator[int]) -> Basis | None:
    """Return what may be any of several numbers, None of none."""
    texts = tuple(f"{n}" for n in dict.fromkeys(found))
    return Basis(texts) if texts else None
