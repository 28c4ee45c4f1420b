"""Words of one's own: kept apart by question, shown only where they were chosen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dxeval.definitions.questions import FreeText
from dxeval.kinds.kind import Kind
from dxeval.presenting.html import Fragment
from dxeval.presenting.shown import Shown
from dxeval.scoring.distribution import Rule
from dxeval.scoring.values import Written

if TYPE_CHECKING:
    import pandas as pd

    from dxeval.definitions.form import Form
    from dxeval.problems import Problems
    from dxeval.reading.answers import Answers
    from dxeval.reading.vocabulary import Column, Vocabulary


class TextKind(Kind):
    """How words of one's own are read and counted."""

    def read(
        self,
        columns: "Sequence[Column]",
        vocabulary: "Vocabulary",
        form: "Form",
        problems: "Problems",
    ) -> "Answers":
        """Return what each row says, None where it says nothing."""
        from dxeval.reading.texts import read_texts

        return read_texts(columns, vocabulary)

    def column(self, item: FreeText, values: Sequence[Any]) -> Any:
        """Return the texts, missing where nobody wrote."""
        import pandas as pd

        return pd.array([*values], dtype="string")

    def count(self, item: FreeText, answers: "pd.Series", rule: Rule) -> Written:
        """Return how many wrote something."""
        return Written.of(item, answers)

    def shown(self, score: Written) -> Shown:
        """Return nothing to see: comments stand in a part of their own."""
        return Shown("", Fragment)


KIND = TextKind()
