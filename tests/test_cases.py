"""Exports that people really have: each as it came, described as its user would, and what it says.

People and wording are invented; the situations are from public reports of form tools' users.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from forge import HEAD, MAIN, OFFICE, PACKAGE, pack

from dxeval.definitions.survey import read_survey
from dxeval.errors import DataError
from dxeval.problems import ProblemKind
from dxeval.reading.responses import Responses, read_responses
from dxeval.scoring.score import score

Q1, Q2 = "研修の内容は理解できましたか", "研修に満足しましたか"
ITEMS = """
items:
  - name: 理解度
    question: 研修の内容は理解できましたか
    levels: [よく理解できた, 理解できた, どちらでもない, 理解できなかった]
    favourable: [よく理解できた, 理解できた]
    neutral: [どちらでもない]
  - name: 満足度
    question: 研修に満足しましたか
    levels: [大いに満足, 満足, 概ね満足, 不満]
    favourable: [大いに満足, 満足]
"""
FORM = """
forms:
  - name: f
    items: {理解度: 研修の内容は理解できましたか, 満足度: 研修に満足しましたか}
"""
LATEST = "resubmission: latest" + ITEMS + FORM
BY_ADDRESS = f"{LATEST}    respondent_id: メールアドレス\n    timestamp: 送信日時\n"
CODES = """    codes:
      理解度: {"4": よく理解できた, "3": 理解できた, "2": どちらでもない, "1": 理解できなかった}
      満足度: {"4": 大いに満足, "3": 満足, "2": 概ね満足, "1": 不満}
"""


@dataclass(frozen=True)
class Case:
    """An export and its survey.yaml; ``counts`` run along each question's levels."""

    name: str
    export: str | bytes
    survey: str
    respondents: int
    counts: dict[str, list[int]]
    comments: tuple[str, ...] = ()
    superseded: int = 0
    identical: int = 0
    not_counted: int = 0
    warns: ProblemKind | None = None
    encoding: str = "utf-8"


def last_commas() -> str:
    """Return a file of Excel: from row 17 on nobody commented, so the last comma is left out."""
    rows = [
        f"{a},{b}"
        for a, b in ["33", "22", "14", "43", "32", "24", "13", "42", "34", "23", "12", "44"] * 2
    ]
    lines = [f"{i},{row},{'よい' if i == 3 else ''}" for i, row in enumerate(rows[:15], 1)]
    lines += [f"{i},{row}" for i, row in enumerate(rows[15:], 16)]
    return "\r\n".join(["番号,問1,問2,自由記述", *lines, ""])


def backslash_parts() -> bytes:
    """Return an XLSX whose parts are named with backslashes: Excel and LibreOffice open it."""
    rows = [["受付番号", Q1, Q2], ["1", "理解できた", "満足"]]
    rows += [["2", "よく理解できた", "大いに満足"], ["3", "理解できた"]]
    body = "".join(
        f'<row r="{r}">'
        + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
        + "</row>"
        for r, row in enumerate(rows, 1)
    )

    def relation(kind: str, target: str) -> str:
        return (
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
        )

    return pack(
        {
            "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels\\.rels": relation("officeDocument", "xl/workbook.xml"),
            "xl\\workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="回答" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl\\_rels\\workbook.xml.rels": relation("worksheet", "worksheets\\Sheet%31.xml"),
            "xl\\worksheets\\sheet1.xml": f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{body}'
            "</sheetData></worksheet>",
        }
    )


