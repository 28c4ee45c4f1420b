"""One line of a report -> what it says in figures; what may be meant otherwise stays blank."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_NUMBER = r"\d{1,3}(?:\.\d{1,2})?"
_PERCENT = rf"(?:約|およそ|ほぼ)?\s*{_NUMBER}\s*%(?:以上|超|未満|程度|弱|強)?"
_PEOPLE = r"\d{1,5}\s*(?:人|名)"
_EVERYBODY = (
    r"(?:全員|(?:全て|すべて)の(?:方|人|回答者|参加者|受講者)|(?:回答者|参加者|受講者)の?全員)"
)
_TENTHS = r"(?:約|およそ|ほぼ)?\s*[\d一二三四五六七八九]割(?:以上|超|未満|程度|弱|強)?"
_MEASURED = (
    rf"(?:(?:{_PEOPLE}(?:中|のうち)?、?\s*)?{_PEOPLE}\s*\({_PERCENT}\)"
    rf"|{_PERCENT}\s*\((?:\d+\s*/\s*)?{_PEOPLE}(?:中\d+(?:人|名))?\)"
    rf"|{_PERCENT}|{_TENTHS})"
)
_SHARE = rf"(?:{_MEASURED}|{_EVERYBODY})"
_QUOTED = r"「[^「」]{1,60}」"
_JOIN = r"(?:\s*(?:、|,|・|/|や|と|か|または|又は|もしくは|及び|および|そして)?\s*)"
_QUOTES = rf"{_QUOTED}(?:{_JOIN}{_QUOTED})*"
_SAID = r"(?:と|を|との)\s*(?:の)?\s*(?:回答|答|評価|選択|選)"
_WHO = r"(?:の(?:方|人|回答者|参加者|受講者|職員|皆様?))?"
_INSIDE = re.compile(rf"「(?P<level>[^「」()]{{1,60}}?)\s*\((?P<share>{_SHARE})\)」")
_FORWARD = re.compile(
    rf"(?P<share>{_SHARE})\s*{_WHO}\s*(?:が|は)、?\s*(?P<levels>{_QUOTES})\s*"
    rf"(?:{_SAID}(?![^。、「」]{{0,8}}(?:ない|なかった|ません))|(?=[、,]\s*(?:{_SHARE})))"
)
_BACKWARD = re.compile(
    rf"(?P<levels>{_QUOTES})\s*(?:(?:と(?:回答|答え)(?:した|た)|との回答|を選(?:んだ|択した))"
    rf"\s*(?:の)?(?:方|人|回答者|参加者)?)?(?:の?割合)?"
    rf"\s*(?:(?:が|は|:)、?\s*(?:合わせて|合計で?|計)?\s*|(?=[(\d])|\s+)\(?(?P<share>{_MEASURED})"
)
_NAMED = re.compile(
    rf"(?P<item>[^\s、。,「」・:は()]{{1,20}}度)\s*」?\s*(?:が|は|:|の割合は)?\s*(?P<share>{_PERCENT})"
)
_ANY = re.compile(_PERCENT)
_BARE = re.compile(rf"(?<![\d.,]){_NUMBER}%")
LONGEST = 400
"""Letters of a sentence that is gone through for more than its percentages."""
_OTHER_TIME = re.compile(r"前回|昨年|前年|昨年度|前年度|一昨年|目標|他の回|全国|増|減|ポイント")


@dataclass(frozen=True)
class Said:
    """What a line says: which levels (as quoted) have which percentage, count and n, all as text.

    ``where`` is empty where it is not told; ``span`` is the place in the line; ``doubt`` is what a
    person has to see to, beside confirming it.
    """

    where: str = ""
    levels: tuple[str, ...] = ()
    percent: str = ""
    count: str = ""
    n: str = ""
    item: str = ""
    doubt: str = ""
    span: tuple[int, int] = (0, 0)


def statements(text: str) -> Iterator[Said]:
    """Yield what a line says in percentages, in its order; each percentage is in one of them."""
    found = [
        said
        for sentence in re.finditer("[^。]+。?", text)
        for said in _in_sentence(text, *sentence.span())
    ]
    for said in found:
        yield _placed(said, text, alone=len(found) == 1)


def _in_sentence(text: str, start: int, end: int) -> list[Said]:
    """Return what one sentence says, in its order; of an endless one only its percentages."""
    endless = end - start > LONGEST
    found: list[Said] = []
    for pattern in (_BARE,) if endless else (_INSIDE, _FORWARD, _BACKWARD, _NAMED, _ANY):
        for match in pattern.finditer(text, start, end):
            overlaps = not endless and any(
                match.start() < said.span[1] and said.span[0] < match.end() for said in found
            )
            if not overlaps and not (pattern is _ANY and _is_none(match)):
                found.append(_said(match))
    return sorted(found, key=lambda said: said.span)


def _is_none(match: re.Match[str]) -> bool:
    """Return whether a number is a piece of a longer one."""
    before = match.string[: match.start()][-1:]
    return match[0][0].isdigit() and before in {*"0123456789.,"}


def _said(match: re.Match[str]) -> Said:
    groups = match.groupdict()
    share = groups.get("share") or match[0]
    quoted = re.findall("「([^「」]+)」", groups.get("levels") or "")
    levels = tuple(quoted) or ((groups["level"],) if groups.get("level") else ())
    said = replace(_share(share), levels=levels, item=groups.get("item") or "", span=match.span())
    if not levels and not said.item:
        return replace(said, doubt="何の割合か")
    return said


def _share(text: str) -> Said:
    """Return the numbers of a share; what is rounded to tens or said to be about stays blank."""
    if re.fullmatch(_EVERYBODY, text):
        return Said(percent="100")
    if "割" in text:
        return Said(doubt=f"「{text}」は、印刷された割合か人数がわかれば書く")
    percent = re.search(rf"({_NUMBER})\s*%", text)
    people = re.findall(r"(\d+)\s*(?:人|名)", text)
    fraction = re.search(r"(\d+)\s*/\s*(\d+)", text)
    n, count = "", ""
    if fraction:
        count, n = fraction.groups()
    elif len(people) == 2:
        n, count = people
    elif people:
        (count,) = people
    if re.search(r"約|およそ|ほぼ|以上|超|未満|程度|弱|強", text):
        return Said(count=count, n=n, doubt=f"「{text.strip()}」は、ちょうどの値がわかれば書く")
    return Said(percent=percent[1] if percent else "", count=count, n=n)


def _placed(said: Said, text: str, *, alone: bool) -> Said:
    """Return what is said with its place: a line of its own is a headline."""
    if said.doubt.startswith("何の"):
        return said
    body = re.sub(r"^[\s・\-*■●◆>]+", "", text).rstrip("。 した")
    headline = alone and len(body) - (said.span[1] - said.span[0]) <= 12 and "。" not in body
    doubt = said.doubt
    if not headline and _OTHER_TIME.search(text):
        doubt = doubt or "どの回か（ほかの時期との比較がある文）"
    return replace(said, where="headline" if headline else "prose", doubt=doubt)
