"""Personal data in whatever a notebook puts out: found in every form, and no other text accused."""

import base64
import io
import shutil
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import every_kind
import pytest
import stress
from conftest import EXAMPLE, Here
from PIL import Image
from test_batch import keep_sessions
from test_faults import light_notebook

from dxeval.report.batch import run
from dxeval.report.notebook.leak import Leak, What, leak
from dxeval.report.notebook.texts import Where
from dxeval.workspace import Workspace

COMMENT = "上司には言えませんが、この研修の進め方には不満がありました。改善を望みます。"
SHORT = "課長が怖い"
TEXTS = [COMMENT, SHORT, "良かった", "特になし", "12345", "83%（5/6人）"]
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>{}</text></svg>'


def found(
    data: dict, metadata: dict | None = None, written: str = "", answers: str = ""
) -> Leak | None:
    output = {"output_type": "display_data", "data": data, "metadata": metadata or {}}
    cell = {"cell_type": "code", "metadata": {}, "source": "x", "outputs": [output]}
    return leak({"cells": [cell], "metadata": {}}, written, TEXTS, lambda: answers)


def in_html(html: str, **options: str) -> Leak | None:
    return found({"text/html": html}, **options)


def packed(svg: str) -> str:
    return base64.b64encode(svg.encode()).decode()


