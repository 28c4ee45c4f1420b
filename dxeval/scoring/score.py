"""From Responses to Scores: what was answered in one session, counted and checked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from dxeval.definitions.item import Item
from dxeval.definitions.programme import FavourableRule
from dxeval.definitions.survey import Survey
from dxeval.errors import FigureError, NotAskedError
from dxeval.reading.responses import Responses
from dxeval.scoring.rounding import length, percent
from dxeval.scoring.uncounted import Uncounted, uncounted

Extent = tuple[float, float]
"""Where a piece of a bar starts and how wide it is, as shares (0-1) of the whole bar."""


@dataclass(frozen=True)
class ItemScore:
    """How one item was answered in one session.

    ``counts`` runs along ``item.levels``, 0 where nobody chose a level. ``favourable`` is the
    rule in force; ``reason`` says why it is not the survey's, None where it is. Raises
    FigureError if these do not fit each other.
    """

    item: Item
    counts: tuple[int, ...]
    n_missing: int
    favourable: tuple[str, ...]
    reason: str | None = None

    def __post_init__(self) -> None:
        name, levels, favourable = self.item.name, self.item.levels, self.favourable
        if len(self.counts) != len(levels):
            numbers = f"人数が{len(self.counts)}個、選択肢が{len(levels)}個"
            raise FigureError(f"「{name}」の人数の個数が選択肢と合いません（{numbers}）。")
        if negative := [count for count in (*self.counts, self.n_missing) if count < 0]:
            raise FigureError(f"「{name}」に負の人数があります（{negative[0]}）。")
        if strange := [level for level in favourable if level not in levels]:
            raise FigureError(f"「{name}」の肯定的回答の「{strange[0]}」は選択肢にありません。")
        if not favourable or len(set(favourable)) < len(favourable):
            shown = "、".join(favourable) or "なし"
            raise FigureError(f"「{name}」の肯定的回答がないか、重なっています（{shown}）。")

    @property
    def n_valid(self) -> int:
        """Number of respondents who answered this item: the denominator of every share."""
        return sum(self.counts)

    @property
    def favourable_count(self) -> int:
        """Number of respondents who chose a favourable level."""
        return self.count(*self.favourable)

    @property
    def favourable_share(self) -> float | None:
        """Favourable count / valid n (0-1); None if nobody answered."""
        return self.share(*self.favourable)

    @property
    def favourable_percent(self) -> int | None:
        """Favourable share as shown (0-100); None if nobody answered."""
        return self.percent(*self.favourable)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The levels that somebody chose, in order."""
        return tuple(level for level, count in self if count)

    def count(self, *levels: str) -> int:
        """Return how many chose any of ``levels``; NotAskedError for a level the item lacks."""
        counts = dict(self)
        if strange := [level for level in levels if level not in counts]:
            raise NotAskedError(f"設問「{self.item.name}」に選択肢「{strange[0]}」はありません。")
        return sum(counts[level] for level in levels)

    def share(self, *levels: str) -> float | None:
        """Return the share (0-1) of valid answers in ``levels``; None if nobody answered."""
        return self.count(*levels) / self.n_valid if self.n_valid else None

    def percent(self, *levels: str) -> int | None:
        """Return the percentage (0-100) of ``levels`` as shown; None if nobody answered."""
        return percent(self.count(*levels), self.n_valid) if self.n_valid else None

    @property
    def favourable_length(self) -> str:
        """Favourable share as a line's length in percent (``52.381``); 0 if nobody answered."""
        return length(self.favourable_share or 0)

    @property
    def favourable_start(self) -> str | None:
        """Where the favourable levels begin in the bar, as a length in percent (``20.000``).

        ``0`` if the bar begins with them; None if others stand between them or nobody answered.
        """
        places = sorted(self.item.levels.index(level) for level in self.favourable)
        if not self.n_valid or places != [*range(places[0], places[-1] + 1)]:
            return None
        before = self._before(self.item.levels[places[0]])
        return length(before / self.n_valid) if before else "0"

    def extent(self, level: str) -> Extent:
        """Return a level's piece of the bar of all valid answers, best level first.

        Raises ZeroDivisionError if nobody answered: there is no bar.
        """
        count, n = self.count(level), self.n_valid
        return self._before(level) / n, count / n

    def units(self, level: str) -> list[Extent]:
        """Return the piece of the bar of each respondent who chose ``level``."""
        count, n = self.count(level), self.n_valid
        start = self._before(level)
        return [(place / n, 1 / n) for place in range(start, start + count)]

    def _before(self, level: str) -> int:
        """Return how many chose a level that stands before ``level``."""
        return self.count(*self.item.levels[: self.item.levels.index(level)])

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Iterate over (level, count), best level first."""
        return zip(self.item.levels, self.counts, strict=True)


@dataclass(frozen=True)
class Scores:
    """All figures of one session: table, headline, chart, alt text and summary take these.

    ``items`` are those that the session was asked, in the survey's order; ``not_asked`` are the
    names of others that its questionnaire has (質問なし), ``elsewhere`` of those that only other
    questionnaires have; ``uncounted`` is what of its export does not count. Raises FigureError if
    an item comes twice, or its answers and missing ones are not ``n_respondents`` together.
    """

    session_id: str
    n_respondents: int
    items: tuple[ItemScore, ...]
    not_asked: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    uncounted: Uncounted = field(default_factory=Uncounted)

    def __post_init__(self) -> None:
        names = [*(score.item.name for score in self.items), *self.not_asked, *self.elsewhere]
        if len(set(names)) < len(names):
            raise FigureError(f"{self.session_id} の集計に同じ設問が2度あります。")
        for score in self.items:
            if score.n_valid + score.n_missing != self.n_respondents:
                raise FigureError(
                    f"{self.session_id} の「{score.item.name}」の人数が合いません"
                    f"（有効回答 {score.n_valid}、無回答 {score.n_missing}、"
                    f"回答者 {self.n_respondents}）。"
                )

    @cached_property
    def _by_item(self) -> dict[str, ItemScore]:
        return {score.item.name: score for score in self.items}

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of the items that the session was asked, in order."""
        return tuple(self._by_item)

    def __getitem__(self, item: str) -> ItemScore:
        """Return the score of the item with that name; NotAskedError if it was not asked."""
        try:
            return self._by_item[item]
        except KeyError:
            raise NotAskedError(
                f"{self.session_id} では「{item}」を聞いていません"
                f"（聞いた設問：{'、'.join(self.asked) or 'なし'}）。"
            ) from None

    def get(self, item: str) -> ItemScore | None:
        """Return the score of the item with that name; None if it is known not to be asked.

        Raises NotAskedError for an item of which nothing is known.
        """
        return None if item in (*self.not_asked, *self.elsewhere) else self[item]

    def __iter__(self) -> Iterator[ItemScore]:
        """Iterate over the items in the survey's order."""
        return iter(self.items)

    @property
    def valid_range(self) -> tuple[int, int]:
        """Fewest and most valid answers of an item that anybody answered; (0, 0) if none was."""
        answered = [score.n_valid for score in self if score.n_valid]
        return min(answered, default=0), max(answered, default=0)

    def response_rate(self, attendees: int) -> int:
        """Return respondents of ``attendees`` in percent, above 100 if more answered than came."""
        return percent(self.n_respondents, attendees)

    @property
    def frame(self) -> pd.DataFrame:
        """One row an item and level: session_id item level count share n_valid n_missing
        favourable_count favourable_share; shares 0-1, missing if nobody answered.
        """  # noqa: D205
        return pd.DataFrame(
            {
                "session_id": self.session_id,
                "item": score.item.name,
                "level": level,
                "count": count,
                "share": score.share(level),
                "n_valid": score.n_valid,
                "n_missing": score.n_missing,
                "favourable_count": score.favourable_count,
                "favourable_share": score.favourable_share,
            }
            for score in self
            for level, count in score
        )


