"""Respondents who ask to be taken out: nothing of theirs is left, and a new export asks again."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from awkward import LOGO, hidden_row
from bs4 import BeautifulSoup
from conftest import Here, copy_workspace
from every_kind import write_workspace
from forge import text
from test_awkward import SURVEY
from test_batch import command, keep_sessions
from test_people import FIRST, LATEST, TWICE, levels, row
from test_spreadsheet import sheet
from test_stale import stale
from test_uncounted import shown

from dxeval.check import check_workspace
from dxeval.definitions.survey import Survey
from dxeval.errors import DataError
from dxeval.presenting import audit_sheets, wording
from dxeval.presenting.claim_words import WHAT
from dxeval.presenting.contents_sheet import CONTENTS
from dxeval.presenting.ledger_sheet import LEDGER
from dxeval.presenting.origins_sheet import ORIGINS
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.responses import Responses, read_responses
from dxeval.report.batch import run
from dxeval.scoring.recount.what import What
from dxeval.scoring.uncounted import uncounted
from dxeval.workspace import Workspace

SESSION, EXPORT = "data/sessions/bpr-1.yaml", "data/responses/bpr-1.csv"
REASON = "ご本人（総務課）から電話での申し出"
COMMENT = "課の職員や事業者との連携がないと進められないと感じた。"
"""What the respondent of row 4 wrote; nobody quotes it."""
QUOTED = "他の自治体の方々と交流でき、良い経験になった。"
"""What the respondent of row 7 wrote; the session's file quotes it."""


def fingerprint(root: Path, export: str = EXPORT) -> str:
    return hashlib.sha256((root / export).read_bytes()).hexdigest()[:12]


def write(root: Path, *lines: str, session: str = SESSION) -> None:
    """Let the session's file list those withdrawals, and no other."""
    path = root / session
    before = path.read_text("utf-8").partition("withdrawn:")[0].rstrip()
    listed = "".join(f"  - {line}\n" for line in lines)
    path.write_text(f"{before}\n" + (f"withdrawn:\n{listed}" if lines else ""), "utf-8")


def line(row: int, export: str = "", reason: str = REASON) -> str:
    known = f", export: {export}" if export else ""
    return f"{{row: {row}, reason: {reason}, date: 2025-07-20{known}}}"


def withdraw(root: Path, *rows: int, session_id: str = "bpr-1") -> None:
    export = fingerprint(root, f"data/responses/{session_id}.csv")
    lines = (line(row, export) for row in rows)
    write(root, *lines, session=f"data/sessions/{session_id}.yaml")


def blank(root: Path, *rows: int, export: str = EXPORT) -> None:
    """Leave nothing but commas of those lines: what stands there is no answer."""
    path = root / export
    lines = path.read_text("utf-8-sig").splitlines()
    for number in rows:
        lines[number - 1] = ",,"
    path.write_text("\n".join(lines) + "\n", "utf-8")


def problems(root: Path) -> list[Problem]:
    return check_workspace(Workspace(root)).problems


def read(root: Path, session_id: str = "bpr-1") -> Responses:
    workspace = Workspace(root)
    return workspace.responses(workspace.session(session_id))


@pytest.fixture
def two(workspace: Workspace) -> Workspace:
    """Two sessions, of the first of which two respondents ask to be taken out."""
    keep_sessions(workspace, "bpr-1", "bpr-2")
    withdraw(workspace.root, 4, 5)
    return workspace


