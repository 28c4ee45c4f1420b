"""Exports read right or refused with file, row, column, value and what was expected."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from dxeval.definitions.form import Form
from dxeval.definitions.questions import Scale
from dxeval.definitions.survey import Survey
from dxeval.errors import DataError
from dxeval.reading.responses import Responses, not_quoted, read_responses

SURVEY = Survey(
    items=(
        Scale(
            name="理解度", question="?", levels=("よい", "ふつう", "わるい"), favourable=("よい",)
        ),
        Scale(name="満足度", question="?", levels=("満足", "不満"), favourable=("満足",)),
    ),
    forms=(
        Form(
            name="f",
            respondent_id="番号",
            items={"理解度": "理解できたか", "満足度": "満足したか"},
            comments=("感想",),
        ),
    ),
)
HEADER = ["番号", "氏名", "理解できたか", "満足したか", "感想"]
ROWS = [
    ["001", "模擬 花子", "よい", "満足", "NA"],
    ["002", "模擬 太郎", "ふつう", "", " 二行の\n感想 "],
    ["003", "模擬 次郎", "よい", "不満", ""],
]


def read(path: Path) -> Responses:
    return read_responses(path, SURVEY, "s", f"data/responses/{path.name}")


def write_csv(
    path: Path,
    rows: list[list[str]],
    encoding: str = "utf-8",
    delimiter: str = ",",
    end: str = "\r\n",
) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def check(responses: Responses) -> None:
    answers = responses.answers.astype(object).where(responses.answers.notna(), None)
    assert answers.to_numpy().tolist() == [["よい", "満足"], ["ふつう", None], ["よい", "不満"]]
    assert responses.comments == ("NA", " 二行の\n感想 ")
    assert responses.dropped == ("氏名",)


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"])
def test_text_exports(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    check(read(write_csv(tmp_path / "s.csv", [HEADER, *ROWS], encoding, delimiter, end)))


def test_spreadsheets(tmp_path: Path) -> None:
    check(read(write_xlsx(tmp_path / "s.xlsx", {"回答": [HEADER, *ROWS], "メモ": [["なし"]]})))


def test_titles_above_the_header_and_blank_rows(tmp_path: Path) -> None:
    rows = [["アンケート"], [], HEADER, *ROWS[:2], ["", "", "", "", ""], ROWS[2]]
    responses = read(write_csv(tmp_path / "s.csv", rows))
    check(responses)
    assert list(responses.answers.index) == [4, 5, 7]


def test_labels_and_headers_are_compared_after_nfkc(tmp_path: Path) -> None:
    header = ["番号 ", "氏名", "理解できたか\u200b", "満足したか", "感想"]
    rows = [["1", "", "よい　", " 満足", ""], ["2", "", "ふつ\u200bう", "", ""]]
    responses = read(write_csv(tmp_path / "s.csv", [header, *rows]))
    assert list(responses.answers["理解度"]) == ["よい", "ふつう"]


def test_every_unknown_level_is_named_with_its_place(tmp_path: Path) -> None:
    rows = [["1", "秘密 太郎", "よいい", "満足", ""], ["2", "秘密 花子", "5", "満足", ""]]
    with pytest.raises(DataError) as caught:
        read(write_csv(tmp_path / "s.csv", [HEADER, *rows]))
    text = str(caught.value)
    assert (
        "data/responses/s.csv 2行目 「理解できたか」：選択肢にない答えです（値：「よいい」）。"
        " 期待する形：よい、ふつう、わるい（よい のことですか）"
    ) in text
    assert "3行目" in text
    assert "秘密" not in text


def test_at_most_five_of_a_kind_are_shown(tmp_path: Path) -> None:
    rows = [[str(i), "", "だめ", "満足", ""] for i in range(9)]
    with pytest.raises(DataError) as caught:
        read(write_csv(tmp_path / "s.csv", [HEADER, *rows]))
    assert sum(1 + problem.others for problem in caught.value.problems) == 9
    assert str(caught.value).count("選択肢にない") == 5
    assert str(caught.value).endswith("ほか 4 件")


def test_a_repeated_respondent_is_refused_without_showing_the_id(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read(write_csv(tmp_path / "s.csv", [HEADER, *ROWS, ROWS[0]]))
    assert "5行目 「番号」：2行目と同じ回答者です" in str(caught.value).replace("6行目", "5行目")
    assert "001" not in str(caught.value)


def test_a_form_that_fits_nothing_names_the_missing_headers(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"forms に合う見出しの行がありません.*満足したか"):
        read(write_csv(tmp_path / "s.csv", [[*HEADER[:3], "満足", "感想"], *ROWS]))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([HEADER, ["1", "", "満足", "よい"]], "列の数が足りない行に"),
        ([HEADER, ["1", "", "よい", "満足", "", "余り"]], "2行目：列の数が6です"),
        ([[*HEADER, "満足したか"], ["1", "", "よい", "満足", "", "不満"]], "同じ見出しの列が2つ"),
    ],
)
def test_shifted_columns_are_refused(tmp_path: Path, rows: list[list[str]], said: str) -> None:
    with pytest.raises(DataError, match=said):
        read(write_csv(tmp_path / "s.csv", rows))


def test_two_fitting_sheets_are_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "s.xlsx", {"A": [HEADER, *ROWS], "B": [HEADER, *ROWS]})
    with pytest.raises(DataError, match="「A」、「B」"):
        read(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04cut", b"\x00\x01\x02", b'a,"b'])
def test_what_is_no_export_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(content)
    with pytest.raises(DataError):
        read(path)


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("とても勉強になった。", True),
        ("とても 勉強に\nなった。", True),
        ("とても（略）なった。", True),
        ("（略）勉強（中略）", True),
        ("勉強になった", False),
        ("とても（中略）勉強", False),
        ("とっても勉強になった。", False),
        ("なった（略）とても", False),
        ("（略）", False),
    ],
)
def test_only_what_was_written_can_be_quoted(quote: str, said: bool) -> None:
    assert not_quoted([quote], ["とても勉強になった。", "別の声"]) == ([] if said else [0])
