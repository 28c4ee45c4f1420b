"""What headers say: who answered and when, what is personal, and how a question is called."""

import re
from collections.abc import Collection
from enum import StrEnum

from dxeval.definitions.labels import normalise, without_number

SHORT = 12
"""Characters of an item's name that is made of its header."""


class About(StrEnum):
    """What a header may be about."""

    ASKS = "a question in words"
    PERSONAL = "who answered, by name or where they are reached"
    EMAIL = "an e-mail address"
    MEMBER = "a number or name that one person keeps"
    ID = "a number of the answer"
    TIME = "a moment"
    SENT = "the moment when it was sent"
    BEGUN = "another moment"
    SYSTEM = "what a form tool adds"
    STATUS = "whether a row is an answer"
    PEOPLE = "what a respondent is"
    OWN_WORDS = "words of one's own"
    NO_ORDER = "answers without an order"
    SEVERAL = "any number of answers"
    QUANTITY = "how many"
    POINTS = "a rating"
    FOLLOWS = "nothing: a column that goes on with the one before"


_WORDS = {
    About.ASKS: re.compile(r"(?:か|の|は)[?？。]*$|[?？]$|\?"),
    About.PERSONAL: re.compile(
        r"氏名|名前|ふりがな|フリガナ|ひらがな|カナ$|^姓$|^名$|^名\(|記入者|回答者名|^回答者$|担当者|電話|携帯|住所|"
        r"郵便番号|生年月日|誕生日|連絡先|ユーザー名|作成者|更新者|登録者|署名|宛先|ニックネーム|"
        r"\b(?:first|last|full|your|family|given|middle|nick|user|contact|recipient) ?name\b|^name$|"
        r"^names?\b|\bphone\b|\btel\b|\bmobile\b|\bfax\b|\baddress\b|\bzip\b|\bpostal|\bbirth|"
        r"\bsignature\b|^ip\b|ipアドレス|^respondent$|^recipient",
        re.IGNORECASE,
    ),
    About.EMAIL: re.compile(r"メール|mail|^アドレス$", re.IGNORECASE),
    About.MEMBER: re.compile(
        "(?:職員|社員|学籍|会員|従業員|個人|利用者)(?:番号|id|コード)|user ?id|login|ログイン|staff id",
        re.IGNORECASE,
    ),
    About.ID: re.compile(
        r"(?:no\.?|№|#|id|番号|連番|通番|通し番号|項番)|(?:回答|受付|整理|管理|申込|申請|レコード|"
        r"アンケート|調査|票|データ|送信|登録|通し|行)(?:者)?(?:番号|id|no\.?|ナンバー)|"
        r"(?:respondent|response|record|submission|entry|answer|participant|row|case|serial) ?_?"
        r"(?:id|no\.?|number|#)|\$?id|recordid|responseid|token|uuid",
        re.IGNORECASE,
    ),
    About.TIME: re.compile(
        r"日時|時刻|タイムスタンプ|time|送信日|回答日|提出日|受付日|\bdate\b|submitted", re.I
    ),
    About.SENT: re.compile(
        "送信|回答日|提出|受付|完了|終了|タイムスタンプ|timestamp|submit|complet|end|finish",
        re.IGNORECASE,
    ),
    About.BEGUN: re.compile("開始|更新|変更|start|begin|begun|modif|updat|作成", re.IGNORECASE),
    About.SYSTEM: re.compile(
        r"(?:回答|所要|入力)時間(?:\(.*\))?|duration.*|time taken.*|言語|language|user ?language|"
        r"collector ?id|location(?:latitude|longitude)|latitude|longitude|user ?agent|ブラウザ|端末|os|"
        r"referr?er|externalreference|external ?data(?:reference)?|custom data.*|distributionchannel|"
        r"合計点数?|合計ポイント|クイズのフィードバック|total points|quiz feedback|ポイント ?-.*|フィードバック ?-.*|"
        r"points ?-.*|feedback ?-.*|リビジョン|更新回数|url|seed|network id|progress|進捗.*",
        re.IGNORECASE,
    ),
    About.STATUS: re.compile(
        r"status|response ?type|状態|ステータス|回答状況|回答状態|処理状況|finished|completed?\??|"
        r"完了(?:フラグ)?|collector|コレクター|有効|無効|承認|対応状況|\w+_complete|受付状況|受付状態",
        re.IGNORECASE,
    ),
    About.PEOPLE: re.compile(
        "所属|部署|部局|課名|役職|職位|職層|職種|職名|年代|年齢|性別|勤続|経験年数|在職|勤務年数|入庁|採用|"
        r"自治体|市町村|団体名|都道府県|居住|職業|学年|\bgender\b|\bsex\b|\bage\b|department|\bposition\b|"
        r"\bjob\b|occupation|\brole\b|country|organi[sz]ation|affiliation|years of|tenure",
        re.IGNORECASE,
    ),
    About.OWN_WORDS: re.compile(
        "感想|意見|要望|自由|コメント|理由|具体的|ご記入|お書き|お聞かせ|記述|その他|それ以外|提案|気づ|気付|"
        "メッセージ|改善点|よかった点|良かった点|困って|印象|学んだこと|備考|疑問|質問が"
        r"|comment|feedback|suggest|explain|describe|\bwhy\b|specify|anything else|open-ended|thoughts"
        r"|other\b|\btext$|remarks",
        re.IGNORECASE,
    ),
    About.NO_ORDER: re.compile(
        "どの|どちら|どれ|何を|なにを|会場|形式|方法|種類|種別|職種|部署|部局|所属|分野|業種|性別|講義|講師|テーマ|コース|"
        r"日程|地域|自治体|市町村|都道府県|きっかけ|\bwhich\b|\btype\b|\bcountry\b|\bposition\b|\bfield\b|"
        r"\bgender\b|\bsex\b|department|language|industry|how did you hear",
        re.IGNORECASE,
    ),
    About.SEVERAL: re.compile(
        r"複数(?:選択|回答|可)|いくつでも|すべて|全て|あてはまるもの|当てはまるもの|つまで|select all|"
        r"check all|all that apply|choose all|multiple",
        re.IGNORECASE,
    ),
    About.QUANTITY: re.compile(
        r"何(時間|人|名|回|件|年|か月|ヶ月|分|日|歳|台|円|枚|部|本)|(人|件|回|日|時間|年)数|年齢|"
        r"how (?:many|much|long)|hours|number of|\bage\b",
        re.IGNORECASE,
    ),
    About.POINTS: re.compile(
        r"点|段階|評価|スコア|勧め|薦め|推薦|推奨|満足|score|rat(?:e|ing)|likely|recommend|scale",
        re.IGNORECASE,
    ),
    About.FOLLOWS: re.compile(
        r"(?:column|unnamed:?|列|フィールド|field|var|v|f) ?_?\d+(?:\.\d+)?", re.IGNORECASE
    ),
}
_WHOLE = {About.ID, About.SYSTEM, About.STATUS, About.FOLLOWS}
"""What is told by all of a header, not by words in it."""
_UNIT = re.compile("何(時間|人|名|回|件|年|か月|分|日|歳|台|円|枚|部|本)|(人|件|回|日|時間|年)数")
_NAMES = [
    ("理解|分かりやす|わかりやす|分かり易|understand|understood", "理解度"),
    ("満足|satisf", "満足度"),
    ("役立|役に立|有用|参考になりましたか|useful|helpful", "役立ち度"),
    ("習得|身につ|身に付", "習得度"),
    ("実践|活用|活か|生か|業務で使", "実践度"),
    ("難易|難し|むずかし|difficult", "難易度"),
    ("推奨|勧め|薦め|すすめ|recommend", "推奨度"),
    ("進度|進み方|速さ|スピード|pace", "進み方"),
    ("時間|長さ", "時間"),
    ("頻度|どのくらいの頻度|how often", "頻度"),
    ("感想", "感想"),
    ("意見", "意見"),
    ("要望|取り上げて", "要望"),
    ("年代", "年代"),
    ("役職|職位", "役職"),
    ("所属|部署", "所属"),
]
"""How questions are called by what they ask."""
_ROW = re.compile(r"[\[［【]([^\[\]［］【】]{1,40})[\]］】]$")


