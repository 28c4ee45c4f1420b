"""Ordered levels, one of which each respondent chooses: a bar with its favourable share."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from dxeval.definitions.questions import Scale
from dxeval.kinds.labelled import OneLabel, share_card
from dxeval.presenting import wording
from dxeval.presenting.shown import Card, Line, Row, Shown, Table
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.distribution import Distribution, Rule
from dxeval.scoring.item_score import ItemScore

if TYPE_CHECKING:
    import pandas as pd

    from dxeval.presenting.html import Fragment


class ScaleKind(OneLabel):
    """How scales are read, counted and shown."""

    ordered = True

    def count(self, item: Scale, answers: "pd.Series", rule: Rule) -> Distribution:
        """Return how often each level was chosen."""
        return Distribution.of(item, answers, rule)

    def card(self, score: Distribution) -> Card | None:
        """Return the favourable share, None if no level is favourable."""
        return share_card(score)

    def shown(self, score: Distribution) -> Shown:
        """Return the bar, with its levels and their numbers."""
        from dxeval.presenting.charts import bar_picture

        item = score.item
        name = f"＊この回の{item.name}" if score.reason else item.name
        rule = self.rule(name, score.favourable, score.reason)
        return Shown(
            wording.headline(score),
            partial(bar_picture, score),
            notes=[rule] if score.favourable else [],
            sentence=f"{item.name}は{wording.leaders_text(score)}。",
        )

    def definition(self, item: Scale) -> str:
        """Return which levels count as favourable."""
        return self.rule(item.name, item.favourable) if item.favourable else ""

    def compared(self, across: ItemAcross, rows: Sequence[Row]) -> "Fragment":
        """Return a bar a session."""
        from dxeval.presenting.charts import bars_picture

        return bars_picture(across, rows)

    def compared_in_full(self, across: ItemAcross, rows: Sequence[Row]) -> "Fragment":
        """Return a bar a session beside the counts of its levels."""
        from dxeval.presenting.charts import levels_by_session

        return levels_by_session(across, rows)

    def compared_table(self, across: ItemAcross, rows: Sequence[Row]) -> Table:
        """Return the counts of every session and level."""
        levels = across.item.labels

        def cells(score: ItemScore | None) -> list[str]:
            if not isinstance(score, Distribution):
                return []
            return [str(count) for count in (*score.counts, score.n_valid)]

        lines = [Line(label, False, cells(score)) for _, label, score in rows]
        return Table(f"{across.item.name}（人）", [across.over, *levels, "有効回答"], lines)


KIND = ScaleKind()