ADDRESSES = {
    "text": "<p>taro@x.jp</p>",
    "split by a tag": "<p>ta<b>ro</b>@x.jp</p>",
    "split by an unknown tag": "<p>ta<my-x>ro</my-x>@x.<wbr>jp</p>",
    "split by a comment": "<p>ta<!-- -->ro@x.jp</p>",
    "wide": "<td>ｔａｒｏ＠ｘ．ｊｐ</td>",
    "entity": "<p>taro&#64;x.jp taro&commat;x&period;jp</p>",
    "invisible": "<p>taro\u200b@x\u00ad.jp</p>",
    "beside Japanese": "<p>連絡はtaro@x.jpまで</p>",
    "P20 mailto": '<a href="mailto:taro@x.jp">連絡</a>',
    "P20 title": '<span title="taro@x.jp">1人</span>',
    "mailto encoded": '<a href="mailto:taro%40x.jp">連絡</a>',
    "mailto in entities": "<a href='mailto&colon;taro&#x40;x.jp'>連絡</a>",
    "query": '<a href="https://a.jp/?q=taro%40x.jp">連絡</a>',
    "unquoted": "<a href=mailto:taro@x.jp>連絡</a>",
    "alt": '<img alt="taro@x.jp" src="data:,">',
    "data": '<td data-who="taro@x.jp">1</td>',
    "aria": '<td aria-label="taro@x.jp">1</td>',
    "id": '<tr id="taro@x.jp"></tr>',
    "comment": "<!-- taro@x.jp --><p>1</p>",
    "tag in a comment": '<!-- <a href="mailto:taro%40x.jp"> --><p>1</p>',
    "never closed": "<p>1<!-- taro@x.jp",
    "bad quotes": '<p title="a><b>taro@x.jp',
    "svg text": SVG.format("taro@x.jp"),
    "svg in spans": SVG.format("<tspan>taro</tspan><tspan>@x.jp</tspan>"),
    "svg in base64": f'<img src="data:image/svg+xml;base64,{packed(SVG.format("taro@x.jp"))}">',
    "svg encoded": f'<img alt="" src="data:image/svg+xml,{quote(SVG.format("taro@x.jp"))}">',
    "svg in css": f'<p style="--x:url(data:image/svg+xml,{quote(SVG.format("taro@x.jp"))})">',
    "html in a frame": f'<iframe src="data:text/html,{quote("<p>taro@x.jp")}"></iframe>',
    "srcdoc": '<iframe srcdoc="<p>taro&#64;x.jp</p>"></iframe>',
    "cdata": "<svg><desc><![CDATA[taro@x.jp]]></desc></svg>",
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_is_found_wherever_it_stands(name: str) -> None:
    leaked = in_html(ADDRESSES[name])
    assert leaked is not None
    assert leaked.what == What.EMAIL
    assert in_html(ADDRESSES[name], written="連絡先は Taro@x.jp です") is None


TELEPHONES = [
    "<p>090-<b>1234</b>-5678</p>",
    "<p>０９０（１２３４）５６７８</p>",
    "<p>09012345678</p>",
    '<a href="tel:+81-90-1234-5678">連絡</a>',
    '<a href="mailto:x?body=090%2D1234%2D5678">連絡</a>',
    '<span title="090 1234 5678">1人</span>',
    '<img alt="090&#45;1234&#45;5678" src="data:,">',
    '<td data-who="090-1234-5678">1</td>',
    "<!-- 090-1234-5678 --><p>1</p>",
    SVG.format("<tspan>090</tspan>-1234-5678"),
    f'<img src="data:image/svg+xml;base64,{packed(SVG.format("090-1234-5678"))}">',
    f'<img src="data:image/svg+xml,{quote(SVG.format("090-1234-5678"))}">',
]


@pytest.mark.parametrize("html", TELEPHONES)
def test_so_is_a_telephone_number(html: str) -> None:
    leaked = in_html(html)
    assert leaked is not None
    assert leaked.what == What.TELEPHONE
    assert in_html(html, written="電話 ０９０（１２３４）５６７８") is None


@pytest.mark.parametrize(
    "data",
    [
        {"text/plain": "['taro@x.jp']"},
        {"text/markdown": "[連絡](mailto:taro@x.jp)"},
        {"text/markdown": "ta**ro**@x.jp"},
        {"text/latex": "\\href{mailto:taro@x.jp}{連絡}"},
        {"image/svg+xml": SVG.format("taro@x.jp")},
        {"image/svg+xml": ["<svg><!-- taro", "@x.jp --></svg>"]},
        {"application/json": {"a": [{"b": "taro@x.jp"}]}},
        {"application/json": {"taro@x.jp": 1}},
        {"application/geo+json": '{"a": "taro\\u0040x.jp"}'},
        {"application/vnd.plotly.v1+json": {"data": [{"text": ["<b>ta</b>ro&#64;x.jp"]}]}},
        {"application/vnd.vegalite.v5+json": {"datasets": {"d": [{"mail": "taro@x.jp"}]}}},
        {"application/vnd.some-unknown+xml": "<x y='taro@x.jp'/>"},
        {"image/png": packed("not a picture"), "text/plain": "taro@x.jp"},
    ],
)
def test_an_address_is_found_in_every_form_of_an_output(data: dict) -> None:
    leaked = found(data)
    assert leaked is not None
    assert leaked.what == What.EMAIL


def test_it_is_found_in_what_goes_with_outputs_cells_and_notebook() -> None:
    assert found({"text/plain": "1"}, {"image/png": {"alt": "taro@x.jp"}}) == Leak(
        0, What.EMAIL, Where.METADATA
    )
    state = {"widgets": {"state": {"0": {"value": "<b>taro</b>@x.jp"}}}}
    assert leak({"cells": [], "metadata": state}, "", (), str) == Leak(
        None, What.EMAIL, Where.METADATA
    )


def test_it_is_found_in_what_a_pictures_file_says() -> None:
    exif = Image.Exif()
    exif[0x010E] = "撮影 taro@x.jp"
    placed = Image.Exif()
    placed.get_ifd(0x8825)[1] = "N"
    for one, what in ((exif, What.EMAIL), (placed, What.PLACE)):
        file = io.BytesIO()
        Image.new("RGB", (2, 2)).save(file, "JPEG", exif=one)
        uri = base64.b64encode(file.getvalue()).decode()
        for data in (
            {"image/jpeg": uri},
            {"text/html": f'<img src="data:image/jpeg;base64,{uri}">'},
        ):
            leaked = found(data)
            assert leaked is not None
            assert leaked.what == what


SCRIPTS = [
    '<script src="https://cdn.jsdelivr.net/npm/vega@5.30.0"></script>',
    '<script>import x from "https://esm.sh/d3@7.9.0?deps=react@18.2.0-rc.1"</script>',
    "<script>/*! by Feross <feross@feross.org> name@1.2.3 */ a.user@example</script>",
    "<style>@media print{a{color:red}} @import url(x@1.2.3.css)</style>",
    '<img alt="" src="logo@2x.png" srcset="logo@2x.png 2x">',
    "<p>パッケージ name@1.2.3、@scope/pkg@4.17.21、vega@5.min.js を使いました</p>",
]


@pytest.mark.parametrize("html", SCRIPTS)
def test_p2_a_scripts_own_strings_are_no_addresses(html: str) -> None:
    assert in_html(html, answers="taro@x.jp") is None


@pytest.mark.parametrize("said", ["taro@x.jp", "taro\\u0040x.jp", "taro\\x40x.jp", "TARO@X.JP"])
def test_p2_a_respondents_address_in_a_script_still_is_one(said: str) -> None:
    html = f'<script>Plotly.newPlot("a", [{{"text": ["{said}"]}}])</script>'
    assert in_html(html, answers="id,mail\n1,taro@x.jp\n") == Leak(0, What.EMAIL, Where.SCRIPT)
    javascript = found({"application/javascript": f'"{said}"'}, answers="taro@x.jp")
    assert javascript == Leak(0, What.EMAIL, Where.SCRIPT)
    escaped = COMMENT.encode("unicode_escape").decode()
    assert in_html(f'<script>"{escaped}"</script>') == Leak(0, What.COMMENT, Where.SCRIPT)


NO_NUMBERS = [
    "<table><tr><td>03</td><td>1234</td><td>5678</td></tr></table>",
    "<p>0.3123456789 0312345678901234 2025-06-04 09:00</p>",
    '<path d="M 03 1234 5678 L 090 1234 5678"/>',
    '<svg viewBox="0 0 0312 5678"><g transform="translate(03-1234-5678)"/></svg>',
    '<p id="09012345678" class="c09012345678" style="width:09012345678px">1</p>',
    f"<p>{'0312345678abcdef' * 4}</p><p>01201234-0801-2345-6789-0901234567ab</p>",
    f'<img alt="" src="data:image/png;base64,{"0901234567890312345678" * 9}">',
    '<a href="https://a.jp/09012345678/0312345678">1</a>',
    "<script>var a = [0312345678, '090-1234-5678']</script>",
    "<style>a{width:0312345678px}</style>",
]


@pytest.mark.parametrize("html", NO_NUMBERS)
def test_digits_that_are_no_telephone_are_not_accused(html: str) -> None:
    assert in_html(html) is None


def test_columns_of_a_frames_text_are_not_read_as_one_number() -> None:
    assert found({"text/plain": "   a     b     c\n0  03  1234  5678\n1  04  7123  4567"}) is None


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{COMMENT}</p>",
        f"<p>…{COMMENT[12:30]}…</p>",
        f"<p>前{COMMENT[-15:]}後</p>",
        f"<p>{COMMENT[:8]}<b>{COMMENT[8:12]}</b><br>\n {COMMENT[12:20]}</p>",
        f"<td>{COMMENT[:9]}</td><td>{COMMENT[9:20]}</td>",
        f'<td title="{COMMENT[5:25]}">1</td>',
        f"<!-- {COMMENT} -->",
        f'<a href="?q={quote(COMMENT)}">1</a>',
        f"<td>{SHORT}</td>",
        f"<p>声：「{SHORT}」など</p>",
        f"<ul><li>・{SHORT}。</li></ul>",
        f'<img alt="{SHORT}" src="data:,">',
    ],
)
def test_a_comment_nobody_chose_is_found_by_any_part_or_as_a_whole(html: str) -> None:
    leaked = in_html(html)
    assert leaked is not None
    assert leaked.what == What.COMMENT
    assert in_html(html, written=f"{COMMENT} {SHORT}") is None


