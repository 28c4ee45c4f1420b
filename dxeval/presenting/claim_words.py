"""What a printed number is, in words: a share of whom, a count of what."""

from collections.abc import Mapping, Sequence

from dxeval.scoring.recount.claim import Basis
from dxeval.scoring.recount.what import What
from dxeval.scoring.values import NAMES

WHAT: Mapping[What, str] = {
    What.COUNT: "その答えを選んだ人数",
    What.SHARE: "その答えを選んだ割合",
    What.FAVOURABLE: "肯定的回答の人数",
    What.FAVOURABLE_SHARE: "肯定的回答の割合",
    What.VALID: "有効回答の人数",
    What.MISSING: "無回答の人数",
    What.ATTENDEES: "参加した人数（回をまたぐと延べ）",
    What.RESPONDENTS: "回答した人数（回をまたぐと延べ）",
    What.EVERYBODY: "参加した人数（全員が回答）",
    What.RATE: "回答率",
    What.WEIGHT_LOW: "1人の重み（有効回答が最も多い設問）",
    What.WEIGHT_HIGH: "1人の重み（有効回答が最も少ない設問）",
    **{What(name): shown for name, shown in NAMES.items()},
    What.SPAN: "肯定的回答に数える数",
    What.SHOWN: "載せた自由記述の件数",
    What.WRITTEN: "書かれた自由記述の件数",
    What.SESSIONS: "回の数",
    What.PROGRAMMES: "事業の数",
    What.SIMULATED: "模擬データの回の数",
    What.WAITING: "回答待ちの回の数",
    What.LEFT_OUT: "作成できず、含まない回の数",
    What.MUNICIPALITIES: "自治体数",
    What.DATE: "開催日",
    What.REFERENCE_BELOW: "割合を参考値とする有効回答の人数",
    What.SHARES: "肯定的回答の割合の個数",
    What.FULL: "100%の割合の個数",
    What.BELOW: "100%に満たない設問の数",
    What.SESSIONS_BELOW: "100%に満たない回の数",
    What.LOW: "100%に満たない割合のうち、最も低いもの",
    What.HIGH: "100%に満たない割合のうち、最も高いもの",
    What.PEOPLE_BELOW: "100%に満たない回の、肯定的回答の延べ人数",
    What.VALID_BELOW: "100%に満たない回の、有効回答の延べ人数",
    What.LOWEST_MORE: "最も低い割合と同じ、ほかの割合の個数",
    What.ITEMS_BLANK: "有効な回答がない設問か回の数",
    What.ITEMS_NOT_ASKED: "質問していない設問か回の数",
    What.ITEMS_MISSING: "無回答のある設問の数",
    What.MISSING_LOW: "設問ごとの無回答の、最も少ない人数",
    What.MISSING_HIGH: "設問ごとの無回答の、最も多い人数",
    What.ITEMS_LED: "最も多い答えを挙げた設問の数",
    What.ITEMS_MEASURED: "中央値を挙げた設問の数",
    What.ITEMS_LOWEST: "最も低い割合の設問の数",
    What.ITEMS_WIDEST: "答えが最も分かれた設問の数",
    What.LEVELS_CHOSEN: "選ばれた選択肢の数",
    What.LEVELS_MORE: "ほかの選択肢の数",
    What.PEOPLE_MORE: "ほかの選択肢を選んだ人数",
    What.LEADERS_MORE: "同数の、ほかの選択肢の数",
    What.ROWS: "数えない行の数",
    What.ROWS_OF_VALUE: "その値によって数えない行の数",
    What.SUPERSEDED: "出し直しで数えない行の数",
    What.IDENTICAL: "同じ時刻の同じ答えで数えない行の数",
    What.WITHDRAWN: "申し出により除いた人数",
    What.DROPPED: "読まなかった列の数",
    What.PUBLISHED: "公表された割合（data/published.csv）",
    What.AGREEING: "回答からの割合と合う公表値の個数",
    What.COMPARED: "回答からの割合と比べた公表値の個数",
    What.NEAR_COUNT: "公表値に近い割合になる人数",
    What.NEAR_SHARE: "その人数の割合",
    What.END_LOW: "図の左の端",
    What.END_HIGH: "図の右の端",
    What.EACH: "その答えを選んだ人数（どの選択肢も同じ）",
    What.EACH_SHARE: "その答えを選んだ割合（どの選択肢も同じ）",
    What.CHOSEN: "選ばれた選択肢の名前",
    What.LEADER: "最も多く選ばれた選択肢の名前",
    What.COUNTED: "肯定的回答に数える選択肢の名前",
    What.INVITED: "招待した人数",
    What.SILENT: "回答のない参加者の数",
    What.DIFFERENT: "同じ人を1人と数えた人数",
    What.ARRIVED: "回答がある回の数",
    What.ONLY_PUBLISHED: "公表値だけがある回の数",
    What.ITEMS_UNCERTAIN: "無回答によって割合が変わりうる設問の数",
    What.LOWEST: "最も低い割合",
    What.WIDEST_LOW: "回の間の開きが最も大きい設問の、最も低い割合",
    What.WIDEST_HIGH: "回の間の開きが最も大きい設問の、最も高い割合",
    What.ITEMS_MIXED: "回によって数え方が違う設問の数",
    What.RULES: "並べた数え方の数",
    What.RULED: "数え方が違う回の名前",
    What.ALONE: "公表値だけがある回の名前",
    What.CITED_LOW: "根拠とした割合のうち、最も低いもの",
    What.CITED_HIGH: "根拠とした割合のうち、最も高いもの",
    What.FEW: "ありうる最少の人数",
    What.MANY: "ありうる最多の人数",
    What.FEW_SHARE: "ありうる最も低い割合",
    What.MANY_SHARE: "ありうる最も高い割合",
    What.OF_N: "ありうる人数の分母",
    What.ALL_OF: "公表値の分母",
    What.WAYS: "公表値のすべてと合う、人数の分け方の数",
    What.FIGURES: "公表値の個数",
    What.REPORTED: "公表値がある回の数",
    What.FOUND: "公表値の検算で見つかった数",
    What.PRINTED: "公表値に書かれた数",
    What.TYPED: "手で書かれた文の数",
    What.LABEL: "名前にある数",
    What.WORDS: "決まった文の数（人数や割合ではない）",
    What.MADE_OF: "dxeval の版か、入力のハッシュ",
    What.OWN: "dxeval が計算していない数（ノートブックのセルか、加えた種類の設問のもの）",
}
CELLS: Mapping[str, str] = {
    "n_rows": "回答ファイルの行数",
    "blanks_least": "無回答が皆、肯定的でない答えだったとしたときの割合",
    "blanks_most": "無回答が皆、肯定的な答えだったとしたときの割合",
    "silent_least": "無回答と回答のない参加者が皆、肯定的でない答えだったとしたときの割合",
    "silent_most": "無回答と回答のない参加者が皆、肯定的な答えだったとしたときの割合",
    "favourable_level": "肯定的回答に数える（1）か、数えない（0）か",
    "own_rule": "この回だけの数え方か（1）、そうでないか（0）",
    "n_rules": "回によって違う数え方の数",
    "origin_count": "数えた人数",
    "origin_n": "分母",
    "origin_missing": "無回答の人数",
    "rows_of_sheet": "そのシートの行数",
    "published": "公表された割合（data/published.csv）",
    "possible": "公表値からありうる人数、または分け方の数",
    "possible_share": "公表値からありうる割合",
    **NAMES,
}
"""Numbers of spreadsheets alone (`scoring.recount.cells`)."""


def what_text(what: What, cell: str = "") -> str:
    """Return what a number is; ``cell`` names one of a spreadsheet alone."""
    return CELLS.get(cell) or WHAT.get(what, "数")


def counted_text(basis: Basis | None, what: What | None = None) -> str:
    """Return the count and its denominator: ``21人のうち12人（無回答0人）``."""
    if basis is None or basis.n is None:
        return ""
    unit = "個" if what is What.AGREEING else "人"
    blanks = "" if basis.missing is None else f"（無回答{basis.missing}人）"
    part = "" if basis.count is None else f"のうち{basis.count}{unit}"
    return f"{basis.n}{unit}{part}{blanks}"


def rule_words(levels: Sequence[str]) -> str:
    """Return the levels that are counted: ``「満足」か「概ね満足」``."""
    return "か".join(f"「{level}」" for level in levels)
