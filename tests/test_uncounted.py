"""What does not count is counted: in check, its JSON, the workbook and the foot of each page."""

import json

import pytest
from conftest import Here
from pages import page_of
from test_batch import command, keep_sessions
from test_faults import light_notebook
from test_spreadsheet import sheet

from dxeval.definitions.form import ANYTHING, Form
from dxeval.presenting import audit_sheets, wording
from dxeval.reading.limits import MAX_MARKS
from dxeval.reading.not_counted import as_shown
from dxeval.reading.responses import Responses
from dxeval.report.batch import run
from dxeval.report.site.export import Chapter, export_chapter, export_whole
from dxeval.report.site.links import Cover
from dxeval.scoring.uncounted import uncounted
from dxeval.workspace import Workspace

RULES = """
    timestamp: 回答日時
    optional: [Status, 区分]
    count_rows: {Status: [Complete]}
    skip_rows: {区分: "*"}
"""
SAID = (
    "行 6（Status「Partial」2、「Preview」1、（空欄）1、（記入あり）1；区分（記入あり）1）、"
    "出し直し 1、同じ時刻の同じ答え 2"
)
FOOT = f"数えなかったもの：{SAID}、読まなかった列 2"
HEADER = ["回のID", "回", "事業", "開催内容", "開催日", "種類", "列", "値", "件数"]
SECRETS = ("山田", "佐藤", "hanako", "職員の")


@pytest.fixture
def marked(workspace: Workspace) -> Workspace:
    """Two sessions; of the first one's export rows of every sort do not count."""
    keep_sessions(workspace, "bpr-1", "bpr-2")
    light_notebook(workspace, "session", "session_id = ''")
    light_notebook(workspace, "overall", "failed = []", "failed")
    survey = workspace.root / "data/survey.yaml"
    source = survey.read_text(encoding="utf-8").rstrip()
    survey.write_text(f"resubmission: latest\n{source}{RULES}", encoding="utf-8")
    path = workspace.root / "data/responses/bpr-1.csv"
    _, header, *rows = path.read_text(encoding="utf-8-sig").splitlines()
    said = "理解できた,役に立つ,もっと勉強が必要,満足,"
    again = f"6,2025/07/11 17:00,山田 太郎,hanako@example.jp,{said}"
    lines = [f"{header},Status,区分", *(f"{row},Complete," for row in rows)]
    lines += [f"{again},{mark}" for mark in ("Partial,", "Partial,", "Preview,", ",", "山田 花子,")]
    lines += [f"{again},Complete,職員の佐藤です", *[f"{again},Complete,"] * 3]
    path.write_text("\n".join(lines).replace("\n006,", "\n6,"), encoding="utf-8")
    return workspace


def shown(workspace: Workspace, page: str) -> list[str]:
    lines = page_of(workspace, page).texts(".page-foot p")
    return [line for line in lines if line.startswith("数えなかったもの")]