@pytest.mark.parametrize(
    "text", [f"0      {SHORT}\n1    良い", f"['x', '{SHORT}']", f"a,{SHORT},b", f"x\n{SHORT}"]
)
def test_a_short_comment_is_found_in_plain_text(text: str) -> None:
    assert found({"text/plain": text}) == Leak(0, What.COMMENT, Where.TEXT)


@pytest.mark.parametrize(
    "html",
    [
        "<td>良かった</td><td>特になし</td><td>12345</td><td>83%（5/6人）</td>",
        f"<p>{COMMENT[:14]}</p>",
        f"<p>うちの{SHORT}という声がありました</p>",
    ],
)
def test_words_of_any_page_accuse_nobody(html: str) -> None:
    assert in_html(html) is None


def page_of(html: str) -> dict:
    output = {"output_type": "display_data", "data": {"text/html": html}, "metadata": {}}
    return {"cells": [{"metadata": {}, "outputs": [output]}], "metadata": {}}


def test_words_of_our_own_pages_accuse_nobody() -> None:
    said = ["肯定的回答に数える", "このページは無関係"]
    template = page_of(f"<th>{said[0]}</th>")
    assert leak(template, "", said, str) is None
    assert leak(page_of(f"<th>{said[1]}</th>"), "", said, str) is not None


