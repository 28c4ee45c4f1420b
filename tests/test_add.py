"""`dxeval add`: an export in place unchanged and its session's file, or nothing at all."""

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from conftest import copy_workspace
from hypothesis import given, settings
from hypothesis import strategies as st
from terminal import SECONDS, Terminal, start
from test_batch import command
from test_init import files_in

from dxeval.adding.changes import NOTHING
from dxeval.adding.command import GAVE_UP
from dxeval.adding.facts import Facts
from dxeval.adding.placing import put
from dxeval.adding.proposals import day_in, day_of_answers, free_id, id_in
from dxeval.adding.reading import DRAFT
from dxeval.adding.session_file import as_file, new_session
from dxeval.adding.wording import UNSETTLED
from dxeval.check import check_workspace
from dxeval.definitions.programme import read_programme, read_session
from dxeval.definitions.survey import read_survey
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind
from dxeval.starting.answers import Answers
from dxeval.starting.files import own_files
from dxeval.starting.folder import fill
from dxeval.workspace import Workspace

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, terminals and modes of POSIX")
Call = Callable[..., tuple[int, str, str]]

SURVEY = """\
items:
  - {name: 満足度, question: 満足しましたか, levels: [満足, ふつう, 不満], favourable: [満足]}
  - {name: 感想, question: 感想, kind: text}
attributes:
  - {name: 部署, question: 部署, kind: choice, levels: [総務, 福祉]}
forms:
  - name: 受講者
    timestamp: 日時
    items: {満足度: 満足しましたか, 感想: 感想, 部署: 部署}
"""
HEADER = "日時,氏名,部署,満足しましたか,感想"
FIRST = (
    "2026/06/01 16:00,甲野太郎,総務,満足,よかった",
    "2026/06/01 16:01,乙山花子,福祉,ふつう,",
    "2026/06/02 09:00,丙川次郎,福祉,満足,",
)
SECOND = ("2026/07/06 16:00,丁田三郎,総務,不満,", "2026/07/06 16:02,戊村四郎,総務,満足,また")
NAMES = ("甲野", "乙山", "丙川", "丁田", "戊村")
OWN_SURVEY = own_files(Answers())["data/survey.yaml"]


def export(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *rows, ""]).encode("utf-8-sig")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A workspace begun by `init`, with a survey, and two exports beside it."""
    fill(tmp_path / "own", own_files(Answers()))
    (tmp_path / "own/data/survey.yaml").write_text(SURVEY, encoding="utf-8")
    (tmp_path / "june.csv").write_bytes(export(*FIRST))
    (tmp_path / "july.csv").write_bytes(export(*SECOND))
    return tmp_path / "own"


@pytest.fixture
def add(own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run `dxeval add` in the workspace; the names in the exports are never said."""

    def add(*words: str) -> tuple[int, str, str]:
        said = command(Workspace(own), monkeypatch, capsys, "add", *words)
        assert not any(name in text for name in NAMES for text in said[1:])
        return said

    return add


@pytest.fixture
def unchanged(own: Path):  # type: ignore[no-untyped-def]
    """Hold that the workspace is as it was when the test asked for this, hidden files too."""
    before = files_in(own)

    def check() -> None:
        assert files_in(own) == before

    return check


def test_an_export_of_a_known_form_becomes_a_session(own: Path, add: Call) -> None:
    code, out, err = add("../june.csv", "--attendees", "5")
    assert (code, err) == (0, "")
    assert out.splitlines()[:5] == [
        "回 june を加えました：第1回研修、2026年6月1日（月）、参加者 5人"
        "（data/sessions/june.yaml）",
        "data/responses/june.csv（受講者）：回答 3人",
        "  満足度：有効回答 3、無回答 0　満足 2、ふつう 1、不満 0",
        "  感想：有効回答 1、無回答 2",
        "  数えなかったもの：なし",
    ]
    assert "  読まなかった列：氏名\n" in out
    assert re.findall(r"^  dxeval ([a-z]+)", out, re.M) == ["run", "preview"]
    assert (own / "data/responses/june.csv").read_bytes() == export(*FIRST)
    session = read_session(own / "data/sessions/june.yaml", "june.yaml")
    assert (session.programme, session.number, session.title) == ("main", 1, "研修")
    assert (session.date, session.attendees) == (date(2026, 6, 1), 5)
    report = check_workspace(Workspace(own))
    assert (report.problems, report.warnings, report.respondents) == ([], [], 3)


