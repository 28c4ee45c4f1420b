"""Each key of survey.yaml, used wrongly: one message with its line, place, value, and a way out."""

from pathlib import Path

import pytest

from dxeval.definitions.survey import Survey, read_survey
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.responses import read_responses

ROOT = Path(__file__).parents[1]
SURVEY = """\
items:
  - name: 理解度
    question: 理解できましたか
    levels: [よく, 少し, ない]
    favourable: [よく]
  - name: 満足度
    question: 満足しましたか
    levels: [満足, 普通, 不満]
    favourable: [満足]
{item}forms:
  - name: f
    items: {{理解度: Q1, 満足度: Q2}}
{form}"""
LEVELS = "満足、普通、不満"
ONE = "どちらか1つだけの書き方"
LIST = "一覧（[ ] か「- 」で始まる行）が必要です"
WORDS = "言葉か、言葉の一覧（[ ] か「- 」で始まる行）が必要です"
PAIRS = "「キー: 値」の組が必要です"
ORDERS = "year-month-day、month-day-year、day-month-year のどれか"
NUMBER = "0から9の整数（半角数字）が必要です"
NEAR = "{}（書きまちがいではありませんか）"

# What is written, the wrong line of it, the place after the item or form, the value, and what the
# message says to write.
Wrong = tuple[str, int, str, str | None, str]
ITEM: list[Wrong] = [
    ("aliases: {満点: 良}", 1, "aliases.満点", "満点", LEVELS),
    ("aliases:\n  満足: 良\n  満点: 可", 3, "aliases.満点", "満点", LEVELS),
    ("aliases: {満足: 普通}", 1, "aliases.満足", "普通", ONE),
    ("aliases:\n  満足: [良, 可]\n  普通: [可]", 3, "aliases.普通", "可", ONE),
    ("aliases: {満足: ＡＢ, 普通: AB}", 1, "aliases.普通", "AB", ONE),
    ("aliases: [満足]", 1, "aliases", None, PAIRS),
    ("aliases: 満足", 1, "aliases", "満足", PAIRS),
    ("aliases:", 1, "aliases", None, PAIRS),
    ("aliases: {満足: []}", 1, "aliases.満足", None, "空の一覧"),
    ("aliases: {満足: ''}", 1, "aliases.満足", "", "空です"),
    ("aliases: {満足: ['', 良]}", 1, "aliases.満足[1]", "", "空です"),
    ("aliases: {満足: {良: 可}}", 1, "aliases.満足", None, WORDS),
    ("aliases: {満足: }", 1, "aliases.満足", None, WORDS),
    ("alias: {満足: 良}", 1, "alias", None, NEAR.format("aliases")),
    ("other: その他", 1, "other", "その他", LEVELS),
    ("other: [不満]", 1, "other", None, "文字列"),
    ("other: ''", 1, "other", "", "空です"),
    ("others: 不満", 1, "others", "不満", NEAR.format("other")),
    ("missing: [無回答, 満足]", 1, "missing[2]", "満足", ONE),
    ("aliases: {満足: 良}\nmissing: [良]", 2, "missing[1]", "良", ONE),
    ("missing: 無回答", 1, "missing", "無回答", LIST),
    ("missing: ['']", 1, "missing[1]", "", "空です"),
    ("misssing: [無回答]", 1, "misssing", None, NEAR.format("missing")),
]
FORM: list[Wrong] = [
    ("aliases: {満足: 良}", 1, "aliases.満足", "良", PAIRS),
    ("aliases: {満足感: {満足: 良}}", 1, "aliases.満足感", "満足感", "理解度、満足度"),
    ("aliases: {満足度: {満点: 良}}", 1, "aliases.満足度.満点", "満点", LEVELS),
    ("aliases:\n  満足度:\n    満足: 良\n    普通: 良", 4, "aliases.満足度.普通", "良", ONE),
    ("aliases: {満足度: {満足: 普通}}", 1, "aliases.満足度.満足", "普通", ONE),
    ("codes: {満足度: {'1': 満足, '2': 満点}}", 1, "codes.満足度.2", "満点", LEVELS),
    ("codes: {満足度: {'1': 満足, '１': 普通}}", 1, "codes.満足度.１", "１", ONE),
    ("codes: {満足度: {普通: 満足}}", 1, "codes.満足度.普通", "普通", ONE),
    ("missing: ['9', 満足]", 1, "missing[2]", "満足", ONE),
    ("codes: {満足度: {'9': 満足}}\nmissing: ['9']", 2, "missing[1]", "9", ONE),
    ("optional: [Q3]", 1, "optional", "Q3", "Q1、Q2"),
    ("optional: [Q1]", 1, "optional", "Q1", "どのファイルにもある見出し"),
    ("optional: Q1", 1, "optional", "Q1", LIST),
    ("option: [Q1]", 1, "option", None, NEAR.format("optional")),
    ("comments: [Q2]", 1, "comments", "Q2", "ほかに書いていない見出し"),
    ("count_rows: 完了", 1, "count_rows", "完了", PAIRS),
    ("count_rows: [完了]", 1, "count_rows", None, PAIRS),
    ("count_rows: {状態: []}", 1, "count_rows.状態", None, "空の一覧"),
    ("count_rows: {状態: }", 1, "count_rows.状態", None, WORDS),
    ("count_rows: {'': 完了}", 1, "count_rows", "", "「:」の前が空です"),
    ("count_row: {状態: 完了}", 1, "count_row", None, NEAR.format("count_rows")),
    (
        "count_rows: {状態: [完了]}\nskip_rows: {状態: [完了, 途中]}",
        2,
        "skip_rows.状態",
        "完了",
        "count_rows に書いた値のほかのもの",
    ),
    (
        "skip_rows: {状態: '*'}\ncount_rows: {状態: 完了}",
        1,
        "skip_rows.状態",
        "*",
        "count_rows に書いた値のほかのもの",
    ),
    ("skip_rows: {状態: {途中: x}}", 1, "skip_rows.状態", None, WORDS),
    ("skip_row: {状態: 途中}", 1, "skip_row", None, NEAR.format("skip_rows")),
    *(
        (f"extra_header_rows: {value}", 1, "extra_header_rows", value, NUMBER)
        for value in ("-1", "abc", "1.5", "10", "５")
    ),
    ("extra_header_rows: [1]", 1, "extra_header_rows", None, NUMBER),
    ("extra_header_rows:", 1, "extra_header_rows", None, NUMBER),
    ("extra_header_row: 1", 1, "extra_header_row", "1", NEAR.format("extra_header_rows")),
    ("date_order: foo", 1, "date_order", "foo", ORDERS),
    ("date_order: [month-day-year]", 1, "date_order", None, ORDERS),
    ("date_order:", 1, "date_order", None, ORDERS),
    ("date-order: month-day-year", 1, "date-order", "month-day-year", NEAR.format("date_order")),
]
ITEMS: list[tuple[str, str, str | None, str]] = [
    ("{理解度: [], 満足度: Q2}", "items.理解度", None, "空の一覧"),
    ("{理解度: [Q1, Q2], 満足度: Q2}", "items.満足度", "Q2", "ほかに書いていない見出し"),
    ("{理解度: [Q1, ''], 満足度: Q2}", "items.理解度[2]", "", "空です"),
    ("{理解度: {A会場: Q1}, 満足度: Q2}", "items.理解度", None, WORDS),
    ("{理解度: [[Q1]], 満足度: Q2}", "items.理解度[1]", None, "文字列"),
    ("{理解: Q1, 満足度: Q2}", "items.理解", "理解", "理解度、満足度"),
]


