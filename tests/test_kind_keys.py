"""Keys of the kinds of question, used wrongly: one message with its line, place and value."""

from pathlib import Path

import pytest

from dxeval.definitions.cross_check import cross_check
from dxeval.definitions.programme import Programme, ProgrammeFile, ReportInfo, Session
from dxeval.definitions.strict_yaml import read_yaml
from dxeval.definitions.survey import Survey, read_survey
from dxeval.errors import DataError
from dxeval.problems import Problem
from dxeval.problems import ProblemKind as Kind

SURVEY = """\
items:
  - name: 理解度
    question: 理解できましたか
    levels: [よく, 少し, ない]
    favourable: [よく]
  - name: 設問
    question: どうでしたか
{item}forms:
  - name: f
    items: {{理解度: Q1, 設問: Q2}}
{form}"""
ITEM, FORM = 8, 11
RATING = "kind: rating\nlowest: 0\nhighest: 10"
CHOICE = "kind: choice\nlevels: [集合, オンライン]"
CHOICES = "kind: choices\nlevels: [講義, 演習, 他]"
NUMBER = "kind: number\nunit: 時間"
TEXT = "kind: text"
KINDS = "scale、rating、choice、choices、number、text"
TEN = "、".join(map(str, range(11)))
NEAR = "{}（書きまちがいではありませんか）"
WHOLE, QUANTITY = "整数（半角数字）が必要です", "数（半角数字）が必要です"
ENDS = "左端の言葉と右端の言葉の2つ"
PAIRS = "「キー: 値」の組が必要です"
UNKNOWN = "知らない項目です"