def test_every_hint_in_a_sessions_file_can_be_taken(own: Path, add: Call) -> None:
    add("../june.csv", "--attendees", "5")
    path = own / "data/sessions/june.yaml"
    text = path.read_text("utf-8")
    hints = re.findall(r"^# [a-z_]+: .*$", text, re.M)
    assert len(hints) > 5
    for hint in hints:
        path.write_text(text.replace(hint, hint[2:]), encoding="utf-8")
        assert read_session(path, path.name)


def test_the_second_month_is_one_command(own: Path, add: Call) -> None:
    add("../june.csv", "--attendees", "5", "--title", "ワークショップ")
    code, out, err = add("../july.csv", "--attendees", "4")
    assert (code, err) == (0, "")
    assert "第2回ワークショップ、2026年7月6日（月）、参加者 4人" in out
    workspace = Workspace(own)
    assert [session.id for session in workspace.sessions()] == ["june", "july"]
    assert check_workspace(workspace).problems == []


def test_options_go_before_what_is_proposed(own: Path, add: Call) -> None:
    words = ("--id", "first", "--title", "- 題: #1", "--date", "2026-06-03", "--attendees", "5")
    assert add("../june.csv", *words)[0] == 0
    session = Workspace(own).session("first")
    assert (session.title, session.date) == ("- 題: #1", date(2026, 6, 3))


def test_facts_by_a_file_and_an_option_before_it(own: Path, add: Call) -> None:
    (own / "facts.yaml").write_text("id: first\ntitle: 題\nattendees: 5\n", encoding="utf-8")
    assert add("../june.csv", "--answers", "facts.yaml", "--title", "別の題")[0] == 0
    session = Workspace(own).session("first")
    assert (session.title, session.attendees) == ("別の題", 5)


