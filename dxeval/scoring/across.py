"""Several sessions together: each item as all of them were asked it, and the totals (延べ)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dxeval.definitions.item import Item
from dxeval.definitions.programme import Session
from dxeval.errors import FigureError, NotAskedError
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.rounding import percent
from dxeval.scoring.score import Scores
from dxeval.scoring.selections import Selections
from dxeval.scoring.values import Ends, Ordered


@dataclass(frozen=True)
class ItemAcross:
    """One item in the sessions that were asked it; ``scores`` by session id, in their order.

    Totals count attendances, not people: the same person may have been to several sessions.
    ``over`` is what the scores stand side by side of: sessions, or the groups of a cross table.
    Raises FigureError if a session was asked the item otherwise than ``item`` says.
    """

    item: Item
    scores: Mapping[str, ItemScore]
    over: str = "回"

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
    def fewest(self) -> int:
        """The fewest valid answers of a session that has any; 0 if nobody answered."""
        return min((score.n_valid for score in self.answered), default=0)

    @property
    def counts(self) -> dict[str, int]:
        """How often each label was chosen in all sessions."""
        return {label: self.count(label) for label in self.item.labels}

    @property
    def rules(self) -> tuple[tuple[str, ...], ...]:
        """The different rules by which answers count as favourable, each in the item's order.

        Only of sessions in which anybody answered.
        """
        used = (score.favourable for score in self.answered if score.favourable)
        place = self.item.labels.index
        return tuple(dict.fromkeys(tuple(sorted(levels, key=place)) for levels in used))

    @property
    def is_mixed(self) -> bool:
        """Whether not all favourable shares are counted by one rule, and so do not compare."""
        return len(self.rules) > 1

    @property
    def is_favourable(self) -> bool:
        """Whether any session counts a favourable share of the item."""
        return any(score.favourable for score in self.scores.values())

    @property
    def n_valid(self) -> int:
        """Number of valid answers in all sessions."""
        return sum(score.n_valid for score in self.scores.values())

    @property
    def favourable_range(self) -> tuple[int, int] | None:
        """Lowest and highest favourable percentage (0-100) of a session; None without answers."""
        percents = [
            percent(score.favourable_count, score.n_valid)
            for score in self.answered
            if isinstance(score, Distribution) and score.favourable
        ]
        return (min(percents), max(percents)) if percents else None

    @property
    def ends(self) -> Ends:
        """The least and the greatest end of a drawing of the sessions' numbers; (0, 1) for none."""
        ends = [score.ends for score in self.answered if isinstance(score, Ordered)]
        firsts, lasts = zip(*ends, strict=True) if ends else ((Fraction(0),), (Fraction(1),))
        return min(firsts), max(lasts)

    def count(self, level: str) -> int:
        """Return how often ``level`` was chosen; NotAskedError for a level the item lacks."""
        if level not in self.item.labels:
            raise NotAskedError(f"設問「{self.item.name}」に選択肢「{level}」はありません。")
        return sum(
            score.count(level)
            for score in self.scores.values()
            if isinstance(score, Distribution | Selections)
        )


@dataclass(frozen=True)
class Totals:
    """Sums over sessions. ``fewest``: the fewest valid answers of an item of a session.

    ``fewest`` leaves out items that nobody answered; it is 0 for a session without answers.
    ``different``: how many people answered, each counted once; None where ids do not tell.
    """

    sessions: int
    attendees: int
    respondents: int
    fewest: int
    different: int | None = None


def item_across(
    item: str, session_ids: Iterable[str], scores: Mapping[str, Scores]
) -> ItemAcross | None:
    """Return the item of that name in those of the sessions that were asked it; None if none was.

    Raises NotAskedError if nothing is known of it in one of them, FigureError if they were asked
    it differently.
    """
    found = {session_id: scores[session_id].get(item) for session_id in session_ids}
    asked = {session_id: score for session_id, score in found.items() if score is not None}
    return ItemAcross(next(iter(asked.values())).item, asked) if asked else None


def items_across(
    session_ids: Sequence[str], scores: Mapping[str, Scores]
) -> tuple[ItemAcross, ...]:
    """Return every item that any of the sessions was asked, in order; nothing for no sessions.

    Raises NotAskedError if a session neither was asked an item nor is known not to have been,
    FigureError if two were asked it differently.
    """
    asked = dict.fromkeys(item for session_id in session_ids for item in scores[session_id].asked)
    found = (item_across(item, session_ids, scores) for item in asked)
    return tuple(across for across in found if across is not None)


def shared_and_own(
    sessions: Sequence[Session], scores: Mapping[str, Scores]
) -> tuple[tuple[ItemAcross, ...], dict[str, tuple[ItemAcross, ...]]]:
    """Return the items that more than one programme was asked, and by programme those of one alone.

    Where all sessions are of one programme, all its items are shared. Raises as ``items_across``.
    """
    programme_of = {session.id: session.programme for session in sessions}
    single = len({*programme_of.values()}) < 2
    shared: list[ItemAcross] = []
    own: dict[str, tuple[ItemAcross, ...]] = {}
    for across in items_across(list(programme_of), scores):
        programmes = dict.fromkeys(programme_of[session_id] for session_id in across.scores)
        if single or len(programmes) > 1:
            shared.append(across)
        else:
            (programme,) = programmes
            own[programme] = (*own.get(programme, ()), across)
    return tuple(shared), own


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
        different=_different(ours),
    )


def _different(scores: Iterable[Scores]) -> int | None:
    """Return how many people answered in the sessions together; None unless all tell who did."""
    people: set[bytes] = set()
    for session_scores in scores:
        if session_scores.n_respondents:
            if session_scores.people is None:
                return None
            people |= session_scores.people
    return len(people) or None
