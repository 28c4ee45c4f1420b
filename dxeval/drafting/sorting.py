"""What a column is by its header and cells: who, when, whether it counts, or an answer."""

import re
from collections import Counter
from collections.abc import Callable
from enum import StrEnum

from dxeval.definitions.contact import emails, has_contact
from dxeval.definitions.labels import normalise
from dxeval.definitions.person import WITHHELD, quotable
from dxeval.drafting.head import LONGEST_ADDRESS
from dxeval.drafting.headers import About, says
from dxeval.drafting.ordering import MOST_LEVELS
from dxeval.drafting.recognition import Scale
from dxeval.drafting.scales import recognise
from dxeval.drafting.sheet import Cells
from dxeval.reading.dropped import is_incomplete, is_mark
from dxeval.reading.respondent_ids import id_key, why_no_ids
from dxeval.reading.timestamps import DATE_ORDERS, parse_timestamp

MOST = 0.6
"""The share of a column's cells that say what it is: forms let people write anything."""
FEW_LABELS = 5
"""Japanese words that may be names: more of them in one column are."""
_DATE = re.compile(
    r"\d{1,4}[/.年-]\d{1,2}[/.月-]\d{1,4}日?|\d{1,2}:\d{2}(:\d{2})?|\d{1,2}月\d{1,2}日"
)
_PLACE = re.compile(r"〒?\d{3}-\d{4}.*|.{2,3}[都道府県].+[市区町村郡].*|.+[市区町村].*\d.*")


class Sort(StrEnum):
    """What a column may be, as it is said to people."""

    EMPTY = "空の列"
    TIME = "日時"
    ID = "回答の番号"
    MEMBER = "回答者を見分けるもの"
    PERSONAL = "個人の情報"
    SYSTEM = "フォームが加える列"
    STATUS = "行の状態"
    ANSWER = "答え"


def sort_of(cells: Cells) -> Sort:
    """Return what a column is; an answer where nothing says otherwise."""
    there, header = cells.together, cells.asks
    if not there:
        return Sort.EMPTY
    found = _who_or_when(header, there) or _not_asked(header, there)
    if found in {Sort.PERSONAL, Sort.STATUS, Sort.SYSTEM} and _is_scale(there):
        found = None
    return found or Sort.ANSWER


def _not_asked(header: str, cells: list[str]) -> Sort | None:
    if says(header, About.STATUS) or all(map(_marks_rows, cells)):
        return Sort.STATUS
    if says(header, About.SYSTEM) or _are_dates(cells):
        return Sort.SYSTEM
    return Sort.PERSONAL if _is_personal(header, cells) else None


def _is_scale(cells: list[str]) -> bool:
    counts = Counter(cells)
    return len(counts) <= MOST_LEVELS and isinstance(recognise(counts), Scale)


def _who_or_when(header: str, cells: list[str]) -> Sort | None:
    if _share(cells, _is_address) > MOST:
        return Sort.MEMBER
    if says(header, About.EMAIL) and not says(header, About.ASKS):
        return Sort.PERSONAL
    if _is_time(header, cells):
        return Sort.TIME
    if says(header, About.MEMBER):
        return Sort.MEMBER if _tells_apart(cells) else Sort.PERSONAL
    return Sort.ID if says(header, About.ID) and _tells_apart(cells) else None


def _are_dates(cells: list[str]) -> bool:
    return _share(cells, _is_date) > MOST and _rare(cells)


def repeats(cells: Cells) -> bool:
    """Return whether somebody stands in a column more than once."""
    keys = Counter(id_key(cell) for cell in cells.together)
    return max(keys.values(), default=0) > 1


def _share(cells: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells)


def _is_address(cell: str) -> bool:
    return len(cell) < LONGEST_ADDRESS and bool(emails(cell))


def _is_date(cell: str) -> bool:
    return bool(_DATE.fullmatch(normalise(cell[:LONGEST_ADDRESS])))


def _is_time(header: str, cells: list[str]) -> bool:
    sample = cells[:200]
    moments = sum(
        any(parse_timestamp(cell, order) for order in DATE_ORDERS)
        for cell in sample
        if not cell.strip().isdecimal() or says(header, About.TIME)
    )
    return moments == len(sample) or (says(header, About.TIME) and moments > MOST * len(sample))


def _tells_apart(cells: list[str]) -> bool:
    keys = Counter(map(id_key, cells))
    repeated = [(key, n) for key, n in keys.items() if n > 1]
    return why_no_ids(repeated, cells, len(keys), ()) is None


def _marks_rows(cell: str) -> bool:
    word = normalise(cell)
    return is_mark(word) and len(word) > 1 and not word.isdecimal() and _state(word)


def _state(word: str) -> bool:
    """Return whether a word says the state of a row, and no yes or no."""
    return word.casefold() not in {"true", "false", "yes", "no", "はい", "いいえ", "ok", "not"}


def _rare(cells: list[str]) -> bool:
    return 2 * len({*map(normalise, cells)}) > len(cells)


def _is_personal(header: str, cells: list[str]) -> bool:
    """Return whether most cells are people, numbers to call or places to live."""
    if says(header, About.PEOPLE) and _rare(cells):
        return not all(map(str.isdecimal, cells))
    personal = says(header, About.PERSONAL)
    if personal and not says(header, About.ASKS):
        return True
    short = [cell for cell in cells if len(cell) < LONGEST_ADDRESS]
    reached = sum(has_contact(cell) or bool(_PLACE.fullmatch(normalise(cell))) for cell in short)
    if reached > MOST * len(cells) and _rare(cells):
        return True
    others = (About.ASKS, About.NO_ORDER, About.PEOPLE, About.SEVERAL, About.OWN_WORDS)
    if says(header, *others) and not personal:
        return False
    named = [cell for cell in short if quotable(cell, ()) == WITHHELD]
    if len(named) <= MOST * len(cells):
        return False
    many = len({*map(normalise, named)}) > FEW_LABELS and not any(map(str.isascii, named))
    return _rare(cells) or many or personal


def states(cells: Cells) -> tuple[dict[str, int], dict[str, int]]:
    """Return the words of a column of states, counted: of whole answers, and of others.

    Both are empty where a word is no known mark, which may be anything.
    """
    words = Counter(normalise(cell) for cell in cells.together)
    if not all(map(is_mark, words)):
        return {}, {}
    others = {word: n for word, n in words.items() if is_incomplete(word)}
    return {word: n for word, n in words.items() if word not in others}, others