WRONG: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no attendees": ((), 2, "  --attendees：参加者数（答えなかった人も数える）。回答者は3人"),
    "attendees": (("--attendees", "五人"), 1, "「--attendees」：1以上の整数（半角数字）"),
    "date": (("--date", "6/1"), 1, "「--date」：日付は 2025-06-04 のように"),
    "title": (("--title", "a\nb"), 1, "「--title」：見える文字だけで"),
    "id": (("--id", "六月"), 1, "「--id」：IDは半角の小文字"),
    "reserved id": (("--id", "index"), 1, "「--id」：IDは半角の小文字"),
    "programme": (("--programme", "no"), 2, "事業「no」はありません"),
    "questionnaire": (("--questionnaire", "no"), 2, "調査票「no」はありません"),
    "no such file of facts": (("--answers", "no.yaml"), 1, "no.yaml：ファイルがありません"),
    "nothing to replace": (("--replace",), 2, "--replace は、ある回の --id とともに"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_or_missing_fact_changes_nothing(add: Call, unchanged, name: str) -> None:  # type: ignore[no-untyped-def]
    words, expected, said = WRONG[name]
    code, out, err = add("../june.csv", *words)
    assert (code, out) == (expected, "")
    assert said in err
    unchanged()


def test_without_a_time_the_day_must_be_told(own: Path, add: Call, unchanged) -> None:  # type: ignore[no-untyped-def]
    """That of the file's name is often the day on which it was exported."""
    text = SURVEY.replace("    timestamp: 日時\n", "")
    (own / "data/survey.yaml").write_text(text, encoding="utf-8")
    (own.parent / "2026-06-30.csv").write_bytes(export(*FIRST))
    code, _, err = add("../2026-06-30.csv", "--attendees", "5")
    assert code == 2
    assert "  --date：" in err
    assert "--attendees" not in err
    assert not list((own / "data/sessions").glob("*.yaml"))
    assert add("../2026-06-30.csv", "--attendees", "5", "--date", "2026-06-01")[0] == 0


def test_more_answers_than_attendees_are_said(add: Call) -> None:
    code, out, _ = add("../june.csv", "--attendees", "2")
    assert code == 0
    assert out.count("回答が3人で、参加者数（attendees）の2人より多くなっています") == 1


def test_a_session_of_several_programmes_names_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = copy_workspace(tmp_path / "w")
    lines = (workspace.root / "data/responses/bpr-2.csv").read_bytes().splitlines(keepends=True)
    (tmp_path / "研修.csv").write_bytes(b"".join(lines[:-1]))
    words = ["add", "../研修.csv", "--attendees", "9", "--date", "2025-12-01"]
    code, _, err = command(workspace, monkeypatch, capsys, *words)
    assert code == 2
    assert "--programme で示してください：exchange、bpr" in err
    code, out, _ = command(workspace, monkeypatch, capsys, *words, "--programme", "bpr")
    assert code == 0
    assert out.startswith("回 bpr-3 を加えました：第3回")
    assert Workspace(workspace.root).session("bpr-3").number == 3


def test_a_questionnaire_of_its_own(own: Path, add: Call) -> None:
    survey = own / "data/survey.yaml"
    questionnaires = "questionnaires:\n  - {id: a, items: [満足度]}\n  - {id: b, items: [感想]}\n"
    survey.write_text(SURVEY + questionnaires, encoding="utf-8")
    programme = own / "data/programme.yaml"
    text = programme.read_text("utf-8").replace("- id: main", "- id: main\n    questionnaire: a")
    programme.write_text(text, encoding="utf-8")
    code, out, _ = add("../june.csv", "--attendees", "5", "--questionnaire", "b")
    assert code == 0
    assert "満足度：" not in out
    assert Workspace(own).session("june").questionnaire == "b"
    assert "感想：" not in add("../july.csv", "--attendees", "5")[1]


@pytest.mark.parametrize(
    ("stem", "found"),
    [
        ("exchange-6", "exchange-6"),
        ("DX Survey_2026 (1)", "dx-survey-2026-1"),
        ("研修アンケート（回答） 1", None),
        ("index", None),
        ("---", None),
        ("a" * 65, None),
    ],
)
def test_an_id_by_the_name_of_a_file(stem: str, found: str | None) -> None:
    assert id_in(stem) == found


def test_an_id_by_programme_and_number_is_free() -> None:
    assert free_id("main", 2, set()) == "main-2"
    assert free_id("main", 2, {"main-2", "main-2-2"}) == "main-2-3"


@pytest.mark.parametrize(
    ("stem", "found"),
    [
        ("survey_2026-06-04", date(2026, 6, 4)),
        ("研修20260604回答", date(2026, 6, 4)),
        ("2026年6月4日", date(2026, 6, 4)),
        ("2026-13-04", None),
        ("carpentries-2017-10", None),
        ("120260604", None),
    ],
)
def test_a_day_by_the_name_of_a_file(stem: str, found: date | None) -> None:
    assert day_in(stem) == found


@pytest.mark.parametrize(
    ("stamps", "found"),
    [
        (("2026/05/31 09:00", "2026/06/01 09:00", "2026/06/01 10:00"), date(2026, 6, 1)),
        (("2026/06/02 09:00", "2026/06/01 09:00"), date(2026, 6, 1)),
        (("2026-06-01T20:00:00Z",), date(2026, 6, 2)),
        (("", "きのう"), None),
    ],
)
def test_the_day_is_that_on_which_most_answered_in_japan(
    own: Path, stamps: tuple[str, ...], found: date | None
) -> None:
    path = own.parent / "june.csv"
    path.write_bytes(export(*(f"{stamp},甲野,総務,満足," for stamp in stamps)))
    assert day_of_answers(path, Workspace(own).survey, path.name) == found


@settings(deadline=None)
@given(st.text())
def test_any_title_is_refused_or_read_back(title: str) -> None:
    folder = Path(os.environ["TMPDIR"])
    for name, content in own_files(Answers()).items():
        if name.startswith("data/") and name.endswith(".yaml"):
            (folder / Path(name).name).write_bytes(content)
    survey, programme = (
        read_survey(folder / "survey.yaml"),
        read_programme(folder / "programme.yaml"),
    )
    facts = {"programme": "main", "title": title, "date": "2026-06-01", "attendees": "5"}
    try:
        session = new_session("first", 1, Facts.model_validate(facts), survey, programme)
    except ValueError:
        return
    (folder / "first.yaml").write_bytes(as_file(session))
    assert read_session(folder / "first.yaml", "first.yaml") == session


# --- what is refused


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_link_in_a_circle(path: Path) -> None:
    path.symlink_to(path)


def a_huge_file(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(600_000_000)


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing": (lambda path: None, "ファイルがありません"),
    "a folder": (lambda path: path.mkdir(), "フォルダです"),
    "a pipe": (a_pipe, "ふつうのファイルではありません"),
    "a link in a circle": (a_link_in_a_circle, "リンクが輪になっています"),
    "a huge file": (a_huge_file, "ファイルが大きすぎます（600.0 MB）"),
    "an empty file": (lambda path: path.write_bytes(b""), "中身が空のファイルです"),
    "an .xls": (
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99),
        "古い形式（.xls など）のファイルです",
    ),
    "an unknown answer": (
        lambda path: path.write_bytes(export(FIRST[0].replace("満足", "まずまず"))),
        "「満足しましたか」",
    ),
}