def test_every_place_says_the_same(
    marked: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = "data/responses/bpr-1.csv"
    assert run(marked, executor=Here()).failed == {}
    assert shown(marked, "bpr-1") == [FOOT]
    assert shown(marked, "bpr-2") == ["数えなかったもの：読まなかった列 2"]
    assert shown(marked, "overall") == [FOOT.replace("列 2", "列 延べ4")]
    assert shown(marked, "index") == []
    code, out, _ = command(marked, monkeypatch, capsys, "check", file)
    assert code == 0
    assert f"\n  数えなかったもの：{SAID}\n  読まなかった列：氏名、メールアドレス\n" in out
    code, out, _ = command(marked, monkeypatch, capsys, "check", file, "--json")
    (found,) = json.loads(out)["files"]
    rows = {(each["column"], each["value"]): each["rows"] for each in found["not_counted"]}
    marks = {"Partial": 2, "Preview": 1, "": 1, ANYTHING: 1}
    assert rows == {("Status", mark): n for mark, n in marks.items()} | {("区分", ANYTHING): 1}
    assert (found["superseded"], found["identical"], len(found["dropped"])) == (1, 2, 2)
    files = {"figures.xlsx": (marked.root / "outputs/tables/figures.xlsx").read_bytes()}
    header, *body = sheet(files, audit_sheets.UNCOUNTED)
    assert header == HEADER
    assert [[row[0], *row[5:]] for row in body] == [
        ["bpr-1", "行", "Status", "「Partial」", 2],
        ["bpr-1", "行", "Status", "「Preview」", 1],
        ["bpr-1", "行", "Status", "（空欄）", 1],
        ["bpr-1", "行", "Status", "（記入あり）", 1],
        ["bpr-1", "行", "区分", "（記入あり）", 1],
        ["bpr-1", "出し直し", None, None, 1],
        ["bpr-1", "同じ時刻の同じ答え", None, None, 2],
        ["bpr-1", "読まなかった列", None, None, 2],
        ["bpr-2", "読まなかった列", None, None, 2],
    ]


def test_no_value_that_may_be_a_person_is_shown_anywhere(
    marked: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(marked, executor=Here())
    _, out, err = command(marked, monkeypatch, capsys, "check", "--json")
    files = [path for path in (marked.root / "outputs").rglob("*") if path.is_file()]
    assert len(files) > 10
    texts = [out, err, *(path.read_bytes().decode("utf-8", "replace") for path in files)]
    for secret in SECRETS:
        assert not [text[:80] for text in texts if secret in text]


def test_a_page_linked_anew_keeps_its_line(marked: Workspace) -> None:
    run(marked, executor=Here())
    keep_sessions(marked, "bpr-1")
    before = page_of(marked, "bpr-1").links()
    assert "bpr-1" not in run(Workspace(marked.root), executor=Here()).made
    assert page_of(marked, "bpr-1").links() != before
    assert shown(marked, "bpr-1") == [FOOT]


def test_a_value_is_no_markup(marked: Workspace) -> None:
    survey = marked.root / "data/survey.yaml"
    said = survey.read_text(encoding="utf-8").replace("Status", "<b>&Status")
    survey.write_text(said, encoding="utf-8")
    path = marked.root / "data/responses/bpr-1.csv"
    path.write_text(path.read_text("utf-8").replace("Status", "<b>&Status"), encoding="utf-8")
    run(marked, executor=Here())
    for page in ("bpr-1", "overall"):
        assert "行 6（<b>&Status「Partial」2" in shown(marked, page)[0]
    content = (marked.root / "outputs/notebooks/bpr-1.ipynb").read_bytes()
    chapter = export_chapter(Chapter("a", "a"), content)
    assert b"&lt;b&gt;&amp;Status" in export_whole(Cover("全体"), [chapter], [1], [1])


def test_the_whole_report_says_it_after_each_chapter(marked: Workspace) -> None:
    run(marked, executor=Here())
    content = (marked.root / "outputs/notebooks/bpr-1.ipynb").read_bytes()
    chapters = [export_chapter(Chapter(name, name), content) for name in ("a", "b")]
    assert export_whole(Cover("全体"), chapters, [1, 2], [1, 1]).decode().count(FOOT) == 2


def test_where_everything_counts_nothing_is_said(workspace: Workspace) -> None:
    answers = workspace.responses(workspace.session("bpr-1")).answers
    responses = Responses("s", answers)
    assert not uncounted([responses])
    assert wording.uncounted_text(uncounted([responses])) == ""
    sessions = [workspace.session("bpr-1")]
    files = workspace.tables(sessions, {"bpr-1": workspace.score(sessions[0], responses)})
    assert sheet(files, audit_sheets.UNCOUNTED) == [HEADER]


def test_sessions_are_added_up_by_column_and_value(workspace: Workspace) -> None:
    answers = workspace.responses(workspace.session("bpr-1")).answers
    one = Responses("a", answers, (), ("氏名",), 1, 2, {("状態", "途中"): 3, ("状態", ""): 1})
    two = Responses("b", answers, (), ("氏名", "所属"), 4, 1, {("状態", "途中"): 2})
    both = uncounted([one, two])
    assert both.not_counted == {("状態", "途中"): 5, ("状態", ""): 1}
    assert (both.n_rows, both.superseded, both.identical, both.n_columns) == (6, 5, 3, 3)
    assert uncounted([one]).n_columns == 1


def test_a_page_names_five_values_of_a_column(workspace: Workspace) -> None:
    answers = workspace.responses(workspace.session("bpr-1")).answers
    values = {("状態", f"途中{i}"): 1 for i in range(9)}
    said = wording.uncounted_text(uncounted([Responses("a", answers, not_counted=values)]))
    assert said.endswith("「途中3」1、「途中4」1、ほか）")
    assert "行 9（" in said


FORM = Form(
    name="f",
    items={"設問": "?"},
    respondent_id="番号",
    count_rows={"状態": ("完了",)},
    skip_rows={"番号": ("7",), "メモ": ("*",), "氏名": ("山田太郎",)},
)


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("状態", "途中", "途中"),
        ("状態", "処理中", "処理中"),
        ("状態", "未回答", "未回答"),
        ("状態", "In Progress", "In Progress"),
        ("状態", "Timed Out", "Timed Out"),
        ("状態", "2024", "2024"),
        ("状態", "", ""),
        ("状態", "田中 完", ANYTHING),
        ("状態", "山田 花子", ANYTHING),
        ("状態", "Hanako Yamada", ANYTHING),
        ("状態", "途中 hanako@example.jp", ANYTHING),
        ("状態", "テスト 090-1234-5678", ANYTHING),
        ("状態", "1200345", ANYTHING),
        ("氏名", "山田太郎", ANYTHING),
        ("番号", "7", ANYTHING),
        ("メモ", "来年もお願いしたい", ANYTHING),
    ],
)
def test_which_values_are_shown(header: str, value: str, expected: str) -> None:
    assert as_shown({(header, value): 2}, FORM) == {(header, expected): 2}


def test_values_that_mark_nothing_are_counted_together() -> None:
    rows = {("状態", f"途中{i}"): 1 for i in range(MAX_MARKS + 30)}
    found = as_shown({**rows, ("状態", "完"): 5}, FORM)
    assert len(found) == MAX_MARKS + 1
    assert found["状態", "完"] == 5
    assert sum(found.values()) == sum(rows.values()) + 5


def test_long_text_is_cut() -> None:
    ((_, value),) = as_shown({("状態", "途中" * 100): 1}, FORM)
    assert value == "途中" * 20 + "…"
