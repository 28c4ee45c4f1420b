"""When a questionnaire was sent: the ways in which form tools write it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone

from dxeval.definitions.survey import DATE_ORDERS
from dxeval.reading.xlsx import from_serial

_PARTS = {
    "year": r"(?P<year>\d{4}|\d{2})",
    "month": r"(?P<month>\d{1,2})",
    "day": r"(?P<day>\d{1,2})",
}
_YEAR_FIRST = r"(?P<year>\d{4})(?:[/.-]|年)(?P<month>\d{1,2})(?:[/.-]|月)(?P<day>\d{1,2})日?"
_MONTHS = {
    name: place
    for place, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_REIWA = (
    r"(?:令和|R)(?P<reiwa>\d{1,2}|元)(?:[/.-]|年)(?P<month>\d{1,2})(?:[/.-]|月)(?P<day>\d{1,2})日?"
)
_NAMED = [
    rf"{_NAME} (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})",
    rf"(?P<day>\d{{1,2}})[ -]{_NAME},?[ -](?P<year>\d{{4}})",
]
_HALF = r"(?P<{}>午前|午後|AM|PM|A\.M\.|P\.M\.)"
_TIME = (
    r"(?:,?(?: at)?[T ]*"
    + _HALF.format("before")
    + r"? ?(?P<hour>\d{1,2})(?::|時)(?P<minute>\d{1,2})"
    r"(?:(?::|分)(?P<second>\d{1,2})?(?:\.\d+)?秒?)? ?" + _HALF.format("after") + r"?)"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?"
_ZONE = (
    r"(?: ?(?P<zone>Z|JST|\(JST\)|(?:GMT|UTC)?(?P<offset>[+-]\d{1,2})?(?::?(?P<minutes>\d{2}))?))"
    r"(?:(?<=[+-]\d{4}) \([\w ]+\))?"
)


def _stamp(date: str) -> re.Pattern[str]:
    return re.compile(rf"{_WEEKDAY}{date}(?: ?\(\w+\))?{_TIME}{_ZONE}?", re.I)


_ALWAYS = [_stamp(date) for date in (_YEAR_FIRST, _REIWA, *_NAMED)]
_ORDERED = {
    order: _stamp("[/.-]".join(_PARTS[part] for part in order.split("-")))
    for order in DATE_ORDERS[1:]
}
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_JAPAN = timezone(timedelta(hours=9))
_BEFORE_ERA = {"令和": 2018}
"""The year before an era's first."""
_EPOCH = datetime(1899, 12, 30)


def parse_timestamp(text: str, order: str = DATE_ORDERS[0]) -> datetime | None:
    """Return the moment that ``text`` names, in Japan's time where no zone stands; else None.

    ``2025/06/04 4:05:06 午後 GMT+9``, ``2025-06-04T16:05:06+09:00``, ``2025年6月4日 16時05分``,
    ``Jun 4, 2025 4:05 PM`` or an Excel serial number. ``6/4/2025 16:05`` is read only in the
    declared ``order`` (one of DATE_ORDERS), so that no day is taken for a month. 午前 and 午後
    12 o'clock are midnight and noon.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if _SERIAL.fullmatch(plain):
        return from_serial(float(plain), _EPOCH).replace(tzinfo=_JAPAN)
    patterns = [*_ALWAYS, _ORDERED[order]] if order in _ORDERED else _ALWAYS
    match = next(filter(None, (pattern.fullmatch(plain) for pattern in patterns)), None)
    if match is None or (match["before"] and match["after"]):
        return None
    try:
        return _moment(match)
    except ValueError:
        return None


def fitting_orders(texts: Iterable[str]) -> list[str]:
    """Return the orders of day, month and year in which every one of ``texts`` is a moment.

    A questionnaire is answered within two years: orders that need more take a day for the year.
    """
    written = list(texts)

    def fits(order: str) -> bool:
        moments = [parse_timestamp(text, order) for text in written]
        years = [moment.year for moment in moments if moment]
        return len(years) == len(written) and max(years, default=0) - min(years, default=0) <= 2

    return [order for order in DATE_ORDERS if fits(order)]


def _moment(match: re.Match[str]) -> datetime:
    hour = int(match["hour"])
    if half := match["before"] or match["after"]:
        if hour > 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half.upper().replace(".", "") in {"午後", "PM"} else 0)
    parts = match.groupdict()
    year, day = _year(parts), int(parts["day"])
    month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["month"])
    minute, second = int(parts["minute"]), int(parts["second"] or 0)
    return datetime(year, month, day, hour, minute, second, tzinfo=_zone(match))


def _year(parts: Mapping[str, str | None]) -> int:
    if era := parts.get("reiwa"):
        return _BEFORE_ERA["令和"] + (1 if era == "元" else int(era))
    year = int(parts["year"] or 0)
    return year + (2000 if year < 100 else 0)


def _zone(match: re.Match[str]) -> timezone:
    named = (match["zone"] or "").upper()
    if not named or named.strip("()") == "JST":
        return _JAPAN
    if match["offset"] is None:
        return UTC
    minutes = int(match["minutes"] or 0)
    hours = int(match["offset"])
    return timezone(timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes))
