"""Exports made up in the manner of form tools, and what a person would find in each column."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from forge import Rows, text, xlsx

SECRETS = ("模擬", "太郎", "himitsu", "03-5253-", "モギ", "10.0.0.", "Smith", "千代田区", "E12345")
"""What is in those exports and belongs to people."""
GOOD = ("満足", "やや満足", "普通", "やや不満")
WELL = ("よく理解できた", "だいたい理解できた", "あまり理解できなかった")
PARTS = ("講義", "演習（申請, 届出）", "事例紹介")
N = 12


@dataclass(frozen=True)
class Made:
    """An export by its tool: ``kinds`` of its questions by header, ``dropped`` columns.

    ``counts`` are those of some questions' labels by header; ``asked`` are headers of questions
    that a person must look at.
    """

    tool: str
    content: bytes
    kinds: dict[str, str]
    dropped: set[str]
    counts: dict[str, dict[str, int]]
    asked: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)


def count(labels: tuple[str, ...], n: int = N) -> dict[str, int]:
    """Return how often each label stands where respondents take turns."""
    return {label: sum(i % len(labels) == j for i in range(n)) for j, label in enumerate(labels)}


def logo() -> Made:
    """Return an export of LoGoフォーム: Shift_JIS, whole questions as headers."""
    header = [
        "受付番号",
        "申込日時",
        "ステータス",
        "氏名",
        "フリガナ",
        "メールアドレス",
        "電話番号",
    ]
    header += ["住所", "所属部署", "役職", "年代", "研修の内容は理解できましたか", "研修の満足度"]
    header += ["参考になった内容をすべて選択してください", "今後受講したい研修をご記入ください"]
    rows: list[list[object]] = [
        [
            f"20250{i:04}",
            f"2025/07/10 10:{i:02}:00",
            "受付済み",
            f"模擬 太郎{i}",
            "モギ タロウ",
            f"himitsu-{i}@example.jp",
            f"03-5253-{i:04}",
            "東京都千代田区霞が関1-1",
            ("総務課", "企画課")[i % 2],
            ("係員", "係長", "課長")[i % 3],
            ("20代", "30代", "40代", "50代以上")[i % 4],
            WELL[i % 3],
            GOOD[i % 4],
            "、".join(PARTS[: i % 3 + 1]) if i else PARTS[2],
            "" if i % 2 else "生成AIを業務に使う研修を受けてみたいです",
        ]
        for i in range(N)
    ]
    kinds = dict.fromkeys(header[8:10], "choice") | dict.fromkeys(header[10:13], "scale")
    kinds |= {header[13]: "choices", header[14]: "text"}
    counts = {header[11]: count(WELL), header[12]: count(GOOD)}
    dropped = {*header[2:8]}
    content = text([header, *rows], "cp932")
    return Made("LoGo", content, kinds, dropped, counts, {header[13]}, {*header[8:11]})


def google() -> Made:
    """Return an export of Google フォーム: a grid of questions, several answers with commas."""
    header = ["タイムスタンプ", "メールアドレス", "研修について [理解のしやすさ]"]
    header += ["研修について [資料]", "この研修を同僚に勧めますか（0〜10）"]
    header += ["使ったことのある道具（複数選択可）", "参加の形式", "感想をお書きください"]
    grid = ("とても良い", "良い", "普通", "悪い")
    ai = "生成AI（対話, 画像）"
    tools = ["RPA", ai, f"RPA, {ai}", "RPA, ノーコード", "ノーコード"]
    rows = [
        [
            f"2025/06/04 4:{i:02}:06 午後 GMT+9",
            f"himitsu-{i}@example.jp",
            grid[i % 4],
            grid[i % 3],
            str(i % 11),
            tools[i % 5],
            ("会場", "オンライン")[i % 2],
            "" if i % 2 else "業務に活かしたいと思います。",
        ]
        for i in range(N)
    ]
    kinds = {header[2]: "scale", header[3]: "scale", header[4]: "rating", header[5]: "choices"}
    kinds |= {header[6]: "choice", header[7]: "text"}
    counts = {
        header[2]: count(grid),
        header[3]: count(grid[:3]),
        header[5]: {"RPA": 7, ai: 5, "ノーコード": 4},
        header[6]: {"会場": 6, "オンライン": 6},
    }
    return Made("Google", text([header, *rows]), kinds, set(), counts)


def microsoft() -> Made:
    """Return an export of Microsoft Forms: XLSX, times as numbers, answers that end with ``;``."""
    header = ["ID", "開始時刻", "完了時刻", "メール", "名前", "研修は業務の役に立ちますか"]
    header += ["進み方（5段階）", "月に何時間短縮できそうですか", "DXの経験年数"]
    header += ["良かった点（複数選択）", "ご意見"]
    useful = ("大変役に立つ", "役に立つ", "あまり役に立たない", "役に立たない")
    years = ("1年未満", "1年以上3年未満", "3年以上")
    start = datetime(2025, 6, 4, 16)
    rows: list[list[object]] = [
        [
            i + 1,
            start,
            start + timedelta(minutes=i),
            "anonymous",
            "",
            useful[i % 4],
            i % 3 + 3,
            (2, 5, 10.5, 40)[i % 4],
            years[i % 3],
            "".join(part + ";" for part in ("講師", "資料", "演習, 討議")[: i % 3 + 1]),
            "" if i % 3 else "演習の時間が足りませんでした。次回に期待します。",
        ]
        for i in range(N)
    ]
    kinds = {header[5]: "scale", header[6]: "rating", header[7]: "number", header[8]: "scale"}
    kinds |= {header[9]: "choices", header[10]: "text"}
    counts = {
        header[5]: count(useful),
        header[6]: {"1": 0, "2": 0, "3": 4, "4": 4, "5": 4},
        header[9]: {"講師": 12, "資料": 8, "演習, 討議": 4},
    }
    dropped = {"開始時刻", "メール", "名前"}
    content = xlsx([header, *rows])
    return Made("Microsoft", content, kinds, dropped, counts, attributes={header[8]})


def surveymonkey() -> Made:
    """Return an export of SurveyMonkey: two rows of headers, a column an option, American dates."""
    header = ["Respondent ID", "Collector ID", "End Date", "IP Address", "First Name"]
    header += ["How satisfied were you?", "Which sessions did you attend?", "", "", "Any comments?"]
    below = ["", "", "", "", "", "Response", "Opening", "Panel", "Other (please specify)"]
    below += ["Open-Ended Response"]
    satisfied = (
        "Very satisfied",
        "Satisfied",
        "Neither satisfied nor dissatisfied",
        "Dissatisfied",
    )
    rows = [
        [
            f"1180{i:04}",
            "4021",
            f"06/{14 + i}/2025 09:30:00 AM",
            f"10.0.0.{i}",
            f"Smith{i}",
            satisfied[i % 4],
            "Opening" if i % 2 else "",
            "Panel" if i % 3 else "",
            "Lunch, and the walk" if i == 6 else "",
            "More time for practice please" if i % 2 else "",
        ]
        for i in range(N)
    ]
    sessions = "Which sessions did you attend?"
    kinds = {header[5]: "scale", sessions: "choices", header[9]: "text"}
    counts = {
        header[5]: count(satisfied),
        sessions: {"Opening": 6, "Panel": 8, "Other (please specify)": 1},
    }
    dropped = {"Collector ID", "IP Address", "First Name"}
    return Made("SurveyMonkey", text([header, below, *rows]), kinds, dropped, counts)


def kintone() -> Made:
    """Return an export of kintone: names of fields, a column an option with 1 and 0."""
    header = [
        "レコード番号",
        "作成日時",
        "更新日時",
        "作成者",
        "職員番号",
        "会場",
        "理解度",
        "満足度",
    ]
    header += ["内容[講義]", "内容[演習]", "内容[交流]", "講座の種別", "感想"]
    agreed = ("満足", "どちらかといえば満足", "どちらかといえば不満", "不満")
    rows = [
        [
            str(100 - i),
            f"2025/06/04 16:{i:02}",
            f"2025/06/05 16:{i:02}",
            "模擬 太郎",
            f"E12345{i:02}",
            ("本庁", "支所")[i % 2],
            WELL[i % 3],
            agreed[i % 4],
            *(str(int(i % k == 0)) for k in (1, 2, 3)),
            ("松", "竹", "梅")[i % 3],
            "" if i % 2 else "よかった",
        ]
        for i in range(N)
    ]
    kinds = {"会場": "choice", "理解度": "scale", "満足度": "scale", "内容": "choices"}
    kinds |= {"講座の種別": "choice", "感想": "text"}
    counts = {
        "理解度": count(WELL),
        "満足度": count(agreed),
        "内容": {"講義": 12, "演習": 6, "交流": 4},
        "講座の種別": count(("松", "竹", "梅")),
    }
    dropped = {"更新日時", "作成者", "職員番号"}
    return Made("kintone", text([header, *rows], "cp932"), kinds, dropped, counts)


def unknown() -> Made:
    """Return an export of no known tool: scales that nobody knows, rows that may not count."""
    header = [
        "No.",
        "回答日時",
        "回答状況",
        "講座のレベル",
        "総合評価",
        "問1",
        "内容は分かりましたか",
    ]
    rows: Rows = [
        [
            i + 1,
            f"{1 + i % 5}/6/2025 16:{i:02}",
            "途中" if i == 3 else "完了",
            ("松", "竹", "梅")[i % 3],
            "SABC"[i % 4],
            str(i % 4 + 1),
            ("はい", "いいえ", "わからない")[i % 3],
        ]
        for i in range(N)
    ]
    kinds = {"講座のレベル": "choice", "総合評価": "choice", "問1": "rating"}
    kinds |= {"内容は分かりましたか": "choice"}
    counts = {"講座のレベル": {"松": 3, "竹": 4, "梅": 4}}
    asked = {"講座のレベル", "総合評価", "問1"}
    content = text([header, *rows], "utf-16", "\t")
    return Made("unknown", content, kinds, {"回答状況"}, counts, asked)


EXPORTS = [logo(), google(), microsoft(), surveymonkey(), kintone(), unknown()]
