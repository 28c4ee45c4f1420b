"""What the kinds share whose answers are one label of several."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dxeval.definitions.item import Labelled
from dxeval.kinds.kind import Kind
from dxeval.presenting import wording
from dxeval.presenting.shown import Card
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.values import Ordered

if TYPE_CHECKING:
    import pandas as pd

    from dxeval.definitions.form import Form
    from dxeval.problems import Problems
    from dxeval.reading.answers import Answers
    from dxeval.reading.vocabulary import Column, LabelVocabulary


class OneLabel(Kind):
    """Reads one label of several; ``ordered`` says whether their order means anything."""

    ordered: bool

    def vocabulary(self, item: Labelled, form: "Form") -> "LabelVocabulary":
        """Return the item's labels, aliases and codes."""
        from dxeval.reading.vocabulary import LabelVocabulary

        return LabelVocabulary(item, form)

    def read(
        self,
        columns: "Sequence[Column]",
        vocabulary: "LabelVocabulary",
        form: "Form",
        problems: "Problems",
    ) -> "Answers":
        """Return the place of each row's label, -1 where nobody answered."""
        from dxeval.reading.levels import read_labels

        return read_labels(columns, vocabulary, problems)

    def column(self, item: Labelled, values: Sequence[int]) -> "pd.Categorical":
        """Return a categorical of the labels."""
        import numpy as np
        import pandas as pd

        codes = np.array(values, dtype="int64")
        return pd.Categorical.from_codes(codes, categories=[*item.labels], ordered=self.ordered)

    def told(self, score: Distribution) -> str:
        """Return the count of each label."""
        return "、".join(f"{label} {count}" for label, count in score)


def share_card(score: Distribution) -> Card | None:
    """Return the favourable share of an item, None if it has no favourable labels."""
    if not score.favourable:
        return None
    n, count = score.n_valid, score.favourable_count
    value = f"{score.favourable_percent}%" if n else wording.NO_SHARE
    tone = {True: "full", False: "below", None: ""}[score.is_full]
    return Card(value, f"{count} / {n}人", f"{count}/{n}人", score.favourable_length, tone)


def median_card(score: Ordered, unit: str = "") -> Card:
    """Return the median of an item's numbers."""
    value = f"{score.told('median')}{unit if score.n_valid else ''}"
    return Card(value, f"中央値（{score.n_valid}人）", f"中央値（{score.n_valid}人）")
