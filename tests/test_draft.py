"""A questionnaire is drafted from an export; nothing of it is read before it is settled."""

import re
from collections import Counter
from pathlib import Path

import carpentries
import pytest
from awkward import BODY, ROWS
from awkward import SECRETS as AWKWARD_SECRETS
from conftest import EXAMPLE
from exports import EXPORTS, SECRETS, Made
from forge import text
from test_cases import CASES, Case

from dxeval.definitions.item import Item
from dxeval.definitions.labels import normalise
from dxeval.definitions.survey import Survey, read_survey
from dxeval.drafting.draft import MOST_QUESTIONS, Draft, draft
from dxeval.errors import DataError
from dxeval.problems import ProblemKind
from dxeval.reading.responses import Responses, read_responses

MARK = re.compile(r"^ *unsettled: .*\n", re.M)


def drafted(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Draft:
    path = folder / "export"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return draft(path, "export")


def survey_of(folder: Path, text: str) -> Survey:
    path = folder / "survey.yaml"
    path.write_text(text, "utf-8")
    return read_survey(path)


def settled(folder: Path, found: Draft) -> Survey:
    """Return the survey with the first answer to each question, and the other marks taken out."""
    for question in found.questions:
        found = found.answered(question.key, question.choices[0])
    return survey_of(folder, MARK.sub("", found.survey))


def read(folder: Path, survey: Survey) -> Responses:
    return read_responses(folder / "export", survey, "s", "export")


def counts(responses: Responses, item: Item) -> dict[str, int]:
    """Return how often each label was chosen, once a respondent."""
    asked = item.name in responses.answers
    answers = (responses.answers if asked else responses.attributes)[item.name]
    several = item.kind == "choices"
    chosen = Counter(label for a in answers.dropna() for label in (a if several else [a]))
    return {label: chosen[label] for label in item.labels}


@pytest.mark.parametrize("made", EXPORTS, ids=lambda made: made.tool)
def test_exports_of_form_tools(tmp_path: Path, made: Made) -> None:
    found = drafted(tmp_path, made.content)
    survey = settled(tmp_path, found)
    assert {item.question: item.kind for item in survey.read} == made.kinds
    assert {item.question for item in survey.attributes} == made.attributes
    assert {column.header for column in found.columns if not column.kept} == made.dropped
    marked = {line for line in found.survey.split("\n\n") if "\n    unsettled:" in line}
    asked = {q for q in made.kinds if any(f"question: {q}\n" in part + "\n" for part in marked)}
    assert asked == made.asked
    responses = read(tmp_path, survey)
    by_question = {item.question: item for item in survey.read}
    for question, expected in made.counts.items():
        there = counts(responses, by_question[question])
        assert {label: n for label, n in there.items() if n or label in expected} == expected


@pytest.mark.parametrize("made", EXPORTS, ids=lambda made: made.tool)
def test_nobody_is_named_anywhere(tmp_path: Path, made: Made) -> None:
    found = drafted(tmp_path, made.content)
    told = found.survey + repr(found.questions) + repr(found.columns) + repr(found)
    assert not [secret for secret in SECRETS if secret in told]


DECLARED = [case for case in CASES if "undeclared" not in case.name]


@pytest.mark.parametrize("case", DECLARED, ids=lambda case: case.name)
def test_what_comes_out_of_the_exports_that_people_have(tmp_path: Path, case: Case) -> None:
    """The figures are those of the survey that a person wrote, where the kinds are the same."""
    if case.encoding == "utf-8" and isinstance(case.export, bytes):
        found = drafted(tmp_path, case.export)
    else:
        found = drafted(tmp_path, case.export, case.encoding)
    survey = settled(tmp_path, found)
    responses = read(tmp_path, survey)
    assert responses.n_respondents == case.respondents
    true = survey_of(tmp_path, case.survey)
    headers = {h: name for name, hs in true.forms[0].items.items() for h in hs}
    for name, asked in survey.forms[0].items.items():
        item, own = survey.item(name), headers.get(asked[0])
        if own not in case.counts or item.kind != "scale":
            continue
        expected = dict(zip(true.item(own).labels, case.counts[own], strict=True))
        there = [(normalise(k), n) for k, n in counts(responses, item).items() if n]
        assert there == [(normalise(k), n) for k, n in expected.items() if n]


def test_a_draft_is_refused_until_each_mark_is_gone(tmp_path: Path) -> None:
    made = next(made for made in EXPORTS if made.tool == "unknown")
    found = drafted(tmp_path, made.content)
    with pytest.raises(DataError) as caught:
        survey_of(tmp_path, found.survey)
    lines = found.survey.splitlines()
    marks = [i for i, line in enumerate(lines, 1) if "unsettled:" in line and line[0] != "#"]
    assert {problem.kind for problem in caught.value.problems} == {ProblemKind.UNSETTLED}
    assert [problem.line for problem in caught.value.problems] == marks
    assert len(marks) == 1 + len(made.asked)
    assert survey_of(tmp_path, MARK.sub("", found.survey))


def test_at_most_three_questions_the_most_important_first(tmp_path: Path) -> None:
    made = next(made for made in EXPORTS if made.tool == "unknown")
    found = drafted(tmp_path, made.content)
    assert len(found.questions) <= MOST_QUESTIONS
    first = found.questions[0]
    assert "途中 1行" in first.text
    after = found.answered(first.key, first.choices[0])
    assert after.questions == found.questions[1:]
    assert "count_rows: {回答状況: [完了]}" in after.survey
    survey = survey_of(tmp_path, MARK.sub("", after.survey))
    assert read(tmp_path, survey).n_respondents == 11
    with pytest.raises(KeyError):
        found.answered(first.key, "どれでもない")
    with pytest.raises(KeyError):
        found.answered("nothing", first.choices[0])


def test_answers_settle_all_questions_of_the_same_scale(tmp_path: Path) -> None:
    labels = ["大いに満足", "満足", "概ね満足", "不満"]
    rows = [[i, labels[i % 4], labels[(i + 1) % 4]] for i in range(8)]
    found = drafted(tmp_path, text([["番号", "講義の満足度", "演習の満足度"], *rows]))
    (question,) = found.questions
    assert "講義の満足度" in question.text
    assert "演習の満足度" in question.text
    choice = "大いに満足、満足、概ね満足"
    survey = survey_of(tmp_path, found.answered(question.key, choice).survey)
    assert [item.favourable for item in survey.items] == [tuple(labels[:3])] * 2
    assert [item.assumed for item in survey.items] == [("やや不満",)] * 2


def test_the_order_of_an_unknown_scale_is_never_guessed(tmp_path: Path) -> None:
    rows = [[i, ("晴れ", "曇り", "雨")[i % 3]] for i in range(9)]
    found = drafted(tmp_path, text([["番号", "今の気持ち"], *rows]))
    assert "unsettled: 選択肢に順があるか" in found.survey
    assert survey_of(tmp_path, MARK.sub("", found.survey)).items[0].kind == "choice"


def test_the_same_person_twice_is_asked_about(tmp_path: Path) -> None:
    head = ["メールアドレス", "送信日時", "満足度"]
    rows = [["a@example.jp", "2025/06/04 16:00", "不満"]]
    rows += [["A@example.jp", "2025/06/04 16:30", "満足"]]
    found = drafted(tmp_path, text([head, *rows, ["b@example.jp", "2025/06/04 16:02", "満足"]]))
    (question,) = found.questions
    with pytest.raises(DataError):
        survey_of(tmp_path, found.survey)
    for choice, n in zip(question.choices, [2, 2, 3], strict=True):
        survey = survey_of(tmp_path, found.answered(question.key, choice).survey)
        assert read(tmp_path, survey).n_respondents == n


def test_words_of_ones_own_beside_a_scale_stay_in_the_export(tmp_path: Path) -> None:
    cells = ["満足", "やや満足", "満足", "模擬さんの話がよかったです", "その他：himitsu に聞いた"]
    found = drafted(tmp_path, text([["番号", "満足しましたか"], *enumerate(cells)]))
    assert "模擬" not in found.survey
    assert "himitsu" not in found.survey
    survey = settled(tmp_path, found)
    assert counts(read(tmp_path, survey), survey.items[0])["その他"] == 2


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("ご担当", ["山田 太郎", "佐藤 花子", "鈴木 一郎", "山田 太郎"]),
        ("お名前は何ですか", ["山田 太郎", "佐藤花子", "鈴木一郎", "高橋さくら"]),
        ("参加した人", ["山田太郎", "佐藤花子", "鈴木一郎", "高橋さくら"]),
        ("どなたの話がよかったですか", ["山田 太郎", "佐藤 花子", "山田 太郎", "佐藤 花子"]),
        ("連絡のとれる所", ["03-5253-2111", "090-1234-5678", "03-5253-2112", "内線2345"]),
        ("返信先", ["a@example.jp", "b@example.jp", "c@example.jp", "d@example.jp"]),
        ("お住まい", ["東京都千代田区1-1", "北海道札幌市北区2", "京都府京都市3", "大阪府堺市4"]),
    ],
)
def test_people_are_known_by_what_stands_in_the_cells(
    tmp_path: Path, header: str, cells: list[str]
) -> None:
    rows = [[cell, ("満足", "不満")[i % 2]] for i, cell in enumerate(cells)]
    found = drafted(tmp_path, text([[header, "満足度"], *rows]))
    told = found.survey + repr(found.questions) + repr(found.columns)
    assert not [cell for cell in cells if cell in told]


