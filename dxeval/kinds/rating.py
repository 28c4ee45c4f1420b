"""Whole numbers from one to another, such as 0 to 10: bars along the numbers, never a mean."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from dxeval.definitions.questions import Rating
from dxeval.kinds.labelled import OneLabel, median_card, share_card
from dxeval.presenting import number_words
from dxeval.presenting.numbers import lines_by_session, ticks_picture
from dxeval.presenting.shown import Card, Row, Shown
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.distribution import Rule
from dxeval.scoring.values import Ratings

if TYPE_CHECKING:
    import pandas as pd

    from dxeval.definitions.form import Form
    from dxeval.presenting.html import Fragment
    from dxeval.problems import Problems
    from dxeval.reading.answers import Answers
    from dxeval.reading.numbers import RatingVocabulary
    from dxeval.reading.vocabulary import Column


class RatingKind(OneLabel):
    """How ratings are read, counted and shown."""

    ordered = True

    def vocabulary(self, item: Any, form: "Form") -> "RatingVocabulary":
        """Return the numbers, and what else stands for them."""
        from dxeval.reading.numbers import RatingVocabulary

        return RatingVocabulary(item, form)

    def read(
        self, columns: "Sequence[Column]", vocabulary: Any, form: "Form", problems: "Problems"
    ) -> "Answers":
        """Return the place of each row's number; one that is out of range is a problem."""
        from dxeval.reading.levels import read_labels
        from dxeval.reading.numbers import refuse_ratings

        return read_labels(columns, vocabulary, problems, refuse_ratings)

    def count(self, item: Rating, answers: "pd.Series", rule: Rule) -> Ratings:
        """Return how often each number was chosen."""
        return Ratings.of(item, answers, rule)

    def card(self, score: Ratings) -> Card:
        """Return the favourable share, or the median where no number is favourable."""
        return share_card(score) or median_card(score)

    def shown(self, score: Ratings) -> Shown:
        """Return the bars along the numbers, with their counts."""
        item: Any = score.item
        return Shown(
            number_words.ratings_headline(score),
            partial(ticks_picture, score, item),
            notes=number_words.ratings_notes(score),
            sentence=number_words.median_text(score),
        )

    def rule(self, name: str, favourable: Sequence[str], reason: str | None = None) -> str:
        """Return the span of the numbers that count as favourable."""
        return number_words.rating_rule(name, favourable, reason)

    def definition(self, item: Rating) -> str:
        """Return which numbers count as favourable."""
        return self.rule(item.name, item.favourable) if item.favourable else ""

    def compared(self, across: ItemAcross, rows: Sequence[Row]) -> "Fragment":
        """Return median and quartiles, a row a session."""
        return lines_by_session(across, rows)


KIND = RatingKind()
