"""What a printed number says of whom: a share, a count, an n, a median …, but not its value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.published import Published
from dxeval.definitions.survey import Survey
from dxeval.scoring.score import Scores


class What(StrEnum):
    """What a number says. Names are those of the groups of the patterns that read it."""

    COUNT = "count"
    SHARE = "share"
    FAVOURABLE = "favourable"
    FAVOURABLE_SHARE = "favourable_share"
    VALID = "valid"
    MISSING = "missing"
    ATTENDEES = "attendees"
    RESPONDENTS = "respondents"
    EVERYBODY = "everybody"
    RATE = "rate"
    WEIGHT_LOW = "weight_low"
    WEIGHT_HIGH = "weight_high"
    LEAST = "least"
    LOWER = "lower"
    MEDIAN = "median"
    UPPER = "upper"
    MOST = "most"
    SPAN = "span"
    SHOWN = "shown"
    WRITTEN = "written"
    SESSIONS = "sessions"
    PROGRAMMES = "programmes"
    SIMULATED = "simulated"
    WAITING = "waiting"
    LEFT_OUT = "left_out"
    MUNICIPALITIES = "municipalities"
    DATE = "date"
    REFERENCE_BELOW = "reference_below"
    SHARES = "shares"
    FULL = "full"
    BELOW = "below"
    SESSIONS_BELOW = "sessions_below"
    LOW = "low"
    HIGH = "high"
    LOW_OF_ALL = "low_of_all"
    HIGH_OF_ALL = "high_of_all"
    PEOPLE_BELOW = "people_below"
    VALID_BELOW = "valid_below"
    LOWEST_MORE = "lowest_more"
    ITEMS_BLANK = "items_blank"
    ITEMS_NOT_ASKED = "items_not_asked"
    ITEMS_MISSING = "items_missing"
    MISSING_LOW = "missing_low"
    MISSING_HIGH = "missing_high"
    ITEMS_LED = "items_led"
    ITEMS_MEASURED = "items_measured"
    ITEMS_LOWEST = "items_lowest"
    ITEMS_WIDEST = "items_widest"
    LEVELS_CHOSEN = "levels_chosen"
    LEVELS_MORE = "levels_more"
    PEOPLE_MORE = "people_more"
    LEADERS_MORE = "leaders_more"
    ROWS = "rows"
    ROWS_OF_VALUE = "rows_of_value"
    SUPERSEDED = "superseded"
    IDENTICAL = "identical"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"
    PUBLISHED = "published"
    AGREEING = "agreeing"
    COMPARED = "compared"
    NEAR_COUNT = "near_count"
    NEAR_SHARE = "near_share"
    POSSIBLE_LOW = "possible_low"
    POSSIBLE_HIGH = "possible_high"
    END_LOW = "end_low"
    END_HIGH = "end_high"
    TYPED = "typed"
    LABEL = "label"
    WORDS = "words"
    MADE_OF = "made_of"
    OWN = "own"


@dataclass(frozen=True)
class Claim:
    """One number says: ``what``, of which ``sessions`` (ids), ``item`` and ``levels``.

    ``of`` is what else is needed: where a text was typed, a value that does not count, the count
    beside a share, a published figure's place.
    """

    what: What
    sessions: tuple[str, ...] = ()
    item: str = ""
    levels: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True)
class Answers:
    """All that numbers are computed from: sessions and their scores by id, and what was asked.

    ``written`` by session and question: how many comments are shown, and how many were written.
    ``left_out``: how many sessions have no page.
    """

    sessions: Mapping[str, Session]
    scores: Mapping[str, Scores]
    survey: Survey
    programme: ProgrammeFile
    published: Sequence[Published] = ()
    written: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    left_out: int = 0


@dataclass(frozen=True)
class Basis:
    """The number as it must be printed, one of ``texts``; of a share its count and denominator."""

    texts: tuple[str, ...]
    count: int | None = None
    n: int | None = None
    missing: int | None = None