WHEN = """
items:
  - name: 実践時期
    question: いつから実践できますか
    levels: [すぐに, 1〜3か月後, 4〜6か月後, 未定]
    favourable: [すぐに, 1〜3か月後]
forms:
  - name: f
    items: {実践時期: いつから実践できますか}
"""
REWORDED = f"""タイムスタンプ,{Q1},{Q2}
2025/06/02 10:00:00,理解できた,まあまあ満足
2025/06/02 10:01:00,よく理解できた,満足
2025/06/03 10:02:00,理解できた,まあまあ満足
2025/06/04 10:03:00,理解できた,概ね満足
2025/06/05 10:04:00,どちらでもない,概ね満足
2025/06/05 10:05:00,よく理解できた,大いに満足
"""
BRANCHES = f"""タイムスタンプ,どちらの会場ですか,{Q1},{Q2},{Q1},{Q2}
2025/06/04 10:00:00,A会場,理解できた,満足,,
2025/06/04 10:01:00,B会場,,,よく理解できた,大いに満足
2025/06/04 10:02:00,B会場,,,理解できた,不満
2025/06/04 10:03:00,A会場,どちらでもない,概ね満足,,
"""
BRANCHED = f"""{ITEMS}
forms:
  - name: f
    items: {{理解度: [{Q1}, {Q1}], 満足度: [{Q2}, {Q2}]}}
"""
STATUS = f"""Response ID,Status,Submitted,{Q1},{Q2}
1,Complete,2025-06-04 16:00,よく理解できた,満足
2,Partial,,理解できた,
3,Complete,2025-06-04 16:05,理解できた,大いに満足
4,Partial,,,
5,Preview,2025-06-03 09:00,理解できなかった,不満
6,Complete,2025-06-04 16:09,どちらでもない,概ね満足
"""
RESPONSE_ROW = f"""Respondent ID,Start Date,{Q1},{Q2},ご感想,ご要望
,,Response,Response,Open-Ended Response,Open-Ended Response
118,06/04/2025 04:00:00 PM,理解できた,満足,,次も
119,06/04/2025 04:10:00 PM,よく理解できた,概ね満足,よい,
120,06/04/2025 04:11:00 PM,理解できた,不満,,
"""
ADDRESSES = f"メールアドレス,送信日時,{Q1},{Q2}\n"
MONTH_FIRST = f"""Timestamp,メールアドレス,{Q1},{Q2}
6/4/2025 16:00:05,hanako@example.jp,理解できなかった,不満
6/13/2025 9:30:00,hanako@example.jp,理解できた,満足
6/4/2025 16:02:00,taro@example.jp,よく理解できた,大いに満足
"""
OTHER = f"""タイムスタンプ,{Q1},{Q2}
2025/06/04 10:00,理解できた,満足
2025/06/04 10:01,途中から参加したので分からない,概ね満足
2025/06/04 10:02,よく理解できた,満足
2025/06/04 10:03,音声が切れて聞けず,不満
"""
PHP = f"""番号,{Q1},{Q2},感想
1,理解できた,満足,よい
2,よく理解できた,大いに満足,"スライドの \\"共有\\" が、よかった"
3,理解できた,不満,
"""
MIDDLE = """
items:
  - name: 時間
    question: 研修の時間はどうでしたか
    levels: [長い, やや長い, ちょうどよい, やや短い, 短い]
    favourable: [ちょうどよい]
forms:
  - name: f
    respondent_id: 番号
    items: {時間: 研修の時間はどうでしたか}
"""
SEVERAL = """
items:
  - name: 参考
    question: 参考になったもの（複数選択）
    kind: choices
    levels: [事例紹介, '演習（申請, 届出）', 講義]
forms:
  - name: f
    items: {参考: 参考になったもの（複数選択）}
"""
SEVERAL_ANSWERS = """タイムスタンプ,参考になったもの（複数選択）
2025/06/04 10:00,"事例紹介, 演習（申請, 届出）"
2025/06/04 10:01,"演習（申請, 届出）"
2025/06/04 10:02,"事例紹介, 講義"
2025/06/04 10:03,講義
"""

