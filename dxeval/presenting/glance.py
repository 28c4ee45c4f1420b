"""A session's figures on one line: a small bar, the share and its people, item by item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dxeval.presenting.html import Fragment, render
from dxeval.presenting.shown import card
from dxeval.scoring.kept import Kept, mixed_items

if TYPE_CHECKING:
    from dxeval.scoring.item_score import ItemScore
    from dxeval.scoring.score import Scores

COLUMNS = 5
"""More items than these have no column each: their names stand beside their bars."""


def kept(scores: Scores) -> tuple[Kept, ...]:
    """Return what is kept of each item of a session that everybody was to answer."""
    return tuple(kept_item(score) for score in scores if score.awaited)


def kept_item(score: ItemScore) -> Kept:
    """Return what is kept of an item."""
    there = card(score)
    return Kept(
        item=score.item.name,
        n=score.n_valid,
        count=score.favourable_count if score.favourable else None,
        value=there.value if there else "",
        brief=there.brief if there else "",
        own_rule=bool(score.reason),
        rule=rule_of(score),
    )


def rule_of(score: ItemScore) -> str:
    """Return an item's favourable labels in its order, as one text."""
    return "\n".join(sorted(score.favourable, key=score.item.labels.index))


def columns(sessions: Iterable[Sequence[Kept]]) -> list[str]:
    """Return the items that have one number in some session, in order."""
    return list(dict.fromkeys(found.item for items in sessions for found in items if found.value))


def heads(names: Sequence[str], sessions: Iterable[Sequence[Kept]]) -> list[Fragment]:
    """Return the heads of columns, each marked whose shares are not counted by one rule."""
    mixed = mixed_items(found for items in sessions for found in items)
    return [render("head", name=name, mixed=name in mixed) for name in names]


def cells(names: Sequence[str], items: Sequence[Kept]) -> list[Fragment]:
    """Return a session's cell in each column."""
    by_name = {found.item: found for found in items}
    return [render("glance", found=by_name.get(name)) for name in names]


def listed(items: Sequence[Kept], not_asked: Sequence[str]) -> Fragment:
    """Return a session's figures with their names, for one cell that holds them all."""
    found = [item for item in items if item.value]
    return render("glances", items=found, not_asked=not_asked)
