"""What was recognised in the labels of one column, and what a person has to say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Sure(StrEnum):
    """How sure it is which levels the question offered; their order is certain always.

    ``WHOLE``: those that somebody chose are a scale, and part of no larger one that is known.
    ``LIKELY``: they are part of a larger one too, or of one only, with the levels assumed.
    ``UNSURE``: they are part of several scales or of none that is known.
    """

    WHOLE = "whole"
    LIKELY = "likely"
    UNSURE = "unsure"


class Reason(StrEnum):
    """Why a person must say what the order is, or why there is none to say."""

    UNKNOWN_LABELS = "some labels are no level of the scale that the others are of"
    UNDECIDED_ORDER = "two labels cannot be told apart by their strength"
    TWO_SCALES = "scales that fit disagree about the order"
    NUMBERS_DISAGREE = "the numbers in front are not in the order of the words"
    NUMBERED = "numbered labels of no scale that is known"
    UNKNOWN_ENDS = "degrees of words of which it is not known whether they are the better end"
    MIDDLE_OR_MISSING = "a label may be the middle or no answer"
    YES_NO = "two answers without degrees"
    NO_SCALE = "no scale that is known"


@dataclass(frozen=True)
class Beside:
    """Labels among the levels that are none, as they stand in the cells."""

    missing: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scale:
    """Ordered levels, the most favourable or highest first.

    ``assumed`` are those that nobody chose; ``favourable`` a proposal, empty where the answers
    alone do not say; ``settled``: whether it follows from the scale alone. ``aliases`` are other
    spellings in the cells. ``alternatives`` are other scales that hold every level chosen.
    """

    family: str
    levels: tuple[str, ...]
    assumed: tuple[str, ...]
    favourable: tuple[str, ...]
    settled: bool
    sure: Sure
    aliases: Mapping[str, tuple[str, ...]]
    alternatives: tuple[tuple[str, ...], ...] = ()
    beside: Beside = Beside()


@dataclass(frozen=True)
class Rating:
    """Whole numbers from ``low`` to ``high``, both asked for unless ``sure``.

    ``ends`` are the words at numbers that carry them; ``best``: the number at the favourable end,
    None where nothing says so. ``aliases`` are spellings of numbers that carry words.
    """

    low: int
    high: int
    sure: bool
    ends: Mapping[int, str]
    best: int | None
    aliases: Mapping[int, tuple[str, ...]]
    beside: Beside = Beside()


@dataclass(frozen=True)
class Ask:
    """It looks like a scale and a person must say its order: ``labels`` as they stand in the cells.

    ``proposed``: the same in an order that may be shown to the person, or none. It is never used.
    """

    reason: Reason
    labels: tuple[str, ...]
    beside: Beside = Beside()
    proposed: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoScale:
    """No scale: free text, a choice without an order, yes and no."""

    reason: Reason
    beside: Beside = Beside()


Recognition = Scale | Rating | Ask | NoScale
