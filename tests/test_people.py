"""The same respondent twice, more answers than people, and contacts in comments."""

from datetime import datetime
from pathlib import Path

import pytest
from awkward import LOGO
from forge import text, xlsx
from test_awkward import SURVEY

from dxeval.definitions.contact import has_contact
from dxeval.definitions.survey import Survey
from dxeval.errors import DataError
from dxeval.reading.responses import Responses, held_against, read_responses, unexpected
from dxeval.reading.timestamps import parse_timestamp

LATEST = SURVEY.model_copy(update={"resubmission": "latest"})
FIRST = SURVEY.model_copy(update={"resubmission": "first"})


def row(respondent: str, time: object, level: str, comment: str = "") -> list[object]:
    return [respondent, time, "秘田", "himitsu@example.jp", "理解できた", "", level, comment]


TWICE = [
    row("ID-77", "2025/06/04 4:30:00 午後 GMT+9", "不満", "後の声"),
    row("ID-78", "2025/06/04 16:00", "満足", "別の人"),
    row("ＩＤ－77", "2025-06-04T07:10:00Z", "満足", "前の声"),
]


def read(folder: Path, rows: list[list[object]], survey: Survey = SURVEY) -> Responses:
    path = folder / "s.csv"
    path.write_bytes(text([LOGO, *rows]))
    return read_responses(path, survey, "s", "s.csv")


def levels(responses: Responses) -> list[str]:
    return list(responses.answers["満足度"])


def test_the_latest_answer_counts_where_the_survey_says_so(tmp_path: Path) -> None:
    responses = read(tmp_path, TWICE, LATEST)
    assert levels(responses) == ["不満", "満足"]
    assert responses.comments == ("後の声", "別の人")
    assert responses.superseded == 1
    (warning,) = responses.warnings
    assert "出し直しが1件あり、最後の回答だけを数えました" in str(warning)
    assert "77" not in str(warning)


def test_the_first_answer_counts_where_the_survey_says_so(tmp_path: Path) -> None:
    responses = read(tmp_path, TWICE, FIRST)
    assert levels(responses) == ["満足", "満足"]
    assert responses.comments == ("別の人", "前の声")
    assert "最初の回答だけ" in str(responses.warnings[0])


def test_excel_dates_order_resubmissions(tmp_path: Path) -> None:
    rows = [row("1", datetime(2025, 6, 4, 16, i), level) for i, level in ((2, "不満"), (1, "満足"))]
    (tmp_path / "s.xlsx").write_bytes(xlsx([LOGO, *rows]))
    assert levels(read_responses(tmp_path / "s.xlsx", LATEST, "s", "s")) == ["不満"]


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (
            "6/4/2025 16:00",
            "3行目 「送信日時」：同じ回答者の回答がほかにもあるのに、回答日時が読めません",
        ),
        (
            "2025/06/04 16:00",
            "3行目 「送信日時」：2行目と同じ回答者、同じ回答日時で、答えが違います",
        ),
    ],
)
def test_resubmissions_that_cannot_be_ordered_are_refused(
    tmp_path: Path, time: str, said: str
) -> None:
    rows = [row("ID-77", "2025/06/04 16:00", "満足"), row("ID-77", time, "不満")]
    with pytest.raises(DataError) as caught:
        read(tmp_path, rows, LATEST)
    assert said in str(caught.value)
    assert "77" not in str(caught.value)


def test_equal_answers_of_two_people_stay_two(tmp_path: Path) -> None:
    assert read(tmp_path, [row("1", "", "満足"), row("2", "", "満足")]).n_respondents == 2
    assert read(tmp_path, [row("", "", "満足"), row("", "", "満足")], LATEST).n_respondents == 2


def test_more_answers_than_attendees_are_a_warning_with_both_numbers(tmp_path: Path) -> None:
    responses = read(tmp_path, [row(str(i), "", "満足") for i in range(3)])
    assert held_against(responses, 3, "s.csv").warnings == ()
    (warning,) = held_against(responses, 2, "s.csv").warnings
    assert "回答が3人で、参加者数（attendees）の2人より多く" in str(warning)


def test_the_expected_number_counts_resubmissions_too(tmp_path: Path) -> None:
    responses = read(tmp_path, TWICE, LATEST)
    assert unexpected(responses, 3, "s.csv") == []
    assert unexpected(responses, None, "s.csv") == []
    (problem,) = unexpected(responses, 4, "s.csv")
    assert "回答が3件で、expected_responses の4件と違います" in str(problem)


def test_contacts_in_comments_are_flagged_by_place_only(tmp_path: Path) -> None:
    rows = [
        row("1", "", "満足", "よかった"),
        row("2", "", "満足", "連絡は ０９０－１２３４－５６７８ へ"),
    ]
    (warning,) = read(tmp_path, rows).warnings
    assert (warning.line, warning.column) == (3, "ご意見・ご感想")
    assert "1234" not in str(warning) + repr(warning)


def test_a_row_without_any_answer_is_counted_and_said(tmp_path: Path) -> None:
    rows = [row("1", "", "満足"), ["合計", *[""] * 7]]
    responses = read(tmp_path, rows)
    assert responses.n_respondents == 2
    assert "3行目：どの設問にも答えていない行" in str(responses.warnings[0])


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("taro.yamada@city.example.lg.jp", True),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", True),
        ("03-1234-5678", True),
        ("０３（１２３４）５６７８", True),
        ("09012345678まで", True),
        ("090ー1234ー5678", True),
        ("+81 90 1234 5678", True),
        ("内線 2345", True),
        ("＠の使い方が分かった", False),
        ("2025/06/04 10:00に", False),
        ("0.5人分、100%、1,000円", False),
        ("30-40代の職員", False),
        ("市内で話した", False),
    ],
)
def test_what_is_a_contact(comment: str, found: bool) -> None:
    assert has_contact(comment) is found


@pytest.mark.parametrize(
    "written",
    [
        "2025/06/04 16:05",
        "2025-06-04 16:05:00",
        "2025/06/04 4:05:00 午後 GMT+9",
        "2025/06/04 午後4:05",
        "2025/6/4 4:05 PM",
        "2025-06-04T16:05:00+09:00",
        "2025-06-04T07:05:00Z",
        "2025-06-04T07:05:00.000Z",
        "2025年6月4日 16時05分",
        "2025年6月4日（水） 16:05",
        "２０２５／０６／０４　１６：０５",
        "45812.670138888891",
    ],
)
def test_ways_to_write_the_same_moment(written: str) -> None:
    moment = parse_timestamp(written)
    assert moment is not None
    assert moment.isoformat() in {"2025-06-04T16:05:00+09:00", "2025-06-04T07:05:00+00:00"}


@pytest.mark.parametrize(
    ("written", "hour"),
    [("午前 12:30", 0), ("午後 12:30", 12), ("午前 9:30", 9), ("午後 0:30", 12)],
)
def test_noon_and_midnight(written: str, hour: int) -> None:
    moment = parse_timestamp(f"2025/06/04 {written}")
    assert moment is not None
    assert moment.hour == hour


@pytest.mark.parametrize(
    "written",
    ["", "6/4/2025 16:00", "2025/13/01 10:00", "2025/06/04 午後 13:00", "昨日", "2025/06/04"],
)
def test_what_is_no_certain_moment_is_none(written: str) -> None:
    assert parse_timestamp(written) is None
