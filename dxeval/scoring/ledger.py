"""The ledger of a session: who was invited, came and answered, and what every row became.

It is refused where it does not add up. For a question that not everybody answered it has the least
and the greatest favourable share that all together may have.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dxeval.definitions.programme import Session
from dxeval.errors import FigureError
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.score import Scores
from dxeval.scoring.span import Span


@dataclass(frozen=True)
class ItemLedger:
    """One item: all ``n_asked`` answered or left it blank.

    ``with_blanks``: the favourable answers if all blanks were unfavourable, and if all were
    favourable; ``with_silent``: the same of those who came and of whom no answer counts, too. None
    where there are no such people, no rule, or not everybody was to answer.
    """

    score: ItemScore
    n_asked: int
    silent: int

    def __post_init__(self) -> None:
        if self.score.n_valid + self.score.n_missing != self.n_asked:
            name = self.score.item.name
            raise FigureError(f"「{name}」の人数が、聞いた{self.n_asked}人と合いません。")

    @property
    def with_blanks(self) -> Span | None:
        """The range with those who left the item blank."""
        return self._range(self.score.n_missing)

    @property
    def with_silent(self) -> Span | None:
        """The range with those of whom no answer counts besides; None if there are none."""
        return self._range(self.score.n_missing + self.silent) if self.silent else None

    def _range(self, unknown: int) -> Span | None:
        count = self.score.favourable_count if self.score.favourable else None
        if count is None or not unknown or not self.score.awaited:
            return None
        return Span(count, count + unknown, self.score.n_valid + unknown)


@dataclass(frozen=True)
class Ledger:
    """People and rows of one session.

    ``n_rows`` of the export are ``responded`` (a row a person), ``superseded``, ``identical``,
    ``withdrawn`` (a row a person, whose other rows are superseded) and ``not_counted``; None where
    there is no export. Raises FigureError unless they add up.
    """

    session_id: str
    invited: int | None
    attended: int
    municipalities: int | None
    n_rows: int | None
    responded: int
    superseded: int
    identical: int
    withdrawn: int
    not_counted: int
    items: tuple[ItemLedger, ...]

    def __post_init__(self) -> None:
        parts = (self.responded, self.superseded, self.identical, self.withdrawn, self.not_counted)
        if self.n_rows is not None and self.n_rows != sum(parts):
            told = "＋".join(map(str, parts))
            of = f"{self.session_id} の回答ファイルの{self.n_rows}行"
            raise FigureError(f"{of}が、{told} と合いません。")

    @property
    def silent(self) -> int:
        """Number of people who came and of whom no answer counts; 0 where more answered than came.

        Those who asked to be taken out are among them: nothing tells them from others.
        """
        return _silent(self.attended, self.responded)

    @property
    def beyond(self) -> bool:
        """Whether more people answered than came."""
        return self.responded > self.attended

    @property
    def left_out(self) -> int:
        """Number of rows that do not count."""
        return self.superseded + self.identical + self.withdrawn + self.not_counted

    @property
    def response_share(self) -> float:
        """Respondents of those who came, as a share; above 1 if more answered."""
        return self.responded / self.attended

    @property
    def is_plain(self) -> bool:
        """Whether all who came answered and nobody else is known of."""
        return self.invited is None and self.responded == self.attended

    def uncertain(self) -> Iterator[ItemLedger]:
        """Yield the items whose share may be another, since not everybody answered who came."""
        for item in self.items:
            if item.with_blanks or item.with_silent:
                yield item


def ledger(session: Session, scores: Scores) -> Ledger:
    """Return a session's ledger. Raises FigureError if it does not add up."""
    found = scores.uncounted
    silent = _silent(session.attendees, scores.n_respondents)
    return Ledger(
        session.id,
        session.invited,
        session.attendees,
        session.municipalities,
        scores.n_rows,
        scores.n_respondents,
        found.superseded,
        found.identical,
        found.withdrawn,
        found.n_rows,
        tuple(ItemLedger(score, scores.n_respondents, silent) for score in scores),
    )


def _silent(attended: int, responded: int) -> int:
    return max(attended - responded, 0)