@posix
@pytest.mark.parametrize("name", ODD)
def test_what_is_no_export_changes_nothing(own: Path, add: Call, unchanged, name: str) -> None:  # type: ignore[no-untyped-def]
    make, said = ODD[name]
    make(own.parent / "odd.csv")
    code, out, err = add("../odd.csv", "--attendees", "5")
    assert (code, out) == (1, "")
    assert said in err
    unchanged()


@posix
def test_a_link_is_taken_in_as_what_it_leads_to(own: Path, add: Call) -> None:
    (own.parent / "link.csv").symlink_to("june.csv")
    assert add("../link.csv", "--attendees", "5")[0] == 0
    placed = own / "data/responses/link.csv"
    assert not placed.is_symlink()
    assert placed.read_bytes() == export(*FIRST)


@pytest.mark.parametrize(
    ("name", "placed"),
    [
        ("JUNE.CSV", "june.csv"),
        ("june", "june.csv"),
        ("june.甲野", "june.csv"),
        ("6月.tsv", "main-1.tsv"),
    ],
)
def test_its_name_is_the_id_and_what_kind_of_file_it_is(
    own: Path, add: Call, name: str, placed: str
) -> None:
    (own.parent / "june.csv").rename(own.parent / name)
    code, _, _ = add(f"../{name}", "--attendees", "5")
    assert code == 0
    assert (own / "data/responses" / placed).read_bytes() == export(*FIRST)


def test_what_is_in_already_is_said_and_stays(own: Path, add: Call) -> None:
    add("../june.csv", "--attendees", "5")
    before = files_in(own)
    (own.parent / "june.csv").rename(own.parent / "再び.csv")
    for words in ((), ("--attendees", "5"), ("--id", "june", "--replace")):
        code, out, err = add("../再び.csv", *words)
        assert (code, err) == (0, "")
        assert out == "../再び.csv は、もう回 june の回答です。何も変えていません。\n"
    code, _, err = add("../再び.csv", "--id", "again", "--attendees", "5")
    assert code == 1
    assert "data/responses/june.csv と1バイトも違わないファイルです" in err
    assert files_in(own) == before


def test_an_export_that_stands_in_place_gets_its_session(own: Path, add: Call) -> None:
    shutil.move(own.parent / "june.csv", own / "data/responses/june.csv")
    assert add("data/responses/june.csv", "--attendees", "5")[0] == 0
    assert sorted(path.name for path in (own / "data/responses").iterdir()) == [
        ".gitkeep",
        "june.csv",
    ]
    assert Workspace(own).session("june").number == 1


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("六月.csv", (), "回答ファイルの名前が ID になりません"),
        ("june.csv", ("--id", "first"), "先にファイルの名前を変えます"),
    ],
)
def test_an_export_in_place_under_another_name(
    own: Path, add: Call, name: str, words: tuple[str, ...], said: str
) -> None:
    shutil.move(own.parent / "june.csv", own / "data/responses" / name)
    before = files_in(own)
    code, _, err = add(f"data/responses/{name}", "--attendees", "5", *words)
    assert code != 0
    assert said in err
    assert files_in(own) == before


def test_another_export_in_its_place_stays(own: Path, add: Call) -> None:
    (own / "data/responses/june.xlsx").write_bytes(b"mine")
    before = files_in(own)
    code, _, err = add("../june.csv", "--attendees", "5", "--id", "june")
    assert code == 1
    assert "data/responses/june.xlsx：この ID の回答ファイルが、もうあります" in err
    assert files_in(own) == before


# --- a session that waits, and a corrected export


def a_session(own: Path, more: str = "") -> None:
    text = f"programme: main\nnumber: 1\ntitle: 題\ndate: 2026-06-01\nattendees: 5\n{more}"
    (own / "data/sessions/june.yaml").write_text(text, encoding="utf-8")