# What is written at the question, the wrong line of it, the place, value and kind, and what is
# said.
Wrong = tuple[str, int, str, str | None, Kind, str]
ITEMS: list[Wrong] = [
    ("kind: stars", 1, "kind", "stars", Kind.UNKNOWN_QUESTION_KIND, KINDS),
    ("kind: Scale\nlevels: [a, b]", 1, "kind", "Scale", Kind.UNKNOWN_QUESTION_KIND, KINDS),
    ("kind: ''", 1, "kind", None, Kind.UNKNOWN_QUESTION_KIND, KINDS),
    ("kind: [scale]\nlevels: [a, b]", 1, "kind", None, Kind.WRONG_TYPE, "文字列"),
    ("kind:\nlevels: [a, b]", 1, "kind", None, Kind.WRONG_TYPE, "文字列"),
    ("levels: [a]", 1, "levels", None, Kind.EMPTY_VALUE, ""),
    ("levels: [a, b, a]", 1, "levels", "a", Kind.WRONG_VALUE, "1度ずつ"),
    ("kind: choice\nlevels: [ａ, b, a]", 2, "levels", "a", Kind.WRONG_VALUE, "1度ずつ"),
    ("levels: [a, b, c]\nfavourable: [b, d]", 2, "favourable[2]", "d", Kind.WRONG_VALUE, "a、b、c"),
    ("levels: [a, b]\nfavourable: [b, a]", 2, "favourable", "b、a", Kind.WRONG_VALUE, "一部"),
    ("levels: [a, b, c]\nfavourable: [b, b]", 2, "favourable", "b", Kind.WRONG_VALUE, "1度ずつ"),
    ("levels: [a, b]\nneutral: [c]", 2, "neutral[1]", "c", Kind.WRONG_VALUE, "a、b"),
    (
        "levels: [a, b]\nfavourable: [a]\nneutral: [a]",
        3,
        "neutral[1]",
        "a",
        Kind.WRONG_VALUE,
        "favourable と neutral の両方",
    ),
    ("levels: [a, b]\nseparator: ';'", 2, "separator", ";", Kind.EXTRA_KEY, UNKNOWN),
    ("kind: rating\nlowest: 0", 0, "highest", None, Kind.MISSING_KEY, "必須"),
    ("kind: rating\nlowst: 0\nhighest: 9", 2, "lowst", "0", Kind.EXTRA_KEY, NEAR.format("lowest")),
    *(
        (f"kind: rating\nlowest: {value}\nhighest: 9", 2, "lowest", value, Kind.WRONG_VALUE, WHOLE)
        for value in ("０", "0.5", "a", "1e1", "1234567")
    ),
    ("kind: rating\nlowest: [0]\nhighest: 9", 2, "lowest", None, Kind.WRONG_TYPE, WHOLE),
    ("kind: rating\nlowest:\nhighest: 9", 2, "lowest", None, Kind.WRONG_TYPE, WHOLE),
    ("kind: rating\nlowest: 5\nhighest: 5", 3, "highest", "5", Kind.WRONG_VALUE, "1から100大きい"),
    ("kind: rating\nlowest: 9\nhighest: 0", 3, "highest", "0", Kind.WRONG_VALUE, "1から100大きい"),
    ("kind: rating\nlowest: 0\nhighest: 999999", 3, "highest", "999999", Kind.WRONG_VALUE, "100"),
    (f"{RATING}\nfavourable: [9, 10, 11]", 4, "favourable[3]", "11", Kind.WRONG_VALUE, TEN),
    (f"{RATING}\nfavourable: [7, 9]", 4, "favourable", "7、9", Kind.WRONG_VALUE, "間をあけずに"),
    (f"{RATING}\nfavourable: 10", 4, "favourable", "10", Kind.WRONG_TYPE, "一覧"),
    (f"{RATING}\nends: [低い]", 4, "ends", None, Kind.WRONG_TYPE, ENDS),
    (f"{RATING}\nends: [低い, 中, 高い]", 4, "ends", None, Kind.WRONG_TYPE, ENDS),
    (f"{RATING}\nends: 低い", 4, "ends", "低い", Kind.WRONG_VALUE, ENDS),
    (f"{RATING}\nends: [低い, '']", 4, "ends[2]", "", Kind.EMPTY_VALUE, "空です"),
    (f"{RATING}\nlevels: [低い, 高い]", 4, "levels", None, Kind.EXTRA_KEY, UNKNOWN),
    (f"{RATING}\nunit: 点", 4, "unit", "点", Kind.EXTRA_KEY, UNKNOWN),
    (f"{RATING}\nother: '10'", 4, "other", "10", Kind.WRONG_VALUE, "消す"),
    (f"{RATING}\naliases: {{'11': 十一}}", 4, "aliases.11", "11", Kind.WRONG_VALUE, TEN),
    (f"{RATING}\naliases: {{'1': '2'}}", 4, "aliases.1", "2", Kind.WRONG_VALUE, "どちらか1つ"),
    (f"{RATING}\nmissing: ['9']", 4, "missing[1]", "9", Kind.WRONG_VALUE, "どちらか1つ"),
    (f"{CHOICE}\nfavourable: [集合]", 3, "favourable", None, Kind.EXTRA_KEY, UNKNOWN),
    (f"{CHOICE}\nneutral: [集合]", 3, "neutral", None, Kind.EXTRA_KEY, UNKNOWN),
    ("kind: choice", 0, "levels", None, Kind.MISSING_KEY, "必須"),
    (f"{CHOICES}\nfavourable: [講義]", 3, "favourable", None, Kind.EXTRA_KEY, UNKNOWN),
    (f"{CHOICES}\nseparator: ''", 3, "separator", "", Kind.EMPTY_VALUE, "空です"),
    (f"{CHOICES}\nseparator: [;]", 3, "separator", None, Kind.WRONG_TYPE, "文字列"),
    (f"{CHOICES}\nseperator: ;", 3, "seperator", ";", Kind.EXTRA_KEY, NEAR.format("separator")),
    (f"{CHOICES}\nother: その他", 3, "other", "その他", Kind.WRONG_VALUE, "講義、演習、他"),
    (f"{NUMBER}\nlowest: ３", 3, "lowest", "３", Kind.WRONG_VALUE, QUANTITY),
    (f"{NUMBER}\nlowest: 1,5", 3, "lowest", "1,5", Kind.WRONG_VALUE, QUANTITY),
    (f"{NUMBER}\nlowest: [1]", 3, "lowest", None, Kind.WRONG_TYPE, QUANTITY),
    (f"{NUMBER}\nlowest: 5\nhighest: 5.0", 4, "highest", "5.0", Kind.WRONG_VALUE, "5より大きい"),
    ("kind: number\nunit: ''", 2, "unit", "", Kind.EMPTY_VALUE, "空です"),
    (f"{NUMBER}\nunits: 時間", 3, "units", "時間", Kind.EXTRA_KEY, NEAR.format("unit")),
    (f"{NUMBER}\nother: 1", 3, "other", "1", Kind.EXTRA_KEY, UNKNOWN),
    (f"{TEXT}\nlevels: [a, b]", 2, "levels", None, Kind.EXTRA_KEY, UNKNOWN),
    (f"{TEXT}\nmissing: なし", 2, "missing", "なし", Kind.WRONG_TYPE, "一覧"),
]
# What is written at the question and at the form, the wrong line of the form, place, value, said.
FORMS: list[tuple[str, str, int, str, str | None, str]] = [
    (CHOICES, "columns: {設問: {Q3: 講座}}", 1, "columns.設問.Q3", "講座", "講義、演習、他"),
    (
        CHOICES,
        "columns:\n  設問:\n    Q3: 講義\n    Q2: 演習\n    Q1: 他",
        5,
        "columns.設問.Q1",
        "Q1",
        "ほか",
    ),
    (CHOICES, "columns: {設問: {}}", 1, "columns.設問", None, "空"),
    (CHOICES, "columns: {設問: [Q3]}", 1, "columns.設問", None, PAIRS),
    (CHOICES, "columns: {設問: {Q3: [講義]}}", 1, "columns.設問.Q3", None, "文字列"),
    (CHOICES, "columns: 設問", 1, "columns", "設問", PAIRS),
    (CHOICES, "columns: {設門: {Q3: 講義}}", 1, "columns.設門", "設門", "理解度、設問"),
    (CHOICE, "columns: {設問: {Q3: 集合}}", 1, "columns.設問", "設問", "書けない種類"),
    (CHOICES, "colums: {設問: {Q3: 講義}}", 1, "colums", None, NEAR.format("columns")),
    (NUMBER, "codes: {設問: {'1': 2}}", 1, "codes.設問", "設問", "書けない種類"),
    (TEXT, "aliases: {設問: {a: b}}", 1, "aliases.設問", "設問", "書けない種類"),
    (RATING, "codes: {設問: {'1': '10'}}", 1, "codes.設問.1", "1", "どちらか1つ"),
    (RATING, "codes: {設問: {a: '11'}}", 1, "codes.設問.a", "11", TEN),
    (CHOICES, "optional: [Q2]", 1, "optional", "Q2", "どのファイルにもある見出し"),
]