CASES = [
    Case(
        "01 a wave dash of macOS in survey.yaml, of Windows in the export",
        "番号,いつから実践できますか\n1,すぐに\n2,1～3か月後\n3,1～3か月後\n4,4～6か月後\n5,未定\n6,すぐに\n",
        WHEN,
        6,
        {"実践時期": [2, 2, 1, 1]},
        encoding="cp932",
    ),
    Case(
        "02 an option was reworded while the form was open",
        REWORDED,
        ITEMS + "    aliases: {概ね満足: まあまあ満足}\n" + FORM,
        6,
        {"理解度": [2, 3, 1, 0], "満足度": [1, 1, 4, 0]},
    ),
    Case(
        "02 the same, written as a code of the form",
        REWORDED,
        ITEMS + FORM + "    codes: {満足度: {まあまあ満足: 概ね満足}}\n",
        6,
        {"満足度": [1, 1, 4, 0]},
    ),
    Case(
        "04 one question in two branches",
        BRANCHES,
        BRANCHED,
        4,
        {"理解度": [1, 2, 1, 0], "満足度": [1, 1, 1, 1]},
    ),
    Case(
        "06 complete, partial and preview",
        STATUS,
        ITEMS + FORM + "    respondent_id: Response ID\n    count_rows: {Status: [Complete]}\n",
        3,
        {"理解度": [1, 1, 1, 0], "満足度": [1, 1, 1, 0]},
        not_counted=3,
        warns=ProblemKind.NOT_COUNTED,
    ),
    Case(
        "06 the same by what does not count",
        STATUS,
        ITEMS + FORM + "    skip_rows: {Status: [Partial, Preview]}\n",
        3,
        {"理解度": [1, 1, 1, 0]},
        not_counted=3,
        warns=ProblemKind.NOT_COUNTED,
    ),
    Case(
        "06 the same by a blank time of submission, and previews",
        STATUS,
        ITEMS + FORM + '    count_rows: {Submitted: "*"}\n    skip_rows: {Status: Preview}\n',
        3,
        {"理解度": [1, 1, 1, 0]},
        not_counted=3,
        warns=ProblemKind.NOT_COUNTED,
    ),
    Case(
        "06 undeclared, the status column is told of",
        STATUS,
        ITEMS + FORM,
        6,
        {"理解度": [1, 2, 1, 1]},
        warns=ProblemKind.STATUS_COLUMN,
    ),
    Case(
        "07 a second header row",
        RESPONSE_ROW,
        ITEMS + FORM + "    extra_header_rows: 1\n    comments: [ご感想, ご要望]\n",
        3,
        {"理解度": [1, 2, 0, 0], "満足度": [0, 1, 1, 1]},
        comments=("よい", "次も"),
    ),
    Case(
        "09 a double click",
        ADDRESSES
        + "hanako@example.jp,2025/06/04 16:00,理解できた,満足\n" * 2
        + "taro@example.jp,2025/06/04 16:02,よく理解できた,大いに満足\n",
        BY_ADDRESS,
        2,
        {"理解度": [1, 1, 0, 0], "満足度": [1, 1, 0, 0]},
        identical=1,
        warns=ProblemKind.SENT_TWICE,
    ),
    Case(
        "10 an address in capitals",
        ADDRESSES + "Hanako@Example.jp,2025/06/04 16:00,理解できなかった,不満\n"
        "hanako@example.jp,2025/06/04 16:30,理解できた,満足\n"
        "taro@example.jp,2025/06/04 16:02,よく理解できた,大いに満足\n",
        BY_ADDRESS,
        2,
        {"理解度": [1, 1, 0, 0], "満足度": [1, 1, 0, 0]},
        superseded=1,
        warns=ProblemKind.RESUBMITTED,
    ),
    Case(
        "12 Excel leaves the last comma out",
        last_commas(),
        ITEMS
        + "\nforms:\n  - name: f\n    respondent_id: 番号\n    items: {理解度: 問1, 満足度: 問2}\n"
        + "    comments: [自由記述]\n"
        + CODES,
        24,
        {"理解度": [6, 6, 6, 6], "満足度": [8, 8, 8, 0]},
        comments=("よい",),
        warns=ProblemKind.SHORT_ROWS,
        encoding="cp932",
    ),
    Case(
        "14 the month first, declared",
        MONTH_FIRST,
        LATEST
        + "    respondent_id: メールアドレス\n    timestamp: Timestamp\n"
        + "    date_order: month-day-year\n",
        2,
        {"理解度": [1, 1, 0, 0], "満足度": [1, 1, 0, 0]},
        superseded=1,
        warns=ProblemKind.RESUBMITTED,
    ),
    Case(
        "15 other, in words of one's own",
        OTHER,
        ITEMS.replace("理解できなかった]", "理解できなかった, その他]", 1).replace(
            "    neutral:", "    other: その他\n    neutral:"
        )
        + FORM,
        4,
        {"理解度": [1, 1, 0, 0, 2], "満足度": [0, 2, 1, 1]},
        comments=("途中から参加したので分からない", "音声が切れて聞けず"),
    ),
    Case(
        "16 quotes behind a backslash",
        PHP,
        ITEMS + FORM + "    respondent_id: 番号\n    comments: [感想]\n",
        3,
        {"理解度": [1, 2, 0, 0], "満足度": [1, 1, 0, 1]},
        comments=("よい", 'スライドの "共有" が、よかった'),
        warns=ProblemKind.ESCAPED_QUOTES,
    ),
    Case(
        "21 best in the middle",
        "番号,研修の時間はどうでしたか\n1,ちょうどよい\n2,やや長い\n3,ちょうどよい\n4,短い\n5,長い\n",
        MIDDLE,
        5,
        {"時間": [1, 1, 2, 0, 1]},
    ),
    Case(
        "23 parts named with backslashes",
        backslash_parts(),
        ITEMS + FORM + "    respondent_id: 受付番号\n",
        3,
        {"理解度": [1, 2, 0, 0], "満足度": [1, 1, 0, 0]},
    ),
    Case(
        "25 a narrow no-break space before AM and PM",
        ADDRESSES + "hanako@example.jp,2025/06/04 11:59:00\u202fAM,理解できなかった,不満\n"
        "hanako@example.jp,2025/06/04 4:30:00\u202fPM,理解できた,満足\n"
        "taro@example.jp,2025/06/04 4:02:00\u202fPM,よく理解できた,大いに満足\n",
        BY_ADDRESS,
        2,
        {"理解度": [1, 1, 0, 0], "満足度": [1, 1, 0, 0]},
        superseded=1,
        warns=ProblemKind.RESUBMITTED,
    ),
    Case(
        "30 several answers in a cell, one option with a comma of its own",
        SEVERAL_ANSWERS,
        SEVERAL,
        4,
        {"参考": [2, 2, 2]},
    ),
]
REFUSED = [
    (
        "04 a person in both branches",
        BRANCHES.replace(
            "よく理解できた,大いに満足",
            "よく理解できた,大いに満足\n2025/06/04 10:09:00,A会場,理解できた,満足,どちらでもない,",
        ),
        BRANCHED,
        ProblemKind.TWO_BRANCHES,
        "4行目",
    ),
    ("04 undeclared", BRANCHES, ITEMS + FORM, ProblemKind.REPEATED_HEADER, f"[{Q1}, {Q1}]"),
    (
        "07 undeclared",
        RESPONSE_ROW,
        ITEMS + FORM,
        ProblemKind.SECOND_HEADER,
        "extra_header_rows: 1",
    ),
    (
        "07 declared too many",
        RESPONSE_ROW,
        ITEMS + FORM + "    extra_header_rows: 2\n",
        ProblemKind.EXTRA_HEADER_ANSWER,
        "3行目",
    ),
    (
        "14 undeclared",
        MONTH_FIRST,
        LATEST + "    respondent_id: メールアドレス\n    timestamp: Timestamp\n",
        ProblemKind.UNREADABLE_TIME,
        "date_order: month-day-year",
    ),
    ("15 undeclared", OTHER, ITEMS + FORM, ProblemKind.UNKNOWN_LEVEL, "音声が切れて聞けず"),
    (
        "30 as one of several",
        SEVERAL_ANSWERS,
        SEVERAL.replace("    kind: choices\n", ""),
        ProblemKind.TWO_LEVELS,
        "kind: choices",
    ),
    (
        "27 the header again",
        f"受付番号,{Q1},{Q2}\n1,理解できた,満足\n2,よく理解できた,大いに満足\n"
        f"\ufeff受付番号,{Q1},{Q2}\n3,理解できた,概ね満足\n",
        ITEMS + FORM + "    respondent_id: 受付番号\n",
        ProblemKind.HEADER_AGAIN,
        "4行目",
    ),
]