def says(header: str, *about: About) -> bool:
    """Return whether a header is about any of these."""
    text = without_number(header) or normalise(header)
    return any(
        pattern.fullmatch(text) if kind in _WHOLE else pattern.search(text)
        for kind, pattern in ((kind, _WORDS[kind]) for kind in about)
    )


def is_personal(header: str) -> bool:
    """Return whether what stands below a header is nobody's business, whatever it is."""
    return says(header, About.PERSONAL) and not says(header, About.ASKS, About.EMAIL)


def unit_of(header: str) -> str | None:
    """Return what is counted, where a header says it."""
    found = _UNIT.search(normalise(header))
    return (found[1] or found[2]) if found else None


def item_name(header: str, taken: Collection[str]) -> str:
    """Return a short name of a question that is not ``taken``: what it asks, or how it begins."""
    text = without_number(header) or normalise(header)
    if row := _ROW.search(text):
        text = row[1]
    name = text
    if len(text) > SHORT:
        asked = (name for words, name in _NAMES if re.search(words, text, re.IGNORECASE))
        name = next(asked, None) or _beginning(text)
    number = next(n for n in range(1, len(taken) + 2) if _numbered(name, n) not in taken)
    return _numbered(name, number)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}{number}"


def _beginning(text: str) -> str:
    """Return the first words of a header, or its first characters."""
    words = text.split(" ")
    if text.isascii() and len(words) > 1:
        return next(" ".join(words[:n]) for n in range(min(4, len(words)), 0, -1))[: 2 * SHORT]
    return re.split("[、。,(（?？]", text)[0][:SHORT] or text[:SHORT]
