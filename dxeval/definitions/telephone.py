"""Telephone numbers as people in Japan write them: known by the numbering plan, not by length."""

import re
from collections.abc import Iterator

_AREA = re.compile(
    r"0(?:[36][1-9]"
    r"|1(?:1[1-9]|2[3-6]|3[3-9]|4[2-6]|5[2-8]|6[2-7]|7[2-9]|8[2-8]|9[1-9])"
    r"|5(?:[2-589]|6[1-9]|7[2-8])"
    r"|7(?:[235-9]|4[02-9])"
    r"|[2489][2-9])"
)
"""How Japan's area codes (総務省「市外局番の一覧」) begin; the whole number has ten digits."""
_MOBILE = re.compile(r"0[5-9]0[1-9]\d{7}")
"""Mobile and IP telephones."""
_SERVICE = re.compile(r"0(?:120|180|570|990)\d{6}|0800\d{7}")
"""Free, paid and shared lines."""

_GAP = r"[-\s().・の/]"
_DIGITS = re.compile(rf"(?:\+{_GAP}?)?(?<!\d)\d+")
_NEXT = re.compile(rf"{_GAP}{{1,3}}(\d+)")
_MOST_GROUPS = 6
_BEFORE = 16
"""Characters before a number that are looked at for what it is called."""
_NAMED = re.compile(
    r"(?:(?:受付|整理|管理|申請|注文|登録|伝票|会員|職員|口座|法人|学籍)番号|コード)"
    r"[\s:はが「(]{0,3}$|〒\s?$|\d-$"
)
"""Before a number of another kind, or in the middle of a longer one."""
_SERIAL = re.compile(
    r"\d[.,]$|\b(?:ID|No\.?)[\s:]{0,2}$|(?<![a-z])(?!tel|fax|phone)[a-z]{1,12}[-_#]?$", re.I
)
"""Before ten digits in one piece that are a code or decimals."""
_LONGER = re.compile(r"-?\d{4}|\.\d|円")
_DASHES = re.compile("[‐‑‒–—―−ー~〜]")

_LOCAL = re.compile(
    r"(?:電話番号|電話|TEL|FAX|携帯)[\s:は.(]{0,3}\d{1,4}[-(]\d{4}(?![-\d年])", re.I
)
"""A number without its area code: only its label tells it from other digits."""
_EXTENSION = re.compile(
    r"(?:内線(?:番号)?[\s:は(]{0,3}|[(\s]内[\s:]?|\bext\.? ?)\d{2,6}(?![\d台人本個件年円%])", re.I
)


def has_telephone(text: str) -> bool:
    """Return whether ``text``, in NFKC, holds a telephone number or an 内線 number."""
    return next(numbers(text), None) is not None


def numbers(text: str) -> Iterator[str]:
    """Yield the telephone and 内線 numbers in ``text``, in NFKC, by their digits.

    Numbers of Japan in one piece or in groups, with brackets, spaces or +81; others with their +.
    Where a number may be a telephone's or not, it is taken for one: a missed one would be printed.
    """
    plain = _DASHES.sub("-", text)
    for pattern in (_EXTENSION, _LOCAL):
        yield from ("".join(filter(str.isdecimal, m[0])) for m in pattern.finditer(plain))
    for match in _DIGITS.finditer(plain):
        if number := _telephone(plain, match):
            yield number


def _telephone(text: str, match: re.Match[str]) -> str | None:
    """Return the digits of the telephone number that begins at ``match``, None if none does."""
    if match[0][0] not in "0+":
        return None
    fitting = [(groups, end) for groups, end in _readings(text, match) if _fits(groups)]
    if not fitting:
        return None
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if _NAMED.search(before):
        return None
    for groups, end in fitting:
        serial = groups == [match[0]] and len(match[0]) == 10 and _SERIAL.search(before)
        if not serial and not _LONGER.match(text, end):
            digits = "".join(filter(str.isdecimal, "".join(groups)))
            return re.sub("^810?", "0", digits) if groups[0][0] == "+" else digits
    return None


def _readings(text: str, match: re.Match[str]) -> Iterator[tuple[list[str], int]]:
    """Yield the groups of digits that may be one number, and where they end."""
    groups, end = [match[0]], match.end()
    yield groups, end
    while len(groups) < _MOST_GROUPS and (following := _NEXT.match(text, end)):
        groups = [*groups, following[1]]
        end = following.end()
        yield groups, end


def _fits(groups: list[str]) -> bool:
    """Return whether groups of digits, the first perhaps with a +, are a number of a plan."""
    number = "".join(groups)
    if number.startswith("+"):
        digits = "".join(c for c in number if c.isdigit())
        if digits.startswith("81"):
            return _fits(["0" + digits[2:].removeprefix("0")])
        return len(groups) > 1 and 9 <= len(digits) <= 15
    if len(groups[0]) < 2:
        return False
    if _MOBILE.fullmatch(number) or _SERVICE.fullmatch(number):
        return True
    if len(number) != 10 or not _AREA.match(number):
        return False
    return len(groups) < 3 or (len(groups) < 5 and len(groups[-1]) == 4)
