"""An item by the answers to another: the same figure for each group of respondents."""

from dataclasses import dataclass

import pandas as pd

from dxeval.definitions.item import Item
from dxeval.definitions.survey import Survey
from dxeval.errors import FigureError, NotAskedError
from dxeval.reading.responses import Responses
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.score import count

NO_GROUP = "（無回答）"
"""The group of those who did not say to which they belong."""


@dataclass(frozen=True)
class Crosstab:
    """The figures of ``item`` in the groups ``by`` another question, and of all together.

    ``groups`` are in the other question's order, NO_GROUP last if there is one. Raises FigureError
    unless the groups are all respondents, each in one.
    """

    item: Item
    by: Item
    groups: dict[str, ItemScore]
    together: ItemScore

    def __post_init__(self) -> None:
        everybody = self.together.n_valid + self.together.n_missing
        grouped = sum(score.n_valid + score.n_missing for score in self.groups.values())
        valid = sum(score.n_valid for score in self.groups.values())
        if (grouped, valid) != (everybody, self.together.n_valid):
            raise FigureError(
                f"「{self.item.name}」を「{self.by.name}」で分けた人数が、合わせた人数と合いません。"
            )


def crosstab(responses: Responses, survey: Survey, item: str, by: str) -> Crosstab:
    """Return the figures of ``item`` for each answer to ``by``, an attribute or another item.

    Raises NotAskedError for one that was not asked, FigureError for a question whose answers are
    no groups.
    """
    asked = responses.answers.join(responses.attributes)
    for name in (item, by):
        if name not in asked:
            known = "、".join(map(str, asked.columns))
            raise NotAskedError(
                f"{responses.session_id} では「{name}」を聞いていません（聞いた設問：{known}）。"
            )
    grouping = survey.item(by)
    if not grouping.may_group:
        raise FigureError(f"「{by}」の答えでは、回答者を分けられません。")
    what = survey.item(item)
    groups = {
        label: count(what, asked.loc[there, item])
        for label, there in _groups(asked[by], grouping).items()
    }
    return Crosstab(what, grouping, groups, count(what, asked[item]))


def _groups(answers: pd.Series, by: Item) -> dict[str, "pd.Series[bool]"]:
    """Return who belongs to each group: one a label, or one a number that somebody wrote."""
    labels = by.labels or tuple(f"{value:.15g}" for value in sorted(answers.dropna().unique()))
    texts = answers.map(lambda value: value if isinstance(value, str) else f"{value:.15g}")
    there = answers.notna()
    groups = {label: there & (texts == label) for label in labels}
    return groups | ({NO_GROUP: ~there} if not there.all() else {})
