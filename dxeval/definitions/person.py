"""Whether a text may be a person: what stands in a wrong place must not be quoted then."""

import re
from collections.abc import Iterable

from dxeval.definitions.contact import has_contact
from dxeval.definitions.labels import normalise

WITHHELD = "（人の名前か連絡先のようなので表示しません）"
_LONGEST = 24
"""Characters of a name; a longer text is a sentence."""
_KANJI = "[\u3005-\u3007\u30f6\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_NAME = re.compile(
    rf"{_KANJI}{{1,5}} ?[{_KANJI[1:-1]}\u3041-\u30ff]{{0,6}}"  # 山田 太郎, 佐藤さくら
    r"|[\u30a1-\u30ff]{2,12}[ ・=＝]?[\u30a1-\u30ff]{0,12}"  # ヤマダ タロウ
    r"|[\u3041-\u3096ー]{2,8} ?[\u3041-\u3096ー]{0,8}"  # やまだ たろう
    r"|[A-Z][A-Za-z'-]+(?:[ .,-]+[A-Z][A-Za-z'.-]*){1,3}"  # Taro Yamada, YAMADA Taro
)
_ANSWERS = re.compile(
    "普通|ふつう|回答|なし|無し|不明|その他|他|良い|よい|いい|悪い|わるい|難し|易し|満足|理解|役立|役に|"
    "はい|思う|同意|賛成|反対|中立|ない|無い|でき|出来|わから|分から|どちら|まあ|そこそこ|とても|すごく|"
    "大変|非常|十分|全く|まったく|完全|少し|すこし|やや|時々|いつも|毎回|該当|空欄|必要|可能|適切|適当|"
    "参加|欠席|出席|知っ|ある|最高|最悪|有益|有用|未定|検討|予定|すぐ|実践|実施|活用|選択|良好|概ね|おおむね|適度|丁度|多少|必須|不要|受講|妥当|充分|大体"
)
"""Words of answers: a text that holds one is no name."""
_TITLES = ("さん", "様", "氏", "先生", "殿", "課長", "係長", "主任", "主事", "部長", "主査")


def quotable(text: str, vocabulary: Iterable[str]) -> str:
    """Return ``text`` to be shown in a message, or that it is withheld.

    Withheld is what holds an address or telephone number, and what has the form of a name and
    shares less than half of its characters with every label of ``vocabulary``: a name that slipped
    into a question's column by a shifted row.
    """
    if has_contact(text) or _may_be_name(text, vocabulary):
        return WITHHELD
    return text


def _may_be_name(text: str, vocabulary: Iterable[str]) -> bool:
    plain = normalise(text).partition("(")[0].strip()
    if not 1 < len(plain) <= _LONGEST or _ANSWERS.search(plain):
        return False
    titled = plain.endswith(_TITLES) and len(plain) <= 10
    if not titled and not _NAME.fullmatch(plain):
        return False
    letters = set(plain) - {" "}
    return not any(2 * len(letters & set(normalise(label))) >= len(letters) for label in vocabulary)