def test_a_session_that_waits_gets_its_answers(own: Path, add: Call) -> None:
    a_session(own)
    before = (own / "data/sessions/june.yaml").read_bytes()
    code, out, _ = add("../june.csv")
    assert code == 0
    assert "（受講者）：回答 3人" in out
    assert (own / "data/sessions/june.yaml").read_bytes() == before
    assert check_workspace(Workspace(own)).respondents == 3


def test_what_a_session_says_of_its_answers_must_be_so(own: Path, add: Call) -> None:
    a_session(own, "expected_responses: 4\n")
    before = files_in(own)
    code, _, err = add("../june.csv")
    assert code == 1
    assert "回答が3件で、expected_responses の4件と違います" in err
    assert files_in(own) == before


def test_facts_of_a_session_that_is_there_are_not_taken_twice(own: Path, add: Call) -> None:
    a_session(own)
    before = files_in(own)
    code, _, err = add("../june.csv", "--attendees", "9")
    assert code == 2
    assert "回 june はもうあります。--attendees は付けずに" in err
    assert files_in(own) == before


CORRECTED = (*FIRST[:2], "2026/06/02 09:00,丙川次郎,総務,不満,長い", SECOND[1])
CHANGED = [
    "  回答 3人 → 4人",
    "  満足度：有効回答 3、無回答 0　満足 2、ふつう 1、不満 0",
    "    → 有効回答 4、無回答 0　満足 2、ふつう 1、不満 1",
    "  感想：有効回答 1、無回答 2",
    "    → 有効回答 3、無回答 1",
    "  部署（属性）：人数が変わりました",
    "  自由記述：1件 → 3件（なくなった 0件、新しい 2件）",
]


@pytest.fixture
def corrected(own: Path, add: Call) -> Path:
    """A workspace with a session whose corrected export has arrived."""
    add("../june.csv", "--attendees", "5")
    (own.parent / "june.csv").write_bytes(export(*CORRECTED))
    return own


def test_a_corrected_export_is_never_taken_silently(corrected: Path, add: Call) -> None:
    before = files_in(corrected)
    code, out, err = add("../june.csv")
    assert (code, out) == (2, "")
    assert err.splitlines()[1:-1] == CHANGED
    assert "訂正した書き出しなら --id june --replace を" in err
    assert files_in(corrected) == before


def test_a_corrected_export_says_what_it_changes(corrected: Path, add: Call) -> None:
    session = (corrected / "data/sessions/june.yaml").read_bytes()
    code, out, err = add("../june.csv", "--id", "june", "--replace")
    assert (code, err) == (0, "")
    assert out.splitlines()[1:-2] == CHANGED
    assert (corrected / "data/responses/june.csv").read_bytes() == export(*CORRECTED)
    assert (corrected / "data/sessions/june.yaml").read_bytes() == session


def test_a_corrected_export_of_another_format_takes_its_place(corrected: Path, add: Call) -> None:
    (corrected.parent / "june.csv").rename(corrected.parent / "直した.tsv")
    assert add("../直した.tsv", "--id", "june", "--replace")[0] == 0
    there = sorted(path.name for path in (corrected / "data/responses").iterdir())
    assert there == [".gitkeep", "june.tsv"]


def test_a_correction_killed_before_the_old_one_went_is_told(corrected: Path, add: Call) -> None:
    shutil.copy(corrected.parent / "june.csv", corrected / "data/responses/june.tsv")
    code, _, err = add("../june.csv", "--replace")
    assert code == 1
    assert "回答ファイルが複数あります" in err


def test_a_correction_that_counts_the_same_says_so(own: Path, add: Call) -> None:
    add("../june.csv", "--attendees", "5")
    (own.parent / "june.csv").write_bytes(export(*reversed(FIRST)))
    code, out, _ = add("../june.csv", "--replace")
    assert code == 0
    assert out.splitlines()[1:3] == ["  回答 3人のまま", NOTHING]


def test_a_correction_of_what_could_not_be_read(corrected: Path, add: Call) -> None:
    (corrected / "data/responses/june.csv").write_bytes(b"broken")
    code, out, _ = add("../june.csv", "--replace")
    assert code == 0
    assert "回答 4人（前の書き出しは読めません）" in out


