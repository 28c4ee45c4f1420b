"""A table of a report -> what its cells say: sessions down, or levels, or questions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dxeval.auditing.drafting.blocks import folded
from dxeval.auditing.drafting.facts import Fact, dates
from dxeval.auditing.drafting.subjects import Reference, Subjects, reference

_CELL = re.compile(
    r"(?:(?P<count>\d{1,5})\s*(?:人|名|件)?\s*[\(/]\s*)?(?P<percent>\d{1,3}(?:\.\d{1,2})?)\s*%\s*\)?"
    r"(?:\s*\((?P<after>\d{1,5})\s*(?:人|名|件)?\))?"
)
_BARE = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_WHOLE = re.compile(r"(\d{1,5})\s*(?:人|名|件|票)?")
_SHARES = re.compile(r"割合|比率|構成比|%|率")
_COUNTS = re.compile(r"人数|回答数|件数|度数|実数|^n$|^人$|^件$", re.IGNORECASE)
_CAME = re.compile(r"受講者|参加者|参加人数|出席")
_ANSWERED = re.compile(r"回答者|有効回答|回収")
_DATE = re.compile(r"開催日|日時|実施日|日程|日付")
_MEAN, _SD = re.compile(r"平均"), re.compile(r"標準偏差|^SD$", re.IGNORECASE)
_TOTAL = re.compile(r"合計|総計|計|全体|総数|n")
_ITEMS = re.compile(r"設問|項目|質問")


@dataclass(frozen=True)
class Figure:
    """A cell: which session its row names (None: not told), item, level, and its numbers."""

    session: Reference | None = None
    item: str = ""
    level: str = ""
    percent: str = ""
    count: str = ""
    n: str = ""
    mean: str = ""
    sd: str = ""
    doubt: str = ""
    row: int = 0


def figures(
    rows: Sequence[Sequence[str]], subjects: Subjects
) -> Iterator[Figure | tuple[Reference | None, Fact, int]]:
    """Yield the figures of a table and the facts of the sessions in its rows."""
    top, body = _parted(rows)
    head = [folded(cell) for cell in top]
    shares = [c for c, name in enumerate(head) if _holds_percents(name, body, c)]
    if not shares:
        return
    if any(_reference(row) for _, row in body):
        yield from _by_session(top, body, shares)
        return
    if _are_items(head, body, subjects):
        yield from _by_item(top, body, shares)
    elif len(shares) == 1 and _SHARES.search(head[shares[0]]):
        yield from _by_level(head, body, shares[0])


def names_in(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table's questions: over percentages of sessions, or the rows below 設問."""
    head, body = _parted(rows)
    if _ITEMS.search(head[0]):
        return [row[0].strip() for _, row in body if row[0].strip()]
    if not any(_reference(row) for _, row in body):
        return []
    return [
        _name(name)[0]
        for c, name in enumerate(head)
        if _holds_percents(folded(name), body, c) and not _SHARES.search(name)
    ]


def _parted(
    rows: Sequence[Sequence[str]],
) -> tuple[Sequence[str], list[tuple[int, Sequence[str]]]]:
    """Return the head, of rows above the first percentage that whose names differ, and the rest."""
    first = next((i for i, row in enumerate(rows) if any(_CELL.search(folded(c)) for c in row)), 1)
    above = rows[: max(first, 1)]
    head = max(above, key=lambda row: len({*filter(None, row)}))
    return head, [*enumerate(rows[len(above) :], len(above))]


def _holds_percents(name: str, body: Sequence[tuple[int, Sequence[str]]], column: int) -> bool:
    cells = [folded(row[column]) for _, row in body if row[column].strip(" -－—")]
    marked = [cell for cell in cells if _CELL.fullmatch(cell)]
    if "%" in name or "割合" in name:
        marked = [cell for cell in cells if _CELL.fullmatch(cell) or _BARE.fullmatch(cell)]
    return bool(cells) and len(marked) == len(cells)


def _reference(row: Sequence[str]) -> Reference | None:
    named = {found for cell in row if (found := reference(cell))}
    return named.pop() if len(named) == 1 else None