def score(
    responses: Responses,
    survey: Survey,
    rules: Iterable[FavourableRule] = (),
    not_asked: Iterable[str] = (),
    elsewhere: Iterable[str] = (),
) -> Scores:
    """Count one session's responses: per item and level, valid n, missing, favourable.

    ``survey`` is what the session was asked, its form perhaps less; ``not_asked`` and
    ``elsewhere`` are further items, as Scores has them. ``rules`` are the session's own favourable
    rules; elsewhere the survey's hold. Raises FigureError if a column's categories are not its
    item's levels.
    """
    own = {rule.item: rule for rule in rules}
    items = []
    lacking = [item.name for item in survey.items if item.name not in responses.answers]
    for item in survey.items:
        if item.name in lacking:
            continue
        answers = responses.answers[item.name].cat
        if tuple(answers.categories) != item.levels:
            raise FigureError(f"「{item.name}」の回答の選択肢が、設問の選択肢と合いません。")
        n_missing, *counts = np.bincount(answers.codes + 1, minlength=len(item.levels) + 1)
        rule = own.get(item.name)
        items.append(
            ItemScore(
                item,
                tuple(int(count) for count in counts),
                int(n_missing),
                rule.levels if rule else item.favourable,
                rule.reason if rule else None,
            )
        )
    return Scores(
        responses.session_id,
        responses.n_respondents,
        tuple(items),
        (*lacking, *not_asked),
        tuple(elsewhere),
        uncounted([responses]),
    )
