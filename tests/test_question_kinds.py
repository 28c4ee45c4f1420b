"""Questions of every kind, read from real files: what comes out, and what is refused."""

import io
import math
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from forge import text

from dxeval.definitions.survey import Survey, read_survey
from dxeval.errors import DataError, FigureError
from dxeval.problems import Problem
from dxeval.problems import ProblemKind as Kind
from dxeval.reading.responses import Responses, read_responses
from dxeval.scoring.score import Scores, score
from dxeval.scoring.selections import Selections
from dxeval.scoring.values import Values

Rows = Sequence[Sequence[object]]

EVERY = """
items:
  - {name: 理解度, question: 理解できましたか, levels: [よく, 少し, ない], favourable: [よく]}
  - {name: 時間, question: 長さは, levels: [長い, 丁度, 短い], favourable: [丁度]}
  - {name: 推奨度, question: 勧めますか, kind: rating, lowest: 0, highest: 10,
     favourable: [8, 9, 10], ends: [勧めない, 勧める]}
  - {name: 形, question: どの形が, kind: choice, levels: [集合, オンライン], missing: [無回答]}
  - {name: 参考, question: 参考になったもの, kind: choices,
     levels: [講義, "演習（申請, 届出）", 事例]}
  - {name: 残業, question: 残業は何時間, kind: number, unit: 時間, lowest: 0}
  - {name: 感想, question: 感想, kind: text}
attributes:
  - {name: 役職, question: 役職, kind: choice, levels: [管理職, 係員]}
  - {name: 年数, question: 勤続年数, kind: number, unit: 年}
forms:
  - name: f
    timestamp: 時刻
    items: {理解度: Q1, 時間: Q2, 推奨度: Q3, 形: Q4, 参考: Q5, 残業: Q6, 感想: Q7,
      役職: A1, 年数: A2}
"""
HEADER = ["時刻", "Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "A1", "A2"]
T = "2025/06/04 10:0{}"
BODY: list[list[object]] = [
    [T.format(0), "よく", "丁度", 8, "集合", "講義, 演習（申請, 届出）", 10, "よい", "係員", 3],
    [T.format(1), "少し", "長い", 10, "オンライン", "講義", 2.5, "", "管理職", 30],
    [T.format(2), "", "", "", "無回答", "", "", "", "", ""],
    [
        T.format(3),
        "よく",
        "短い",
        0,
        "集合",
        "演習（申請, 届出）, 事例",
        0,
        "また、\n次も",
        "係員",
        "",
    ],
]


def openpyxl_file(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([*row])  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def survey_of(folder: Path, definition: str) -> Survey:
    path = folder / "survey.yaml"
    path.write_text(definition, "utf-8")
    return read_survey(path)


def read(folder: Path, definition: str, export: str | bytes | Rows) -> tuple[Responses, Scores]:
    survey = survey_of(folder, definition)
    if not isinstance(export, str | bytes):
        export = text(export)
    path = folder / "export"
    path.write_bytes(export if isinstance(export, bytes) else export.encode())
    responses = read_responses(path, survey, "s", "export")
    return responses, score(responses, survey)


def problems(folder: Path, definition: str, export: str | bytes | Rows) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        read(folder, definition, export)
    return [*caught.value.problems]


def problem(folder: Path, definition: str, export: str | bytes | Rows) -> Problem:
    (found,) = problems(folder, definition, export)
    assert found.file == "export"
    return found


FILES = {
    "utf-8": text([HEADER, *BODY]),
    "utf-8-sig": text([HEADER, *BODY], "utf-8-sig"),
    "cp932": text([HEADER, *BODY], "cp932"),
    "tabs": text([HEADER, *BODY], "utf-16", "\t"),
    "openpyxl": openpyxl_file([HEADER, *BODY]),
    "openpyxl floats": openpyxl_file(
        [HEADER, *([float(c) if isinstance(c, int) else c for c in row] for row in BODY)]
    ),
}


@pytest.mark.parametrize("export", FILES.values(), ids=FILES)
def test_every_kind_is_read_and_counted(tmp_path: Path, export: bytes) -> None:
    responses, scores = read(tmp_path, EVERY, export)
    frame, attributes = responses.answers, responses.attributes
    assert frame.columns.tolist() == ["理解度", "時間", "推奨度", "形", "参考", "残業", "感想"]
    assert frame.index.tolist() == attributes.index.tolist() == [2, 3, 4, 5]
    assert frame["推奨度"].tolist()[:2] == ["8", "10"]
    assert frame["推奨度"].cat.ordered
    assert not frame["形"].cat.ordered
    assert frame["参考"].tolist() == [
        {"講義", "演習（申請, 届出）"},
        {"講義"},
        None,
        {"演習（申請, 届出）", "事例"},
    ]
    assert frame["残業"].tolist()[:2] == [10, 2.5]
    assert math.isnan(frame["残業"].tolist()[2])
    assert frame["感想"].tolist()[0] == "よい"
    assert attributes["役職"].tolist()[::3] == ["係員", "係員"]
    assert attributes["年数"].tolist()[:2] == [3, 30]
    said = [(row, question, " ".join(words.split())) for row, question, words in responses.written]
    assert said == [(2, "感想", "よい"), (5, "感想", "また、 次も")]
    assert [(s.item.name, s.n_valid, s.n_missing) for s in scores] == [
        ("理解度", 3, 1),
        ("時間", 3, 1),
        ("推奨度", 3, 1),
        ("形", 3, 1),
        ("参考", 3, 1),
        ("残業", 3, 1),
        ("感想", 2, 2),
    ]
    assert [scores[item].favourable_count for item in ("理解度", "時間", "推奨度")] == [2, 1, 2]
    assert scores["形"].favourable_share is scores["参考"].favourable_share is None
    assert dict(scores["参考"]) == {"講義": 2, "演習（申請, 届出）": 2, "事例": 1}
    assert scores["推奨度"].measures() == {
        "least": 0,
        "lower": 4,
        "median": 8,
        "upper": 9,
        "most": 10,
    }
    assert scores["残業"].measures() == {
        "least": 0,
        "lower": 1.25,
        "median": 2.5,
        "upper": 6.25,
        "most": 10,
    }
    assert not [w for w in responses.warnings if w.kind is not Kind.BLANK_ROW]
    assert not {"役職", "年数"} & {*scores.asked}


def test_a_file_without_answers_has_every_column(tmp_path: Path) -> None:
    responses, scores = read(tmp_path, EVERY, [HEADER])
    assert responses.n_respondents == 0
    assert all(found.n_valid == found.n_missing == 0 for found in scores)
    assert scores["推奨度"].measures() == dict.fromkeys(scores["残業"].measures() or {})


SEVERAL = """
items:
  - name: 参考
    question: 参考になったもの
    kind: choices
    levels: [講義, "演習（申請, 届出）", 事例, その他]
{item}
forms:
  - name: f
    respondent_id: 番号
    items: {{参考: {headers}}}
{form}
"""
FORM_OF_COLUMNS = "    columns: {参考: {a: 講義, b: '演習（申請, 届出）', c: 事例}}"
TWO = "演習（申請, 届出）"


def several(*item: str, headers: str = "Q", form: str = "") -> str:
    lines = "".join(f"    {line}\n" for line in item)
    return SEVERAL.format(item=lines, headers=headers, form=form)


def spread(*item: str, columns: str = FORM_OF_COLUMNS) -> str:
    return several(*item, form=columns).replace("    items: {参考: Q}\n", "")


def cells(*values: str) -> Rows:
    return [["番号", "Q"], *([str(i), value] for i, value in enumerate(values, 1))]


@pytest.mark.parametrize(
    "separator", [", ", ",", ";", "; ", "；", "、", "/", " / ", "|", "\n", "\r\n", "，", "／"]
)
def test_what_may_stand_between_two_answers(tmp_path: Path, separator: str) -> None:
    written = cells(f"講義{separator}{TWO}", f"{TWO}{separator}", TWO, f"事例{separator}講義")
    for declared in (
        "",
        f"separator: {separator!r}" if "\n" not in separator else 'separator: "\\n"',
    ):
        responses, scores = read(tmp_path, several(declared), written)
        assert responses.answers["参考"].tolist() == [
            {"講義", TWO},
            {TWO},
            {TWO},
            {"講義", "事例"},
        ]
        assert [*dict(scores["参考"]).values()] == [2, 3, 1, 0]
        assert not responses.warnings


def test_an_answer_given_twice_counts_once(tmp_path: Path) -> None:
    _, scores = read(
        tmp_path, several(), cells("講義;講義", " ; ", "講義;;事例;")[:2] + cells("x")[2:]
    )
    assert dict(scores["参考"])["講義"] == 1


MARKS: dict[str, tuple[list[list[str]], int]] = {
    "1 and 0": ([["1", "0", "1"], ["0", "0", "0"], ["", "", ""], ["1", "1", "0"]], 3),
    "TRUE": (
        [["TRUE", "FALSE", "TRUE"], ["FALSE"] * 3, ["", "", ""], ["TRUE", "True", "FALSE"]],
        3,
    ),
    "circles": ([["○", "", "〇"], ["", "", ""], ["", "", ""], ["◯", "○", ""]], 2),
    "options": ([["講義", "", "事例"], ["", "", ""], ["", "", ""], ["講義", TWO, ""]], 2),
    "Yes": ([["Yes", "No", "Yes"], ["No"] * 3, ["", "", ""], ["Yes", "Yes", "No"]], 3),
}


@pytest.mark.parametrize(("rows", "answered"), MARKS.values(), ids=MARKS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_column_an_option(
    tmp_path: Path, rows: list[list[str]], answered: int, kind: str
) -> None:
    header = ["番号", "a", "b", "c"]
    body: list[list[object]] = [[str(i), *row] for i, row in enumerate(rows, 1)]
    if kind == "xlsx":
        typed = {"1": 1, "0": 0, "TRUE": True, "FALSE": False}
        body = [[typed.get(str(cell), cell) for cell in row] for row in body]
    export = openpyxl_file([header, *body]) if kind == "xlsx" else text([header, *body])
    _, scores = read(tmp_path, spread(), export)
    assert dict(scores["参考"]) == {"講義": 2, TWO: 1, "事例": 1, "その他": 0}
    assert (scores["参考"].n_valid, scores["参考"].n_missing) == (answered, 4 - answered)


def test_columns_that_are_named_like_their_options(tmp_path: Path) -> None:
    definition = several(headers="[講義, '演習（申請, 届出）', 事例]")
    header = ["番号", "講義", TWO, "事例"]
    for rows in MARKS.values():
        body = [[str(i), *row] for i, row in enumerate(rows[0], 1)]
        _, scores = read(tmp_path, definition, [header, *body])
        assert dict(scores["参考"]) == {"講義": 2, TWO: 1, "事例": 1, "その他": 0}


def test_whoever_chose_all_is_told_from_a_header_by_the_time(tmp_path: Path) -> None:
    definition = several(headers="[講義, 事例]").replace("    respondent_id: 番号\n", "")
    rows = [["時", "講義", "事例"], [T.format(0), "講義", "事例"], [T.format(1), "", "事例"]]
    found = problem(tmp_path, definition, rows)
    assert (found.kind, found.line) == (Kind.HEADER_AGAIN, 2)
    assert "timestamp" in str(found)
    _, scores = read(tmp_path, definition + "    timestamp: 時\n", rows)
    assert dict(scores["参考"])["事例"] == 2


def test_columns_of_no_name_that_hold_the_option(tmp_path: Path) -> None:
    """As surveys of the Carpentries have them: the question stands over the first alone."""
    definition = several(headers="[Q, Column2, Column3]")
    rows = [["番号", "Q", "Column2", "Column3"], ["1", "講義", "", "事例"], ["2", "", TWO, ""]]
    responses, _ = read(tmp_path, definition, rows)
    assert responses.answers["参考"].tolist() == [{"講義", "事例"}, {TWO}]


def test_a_column_of_own_words_beside_columns_of_options(tmp_path: Path) -> None:
    columns = FORM_OF_COLUMNS.replace("c: 事例", "c: 事例, d: その他")
    rows = [
        ["番号", "a", "b", "c", "d"],
        ["1", "1", "0", "0", "昼食、散歩"],
        ["2", "0", "1", "0", "0"],
    ]
    responses, scores = read(tmp_path, spread("other: その他", columns=columns), rows)
    assert dict(scores["参考"]) == {"講義": 1, TWO: 1, "事例": 0, "その他": 1}
    assert [*responses.written] == [(2, "参考", "昼食、散歩")]
    found = problem(
        tmp_path, spread("other: その他", columns=columns), [*rows, ["3", "昼食", "", "", ""]]
    )
    assert (found.kind, found.line, found.column) == (Kind.UNKNOWN_LEVEL, 4, "a")


def test_own_words_beside_options_in_one_cell(tmp_path: Path) -> None:
    item = ("other: その他", 'separator: ";"')
    export = cells("講義;交流、昼食", "交流", "事例;その他: 昼食", "講義;事例")
    responses, scores = read(tmp_path, several(*item), export)
    assert dict(scores["参考"]) == {"講義": 2, TWO: 0, "事例": 2, "その他": 3}
    assert responses.comments == ("交流、昼食", "交流", "昼食")


CODED = several(form='    codes: {参考: {"1": 講義, "2": 事例}}')


def test_codes_of_options(tmp_path: Path) -> None:
    _, scores = read(tmp_path, CODED, cells("1,2", "2", "1"))
    assert dict(scores["参考"]) == {"講義": 2, TWO: 0, "事例": 2, "その他": 0}
    assert problem(tmp_path, CODED, cells("1,2", "2", "講義")).kind is Kind.MIXED_CODES


OWN = ("other: その他",)
REFUSED: list[tuple[str, str, Rows | bytes, Kind, int | None, str, str | None, str]] = [
    (
        "an option unknown",
        several(),
        cells("講義, 演習", TWO),
        Kind.UNKNOWN_LEVEL,
        2,
        "Q",
        "演習",
        TWO,
    ),
    (
        "own words",
        several(*OWN),
        cells("講義, よい"),
        Kind.SEVERAL_WAYS,
        2,
        "Q",
        "講義, よい",
        "separator",
    ),
    (
        "an option of two others",
        several().replace("その他]", '"講義, 事例"]'),
        cells("事例", "講義, 事例"),
        Kind.SEVERAL_WAYS,
        3,
        "Q",
        "講義, 事例",
        "1通り",
    ),
    (
        "the separator of another form",
        several('separator: ";"'),
        cells("講義、事例", "講義"),
        Kind.NO_SEPARATOR,
        None,
        "Q",
        ";",
        '"、" に直して',
    ),
    (
        "the same where words are free",
        several('separator: ";"', *OWN),
        cells("講義、事例", "昼食"),
        Kind.NO_SEPARATOR,
        None,
        "Q",
        ";",
        '"、" に直して',
    ),
    (
        "the same beside free words",
        several('separator: ";"', *OWN),
        cells("講義, 昼食"),
        Kind.NO_SEPARATOR,
        None,
        "Q",
        ";",
        '"," に直して',
    ),
    ("only separators", several(), cells(";;"), Kind.UNKNOWN_LEVEL, 2, "Q", ";;", "講義"),
    ("no answer", several(), cells("無回答"), Kind.UNMARKED_MISSING, 2, "Q", "無回答", "missing"),
    (
        "an option and no answer",
        several("missing: [無回答]"),
        cells("無回答", "講義;無回答"),
        Kind.UNKNOWN_LEVEL,
        3,
        "Q",
        "無回答",
        "講義",
    ),
    (
        "more than there can be",
        several(),
        cells("講義;" * 300),
        Kind.SEVERAL_WAYS,
        2,
        "Q",
        None,
        "200個",
    ),
    (
        "a mark in a column of no label",
        several(headers="[x, y]"),
        [["番号", "x", "y"], ["1", "講義", "1"]],
        Kind.UNKNOWN_LEVEL,
        2,
        "y",
        "1",
        'columns: {参考: {x: "（選択肢）", y: "（選択肢）"}}',
    ),
    (
        "an option in the column of another",
        spread(),
        [["番号", "a", "b", "c"], ["1", "1", "0", "0"], ["2", "0", "講義", "0"]],
        Kind.UNKNOWN_LEVEL,
        3,
        "b",
        "講義",
        TWO,
    ),
    (
        "another mark",
        spread(),
        [["番号", "a", "b", "c"], ["1", "×", "0", "0"]],
        Kind.UNKNOWN_LEVEL,
        2,
        "a",
        "×",
        TWO,
    ),
]


@pytest.mark.parametrize("case", REFUSED, ids=[case[0] for case in REFUSED])
def test_several_answers_that_are_refused(tmp_path: Path, case: tuple[Any, ...]) -> None:
    _, definition, export, kind, line, column, value, says = case
    found = problem(tmp_path, definition, export)
    assert (found.kind, found.line, found.column) == (kind, line, column)
    assert value is None or found.value == value
    assert found.expected
    assert says in str(found)


def test_a_separator_that_nobody_needed_is_only_told(tmp_path: Path) -> None:
    responses, scores = read(tmp_path, several('separator: ";"'), cells("講義", "事例", ""))
    assert dict(scores["参考"])["講義"] == 1
    (warning,) = (w for w in responses.warnings if w.kind is not Kind.BLANK_ROW)
    assert (warning.kind, warning.column, warning.value) == (Kind.NO_SEPARATOR, "Q", ";")
    blank, _ = read(tmp_path, several('separator: ";"'), cells("", ""))
    assert Kind.NO_SEPARATOR not in {w.kind for w in blank.warnings}


def test_branches_are_put_together(tmp_path: Path) -> None:
    definition = EVERY.replace("残業: Q6", "残業: [Q6, Q6b]").replace(
        "推奨度: Q3", "推奨度: [Q3, Q3b]"
    )
    definition = definition.replace("参考: Q5", "参考: [Q5, Q5b]")
    definition = definition.replace("感想: Q7", "感想: [Q7, Q7b]")
    header = [*HEADER, "Q3b", "Q5b", "Q6b", "Q7b"]
    rows: list[list[object]] = [
        [T.format(0), "よく", "丁度", 8, "集合", "講義", 1234567, "よい", "", "", "", "", "", ""],
        [T.format(1), "よく", "丁度", "", "集合", "", "", "", "", "", 9, "事例", 7, "次も"],
        [T.format(2), "よく", "丁度", 3, "集合", "講義", 5, "a", "", "", 3, "事例", 5.0, "b"],
    ]
    responses, scores = read(tmp_path, definition, [header, *rows])
    assert responses.answers["推奨度"].tolist() == ["8", "9", "3"]
    assert responses.answers["残業"].tolist() == [1234567, 7, 5]
    assert responses.answers["参考"].tolist() == [{"講義"}, {"事例"}, {"講義", "事例"}]
    assert responses.answers["感想"].tolist() == ["よい", "次も", "a\nb"]
    assert scores["感想"].n_valid == 3
    for place, value in ((10, 9), (12, 1234568)):
        torn = [[*row] for row in rows]
        torn[0][place] = value
        found = problem(tmp_path, definition, [header, *torn])
        assert (found.kind, found.line) == (Kind.TWO_BRANCHES, 2)
        assert "「8」、「9」" in found.message or "「1234567」、「1234568」" in found.message


NUMBERS = """
items:
  - {name: 残業, question: 残業, kind: number, unit: 時間, lowest: -5, highest: 2000}
  - {name: 勧める, question: 勧める, kind: rating, lowest: -3, highest: 10}
forms:
  - name: f
    items: {残業: Q, 勧める: R}
"""
BOUNDS, WHOLE = "半角数字だけの数（-5以上2000以下）", "-3から10の整数"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("5 ", 5),
        (" 5", 5),
        ("-3", -3),
        ("+3", 3),
        ("3.50", 3.5),
        ("0.1", 0.1),
        ("007", 7),
        ("-0", 0),
    ],
)
def test_a_number_as_it_is_written(tmp_path: Path, cell: str, number: float) -> None:
    responses, _ = read(tmp_path, NUMBERS, [["Q", "R"], [cell, "1"]])
    assert responses.answers["残業"].tolist() == [number]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        *(
            (cell, Kind.NOT_A_NUMBER)
            for cell in (
                *("3時間", "1,5", "３", "1,200", "１２", "1e3", "inf", "0x10", "1月2日", "2-Jan"),
                *("2025-01-02", "約3", "3.", ".5", "3 5", "--3", "−3", "1_000", "③", "三", "50%"),
                *("1234567890.123456", "9" * 400),
            )
        ),
        *((cell, Kind.OUT_OF_RANGE) for cell in ("-6", "2001", "2000.5", "999999999999999")),
        *((cell, Kind.UNMARKED_MISSING) for cell in ("nan", "なし", "-", "N/A")),
    ],
)
def test_a_number_that_is_none(tmp_path: Path, cell: str, kind: Kind) -> None:
    found = problem(tmp_path, NUMBERS, [["Q", "R"], ["1", "1"], [cell, "1"]])
    assert (found.kind, found.line, found.column) == (kind, 3, "Q")
    assert found.value == cell[:200]
    assert found.expected == BOUNDS
    assert found.hint


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        *((cell, Kind.OUT_OF_RANGE) for cell in ("11", "-4", "100")),
        *(
            (cell, Kind.NOT_A_NUMBER)
            for cell in ("3.5", "8.0", "+3", "03", "3点", "3, 5", "1月2日", "ない方がよい", "1e1")
        ),
        ("無回答", Kind.UNMARKED_MISSING),
    ],
)
def test_a_rating_that_is_none(tmp_path: Path, cell: str, kind: Kind) -> None:
    found = problem(tmp_path, NUMBERS, [["Q", "R"], ["1", "1"], ["1", cell]])
    assert (found.kind, found.line, found.column, found.value) == (kind, 3, "R", cell)
    assert (found.expected, bool(found.hint)) == (WHOLE, True)