def test_a_figure_drawn_as_paths_tells_its_words_in_comments() -> None:
    from matplotlib.figure import Figure

    def drawn(label: str) -> Leak | None:
        figure, file = Figure(), io.StringIO()
        axes = figure.subplots()
        axes.plot(range(40), [i / 7 for i in range(40)])
        axes.set_title(label)
        figure.savefig(file, format="svg")
        return found({"image/svg+xml": file.getvalue()})

    assert drawn("2025") is None
    assert drawn("taro@x.jp") == Leak(0, What.EMAIL, Where.NOTE)


@pytest.mark.parametrize("write", [stress.write_workspace, every_kind.write_workspace])
def test_pages_of_extremes_and_of_every_kind_are_accused_of_nothing(
    write: Callable[[Path], None], tmp_path: Path
) -> None:
    write(tmp_path)
    shutil.copytree(EXAMPLE / "notebooks", tmp_path / "notebooks")
    assert run(Workspace(tmp_path), executor=Here()).failed == {}


def result_of(workspace: Workspace, template: str, last: str) -> dict[str, str]:
    keep_sessions(workspace, "bpr-1", "bpr-2")
    light_notebook(workspace, "session", "session_id = ''", "1")
    light_notebook(workspace, "overall", "failed = []", "1")
    parameters = "session_id = ''" if template == "session" else "failed = []"
    light_notebook(workspace, template, parameters, last)
    return run(workspace, executor=Here()).failed


@pytest.mark.parametrize("attribute", ['href="mailto:kari@pref.jp"', 'title="kari@pref.jp"'])
def test_p20_a_page_with_a_respondents_address_in_an_attribute_is_refused(
    workspace: Workspace, attribute: str
) -> None:
    html = attribute.replace("@", "' + chr(64) + '")
    last = f"__import__('IPython').display.HTML('<a {html}>連絡</a>')"
    failed = result_of(workspace, "session", last)
    assert set(failed) == {"bpr-1", "bpr-2", "overall"}
    where = "リンク" if "href" in attribute else "属性"
    assert f"メールアドレスを出力しています（見つけた所：{where}" in failed["bpr-1"]
    assert "kari@" not in failed["bpr-1"]
    assert not list((workspace.root / "outputs/html").glob("bpr-*"))


def test_a_comment_of_any_session_is_found_on_the_overall_page(workspace: Workspace) -> None:
    last = (
        "import dxeval as dx; workspace = dx.Workspace.find()\n"
        "[workspace.responses(session).comments for session in workspace.catalogue.sessions]"
    )
    failed = result_of(workspace, "overall", last)
    assert set(failed) == {"overall"}
    assert "載せると決めていない自由記述" in failed["overall"]


def test_so_are_answers_in_words_and_what_stands_beside_an_other(tmp_path: Path) -> None:
    every_kind.write_workspace(tmp_path)
    path = tmp_path / "data/responses/n-1.csv"
    header, _ = path.read_text("utf-8").splitlines()
    said = {"役立ったものをすべて選んでください": "講義;窓口の実演", "要望": "椅子が硬い"}
    row = [said.get(name, "") for name in header.split(",")]
    path.write_text(f"{header}\n{','.join(row)}\n", "utf-8")
    comments = Workspace(tmp_path).responses(Workspace(tmp_path).session("n-1")).comments
    for text in ("窓口の実演", "椅子が硬い"):
        leaked = leak(page_of(f"<td>{text}</td>"), "", comments, str)
        assert leaked == Leak(0, What.COMMENT, Where.TEXT)


def test_many_comments_cost_little() -> None:
    end = "時間では足りないと書いていました。"
    words = [f"{i}番目の方は、研修の時間が{i % 7}{end}" for i in range(20_000)]
    html = "".join(f"<p>{i}行目：この表は{i}人の回答から作りました。</p>" for i in range(4_000))
    assert leak(page_of(html), "x" * 100_000, words, str) is None
    begun = time.process_time()
    shown = page_of(f"{html}<p>{words[15_000][3:25]}</p>")
    tracemalloc.start()
    assert leak(shown, "", words, str) == Leak(0, What.COMMENT, Where.TEXT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40_000_000
    assert time.process_time() - begun < 20