def written(folder: Path, item: str = "", form: str = "", items: str = "") -> Path:
    """Write a survey with more lines at its second item and at its form; return the file."""
    more = {
        name: "".join(f"    {line}\n" for line in lines.splitlines())
        for name, lines in (("item", item), ("form", form))
    }
    text = SURVEY.format(**more)
    if items:
        text = text.replace("{理解度: Q1, 満足度: Q2}", items)
    path = folder / "survey.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problem(path: Path) -> Problem:
    """Return the one problem that there must be."""
    with pytest.raises(DataError) as caught:
        read_survey(path)
    (found,) = caught.value.problems
    return found


def assert_told(found: Problem, line: int, column: str, value: str | None, says: str) -> None:
    assert (found.file, found.line, found.column) == ("data/survey.yaml", line, column)
    assert found.value == value
    assert says in f"{found.message} {found.expected}"


@pytest.mark.parametrize("wrong", ITEM, ids=lambda wrong: wrong[0])
def test_a_wrong_key_of_a_question(tmp_path: Path, wrong: Wrong) -> None:
    lines, line, place, value, says = wrong
    found = problem(written(tmp_path, item=lines))
    assert_told(found, 9 + line, f"items[2].{place}", value, says)


@pytest.mark.parametrize("wrong", FORM, ids=lambda wrong: wrong[0])
def test_a_wrong_key_of_a_form(tmp_path: Path, wrong: Wrong) -> None:
    lines, line, place, value, says = wrong
    found = problem(written(tmp_path, form=lines))
    assert_told(found, 12 + line, f"forms[1].{place}", value, says)