@pytest.mark.parametrize(
    ("cell", "aliases"),
    [("3点", '{"3": [3点]}'), ("1月2日", '{"（数）": [1月2日]}'), ("99点", '{"（数）": [99点]}')],
)
def test_a_number_in_words_is_guessed_only_where_it_stands_alone(
    tmp_path: Path, cell: str, aliases: str
) -> None:
    assert f"aliases: {aliases}" in str(problem(tmp_path, NUMBERS, [["Q", "R"], ["1", cell]]))


def test_ratings_below_zero_and_in_full_width_digits(tmp_path: Path) -> None:
    responses, scores = read(
        tmp_path, NUMBERS, [["Q", "R"], ["1", "-3"], ["1", "－３"], ["1", "１０"]]
    )
    assert responses.answers["勧める"].tolist() == ["-3", "-3", "10"]
    assert scores["勧める"].measures() == {
        "least": -3,
        "lower": -3,
        "median": -3,
        "upper": 3.5,
        "most": 10,
    }


def test_a_date_or_a_percentage_of_excel_is_no_number(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Q", "R"], [date(2025, 1, 2), 1], [0.5, date(2025, 1, 2)], [12, 8], [1e20, 8.5]):
        sheet.append(row)
    sheet["A3"].number_format = "0%"
    out = io.BytesIO()
    book.save(out)
    found = problems(tmp_path, NUMBERS, out.getvalue())
    assert [(p.kind, p.line, p.column, p.value) for p in found] == [
        (Kind.NOT_A_NUMBER, 2, "Q", "2025-01-02T00:00:00"),
        (Kind.NOT_A_NUMBER, 3, "Q", "50%"),
        (Kind.NOT_A_NUMBER, 5, "Q", "100000000000000000000"),
        (Kind.NOT_A_NUMBER, 3, "R", "2025-01-02T00:00:00"),
        (Kind.NOT_A_NUMBER, 5, "R", "8.5"),
    ]


def test_a_telephone_number_among_numbers_is_not_shown(tmp_path: Path) -> None:
    for cell in ("09012345678", "090-1234-5678", "山田 太郎"):
        found = problem(tmp_path, NUMBERS, [["Q", "R"], [cell, "1"]])
        assert cell not in str(found)


def test_texts_have_their_question_and_row(tmp_path: Path) -> None:
    definition = """
items:
  - {name: 満足度, question: 満足, levels: [満足, 不満]}
  - {name: 良かった点, question: 良かった点, kind: text, missing: [特になし]}
  - {name: 要望, question: 要望, kind: text}
forms:
  - name: f
    items: {満足度: S, 良かった点: 良, 要望: 要}
    comments: [備考]
    optional: [要]
"""
    rows = [["S", "良", "要", "備考"], ["満足", "特になし", "=1+1", ""], ["", "  ", "a", "b"]]
    responses, scores = read(tmp_path, definition, rows)
    assert [*responses.written] == [(3, "備考", "b"), (2, "要望", "=1+1"), (3, "要望", "a")]
    assert [(s.n_valid, s.n_missing) for s in scores] == [(1, 1), (0, 2), (2, 0)]
    without = [[row[0], row[1], row[3]] for row in rows]
    responses, scores = read(tmp_path, definition, without)
    assert scores.not_asked == ("要望",)
    assert scores.get("要望") is None


def test_a_resubmission_with_several_answers_and_texts(tmp_path: Path) -> None:
    definition = "resubmission: latest\n" + several(form="    timestamp: 時").replace(
        "forms:", "  - {name: 感想, question: 感想, kind: text}\nforms:"
    ).replace("参考: Q", "参考: Q, 感想: K")
    rows = [
        ["番号", "時", "Q", "K"],
        ["7", T.format(0), "講義, 事例", "先"],
        ["7", T.format(1), "事例", ""],
        ["8", T.format(2), TWO, "後"],
        ["8", T.format(2), TWO, "後"],
    ]
    responses, scores = read(tmp_path, definition, rows)
    assert (responses.superseded, responses.identical) == (1, 1)
    assert dict(scores["参考"]) == {"講義": 0, TWO: 1, "事例": 1, "その他": 0}
    assert [*responses.written] == [(4, "感想", "後")]


def test_a_number_of_a_respondent_may_be_a_number_of_a_rating(tmp_path: Path) -> None:
    definition = "resubmission: latest\n" + NUMBERS + "    respondent_id: 番号\n    timestamp: 時\n"
    rows = [["番号", "時", "Q", "R"], ["3", T.format(0), "1", "3"], ["3", T.format(1), "2", "4"]]
    responses, _ = read(tmp_path, definition, rows)
    assert responses.answers["勧める"].tolist() == ["4"]


@pytest.mark.parametrize("rows", [1, 2])
def test_a_second_header_below_numbers_and_texts(tmp_path: Path, rows: int) -> None:
    definition = NUMBERS.replace("kind: rating, lowest: -3, highest: 10", "kind: text")
    below = [["Response", "Open-Ended Response"]] * rows
    export = [["Q", "R"], *below, ["1", "よい"]]
    found = problem(tmp_path, definition, export)
    assert (found.kind, found.line) == (Kind.SECOND_HEADER, 2)
    declared = definition + f"    extra_header_rows: {rows}\n"
    responses, _ = read(tmp_path, declared, export)
    assert responses.n_respondents == 1
    only = definition.replace("items: {残業: Q, 勧める: R}", "items: {勧める: R}")
    assert problem(tmp_path, only, export).kind is Kind.SECOND_HEADER


def test_a_second_header_below_every_kind(tmp_path: Path) -> None:
    below: list[object] = ["", *["Response"] * 6, "Open-Ended Response", "Response", "Response"]
    found = problem(tmp_path, EVERY, [HEADER, below, *BODY])
    assert (found.kind, found.line) == (Kind.SECOND_HEADER, 2)


def test_headers_that_are_numbers_or_options_of_other_questions(tmp_path: Path) -> None:
    """A header row that holds a rating's numbers or a choice's options is no answer."""
    numbered = NUMBERS.replace("残業: Q, 勧める: R", '残業: "1", 勧める: "2"')
    responses, _ = read(tmp_path, numbered, [["1", "2"], ["30", "4"]])
    assert responses.answers["勧める"].tolist() == ["4"]
    choice = "  - {name: 一番, question: 一番, kind: choice, levels: [講義, 事例]}\nforms:"
    definition = several(headers="[講義, 事例], 一番: B").replace("forms:", choice)
    rows = [["番号", "講義", "事例", "B"], ["1", "○", "○", "事例"], ["2", "", "○", "講義"]]
    _, scores = read(tmp_path, definition, rows)
    assert dict(scores["参考"])["事例"] == 2
    assert dict(scores["一番"]) == {"講義": 1, "事例": 1}


def test_options_that_begin_alike_or_hold_a_line_end(tmp_path: Path) -> None:
    definition = several().replace(
        'levels: [講義, "演習（申請, 届出）", 事例, その他]',
        'levels: [講義, 講義A, "講義A, B", "長い\\n選択肢"]',
    )
    export = cells(
        "講義, 講義A", "講義A, B", "講義, 長い\n選択肢", "長い 選択肢", "講義A, B, 講義A"
    )
    responses, _ = read(tmp_path, definition, export)
    assert responses.answers["参考"].tolist() == [
        {"講義", "講義A"},
        {"講義A, B"},
        {"講義", "長い\n選択肢"},
        {"長い\n選択肢"},
        {"講義A, B", "講義A"},
    ]


def test_figures_refuse_what_is_not_of_their_question(tmp_path: Path) -> None:
    responses, _ = read(tmp_path, EVERY, [HEADER, *BODY])
    survey = survey_of(tmp_path, EVERY)
    answers = responses.answers
    with pytest.raises(FigureError):
        Selections.of(survey.item("参考"), answers["形"].astype(object))
    with pytest.raises(FigureError):
        Values.of(survey.item("残業"), answers["感想"])


def test_long_and_many_cells_cost_little(tmp_path: Path) -> None:
    """A hundred thousand separators in a cell, and cells of which every one is another."""
    start = time.process_time()
    long = cells(";" * 100_000, "講義;" + "昼食;" * 30_000)
    assert {p.kind for p in problems(tmp_path, several(*OWN), long)} <= {
        Kind.UNKNOWN_LEVEL,
        Kind.SEVERAL_WAYS,
    }
    many = cells(*(f"講義;昼食{i};事例" for i in range(10_000)))
    (*_, last) = problems(tmp_path, several(), many)
    assert last.others == 10_000 - 5
    assert time.process_time() - start < 10