def test_a_quoted_comment_must_still_be_there(corrected: Path, add: Call) -> None:
    path = corrected / "data/sessions/june.yaml"
    path.write_text(path.read_text("utf-8") + "comments: [よかった]\n", encoding="utf-8")
    (corrected.parent / "june.csv").write_bytes(export(*FIRST[1:]))
    before = files_in(corrected)
    code, _, err = add("../june.csv", "--replace")
    assert code == 1
    assert "「comments[1]」：載せる声が、どの自由記述の全文とも違います" in err
    assert files_in(corrected) == before


def test_a_session_on_the_same_day_is_said(corrected: Path, add: Call) -> None:
    (corrected.parent / "june.csv").rename(corrected.parent / "直した.csv")
    code, out, _ = add("../直した.csv", "--attendees", "5")
    assert code == 0
    assert "注意：同じ日の回がもうあります（june）" in out


# --- all or nothing


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_cannot_be_written_whole_is_taken_back(
    own: Path,
    add: Call,
    unchanged,
    monkeypatch: pytest.MonkeyPatch,
    count: int,  # type: ignore[no-untyped-def]
) -> None:
    """A disk that is full when the count-th file is put in its place; a survey goes first."""
    really, moved = Path.replace, []

    def full(self: Path, target: Path) -> Path:
        moved.append(self)
        if len(moved) == count:
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return really(self, target)

    survey = own / "data/survey.yaml"
    session, answers = own / "data/sessions/june.yaml", own / "data/responses/june.csv"
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        put({survey: b"new", answers: b"a", session: b"s"}, replacing=[survey])
    monkeypatch.undo()
    unchanged()


@posix
def test_a_folder_that_cannot_be_written(own: Path, add: Call, unchanged) -> None:  # type: ignore[no-untyped-def]
    """A file stands where the sessions' folder should: root may write anywhere."""
    shutil.rmtree(own / "data/sessions")
    (own / "data/sessions").symlink_to("gone")
    before = files_in(own)
    code, out, _ = add("../june.csv", "--attendees", "5")
    assert (code, out) == (1, "")
    assert files_in(own) == before


KILLED = """
import os, signal, sys
from pathlib import Path
really, moved = Path.replace, []
def replace(self, target):
    moved.append(self)
    if len(moved) == {count}:
        os.kill(os.getpid(), signal.SIGKILL)
    return really(self, target)
Path.replace = replace
from dxeval.cli import main
main(["add", "../6月.csv", "--attendees", "5"])
"""


@posix
@pytest.mark.parametrize("count", [1, 2])
def test_killed_in_the_midst_it_leaves_no_half_and_goes_on(
    own: Path, add: Call, count: int
) -> None:
    (own.parent / "june.csv").rename(own.parent / "6月.csv")
    code = KILLED.format(count=count)
    done = subprocess.run([sys.executable, "-c", code], cwd=own, timeout=SECONDS, check=False)
    assert done.returncode == -signal.SIGKILL
    assert Workspace(own).session_files() == {}
    for path in (own / "data/responses").glob("[!.]*"):
        assert path.read_bytes() == export(*FIRST)
    assert check_workspace(Workspace(own)).problems == []
    assert add("../6月.csv", "--attendees", "5")[0] == 0
    there = {name for name in files_in(own) if name.startswith(("data/r", "data/sess"))}
    assert there == {
        "data/responses/.gitkeep",
        "data/responses/main-1.csv",
        "data/sessions/.gitkeep",
        "data/sessions/main-1.yaml",
    }


# --- at a terminal, and without one


@pytest.mark.parametrize("stdin", [subprocess.PIPE, subprocess.DEVNULL])
def test_without_a_terminal_it_never_waits(own: Path, stdin: int) -> None:
    process = start(own, "add", "../june.csv", stdin=stdin, stderr=subprocess.PIPE)
    try:
        assert process.wait(SECONDS) == 2
    finally:
        process.kill()
        process.communicate()
    assert Workspace(own).session_files() == {}


@posix
def test_at_a_terminal_it_asks_what_it_was_not_told(own: Path) -> None:
    with Terminal(own, "add", "../june.csv", "--title", "題") as terminal:
        terminal.wait_for("（--date で示せば尋ねません） [2026-06-01]: ")
        terminal.type("六月\n")
        terminal.wait_for("「--date」：日付は 2025-06-04 のように")
        terminal.wait_for("[2026-06-01]: ")
        terminal.type("\n")
        terminal.wait_for("回答者は3人です。")
        terminal.wait_for("（--attendees で示せば尋ねません） [3]: ")
        terminal.type("5\n")
        terminal.wait_for("回 june を加えました")
        assert terminal.process.wait(SECONDS) == 0
    session = Workspace(own).session("june")
    assert (session.title, session.date, session.attendees) == ("題", date(2026, 6, 1), 5)


