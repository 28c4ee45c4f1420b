"""Labels that name a number: how often, how long, how many; their order is the numbers'.

A label becomes the range it names. Of two ranges one is higher where neither of its ends is lower;
ranges that lie inside each other are not told apart.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from dxeval.definitions.labels import normalise

_NUMBER = r"\d+(?:[.,]\d+)?"
_UNITS = {"秒": 1 / 60, "分": 1, "時間": 60, "日": 1440, "週間": 10080, "か月": 43800, "年": 525600}
_ENGLISH = {"second": "秒", "minute": "分", "min": "分", "hour": "時間", "hr": "時間", "day": "日"}
_ENGLISH |= {"week": "週間", "month": "か月", "year": "年"}
_TIMES = "|".join([*_UNITS, "[ヶケヵカ]月", "月"])
_AMOUNT = re.compile(rf"(?P<n>{_NUMBER})(?P<unit>{_TIMES})?(?P<decade>歳?代)?歳?")
_BELOW = re.compile(
    "未満|以下|以内|まで|less than|under|fewer than|below|up to|or less|or fewer|within"
)
_ABOVE = re.compile(
    r"以上|超え?る?|more than|over|or more|or above|\+|at least|より(長|多)い|それ以上"
)
_NONE = re.compile(
    r"(?:まったく|全く|一度も|1回も)?(?:な(?:い|し|かった)|\w*[^んな]ない|\w+ていない)|ゼロ"
    r"|none|never|not at all|no time(?: at all)?|no experience|nothing"
)
_HARDLY = re.compile(
    r"(?:ほとんど|めったに|あまり).*(?:ない|なかった)|rarely|rarely or never|hardly ever|seldom"
)
_ABOUT = re.compile(
    "およそ|大体|だいたい|約|程度|くらい|ぐらい|ほど|about|approximately|around|usually"
)

_COUNTS = {"once": (1, 1), "twice": (2, 2), "one": (1, 1), "two": (2, 2), "three": (3, 3)}
_COUNTS |= {"four": (4, 4), "five": (5, 5), "six": (6, 6)}
_COUNTS |= dict.fromkeys(("several", "a few", "multiple", "数", "何"), (2, 6))
_WORD = "|".join(_COUNTS)
_COUNT = rf"{_NUMBER}(?: ?[-~] ?{_NUMBER})?|(?:{_WORD})(?: or (?:{_WORD}))?"
_A_YEAR = {"日": 365, "週": 52, "月": 12, "半年": 2, "年": 1}
_PERIODS = {"day": 365, "week": 52, "month": 12, "year": 1}
_RATES = [
    re.compile(
        rf"(?P<n>{_COUNT})(?: or (?P<m>more|less))? ?(?:times?|days?)? ?"
        "(?:a|per|every|each) (?P<per>day|week|month|year)"
    ),
    re.compile(rf"every (?P<each>{_COUNT})? ?(?P<per>day|week|month|year)s?"),
    re.compile(
        rf"(?:1|一)?(?:か|ヶ)?(?P<per>日|週|月|半年|年)(?:間)?に?(?P<n>{_COUNT})(?:回|日|度)(?:か)?"
    ),
    re.compile(rf"(?P<each>{_NUMBER})(?:か|ヶ)?(?P<per>日|週|月|年)(?:間)?に(?:1|一)(?:回|度)"),
    re.compile("毎(?P<per>日|週|月|年)"),
]
_WORDS = {"daily": 365, "weekly": 52, "monthly": 12, "yearly": 1, "annually": 1}
_ALMOST = re.compile("ほぼ|ほとんど|almost|nearly|most")


@dataclass(frozen=True)
class Range:
    """What a label names, from ``low`` to ``high``; ``of``: its other words, None of any."""

    low: float
    high: float
    of: str | None = None

    def above(self, other: "Range") -> bool:
        """Return whether this is higher, at no end lower."""
        return self.low >= other.low and self.high >= other.high and self != other


def measured(labels: Sequence[str]) -> tuple[str, list[str]] | None:
    """Return the family and order of labels that name a rate each, or an amount of one thing.

    The highest is first. None of other labels, of bare numbers, and where two cannot be told apart.
    """
    if all(label.strip().isdecimal() for label in labels):
        return None
    for family, reader in (("frequency", _rate), ("amount", _amount)):
        ranges = {label: reader(_plain(label)) for label in labels}
        known = {label: found for label, found in ranges.items() if found}
        things = [found.of for found in known.values() if found.of is not None]
        if len(known) < len(labels) or len(things) < 2 or len(set(things)) > 1:
            continue
        inside = sorted(
            known, key=lambda label: (known[label].low, known[label].high), reverse=True
        )
        if all(known[a].above(known[b]) for a, b in pairwise(inside)):
            return family, inside
    return None


def rates(labels: Iterable[str]) -> int:
    """Return how many of ``labels`` say how often."""
    found = [_rate(_plain(label)) for label in labels]
    return sum(rate is not None and rate.of is not None for rate in found)


def _plain(label: str) -> str:
    text = normalise(label).casefold().replace("〜", "~").rstrip(".。")
    for word, unit in _ENGLISH.items():
        text = re.sub(rf"(?<=\d) ?{word}s?\b(?! (?:a|per|every|each)\b)", unit, text)
    return re.sub("[–—―ー‐](?=\\d)", "-", text)


def _rate(text: str) -> Range | None:
    if _NONE.fullmatch(text):
        return Range(0, 0)
    if _HARDLY.fullmatch(text):
        return Range(0, 2)
    rest = _ABOUT.sub("", text).strip()
    for word, times in _WORDS.items():
        if rest == word:
            return Range(times, times, "")
    for pattern in _RATES:
        if found := pattern.search(rest):
            return _rated(found, pattern.sub("", rest, count=1))
    return None


def _rated(found: re.Match[str], rest: str) -> Range:
    parts = found.groupdict()
    times = {**_A_YEAR, **_PERIODS}[found["per"]]
    low, high = _count(parts.get("n") or "1")
    each = _count(parts.get("each") or "1")
    bounds = low * times / each[1], high * times / each[0]
    if parts.get("m"):
        rest = f"or {parts['m']}" + rest
    if _ALMOST.search(rest):
        bounds, rest = (bounds[0] * 0.6, bounds[1] - 1), _ALMOST.sub("", rest)
    return _bounded(bounds, rest)


def _count(text: str) -> tuple[float, float]:
    words = [_COUNTS[word] for word in text.split(" or ") if word in _COUNTS]
    if words:
        return words[0][0], words[-1][1]
    numbers = [_number(part) for part in re.findall(_NUMBER, text)]
    return numbers[0], numbers[-1]


def _amount(text: str) -> Range | None:
    if _NONE.fullmatch(text):
        return Range(0, 0)
    tokens = list(_AMOUNT.finditer(text))
    if not 1 <= len(tokens) <= 2 or (len(tokens) == 2 and text == tokens[0][0]):
        return None
    rest = _ABOUT.sub("", _AMOUNT.sub("", text))
    units = [token["unit"] or tokens[-1]["unit"] for token in tokens]
    values = [_number(token["n"]) * _scale(unit) for token, unit in zip(tokens, units, strict=True)]
    of = "時間" if units[-1] else ""
    if len(values) == 2:
        rest = re.sub("[-~]|から|to|and|between", "", _ABOVE.sub("", _BELOW.sub("", rest)))
        low, high = values
        return Range(low, high, _of(of + rest)) if low < high else None
    if tokens[0]["decade"]:
        return _bounded((values[0], values[0] + 9), rest, of)
    return _bounded((values[0], values[0]), rest.rstrip("~"), of)


def _bounded(bounds: tuple[float, float], rest: str, of: str = "") -> Range:
    """Return the range from what stands beside its number: less, more, or nothing of the kind."""
    if _BELOW.search(rest):
        return Range(0, bounds[1], _of(of + _BELOW.sub("", rest)))
    if _ABOVE.search(rest):
        return Range(bounds[0], inf, _of(of + _ABOVE.sub("", rest)))
    return Range(*bounds, _of(of + rest))


def _of(rest: str) -> str:
    return re.sub(r"[\s、,のを]+", "", rest)


def _number(text: str) -> float:
    return float(text.replace(",", "" if re.search(r",\d{3}$", text) else "."))


def _scale(unit: str | None) -> float:
    plain = re.sub("[ヶケヵカ]月|^月$", "か月", unit or "")
    return _UNITS.get(plain, 1)
