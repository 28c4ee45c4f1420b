"""Every hint that a check prints, followed to the letter: then the file is read, or the kind gone.

Where a message shows lines of YAML, they are taken out of it and pasted; where it asks for another
export, the same answers as a form writes them take the file's place.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import copy_workspace
from forge import Xml, pack, parts, sheet, xlsx
from PIL import Image
from test_cases import CODES, ITEMS, Q1, Q2, read

from dxeval.check import check_workspace
from dxeval.errors import DataError
from dxeval.problems import Problem
from dxeval.problems import ProblemKind as Kind
from dxeval.report.ready import not_ready, to_be_known
from dxeval.workspace import Workspace

FORM = f"""
forms:
  - name: f
    items:
      理解度: {Q1}
      満足度: {Q2}
"""
SURVEY = ITEMS + FORM
HEADS = f"{Q1},{Q2}\n"
A, B = "理解できた,満足", "よく理解できた,大いに満足"
RIGHT = f"{HEADS}{A}\n{B}\n"
IDS = f"番号,回答日時,{Q1},{Q2}\n"
BY_ID = SURVEY + "    respondent_id: 番号\n"
TWICE = IDS + f"N7,2025/06/04 16:00,理解できなかった,不満\nN7,2025/06/04 16:30,{A}\nN8,,{B}\n"
SHEET = [HEADS.strip().split(","), A.split(","), B.split(",")]

Edit = Callable[[str, str], str]
"""From the survey.yaml and the printed message to the survey.yaml that it asks for."""


def printed(message: str, key: str) -> str:
    """Return ``key: value`` as the message prints it."""
    found = re.search(rf"{key}: (\{{.*\}}|\[[^\]]*\]|\"[^\"]*\"|[^\s（）。、]+)", message)
    assert found, message
    return found[0]


def item_key(key: str, item: str = "理解度") -> Edit:
    def edit(survey: str, message: str) -> str:
        return survey.replace(f"- name: {item}\n", f"- name: {item}\n    {printed(message, key)}\n")

    return edit


def form_key(key: str) -> Edit:
    return lambda survey, message: f"{survey}    {printed(message, key)}\n"


def headers_of(item: str) -> Edit:
    def edit(survey: str, message: str) -> str:
        return re.sub(rf"      {item}: .*", f"      {printed(message, item)}", survey)

    return edit


def resubmission(survey: str, message: str) -> str:
    return f"{printed(message, 'resubmission')}\n{survey}    {printed(message, 'timestamp')}\n"


def another_form(survey: str, message: str) -> str:
    lines = message.partition("一字一句）：\n")[2]
    assert "items:" in lines, message
    return survey.rstrip() + "\n" + lines + "\n"


def mixed(survey: str, message: str) -> str:
    """Follow both halves: the aliases into the question, its codes out of the form."""
    assert "codes から 理解度 を消し" in message
    return re.sub(r"      理解度: \{.*\n", "", item_key("aliases")(survey, message))


def codes(survey: str, message: str) -> str:
    levels = {"4": "よく理解できた", "3": "理解できた"}
    line = printed(message, "codes")
    for number, level in levels.items():
        line = re.sub(rf'"{number}": "（選択肢）"', f'"{number}": {level}', line)
    return f"{survey}    {line}\n"


def counted_values(survey: str, message: str) -> str:
    values = re.search(r"この列にある値は (\[.*?\])", message)
    assert values, message
    assert "count_rows" in message
    return survey.replace("Complete", values[1])


@dataclass(frozen=True)
class Hint:
    """A file that raises a kind, and what its words ask for: an edit, or another export.

    ``says``: what the message must say of what to do.
    """

    kind: Kind
    export: str | bytes
    survey: str = SURVEY
    edit: Edit | None = None
    again: str | bytes = RIGHT
    says: str = "書き出し"
    name: str = ""
    people: int = 2


def twice_the_header() -> str:
    return f"{HEADS}{A}\n{HEADS}{B}\n"


def merged() -> bytes:
    return xlsx([*SHEET, ["どちらでもない", ""]], ["A3:A4"])


def sheets(*titles: str, hidden: tuple[str, ...] = ()) -> bytes:
    return pack(parts({title: sheet(SHEET) for title in titles} | {"表紙": sheet([["x"]])}, hidden))


KINDS = """
items:
  - {name: 参考, question: Q, kind: choices, levels: [講義, 演習, その他]%s}
  - {name: 勧める, question: R, kind: rating, lowest: 0, highest: 10}
  - {name: 残業, question: S, kind: number, lowest: 0, highest: 99}
forms:
  - name: f
    items: {参考: %s, 勧める: R, 残業: S}