OWN_WORDS = "(own words)"
"""What stands for words of one's own in the counts."""


def test_the_long_term_survey(tmp_path: Path) -> None:
    """75 columns: only a post in own words is dropped, none is counted wrong, four are asked."""
    carpentries.make_up(tmp_path / "export")
    found = draft(tmp_path / "export", "export")
    assert len(found.columns) == carpentries.COLUMNS
    assert [column.header for column in found.columns if not column.kept] == ["Position-Other"]
    survey = settled(tmp_path, found)
    responses = read(tmp_path, survey)
    assert responses.n_respondents == carpentries.RESPONDENTS
    true = carpentries.counted(tmp_path / "export")
    for item in survey.read:
        if item.labels:
            expected = Counter()
            for cell, n in true[item.question].cells.items():
                expected[getattr(item, "other", None) or cell if cell == OWN_WORDS else cell] += n
            there = {label: n for label, n in counts(responses, item).items() if n}
            assert there == dict(expected), item.question
    assert len(MARK.findall(found.survey)) == 4
    scales = [item.question for item in survey.read if item.kind == "scale"]
    assert len(scales) == 9


def test_the_example_is_drafted_as_it_was_asked(tmp_path: Path) -> None:
    true = read_survey(EXAMPLE / "data/survey.yaml")
    for path in sorted((EXAMPLE / "data/responses").iterdir()):
        (tmp_path / "export").write_bytes(path.read_bytes())
        found = draft(path, path.name)
        survey = settled(tmp_path, found)
        responses = read(tmp_path, survey)
        expected = read_responses(path, true, "s", path.name)
        by_question = {item.question: item for item in true.items}
        for item in survey.items:
            if item.labels:
                own = counts(expected, by_question[item.question])
                there = counts(responses, item)
                assert [n for n in there.values() if n] == [n for n in own.values() if n]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", ProblemKind.NOT_AN_EXPORT),
        (b"", ProblemKind.NOT_AN_EXPORT),
        ("<html><body>ログイン</body></html>".encode(), ProblemKind.NOT_AN_EXPORT),
        (text([["番号", "満足度"]]), ProblemKind.NO_ROWS),
        (text([["氏名", "メール"], ["模擬 太郎", "a@example.jp"]]), ProblemKind.NOT_AN_EXPORT),
        ("番号,満足度\n1,満足\n番号,満足度\n2,不満\n".encode(), ProblemKind.HEADER_AGAIN),
    ],
)
def test_what_is_no_export_is_refused_as_the_reader_does(
    tmp_path: Path, content: bytes, kind: ProblemKind
) -> None:
    with pytest.raises(DataError) as caught:
        drafted(tmp_path, content)
    assert {problem.kind for problem in caught.value.problems} == {kind}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_any_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    found = drafted(tmp_path, text([["研修のアンケート"], *ROWS], encoding, delimiter))
    assert found.n_rows == len(BODY)
    assert [column.header for column in found.columns] == [normalise(cell) for cell in ROWS[0]]
    told = found.survey + repr(found.questions) + repr(found.columns)
    assert not [secret for secret in AWKWARD_SECRETS if secret in told]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_a_sign_in_the_cells_of_a_narrow_export_is_no_delimiter(tmp_path: Path, sign: str) -> None:
    three = f"メール{sign}Excel{sign}Word"
    said = [three, "Word", f"Excel{sign}Word{sign}メール", three, three, "Excel"]
    rows = "".join(f"2025/6/{day} 10:00,{cell}\n" for day, cell in enumerate(said * 2, start=1))
    found = drafted(tmp_path, f"日時,使った道具\n{rows}")
    assert [column.header for column in found.columns] == ["日時", "使った道具"]
    assert found.n_rows == 12