@pytest.mark.parametrize("session_id", ["n-21", "n-none", "n-1"])
def test_what_is_left_is_as_if_the_row_had_been_blank(tmp_path: Path, session_id: str) -> None:
    root, other = tmp_path / "a", tmp_path / "b"
    export = f"data/responses/{session_id}.csv"
    for folder in (root, other):
        write_workspace(folder)
    whole = (root / export).read_text("utf-8")
    for number in range(2, len(whole.splitlines()) + 1):
        withdraw(root, number, session_id=session_id)
        (other / export).write_text(whole, "utf-8")
        blank(other, number, export=export)
        found, expected = read(root, session_id), read(other, session_id)
        assert number not in found.answers.index
        pd.testing.assert_frame_equal(found.answers, expected.answers)
        pd.testing.assert_frame_equal(found.attributes, expected.attributes)
        assert (found.withdrawn, expected.withdrawn) == (1, 0)
        frames = {"answers": None, "attributes": None, "withdrawn": 0, "n_rows": None}
        warnings = [w for w in expected.warnings if w.kind is not ProblemKind.NO_ROWS]
        assert [*found.warnings] == warnings
        assert replace(found, **frames, warnings=()) == replace(expected, **frames, warnings=())


def contents(root: Path) -> Iterator[tuple[str, str]]:
    """Yield all that stands in ``outputs/`` by its file, workbooks part by part."""
    for path in sorted((root / "outputs").rglob("*")):
        if path.is_file():
            packed = path.suffix == ".xlsx"
            with zipfile.ZipFile(path) if packed else io.BytesIO() as book:
                names = book.namelist() if isinstance(book, zipfile.ZipFile) else []
                parts = [book.read(name) for name in names]  # type: ignore[attr-defined,call-overload]
            for content in parts or [path.read_bytes()]:
                yield path.name, content.decode("utf-8", "replace")


def without_foot(root: Path, page: str) -> str:
    html = BeautifulSoup((root / f"outputs/html/{page}.html").read_text("utf-8"), "html.parser")
    for foot in html.select(".page-foot"):
        foot.decompose()
    return str(html)


def test_the_pages_are_those_of_the_answers_that_are_left(two: Workspace, tmp_path: Path) -> None:
    other = copy_workspace(tmp_path / "other")
    keep_sessions(other, "bpr-1", "bpr-2")
    blank(other.root, 4, 5)
    for workspace in (two, other):
        assert run(workspace, executor=Here()).failed == {}
    for page in ("bpr-1", "bpr-2", "overall", "index"):
        assert without_foot(two.root, page) == without_foot(other.root, page)
    books = [
        {"figures.xlsx": (root / "outputs/tables/figures.xlsx").read_bytes()}
        for root in (two.root, other.root)
    ]
    for name in pd.ExcelFile(io.BytesIO(books[0]["figures.xlsx"])).sheet_names:
        here, there = (sheet(files, str(name)) for files in books)
        if name == audit_sheets.UNCOUNTED:
            (out,) = [row for row in here if row[5:] == ["申し出により除いた", None, None, 2]]
            here.remove(out)
        if name == LEDGER:
            rows, out = (here[1].index(head) for head in ("回答ファイルの行", "除いた人"))
            assert [(row[rows], row[out]) for row in here[2:3]] == [(6, 2)]
            for line in (*here, *there):
                line[rows] = line[out] = None
        if name == ORIGINS:  # the exports are others
            (out,) = [row for row in here if row[4] == WHAT[What.WITHDRAWN]]
            here.remove(out)
            here, there = ([row[:-2] for row in rows] for rows in (here, there))
        if name == CONTENTS:
            here, there = ([row[:2] for row in rows] for rows in (here, there))
        assert here == there
    said = "数えなかったもの：申し出により除いた 2、読まなかった列"
    assert shown(two, "bpr-1") == [f"{said} 3"]
    assert shown(two, "overall") == [f"{said} 延べ6"]
    assert shown(two, "bpr-2") == shown(other, "bpr-2")
    told = [*contents(two.root)]
    assert {"figures.xlsx", "manifest.json", "bpr-1.ipynb", "bpr-1.html"} <= {n for n, _ in told}
    for secret in (COMMENT, COMMENT[:12], REASON, "総務課"):
        assert not [name for name, content in told if secret in content]


