"""Whether the respondent id column holds ids: what tells one person from another."""

import re
from collections.abc import Collection, Iterable

from dxeval.definitions.labels import normalise

PLACEHOLDERS = {
    *("anonymous", "anon", "anonymous user", "guest", "unknown", "user", "test", "none", "null"),
    *("na", "n/a", "#n/a", "nan", "-", "--", "ー", "―", "0", "00", "000", "true", "false", "yes"),
    *(
        "匿名",
        "匿名ユーザー",
        "匿名希望",
        "名無し",
        "名なし",
        "ゲスト",
        "不明",
        "なし",
        "無し",
        "テスト",
    ),
    *("未回答", "無回答", "未登録", "未ログイン", "該当なし", "はい", "いいえ", "同意する"),
}
"""What tools and people write where there is no id."""
_CUT_SHORT = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_LONG_NUMBER = re.compile(r"\d{15}0+")
_DATE = re.compile(r"\d{2,4}[/.年-]\d{1,2}([/.月-]\d{1,2})?.*|\d{1,2}:\d{2}.*")
FEW = 6
"""Rows from which on there must be at least half as many people."""


def id_key(cell: str) -> str:
    """Return an id in the form in which two are compared; addresses without regard to case."""
    key = normalise(cell)
    return key.casefold() if "@" in key else key


def why_no_ids(
    repeated: Iterable[tuple[str, int]], people: int, rows: int, answers: Collection[str]
) -> str | None:
    """Return why ids that stand in several rows tell nobody apart, None if they may.

    ``repeated``: those keys and how often each stands there; what stands once folds nobody into
    another. ``people`` would answer in ``rows``. ``answers`` are what may stand in the questions'
    columns, normalised.
    """
    for key, count in repeated:
        if (what := _what(key, answers)) is not None:
            return f"{what}が{count}行に同じ値であります"
    if people * 2 < rows >= FEW:
        return f"{rows}行に{people}種類の値しかありません"
    return None


def _what(key: str, answers: Collection[str]) -> str | None:
    """Return what a key is that cannot be one person's, None if it can."""
    kinds = {
        f"だれのものか分からない「{key}」": key.casefold() in PLACEHOLDERS,
        "表計算ソフトが桁を落とした番号": _CUT_SHORT.fullmatch(key) or _LONG_NUMBER.fullmatch(key),
        "日付か時刻": _DATE.fullmatch(key),
        "設問の答え": key in answers and not key.isdigit(),
        "番号でもアドレスでもない言葉（部署や氏名など）": "@" not in key
        and not key.isascii()
        and not any(character.isdigit() for character in key),
    }
    return next((what for what, it_is in kinds.items() if it_is), None)
