"""What was not asked is 質問なし wherever it is shown: never 0 %, never missing, never mixed up."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
import yaml
from conftest import EXAMPLE, Here
from pages import page_of, words
from stress import write_yaml

from dxeval.errors import DataError
from dxeval.problems import ProblemKind
from dxeval.report.batch import run
from dxeval.workspace import Workspace

UNDERSTOOD, SATISFIED = "研修の内容は理解できましたか", "研修に満足しましたか"
SURVEY = {
    "items": [
        {
            "name": "理解度",
            "question": UNDERSTOOD,
            "levels": ["よく理解できた", "理解できた", "どちらでもない", "理解できなかった"],
            "favourable": ["よく理解できた", "理解できた"],
        },
        {
            "name": "満足度",
            "question": SATISFIED,
            "levels": ["大いに満足", "満足", "概ね満足", "不満"],
            "favourable": ["大いに満足", "満足"],
        },
    ],
    "forms": [
        {"name": "f", "items": {"理解度": UNDERSTOOD, "満足度": SATISFIED}},
        {"name": "2回目以降", "items": {"満足度": SATISFIED}},
    ],
}
BOTH = f"{UNDERSTOOD},{SATISFIED}\n理解できた,満足\nよく理解できた,不満\n"
LESS = f"{SATISFIED}\n満足\n概ね満足\n大いに満足\n"


def workspace(root: Path, survey: dict, sessions: dict[str, tuple[dict, str]]) -> Workspace:
    """Write a workspace: by session id what its file says besides, and its export."""
    for folder in ("sessions", "responses"):
        (root / "data" / folder).mkdir(parents=True)
    (root / "notebooks").mkdir()
    for path in (EXAMPLE / "notebooks").glob("*.ipynb"):
        (root / "notebooks" / path.name).write_bytes(path.read_bytes())
    write_yaml(root / "data/survey.yaml", survey)
    ids = dict.fromkeys(session_id.partition("-")[0] for session_id in sessions)
    programmes = [
        {"id": p, "mark": mark, "title": f"事業{p}", "target": "職員"}
        | ({"questionnaire": p} if "questionnaires" in survey else {})
        for p, mark in zip(ids, "①②", strict=False)
    ]
    report = {"title": "報告", "chapter": "章", "fiscal_year": "2025"}
    write_yaml(root / "data/programme.yaml", {"report": report, "programmes": programmes})
    for session_id, (more, export) in sessions.items():
        programme, _, number = session_id.partition("-")
        facts = {
            "programme": programme,
            "number": number,
            "title": "研修",
            "date": "2025-06-04",
            "attendees": "5",
            "municipalities": "2",
            "purpose": "学ぶ",
        }
        write_yaml(root / f"data/sessions/{session_id}.yaml", facts | more)
        (root / f"data/responses/{session_id}.csv").write_text(export, "utf-8")
    return Workspace(root)


def summary(there: Workspace) -> list[dict[str, str]]:
    text = (there.root / "outputs/tables/summary.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("more", "kinds"), [({}, [ProblemKind.NOT_ASKED]), ({"not_asked": ["理解度"]}, [])]
)
def test_a_form_that_asks_less_is_shown_as_such(
    tmp_path: Path, more: dict, kinds: list[ProblemKind]
) -> None:
    there = workspace(tmp_path, SURVEY, {"a-1": ({}, BOTH), "a-2": (more, LESS)})
    result = run(there, executor=Here())
    assert result.failed == {}
    assert [warning.kind for warning in result.warnings] == kinds
    second = there.session("a-2")
    scores = there.score(second, there.responses(second))
    assert scores.asked == ("満足度",)
    assert (scores["満足度"].counts, scores["満足度"].n_valid) == ((1, 1, 1, 0), 3)
    cards = page_of(there, "a-2").texts(".card")
    assert cards == ["満足度67%2 / 3人", "理解度質問なし"]
    rows = page_of(there, "overall").all("table.summary tbody tr")
    shares = [[cell.get_text(" ") for cell in row.select("td.share")] for row in rows]
    assert shares[1][0].startswith("100%")
    assert shares[2][0].strip() == "質問なし"
    counts = page_of(there, "overall").all("table.by-level")
    (understood,) = [table for table in counts if "理解度" in table.caption.get_text()]
    assert [cell.get_text() for cell in understood.select("tbody tr")[1].select("td")] == [
        "質問なし",
        "",
        "—",
    ]
    first, second_row = summary(there)
    assert (first["理解度 有効回答"], second_row["理解度 有効回答"]) == ("2", "")
    assert "理解度は質問なし" in second_row["備考"]
    book = openpyxl.load_workbook(there.root / "outputs/tables/figures.xlsx")
    counted = {(row[0], row[5]) for row in book["選択肢ごとの人数"].iter_rows(values_only=True)}
    assert ("a-1", "理解度") in counted
    assert ("a-2", "理解度") not in counted


def test_a_summary_of_many_items_is_several_tables(tmp_path: Path) -> None:
    names = [f"設問{number}" for number in range(1, 9)]
    survey = {
        "items": [
            {"name": name, "question": name, "levels": ["よい", "わるい"], "favourable": ["よい"]}
            for name in names
        ],
        "forms": [{"name": "f", "items": {name: name for name in names}}],
    }
    answers = "\n".join([",".join(names), ",".join(["よい"] * 8), ",".join(["わるい"] * 8)])
    there = workspace(tmp_path, survey, {"a-1": ({}, answers)})
    assert run(there, executor=Here()).failed == {}
    page = page_of(there, "overall")
    tables = page.all("table.summary")
    heads = [[cell.get_text() for cell in table.select("thead th")[3:]] for table in tables]
    assert heads == [names[:4], names[4:]]
    captions = [table.caption.get_text() for table in tables]
    assert [caption[-5:] for caption in captions] == ["（1／2）", "（2／2）"]
    assert [len(table.select(".total")) for table in tables] == [0, 1]
    assert [words(cell) for table in tables for cell in table.select(".share")] == ["50% 1/2人"] * 8
    (rule,) = [note for note in page.texts(".notes li") if "数える" in note]
    assert rule == f"{'、'.join(names)}は「よい」を肯定的回答に数える。"


def test_what_one_programme_alone_was_asked_has_a_part_of_its_own(tmp_path: Path) -> None:
    survey = SURVEY | {
        "questionnaires": [
            {"id": "a", "items": ["理解度", "満足度"], "forms": ["f"]},
            {"id": "b", "items": ["満足度"], "forms": ["2回目以降"]},
        ]
    }
    there = workspace(tmp_path, survey, {"a-1": ({}, BOTH), "b-1": ({}, LESS)})
    assert run(there, executor=Here()).failed == {}
    heads = [
        [cell.get_text() for cell in table.select("thead th")][3:]
        for table in page_of(there, "overall").all("table.summary")
    ]
    assert heads == [["満足度"], ["理解度"]]
    assert page_of(there, "b-1").texts(".card dt") == ["満足度"]
    (session,) = [s for s in there.sessions() if s.id == "b-1"]
    scores = there.score(session, there.responses(session))
    assert (scores.not_asked, scores.elsewhere) == ((), ("理解度",))


def test_an_answer_to_what_was_not_asked_is_told_of(tmp_path: Path) -> None:
    survey = SURVEY | {"forms": [SURVEY["forms"][1]]}
    there = workspace(tmp_path, survey, {"a-1": ({}, BOTH)})
    responses = there.responses(there.session("a-1"))
    kinds = [warning.kind for warning in responses.warnings]
    assert kinds == [ProblemKind.NOT_ASKED, ProblemKind.PARTIAL_COLUMN]


@pytest.mark.parametrize(
    ("more", "kind", "expected"),
    [
        ({"not_asked": ["理解"]}, ProblemKind.UNKNOWN_ITEM, "理解度"),
        ({"not_asked": ["理解度", "満足度"]}, ProblemKind.WRONG_VALUE, "not_asked"),
        ({"questionnaire": "x"}, ProblemKind.UNKNOWN_QUESTIONNAIRE, "questionnaires"),
    ],
)
def test_a_wrong_key_is_told_once(
    tmp_path: Path, more: dict, kind: ProblemKind, expected: str
) -> None:
    there = workspace(tmp_path, SURVEY, {"a-1": (more, BOTH)})
    with pytest.raises(DataError) as caught:
        there.session("a-1")
    assert [problem.kind for problem in caught.value.problems] == [kind]
    assert expected in str(caught.value)


def test_of_several_questionnaires_each_programme_names_one(tmp_path: Path) -> None:
    both = [{"id": "a", "items": ["理解度"]}, {"id": "c", "items": ["満足度"]}]
    survey = SURVEY | {"questionnaires": both}
    there = workspace(tmp_path, survey, {"b-1": ({}, BOTH)})
    text = yaml.safe_load((there.root / "data/programme.yaml").read_text("utf-8"))
    assert text["programmes"][0]["questionnaire"] == "b"
    with pytest.raises(DataError, match="programmes") as caught:
        _ = there.programme
    assert caught.value.problems[0].expected == "a、c"


def test_what_only_some_reports_have_may_be_left_out(tmp_path: Path) -> None:
    there = workspace(tmp_path, SURVEY, {"a-1": ({}, BOTH)})
    report = {"report": {"title": "報告"}, "programmes": [{"id": "a", "title": "研修"}]}
    write_yaml(there.root / "data/programme.yaml", report)
    session = yaml.safe_load((there.root / "data/sessions/a-1.yaml").read_text("utf-8"))
    del session["municipalities"], session["purpose"]
    write_yaml(there.root / "data/sessions/a-1.yaml", session | {"simulated": "true"})
    assert run(there, executor=Here()).failed == {}
    page = page_of(there, "a-1")
    assert page.text("h1") == "第1回研修 実施結果"
    assert page.texts("table.facts th") == ["開催日", "参加者"]
    assert page.texts(".notice")[0].endswith("実際の回答ではなく模擬データです。")
    for name in ("a-1", "overall", "index"):
        text = page_of(there, name).text("body")
        assert "None" not in text
        assert "対象" not in text
    assert page_of(there, "index").text("title") == "一覧｜報告"


def test_programmes_without_marks_are_told_apart(tmp_path: Path) -> None:
    there = workspace(tmp_path, SURVEY, {"a-1": ({}, BOTH), "b-1": ({}, BOTH)})
    file = yaml.safe_load((there.root / "data/programme.yaml").read_text("utf-8"))
    for programme, mark in zip(file["programmes"], ("", "①"), strict=True):
        programme["mark"] = mark
    write_yaml(there.root / "data/programme.yaml", file)
    assert [programme.mark for programme in there.programme.programmes] == ["②", "①"]