def test_check_says_how_many_and_of_nobody(
    two: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("check", EXPORT, "--session", "bpr-1")
    code, out, _ = command(two, monkeypatch, capsys, *words)
    assert code == 0
    assert "：回答 4人\n" in out
    assert "\n  数えなかったもの：申し出により除いた 2\n" in out
    code, printed, _ = command(two, monkeypatch, capsys, "check", "--json")
    here, there = json.loads(printed)["files"]
    assert (here["respondents"], here["withdrawn"], there["withdrawn"]) == (4, 2, 0)
    assert "総務課" not in out + printed


def test_those_withdrawn_sent_an_answer(two: Workspace) -> None:
    path = two.root / SESSION
    said = path.read_text("utf-8")
    path.write_text("expected_responses: 6\n" + said, "utf-8")
    report = check_workspace(two)
    assert not report.problems
    assert not report.warnings
    path.write_text("expected_responses: 4\n" + said.replace("attendees: 6", "attendees: 5"))
    (problem,) = problems(two.root)
    assert "回答が6件で、expected_responses の4件と違います" in str(problem)
    path.write_text(said.replace("attendees: 6", "attendees: 5"), "utf-8")
    (warning,) = check_workspace(Workspace(two.root)).warnings
    assert "回答が6人で、参加者数（attendees）の5人より多く" in str(warning)


def test_where_all_ask_there_is_a_page_of_nobody(two: Workspace) -> None:
    path = two.root / SESSION
    path.write_text(path.read_text("utf-8").partition("comments:")[0], "utf-8")
    withdraw(two.root, *range(3, 9))
    assert not check_workspace(Workspace(two.root)).warnings
    assert run(Workspace(two.root), executor=Here()).failed == {}
    assert shown(two, "bpr-1") == ["数えなかったもの：申し出により除いた 6、読まなかった列 3"]


def test_without_an_export_there_is_nothing_to_ask(two: Workspace) -> None:
    (two.root / EXPORT).unlink()
    assert problems(two.root) == []
    assert read(two.root).withdrawn == 0


@pytest.mark.parametrize(("given", "said"), [("", "どの書き出し"), ("0" * 12, "別の書き出し")])
def test_the_export_must_be_the_one_that_was_looked_at(
    two: Workspace, given: str, said: str
) -> None:
    write(two.root, line(4, fingerprint(two.root)), line(5, given))
    (problem,) = problems(two.root)
    assert (problem.kind, problem.file) == (ProblemKind.WITHDRAWN_EXPORT, SESSION)
    assert problem.column == "withdrawn[2]"
    assert said in str(problem)
    assert f"{EXPORT} の5行目が申し出た人の回答かを確かめ" in str(problem)
    written = f" export: {fingerprint(two.root)} と書いてください"
    assert f"{SESSION} の withdrawn のその項目に{written}" in str(problem)
    assert "総務課" not in str(problem)


def test_a_new_export_asks_again_and_shows_nothing_before(two: Workspace) -> None:
    assert run(two, executor=Here()).failed == {}
    path = two.root / EXPORT
    title, header, *rows = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([title, header, *rows[::-1], ""]), "utf-8")
    asked = problems(two.root)
    assert [problem.kind for problem in asked] == [ProblemKind.WITHDRAWN_EXPORT] * 2
    result = run(Workspace(two.root), executor=Here())
    assert [*result.failed] == ["bpr-1"]
    assert "別の書き出し" in str(result.failed["bpr-1"])
    assert not (two.root / "outputs/html/bpr-1.html").exists()
    for secret in (COMMENT, "総務課"):
        assert not [name for name, content in contents(two.root) if secret in content]
    withdraw(two.root, 7, 6)
    assert run(Workspace(two.root), executor=Here()).failed == {}
    assert read(two.root).comments == (
        QUOTED,
        "LoGoフォームでの入力方法を検討していたところだったので、とても勉強になった。",
    )
    assert not [name for name, content in contents(two.root) if COMMENT in content]


