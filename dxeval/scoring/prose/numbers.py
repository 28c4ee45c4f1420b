"""A sentence -> the shares and numbers of people that it states. Knows no question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from dxeval.scoring.prose.vocabulary import ABOUT, AFTER_NUMBER, CHANGES

KANJI = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_D = r"[0-9]+(?:\.[0-9]+)?"
_W = r"(?:[0-9]+|[一二三四五六七八九十百]+)"
_PEOPLE = "(?:人|名)"
_ALL_ANSWERS = "(?:アンケート(?:へ?の)?|(?<![のなたう]))(?:有効回答者?|回答者|回答|回収)"
"""Not the answers to something, nor those that say something: 自由記述の回答, との回答."""
_SAID_OF_ALL = (
    r"(?=\s*(?:$|[。、,()]|だ|で(?:あ|し|す|、|,|$)|と(?:な|い)|に(?:達|のぼ|上|と(?:ど|ま))))"
)
"""What follows a number that says how many answered, unlike 回答者15人に聞き取りを行った."""
_NUMBER = re.compile(
    rf"(?P<range>{_D}\s*(?:%|割|人|名)?\s*[~〜\-–―]\s*{_D}\s*(?:%|割|人|名|パーセント))"
    rf"|(?P<about>(?:{ABOUT})\s*)?(?:"
    rf"(?P<percent>{_D})\s*(?:%|パーセント)(?!\s*ポイント)"
    rf"|(?P<tenths>(?<![数0-9.])(?:[0-9]|10|[一二三四五六七八九]))割(?:(?P<hundredths>[1-9一二三四五六七八九])分)?"
    r"(?![合引増減り安高])"
    rf"|(?P<parts>{_W})分の(?P<part>{_W})"
    rf"|(?P<n>[0-9]+){_PEOPLE}(?:中|のうち|の内)[、,]?\s*(?P<k>[0-9]+){_PEOPLE}"
    rf"|(?P<k2>(?<![0-9/])[0-9]+)/(?P<n2>[0-9]+){_PEOPLE}"
    rf"|n\s*=\s*(?P<all_n>[0-9]+)"
    rf"|{_ALL_ANSWERS}(?:総?数)?\s*(?:[はが:(]|は全部で)?\s*(?P<answered>[0-9]+)(?:{_PEOPLE}|件){_SAID_OF_ALL}"
    rf"|(?<![0-9.第])(?P<people>[0-9]{{1,6}}|お?[一二三四五六七八九十百]+){_PEOPLE}"
    r"(?!中|のうち|の内|口|材|間|工|気|件|生|事|物|権|数|称|前|簿|刺|規模|組|体制|ひとり|一人|月|分|ずつ|作業|程度の)"
    r"|(?P<majority>過半数)|(?P<half>半数|半分)"
    r"|(?P<everybody>全員|(?:全て|すべて)の(?:回答者|参加者|受講者|人|方)|全(?:回答者|参加者|受講者))"
    rf")(?P<after>\s*(?:{AFTER_NUMBER}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stated:
    """A number as a sentence states it, where it stands, and from what to what it may mean.

    ``unit``: ``share`` in percent, ``people``, or ``n``, all who answered; ``of``: how many of
    whom. ``exact``: no word makes it wide. ``plain``: a percentage.
    """

    text: str
    start: int
    end: int
    unit: str
    low: Fraction | None
    high: Fraction | None
    open_low: bool = False
    open_high: bool = False
    of: int | None = None
    plain: bool = False

    def holds(self, count: int, n: int) -> bool:
        """Return whether ``count`` of ``n`` is what was stated."""
        if self.of is not None and self.of != n:
            return False
        value = Fraction(100 * count, n) if self.unit == "share" else Fraction(count)
        below = self.low is not None and (value < self.low or (self.open_low and value == self.low))
        above = self.high is not None and (
            value > self.high or (self.open_high and value == self.high)
        )
        return not below and not above


def stated(sentence: str) -> Iterator[Stated]:
    """Yield the numbers of a folded sentence, in order; ranges from one to another are none."""
    for found in _NUMBER.finditer(sentence):
        if found["range"] or (found["percent"] and CHANGES.match(sentence[found.end() :])):
            continue
        unit, value, half, wide, of = _read(found)
        is_about = bool(found["about"]) and not found["everybody"]
        low, high, open_low, open_high = _bounds(
            value, half, wide, is_about, (found["after"] or "").strip()
        )
        if found["majority"]:
            low, high, open_low = value, None, True
        if found["everybody"] and found["about"]:
            low = Fraction(80)
        yield Stated(
            found[0].strip(),
            found.start(),
            found.end(),
            unit,
            low,
            high,
            open_low,
            open_high,
            of,
            bool(found["percent"]),
        )


def _read(found: re.Match[str]) -> tuple[str, Fraction, Fraction, Fraction, int | None]:
    """Return unit, value, what rounding may hide, what 約 may, and of how many."""
    if share := _share(found):
        return "share", *share, None
    if n := found["all_n"] or found["answered"]:
        return "n", Fraction(n), Fraction(0), Fraction(1), None
    count = Fraction(_whole(found["k"] or found["k2"] or found["people"] or "0"))
    of = int(found["n"] or found["n2"] or 0) or None
    return "people", count, Fraction(0), max(Fraction(1), count / 10), of


def _share(found: re.Match[str]) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return a share in percent, what rounding may hide and what 約 may; None for people.

    約 of tens is 5 points wide, of fives 2.5, else 1; tenths (割) are 5, with 約 10.
    """
    if found["percent"]:
        value = Fraction(found["percent"])
        decimals = len(found["percent"].partition(".")[2])
        wide = Fraction(5) if value % 10 == 0 else Fraction(5, 2) if value % 5 == 0 else Fraction(1)
        return value, Fraction(1, 2 * 10**decimals), wide
    if found["tenths"]:
        value = Fraction(10 * _whole(found["tenths"]))
        if found["hundredths"]:
            return value + _whole(found["hundredths"]), Fraction(1, 2), Fraction(5, 2)
        return value, Fraction(5), Fraction(10)
    if found["parts"]:
        value = Fraction(100 * _whole(found["part"]), _whole(found["parts"]) or 1)
        return value, Fraction(3), Fraction(5)
    if found["majority"] or found["half"]:
        return Fraction(50), Fraction(5), Fraction(10)
    return (Fraction(100), Fraction(0), Fraction(0)) if found["everybody"] else None


def _bounds(
    value: Fraction, half: Fraction, wide: Fraction, is_about: bool, after: str
) -> tuple[Fraction | None, Fraction | None, bool, bool]:
    """Return the least and the greatest value, and whether these are themselves left out."""
    shown = min(half, Fraction(1, 2))
    one_sided = {
        "以上": (value - shown, None, False, False),
        "以下": (None, value + shown, False, False),
        "未満": (None, value, False, True),
        "を下回": (None, value, False, True),
        **dict.fromkeys(("超", "を超え", "を上回"), (value, None, True, False)),
        **dict.fromkeys(("弱", "近く"), (value - wide, value + shown, False, False)),
        **dict.fromkeys(
            ("強", "余", "余り", "あまり"), (value - shown, value + wide, False, False)
        ),
    }
    if after in one_sided:
        return one_sided[after]
    width = wide if is_about or after else half
    return value - width, value + width, False, False


def _whole(text: str) -> int:
    """Return a whole number in digits or, up to 999, in Chinese characters."""
    text = text.removeprefix("お")
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for character in text:
        if character in KANJI:
            digit = KANJI[character]
        else:
            total += (digit or 1) * (100 if character == "百" else 10)
            digit = 0
    return total + digit