def _by_session(
    head: Sequence[str], body: Sequence[tuple[int, Sequence[str]]], shares: Sequence[int]
) -> Iterator[Figure | tuple[Reference | None, Fact, int]]:
    before = ""
    for number, row in body:
        named = _reference(row)
        words = next((cell for cell in row[:1] if cell and not reference(cell)), "")
        before = words or before
        if named and before:
            cell = next(cell for cell in row if reference(cell))
            named = reference(cell, before)
        for column, typed in enumerate(head):
            name = folded(typed)
            text = folded(row[column])
            whole = _WHOLE.fullmatch(text)
            if column in shares and not re.search("回答率|回収率", name) and _is_share(text):
                item, n = _name(typed)
                yield replace(_figure(text, session=named, item=item, row=number), n=n)
            elif whole and _CAME.search(name):
                yield named, Fact("attended", whole[1]), number
            elif whole and _ANSWERED.search(name):
                yield named, Fact("responded", whole[1]), number
            elif _DATE.search(name):
                for date in dates(text, row[column]):
                    yield named, Fact("date", text=date), number


def _name(head: str) -> tuple[str, str]:
    """Return a head without what stands in brackets of its numbers, and the n that does."""
    n = re.search(r"[nN]\s*=\s*(\d{1,6})", folded(head))
    plain = re.sub(r"\s*[(（]\s*(?:%|％|[nN]\s*=\s*\d+(?:人)?)\s*[)）]\s*$", "", head)
    return plain.strip(), n[1] if n else ""


def _is_share(text: str) -> bool:
    return bool(_CELL.fullmatch(text) or _BARE.fullmatch(text.strip()))


def _figure(text: str, **place: object) -> Figure:
    match = _CELL.fullmatch(text)
    if match is None:
        return Figure(percent=text.strip(), **place)  # type: ignore[arg-type]
    count = match["count"] or match["after"] or ""
    return Figure(percent=match["percent"], count=count, **place)  # type: ignore[arg-type]


def _by_level(
    head: Sequence[str], body: Sequence[tuple[int, Sequence[str]]], share: int
) -> Iterator[Figure]:
    counts = [c for c, name in enumerate(head) if _COUNTS.search(name) and c != share]
    total = [row for _, row in body if _TOTAL.fullmatch(folded(row[0]).strip())]
    n = _WHOLE.fullmatch(folded(total[0][counts[0]])) if total and counts else None
    for number, row in body:
        if row in total or not row[0].strip() or not row[share].strip():
            continue
        found = _figure(folded(row[share]), level=row[0].strip(), row=number)
        count = _WHOLE.fullmatch(folded(row[counts[0]])) if counts else None
        yield replace(found, count=count[1] if count else found.count, n=n[1] if n else "")


def _are_items(
    head: Sequence[str], body: Sequence[tuple[int, Sequence[str]]], subjects: Subjects
) -> bool:
    known = all(row[0].strip() in subjects.items for _, row in body)
    return known or (not subjects.programme and bool(_ITEMS.search(head[0])))


def _by_item(
    head: Sequence[str], body: Sequence[tuple[int, Sequence[str]]], shares: Sequence[int]
) -> Iterator[Figure]:
    others = [c for c in range(1, len(head)) if c not in shares]
    for number, row in body:
        told = {}
        for c in others:
            name, text = folded(head[c]), folded(row[c]).strip()
            if _MEAN.search(name) and _BARE.fullmatch(text):
                told["mean"] = text
            elif _SD.search(name) and _BARE.fullmatch(text):
                told["sd"] = text
            elif _COUNTS.search(name) and (whole := _WHOLE.fullmatch(text)):
                told["n"] = whole[1]
        for c in shares:
            if _is_share(folded(row[c])):
                named = reference(head[c])
                level = "" if named or _SHARES.search(head[c]) else head[c]
                found = _figure(
                    folded(row[c]), session=named, item=row[0].strip(), level=level, row=number
                )
                yield replace(found, n=told.get("n", ""))
        if "mean" in told:
            yield Figure(None, row[0].strip(), "", row=number, **told)