def survey_file(folder: Path, item: str = "", form: str = "", more: str = "") -> Path:
    lines = {
        key: "".join(f"    {line}\n" for line in text.splitlines())
        for key, text in (("item", item), ("form", form))
    }
    path = folder / "survey.yaml"
    path.write_text(SURVEY.format(**lines) + more, encoding="utf-8")
    return path


def problems(path: Path) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        read_survey(path)
    return [*caught.value.problems]


@pytest.mark.parametrize("wrong", ITEMS, ids=lambda wrong: wrong[0])
def test_a_wrong_key_of_a_question(tmp_path: Path, wrong: Wrong) -> None:
    lines, line, place, value, kind, says = wrong
    (found,) = problems(survey_file(tmp_path, lines))
    assert (found.file, found.column) == ("data/survey.yaml", f"items[2].{place}")
    assert found.line == (ITEM + line - 1 if line else 6)
    assert (found.kind, found.value) == (kind, value)
    assert says in f"{found.message} {found.expected}"


@pytest.mark.parametrize("wrong", FORMS, ids=lambda wrong: wrong[1])
def test_a_wrong_key_of_a_form(
    tmp_path: Path, wrong: tuple[str, str, int, str, str | None, str]
) -> None:
    item, lines, line, place, value, says = wrong
    (found,) = problems(survey_file(tmp_path, item, lines))
    assert (found.file, found.column) == ("data/survey.yaml", f"forms[1].{place}")
    assert (found.line, found.value) == (FORM + len(item.splitlines()) + line - 1, value)
    assert says in f"{found.message} {found.expected}"


@pytest.mark.parametrize(
    ("attributes", "column", "value", "says"),
    [
        ("[{name: 業務, question: q, kind: text}]", "attributes[1].kind", "text", "scale、rating"),
        (
            "[{name: 業務, question: q, kind: choices, levels: [a, b]}]",
            "attributes[1].kind",
            "choices",
            "scale、rating、choice、number",
        ),
        (
            "[{name: 理解度, question: q, kind: number}]",
            "attributes[1].name",
            "理解度",
            "2度あります",
        ),
        (
            "[{name: 業務, question: q, kind: number, unit: ''}]",
            "attributes[1].unit",
            "",
            "空です",
        ),
        ("[業務]", "attributes[1]", "業務", PAIRS),
        ("業務", "attributes", "業務", "一覧"),
    ],
)
def test_a_wrong_attribute(
    tmp_path: Path, attributes: str, column: str, value: str, says: str
) -> None:
    (found,) = problems(survey_file(tmp_path, CHOICE, more=f"attributes: {attributes}\n"))
    assert (found.line, found.column, found.value) == (FORM + 2, column, value)
    assert says in f"{found.message} {found.expected}"