def read(folder: Path, export: str | bytes, survey: str, encoding: str = "utf-8") -> Responses:
    (folder / "survey.yaml").write_text(survey, "utf-8")
    path = folder / "export"
    path.write_bytes(export if isinstance(export, bytes) else export.encode(encoding))
    return read_responses(path, read_survey(folder / "survey.yaml"), "s", "export")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_comes_out(tmp_path: Path, case: Case) -> None:
    responses = read(tmp_path, case.export, case.survey, case.encoding)
    assert responses.n_respondents == case.respondents
    scores = score(responses, read_survey(tmp_path / "survey.yaml"))
    for item, counts in case.counts.items():
        assert [record["count"] for record in scores[item].records()] == counts, item
    assert responses.comments == case.comments
    assert (responses.superseded, responses.identical) == (case.superseded, case.identical)
    assert sum(responses.not_counted.values()) == case.not_counted
    kinds = {warning.kind for warning in responses.warnings}
    assert kinds - {ProblemKind.BLANK_ROW} == ({case.warns} if case.warns else set())


@pytest.mark.parametrize(
    ("export", "survey", "kind", "says"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_what_is_refused(
    tmp_path: Path, export: str, survey: str, kind: ProblemKind, says: str
) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, export, survey)
    assert {problem.kind for problem in caught.value.problems} == {kind}
    assert says in str(caught.value)
