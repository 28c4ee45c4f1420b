"""Of how many comments that were written so many are shown: readers must know it is a choice."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dxeval.definitions.programme import Session
from dxeval.scoring.score import Scores


class Chosen(NamedTuple):
    """How many comments are shown, and how many were written."""

    shown: int
    written: int


def chosen(session: Session, scores: Scores) -> Chosen | None:
    """Return both numbers of one session, None where no answers have arrived."""
    written = scores.n_written
    return None if written is None else Chosen(len(session.comments), written)


def all_chosen(sessions: Iterable[Session], scores: Mapping[str, Scores]) -> Chosen | None:
    """Return both numbers of the sessions whose answers have arrived, None if there are none."""
    known = [found for s in sessions if (found := chosen(s, scores[s.id])) is not None]
    if not known:
        return None
    return Chosen(sum(one.shown for one in known), sum(one.written for one in known))
