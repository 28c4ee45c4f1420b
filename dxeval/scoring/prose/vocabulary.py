"""Words of quantity, and words around numbers: what they say, in one place."""

import re
from fractions import Fraction

QUANTITY = (
    *("多かった", "多く", "多い", "多数", "大多数", "大半", "過半数", "半数", "ほとんど", "殆ど"),
    *("全員", "少数", "少なかった", "少ない", "一部", "数人", "数名", "ほぼ全", "概ね", "おおむね"),
    *("好評", "高評価", "高い", "高かった", "低い", "低かった", "高まった", "低下", "上回", "下回"),
    *("増えた", "増加", "減った", "減少", "向上した", "向上が", "最も", "大きく", "相次", "目立"),
    *("most", "many", "majority", "few", "nearly all", "almost all", "increased", "decreased"),
)
"""A point that uses one of these says how much; without evidence nobody can check it."""
NO_QUANTITY = re.compile(
    "多く(?:の自治体|の市町村)|一部(?:の業務|の職員)|高い(?:意識|レベル|専門)|最も(?:大切|重要)"
)
"""Where they say nothing of answers."""
MORE_THAN_HALF = ("過半数", "大半", "大多数", "ほとんど", "殆ど", "多数が", "most", "majority")
LESS_THAN_HALF = ("少数", "一部の参加者", "数人", "数名", "few")
HALF = Fraction(1, 2)

ABOUT = "約|およそ|おおよそ|おおむね|概ね|ほぼ|だいたい"
AFTER_NUMBER = (
    "以上|以下|未満|超|を超え|を上回|を下回|前後|程度|ほど|くらい|ぐらい|弱|強|近く|あまり|余り|余"
)
ELSEWHERE = re.compile(
    "前年|昨年|去年|前回|次回|過去|当初|目標|定員|全国|県内|県平均|市内|他県|事前|申込|募集"
    "|全[0-9]+回|各回|全回|通じて|通して|住民|国の|市民|予算|別の調査|第[0-9]+回(?:は|で|の|では|に)"
    "|わけでは|とは限ら|とは(?:いえ|言え)|には(?:達し|至ら|届か)"
)
"""A sentence with one of these has numbers of something else than the session's answers, or says
that they are not so."""
CHANGES = re.compile(
    r"^\s*(?:の)?(?:削減|減|増|引き|オフ|短縮|向上|改善|カット|達成|効率|電子化|オンライン)"
)
"""What follows a percentage that is no share of answers."""
OTHERS = re.compile("残り|その他|それ以外|ほかは|他は")
EACH = re.compile("それぞれ|ともに|いずれも|各|どちらも|すべて|全て")
FAVOURABLE = "肯定的|好意的|前向き|高評価|高い評価|高く評価|良い評価"
