"""Numbers with a unit: median, quartiles, least and most."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from dxeval.definitions.questions import Number
from dxeval.kinds.kind import Kind
from dxeval.kinds.labelled import median_card
from dxeval.presenting import number_words, wording
from dxeval.presenting.numbers import line_key, line_picture, lines_by_session
from dxeval.presenting.shown import Card, Row, Shown
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.distribution import Rule
from dxeval.scoring.values import Values

if TYPE_CHECKING:
    import pandas as pd

    from dxeval.definitions.form import Form
    from dxeval.presenting.html import Fragment
    from dxeval.problems import Problems
    from dxeval.reading.answers import Answers
    from dxeval.reading.numbers import NumberVocabulary
    from dxeval.reading.vocabulary import Column


class NumberKind(Kind):
    """How numbers are read, counted and shown."""

    def vocabulary(self, item: Number, form: "Form") -> "NumberVocabulary":
        """Return which numbers may be answers."""
        from dxeval.reading.numbers import NumberVocabulary

        return NumberVocabulary(item, form)

    def read(
        self,
        columns: "Sequence[Column]",
        vocabulary: "NumberVocabulary",
        form: "Form",
        problems: "Problems",
    ) -> "Answers":
        """Return the number of each row, NaN where nobody answered."""
        from dxeval.reading.numbers import read_numbers

        return read_numbers(columns, vocabulary, problems)

    def column(self, item: Number, values: Sequence[float]) -> Sequence[float]:
        """Return the numbers, NaN where nobody answered."""
        import pandas as pd

        return pd.array(values, dtype="float64")

    def count(self, item: Number, answers: "pd.Series", rule: Rule) -> Values:
        """Return the numbers in order."""
        return Values.of(item, answers)

    def card(self, score: Any) -> Card:
        """Return the median."""
        return median_card(score, score.item.unit or "")

    def shown(self, score: Values) -> Shown:
        """Return the numbers along a line."""
        item: Any = score.item
        return Shown(
            line_key(score) if score.n_valid else wording.NO_ANSWERS,
            partial(line_picture, score, item),
            notes=[number_words.QUARTILES],
            sentence=number_words.median_text(score),
        )

    def told(self, score: Any) -> str:
        """Return the five numbers."""
        return number_words.order_text(score, score.item.unit or "")

    def compared(self, across: ItemAcross, rows: Sequence[Row]) -> "Fragment":
        """Return median and quartiles, a row a session."""
        return lines_by_session(across, rows, getattr(across.item, "unit", None) or "")


KIND = NumberKind()
