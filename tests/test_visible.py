"""Characters that nobody sees never reach a page, a workbook, a CSV or a terminal raw."""

import csv
import io
import json
import re
import unicodedata
import zipfile
from xml.etree import ElementTree

import nbformat
import pandas as pd
import pytest
from conftest import Here
from hypothesis import example, given
from hypothesis import strategies as st
from test_batch import command, keep_sessions
from test_faults import light_notebook

from dxeval.definitions.visible import escaped, visible, visible_line
from dxeval.presenting import page, sheets
from dxeval.presenting.html import render
from dxeval.presenting.workbook import Book, Column, Sheet
from dxeval.report.batch import run
from dxeval.report.site.export import export_index, export_page
from dxeval.report.site.links import Frame
from dxeval.workspace import Workspace


def is_raw(character: str) -> bool:
    """Whether a character may not stand in anything we write, by Unicode's own data."""
    code = ord(character)
    return (
        (unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\n")
        or unicodedata.bidirectional(character) in BIDI
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
    )


BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
EVERYTHING = [chr(code) for code in range(0x110000)]
RAW = [character for character in EVERYTHING if is_raw(character)]
SEEN = "ワ👩‍👧 e\u0301 \u200b\u200e\u00ad\ue000\U000f0000"
"""What words and emoji are made with stays: joiners, marks, a soft hyphen, gaiji."""
texts = st.text(
    st.one_of(
        st.sampled_from(RAW),
        st.sampled_from([c for c in EVERYTHING if unicodedata.category(c) == "Cf"]),
        st.sampled_from("=+-@＝＋－＠ \t\r\n　<&'\"ア1"),
    ),
    max_size=12,
)


def test_every_such_character_is_known() -> None:
    assert len(RAW) > 2150
    assert {"\0", "\x7f", "\x85", "\u202e", "\u2066", "\ufffe", "\ud800", "\U0010ffff"} <= set(RAW)
    for character in RAW:
        shown = visible(f"a{character}b")
        assert shown == ("a\nb" if character in "\r\x0b\x0c\x85" else f"a[U+{ord(character):04X}]b")
    assert visible(SEEN) == SEEN


@given(texts)
@example("\x0b\r\n\u202e")
def test_what_is_shown_holds_none(text: str) -> None:
    shown = visible(text)
    assert not any(map(is_raw, shown))
    assert visible(shown) == shown
    assert not set(visible_line(text)) & {"\n", "\t"} and not any(map(is_raw, visible_line(text)))


@given(texts)
def test_json_says_the_same_without_them(text: str) -> None:
    written = escaped(json.dumps([text], ensure_ascii=False))
    assert not any(map(is_raw, written))
    assert json.loads(written) == [
        text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    ]


@given(texts)
def test_html_holds_none(text: str) -> None:
    fragment = render("notice", word=text, text=text).html
    assert not any(map(is_raw, fragment))
    index = export_index(text, text, **{**EMPTY, "programmes": [(text, [], [])], "over": [text]})
    assert not any(map(is_raw, index.decode()))


EMPTY = {
    "report": {"title": "t", "chapter": "c", "year": "1年度"},
    **{key: [] for key in ("wholes", "facts", "heads", "tables")},
    **dict.fromkeys(("notice", "lead"), ""),
    "own_rules": False,
    "span": 1,
}


def notebook(text: str) -> bytes:
    """Return an executed notebook that says a text in every way that our template shows."""
    data = [
        {"text/html": f"<p title='x'>{text}</p>"},
        {"text/plain": text},
        {"text/markdown": text},
    ]
    outputs = [nbformat.v4.new_output("execute_result", each) for each in data]
    cells = [nbformat.v4.new_code_cell("1", outputs=outputs), nbformat.v4.new_markdown_cell(text)]
    foot = {"inputs_sha256": "", "uncounted": text}
    made = nbformat.v4.new_notebook(cells=cells, metadata={"dxeval": foot})
    return json.dumps(made).encode()


def test_a_page_holds_none_whatever_a_cell_displays() -> None:
    text = "題" + "".join(RAW) + "名"
    _, _, html = export_page("x", notebook(text), Frame(text))
    assert not [c for c in html.decode() if is_raw(c)]
    title = re.search(r"@bottom-left { content: \"(.*?)\";", html.decode())
    assert title
    coded = {chr(int(code, 16)) for code in re.findall(r"\\([0-9a-f]+) ", title[1])}
    assert len(coded) > 3
    assert not [c for c in coded if is_raw(c)]


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def looks_like_a_formula(cell: str) -> bool:
    bare = "".join(
        c for c in cell if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf"}
    )
    return unicodedata.normalize("NFKC", bare[:1])[:1] in {"=", "+", "-", "@"}


@given(texts, texts)
@example("＝1+1", " =1")
@example("\t@x", "\u200b=1")
@example("\r\n－1", "\x0b+1")
@example("\ufeff=1", "　＠SUM")
@example("\u0600=", "\u06dd+1")
def test_no_cell_of_a_csv_begins_like_a_formula(header: str, cell: str) -> None:
    content = sheets.csv(pd.DataFrame({header: [cell], "n": [-1]}))
    assert not any(map(is_raw, content.decode().replace("\r\n", "\n")))
    rows = cells(content)
    for text in (rows[0][0], rows[1][0]):
        assert not looks_like_a_formula(text)
        assert text[:1] not in {"\t", "\r", "\n"}
    assert rows[1][1] == "-1"
    assert rows[1][0].removeprefix("'") == visible(cell) or rows[1][0] == visible(cell)


@given(texts, texts)
def test_a_workbook_holds_none_and_is_well_formed(header: str, cell: str) -> None:
    book = Book(header)
    book.write(Sheet("x", cell, [Column(header)], [[cell], ["1"]], [(cell, 1)], kept=1))
    content = book.content()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert not any(map(is_raw, text.replace("\r\n", "\n")))
            ElementTree.fromstring(text)


HOSTILE = "\\0\\a\\x1b[31m\\uFFFE\\U0010FFFF\\u202E\\u2066"
SHOWN = "[U+0000][U+0007][U+001B][31m[U+FFFE][U+10FFFF][U+202E][U+2066]"


def test_every_text_of_the_definitions_is_shown_written_out(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_sessions(workspace, "bpr-1")
    (workspace.root / "data/published.csv").unlink()
    for name, keys in (("sessions/bpr-1", "title"), ("programme", "  title|    title|    mark")):
        path = workspace.root / f"data/{name}.yaml"
        text = path.read_text(encoding="utf-8")
        hostile = re.sub(f"(?m)^({keys}): .*$", lambda m: f'{m[1]}: "題{HOSTILE}"', text)
        assert hostile.count(HOSTILE) > 0
        path.write_text(hostile, encoding="utf-8")
    result = run(Workspace(workspace.root))
    assert result.failed == {}
    for name in ("bpr-1", "overall", "index"):
        html = (workspace.root / f"outputs/html/{name}.html").read_text(encoding="utf-8")
        assert not any(map(is_raw, html))
        assert f"題{SHOWN}" in html
    for place in (workspace.root / "outputs/tables").glob("*.csv"):
        assert not any(map(is_raw, place.read_bytes().decode().replace("\r\n", "\n")))
    assert SHOWN in (workspace.root / "outputs/tables/summary.csv").read_text(encoding="utf-8")
    for word in ("list", "check", "run"):
        _, out, err = command(workspace, monkeypatch, capsys, word)
        assert not any(map(is_raw, out + err))


def test_a_message_holds_none(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2")
    with (workspace.root / "data/sessions/bpr-1.yaml").open("a", encoding="utf-8") as file:
        file.write('"\\a\\u202e\\x1b[31m": x\n')
    for words in (["list"], ["check"], ["check", "--json"], ["run", "--json"]):
        code, out, err = command(workspace, monkeypatch, capsys, *words)
        assert code == 1
        assert "知らない項目です" in out + err
        assert not any(map(is_raw, out + err))


def test_a_comment_is_compared_as_typed_and_shown_written_out(workspace: Workspace) -> None:
    keep_sessions(workspace, "bpr-1")
    typed = "他の自治体\u202eの方々と交流でき、良い経験になった。"
    old = "他の自治体の方々と交流でき、良い経験になった。"
    for name in ("responses/bpr-1.csv", "sessions/bpr-1.yaml"):
        path = workspace.root / "data" / name
        text = path.read_text(encoding="utf-8-sig")
        assert old in text
        path.write_text(text.replace(old, typed), encoding="utf-8")
    session = workspace.session("bpr-1")
    responses = workspace.responses(session)
    assert typed in responses.comments
    assert visible(typed) in page.comments(session, responses).html


def test_a_withheld_comment_is_known_again_though_it_is_shown_written_out(
    workspace: Workspace,
) -> None:
    keep_sessions(workspace, "bpr-1")
    path = workspace.root / "data/responses/bpr-1.csv"
    withheld = "誰にも\u202e見せないでほしい長い長い自由記述です。"
    session = workspace.session("bpr-1")
    (old, *_) = [c for c in workspace.responses(session).comments if c not in session.comments] or [
        session.comments[0]
    ]
    path.write_text(path.read_text(encoding="utf-8-sig").replace(old, withheld), encoding="utf-8")
    own = workspace.root / "data/sessions/bpr-1.yaml"
    own.write_text(own.read_text(encoding="utf-8").partition("comments:")[0], encoding="utf-8")
    shows = (
        "from dxeval.presenting.html import render\n"
        "import dxeval as dx, pathlib\n"
        "w = dx.Workspace.find()\n"
        "said = w.responses(w.session(session_id)).comments\n"
        "render('notice', word='', text=' '.join(c for c in said if '\\u202e' in c))"
    )
    light_notebook(workspace, "session", "session_id = ''", shows)
    light_notebook(workspace, "overall", "failed = []")
    result = run(Workspace(workspace.root), executor=Here())
    assert "載せると決めていない自由記述を出力しています" in result.failed["bpr-1"]
