"""One line of a report -> what it says of a session: who came and answered, when, how many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_N = r"(\d{1,5})\s*(?:人|名)"
_NUMERALS = {numeral: str(i) for i, numeral in enumerate("一二三四五六七八九十", 1)}
_PLACES = re.compile(
    rf"(\d{{1,4}})\s*(?:自治体|市区町村|市町村|団体)(?:\s*[\(、・]?\s*(?:全|計)?{_N})?"
)
_CAME = re.compile(rf"(?:参加者|受講者|出席者)(?:数)?\s*[:\s]\s*(?:全|計)?{_N}")
_ANSWERED = re.compile(
    r"(?<![とが」])(?:回答者|有効回答|回答|回収)(?:数)?\s*[:\s]?\s*(\d{1,5})\s*(?:人|名|件|票)"
)
_RATE = re.compile(r"(?:回答率|回収率)\s*[:\sは]?\s*(\d{1,3}(?:\.\d{1,2})?)\s*%")
_INVITED = re.compile(rf"(?:招待者|招待|案内した人)(?:数)?\s*[:\s]\s*{_N}")
_DATE = re.compile(
    r"(?:(?:\d{4}年|令和\s*[\d元]+年)\s*)?\d{1,2}月\s*\d{1,2}日\s*\([月火水木金土日](?:曜日?)?\)"
)
_OF_DATES = re.compile(r"開催|日時|日程|実施日|と\s*き")
_SESSIONS = re.compile(r"全\s*(\d{1,2}|[二三四五六七八九十])\s*回")
_SIZE = re.compile(r"(?<![A-Za-z])[nN]\s*=\s*(\d{1,6})")


@dataclass(frozen=True)
class Fact:
    """A fact as it stands: its place in published.csv, its number or text, what to see to."""

    where: str
    count: str = ""
    percent: str = ""
    text: str = ""
    doubt: str = ""
    span: tuple[int, int] = (0, 0)


def facts(text: str, typed: str) -> Iterator[Fact]:
    """Yield the facts of a line; ``typed`` is the line as it stands."""
    for match in _PLACES.finditer(text):
        if re.search(r"参加|出席|開催|対象", text):
            yield Fact("municipalities", match[1], span=match.span())
            if match[2]:
                yield Fact("attended", match[2], span=match.span())
    for where, pattern in (("attended", _CAME), ("invited", _INVITED)):
        yield from (Fact(where, match[1], span=match.span()) for match in pattern.finditer(text))
    answered, rate = _ANSWERED.search(text), _RATE.search(text)
    if answered:
        yield Fact("responded", answered[1], rate[1] if rate else "", span=answered.span())
    elif rate:
        yield Fact("responded", "", rate[1], doubt="回答者数を count に書く", span=rate.span())
    if not answered and (size := _SIZE.search(text)):
        yield Fact("responded", size[1], doubt="n が回答者数なら", span=size.span())
    if _OF_DATES.search(text):
        for match in _DATE.finditer(text):
            yield Fact("date", text=typed[match.start() : match.end()], span=match.span())
    for match in _SESSIONS.finditer(text):
        number = _NUMERALS.get(match[1], match[1])
        yield Fact("sessions", number, text=match[0], span=match.span())


def rates(text: str) -> list[tuple[int, int]]:
    """Return where a line says a response rate, which is no share of answers."""
    return [match.span() for match in _RATE.finditer(text)]


def dates(text: str, typed: str) -> list[str]:
    """Return the dates with weekdays in a cell."""
    return [typed[m.start() : m.end()] for m in _DATE.finditer(text)]
