"""Siblings of the exports that people really have: other tools, other spellings, other accidents.

Each has its name, the file, its survey.yaml and what must come out: counts, or a refusal that says
what to do. Wording and people are invented.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from forge import MAIN, OFFICE, Xml, pack, parts, sheet, xlsx
from test_cases import BRANCHED, BY_ADDRESS, CODES, FORM, ITEMS, LATEST, Q1, Q2, WHEN, read

from dxeval.errors import DataError
from dxeval.problems import ProblemKind as Kind

OTHER = ITEMS.replace("できなかった]", "できなかった, その他]", 1).replace(
    "    neutral:", "    other: その他\n    neutral:"
)
BOTH_OTHER = OTHER.replace("不満]", "不満, その他]") + "    other: その他\n"
ONE = """
items:
  - name: 満足度
    question: 研修に満足しましたか
    levels: [大いに満足, 満足, 概ね満足, 不満]
    favourable: [大いに満足, 満足]
forms:
  - name: f
    items: {満足度: 研修に満足しましたか}
"""
BY_ID = LATEST + "    respondent_id: 番号\n    timestamp: 送信日時\n"
IDS = f"番号,送信日時,{Q1},{Q2}\n"
HEADS = f"{Q1},{Q2}\n"
A, B, C = "理解できた,満足", "よく理解できた,大いに満足", "どちらでもない,概ね満足"
ABC = {"理解度": [1, 1, 1, 0], "満足度": [1, 1, 1, 0]}
AB = {"理解度": [1, 1, 0, 0], "満足度": [1, 1, 0, 0]}
LONG = f"番号,設問,回答\n1,{Q1},理解できた\n1,{Q2},満足\n2,{Q1},理解できた\n"
ZOOM = f"""Poll Report
Report Generated:,2025/06/04 17:00
#,User Name,Submitted Date/Time
1,受講者1,2025/06/04 16:00,{Q1},理解できた,{Q2},満足
2,受講者2,2025/06/04 16:01,{Q1},理解できた,{Q2},不満
3,受講者3,2025/06/04 16:02,{Q1},理解できた,{Q2},満足
"""
QUALTRICS = f"""StartDate,Status,Finished,ResponseId,Q1,Q2
Start Date,Response Type,Finished,Response ID,{Q1},{Q2}
"{{""ImportId"":""startDate""}}","{{""ImportId"":""status""}}","{{""ImportId"":""finished""}}",\
"{{""ImportId"":""_recordId""}}","{{""ImportId"":""QID1""}}","{{""ImportId"":""QID2""}}"
2025-06-04 16:00:00,IP Address,TRUE,R_1a,{A}
2025-06-04 16:01:00,IP Address,TRUE,R_2b,{B}
2025-06-04 16:02:00,Survey Preview,FALSE,R_3c,{C}
"""
SHORT_NAMES = FORM.replace(f"理解度: {Q1}", "理解度: Q1").replace(f"満足度: {Q2}", "満足度: Q2")


@dataclass(frozen=True)
class Read:
    """A file that must be read; ``left_out``: superseded, identical and rows not counted."""

    name: str
    export: str | bytes
    survey: str
    people: int
    counts: dict[str, list[int]]
    comments: tuple[str, ...] = ()
    left_out: tuple[int, int, int] = (0, 0, 0)
    warns: tuple[Kind, ...] = ()
    encoding: str = "utf-8"


def times(*stamps: str, name: str = "N7") -> str:
    """Return rows of one person, the last of whom is the one that counts."""
    rows = ["理解できなかった,不満"] * (len(stamps) - 1) + [A]
    return "".join(f'{name},"{stamp}",{row}\n' for stamp, row in zip(stamps, rows, strict=True))


LAST = {"理解度": [0, 1, 0, 0], "満足度": [0, 1, 0, 0]}


def level(spelling: str, written: str) -> tuple[str, str]:
    """Return an export of one answer as ``written``, and a survey whose level is ``spelling``."""
    survey = WHEN.replace(
        "[すぐに, 1〜3か月後, 4〜6か月後, 未定]", f'["{spelling}", 未定]'
    ).replace("[すぐに, 1〜3か月後]", "[未定]")
    return f"番号,いつから実践できますか\n1,未定\n2,{written}\n", survey


SPELLINGS = {
    "a horizontal bar for an em dash": ("すぐに—翌月", "すぐに―翌月", "cp932"),
    "a parallel sign for a double bar": ("A‖B", "A∥B", "cp932"),
    "a full-width minus": ("0−5日", "0－5日", "cp932"),
    "an overline for a macron": ("￣上", "‾上", "utf-8"),
    "a yen sign for a backslash": ("¥1,000", "＼1，000", "cp932"),
    "a yen sign, full-width": ("¥100", "￥100", "cp932"),
    "a cent, full-width": ("¢5", "￠5", "cp932"),
    "a not sign, full-width": ("¬未", "￢未", "cp932"),
    "a broken bar, full-width": ("A¦B", "A￤B", "cp932"),
    "an ellipsis in the middle": ("未⋯", "未…", "cp932"),
    "a Hangul filler": ("1週間後", "1週間後\u3164", "utf-8"),
    "a zero-width space": ("1週間後", "1\u200b週間後", "utf-8"),
    "a braille blank": ("1 週間後", "1\u2800週間後", "utf-8"),
    "a thin space": ("1 週間後", "1\u2009週間後", "utf-8"),
    "a line separator": ("1 週間後", "1\u2028週間後", "utf-8"),
    "a left-to-right mark": ("1週間後", "\u200e1週間後\u200e", "utf-8"),
    "decomposed kana of macOS": ("ばばば", "は\u3099は\u3099は\u3099", "utf-8"),
    "half-width kana": ("サポート", "ｻﾎﾟｰﾄ", "cp932"),
    "a circled digit": ("1番", "①番", "cp932"),
    "a variation selector": ("葛城", "葛\U000e0100城", "utf-8"),
    "a tag character": ("すぐ", "すぐ\U000e0041", "utf-8"),
    "a soft hyphen": ("すぐ", "す\u00adぐ", "utf-8"),
}


PLAIN: list[list[object]] = [["番号", Q1, Q2], [1, *A.split(",")], [2, *B.split(",")]]
BY_NUMBER = ITEMS + FORM + "    respondent_id: 番号\n"


def strict() -> bytes:
    made = parts({"回答": sheet(PLAIN)})
    pairs = (
        (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )
    for old, new in pairs:
        made = {name: part.replace(old, new) for name, part in made.items()}
    return pack(made)


def without_strings() -> bytes:
    """A relation to shared strings that were not written: no cell needs them (Apache POI)."""
    made = parts({"回答": sheet(PLAIN)}, strings="<si><t>x</t></si>")
    del made["xl/s.xml"]
    return pack(made)


def prefixed() -> bytes:
    made = parts({"回答": sheet(PLAIN)})
    part = made["xl/worksheets/s1.xml"]
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t", "v"):
        part = part.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>")
        part = part.replace(f"</{tag}>", f"</x:{tag}>")
    made["xl/worksheets/s1.xml"] = part.replace("xmlns=", "xmlns:x=")
    return pack(made)


def respelt(spell: object) -> bytes:
    made = parts({"回答": sheet(PLAIN)})
    return pack({spell(name): part for name, part in made.items()})  # type: ignore[operator]


ISO = [
    ["番号", "送信日時", Q1, Q2],
    ["N7", Xml('<c r="{r}" t="d"><v>2025-06-04T16:00:00</v></c>'), "理解できなかった", "不満"],
    ["N7", Xml('<c r="{r}" t="d"><v>2025-06-04T16:30:00</v></c>'), *A.split(",")],
]
FLAGS = [
    ["番号", "Finished", Q1, Q2],
    [1, Xml('<c r="{r}" t="b"><v>1</v></c>'), *A.split(",")],
    [2, Xml('<c r="{r}" t="b"><v>1</v></c>'), *B.split(",")],
    [3, Xml('<c r="{r}" t="b"><v>0</v></c>'), *C.split(",")],
]
READ = [
    *(
        Read(name, *level(spelt, written), 2, {"実践時期": [1, 1]}, encoding=encoding)
        for name, (spelt, written, encoding) in SPELLINGS.items()
        for spelt, written in [(spelt, written)]
    ),
    Read(
        "codes in words beside words",
        HEADS + f"{A}\nA2,満足\n",
        ITEMS + FORM + "    codes: {理解度: {A1: よく理解できた, A2: 理解できた}}\n",
        2,
        {"理解度": [0, 2, 0, 0]},
    ),
    Read(
        "a number as an alias beside words",
        HEADS + f"{A}\n理解できた,4\n",
        ITEMS + '    aliases: {大いに満足: "4"}\n' + FORM,
        2,
        {"満足度": [1, 1, 0, 0]},
    ),
    Read(
        "aliases of a form alone",
        HEADS + f"{A}\n理解できた,最高\n",
        ITEMS + FORM + "    aliases: {満足度: {大いに満足: 最高}}\n",
        2,
        {"満足度": [1, 1, 0, 0]},
    ),
    Read(
        "other: with a colon",
        HEADS + f"その他：音声が切れた,満足\n{B}\n",
        OTHER + FORM,
        2,
        {"理解度": [1, 0, 0, 0, 1]},
        ("音声が切れた",),
    ),
    Read(
        "other: in brackets",
        HEADS + f"その他（音声が切れた）,満足\n{B}\n",
        OTHER + FORM,
        2,
        {"理解度": [1, 0, 0, 0, 1]},
        ("音声が切れた",),
    ),
    Read(
        "other: behind a hyphen and a space",
        HEADS + f"その他 - 音声,満足\n{B}\n",
        OTHER + FORM,
        2,
        {"理解度": [1, 0, 0, 0, 1]},
        ("音声",),
    ),
    Read(
        "other: under an alias",
        HEADS + f"Other: 音声,満足\n{B}\n",
        OTHER.replace("    other:", "    aliases: {その他: Other}\n    other:") + FORM,
        2,
        {"理解度": [1, 0, 0, 0, 1]},
        ("音声",),
    ),
    Read(
        "other: nothing said",
        HEADS + f"その他,満足\n{B}\n",
        OTHER + FORM,
        2,
        {"理解度": [1, 0, 0, 0, 1]},
    ),
    Read(
        "other: near a level is told of",
        HEADS + f"理解出来た,満足\n{B}\n",
        OTHER + FORM,
        2,
        {"理解度": [1, 0, 0, 0, 1]},
        ("理解出来た",),
        warns=(Kind.OTHER_NEAR_LEVEL,),
    ),
    Read(
        "branches named apart by Microsoft Forms",
        f"{Q1},{Q2},{Q1}2,{Q2}2\n{A},,\n,,{B}\n",
        ITEMS
        + f"forms:\n  - name: f\n    items: {{理解度: [{Q1}, {Q1}2], 満足度: [{Q2}, {Q2}2]}}\n",
        2,
        AB,
    ),
    Read(
        "branches undeclared are told of (.1)",
        f"{Q1},{Q2},{Q1}.1\n{A},\n,満足,よく理解できた\n",
        ITEMS + FORM,
        2,
        {"理解度": [0, 1, 0, 0]},
        warns=(Kind.PARTIAL_COLUMN,),
    ),
    Read(
        "branches undeclared, one own word among them (_1)",
        f"{Q1},{Q2},{Q1}_1\n{A},\n,満足,よく理解できた\n,満足,途中から参加した\n",
        OTHER + FORM,
        3,
        {"理解度": [0, 1, 0, 0, 0]},
        warns=(Kind.PARTIAL_COLUMN,),
    ),
    Read(
        "another question on the same scale is none of its branches",
        f"{Q1},{Q2},講師\n{A},満足\n{B},大いに満足\n,満足,満足\n",
        ITEMS + FORM,
        3,
        {"満足度": [1, 2, 0, 0]},
    ),
    Read(
        "three branches, one with codes",
        f"{Q1},{Q1},{Q1},{Q2}\n理解できた,,,満足\n,4,,満足\n,,どちらでもない,満足\n",
        ITEMS
        + f"forms:\n  - name: f\n    items: {{理解度: [{Q1}, {Q1}, {Q1}], 満足度: {Q2}}}\n"
        + CODES,
        3,
        {"理解度": [1, 1, 1, 0]},
    ),
    Read("both branches say the same", f"{Q1},{Q2},{Q1},{Q2}\n{A},{A}\n,,{B}\n", BRANCHED, 2, AB),
    Read(
        "an optional comment that is not there",
        HEADS + f"{A}\n{B}\n",
        ITEMS + FORM + "    comments: [感想]\n    optional: [感想]\n",
        2,
        AB,
    ),
    Read(
        "an optional header named like an answer",
        HEADS.strip() + f",部署\n{A},その他\n{B},総務\n",
        ITEMS + FORM + "    comments: [その他]\n    optional: [その他]\n",
        2,
        AB,
    ),
    Read(
        "a form in a form: the longer one wins",
        HEADS.strip() + f",感想\n{A},よい\n{B},\n",
        ITEMS
        + FORM
        + f"  - name: g\n    items: {{理解度: {Q1}, 満足度: {Q2}}}\n    comments: [感想]\n",
        2,
        AB,
        ("よい",),
    ),
    Read(
        "Qualtrics: three header rows, finished ones",
        QUALTRICS,
        ITEMS
        + SHORT_NAMES
        + "    extra_header_rows: 2\n    count_rows: {Finished: 'True'}\n"
        + "    respondent_id: ResponseId\n",
        2,
        AB,
        left_out=(0, 0, 1),
        warns=(Kind.NOT_COUNTED,),
    ),
    Read(
        "Qualtrics by the questions' texts",
        QUALTRICS,
        ITEMS + FORM + "    extra_header_rows: 1\n    skip_rows: {Response Type: survey preview}\n",
        2,
        AB,
        left_out=(0, 0, 1),
        warns=(Kind.NOT_COUNTED,),
    ),
    Read(
        "REDCap: complete is 2",
        f"record_id,{Q1},{Q2},form_complete\n1,{A},2\n2,{B},2\n3,{C},0\n",
        ITEMS + FORM + '    count_rows: {form_complete: "2"}\n',
        2,
        AB,
        left_out=(0, 0, 1),
        warns=(Kind.NOT_COUNTED,),
    ),
    Read(
        "REDCap undeclared is told of",
        f"record_id,{Q1},{Q2},form_complete\n1,{A},2\n2,{B},2\n3,{C},0\n",
        ITEMS + FORM,
        3,
        ABC,
        warns=(Kind.STATUS_COLUMN,),
    ),
    Read(
        "progress of 100",
        f"Progress,{Q1},{Q2}\n100,{A}\n100,{B}\n43,{C}\n",
        ITEMS + FORM + '    count_rows: {Progress: "100"}\n',
        2,
        AB,
        left_out=(0, 0, 1),
        warns=(Kind.NOT_COUNTED,),
    ),
    Read(
        "LimeSurvey: no date of submission",
        f"id,submitdate,{Q1},{Q2}\n1,2025-06-04 16:00:00,{A}\n2,2025-06-04 16:01:00,{B}\n3,,{C}\n",
        ITEMS + FORM + '    count_rows: {submitdate: "*"}\n',
        2,
        AB,
        left_out=(0, 0, 1),
        warns=(Kind.NOT_COUNTED,),
    ),
    Read(
        "LimeSurvey undeclared is told of",
        f"id,submitdate,{Q1},{Q2}\n1,2025-06-04 16:00:00,{A}\n2,2025-06-04 16:01:00,{B}\n3,,{C}\n",
        ITEMS + FORM,
        3,
        ABC,
        warns=(Kind.STATUS_COLUMN,),
    ),
    Read(
        "a time in every row is none",
        f"id,submitdate,{Q1},{Q2}\n1,2025-06-04 16:00:00,{A}\n2,2025-06-04 16:01:00,{B}\n",
        ITEMS + FORM,
        2,
        AB,
    ),
    Read(
        "LoGo: withdrawn",
        f"受付番号,受付状況,{Q1},{Q2}\n1,受付済,{A}\n2,完了,{B}\n3,取下げ,{C}\n",
        ITEMS + FORM + "    skip_rows: {受付状況: [取下げ, 差戻し]}\n",
        2,
        AB,
        left_out=(0, 0, 1),
        warns=(Kind.NOT_COUNTED,),
    ),
    Read(
        "LoGo undeclared is told of",
        f"受付番号,受付状況,{Q1},{Q2}\n1,受付済,{A}\n2,完了,{B}\n3,取下げ,{C}\n",
        ITEMS + FORM,
        3,
        ABC,
        warns=(Kind.STATUS_COLUMN,),
    ),
    Read(
        "booleans of a spreadsheet",
        xlsx(FLAGS),
        ITEMS + FORM + "    count_rows: {Finished: 'True'}\n",
        2,
        AB,
        left_out=(0, 0, 1),
        warns=(Kind.NOT_COUNTED,),
    ),
    Read(
        "tests skipped whatever their case",
        f"種別,{Q1},{Q2}\n,{A}\n,{B}\nTEST,{C}\n",
        ITEMS + FORM + "    skip_rows: {種別: test}\n",
        2,
        AB,
        left_out=(0, 0, 1),
        warns=(Kind.NOT_COUNTED,),
    ),
    Read(
        "status words that say nothing of completeness",
        f"状態,{Q1},{Q2}\n完了,{A}\n完了,{B}\n",
        ITEMS + FORM,
        2,
        AB,
    ),
    Read(
        "missing marks of a form",
        HEADS + f"{A}\n無回答,#N/A\n",
        ITEMS + FORM + '    missing: [無回答, "#N/A"]\n',
        2,
        LAST,
        warns=(Kind.BLANK_ROW,),
    ),
    Read(
        "missing marks of one question",
        HEADS + f"{A}\n非該当,満足\n",
        ITEMS.replace("    neutral:", "    missing: [非該当]\n    neutral:") + FORM,
        2,
        {"理解度": [0, 1, 0, 0], "満足度": [0, 2, 0, 0]},
    ),
    *(
        Read(
            f"times: {first} and {last}",
            IDS + times(first, last) + f"N8,2025/06/04 10:00,{B}\n",
            BY_ID,
            2,
            AB,
            left_out=(1, 0, 0),
            warns=(Kind.RESUBMITTED,),
        )
        for first, last in (
            ("2025/06/04 午前11:59", "2025/06/04 午後0:01"),
            ("2025年6月4日 9時5分", "2025年6月4日 16時05分"),
            ("2025年6月4日(水) 9:05", "2025年6月4日（水）16:05"),
            ("令和7年6月4日 9:05", "R7.6.4 16:05"),
            ("2025-06-04T09:00:00+09:00", "2025-06-04T07:00:00Z"),
            ("2025/06/04 4:00 a.m.", "2025/06/04 1:00 p.m."),
            ("Jun 4, 2025 9:00 AM", "June 4, 2025 at 4:05 PM"),
            ("Wed Jun 04 2025 09:05:06 GMT+0900 (JST)", "Wed, 04 Jun 2025 16:05:06 +0900"),
            ("2025/06/04 9:00:00 午前 GMT+9", "2025/06/04 9:00:00 午後 GMT+9"),
        )
    ),
    Read(
        "two-digit years, declared",
        IDS + times("6/4/25 16:00", "6/13/25 9:30"),
        BY_ID + "    date_order: month-day-year\n",
        1,
        LAST,
        left_out=(1, 0, 0),
        warns=(Kind.RESUBMITTED,),
    ),
    Read(
        "day first, declared",
        IDS + times("05.06.2025 16:00", "13.06.2025 9:30"),
        BY_ID + "    date_order: day-month-year\n",
        1,
        LAST,
        left_out=(1, 0, 0),
        warns=(Kind.RESUBMITTED,),
    ),
    Read(
        "a double click, seconds apart",
        IDS + f"N7,2025/06/04 16:00:01,{A}\nN7,2025/06/04 16:00:03,{A}\n",
        BY_ID,
        1,
        LAST,
        left_out=(1, 0, 0),
        warns=(Kind.RESUBMITTED,),
    ),
    Read(
        "a double click, the moment spelt twice",
        IDS + f"N7,2025/06/04 16:00:00,{A}\nN7,2025-06-04T16:00:00+09:00,{A}\n",
        BY_ID,
        1,
        LAST,
        left_out=(0, 1, 0),
        warns=(Kind.SENT_TWICE,),
    ),
    Read(
        "a double click without ids is two people",
        IDS + f",2025/06/04 16:00:00,{A}\n,2025/06/04 16:00:00,{A}\n",
        BY_ID,
        2,
        {"理解度": [0, 2, 0, 0]},
    ),
    Read(
        "a full-width address",
        f"メールアドレス,送信日時,{Q1},{Q2}\n"
        "Ａ＠example.jp,2025/06/04 16:00,理解できなかった,"
        "不満\n"
        f"a@EXAMPLE.jp,2025/06/04 16:30,{A}\n",
        BY_ADDRESS,
        1,
        LAST,
        left_out=(1, 0, 0),
        warns=(Kind.RESUBMITTED,),
    ),
    *(
        Read(
            f"a real id: {key}",
            IDS
            + times("2025/06/04 16:00", "2025/06/04 16:30", name=key)
            + f"Z9,2025/06/04 16:40,{B}\n",
            BY_ID,
            2,
            AB,
            left_out=(1, 0, 0),
            warns=(Kind.RESUBMITTED,),
        )
        for key in (
            "2025-0001",
            "25-01-003",
            "1E05",
            "職員001",
            "R_1a2b",
            "tanaka",
            "12-3",
            "10000000000000001",
        )
    ),
    Read(
        "a long id that ends in 0 where others do not",
        IDS
        + times("2025/06/04 16:00", "2025/06/04 16:30", name="1234567890123450")
        + f"1234567890123451,2025/06/04 16:40,{B}\n",
        BY_ID,
        2,
        AB,
        left_out=(1, 0, 0),
        warns=(Kind.RESUBMITTED,),
    ),
    Read(
        "rows cut at their last blanks",
        f"番号,{Q1},{Q2},感想,要望\n1,{A}\n2,{B},,よい\n3,どちらでもない\n",
        ITEMS + FORM + "    comments: [感想, 要望]\n",
        3,
        {"理解度": [1, 1, 1, 0], "満足度": [1, 1, 0, 0]},
        ("よい",),
        warns=(Kind.SHORT_ROWS,),
    ),
    Read("a row longer by blanks", HEADS + f"{A},,\n{B}\n", ITEMS + FORM, 2, AB),
    Read(
        "quotes behind a backslash, a comma behind them",
        f'{Q1},{Q2},感想\n{A},"よい \\", とても"\n{B},\n',
        ITEMS + FORM + "    comments: [感想]\n",
        2,
        AB,
        ('よい ", とても',),
        warns=(Kind.ESCAPED_QUOTES,),
    ),
    Read(
        "a path that ends in a backslash is none",
        f'{Q1},{Q2},感想\n{A},"C:\\"\n{B},"次も"\n',
        ITEMS + FORM + "    comments: [感想]\n",
        2,
        AB,
        ("C:\\", "次も"),
    ),
    Read(
        "a line sep= for Excel",
        f"sep=;\n{Q1};{Q2}\n理解できた;満足\nよく理解できた;大いに満足\n",
        ITEMS + FORM,
        2,
        AB,
    ),
    Read(
        "title rows above",
        f"研修アンケート,,\n出力日,2025/06/05,\n番号,{Q1},{Q2}\n1,{A}\n2,{B}\n",
        ITEMS + FORM,
        2,
        AB,
    ),
    Read(
        "a title over two rows of headers",
        f"番号,研修について,\n,理解度,満足度\n1,{A}\n2,{B}\n",
        ITEMS + "forms:\n  - name: f\n    items: {理解度: 研修について 理解度, 満足度: 満足度}\n",
        2,
        AB,
    ),
    Read(
        "private-use characters in a column that is dropped",
        f"氏名,{Q1},{Q2}\n\ue000田,{A}\n\ufffd,{B}\n",
        ITEMS + FORM,
        2,
        AB,
    ),
    Read("XLSX: Strict Open XML", strict(), BY_NUMBER, 2, AB),
    Read("XLSX: prefixed elements", prefixed(), BY_NUMBER, 2, AB),
    Read("XLSX: shared strings named and not there", without_strings(), BY_NUMBER, 2, AB),
    Read(
        "XLSX: parts in capitals",
        respelt(lambda n: n.upper() if n.startswith("xl/w") else n),
        BY_NUMBER,
        2,
        AB,
    ),
    Read("XLSX: parts with a leading slash", respelt(lambda n: "/" + n), BY_NUMBER, 2, AB),
    Read("XLSX: parts with a leading ./", respelt(lambda n: "./" + n), BY_NUMBER, 2, AB),
    Read(
        "XLSX: all parts with backslashes",
        respelt(lambda n: n.replace("/", "\\")),
        BY_NUMBER,
        2,
        AB,
    ),
    Read(
        "XLSX: dates as ISO 8601",
        xlsx(ISO),
        BY_ID,
        1,
        LAST,
        left_out=(1, 0, 0),
        warns=(Kind.RESUBMITTED,),
    ),
]
REFUSED = [
    (
        "branch: the other column's header again",
        f"{Q1},{Q2},{Q1}\n{A},\n",
        ITEMS + FORM,
        Kind.REPEATED_HEADER,
        f"理解度: [{Q1}, {Q1}]",
    ),
    (
        "a second header: Qualtrics",
        QUALTRICS,
        ITEMS + SHORT_NAMES + "    respondent_id: ResponseId\n",
        Kind.SECOND_HEADER,
        "extra_header_rows: 2",
    ),
    (
        "a second header: Qualtrics, half declared",
        QUALTRICS,
        ITEMS + SHORT_NAMES + "    respondent_id: ResponseId\n    extra_header_rows: 1\n",
        Kind.SECOND_HEADER,
        "extra_header_rows: 2",
    ),
    (
        "a second header over one question",
        f"ID,{Q2}\n,Response\n1,満足\n2,不満\n",
        ONE + "    respondent_id: ID\n",
        Kind.SECOND_HEADER,
        "extra_header_rows: 1",
    ),
    (
        "a second header where all have words of their own",
        f"{Q1},{Q2}\nResponse,Response\n{A}\n",
        BOTH_OTHER + FORM,
        Kind.SECOND_HEADER,
        "extra_header_rows: 1",
    ),
    (
        "a second header: the question's own text",
        f"{'Q1'},{'Q2'}\n{Q1},{Q2}\n{A}\n{B}\n",
        ITEMS + SHORT_NAMES,
        Kind.SECOND_HEADER,
        "extra_header_rows: 1",
    ),
    (
        "a reworded option in the first row is no header",
        IDS + f"N1,2025/06/04 16:00,とても,とても\nN2,2025/06/04 16:01,{A}\n",
        BY_ID,
        Kind.UNKNOWN_LEVEL,
        "aliases",
    ),
    (
        "a reworded option in the first row, one question",
        f"ID,{Q2}\n,最高\n,満足\n1,不満\n",
        ONE + "    respondent_id: ID\n",
        Kind.UNKNOWN_LEVEL,
        "aliases",
    ),
    (
        "the header again among rows that count",
        f"Status,{Q1},{Q2}\nComplete,{A}\nStatus,{Q1},{Q2}\nComplete,{B}\n",
        ITEMS + FORM + "    count_rows: {Status: Complete}\n",
        Kind.HEADER_AGAIN,
        "3行目",
    ),
    (
        "the header again in another order",
        f"{Q1},{Q2}\n{A}\n{Q2},{Q1}\n満足,理解できた\n",
        ITEMS + FORM,
        Kind.HEADER_AGAIN,
        "3行目",
    ),
    (
        "a status that no row has",
        f"Status,{Q1},{Q2}\n完了,{A}\n途中,{B}\n",
        ITEMS + FORM + "    count_rows: {Status: Complete}\n",
        Kind.NO_COUNTED_ROWS,
        "[完了, 途中]",
    ),
    *(
        (
            f"no ids: {key}",
            IDS
            + times("2025/06/04 16:00", "2025/06/04 16:30", name=key)
            + f"Z9,2025/06/04 16:40,{B}\n",
            BY_ID,
            Kind.NO_IDS,
            "respondent_id",
        )
        for key in (
            "匿名",
            "anonymous",
            "30代",
            "第1班",
            "総務課",
            "203.0.113.5",
            "2025/06/04",
            "16:00",
            "1.23457E+15",
            "1234567890123450",
            "A",
            "ja",
            "満足",
            "TRUE",
            "-",
            "6月4日",
            "Mozilla/5.0 (X11)",
            "45812.66",
        )
    ),
    (
        "no ids: departments by number",
        IDS + "".join(f"{i % 2 + 101},2025/06/04 16:0{i},{A}\n" for i in range(6)),
        BY_ID,
        Kind.NO_IDS,
        "6行に2種類",
    ),
    ("long form", LONG, ITEMS + FORM, Kind.LONG_FORM, "1人1行"),
    ("polls: questions stand in the rows", ZOOM, ITEMS + FORM, Kind.LONG_FORM, "1人1行"),
    (
        "two-digit years, undeclared",
        IDS + times("6/4/25 16:00", "6/13/25 9:30"),
        BY_ID,
        Kind.UNREADABLE_TIME,
        "date_order: month-day-year",
    ),
    (
        "two-digit years that come first",
        IDS + times("25/06/30 16:00", "25/07/01 9:30"),
        BY_ID,
        Kind.UNREADABLE_TIME,
        "年からの日時",
    ),
    (
        "午後 with an hour past noon",
        IDS + times("2025/06/04 午後13:00", "2025/06/04 午後1:30"),
        BY_ID,
        Kind.UNREADABLE_TIME,
        "年からの日時",
    ),
    (
        "a name in a question's column",
        HEADS + f"{A}\n秘田 花子,満足\n",
        ITEMS + FORM,
        Kind.UNKNOWN_LEVEL,
        "表示しません",
    ),
    (
        "a name and its department",
        HEADS + f"{A}\n秘田花子（総務課）,満足\n",
        ITEMS + FORM,
        Kind.UNKNOWN_LEVEL,
        "表示しません",
    ),
    (
        "a typed #N/A",
        HEADS + f"{A}\n#N/A,満足\n",
        ITEMS + FORM,
        Kind.UNMARKED_MISSING,
        'missing: ["#N/A"]',
    ),
    (
        "a NULL of MySQL",
        HEADS + f"{A}\n\\N,満足\n",
        ITEMS + FORM,
        Kind.UNMARKED_MISSING,
        "missing: ",
    ),
    (
        "a semicolon behind one choice",
        HEADS + f"{A}\nよく理解できた;,満足\n",
        ITEMS + FORM,
        Kind.UNKNOWN_LEVEL,
        "aliases: {よく理解できた: ",
    ),
    ("a long sound for a dash", *level("A―B", "AーB"), Kind.UNKNOWN_LEVEL, "U+30FC"),
    (
        "numbers without codes",
        HEADS + "4,満足\n",
        ITEMS + FORM,
        Kind.UNKNOWN_LEVEL,
        'codes: {理解度: {"4": ',
    ),
    (
        "codes and words",
        HEADS + f"{A}\n4,4\n",
        ITEMS + FORM + CODES,
        Kind.MIXED_CODES,
        'aliases: {よく理解できた: ["4"]',
    ),
    (
        "private-use characters in a comment",
        (HEADS.strip() + f",感想\n{A},よ").encode("cp932") + b"\xf0\x40" + "い\n".encode("cp932"),
        ITEMS + FORM + "    comments: [感想]\n",
        Kind.BROKEN_CHARACTER,
        "2行目 「感想」",
    ),
    (
        "a replaced character in an answer",
        HEADS + "理解で\ufffdた,満足\n",
        ITEMS + FORM,
        Kind.BROKEN_CHARACTER,
        "〔U+FFFD〕",
    ),
    (
        "two forms that say the same",
        HEADS + f"{A}\n",
        ITEMS + FORM + FORM.replace("forms:", "").replace("name: f", "name: g") + CODES,
        Kind.TWO_FORMS,
        "消す",
    ),
]


@pytest.mark.parametrize("case", READ, ids=lambda case: case.name)
def test_what_comes_out(tmp_path: Path, case: Read) -> None:
    responses = read(tmp_path, case.export, case.survey, case.encoding)
    assert responses.n_respondents == case.people
    for item, counts in case.counts.items():
        assert responses.answers[item].value_counts(sort=False).tolist() == counts, item
    assert responses.comments == case.comments
    left_out = (responses.superseded, responses.identical, sum(responses.not_counted.values()))
    assert left_out == case.left_out
    assert {warning.kind for warning in responses.warnings} == {*case.warns}


@pytest.mark.parametrize(
    ("export", "survey", "kind", "says"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_what_is_refused(
    tmp_path: Path, export: str | bytes, survey: str, kind: Kind, says: str
) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, export, survey)
    assert {problem.kind for problem in caught.value.problems} == {kind}
    assert says in str(caught.value)
    assert "秘田" not in str(caught.value)


def test_no_order_of_dates_is_proposed_that_takes_a_day_for_the_year(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, IDS + times("25/06/30 16:00", "25/07/01 9:30"), BY_ID)
    assert "date_order" not in str(caught.value)