@pytest.mark.parametrize(("items", "place", "value", "says"), ITEMS)
def test_wrong_columns_of_a_question(
    tmp_path: Path, items: str, place: str, value: str | None, says: str
) -> None:
    assert_told(problem(written(tmp_path, items=items)), 12, f"forms[1].{place}", value, says)


def test_a_mark_of_a_question_that_a_form_takes_for_a_level_is_the_forms_mistake(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "missing: ['9']", "codes: {満足度: {'9': 満足}}")
    assert_told(problem(path), 14, "forms[1].codes.満足度.9", "9", ONE)


@pytest.mark.parametrize("lines", ["missing: []", "aliases: {}", "other:", "aliases: {満足: 満足}"])
def test_what_says_nothing_is_no_mistake(tmp_path: Path, lines: str) -> None:
    assert read_survey(written(tmp_path, item=lines))


def read(folder: Path, form: str, export: str) -> Problem:
    survey = read_survey(written(folder, form=form))
    path = folder / "export.csv"
    path.write_text(export, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_responses(path, survey, "s", "export.csv")
    (found,) = caught.value.problems
    return found


def test_a_header_of_count_rows_that_the_file_lacks(tmp_path: Path) -> None:
    found = read(tmp_path, "count_rows: {状態: 完了}", "Q1,Q2,Status\nよく,満足,完了\n")
    assert (found.kind, found.line) == (ProblemKind.NO_FORM, 1)
    assert found.expected == "次の見出しもあること：状態"
    assert "「Status」" in str(found)


def test_a_value_of_count_rows_that_no_row_has(tmp_path: Path) -> None:
    found = read(tmp_path, "count_rows: {状態: [完了, 済]}", "Q1,Q2,状態\nよく,満足,Complete\n")
    assert (found.kind, found.line, found.column) == (ProblemKind.NO_COUNTED_ROWS, 2, "状態")
    assert (found.value, found.expected) == ("Complete", "count_rows の 完了、済")


def test_more_extra_header_rows_than_there_are(tmp_path: Path) -> None:
    found = read(tmp_path, "extra_header_rows: 2", "Q1,Q2\nResponse,\nよく,満足\n少し,普通\n")
    assert (found.kind, found.line) == (ProblemKind.EXTRA_HEADER_ANSWER, 3)
    assert (found.column, found.value) == ("Q1", "よく")


def documented() -> Survey:
    return read_survey(ROOT / "docs/forms.yaml", "docs/forms.yaml")


def test_the_examples_show_every_key_and_are_read_with_their_comments_too(tmp_path: Path) -> None:
    text = (ROOT / "docs/forms.yaml").read_text(encoding="utf-8")
    for key in ("aliases", "other", "missing", "optional", "codes", "count_rows", "skip_rows"):
        assert f"{key}:" in text, key
    for key in ("extra_header_rows", "date_order", "resubmission", "timestamp", "respondent_id"):
        assert f"{key}:" in text, key
    levels = "もっと勉強が必要, 実践はしない"
    path = tmp_path / "survey.yaml"
    path.write_text(
        text.replace("# other: その他", "other: その他").replace(levels, f"{levels}, その他"),
        "utf-8",
    )
    assert read_survey(path).item("習得度").other == "その他"


def test_the_example_of_an_english_form_reads_such_a_file(tmp_path: Path) -> None:
    header = "Respondent ID,End Date,Status,Collector,{},ご感想"
    header = header.format("Q1. 研修の内容は理解できましたか,Q2. 学んだことを実践できますか,")
    export = f"""{header.replace(",,", ",Q3. 研修に満足しましたか,")}
,,,,Response,Response,Response,Open-Ended Response
1,06/04/2025 04:00:00 PM,Complete,Web,理解できた,実践できる,まずまず満足,よい
2,06/04/2025 04:01:00 PM,Partial,Web,理解できた,,,
3,06/04/2025 04:02:00 PM,Complete,Preview,理解できた,実践できる,不満,
4,06/04/2025 04:03:00 PM,Complete,Web,とても理解できた,まだ勉強が必要,満足,
"""
    path = tmp_path / "export.csv"
    path.write_text(export, encoding="utf-8")
    responses = read_responses(path, documented(), "s", "export.csv")
    assert (responses.form, responses.n_respondents, sum(responses.not_counted.values())) == (
        "SurveyMonkey",
        2,
        2,
    )
    assert responses.answers["満足度"].tolist() == ["概ね満足", "満足"]
    assert responses.answers["習得度"].tolist() == ["実践できる", "もっと勉強が必要"]
    assert responses.comments == ("よい",)
