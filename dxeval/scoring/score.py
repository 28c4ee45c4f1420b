"""From Responses to Scores: the only place that counts and the only place that rounds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dxeval.definitions.programme import FavourableRule
from dxeval.definitions.survey import Item, Survey
from dxeval.reading.responses import Responses


def percent(count: int, n: int) -> int:
    """Return ``count`` of ``n`` in percent (0-100), rounded once, half up, from the counts.

    Half up as survey reports print it: 1/8 is 13, where Python's round() would say 12.
    Raises ZeroDivisionError if ``n`` is 0: nobody answered is not 0 %.
    """
    return (200 * count + n) // (2 * n)


@dataclass(frozen=True)
class ItemScore:
    """How one item was answered in one session.

    ``counts`` runs along ``item.levels``, 0 where nobody chose a level. ``favourable`` is the
    rule in force; ``reason`` says why it is not the survey's, None where it is.
    """

    item: Item
    counts: tuple[int, ...]
    n_missing: int
    favourable: tuple[str, ...]
    reason: str | None = None

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
        """Return how many chose any of ``levels``; KeyError for a level the item lacks."""
        counts = dict(self)
        return sum(counts[level] for level in levels)

    def share(self, *levels: str) -> float | None:
        """Return the share (0-1) of valid answers in ``levels``; None if nobody answered."""
        return self.count(*levels) / self.n_valid if self.n_valid else None

    def percent(self, *levels: str) -> int | None:
        """Return the percentage (0-100) of ``levels`` as shown; None if nobody answered."""
        return percent(self.count(*levels), self.n_valid) if self.n_valid else None

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Iterate over (level, count), best level first."""
        return zip(self.item.levels, self.counts, strict=True)


@dataclass(frozen=True)
class Scores:
    """All figures of one session: table, headline, chart, alt text and summary take these."""

    session_id: str
    n_respondents: int
    items: tuple[ItemScore, ...]

    def __getitem__(self, item: str) -> ItemScore:
        """Return the score of the item with that name; KeyError if there is none."""
        return {score.item.name: score for score in self.items}[item]

    def __iter__(self) -> Iterator[ItemScore]:
        """Iterate over the items in the survey's order."""
        return iter(self.items)

    @property
    def valid_range(self) -> tuple[int, int]:
        """Fewest and most valid answers of an item that anybody answered; (0, 0) if none was."""
        answered = [score.n_valid for score in self if score.n_valid]
        return min(answered, default=0), max(answered, default=0)

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


def score(responses: Responses, survey: Survey, rules: Iterable[FavourableRule] = ()) -> Scores:
    """Count one session's responses: per item and level, valid n, missing, favourable.

    ``rules`` are the session's own favourable rules; elsewhere the survey's hold. Raises
    ValueError if a column's categories are not its item's levels.
    """
    own = {rule.item: rule for rule in rules}
    items = []
    for item in survey.items:
        answers = responses.answers[item.name].cat
        if tuple(answers.categories) != item.levels:
            raise ValueError(f"{item.name}: categories are not the item's levels, in order")
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
    return Scores(responses.session_id, responses.n_respondents, tuple(items))