"""
FREE = KINDS % (", other: その他", "Q")


def separator(survey: str, message: str) -> str:
    found = re.search(r"separator を (\S+) に直し", message)
    assert found, message
    return survey.replace('separator: ";"', f"separator: {found[1]}")


def spread(survey: str, message: str) -> str:
    line = printed(message, "columns")
    for header, label in {"a": "講義", "b": "演習"}.items():
        line = line.replace(f'{header}: "（選択肢）"', f"{header}: {label}")
    return survey + f"    {line}\n"


SEVERAL = [
    Hint(
        Kind.SEVERAL_WAYS,
        "Q,R,S\n講義;演習,1,5\n演習;昼食,2,30\n",
        FREE,
        edit=lambda survey, message: survey.replace(
            "other: その他", f"other: その他, {printed(message, 'separator')}"
        ),
        says="選択肢の間に書かれる文字",
    ),
    Hint(
        Kind.NO_SEPARATOR,
        "Q,R,S\n講義、演習,1,5\n演習,2,30\n",
        KINDS % (', separator: ";"', "Q"),
        edit=separator,
        says="に直して",
    ),
    Hint(
        Kind.UNKNOWN_LEVEL,
        "a,b,R,S\n1,1,1,5\n0,1,2,30\n",
        KINDS % ("", "[a, b]"),
        edit=spread,
        says="見出しごとに選択肢",
        name="columns",
    ),
    Hint(
        Kind.NOT_A_NUMBER,
        "Q,R,S\n講義;演習,1,5時間\n演習,2,30時間\n",
        KINDS % ("", "Q"),
        again="Q,R,S\n講義;演習,1,5\n演習,2,30\n",
        says="フォームの側で数だけを書くように",
    ),
    Hint(
        Kind.NOT_A_NUMBER,
        "Q,R,S\n講義;演習,1：あまり,5\n演習,2,30\n",
        KINDS % ("", "Q"),
        edit=lambda survey, message: survey.replace(
            "highest: 10", f"highest: 10, {printed(message, 'aliases')}"
        ),
        says="aliases",
        name="words",
    ),
    Hint(
        Kind.OUT_OF_RANGE,
        "Q,R,S\n講義;演習,1,5\n演習,2,30\n",
        (KINDS % ("", "Q")).replace("highest: 99", "highest: 20"),
        edit=lambda survey, message: survey.replace("highest: 20", "highest: 40"),
        says="lowest と highest を広げて",
    ),
]


REFUSED = [
    Hint(Kind.NOT_AN_EXPORT, "<!doctype html><html><body>ログイン</body></html>"),
    Hint(Kind.ENCODING, b"\x81\x40\xff\xff\x80" + RIGHT.encode()[:-1], says="UTF-8"),
    Hint(
        Kind.TWO_ENCODINGS,
        "a,b\nｺｺ,x\n".encode("cp932"),
        ITEMS + "forms: [{name: f, items: {理解度: a, 満足度: b}}]\n",
        again="\ufeffa,b\n理解できた,満足\nよく理解できた,大いに満足\n",
    ),
    Hint(Kind.NUL, HEADS + "理解でき\0た,満足\n"),
    Hint(Kind.BROKEN_CHARACTER, HEADS + "理解でき\ufffd,満足\n"),
    Hint(Kind.CSV, HEADS + '理解できた,"満足"x\n'),
    Hint(Kind.NO_FORM, RIGHT.replace(Q1, f"1. {Q1}"), edit=another_form, says="一字一句"),
    Hint(
        Kind.TWO_FORMS,
        RIGHT,
        SURVEY + FORM.replace("\nforms:\n", "").replace("name: f", "name: g") + CODES,
        edit=lambda survey, message: survey.partition("  - name: g")[0],
        says="forms から消す",
    ),
    Hint(Kind.TWO_SHEETS, sheets("回答", "控え"), again=sheets("回答"), says="1枚だけ"),
    Hint(Kind.HIDDEN_SHEET, sheets("回答", hidden=("回答",)), again=sheets("回答"), says="再表示"),
    Hint(
        Kind.REPEATED_HEADER,
        f"{Q1},{Q2},{Q1}\n{A},\n,大いに満足,よく理解できた\n",
        edit=headers_of("理解度"),
        name="of a question",
    ),
    Hint(
        Kind.REPEATED_HEADER,
        f"感想,{Q1},{Q2},感想\nx,{A},y\nx,{B},y\n",
        SURVEY + "    comments: [感想]\n",
        again=f"感想,{Q1},{Q2},感想2\nx,{A},y\nx,{B},y\n",
        says="名前を別々に",
        name="of a comment",
    ),
    Hint(Kind.HEADER_AGAIN, twice_the_header()),
    Hint(
        Kind.SECOND_HEADER,
        f"{HEADS}Response,Response\n{A}\n{B}\n",
        edit=form_key("extra_header_rows"),
        says="書いてください",
    ),
    Hint(
        Kind.EXTRA_HEADER_ANSWER,
        RIGHT,
        SURVEY + "    extra_header_rows: 1\n",
        edit=lambda survey, message: survey.replace("extra_header_rows: 1", "extra_header_rows: 0"),
        says="回答でない行の数と同じ",
    ),
    Hint(Kind.LONG_FORM, f"番号,設問,回答\n1,{Q1},理解できた\n1,{Q2},満足\n2,{Q1},理解できた\n"),
    Hint(
        Kind.NO_COUNTED_ROWS,
        f"状態,{Q1},{Q2}\n完了,{A}\n完了,{B}\n",
        SURVEY + "    count_rows: {状態: Complete}\n",
        edit=counted_values,
        says="合わせて",
    ),
    Hint(Kind.ROW_LENGTH, f"{HEADS}{A},x\n{B}\n"),
    Hint(Kind.WIDE_ROW, f"{HEADS}{A}{',x' * 17_000}\n{B}\n"),
    Hint(Kind.LONG_CELL, f"{HEADS}理解できた,{'満' * 140_000}\n"),
    Hint(Kind.FORMULA, xlsx([SHEET[0], [Xml('<c r="{r}" t="str"><f>A1</f><v>x</v></c>'), "満足"]])),
    Hint(Kind.ERROR_VALUE, xlsx([SHEET[0], [Xml('<c r="{r}" t="e"><v>#N/A</v></c>'), "満足"]])),
    Hint(Kind.MERGED, merged()),
    Hint(
        Kind.UNKNOWN_LEVEL,
        RIGHT.replace("よく理解できた", "良く理解できた"),
        edit=item_key("aliases"),
        name="reworded",
    ),
    Hint(
        Kind.UNKNOWN_LEVEL,
        f"{HEADS}3,満足\n4,大いに満足\n",
        edit=codes,
        says="番号ごとに",
        name="numbers",
    ),
    Hint(
        Kind.UNKNOWN_LEVEL,
        f"{HEADS}{A}\n途中から参加したので,大いに満足\n",
        edit=lambda survey, message: survey.replace(
            "理解できなかった]", "理解できなかった, その他]", 1
        ).replace("- name: 理解度", f"- name: 理解度\n    {printed(message, 'other')}"),
        name="own words",
    ),
    *(
        Hint(
            Kind.UNMARKED_MISSING,
            RIGHT.replace("よく理解できた", mark),
            edit=item_key("missing"),
            says="missing",
            name=mark,
        )
        for mark in ("無回答", "#N/A", "-", "--", "N/A", "ー", "null", "\\N", "なし")
    ),
    Hint(
        Kind.UNMARKED_MISSING,
        RIGHT.replace("よく理解できた", "無回答"),
        edit=form_key("missing"),
        says="全設問",
        name="of a form",
    ),
    Hint(Kind.TWO_LEVELS, f"{HEADS}理解できた;どちらでもない,満足\n"),
    Hint(
        Kind.TWO_BRANCHES,
        f"{Q1},{Q2},{Q1}\n{A},どちらでもない\n,大いに満足,よく理解できた\n",
        SURVEY.replace(f"理解度: {Q1}", f"理解度: [{Q1}, {Q1}]"),
        again=f"{Q1},{Q2},{Q1}\n{A},\n,大いに満足,よく理解できた\n",
    ),
    Hint(Kind.MIXED_CODES, f"{HEADS}3,満足\n{B}\n", SURVEY + CODES, edit=mixed, says="aliases"),
    Hint(
        Kind.NO_IDS,
        IDS.replace("回答日時", "x") + f"匿名,1,{A}\n匿名,2,{B}\n",
        BY_ID,
        edit=lambda survey, message: survey.replace("    respondent_id: 番号\n", ""),
        says="respondent_id の行を消す",
    ),
    Hint(Kind.REPEATED_RESPONDENT, TWICE, BY_ID, edit=resubmission, says="latest"),
    Hint(
        Kind.REPEATED_RESPONDENT,
        TWICE,
        "resubmission: latest\n" + BY_ID,
        edit=form_key("timestamp"),
        says="timestamp",
        name="no time",
    ),
    Hint(
        Kind.UNREADABLE_TIME,
        TWICE.replace("2025/06/04", "6/14/2025"),
        "resubmission: latest\n" + BY_ID + "    timestamp: 回答日時\n",
        edit=form_key("date_order"),
        says="月/日/年",
    ),
    Hint(
        Kind.SAME_TIME,
        TWICE.replace("16:30", "16:00"),
        "resubmission: latest\n" + BY_ID + "    timestamp: 回答日時\n",
        again=IDS + f"N7,2025/06/04 16:30,{A}\nN8,,{B}\n",
    ),
]
WARNED = [
    Hint(Kind.NO_ROWS, HEADS, says=""),
    Hint(
        Kind.STATUS_COLUMN,
        f"Status,{Q1},{Q2}\nComplete,{A}\nComplete,{B}\nPartial,{A}\n",
        edit=form_key("count_rows"),
        says="count_rows",
    ),
    Hint(
        Kind.STATUS_COLUMN,
        f"submitdate,{Q1},{Q2}\n2025-06-04,{A}\n2025-06-04,{B}\n,{A}\n",
        edit=form_key("count_rows"),
        says="count_rows",
        name="by a blank",
    ),
    Hint(
        Kind.PARTIAL_COLUMN,
        f"{Q1},{Q2},{Q1}2\n{A},\n,大いに満足,よく理解できた\n",
        edit=headers_of("理解度"),
        says="items",
    ),
    Hint(
        Kind.HIDDEN_ROWS,
        pack(parts({"回答": sheet(SHEET).replace('<row r="3">', '<row r="3" hidden="1">')})),
        again=xlsx(SHEET),
        says="隠された行",
    ),
    Hint(
        Kind.NAMELESS_COLUMN,
        f"{Q1},{Q2},\n{A},x\n{B},\n",
        again=f"{Q1},{Q2},メモ\n{A},x\n{B},\n",
        says="見出しのない列",
    ),
    Hint(
        Kind.OTHER_NEAR_LEVEL,
        RIGHT.replace("よく理解できた", "良く理解できた"),
        SURVEY.replace("できなかった]", "できなかった, その他]", 1).replace(
            "- name: 理解度\n", "- name: 理解度\n    other: その他\n"
        ),
        edit=item_key("aliases"),
        says="aliases",
    ),
    Hint(Kind.BLANK_ROW, f"番号,{HEADS}1,{A}\n2,{B}\n計,,\n", says="無回答の1人"),
    Hint(
        Kind.CONTACT,
        f"感想,{HEADS}電話は 03-3333-4444,{A}\n,{B}\n",
        SURVEY + "    comments: [感想]\n",
        again=f"感想,{HEADS}（略）,{A}\n,{B}\n",
        says="掲載できません",
    ),
]
COUNTS = {"理解度": [1, 1, 0, 0], "満足度": [1, 1, 0, 0]}


def found(folder: Path, export: str | bytes, survey: str) -> tuple[list[Problem], bool]:
    """Return what is said of a file, and whether it holds the answers that it should."""
    try:
        responses = read(folder, export, survey)
    except DataError as error:
        return [*error.problems], False
    counts = {
        item: responses.answers[item].value_counts(sort=False).tolist()[:4] for item in COUNTS
    }
    return [*responses.warnings], counts == COUNTS


def name(hint: Hint) -> str:
    return f"{hint.kind} {hint.name}".strip()


@pytest.mark.parametrize("hint", [*REFUSED, *WARNED], ids=name)
def test_following_it_works(tmp_path: Path, hint: Hint) -> None:
    problems, _ = found(tmp_path, hint.export, hint.survey)
    message = "\n".join(str(problem) for problem in problems if problem.kind is hint.kind)
    assert message, problems
    assert hint.says in message
    export, survey = hint.again, hint.survey
    if hint.edit is not None:
        export, survey = hint.export, hint.edit(hint.survey, message)
        assert survey != hint.survey
    after, right = found(tmp_path, export, survey)
    assert hint.kind not in {problem.kind for problem in after}, after
    lost = {"own words", *(mark.name for mark in REFUSED if mark.kind is Kind.UNMARKED_MISSING)}
    assert right or hint.name in lost, after


@pytest.mark.parametrize("hint", SEVERAL, ids=name)
def test_following_it_works_for_every_kind_of_question(tmp_path: Path, hint: Hint) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, hint.export, hint.survey)
    assert {problem.kind for problem in caught.value.problems} == {hint.kind}
    message = str(caught.value)
    assert hint.says in message
    export, survey = hint.again, hint.survey
    if hint.edit is not None:
        export, survey = hint.export, hint.edit(hint.survey, message)
    answers = read(tmp_path, export, survey).answers
    chosen = [sum(label in those for those in answers["参考"]) for label in ("講義", "演習")]
    assert chosen == [1, 2]
    assert answers["勧める"].tolist() == ["1", "2"]
    assert answers["残業"].tolist() == [5, 30]


@dataclass(frozen=True)
class Place:
    """A file of the example spoilt by ``spoil``; ``cure`` is what the message asks for."""

    kind: Kind
    spoil: Callable[..., object]
    cure: Callable[..., object]
    says: str = ""


def change(name: str, old: str, new: str) -> Callable[..., None]:
    """Return what replaces a text in a file, once."""

    def edit(root: Path, *_: str) -> None:
        path = root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def move(old: str, new: str) -> Callable[..., None]:
    return lambda root, *_: (root / old).rename(root / new)


def copy(old: str, new: str) -> Callable[..., None]:
    return lambda root, *_: (root / new).write_bytes((root / old).read_bytes())


def remove(path: str) -> Callable[..., None]:
    return lambda root, *_: (root / path).unlink()


SESSION, EXPORT, OTHER = (
    "data/sessions/bpr-1.yaml",
    "data/responses/bpr-1.csv",
    "data/responses/bpr-2.csv",
)
LATE = "data/responses/bpr-9.csv"
SECOND, FOURTH = "data/responses/exchange-2.csv", "data/responses/exchange-4.csv"
LATER = "data/sessions/exchange-4.yaml"


def pick(name: str, wrong: str, pattern: str) -> Callable[[Path, str], None]:
    """Return what writes what the message names in place of what is wrong."""

    def edit(root: Path, message: str) -> None:
        found = re.search(pattern, message)
        assert found, message
        change(name, wrong, found[1])(root)

    return edit


def nothing(*_: object) -> None:
    """Change nothing."""


def both(*edits: Callable[..., object]) -> Callable[..., None]:
    """Return what does one edit after another."""

    def edit(root: Path, *message: str) -> None:
        for each in edits:
            each(root, *message)

    return edit


PLACES = [
    Place(
        Kind.UNREADABLE,
        both(move(EXPORT, "data/kept"), lambda root: (root / EXPORT).mkdir()),
        both(lambda root, _: (root / EXPORT).rmdir(), move("data/kept", EXPORT)),
    ),
    Place(
        Kind.EXTRA_KEY,
        change(SESSION, "attendees:", "attendes:"),
        pick(SESSION, "attendes", r"(\w+)（書きまちがい"),
    ),
    Place(
        Kind.MISSING_KEY,
        change(SESSION, "number: 1\n", ""),
        lambda root, said: change(SESSION, "title:", f"{key_in(said)}: 1\ntitle:")(root),
    ),
    Place(
        Kind.GIVEN_KEY,
        change(SESSION, "number: 1", "id: bpr-1\nnumber: 1"),
        change(SESSION, "id: bpr-1\n", ""),
    ),
    Place(
        Kind.REPEATED_KEY,
        change(SESSION, "number: 1", "number: 1\nnumber: 2"),
        change(SESSION, "number: 2\n", ""),
    ),
    Place(
        Kind.WRONG_TYPE,
        change(SESSION, "number: 1", "number: [1]"),
        change(SESSION, "number: [1]", "number: 1"),
        "整数（半角数字）",
    ),
    Place(
        Kind.UNKNOWN_PROGRAMME,
        change(SESSION, "programme: bpr", "programme: bpo"),
        pick(SESSION, "bpo", "期待する形：.*(bpr)"),
    ),
    Place(
        Kind.UNKNOWN_SESSION,
        change("data/published.csv", "exchange-1", "exchange-9"),
        pick("data/published.csv", "exchange-9", "期待する形：.*(exchange-1)"),
    ),
    Place(
        Kind.SESSION_ID,
        both(move(SESSION, "data/sessions/bpr 1.yaml"), move(EXPORT, "data/responses/bpr 1.csv")),
        both(move("data/sessions/bpr 1.yaml", SESSION), move("data/responses/bpr 1.csv", EXPORT)),
        "半角",
    ),
    Place(
        Kind.SAME_ID,
        copy(SESSION, "data/sessions/bpr-1.yml"),
        remove("data/sessions/bpr-1.yml"),
    ),
    Place(
        Kind.SAME_SESSION,
        copy(SESSION, "data/sessions/bpr-7.yaml"),
        change("data/sessions/bpr-7.yaml", "number: 1", "number: 7"),
        "number",
    ),
    Place(
        Kind.TWO_FILES,
        copy(EXPORT, "data/responses/bpr-1.xlsx"),
        remove("data/responses/bpr-1.xlsx"),
        "1つだけ",
    ),
    Place(
        Kind.EXPECTED_RESPONSES,
        change(SESSION, "attendees:", "expected_responses: 9\nattendees:"),
        change(SESSION, "expected_responses: 9", "expected_responses: 6"),
        "書き出し直した",
    ),
    Place(Kind.NO_SESSION, copy(OTHER, LATE), remove(LATE), "同じ名前の回"),
    Place(
        Kind.SAME_FILE,
        both(move(OTHER, "data/kept"), copy(EXPORT, OTHER)),
        move("data/kept", OTHER),
        "別の回の書き出し",
    ),
    Place(
        Kind.SAME_ANSWERS,
        both(
            change(LATER, "\ncomments:", "\ncomments: []\nkept:"),
            lambda root: (root / LATER).write_text(
                (root / LATER).read_text().partition("kept:")[0]
            ),
            move(FOURTH, "data/kept"),
            lambda root: (root / FOURTH).write_bytes((root / SECOND).read_bytes() + b"\n"),
        ),
        move("data/kept", FOURTH),
        "別の回の書き出し",
    ),
    Place(
        Kind.MORE_THAN_ATTENDEES,
        both(
            change(SESSION, "attendees: 6", "attendees: 2"),
            change(SESSION, "municipalities: 4", "municipalities: 1"),
        ),
        change(SESSION, "attendees: 2", "attendees: 6"),
        "attendees",
    ),
]


def withdrawn(row: int, export: str = "") -> Callable[..., None]:
    """Return what lists a row as withdrawn, looked up in the file whose hash begins so."""

    def edit(root: Path, *_: str) -> None:
        path = root / SESSION
        before = path.read_text("utf-8").partition("withdrawn:")[0]
        line = f"{{row: {row}, reason: 申し出, date: 2025-07-20{export and f', export: {export}'}}}"
        path.write_text(f"{before}withdrawn: [{line}]\n", "utf-8")

    return edit


def looked_up(row: int) -> Callable[[Path, str], None]:
    """Return what writes the export that the message prints beside the row."""
    return lambda root, message: withdrawn(row, printed(message, "export")[8:])(root)


def as_in_export(root: Path, *_: str) -> None:
    withdrawn(2, sha256((root / EXPORT).read_bytes()).hexdigest()[:12])(root)


def first_row(root: Path, message: str) -> None:
    found = re.search(r"回答は(\d+)行目から", message)
    assert found, message
    change(SESSION, "{row: 2,", f"{{row: {int(found[1]) + 1},")(root)


PLACES += [
    Place(Kind.WITHDRAWN_EXPORT, withdrawn(4), looked_up(4), "申し出た人の回答かを確かめ"),
    Place(Kind.WITHDRAWN_EXPORT, withdrawn(4, "0" * 12), looked_up(4), "別の書き出し"),
    Place(Kind.WITHDRAWN_ROW, as_in_export, first_row, "表計算ソフトの行番号"),
]


def key_in(message: str) -> str:
    return re.findall("「(.+?)」", message)[0]


def said(root: Path, kind: Kind) -> str:
    """Return what a check of the workspace prints of a kind."""
    workspace = Workspace(root)
    report = check_workspace(workspace)
    problems = [*report.problems, *report.warnings, *not_ready(workspace)]
    problems += to_be_known(workspace)
    return "\n".join(str(problem) for problem in problems if problem.kind is kind)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: str(place.kind))
def test_following_it_works_in_a_workspace(tmp_path: Path, place: Place) -> None:
    root = copy_workspace(tmp_path / "w").root
    place.spoil(root)
    message = said(root, place.kind)
    assert message
    assert place.says in message
    place.cure(root, message)
    assert said(root, place.kind) == ""


UNSETTLED = "    unsettled: 順を確かめる。\n"
PHOTOS = "data/photos"
PUBLISHED, REVIEW = "data/published.csv", "data/programme.yaml"
FIGURE = "exchange-1,理解度,table,,100\n"
VOICE = "他の自治体の方々と交流でき、良い経験になった。"


def other_ids(root: Path, *_: str) -> None:
    path = root / PUBLISHED
    text = path.read_text("utf-8").replace("exchange-", "e-").replace("bpr-", "b-")
    path.write_text(text, "utf-8")


def no_review(root: Path, *_: str) -> None:
    path = root / REVIEW
    path.write_text(path.read_text("utf-8").partition("review:")[0], "utf-8")


def picture(root: Path, *_: str) -> None:
    path = root / "data/photos/bpr-1-1.jpg"
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (4, 3)).save(path, "JPEG")


def no_picture(root: Path, *_: str) -> None:
    picture(root)
    (root / "data/photos/bpr-1-1.jpg").write_bytes(b"x")


DEFINITIONS = [
    Place(
        Kind.YAML,
        change(SESSION, "number: 1", "number: [1"),
        change(SESSION, "number: [1", "number: 1"),
        "この行とその前の行",
    ),
    Place(
        Kind.YAML_FEATURE,
        change(SESSION, "number: 1", "number: !first 1"),
        change(SESSION, "!first ", ""),
        "タグ（!）は使えません",
    ),
    Place(
        Kind.EMPTY_VALUE,
        change(SESSION, "title: ワークショップ", 'title: ""'),
        change(SESSION, 'title: ""', "title: ワークショップ"),
        "空です",
    ),
    Place(
        Kind.WRONG_VALUE,
        change(SESSION, "date: 2025-07-11", "date: 7/11"),
        pick(SESSION, "7/11", r"(\d{4}-\d{2}-\d{2}) のように"),
    ),
    Place(
        Kind.UNKNOWN_QUESTION_KIND,
        change("data/survey.yaml", "- name: 理解度", "- kind: scales\n    name: 理解度"),
        pick("data/survey.yaml", "scales", "期待する形：(scale)、"),
    ),
    Place(
        Kind.UNSETTLED,
        change("data/survey.yaml", "- name: 習得度\n", f"- name: 習得度\n{UNSETTLED}"),
        change("data/survey.yaml", UNSETTLED, ""),
        "unsettled の行を消したもの",
    ),
    Place(
        Kind.TOO_LARGE,
        change(SESSION, "number: 1", "number: 1" + " # メモ" * 200_000),
        change(SESSION, " # メモ" * 200_000, ""),
        "大きすぎ",
    ),
    Place(
        Kind.UNKNOWN_ITEM,
        change(SESSION, "attendees:", "not_asked: [ 理解 ]\nattendees:"),
        pick(SESSION, " 理解 ", "期待する形：(理解度)"),
    ),
    Place(
        Kind.UNKNOWN_QUESTIONNAIRE,
        change(SESSION, "attendees:", "questionnaire: x\nattendees:"),
        change(SESSION, "questionnaire: x\n", ""),
        "いまは1つもありません",
    ),
    Place(
        Kind.WRONG_EVIDENCE,
        change(REVIEW, "item: 役立ち度, programme: bpr", "item: 役立つ度, programme: bpr"),
        pick(REVIEW, "役立つ度", "、(役立ち度)、"),
    ),
    Place(
        Kind.EVIDENCE_VALUE,
        change(REVIEW, "programme: bpr}", "programme: bpr, percent: 90}"),
        pick(REVIEW, "90", r"回答からは(\d+)%"),
        "値を直す",
    ),
    Place(
        Kind.PROSE_FIGURE,
        change(SESSION, "summary: >-\n", "summary: >-\n  習得度は90%だった。\n"),
        pick(SESSION, "90%", r"回答からは(\d+%)"),
        "文の数字を直す",
    ),
    Place(
        Kind.UNTIED_FIGURE,
        change(SESSION, "summary: >-\n", "summary: >-\n  参加者の62%が話した。\n"),
        change(SESSION, "参加者の62%が話した", "習得度は83%だった"),
        "回答のどの数字でもありません",
    ),
    Place(
        Kind.UNMENTIONED,
        change(SESSION, "summary: >-\n", "summary: >-\n  習得度は2人が「実践できる」と答えた。\n"),
        change(SESSION, "と答えた。", "と答え、残りはそうでなかった。"),
        "選ばれた選択肢が出てきません",
    ),
    Place(
        Kind.UNPROVEN_WORDS,
        change(REVIEW, "という声があった", "という声が多かった"),
        change(REVIEW, "という声が多かった", "という声があった"),
        "支える数字も声",
    ),
    Place(
        Kind.WEAK_RESULT,
        change(REVIEW, "続いて要る。\n      evidence: {item: 習得度}", "続いて要る。"),
        change(REVIEW, "続いて要る。", "続いて要る。\n      evidence: {item: 習得度}"),
        "課題（problems）",
    ),
    Place(Kind.PHOTO, no_picture, picture, "JPEG か PNG"),
    Place(
        Kind.PHOTO_NAME,
        both(picture, move(f"{PHOTOS}/bpr-1-1.jpg", f"{PHOTOS}/bpr-1-1.jpeg")),
        move(f"{PHOTOS}/bpr-1-1.jpeg", f"{PHOTOS}/bpr-1-1.jpg"),
        "名前を直して、同じにする",
    ),
    Place(
        Kind.PHOTO_TWICE,
        both(picture, change(SESSION, "bpr-1-2.jpg", "bpr-1-1.jpg")),
        change(SESSION, "file: bpr-1-1.jpg", "file: bpr-1-2.jpg"),
        "別の写真",
    ),
    Place(
        Kind.UNUSED_PHOTO,
        both(picture, move(f"{PHOTOS}/bpr-1-1.jpg", f"{PHOTOS}/c.jpg")),
        change(SESSION, "bpr-1-1.jpg", "c.jpg"),
        "photos",
    ),
    Place(
        Kind.UNSAID,
        change(SESSION, VOICE, "他の自治体の方々と交流できた。"),
        change(SESSION, "他の自治体の方々と交流できた。", VOICE.replace("、良い", "（略）")),
        "（略）",
    ),
    Place(
        Kind.QUOTED_CONTACT,
        both(
            change(SESSION, VOICE, f"{VOICE}電話は03-1234-5678です。"),
            change(EXPORT, VOICE, f"{VOICE}電話は03-1234-5678です。"),
        ),
        change(SESSION, "03-1234-5678", "（略）"),
        "そこを（略）とする",
    ),
    Place(
        Kind.WRONG_HEADER,
        change(PUBLISHED, "session_id,item,where", "session,item,where"),
        pick(PUBLISHED, "session,item,where,levels,percent", "期待する形：([a-z_,]+)"),
    ),
    Place(
        Kind.REPEATED_FIGURE,
        change(PUBLISHED, FIGURE, FIGURE * 2),
        change(PUBLISHED, FIGURE * 2, FIGURE),
        "重複",
    ),
    Place(Kind.OTHER_WORKSPACE, other_ids, remove(PUBLISHED), "このファイルを消してください"),
    Place(
        Kind.EXAMPLE_REVIEW,
        change(SESSION, "simulated: true\n", ""),
        no_review,
        "消してください",
    ),
    Place(
        Kind.UNKNOWN_NOTEBOOK,
        change(SESSION, "number:", "notebook: online\nnumber:"),
        pick(SESSION, "online", "期待する形：(session)"),
        "期待する形",
    ),
    Place(
        Kind.SAME_PAGE,
        copy("notebooks/overall.ipynb", "notebooks/bpr-1.ipynb"),
        move("notebooks/bpr-1.ipynb", "notebooks/venues.ipynb"),
        "ノートブックの名前を変えて",
    ),
    Place(
        Kind.NO_PAGE,
        copy("notebooks/session.ipynb", "notebooks/session-Copy1.ipynb"),
        remove("notebooks/session-Copy1.ipynb"),
        "要らなければ消し",
    ),
    Place(
        Kind.NEAR_TAG,
        change("notebooks/session.ipynb", '"internal"', '"remove-cell"'),
        pick("notebooks/session.ipynb", "remove-cell", "期待する形：(internal)"),
        "HTML に載ります",
    ),
    Place(
        Kind.FOLDED_CELL,
        change("notebooks/session.ipynb", '"metadata": {}', '"metadata": {"collapsed": true}'),
        change("notebooks/session.ipynb", '"collapsed": true', '"tags": ["internal"]'),
        "internal タグを付け",
    ),
    Place(
        Kind.PARAMETERS_CELL,
        change("notebooks/overall.ipynb", '"failed = []"', '"failed = list()"'),
        change("notebooks/overall.ipynb", '"failed = list()"', '"failed = []"'),
        "決まった値",
    ),
    Place(
        Kind.NOTEBOOK,
        move("notebooks/session.ipynb", "data/kept"),
        move("data/kept", "notebooks/session.ipynb"),
        "ここに戻してください",
    ),
    Place(
        Kind.OUTPUTS,
        lambda root: (root / "outputs").write_text("x"),
        remove("outputs"),
        "消すか名前を変えて",
    ),
]


@pytest.mark.parametrize("place", DEFINITIONS, ids=lambda place: str(place.kind))
def test_following_it_works_in_a_definition(tmp_path: Path, place: Place) -> None:
    test_following_it_works_in_a_workspace(tmp_path, place)
    report = check_workspace(Workspace(tmp_path / "w"))
    assert not report.problems


TO_LOOK_AT = {
    Kind.RESUBMITTED,
    Kind.SENT_TWICE,
    Kind.NOT_COUNTED,
    Kind.NOT_ASKED,
    Kind.SHORT_ROWS,
    Kind.ESCAPED_QUOTES,
}
"""Numbers to be looked at: there is nothing to be done."""
ELSEWHERE = {
    Kind.OLD_FORM,  # tests/test_every_kind.py writes it anew
    Kind.NO_LOCK,  # tests/test_drives.py
    Kind.NOT_SHOWN,  # tests/test_shown_outputs.py shows it otherwise
    Kind.NO_ALT,
    Kind.SAVED_OUTPUTS,  # tests/test_lab.py has git
    Kind.BY_HAND,  # tests/test_comments.py takes registers back
    Kind.LEFT_BEHIND,  # tests/test_declared_files.py
    Kind.NOT_A_REGISTER,
    Kind.REGISTER_EXPORT,
    Kind.REGISTER_MARK,
    Kind.REGISTER_ROW,
    Kind.REGISTER_UNREAD,
}
"""Kinds whose cure is followed in another file."""


def test_no_kind_is_left_out() -> None:
    followed = {hint.kind for hint in (*REFUSED, *SEVERAL, *WARNED, *PLACES, *DEFINITIONS)}
    assert not followed & TO_LOOK_AT
    assert followed | TO_LOOK_AT | ELSEWHERE == {*Kind}
