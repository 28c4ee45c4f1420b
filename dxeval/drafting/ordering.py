"""The words of the labels of one column -> their order, or why a person must say it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dxeval.drafting.ladders import Ladder, ladders_near
from dxeval.drafting.measures import measured, rates
from dxeval.drafting.recognition import Reason
from dxeval.drafting.scales_file import fold, known, middles, plain
from dxeval.drafting.unnamed import FAMILY as UNNAMED
from dxeval.drafting.unnamed import both_ends, unnamed

MOST_LEVELS = 11
"""Labels of one scale; what has more is no scale in words."""


@dataclass(frozen=True)
class Ordered:
    """Words from the most favourable or highest; without a ladder where they name numbers."""

    family: str
    words: tuple[str, ...]
    ladder: Ladder | None = None


@dataclass(frozen=True)
class Undecided:
    """Why there is no order; ``proposed`` is one that may be shown, and is not certain."""

    reason: Reason
    proposed: tuple[str, ...] = ()


def in_order(words: Sequence[str]) -> Ordered | Undecided:
    """Return distinct ``words`` in the one order that every ladder has on which all stand apart."""
    if len(words) > MOST_LEVELS:
        return Undecided(Reason.NO_SCALE)
    if 1 <= len(words) <= 2 and {plain(word) for word in words} <= known("yes_no"):
        return Undecided(Reason.YES_NO)
    fitting = {ladder: order for ladder in _holding(words) if (order := _order(ladder, words))}
    if len(words) < 2 or not fitting:
        return _by_numbers(words) or Undecided(_why_not(words))
    if len(set(fitting.values())) > 1:
        return Undecided(Reason.TWO_SCALES)
    ladder, order = next(iter(fitting.items()))
    if ladder.family == UNNAMED and not both_ends(ladder, order):
        return Undecided(Reason.UNKNOWN_ENDS, order)
    return Ordered(ladder.family, order, ladder)


def _holding(words: Sequence[str]) -> list[Ladder]:
    """Return the ladders on which all of ``words`` stand; those without a name only if no other."""
    folded = {fold(word) for word in words}
    near = ladders_near(folded, len(folded - middles()))
    return [ladder for ladder in near if folded <= ladder.steps.keys()] or unnamed(words)


def _order(ladder: Ladder, words: Sequence[str]) -> tuple[str, ...] | None:
    by_fold = {fold(word): word for word in words}
    if len(by_fold) < len(words):
        return None
    ordered = ladder.order(list(by_fold))
    return tuple(by_fold[label] for label in ordered) if ordered else None


def _by_numbers(words: Sequence[str]) -> Ordered | None:
    found = measured(words)
    return Ordered(found[0], tuple(found[1])) if found else None


def _why_not(words: Sequence[str]) -> Reason:
    """Return why labels have no order: of no scale, or of one that cannot be told from here."""
    folded = {fold(word) for word in words}
    if len(words) < 2:
        return Reason.NO_SCALE
    if any(plain(word) in known("doubtful") for word in words):
        return Reason.MIDDLE_OR_MISSING
    if _holding(words):
        return Reason.UNDECIDED_ORDER
    near = ladders_near(folded, 2)
    on_ladders = max((len(folded & ladder.steps.keys()) for ladder in near), default=0)
    if folded & middles() or on_ladders > 1 or rates(words) > 1:
        return Reason.UNKNOWN_LABELS
    return Reason.NO_SCALE
