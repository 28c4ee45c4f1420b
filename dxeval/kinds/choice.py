"""One of several without an order, yes or no too: a bar a label."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from dxeval.definitions.questions import Choice
from dxeval.kinds.labelled import OneLabel
from dxeval.presenting import wording
from dxeval.presenting.shares import shares_by_session, shares_picture
from dxeval.presenting.shown import Row, Shown
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.distribution import Distribution, Rule

if TYPE_CHECKING:
    import pandas as pd

    from dxeval.presenting.html import Fragment


class ChoiceKind(OneLabel):
    """How choices of one are read, counted and shown."""

    ordered = False

    def count(self, item: Choice, answers: "pd.Series", rule: Rule) -> Distribution:
        """Return how often each label was chosen."""
        return Distribution.of(item, answers, rule)

    def shown(self, score: Distribution) -> Shown:
        """Return a bar a label, with its numbers."""
        return Shown(
            wording.leaders_headline(score),
            partial(shares_picture, score),
            sentence=f"{score.item.name}は{wording.leaders_text(score)}。",
        )

    def compared(self, across: ItemAcross, rows: Sequence[Row]) -> "Fragment":
        """Return the shares of each label, a row a session."""
        return shares_by_session(across, rows)


KIND = ChoiceKind()