def test_what_is_wrong_in_questions_and_forms_is_told_together(tmp_path: Path) -> None:
    """And nothing that only follows from it: a form of a wrong question is not wrong too."""
    path = survey_file(tmp_path, f"{RATING}\nends: x", "codes: {設問: {a: '3'}}\nmissing: 無回答")
    found = [(p.line, p.column) for p in problems(path)]
    assert sorted(found) == [(11, "items[2].ends"), (16, "forms[1].missing")]
    path = survey_file(tmp_path, "kind: star\nlevels: [a]", "column: {設問: {Q3: a}}")
    found = [(p.line, p.column) for p in problems(path)]
    assert sorted(found) == [(8, "items[2].kind"), (13, "forms[1].column")]


def test_every_question_tells_its_own_mistakes(tmp_path: Path) -> None:
    text = """\
items:
  - {name: a, question: a, kind: rating, lowest: 0}
  - {name: b, question: b, kind: choices, levels: [x]}
  - {name: c, question: c, kind: nope}
  - 設問
attributes:
  - {name: d, question: d, kind: number, unt: 年}
forms:
  - {name: f, items: {a: A, b: B, c: C, d: D}}
"""
    path = tmp_path / "survey.yaml"
    path.write_text(text, "utf-8")
    assert [(p.line, p.column, p.kind) for p in problems(path)] == [
        (2, "items[1].highest", Kind.MISSING_KEY),
        (3, "items[2].levels", Kind.EMPTY_VALUE),
        (4, "items[3].kind", Kind.UNKNOWN_QUESTION_KIND),
        (5, "items[4]", Kind.WRONG_TYPE),
        (7, "attributes[1].unt", Kind.EXTRA_KEY),
    ]


@pytest.mark.parametrize(
    "item",
    [
        RATING,
        f"{RATING}\nfavourable: [10, 8, 9]\nends: [低い, 高い]",
        "kind: rating\nlowest: -3\nhighest: 3",
        CHOICE,
        f"{CHOICES}\nother: 他\nseparator: ', '",
        f'{CHOICES}\nseparator: "\\n"',
        NUMBER,
        f"{NUMBER}\nlowest: -0.5\nhighest: 2000",
        TEXT,
        "kind: scale\nlevels: [a, b]",
        "levels: [a, b, c]\nfavourable: [b]",
    ],
)
def test_what_is_right_is_read_and_written_again(tmp_path: Path, item: str) -> None:
    survey = read_survey(survey_file(tmp_path, item))
    assert Survey.model_validate(survey.model_dump(mode="json")) == survey


def test_the_columns_of_a_form_stand_beside_its_items(tmp_path: Path) -> None:
    columns = "columns: {設問: {Q3: 講義, Q2: 演習}}"
    survey = read_survey(survey_file(tmp_path, CHOICES, columns))
    assert survey.forms[0].items == {"理解度": ("Q1",), "設問": ("Q2", "Q3")}
    assert Survey.model_validate(survey.model_dump(mode="json")) == survey


@pytest.mark.parametrize(
    ("levels", "value", "says"),
    [("['0', '10']", "0、10", "間をあけずに"), ("['11']", "11", TEN)],
)
def test_a_rule_of_a_session_is_held_against_the_rating(
    tmp_path: Path, levels: str, value: str, says: str
) -> None:
    survey = read_survey(survey_file(tmp_path, RATING))
    rule = f"favourable: [{{item: 設問, levels: {levels}, reason: 事情}}]"
    path = tmp_path / "s-1.yaml"
    path.write_text(
        f"programme: p\nnumber: 1\ntitle: t\ndate: 2025-06-04\nattendees: 3\n{rule}\n", "utf-8"
    )
    session = read_yaml(path, Session, "s", id="s-1")
    programme = ProgrammeFile(
        report=ReportInfo(title="t"), programmes=(Programme(id="p", title="t"),)
    )
    (found,) = cross_check(session, "s", survey, programme)
    assert (found.column, found.value) == ("favourable[1].levels", value)
    assert says in str(found.expected)
