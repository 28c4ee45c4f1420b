"""What is shown of one item, whatever its kind: words, a picture, a table, a card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dxeval.definitions.kinds import kind_of
from dxeval.presenting.html import Fragment
from dxeval.scoring.item_score import ItemScore


@dataclass(frozen=True)
class Card:
    """One number with what it rests on: ``83%``, ``5 / 6人``.

    ``brief`` is the latter where there is little room; ``meter`` is a share's length in percent;
    ``tone`` is ``below`` for a share that is not full, which is to be seen at a glance, ``full``
    for one that is, which may stand back.
    """

    value: str
    detail: str
    brief: str
    meter: str | None = None
    tone: str = ""


class Line(NamedTuple):
    """A row of a table: its label, whether that counts as favourable, and its cells."""

    label: str
    favourable: bool
    cells: Sequence[str]


@dataclass(frozen=True)
class Table:
    """Numbers in words: ``heads`` stand over the labels and over each column of cells."""

    caption: str
    heads: Sequence[str]
    lines: Sequence[Line]


@dataclass(frozen=True)
class Shown:
    """All that a session's page says of one item.

    ``heading`` is what the picture says, beside the item's name and its card; without one the item
    is not shown. ``draw`` makes the picture when it is wanted (empty if nobody answered); ``table``
    has its numbers, to stand below it, None if the picture holds them or there are none; ``notes``
    how they are counted; ``sentence`` for the lead of the page, empty if there is none: shares are
    told there without it.
    """

    heading: str
    draw: Callable[[], Fragment]
    table: Table | None = None
    notes: Sequence[str] = ()
    sentence: str = ""


class Row(NamedTuple):
    """A session in a comparison: its programme, its name, and its score (None: not asked)."""

    group: str
    label: str
    score: ItemScore | None


def card(score: ItemScore) -> Card | None:
    """Return the one number for cards and the summary table, None if there is none."""
    return kind_of(score.item).card(score)


def shown(score: ItemScore) -> Shown:
    """Return all that a session's page says of an item, as its kind says it."""
    return kind_of(score.item).shown(score)
