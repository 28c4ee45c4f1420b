"""Several of several: shares of respondents, which may add to more than 100 %."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from dxeval.definitions.questions import Choices
from dxeval.kinds.kind import Kind
from dxeval.presenting import wording
from dxeval.presenting.shares import shares_by_session, shares_picture
from dxeval.presenting.shown import Row, Shown
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.distribution import Rule
from dxeval.scoring.selections import Selections

if TYPE_CHECKING:
    import pandas as pd

    from dxeval.definitions.form import Form
    from dxeval.presenting.html import Fragment
    from dxeval.problems import Problems
    from dxeval.reading.answers import Answers
    from dxeval.reading.several_vocabulary import SeveralVocabulary
    from dxeval.reading.vocabulary import Column


class ChoicesKind(Kind):
    """How choices of several are read, counted and shown."""

    def vocabulary(self, item: Choices, form: "Form") -> "SeveralVocabulary":
        """Return the item's labels, and what stands between two of them."""
        from dxeval.reading.several_vocabulary import SeveralVocabulary

        return SeveralVocabulary(item, form)

    def read(
        self,
        columns: "Sequence[Column]",
        vocabulary: "SeveralVocabulary",
        form: "Form",
        problems: "Problems",
    ) -> "Answers":
        """Return the places of the labels that each row chose, None where nobody answered."""
        from dxeval.reading.several import read_several

        return read_several(columns, vocabulary, problems)

    def column(self, item: Choices, values: Sequence[Any]) -> list[Any]:
        """Return frozensets of labels, None where nobody answered."""
        import pandas as pd

        labels = item.labels
        sets = {chosen: frozenset(labels[i] for i in chosen) for chosen in {*values} - {None}}
        return pd.Series([sets.get(chosen) for chosen in values], dtype=object).array

    def count(self, item: Choices, answers: "pd.Series", rule: Rule) -> Selections:
        """Return how many chose each label."""
        return Selections.of(item, answers)

    def shown(self, score: Selections) -> Shown:
        """Return a bar a label, with its numbers."""
        leaders = wording.leaders_text(score)
        several = "（いくつでも）" if score.n_valid else ""
        return Shown(
            f"{wording.leaders_headline(score)}{several}",
            partial(shares_picture, score),
            notes=[self.definition(score.item)],
            sentence=f"{score.item.name}（いくつでも）は{leaders}。",
        )

    def told(self, score: Selections) -> str:
        """Return how many chose each label."""
        return "、".join(f"{label} {count}" for label, count in score)

    def definition(self, item: Any) -> str:
        """Return that the shares are of respondents."""
        return f"{item.name}{wording.OF_RESPONDENTS}"

    def compared(self, across: ItemAcross, rows: Sequence[Row]) -> "Fragment":
        """Return the shares of each label, a row a session."""
        return shares_by_session(across, rows)


KIND = ChoicesKind()
