"""Several sessions together: each item as all of them were asked it, and the totals (延べ)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dxeval.definitions.programme import Session
from dxeval.definitions.survey import Item
from dxeval.errors import FigureError
from dxeval.scoring.rounding import percent
from dxeval.scoring.score import ItemScore, Scores


@dataclass(frozen=True)
class ItemAcross:
    """One item in several sessions; ``scores`` by session id, in the sessions' order.

    Totals count attendances, not people: the same person may have been to several sessions.
    Raises FigureError if a session was asked the item otherwise than ``item`` says.
    """

    item: Item
    scores: Mapping[str, ItemScore]

    def __post_init__(self) -> None:
        for session_id, score in self.scores.items():
            if score.item != self.item:
                raise FigureError(
                    f"{session_id} の「{self.item.name}」は、ほかの回とは問いか選択肢が違うので、"
                    "並べて示せません。"
                )

    @property
    def answered(self) -> tuple[ItemScore, ...]:
        """The scores of the sessions in which anybody answered the item."""
        return tuple(score for score in self.scores.values() if score.n_valid)

    @property
    def counts(self) -> dict[str, int]:
        """How often each level was chosen in all sessions."""
        return {level: self.count(level) for level in self.item.levels}

    @property
    def n_valid(self) -> int:
        """Number of valid answers in all sessions."""
        return sum(score.n_valid for score in self.scores.values())

    @property
    def favourable_range(self) -> tuple[int, int] | None:
        """Lowest and highest favourable percentage (0-100) of a session; None without answers."""
        percents = [percent(score.favourable_count, score.n_valid) for score in self.answered]
        return (min(percents), max(percents)) if percents else None

    def count(self, level: str) -> int:
        """Return how often ``level`` was chosen; NotAskedError for a level the item lacks."""
        return sum(score.count(level) for score in self.scores.values())


@dataclass(frozen=True)
class Totals:
    """Sums over sessions. ``fewest``: the fewest valid answers of an item of a session.

    ``fewest`` leaves out items that nobody answered; it is 0 for a session without answers.
    """

    sessions: int
    attendees: int
    respondents: int
    fewest: int


def item_across(item: str, session_ids: Iterable[str], scores: Mapping[str, Scores]) -> ItemAcross:
    """Return the item of that name in those sessions, of which there must be one.

    Raises NotAskedError if one of them was not asked it, FigureError if they were asked it
    differently.
    """
    found = {session_id: scores[session_id][item] for session_id in session_ids}
    return ItemAcross(next(iter(found.values())).item, found)


def items_across(
    session_ids: Sequence[str], scores: Mapping[str, Scores]
) -> tuple[ItemAcross, ...]:
    """Return every item that any of the sessions was asked, in order; nothing for no sessions.

    Raises NotAskedError unless all were asked the same items, FigureError if not alike.
    """
    asked = dict.fromkeys(item for session_id in session_ids for item in scores[session_id].asked)
    return tuple(item_across(item, session_ids, scores) for item in asked)


def all_respondents(scores: Iterable[Scores]) -> int:
    """Return how many answered in several sessions (延べ)."""
    return sum(session_scores.n_respondents for session_scores in scores)


def totals(sessions: Sequence[Session], scores: Mapping[str, Scores]) -> Totals:
    """Return the sums over sessions, of which there must be one."""
    ours = [scores[session.id] for session in sessions]
    return Totals(
        sessions=len(sessions),
        attendees=sum(session.attendees for session in sessions),
        respondents=all_respondents(ours),
        fewest=min(session_scores.valid_range[0] for session_scores in ours),
    )