def test_a_first_answer_that_was_not_sent_is_not_taken_for_the_header(tmp_path: Path) -> None:
    rows = [["", "満足"], ["2025/06/04 16:00", "不満"], ["2025/06/04 16:01", "満足"]]
    found = drafted(tmp_path, text([["送信日時", "満足度"], *rows]))
    assert "見出しの続きか回答かを確かめる" in found.survey


def test_columns_without_a_header_are_not_counted_unseen(tmp_path: Path) -> None:
    rows = [["1", "講義", "", "満足"], ["2", "", "演習", "不満"], ["3", "講義", "演習", "満足"]]
    found = drafted(tmp_path, text([["番号", "学んだ内容は何でしたか", "", "満足度"], *rows]))
    assert "見出しのない列" in found.survey


USEFUL = ["準備をすれば使えそう", "すぐに使えそう", "まだ使えそうにない"]


@pytest.mark.parametrize("times", [(6, 4, 4), (9, 1, 1)])
def test_labels_that_come_again_are_options_whatever_the_header_says(
    tmp_path: Path, times: tuple[int, ...]
) -> None:
    cells = [label for label, n in zip(USEFUL, times, strict=True) for _ in range(n)]
    header = "学んだことを業務で使えそうですか"
    found = drafted(tmp_path, text([["番号", header], *enumerate(cells)]))
    assert "unsettled: 選択肢に順があるか" in found.survey
    (item,) = survey_of(tmp_path, MARK.sub("", found.survey)).items
    assert (item.kind, {*item.labels}) == ("choice", {*USEFUL})


