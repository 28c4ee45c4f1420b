"""Which comments are shown, and why: the register there and back, and what it refuses."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup
from conftest import copy_workspace
from hypothesis import given
from hypothesis import strategies as st
from libreoffice import SOFFICE, save_as_xlsx
from test_batch import command, keep_sessions

from dxeval.commenting.checking import decided
from dxeval.commenting.entries import CUT, NO, OPEN, YES, Entry, changed, entries
from dxeval.commenting.marks import mark_of
from dxeval.commenting.parts import make
from dxeval.commenting.reading import read_register
from dxeval.commenting.register import PLACE, write
from dxeval.commenting.session_text import scalar
from dxeval.commenting.taking import take
from dxeval.commenting.workbook import COLUMNS, Part, workbook
from dxeval.definitions.decision import bare
from dxeval.definitions.strict import Strict, Text
from dxeval.definitions.strict_yaml import read_yaml_text
from dxeval.errors import DataError
from dxeval.presenting.sections import all_comments, comments
from dxeval.problems import ProblemKind as Kind
from dxeval.reading.remarks import Written
from dxeval.report.sources import Sources
from dxeval.workspace import Workspace

SESSION, EXPORT = "data/sessions/exchange-1.yaml", "data/responses/exchange-1.csv"
HEADS = list(COLUMNS)
TEXT, MARK, REASON, EDIT = (HEADS.index(name) + 1 for name in HEADS[4:])
REASONED = "委託元の希望（3月）"
Sheet = openpyxl.worksheet.worksheet.Worksheet


@pytest.fixture
def one(tmp_path: Path) -> Workspace:
    """Two sessions, of one of which there is a register: six comments, two of them chosen."""
    workspace = copy_workspace(tmp_path / "w")
    keep_sessions(workspace, "exchange-1", "exchange-2")
    write(workspace)
    return workspace


def change(workspace: Workspace, edit: Callable[[Sheet], object], place: Path = PLACE) -> Path:
    """Let a person change the register, as another programme saves it."""
    path = workspace.root / place
    book = openpyxl.load_workbook(path)
    edit(book.worksheets[0])
    book.save(path)
    return path


def put(row: int, column: int, value: object) -> Callable[[Sheet], object]:
    def edit(sheet: Sheet) -> None:
        sheet.cell(row, column).value = value

    return edit


def cells(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def session_files(workspace: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (workspace.root / "data").rglob("*.yaml")}


def refusal(workspace: Workspace, path: Path) -> DataError:
    before = session_files(workspace)
    with pytest.raises(DataError) as caught:
        take(workspace, path)
    assert session_files(workspace) == before
    return caught.value


def test_the_register_has_a_line_a_comment_and_nothing_that_is_calculated(one: Workspace) -> None:
    header, *lines = cells(one.root / PLACE)
    assert list(header) == HEADS
    written = [
        (session.id, number, said.question, said.row, said.text)
        for session in one.sessions()
        for number, said in enumerate(one.responses(session).written, start=1)
    ]
    assert [line[:5] for line in lines] == written
    chosen = {line[4] for line in lines if line[5] == "○"}
    assert chosen == {text for session in one.sessions() for text in session.comments}
    assert (one.root / "scratch/.gitignore").read_text() == "*\n"
    before = (one.root / PLACE).read_bytes()
    write(one)
    assert (one.root / PLACE).read_bytes() == before


def test_what_is_decided_stands_in_the_file_and_in_the_next_register(one: Workspace) -> None:
    before = (one.root / SESSION).read_text("utf-8")
    text = str(cells(one.root / PLACE)[1][4])
    edit = f"{text[:6]}（略）{text[12:]}"

    def fill(sheet: Sheet) -> None:
        for column, value in {MARK: "o", REASON: f" {REASONED}\r\n次も ", EDIT: edit}.items():
            sheet.cell(2, column).value = value
        sheet.cell(3, MARK).value = "×"
        sheet.cell(4, REASON).value = "=まだ決めない"
        sheet.cell(4, REASON).data_type = "s"

    changes = take(one, change(one, fill))
    assert [*changes] == ["exchange-1"]
    after = (one.root / SESSION).read_text("utf-8")
    lines = [line for line in after.splitlines() if line not in before.splitlines()]
    assert after.startswith(before.rstrip()), "nothing else has changed"
    assert [line[:4] for line in lines] == ["  - ", "deci", "  - ", "  - ", "  - "]
    session = one.session("exchange-1")
    assert session.comments[-1] == edit
    assert text not in after
    assert str(cells(one.root / PLACE)[2][4]) not in after
    assert REASONED not in repr(session)

    assert take(one, one.root / PLACE) == {}
    write(one)
    written = (one.root / PLACE).read_bytes()
    lines_now = cells(one.root / PLACE)
    assert lines_now[1][5:] == ("○", f"{REASONED}\n次も", edit)
    assert lines_now[2][5:] == ("×", None, None)
    assert lines_now[3][5:] == (None, "=まだ決めない", None)
    assert take(one, one.root / PLACE) == {}
    assert (one.root / SESSION).read_text("utf-8") == after
    write(one)
    assert (one.root / PLACE).read_bytes() == written


def test_a_register_may_be_gone_on_with(one: Workspace) -> None:
    take(one, change(one, put(2, MARK, "○")))
    take(one, change(one, put(2, MARK, "×")))
    take(one, change(one, put(3, MARK, "はい")))
    texts = [line[4] for line in cells(one.root / PLACE)]
    assert one.session("exchange-1").comments[-1] == texts[2]
    assert texts[1] not in one.session("exchange-1").comments
    assert one.session("exchange-1").decisions[0].chosen is False


def test_lines_may_be_sorted_filtered_and_hidden(one: Workspace) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.cell(2, MARK).value = "○"
        lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for place, line in enumerate(sorted(lines, key=lambda line: str(line[4])), start=2):
            for column, value in enumerate(line, start=1):
                sheet.cell(place, column).value = value
        sheet.row_dimensions[3].hidden = True
        sheet.cell(len(lines) + 5, 1).value = " "

    text = cells(one.root / PLACE)[1][4]
    assert [*take(one, change(one, fill))] == ["exchange-1"]
    assert one.session("exchange-1").comments[-1] == text


def move(sheet: Sheet) -> None:
    sheet.move_range("A1:H1", rows=0, cols=1)


def whole(sheet: Sheet, row: int) -> str:
    return str(sheet.cell(row, TEXT).value)


REFUSED: dict[str, tuple[Callable[[Sheet], object], Kind, str]] = {
    "text": (put(2, TEXT, "よかった"), Kind.REGISTER_ROW, "2行目 「自由記述」"),
    "question": (put(2, 3, "要望"), Kind.REGISTER_ROW, "2行目 「設問」"),
    "row": (put(2, 4, 99), Kind.REGISTER_ROW, "2行目 「行」"),
    "number": (put(2, 2, 99), Kind.REGISTER_ROW, "台帳に書いた行ではありません"),
    "session": (put(2, 1, "exchange-2"), Kind.REGISTER_ROW, "2行目 「自由記述」"),
    "added": (
        lambda s: s.append(["exchange-1", 9, "感想", 9, "よい"]),
        Kind.REGISTER_ROW,
        "足した",
    ),
    "scribble": (lambda s: s.cell(40, 7, "メモ"), Kind.REGISTER_ROW, "40行目"),
    "removed": (lambda s: s.delete_rows(3), Kind.REGISTER_ROW, "1行あります（exchange-1 の2）"),
    "twice": (lambda s: s.append([c.value for c in s[2]]), Kind.REGISTER_ROW, "最初は2行目"),
    "column": (lambda s: s.cell(1, 9, "メモ"), Kind.NOT_A_REGISTER, "台帳の形ではありません"),
    "beside": (lambda s: s.cell(3, 9, "メモ"), Kind.NOT_A_REGISTER, "3行目"),
    "moved": (move, Kind.NOT_A_REGISTER, "列は 回、番号"),
    "title": (lambda s: s.insert_rows(1), Kind.NOT_A_REGISTER, "台帳の形ではありません"),
    "sheet": (lambda s: s.parent.create_sheet("メモ"), Kind.NOT_A_REGISTER, "シートや列"),
    "renamed": (lambda s: setattr(s, "title", "Sheet1"), Kind.NOT_A_REGISTER, "声の台帳"),
    "formula": (put(2, MARK, '=IF(1,"○","")'), Kind.FORMULA, "2行目 「載せる」：数式のセル"),
    "merged": (lambda s: s.merge_cells("G2:G3"), Kind.MERGED, "結合を解除"),
    "mark": (put(2, MARK, "△"), Kind.REGISTER_MARK, "2行目 「載せる」：載せるかどうか"),
    "name": (put(2, MARK, "検討中"), Kind.REGISTER_MARK, "期待する形：○ か ×"),
    "edit": (lambda s: put(2, EDIT, whole(s, 2))(s), Kind.REGISTER_MARK, "載せないのに"),
}
EDITS: dict[str, tuple[Callable[[str], str], Kind]] = {
    "a part": (lambda text: text[:8], Kind.UNSAID),
    "words more": (lambda text: f"{text}とても良い。", Kind.UNSAID),
    "the opposite": (lambda text: text.replace("ない", "る"), Kind.UNSAID),
    "nothing": (lambda _: "（略）", Kind.UNSAID),
    "another": (lambda _: "次の回も参加したい。", Kind.UNSAID),
}


@pytest.mark.parametrize(("edit", "kind", "said"), REFUSED.values(), ids=REFUSED)
def test_what_was_not_written_is_refused_in_one_message(
    one: Workspace, edit: Callable[[Sheet], object], kind: Kind, said: str
) -> None:
    error = refusal(one, change(one, edit))
    assert [problem.kind for problem in error.problems] == [kind]
    assert said in str(error)
    assert str(error).startswith(PLACE.as_posix())


@pytest.mark.parametrize(("edit", "kind"), EDITS.values(), ids=EDITS)
def test_an_edit_must_be_the_whole_comment(
    one: Workspace, edit: Callable[[str], str], kind: Kind
) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.cell(2, MARK).value = "○"
        sheet.cell(2, EDIT).value = edit(whole(sheet, 2))

    error = refusal(one, change(one, fill))
    assert [problem.kind for problem in error.problems] == [kind]
    assert "2行目 「編集後の文」" in str(error)


def test_a_comment_with_a_telephone_number_needs_an_edit(one: Workspace) -> None:
    export = one.root / EXPORT
    text = str(cells(one.root / PLACE)[1][4])
    export.write_text(
        export.read_text("utf-8").replace(text, f"{text}電話は03-1234-5678まで。"), "utf-8"
    )
    shutil.rmtree(one.root / "scratch")
    write(one)
    error = refusal(one, change(one, put(2, MARK, "○")))
    assert [problem.kind for problem in error.problems] == [Kind.QUOTED_CONTACT]
    assert "2行目 「載せる」" in str(error)
    assert "03-1234" not in str(error)
    take(one, change(one, put(2, EDIT, f"{text}電話は（略）まで。")))
    assert one.session("exchange-1").comments[-1].endswith("電話は（略）まで。")
    assert one.responses(one.session("exchange-1")).arrived


def test_another_export_since_is_refused(one: Workspace) -> None:
    path = change(one, put(2, MARK, "○"))
    (one.root / EXPORT).write_bytes((one.root / EXPORT).read_bytes() + b"\n")
    assert "exchange-1 の回答ファイルが変わりました" in str(refusal(one, path))
    with pytest.raises(DataError, match="上書きしない"):
        write(one)


def test_a_withdrawal_since_is_refused(one: Workspace) -> None:
    from dxeval.definitions.withdrawal import fingerprint

    line, known = cells(one.root / PLACE)[1], fingerprint((one.root / EXPORT).read_bytes())
    file = one.root / SESSION
    said = f"{{row: {line[3]}, reason: 申し出, date: 2025-07-20, export: '{known}'}}"
    file.write_text(file.read_text("utf-8") + f"withdrawn: [{said}]\n", "utf-8")
    error = refusal(one, one.root / PLACE)
    assert [problem.kind for problem in error.problems] == [Kind.REGISTER_EXPORT]
    assert "自由記述の数が変わりました" in str(error)


def test_another_workspace_is_refused(one: Workspace, tmp_path: Path) -> None:
    other = copy_workspace(tmp_path / "other")
    keep_sessions(other, "bpr-1")
    error = refusal(other, one.root / PLACE)
    assert "別の作業フォルダの台帳です" in str(error)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused(one: Workspace, content: bytes) -> None:
    path = one.root / "scratch/x.xlsx"
    path.write_bytes(content)
    assert [problem.kind for problem in refusal(one, path).problems] == [Kind.UNREADABLE]
    path.unlink()
    assert [problem.kind for problem in refusal(one, path).problems] == [Kind.UNREADABLE]


def test_what_was_not_read_back_is_not_overwritten(one: Workspace) -> None:
    path = change(one, put(2, REASON, REASONED))
    before = path.read_bytes()
    with pytest.raises(DataError, match="まだ読み戻していません") as caught:
        write(one)
    assert [problem.kind for problem in caught.value.problems] == [Kind.REGISTER_UNREAD]
    assert path.read_bytes() == before
    take(one, path)
    write(one)
    path.write_bytes(b"mine")
    with pytest.raises(DataError, match="読み戻せません"):
        write(one)
    assert path.read_bytes() == b"mine"


def test_what_was_chosen_by_hand_since_is_not_lost(one: Workspace) -> None:
    lines = cells(one.root / PLACE)
    path = change(one, put(2, MARK, "○"))
    file = one.root / SESSION
    file.write_text(file.read_text("utf-8") + f"  - {lines[2][4]}\n", "utf-8")
    assert "載せる声か理由が変わりました" in str(refusal(one, path))


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        *(
            (typed, YES)
            for typed in ["○", "〇", "◯", "o", "O", "ｏ", "レ", "✓", "✔️", " 1 ", "はい"]
        ),
        *((typed, NO) for typed in ["×", "✕", "x", "Ｘ", "0", "いいえ", "FALSE"]),
        *((typed, OPEN) for typed in ["", " ", "　\n"]),
        *((typed, None) for typed in ["△", "?", "２", "○×", "保留", "-", "10", "=1"]),
    ],
)
def test_marks(typed: str, mark: str | None) -> None:
    assert mark_of(typed) == mark


ITEM = "  - {}\n"
LAYOUTS = {
    "none": "",
    "empty": "comments: []\n",
    "brackets": "comments: [{0}, '{1}']   # 委託元と\n",
    "block": "comments:   # 委託元と\n  # 1\n  - {0}  # 長い\n\n  - >-\n    {1}\n\n# 終わり\n",
    "flush": "comments:\n- {0}\n- {1}\n",
    "first": "comments:\n    -   '{0}'\n    -   {1}\nkept: 1\n",
}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_else_in_a_sessions_file_changes(
    tmp_path: Path, layout: str, last: bool, ends: str
) -> None:
    workspace = copy_workspace(tmp_path)
    keep_sessions(workspace, "exchange-1")
    path = workspace.root / SESSION
    head = path.read_text("utf-8").partition("comments:")[0]
    texts = [said.text for said in workspace.responses(workspace.session("exchange-1")).written]
    block = LAYOUTS[layout].format(*texts[3:]).replace("kept: 1\n", "not_asked: []\n")
    text = head + block if last else block + head
    mark = "\ufeff" if layout == "flush" else ""
    path.write_bytes(
        (mark + text.rstrip("\n") * last + text * (not last)).replace("\n", ends).encode()
    )
    before = path.read_bytes().decode()
    session = workspace.session("exchange-1")
    write(workspace)

    def fill(sheet: Sheet) -> None:
        sheet.cell(2, MARK).value = "○"
        sheet.cell(3, MARK).value = "×"
        sheet.cell(5, MARK).value = None

    take(workspace, change(workspace, fill))
    now = workspace.session("exchange-1")
    kept = [said for said in session.comments if bare(said) != bare(texts[3])]
    assert now.comments == (*kept, texts[0])
    assert now.model_copy(update={"comments": (), "decisions": ()}) == session.model_copy(
        update={"comments": ()}
    )
    after = path.read_bytes().decode()
    lost = [line for line in before.splitlines() if line not in after.splitlines()]
    assert len(lost) <= 1, lost
    assert after.count("#") == before.count("#") - (layout == "block")
    assert ("\r\n" in after) == (ends == "\r\n")
    assert "\n" not in after.replace("\r\n", "") or ends == "\n"
    take(workspace, change(workspace, put(3, MARK, None)))
    assert "decisions" not in path.read_text("utf-8-sig")
    write(workspace)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: json.dumps(_plain(text), ensure_ascii=False),
        lambda text: f"{text}...\n",
        lambda text: text.replace("comments:\n  - ", "comments: [ # だめ\n  ") + "  ]\n",
    ],
)
def test_what_cannot_be_changed_in_place_is_told_with_the_lines_to_paste(
    one: Workspace, spoil: Callable[[str], str]
) -> None:
    path = one.root / SESSION
    text = path.read_text("utf-8").partition("comments:")[0] + "comments:\n"
    said = one.session("exchange-1").comments[0]
    path.write_text(spoil(f"{text}  - {said}\n"), "utf-8")
    (one.root / PLACE).unlink()
    write(one)
    change(one, put(2, MARK, "○"))
    register = change(one, put(3, MARK, "×"))
    error = refusal(one, register)
    assert [problem.kind for problem in error.problems] == [Kind.BY_HAND]
    pasted = str(error).partition("替える）：\n")[2]
    path.write_text(text.partition("comments:")[0] + pasted + "\n", "utf-8")
    assert take(one, register) == {}


def _plain(text: str) -> object:
    import yaml

    return yaml.load(text, Loader=yaml.BaseLoader)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip)
LINES = st.lists(
    st.tuples(WORDS, st.sampled_from([YES, NO, OPEN]), WORDS | st.just("")), min_size=1, max_size=6
)


@given(LINES)
def test_comments_of_any_characters_come_back(lines: list[tuple[str, str, str]]) -> None:
    written = [
        Entry("s", number, Written(number + 1, "感想", text), mark, reason)
        for number, (text, mark, reason) in enumerate(lines, start=1)
    ]
    part = Part("s", "s.csv", "0" * 12, tuple(written))
    returned = read_register(workbook([part]), "x.xlsx")
    back = decided(returned.lines, written, "x.xlsx")["s"]
    assert [(one.mark, bare(one.decided[1])) for one in back] == [
        (one.mark, bare(one.decided[1])) for one in written
    ]
    assert workbook([part]) == workbook([part])


class Said(Strict):
    said: tuple[Text, ...]


@given(WORDS)
def test_any_text_is_written_as_yaml(text: str) -> None:
    said = text.strip()
    read = read_yaml_text(f"said:\n  - {scalar(said)}\n", Said, "x.yaml")
    assert read.said == (said,)


@given(st.lists(st.tuples(st.sampled_from("あいう"), st.sampled_from([YES, NO, OPEN])), max_size=7))
def test_of_the_same_words_by_several_people_each_keeps_its_decision(
    lines: list[tuple[str, str]],
) -> None:
    session = Workspace(Path(__file__).parents[1] / "dxeval/example").session("exchange-1")
    session = session.model_copy(update={"comments": ()})
    written = [Written(row, "感想", text) for row, (text, _) in enumerate(lines, start=2)]
    read = [
        Entry("exchange-1", number, said, mark)
        for number, (said, (_, mark)) in enumerate(zip(written, lines, strict=True), start=1)
    ]
    change_ = changed(session, written, read)
    after = session if change_ is None else change_.applied(session)
    assert [one.mark for one in entries(after, written)] == [mark for _, mark in lines]
    assert changed(after, written, read) is None


HOSTILE = [
    "=1+1",
    "+81の件",
    "-よかった",
    "@home",
    "'引用",
    " 前に空白",
    "二行の\r\n感想\n\n終わり",
    "👨‍👩‍👧‍👦 🇯🇵 葛󠄀城",
    "_x000D_ と書いた",
    "\u202e逆さ\u202c",
    "007",
    "2025-06-01",
    "<b>&amp;</b>",
    "TRUE",
    "長い" * 20_000,
    "\tタブ\tタブ",
]


def hostile() -> tuple[Part, list[Entry]]:
    written = [
        Entry("s", number, Written(number + 1, "感想\n（自由に）", text), YES, "=理由", "")
        for number, text in enumerate(HOSTILE, start=1)
    ]
    return Part("s", "s.csv", "0" * 12, tuple(written)), written


def test_hostile_comments_come_back_from_another_programme() -> None:
    part, written = hostile()
    book = openpyxl.load_workbook(io.BytesIO(workbook([part])))
    assert str(book.worksheets[0].cell(16, TEXT).value).endswith(CUT)
    saved = io.BytesIO()
    for row in book.worksheets[0].iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    book.worksheets[0].cell(10, TEXT).value = "_x005F_x000D_ と書いた"  # which openpyxl unescaped
    book.save(saved)
    returned = read_register(saved.getvalue(), "x.xlsx")
    assert len(decided(returned.lines, written, "x.xlsx")["s"]) == len(HOSTILE)


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice (libreoffice-calc-nogui)")
def test_hostile_comments_come_back_from_libreoffice(tmp_path: Path) -> None:
    part, written = hostile()
    save_as_xlsx({"r.xlsx": workbook([part])}, tmp_path)
    content = (tmp_path / "r.xlsx").read_bytes()
    assert content != workbook([part])
    returned = read_register(content, "r.xlsx")
    back = decided(returned.lines, written, "r.xlsx")["s"]
    assert [one.decided for one in back] == [one.decided for one in written]
    assert returned.exports == (part.line,)


def test_reasons_reach_no_job_and_make_no_page_stale(one: Workspace) -> None:
    session = one.session("exchange-1")
    before = Sources(one).session(session)
    take(one, change(one, put(2, REASON, REASONED)))
    assert REASONED in (one.root / SESSION).read_text("utf-8")
    assert Sources(one).session(one.session("exchange-1")) == before


def test_of_a_comment_that_is_gone_the_decision_goes(one: Workspace) -> None:
    row = cells(one.root / PLACE)[1][3]
    take(one, change(one, put(2, REASON, REASONED)))
    export = one.root / EXPORT
    lines = export.read_text("utf-8").splitlines(keepends=True)
    kept = [line for place, line in enumerate(lines, start=1) if place != row]
    export.write_text("".join(kept), "utf-8")
    (one.root / PLACE).unlink()
    write(one)
    take(one, one.root / PLACE)
    assert REASONED not in (one.root / SESSION).read_text("utf-8")


def test_a_reason_finds_its_comment_in_another_export(one: Workspace) -> None:
    text = cells(one.root / PLACE)[2][4]
    take(one, change(one, put(3, REASON, REASONED)))
    export = one.root / EXPORT
    note, header, first, *rest = export.read_text("utf-8").splitlines(keepends=True)
    export.write_text("".join([note, header, *rest, first]), "utf-8")
    (one.root / PLACE).unlink()
    write(one)
    assert [line[4] for line in cells(one.root / PLACE) if line[6] == REASONED] == [text]


def test_the_command_says_what_it_did(
    one: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = command(one, monkeypatch, capsys, "comments")
    assert (code, err) == (0, "")
    assert "2回の自由記述11件（載せる4件）の台帳を書きました：scratch/comments.xlsx" in out
    code, out, _ = command(one, monkeypatch, capsys, "comments", PLACE.as_posix())
    assert (code, out) == (0, "回のファイルと同じです。何も変えていません。\n")
    change(one, put(2, MARK, "○"))
    code, out, _ = command(one, monkeypatch, capsys, "comments", PLACE.as_posix())
    assert (code, out) == (0, f"{SESSION}：載せる声 3件、残した決定と理由 0件\n")
    change(one, put(2, MARK, "△"))
    code, _, err = command(one, monkeypatch, capsys, "comments", PLACE.as_posix())
    assert code == 1
    assert "△" in err
    (one.root / "data/sessions/exchange-2.yaml").write_text("x: [", "utf-8")
    (one.root / PLACE).unlink()
    code, out, err = command(one, monkeypatch, capsys, "comments")
    assert (code, "1回の自由記述" in out, "exchange-2：台帳に入れ" in err) == (1, True, True)


def test_without_answers_there_is_no_register(one: Workspace) -> None:
    shutil.rmtree(one.root / "data/responses")
    shutil.rmtree(one.root / "scratch")
    assert make(one).parts == ()
    write(one)
    assert not (one.root / PLACE).exists()


def test_pages_say_of_how_many_comments_so_many_are_shown(one: Workspace) -> None:
    programme, sessions = one.programme, one.sessions()
    scores = one.score_all(sessions)

    def headings() -> list[str]:
        html = str(all_comments(sessions, programme, scores).html)
        return [part.get_text() for part in BeautifulSoup(html, "html.parser")(["h2", "h3"])]

    assert headings() == [
        "参加者の声（掲載 4件 ／ 記入 11件）",
        "①第1回（掲載 2件 ／ 記入 6件）",
        "①第2回（掲載 2件 ／ 記入 5件）",
    ]
    (one.root / EXPORT).unlink()
    scores = one.score_all(sessions)
    assert headings() == [
        "参加者の声（掲載 2件 ／ 記入 5件）",
        "①第1回",
        "①第2回（掲載 2件 ／ 記入 5件）",
    ]
    assert "件" not in str(all_comments(sessions, programme).html).partition("blockquote")[0]
    html = str(comments(sessions[0], one.responses(sessions[0])).html)
    assert "記入" not in html
    assert sessions[0].comments[0] in html
    none = sessions[0].model_copy(update={"comments": ()})
    assert "まだ届いていません" in str(comments(none, one.responses(none)).html)
