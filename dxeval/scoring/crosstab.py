"""An item by the answers to another: the same figure for each group of respondents."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from dxeval.definitions.item import Item
from dxeval.definitions.programme import FavourableRule
from dxeval.definitions.survey import Survey
from dxeval.errors import FigureError, NotAskedError
from dxeval.reading.responses import Responses
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.pooling import column
from dxeval.scoring.score import count

NO_GROUP = "（無回答）"
"""The group of those who did not say to which they belong."""
FEW = 3
"""A group of fewer people may tell who answered what: official statistics withhold 1 and 2."""


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

    @property
    def few(self) -> tuple[str, ...]:
        """The groups of so few people that they may be told apart; an empty one is none."""
        people = {label: score.n_valid + score.n_missing for label, score in self.groups.items()}
        return tuple(label for label, n in people.items() if 0 < n < FEW)

    @property
    def fewest(self) -> int:
        """The fewest valid answers of a group that has any; 0 if nobody answered."""
        return min((score.n_valid for score in self.groups.values() if score.n_valid), default=0)

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
    return crosstab_of([responses], survey, item, by)


def crosstab_of(
    sessions: Iterable[Responses],
    survey: Survey,
    item: str,
    by: str,
    rule: FavourableRule | None = None,
) -> Crosstab:
    """Return the figures of all those sessions together that were asked both questions (延べ).

    ``rule`` is the favourable rule of all of them, where it is not the survey's. Raises
    NotAskedError if none was asked both, FigureError for a question whose answers are no groups.
    """
    what, grouping = survey.item(item), survey.item(by)
    if not grouping.may_group:
        raise FigureError(f"「{by}」の答えでは、回答者を分けられません。")
    pairs = [(column(found, item), column(found, by)) for found in sessions]
    both = [(first, second) for first, second in pairs if first is not None and second is not None]
    if not both:
        raise NotAskedError(f"「{item}」と「{by}」の両方を聞いた回がありません。")
    answers, groups_of = (pd.concat([*part], ignore_index=True) for part in zip(*both, strict=True))
    groups = {
        label: count(what, answers[there], rule)
        for label, there in _groups(groups_of, grouping).items()
    }
    return Crosstab(what, grouping, groups, count(what, answers, rule))


def _groups(answers: pd.Series, by: Item) -> dict[str, "pd.Series[bool]"]:
    """Return who belongs to each group: one a label, or one a number that somebody wrote."""
    labels = by.labels or tuple(f"{value:.15g}" for value in sorted(answers.dropna().unique()))
    texts = answers.map(lambda value: value if isinstance(value, str) else f"{value:.15g}")
    there = answers.notna()
    groups = {label: there & (texts == label) for label in labels}
    return groups | ({NO_GROUP: ~there} if not there.all() else {})