@posix
@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 130), ("\n", 130)])
def test_at_a_terminal_a_correction_is_asked(corrected: Path, answer: str, code: int) -> None:
    before = files_in(corrected)
    with Terminal(corrected, "add", "../june.csv") as terminal:
        terminal.wait_for("自由記述：1件 → 3件")
        terminal.wait_for("[y/N]: ")
        terminal.type(answer)
        terminal.wait_for(GAVE_UP if code else "回答を置きかえました")
        assert terminal.process.wait(SECONDS) == code
    assert (files_in(corrected) == before) == bool(code)


@posix
@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_who_gives_up_at_a_question_has_changed_nothing(own: Path, unchanged, key: str) -> None:  # type: ignore[no-untyped-def]
    with Terminal(own, "add", "../june.csv") as terminal:
        terminal.wait_for("]: ")
        terminal.press_until_it_ends(key)
        terminal.wait_for(GAVE_UP)
        assert terminal.process.returncode == 130
    unchanged()


# --- a form that nobody has declared


@dataclass(frozen=True)
class FakeQuestion:
    text: str
    choices: tuple[str, ...]
    key: str


@dataclass(frozen=True)
class FakeColumn:
    header: str
    what: str
    why: str
    kept: bool = True


@dataclass(frozen=True)
class FakeDraft:
    """Stands for a draft of SURVEY: what is open is not YAML yet."""

    questions: tuple[FakeQuestion, ...] = ()
    columns: tuple[FakeColumn, ...] = (
        FakeColumn("満足しましたか", "満足度", "知っている選択肢"),
        FakeColumn("氏名", "読まない", "個人に関するもの", kept=False),
        FakeColumn("kono@example.jp", "読まない", "設問ではない", kept=False),
    )
    settled: dict[str, str] = field(default_factory=dict)
    asked: Sequence[str] = ()

    @property
    def survey(self) -> str:
        return SURVEY + "".join(f"決めること: {question.key}\n" for question in self.questions[:1])

    def answered(self, key: str, choice: str) -> "FakeDraft":
        left = tuple(question for question in self.questions if question.key != key)
        return replace(self, questions=left, settled={**self.settled, key: choice})


def fake(monkeypatch: pytest.MonkeyPatch, made: FakeDraft | Exception) -> None:
    def draft(path: Path, name: str) -> FakeDraft:
        if isinstance(made, Exception):
            raise made
        return made

    module = types.ModuleType("dxeval.drafting.draft")
    module.draft = draft  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dxeval.drafting.draft", module)


def questions(number: int) -> tuple[FakeQuestion, ...]:
    return tuple(FakeQuestion(f"問{i}", ("満足が上", "不満が上"), f"q{i}") for i in range(number))


@pytest.fixture
def new(own: Path) -> Path:
    """A workspace as `init` leaves it."""
    (own / "data/survey.yaml").write_bytes(OWN_SURVEY)
    return own


