"""When a questionnaire was sent: the ways in which form tools in Japan write it."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

from dxeval.reading.xlsx import from_serial

_DATE = r"(?P<year>\d{4})(?:[/.-]|年)(?P<month>\d{1,2})(?:[/.-]|月)(?P<day>\d{1,2})日?"
_HALF = r"(?P<{}>午前|午後|AM|PM)"
_TIME = (
    r"(?:[T ]*" + _HALF.format("before") + r"? ?(?P<hour>\d{1,2})(?::|時)(?P<minute>\d{2})"
    r"(?:(?::|分)(?P<second>\d{2})?(?:\.\d+)?秒?)? ?" + _HALF.format("after") + r"?)"
)
_ZONE = r"(?: ?(?P<zone>Z|JST|(?:GMT|UTC)?(?P<offset>[+-]\d{1,2})?(?::?(?P<minutes>\d{2}))?))"
_STAMP = re.compile(rf"{_DATE}(?: ?\(\w\))?{_TIME}{_ZONE}?", re.I)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_JAPAN = timezone(timedelta(hours=9))
_EPOCH = datetime(1899, 12, 30)


def parse_timestamp(text: str) -> datetime | None:
    """Return the moment that ``text`` names, in Japan's time where no zone stands; else None.

    The year comes first, so that no day is taken for a month: ``2025/06/04 4:05:06 午後 GMT+9``,
    ``2025-06-04T16:05:06+09:00``, ``2025年6月4日 16時05分``, or an Excel serial number.
    午前 and 午後 12 o'clock are midnight and noon.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if _SERIAL.fullmatch(plain):
        return from_serial(float(plain), _EPOCH).replace(tzinfo=_JAPAN)
    match = _STAMP.fullmatch(plain)
    if match is None or (match["before"] and match["after"]):
        return None
    try:
        return _moment(match)
    except ValueError:
        return None


def _moment(match: re.Match[str]) -> datetime:
    hour = int(match["hour"])
    if half := match["before"] or match["after"]:
        if hour > 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half.upper() in {"午後", "PM"} else 0)
    year, month, day = (int(match[part]) for part in ("year", "month", "day"))
    minute, second = int(match["minute"]), int(match["second"] or 0)
    return datetime(year, month, day, hour, minute, second, tzinfo=_zone(match))


def _zone(match: re.Match[str]) -> timezone:
    named = (match["zone"] or "").upper()
    if not named or named == "JST":
        return _JAPAN
    if match["offset"] is None:
        return UTC
    minutes = int(match["minutes"] or 0)
    hours = int(match["offset"])
    return timezone(timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes))