@pytest.mark.parametrize(
    "cells",
    [
        ["特になし"] * 6 + ["演習がよかった", "時間が足りなかった"],
        ["特になし"] * 3 + ["なし"] * 3,
        ["勉強になった"] * 6 + ["となりの席の人と相談しながら進められてよかったです"],
    ],
)
def test_words_of_ones_own_are_no_options_where_many_write_alike(
    tmp_path: Path, cells: list[str]
) -> None:
    found = drafted(tmp_path, text([["番号", "感想をお書きください"], *enumerate(cells)]))
    (item,) = survey_of(tmp_path, found.survey).items
    assert item.kind == "text"
    assert not [cell for cell in cells if cell in found.survey]


@pytest.mark.parametrize("header", ["参加形態", "参加形態をお選びください", "参加の方法"])
def test_where_and_how_somebody_took_part_has_no_order(tmp_path: Path, header: str) -> None:
    rows = [[i, ("会場", "オンライン")[i % 2]] for i in range(9)]
    found = drafted(tmp_path, text([["番号", header], *rows]))
    assert found.questions == ()
    (item,) = survey_of(tmp_path, found.survey).items
    assert (item.kind, {*item.labels}) == ("choice", {"会場", "オンライン"})


def test_what_is_thought_of_a_way_may_have_an_order(tmp_path: Path) -> None:
    rows = [[i, ("晴れ", "雨")[i % 2]] for i in range(9)]
    found = drafted(tmp_path, text([["番号", "参加形態はいかがでしたか"], *rows]))
    assert "unsettled: 選択肢に順があるか" in found.survey


def ended(header: str, cells: list[str]) -> bytes:
    """Return a question of several answers among the columns that Microsoft Forms writes."""
    head = ["ID", "開始時刻", "完了時刻", "満足度", header]
    day = "2025/06/04"
    rows = [
        [i, f"{day} 16:{i:02}", f"{day} 17:{i:02}", ("満足", "やや満足", "不満")[i % 3], cell]
        for i, cell in enumerate(cells, 1)
    ]
    return text([head, *rows])


@pytest.mark.parametrize("header", ["使ってみたいもの", "学んだこと"])
def test_cells_that_end_with_a_separator_hold_several_answers(tmp_path: Path, header: str) -> None:
    cells = ["生成AI;"] * 5 + ["RPA;表計算;"] * 4 + ["生成AI;RPA;"] * 3
    found = drafted(tmp_path, ended(header, cells))
    survey = survey_of(tmp_path, found.survey)
    item = survey.items[-1]
    assert item.kind == "choices"
    assert counts(read(tmp_path, survey), item) == {"生成AI": 8, "RPA": 7, "表計算": 4}


def test_what_may_be_a_name_among_several_answers_is_not_written(tmp_path: Path) -> None:
    cells = ["生成AI;"] * 5 + ["RPA;模擬太郎;"] + ["生成AI;RPA;"] * 3
    found = drafted(tmp_path, ended("使ってみたいもの", cells))
    assert "「その他」に数えた答えに、選択肢がないかも確かめる" in found.survey
    assert "模擬" not in found.survey + repr(found)
    survey = survey_of(tmp_path, MARK.sub("", found.survey))
    there = counts(read(tmp_path, survey), survey.items[-1])
    assert there == {"生成AI": 8, "RPA": 4, "その他": 1}


def test_names_are_no_options_though_a_separator_follows_them(tmp_path: Path) -> None:
    cells = ["模擬 太郎;"] * 5 + ["見本 花子;模擬 太郎;"] * 3
    found = drafted(tmp_path, ended("参加した人", cells))
    assert "unsettled: 自由記述か" in found.survey
    assert not [name for name in ("模擬", "見本") if name in found.survey + repr(found)]
