"""What may be proposed of a session: by its file's name, its time stamps, the sessions before."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date, timedelta, timezone
from itertools import count
from pathlib import Path

from dxeval.definitions.programme import Programme, Session, check_id
from dxeval.definitions.survey import Survey

_JAPAN = timezone(timedelta(hours=9))
_DAY = re.compile(r"(?<!\d)(20\d\d)(?:(\d\d)(\d\d)|[-_.年](\d\d?)[-_.月](\d\d?))(?!\d)")


def id_in(stem: str) -> str | None:
    """Return the id that a file's name in ASCII makes, None if it makes none."""
    slug = re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-")
    try:
        return check_id(slug) if stem.isascii() else None
    except ValueError:
        return None


def free_id(programme: str, number: int, taken: Collection[str]) -> str:
    """Return programme and number as an id that is not ``taken``."""
    first = f"{programme}-{number}"
    others = (f"{first}-{more}" for more in count(2))
    return first if first not in taken else next(name for name in others if name not in taken)


def next_number(sessions: Sequence[Session]) -> int:
    """Return the number after the last of one programme's ``sessions``."""
    return max((session.number for session in sessions), default=0) + 1


def title_after(sessions: Sequence[Session], programme: Programme) -> str:
    """Return the title of the last of a programme's ``sessions``, or else the programme's."""
    last = max(sessions, key=lambda session: session.number, default=None)
    return last.title if last else programme.title


def day_in(stem: str) -> date | None:
    """Return the first day that a file's name names (``2026-06-04``, ``20260604``)."""
    for year, *rest in _DAY.findall(stem):
        month, day = filter(None, rest)
        with suppress(ValueError):
            return date(int(year), int(month), int(day))
    return None


def day_of_answers(path: Path, survey: Survey, name: str) -> date | None:
    """Return the day in Japan on which most were sent, the first of several; None if none tells.

    Raises DataError where the export cannot be read.
    """
    from dxeval.reading.table import read_table
    from dxeval.reading.timestamps import parse_timestamp

    table = read_table(path, survey, name)
    form = table.form
    if form.timestamp is None:
        return None
    moments = (parse_timestamp(text, form.date_order) for text in table.column(form.timestamp))
    days = Counter(moment.astimezone(_JAPAN).date() for moment in moments if moment)
    return min(days, key=lambda day: (-days[day], day), default=None)