def test_a_draft_takes_the_place_of_the_survey_that_was_begun(
    new: Path, add: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(monkeypatch, FakeDraft())
    really, moved = Path.replace, []
    monkeypatch.setattr(Path, "replace", lambda *ends: (moved.append(ends[1]), really(*ends)))
    code, out, err = add("../june.csv", "--attendees", "5")
    assert (code, err) == (0, "")
    assert [path.name for path in moved] == ["survey.yaml", "june.csv", "june.yaml"]
    assert "  「氏名」：読まない（個人に関するもの）\n  「（表示しません）」：" in out
    assert "満足度：有効回答 3、無回答 0　満足 2、ふつう 1、不満 0" in out
    assert "dxeval run" in out
    assert (new / "data/survey.yaml").read_text("utf-8") == SURVEY
    report = check_workspace(Workspace(new))
    assert (report.problems, report.respondents) == ([], 3)
    assert Workspace(new).session("june").date == date(2026, 6, 1)
    assert add("../july.csv", "--attendees", "5")[0] == 0


def test_what_is_open_stays_marked_and_nothing_is_made(
    new: Path, add: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(monkeypatch, FakeDraft(questions(1)))
    code, out, err = add("../june.csv", "--attendees", "5", "--date", "2026-06-01")
    assert (code, err) == (0, "")
    assert out.endswith(f"{UNSETTLED}\n")
    assert "有効回答" not in out
    assert (new / "data/responses/june.csv").read_bytes() == export(*FIRST)
    assert Workspace(new).session_files().keys() == {"june"}
    assert check_workspace(Workspace(new)).problems


OPEN = """\
items:
  - name: 満足度
    question: 満足しましたか
    levels: [満足, ふつう, 不満]

forms:
  - name: 受講者
    timestamp: 日時
    items: {満足度: 満足しましたか}
"""


@pytest.mark.parametrize(("place", "dated"), [("満足度", True), ("受講者", False)])
def test_an_open_question_leaves_the_date_certain_an_open_form_does_not(
    new: Path, add: Call, monkeypatch: pytest.MonkeyPatch, place: str, dated: bool
) -> None:
    first = f"  - name: {place}\n"
    marked = OPEN.replace(first, f"{first}    unsettled: 確かめる\n")
    monkeypatch.setattr(FakeDraft, "survey", marked)
    fake(monkeypatch, FakeDraft())
    code, _, err = add("../june.csv", "--attendees", "5")
    assert ("--date" in err, code) == (not dated, 0 if dated else 2)
    if dated:
        text = (new / "data/sessions/june.yaml").read_text("utf-8")
        assert "date: 2026-06-01\n" in text


def test_a_waiting_session_may_have_its_form_drafted(
    new: Path, add: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(monkeypatch, FakeDraft())
    a_session(new)
    assert add("../june.csv")[0] == 0
    assert check_workspace(Workspace(new)).respondents == 3


def test_answers_that_do_not_fit_their_draft_are_said(
    new: Path, add: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(monkeypatch, FakeDraft())
    (new.parent / "june.csv").write_bytes(export(FIRST[0].replace("満足", "まずまず")))
    code, out, _ = add("../june.csv", "--attendees", "5", "--date", "2026-06-01")
    assert code == 0
    assert "下書きの通りには、この回答を読めません" in out
    assert "「満足しましたか」" in out


def test_what_cannot_be_drafted_is_refused(
    new: Path,
    add: Call,
    unchanged,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
) -> None:
    fake(monkeypatch, DataError([Problem(ProblemKind.NOT_AN_EXPORT, "june.csv", "だめです")]))
    before = files_in(new)
    code, _, err = add("../june.csv", "--attendees", "5")
    assert code == 1
    assert "だめです" in err
    assert files_in(new) == before


def test_a_survey_of_ones_own_is_not_replaced(
    own: Path, add: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(monkeypatch, FakeDraft(questions(5)))
    other = export("1,よい", header="番号,講師の評価")
    (own.parent / "other.csv").write_bytes(other)
    before = files_in(own)
    code, _, err = add("../other.csv", "--attendees", "5")
    assert code == 1
    assert f"下書きを {DRAFT} に書きました" in err
    made = files_in(own)
    assert made.pop(DRAFT).decode().startswith("items:")
    assert made == before
    assert check_workspace(Workspace(own)).problems == []
    (own / DRAFT).write_text("mine")
    assert f"{DRAFT} があるので" in add("../other.csv", "--attendees", "5")[2]
    assert (own / DRAFT).read_text() == "mine"


def test_a_begun_survey_with_answers_on_it_is_kept(
    new: Path, add: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(monkeypatch, FakeDraft())
    a_session(new)
    (new / "data/responses/june.csv").write_bytes(b"any")
    code, _, err = add("../july.csv", "--attendees", "5")
    assert code == 1
    assert DRAFT in err
    assert (new / "data/survey.yaml").read_bytes() == OWN_SURVEY


def test_at_most_three_questions_are_asked(
    new: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from dxeval.adding import drafting

    fake(monkeypatch, FakeDraft(questions(5)))
    typed = iter([2, 3, 1])
    monkeypatch.setattr(drafting.click, "prompt", lambda *_, **__: next(typed))
    draft = drafting.drafted(new.parent / "june.csv", "june.csv", may_ask=True)
    assert draft.settled == {"q0": "不満が上", "q2": "満足が上"}
    assert [question.key for question in draft.questions] == ["q1", "q3", "q4"]
    shown = capsys.readouterr().err
    assert "問0\n  1. 満足が上\n  2. 不満が上\n  3. あとで決める\n" in shown
    assert "問3" not in shown
