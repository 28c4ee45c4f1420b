"""The form of a draft: who answered, when, and which rows count; with what is not certain."""

from collections.abc import Mapping, Sequence

from dxeval.definitions.form import DATE_ORDERS
from dxeval.drafting.headers import About, says
from dxeval.drafting.parts import listed
from dxeval.drafting.plan import Doubt, Part, Value
from dxeval.drafting.sheet import Cells
from dxeval.drafting.sorting import Sort, repeats
from dxeval.drafting.sorting import states as states_of
from dxeval.reading.timestamps import fitting_orders

_ORDERS = {
    "year-month-day": "年・月・日",
    "month-day-year": "月・日・年（6/4/2025 は6月4日）",
    "day-month-year": "日・月・年（6/4/2025 は4月6日）",
}


def form_of(
    sorted_columns: Mapping[Sort, Sequence[Cells]], extra_header_rows: int, sure: bool
) -> Part:
    """Return the form's keys but its questions: the respondent's id, the time, rows that count."""
    keys: dict[str, Value] = {"name": "書き出し"}
    doubts: list[Doubt] = []
    time = _sent(sorted_columns.get(Sort.TIME, ()))
    who = _who(sorted_columns)
    if who:
        keys["respondent_id"] = who.header
        if repeats(who):
            doubts.append(_resubmission(time is not None))
    if time:
        keys["timestamp"] = time.header
        orders = fitting_orders(time.together)
        if len(orders) == 1 and orders[0] != DATE_ORDERS[0]:
            keys["date_order"] = orders[0]
        elif len(orders) > 1 and DATE_ORDERS[0] not in orders:
            doubts.append(_date_order(orders))
    if extra_header_rows:
        keys["extra_header_rows"] = str(extra_header_rows)
    if not sure:
        sentence = "見出しの下の行が、見出しの続きか回答かを確かめる（extra_header_rows）。"
        doubts.append(Doubt("header", sentence))
    states = [doubt for cells in sorted_columns.get(Sort.STATUS, ()) if (doubt := _rows(cells))]
    if not states and time and says(time.header, About.SENT) and (n := _blank(time)):
        states.append(_unsent(time.header, n))
    return Part(keys, (*doubts, *states))


def _who(sorted_columns: Mapping[Sort, Sequence[Cells]]) -> Cells | None:
    """Return the column that tells people apart: where somebody stands twice, before a number."""
    people = [*sorted_columns.get(Sort.MEMBER, ())]
    ids = [*sorted_columns.get(Sort.ID, ())]
    twice = [cells for cells in people if repeats(cells)]
    return next(iter([*twice, *ids, *people]), None)


def _sent(columns: Sequence[Cells]) -> Cells | None:
    """Return when answers were sent, rather than begun or changed."""

    def rank(cells: Cells) -> int:
        if says(cells.header, About.BEGUN):
            return 2
        return 0 if says(cells.header, About.SENT) else 1

    return min(columns, key=rank, default=None)


def _resubmission(has_time: bool) -> Doubt:
    options: dict[str, Mapping[str, Value | None]] = {}
    if has_time:
        options["最後に送られた回答だけを数える"] = {"resubmission": "latest"}
        options["最初に送られた回答だけを数える"] = {"resubmission": "first"}
        options["別々の回答として数える"] = {"respondent_id": None}
    sentence = (
        "同じ回答者の行が2行以上あるので、resubmission（どれを数えるか）を決める"
        "（別々の人なら respondent_id の行を消す）。"
    )
    asks = "同じ回答者の行が2行以上あります。どれを数えますか"
    return Doubt("resubmission", sentence, 8, asks, options)


def _date_order(orders: Sequence[str]) -> Doubt:
    options = {_ORDERS[order]: {"date_order": order} for order in orders}
    sentence = "日時の年月日の並び（date_order）を確かめる。"
    return Doubt("date_order", sentence, 1, "日時は、どの並びで書かれていますか", options)


def _blank(cells: Cells) -> int:
    return sum(not cell.strip() for column in cells.columns for cell in column)


def _unsent(header: str, n: int) -> Doubt:
    """Return what is to be settled of rows without the moment when they were sent."""
    options: dict[str, Mapping[str, Value | None]] = {
        "日時のある行だけを数える": {"count_rows": {header: ("*",)}},
        "すべての行を数える": {},
    }
    sentence = f"「{header}」が空欄の{n}行が、送信されていない回答でないか確かめる（count_rows）。"
    asks = f"「{header}」が空欄の行が{n}行あります。どの行を数えますか"
    return Doubt(f"rows {header}", sentence, 9, asks, options)


def _rows(cells: Cells) -> Doubt | None:
    """Return what is to be settled of a column that may mark rows as no answers."""
    whole, others = states_of(cells)
    blank = _blank(cells)
    if len({*cells.together}) == 1 and not blank:
        return None
    if not whole and not others:
        sentence = f"「{cells.header}」に、数えない行のしるしがないか確かめる（count_rows）。"
        return Doubt(f"rows {cells.header}", sentence)
    if not others and not blank:
        return None
    options: dict[str, Mapping[str, Value | None]] = {}
    if whole:
        options[f"{listed(whole)}の行だけを数える"] = {"count_rows": {cells.header: tuple(whole)}}
    elif others:
        options[f"{listed(others)}の行を数えない"] = {"skip_rows": {cells.header: tuple(others)}}
    options["すべての行を数える"] = {}
    told = "、".join(f"{word} {n}行" for word, n in {**whole, **others}.items())
    told += f"、空欄 {blank}行" if blank else ""
    sentence = f"「{cells.header}」（{told}）で、どの行を数えるか確かめる（count_rows）。"
    asks = f"「{cells.header}」の列に {told} とあります。どの行を数えますか"
    return Doubt(f"rows {cells.header}", sentence, 9, asks, options)
