"""What a workbook says of its sheets: the notes of its contents, and its definitions."""

from collections.abc import Iterator, Mapping, Sequence

from dxeval.definitions.kinds import kind_of
from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.survey import Survey
from dxeval.presenting import audit_sheets, figure_sheets, wording
from dxeval.presenting.figure_sheets import SIMULATED
from dxeval.presenting.item_sheets import MOST_LABELS, has_sheet
from dxeval.presenting.workbook import Column, Sheet
from dxeval.presenting.workbook_charts import CHARTS
from dxeval.scoring.across import ItemAcross, totals
from dxeval.scoring.score import Scores

DEFINITIONS = "定義"
DEFINED = {
    "回のID": "data/sessions/ のファイル名。CSV の session_id と同じ",
    "回": "事業の番号と、その事業の何回目か",
    "開催日": "Excel の日付",
    "受講者数": "参加した人数。回をまたぐ合計は延べ人数で、人の数ではない",
    "回答者数": "アンケートを出した人数",
    "割合": "人数 ÷ 有効回答。丸めない値が入っていて、表示だけを四捨五入する",
    "肯定的回答": "肯定的回答の人数（「選択肢ごとの人数」では、数える選択肢に○）",
    "有効回答": "その設問に答えた人数。すべての割合の分母",
    "無回答": "その設問が空欄の人数",
    "招待・参加・自治体数": "人数と自治体数。書かれていなければ空欄",
    "回答ファイルの行": "回答者数＋出し直し＋同じ時刻の同じ答え＋除いた人＋数えない行",
    "出し直し・同じ時刻の同じ答え・数えない行": "数えていない行の数（「数えなかったもの」に内訳）",
    "除いた人": "申し出により除いた人数（数えていた行は1人に1行）",
    "回答のない参加者": "参加－回答者数。回答のほうが多ければ空欄",
    "回答率": "回答者数 ÷ 参加",
    "無回答が皆否定なら・無回答が皆肯定なら": "空欄にした人が皆、肯定的でない答え・肯定的な答え"
    "だったとしたときの割合",
    "回答のない参加者も皆否定なら・回答のない参加者も皆肯定なら": "その人たちに、"
    "回答のない参加者も加えた割合",
    "数え方": "肯定的回答に数えた選択肢。回によって違う設問には「数え方が違う回あり」と書き、"
    "割合どうしはそのまま比べられない（CSV では n_rules が2以上、own_rule が1の回）",
    "最小・第1四分位・中央値・第3四分位・最大": "丸めない。四分位は QUARTILE.INC と同じ",
    "種類": "行（count_rows、skip_rows で数えない行）、出し直し（同じ回答者の、数えないほう）、"
    "同じ時刻の同じ答え（2度目から）、申し出により除いた、読まなかった列（forms に書いていない列）",
    "列": "行を数えないと決めた列の見出し",
    "値": "その列の値。人のものかもしれない値は示さず（記入あり）",
    "件数": "行か列の数",
    "公表値": "前の報告書にある整数の割合",
    "検算": "一致、不一致、得られない値（その有効回答の人数からは出ない割合）",
    "最少の人数・最多の人数": "回答が手もとにない回で、公表された値のすべてと合う人数の両端。"
    "値どうしが合わない設問では空欄",
    "残る分け方": "公表された値のすべてと合う、選択肢への人数の分け方の数（大きすぎれば空欄）",
    "何の数か": "ページに出る数が表すもの。割合は四捨五入した%、人数と分母に数えた人",
    "ページの値": "ページに出る数（割合は%の付いた文字）",
    "分母": "割合の分母。無回答は入らない",
    "決めた所": "肯定的回答に数える選択肢を決めたファイル",
    "ファイル・行数・SHA-256": "回答ファイルの名前、回答の行数、ハッシュの初めの16桁",
    "備考": "模擬データ、質問なし、その回だけの数え方など",
}


def definitions(survey: Survey) -> Sheet:
    """Return what heads and rules mean."""
    rules = [(i.name, text) for i in survey.items if (text := kind_of(i).definition(i))]
    few = ("参考値", f"有効回答が{survey.reference_below}人未満の割合は参考値")
    columns = (Column("列・語"), Column("定義", "long"))
    rows = [[*row] for row in (*DEFINED.items(), few, *rules)]
    return Sheet(DEFINITIONS, "見出しと数え方の意味", columns, rows, kept=1)


def notes(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    across: Sequence[ItemAcross],
    programme: ProgrammeFile,
    survey: Survey,
) -> Iterator[str]:
    """Yield what is to be known of all sheets."""
    if any(session.simulated for session in sessions):
        if not all(session.simulated for session in sessions):
            yield f"備考に「{SIMULATED}」とある回の回答は、実際の回答ではありません。"
        yield programme.report.simulated
    total = totals(sessions, scores)
    yield wording.totals_note(total)
    yield from wording.reference_note(total.fewest, survey)
    yield (
        "割合のセルには丸めない値が入っています。表示は四捨五入した整数で、ページの割合と同じです。"
    )
    yield (
        f"聞いていない設問は空欄で、「{wording.NOT_ASKED}」と書いてあります。"
        "0 は、聞いて、選んだ人がいなかったことを表します。有効な回答がない割合も空欄です。"
    )
    yield (
        "数えなかった行と読まなかった列は、どの人数にも入っていません。"
        f"その数は「{audit_sheets.UNCOUNTED}」にあります。"
    )
    wide = [found.item.name for found in across if found.item.labels and not has_sheet(found)]
    if wide:
        yield (
            f"{'、'.join(wide)}は、選択肢が{MOST_LABELS}を超えて並べて読めないため、"
            f"設問のシートと内訳の図がありません（人数は「{figure_sheets.COUNTS}」）。"
        )
    yield (
        f"「{CHARTS}」の内訳の図は、選択肢に順序がある設問のものです。"
        "順序のない設問は、そのシートの割合に棒を付けました。"
    )
    yield (
        "プログラムで読むときは、同じ数字の CSV（counts.csv などは列名が英語）を使ってください。"
        "自由記述の文は、どのシートにもありません。"
    )
