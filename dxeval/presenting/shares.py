"""Labels without an order: a bar each, in a table that is picture and numbers at once."""

from collections.abc import Sequence

from dxeval.presenting import wording
from dxeval.presenting.html import Fragment, render
from dxeval.presenting.shown import Row
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.selections import Selections

Share = tuple[str, int, int | None, str]
"""A label, its count, its percentage as shown (0-100) and as a length."""


def _lines(score: Distribution | Selections) -> list[Share]:
    return [(label, count, score.percent(label), score.length(label)) for label, count in score]


def shares_picture(score: Distribution | Selections) -> Fragment:
    """Return the labels of one session's item with a bar each; empty if nobody answered."""
    if not score.n_valid:
        return Fragment()
    return render("shares", caption=wording.valid_text(score), lines=_lines(score))


def shares_by_session(across: ItemAcross, rows: Sequence[Row]) -> Fragment:
    """Return the shares of each label in each session, a row a session."""

    def line(score: ItemScore | None) -> tuple[list[Share], int | str]:
        if not isinstance(score, Distribution | Selections):
            return [], wording.NOT_ASKED
        return (_lines(score), score.n_valid) if score.n_valid else ([], wording.NO_ANSWERS)

    item = across.item
    return render(
        "shares_by_session",
        caption=f"{item.name}：選んだ人の割合",
        over=across.over,
        heads=item.labels,
        rows=[(label, *line(score)) for _, label, score in rows],
    )
