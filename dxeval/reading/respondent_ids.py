"""Whether the respondent id column holds ids: what tells one person from another."""

import re
from collections.abc import Collection, Iterable, Sequence

from dxeval.definitions.labels import normalise
from dxeval.reading.limits import FEW

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
_CUT_SHORT = re.compile(r"\d(\.\d+)?[eE]\+\d{2,}")
_LONG_NUMBER = re.compile(r"\d{15}0+")
_WHOLE_NUMBER = re.compile(r"\s*\d{15,}[1-9]\s*")
"""One more digit than a spreadsheet keeps: where it stands, none were dropped."""
_DATE = re.compile(
    r"((19|20)\d\d[/.年-]\d{1,2}[/.月-]\d{1,2}|\d{2}/\d{1,2}/\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-](19|20)\d\d"
    r"|(令和|平成|[RH])\d{1,2}[.年]\d{1,2}[.月]\d{1,2}|\d{1,2}月\d{1,2})日?([T (,].*)?"
    r"|((午前|午後) ?)?\d{1,2}(:\d{2}|時).*|\d{5}\.\d+"
)
_PLACE = re.compile(r"\d{1,3}(\.\d{1,3}){3}(:\d+)?|[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){3,7}")
_BROWSER = re.compile(r"(Mozilla|Opera|Chrome|Safari|Edge?|Firefox)\b.*")
_COUNTED = re.compile(
    r"第?\d+([-~]\d+)?(歳?代|歳|年目?|組|班|回目?|期|名|人|課|係|部|室|階|区|級|点|番目?)"
    r"(以上|以下|未満|生)?"
)


def id_key(cell: str) -> str:
    """Return an id in the form in which two are compared; addresses without regard to case."""
    key = normalise(cell)
    return key.casefold() if "@" in key else key


def id_keys(cells: Sequence[str]) -> Sequence[str]:
    """Return the ``id_key`` of each cell; at once where each is its own."""
    together = "".join(cells)
    if together.isascii() and together.isalnum():
        return cells
    return [id_key(cell) for cell in cells]


def why_no_ids(
    repeated: Iterable[tuple[str, int]], cells: Sequence[str], people: int, answers: Collection[str]
) -> str | None:
    """Return why ids that stand in several rows tell nobody apart, None if they may.

    ``repeated``: those keys and how often each stands there; what stands once folds nobody into
    another. ``people`` would answer in the rows of ``cells``. ``answers`` are what may stand in the
    questions' columns, normalised.
    """
    for key, count in repeated:
        if _LONG_NUMBER.fullmatch(key) and any(map(_WHOLE_NUMBER.fullmatch, cells)):
            continue
        if (what := _what(key, answers)) is not None:
            return f"{what}が{count}行に同じ値であります"
    rows = len(cells)
    if people * 2 < rows >= FEW:
        return f"{rows}行に{people}種類の値しかありません"
    return None


def _what(key: str, answers: Collection[str]) -> str | None:
    """Return what a key is that cannot be one person's, None if it can."""
    kinds = {
        f"だれのものか分からない「{key}」": key.casefold() in PLACEHOLDERS,
        "表計算ソフトが桁を落とした番号": _CUT_SHORT.fullmatch(key) or _LONG_NUMBER.fullmatch(key),
        "日付か時刻": _DATE.fullmatch(key),
        "端末かネットワークの名前": _PLACE.fullmatch(key) or _BROWSER.fullmatch(key),
        "年代、組、部署などの区分": _COUNTED.fullmatch(key),
        "短すぎる言葉": len(key) <= 2 and key.isascii() and key.isalpha(),
        "設問の答え": key in answers and not key.isdigit(),
        "番号でもアドレスでもない言葉（部署や氏名など）": "@" not in key
        and not key.isascii()
        and not any(character.isdigit() for character in key),
    }
    return next((what for what, it_is in kinds.items() if it_is), None)