def test_the_same_export_saved_under_another_name_stays_the_same(two: Workspace) -> None:
    path = two.root / EXPORT
    path.rename(path.with_suffix(".txt"))
    assert read(two.root).withdrawn == 2


def test_a_withdrawal_makes_pages_again_and_its_reason_does_not(two: Workspace) -> None:
    root = two.root
    write(root)
    assert run(Workspace(root), executor=Here()).failed == {}
    assert not stale(root)
    withdraw(root, 4)
    assert {*stale(root)} == {"bpr-1", "programme-bpr", "overall", "report", "index"}
    assert run(Workspace(root), executor=Here()).failed == {}
    write(root, line(4, fingerprint(root), reason="別の理由"))
    assert not stale(root)
    withdraw(root, 5)
    assert {*stale(root)} == {"bpr-1", "programme-bpr", "overall", "report", "index"}


@pytest.mark.parametrize(
    ("lines", "kind", "said"),
    [
        (["{row: 4, reason: あ, date: 2025-07-20, export: 3F9A00000000}"], "wrong-value", "12字"),
        (["{row: 4, reason: あ, date: 2025-07-20, export: 3f9a}"], "wrong-value", "12字"),
        (["{row: 4, reason: あ, date: 7/20, export: 3f9a00000000}"], "wrong-value", "年-月-日"),
        (["{row: 4, reason: あ, date: 2025-02-30}"], "wrong-value", "暦にない"),
        (['{row: 4, reason: " ", date: 2025-07-20}'], "empty-value", "空です"),
        (["{row: 4, date: 2025-07-20}"], "missing-key", "必須"),
        (["{row: 0, reason: あ, date: 2025-07-20}"], "wrong-value", "1以上"),
        (["{row: 4, reason: あ, date: 2025-07-20, name: 山田}"], "extra-key", "知らない"),
        ([line(4), line(5), line(4, "3f9a00000000")], "wrong-value", "4行目が2度あります"),
    ],
)
def test_a_line_that_is_not_right_is_refused(
    two: Workspace, lines: list[str], kind: str, said: str
) -> None:
    write(two.root, *lines)
    (problem,) = problems(two.root)
    assert (problem.kind, problem.file) == (kind, SESSION)
    assert said in str(problem)


@pytest.mark.parametrize("number", [1, 2, 6, 9, 400])
def test_a_row_that_is_no_answer_is_refused(two: Workspace, number: int) -> None:
    blank(two.root, 6)
    withdraw(two.root, 4, number)
    (problem,) = problems(two.root)
    place = (ProblemKind.WITHDRAWN_ROW, EXPORT, number)
    assert (problem.kind, problem.file, problem.line) == place
    assert "回答の行ではありません" in str(problem)
    assert "3行目から8行目まで" in str(problem)


def test_a_row_that_the_form_does_not_count_is_refused(two: Workspace) -> None:
    path = two.root / "data/survey.yaml"
    path.write_text(path.read_text("utf-8").rstrip() + '\n    skip_rows: {回答番号: "002"}\n')
    (problem,) = problems(two.root)
    assert (problem.kind, problem.line) == (ProblemKind.WITHDRAWN_ROW, 4)
    assert "002" not in str(problem)


def test_a_quoted_comment_of_theirs_is_refused(two: Workspace) -> None:
    withdraw(two.root, 7)
    (problem,) = problems(two.root)
    assert (problem.kind, problem.value) == (ProblemKind.UNSAID, QUOTED)
    assert "申し出により除いた人の声なら、消して" in str(problem)


def test_what_is_wrong_in_their_row_stops_nobody(two: Workspace) -> None:
    path = two.root / EXPORT
    wrong = path.read_text("utf-8-sig").replace(
        "理解できた,役に立つ,サポート", "山田,？,サポート", 1
    )
    path.write_text(wrong, "utf-8")
    withdraw(two.root, 4)
    assert problems(two.root) == []
    withdraw(two.root, 5)
    assert {problem.line for problem in problems(two.root)} == {4}


