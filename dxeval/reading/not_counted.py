"""Rows that a form does not count: by which value, as far as that may be shown to everybody."""

import re
from collections import Counter
from collections.abc import Mapping

from dxeval.definitions.form import ANYTHING, Form
from dxeval.definitions.person import quotable
from dxeval.problems import shorten
from dxeval.reading.limits import MAX_MARKS

NotCounted = Mapping[tuple[str, str], int]
"""How many rows do not count, by header and by the value under it."""
_STATE = re.compile(
    "途中|中断|中止|完了|終了|未[完送処対確回承提了着受読済]|送信|回答|入力|記入|下書|保存|無効|有効|"
    "却下|差し?戻|取り?[消下]|キャンセル|削除|対象外|処理|対応|承認|受付|受理|確認|審査|保留|登録|"
    "申請|提出|締切|期限|重複|テスト|プレビュー|スパム|"
    r"\b(?:partial|complete|progress|started|preview|test|spam|screened|disqualified|quota|"
    r"deleted|rejected|invalid|valid|cancell?ed|draft|abandoned|terminated|timed|opted|duplicate|"
    r"pending|approved|submitted|finished|hold)\b",
    re.IGNORECASE,
)
"""Words of a row's state, and of no name."""
_ID = re.compile(r"\D{0,3}\d{5,}")
"""A number that tells people apart, as a rule."""


def as_shown(rows: NotCounted, form: Form) -> dict[tuple[str, str], int]:
    """Return the rows by header and value again, with no value that may be a person's.

    Such a value, one that only ``*`` declares and one beyond ``MAX_MARKS`` become ``*``: not blank.
    """
    shown: Counter[tuple[str, str]] = Counter()
    different: Counter[str] = Counter()
    for (header, value), count in Counter(rows).most_common():
        different[header] += 1
        kept = _mark(form, header, value) if different[header] <= MAX_MARKS else ANYTHING
        shown[header, kept] += count
    return dict(shown)


def _mark(form: Form, header: str, value: str) -> str:
    """Return a value if it is a mark that may be shown, else ``*``."""
    by_anything = ANYTHING in form.skip_rows.get(header, ())
    if not value or not (by_anything or header == form.respondent_id or _personal(value)):
        return shorten(value)
    return ANYTHING


def _personal(value: str) -> bool:
    labels = [value] if _STATE.search(value) else []
    return quotable(value, labels) != value or bool(_ID.fullmatch(value))


def value_text(value: str) -> str:
    """Return in words a value that ``as_shown`` returned: ``「途中」`` or ``（空欄）``."""
    return {"": "（空欄）", ANYTHING: "（記入あり）"}.get(value, f"「{value}」")
