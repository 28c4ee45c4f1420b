"""Texts that differ and look the same on a screen: told apart by their code points."""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from dxeval.definitions.labels import normalise

SHOWN_PAIRS = 3
_GROUPS = (
    "-ー一―–‐─━_",
    "0oО〇○◯о",
    "1l|i",
    "・·•‧∙⋅",
    "~∼〰",
    "'’‘`´′",
    '"“”″〝〟',
    "カ力",
    "エ工",
    "オ才",
    "ロ口囗",
    "タ夕",
    "チ千",
    "ト卜",
    "ニ二",
    "ハ八",
    "ヒ匕",
    "へヘ",
    "べベ",
    "ぺペ",
    "ミ三",
    "りリ",
    "aаα",
    "eе",
    "pрρ",
    "cс",
    "xх×",
    "yу",
    "hн",
    "kк",
    "tт",
    "高髙",
    "崎﨑",
    "吉𠮷",
    "母⺟",
    "民⺠",
    "虎⻁",
    "西⻄",
    "見⻅",
    "角⻆",
    "貝⻉",
    "車⻋",
    "長⻑",
    "門⻔",
    "青⻘",
    "頁⻚",
    "風⻛",
    "飛⻜",
    "食⻝",
    "馬⻢",
    "鬼⻤",
    "魚⻥",
    "鳥⻦",
    "麦⻨",
    "黄⻩",
    "歯⻭",
    "竜⻯",
    "亀⻲",
)
"""Characters that fonts draw alike: kana and kanji, strokes, circles, other alphabets, and the
radicals that come of text copied out of a PDF (Unicode's EquivalentUnifiedIdeograph)."""
_LIKE = {ord(other): group[0] for group in _GROUPS for other in group[1:]}


def _skeleton(text: str) -> str:
    """Return what texts that look alike have in common (the idea of Unicode TR 39)."""
    plain = unicodedata.normalize("NFKC", normalise(text).casefold().translate(_LIKE))
    return "".join(plain.split())


def look_alike(text: str, known: Iterable[str]) -> str | None:
    """Return the first of ``known`` that looks like ``text`` and is another text, else None."""
    skeleton, own = _skeleton(text), normalise(text)
    return next(
        (other for other in known if normalise(other) != own and _skeleton(other) == skeleton),
        None,
    )


def told_apart(text: str, other: str) -> str:
    """Return where two texts that look alike differ: ``「ー」（U+30FC）と「―」（U+2015）``."""
    left, right = normalise(text), normalise(other)
    pairs = [
        f"{_points(left[i:j])}と{_points(right[k:m])}"
        for tag, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    more = "など" if len(pairs) > SHOWN_PAIRS else ""
    return "、".join(pairs[:SHOWN_PAIRS]) + more


def _points(text: str) -> str:
    if not text:
        return "なし"
    return f"「{text}」（{' '.join(f'U+{ord(c):04X}' for c in text)}）"