def of(folder: Path, rows: list[list[object]], survey: Survey, *withdrawn: int) -> Responses:
    path = folder / "s.csv"
    path.write_bytes(text([LOGO, *rows]))
    return read_responses(path, survey, "s", "s.csv", withdrawn)


@pytest.mark.parametrize(("survey", "counted", "other"), [(LATEST, 2, 4), (FIRST, 4, 2)])
def test_who_sent_two_is_taken_out_with_both(
    tmp_path: Path, survey: Survey, counted: int, other: int
) -> None:
    found = of(tmp_path, TWICE, survey, counted)
    assert levels(found) == ["満足"]
    assert found.comments == ("別の人",)
    assert (found.n_respondents, found.superseded, found.withdrawn) == (1, 1, 1)
    with pytest.raises(DataError) as caught:
        of(tmp_path, TWICE, survey, other)
    (problem,) = caught.value.problems
    assert (problem.kind, problem.line) == (ProblemKind.WITHDRAWN_ROW, other)
    assert problem.expected == f"その人の回答をすべて除くなら、数えている{counted}行目"
    assert "77" not in str(problem)


def test_nothing_is_left_of_an_answer_that_did_not_count_either(tmp_path: Path) -> None:
    rows = [*TWICE[:2], [*TWICE[2][:4], "秘密の答え", *TWICE[2][5:]]]
    assert levels(of(tmp_path, rows, LATEST, 2)) == ["満足"]
    with pytest.raises(DataError):
        of(tmp_path, rows, LATEST, 3)


def test_who_sent_the_same_twice_is_taken_out_with_both(tmp_path: Path) -> None:
    rows = [TWICE[0], TWICE[0], TWICE[1]]
    found = of(tmp_path, rows, LATEST, 2)
    assert (levels(found), found.identical, found.withdrawn) == (["満足"], 1, 1)
    with pytest.raises(DataError, match="数えている2行目"):
        of(tmp_path, rows, LATEST, 3)


def test_a_blank_id_is_nobody_else_s(tmp_path: Path) -> None:
    rows = [row("", "", "不満"), row("", "", "満足"), row("1", "", "満足")]
    assert levels(of(tmp_path, rows, LATEST, 2)) == ["満足", "満足"]


def test_rows_of_a_workbook_are_counted_as_it_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    path.write_bytes(hidden_row())
    said = {n: read_responses(path, SURVEY, "s", "s", [n]).warnings for n in (3, 4)}
    assert [len(said[n]) for n in (3, 4)] == [0, 1]
    assert "隠された行が1行あり" in str(said[4][0])


def test_a_short_row_of_theirs_is_not_spoken_of(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    lines = [LOGO, [*map(str, row("1", "", "満足"))][:-1], [*map(str, row("2", "", "満足"))]]
    path.write_text("".join(",".join(cells) + "\n" for cells in lines), "utf-8")
    said = {n: str(read_responses(path, SURVEY, "s", "s", [n]).warnings) for n in (2, 3)}
    assert "省かれた行が1行" in said[3]
    assert "省かれた行" not in said[2]


def test_they_are_added_up_and_something_even_alone() -> None:
    sessions = [Responses(name, pd.DataFrame(), withdrawn=n) for name, n in (("a", 1), ("b", 2))]
    assert uncounted(sessions).withdrawn == 3
    assert uncounted(sessions)
    assert wording.uncounted_text(uncounted(sessions)) == "数えなかったもの：申し出により除いた 3"


def test_a_session_shown_in_a_notebook_says_nothing_of_them(two: Workspace) -> None:
    session = two.session("bpr-1")
    assert len(session.withdrawn) == 2
    for said in (repr(session), str(session)):
        assert "総務課" not in said
        assert "withdrawn" not in said
