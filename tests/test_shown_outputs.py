"""What a notebook shows reaches the page, or the analyst is told: rows P1, P2, P4, P6, P8."""

import base64
import io
import json
import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
import seaborn as sns
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup, Tag
from conftest import Here, copy_workspace
from PIL import Image
from playwright.sync_api import sync_playwright

import dxeval as dx
from dxeval.errors import PrintError
from dxeval.problems import ProblemKind
from dxeval.report.batch import Result, run
from dxeval.report.notebook.outputs import settle
from dxeval.report.site.markdown import markdown, mathml
from dxeval.report.site.pdf import find_browser
from dxeval.workspace import Workspace

DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJg"
    "gg=="
)
CELLS = {
    "bars": "import matplotlib.pyplot as plt\nplt.bar(['満足'], [3])\nplt.title('満足度')",
    "twice": "fig, ax = plt.subplots(figsize=(3.5, 9))\nax.plot([1, 2])\nfig",
    "seaborn": "import seaborn as sns\nsns.set_theme()\nsns.barplot(x=['あ'], y=[1])",
    "font": "plt.rcParams['font.family'] = 'Meiryo'\nplt.figure(); plt.title('漢字')",
    "frame": "import pandas as pd\ndf = pd.DataFrame({'a<b>': [1], '回': ['<i>x</i></table>']})\n"
    "df",
    "styler": "df.style.format(precision=1).set_caption('名')",
    "wide": "pd.DataFrame({f'列の名前{i}': [i * 1000.5] for i in range(20)})",
    "math": "from IPython.display import *\ndisplay(Math(r'\\frac{a}{b}'))",
    "latex": "Latex(r'\\begin{align}a&=b\\\\c&=d\\end{align}')",
    "small": f"import base64\nImage(base64.b64decode('{DOT}'), width=120, alt='印')",
    "svg": "SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>')",
    "html": "HTML('<style>p{color:#800}</style><p onclick=\"x()\">赤<script>alert(1)</script>')",
    "markdown": "display(Markdown('**太い** $x^2$'))",
    "printed": "import warnings\nprint('秘密'); warnings.warn('内緒')",
    "object": "object()",
    "own": "import dxeval as dx\nf, a = plt.subplots()\ndx.figure(f, alt='3人が満足')",
    "updated": "h = display('一', display_id=True)\nh.update('二')",
    "bar": "from tqdm import tqdm\nfor i in tqdm(range(3)): pass",
}
TEXT = (
    "## 表 と 図\n\n[表へ](#表-と-図) $5 と $6 です。$\\frac{k}{n}$ と $$\\sum_i x_i$$\n\n"
    "![会場](figs/venue.png) ![写真](<figs/会場 写真.jpg>) <b>太字</b> <div>閉じない"
)


def code(source: str, place: str) -> dict[str, object]:
    cell = {"cell_type": "code", "execution_count": None, "outputs": [], "metadata": {}}
    return {**cell, "id": place, "source": source}


def with_cells(workspace: Workspace, *cells: dict[str, object]) -> None:
    path = workspace.root / "notebooks/session.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"] += cells
    path.write_text(json.dumps(notebook), "utf-8")


def text_cell(source: str) -> dict[str, object]:
    return {"cell_type": "markdown", "metadata": {}, "id": "text", "source": source}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Result]:
    workspace = copy_workspace(tmp_path_factory.mktemp("shown"))
    figs = workspace.root / "notebooks/figs"
    figs.mkdir()
    Image.new("RGB", (30, 10), "red").save(figs / "venue.png")
    exif = Image.Exif()
    exif[0x010F] = "TELLTALE"
    Image.new("RGB", (30, 10), "blue").save(figs / "会場 写真.jpg", exif=exif)
    with_cells(workspace, text_cell(TEXT), *(code(s, name) for name, s in CELLS.items()))
    return workspace, run(workspace, ["bpr-1"])


@pytest.fixture(scope="module")
def outputs(shown: tuple[Workspace, Result]) -> dict[str, list[dict]]:
    path = shown[0].root / "outputs/notebooks/bpr-1.ipynb"
    cells = json.loads(path.read_text("utf-8"))["cells"]
    firsts = {source: name for name, source in CELLS.items()}
    return {
        firsts[source]: cell["outputs"]
        for cell in cells
        if (source := "".join(cell["source"])) in firsts
    }


@pytest.fixture(scope="module")
def page(shown: tuple[Workspace, Result]) -> Tag:
    html = (shown[0].root / "outputs/html/bpr-1.html").read_text("utf-8")
    main = BeautifulSoup(html, "html.parser").find("main")
    assert isinstance(main, Tag)
    return main


def told(result: Result, cell: str) -> str:
    first = CELLS[cell].splitlines()[0]
    return "\n".join(problem.message for problem in result.warnings if problem.item == first)


@pytest.mark.parametrize("cell", ["bars", "seaborn", "font"])
def test_p01_charts_have_japanese_letters(shown: tuple[Workspace, Result], cell: str) -> None:
    assert "bpr-1" in shown[1].made, shown[1].failed
    assert "書体にない文字" not in told(shown[1], cell)
    assert "読み上げ" in told(shown[1], cell)


def test_p01_a_letter_that_no_font_has_is_said(workspace: Workspace) -> None:
    words = "UserWarning: Glyph 129408 (CRAB) missing from font(s) IPAexGothic.\n  draw()\n"
    stream = {"output_type": "stream", "name": "stderr", "text": words}
    cell = {**code("plt.title('')", "c"), "outputs": [stream]}
    (note,) = settle({"cells": [cell]}, workspace.root, "notebooks/session.ipynb")
    assert "「🦀」" in note.words and not note.lost


def test_p01_style_changes_nothing_outside() -> None:
    before, colours = dict(mpl.rcParams), sns.color_palette()
    with dx.style():
        assert mpl.rcParams["font.family"][0] == "IPAexGothic"
        assert sns.color_palette() != colours
        figure, axes = plt.subplots()
        axes.bar(["満足"], [1])
    assert dict(mpl.rcParams) == before and sns.color_palette() == colours
    assert all("IPAexGothic" in t.get_fontfamily() for t in figure.findobj(mpl.text.Text))
    plt.close(figure)
    style = dx.style()
    assert mpl.rcParams["font.family"][0] == "IPAexGothic"
    style.__exit__()
    assert dict(mpl.rcParams) == before


def test_p01_a_figure_says_what_it_shows_and_is_shown_once() -> None:
    figure, axes = plt.subplots(figsize=(3, 2))
    image = BeautifulSoup(dx.figure(axes, alt='3人 "満足" <b>').html, "html.parser").find("img")
    assert isinstance(image, Tag) and image["alt"] == '3人 "満足" <b>'
    assert not plt.fignum_exists(figure.number)
    for chart, alt in ((axes, " "), (3, "x")):
        with pytest.raises(dx.ChartError):
            dx.figure(chart, alt=alt)


PLOTLY = {"application/vnd.plotly.v1+json": {"data": [], "layout": {}}, "text/html": "<script>"}
VEGA = {"application/vnd.vegalite.v5+json": {"mark": "bar"}, "text/plain": "<VegaLite>"}
WIDGET = {
    "application/vnd.jupyter.widget-view+json": {"model_id": "m"},
    "text/plain": "Slider()",
}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (PLOTLY, "pip install kaleido"),
        (VEGA, "pip install vl-convert-python"),
        (WIDGET, "ウィジェット"),
        ({"application/javascript": "x@1.2.3", "text/plain": "<x>"}, "JavaScript"),
        ({"application/vnd.bokehjs_exec.v0+json": "", "application/javascript": "1"}, "bokeh"),
        ({"text/html": '<iframe src="http://x"></iframe>'}, "iframe"),
        ({"text/html": '<audio><source src="data:audio/wav;base64,x">No.</audio>'}, "audio"),
        ({"text/html": '<img src="http://x/y.png"/>'}, "ほかの場所の画像「http://x/y.png」"),
        ({"application/json": {"a": 1}, "text/plain": "<JSON object>"}, "application/json"),
        ({"image/png": "bm9uZQ=="}, "画像として読めません"),
        ({"image/svg+xml": "<svg"}, "SVG として読めません"),
    ],
)
def test_p02_what_needs_a_script_is_named_and_not_accused(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, data: dict, words: str
) -> None:
    monkeypatch.setattr("dxeval.report.notebook.renderers.find_spec", lambda name: None)
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    cell = {**code("fig.show()", "c"), "outputs": [output]}
    (note,) = settle({"cells": [cell]}, workspace.root, "notebooks/session.ipynb")
    assert note.lost and words in note.words
    assert cell["outputs"] == []


def test_p02_the_cell_is_named_and_internal_is_the_way_out(workspace: Workspace) -> None:
    source = f"display({PLOTLY!r}, raw=True)".replace("'layout': {}", "'layout': {'a': 'n@1.2.3'}")
    with_cells(workspace, code(source, "c"))
    result = run(workspace, ["bpr-1"], executor=Here())
    assert "plotly の図" in result.failed["bpr-1"] and "display({" in result.failed["bpr-1"]
    assert "メールアドレス" not in result.failed["bpr-1"]
    assert "internal" in result.failed["bpr-1"]


def test_p04_markdown_has_its_pictures_without_their_traces(
    shown: tuple[Workspace, Result], page: Tag
) -> None:
    images = {alt: page.find("img", alt=alt) for alt in ("会場", "写真")}
    for image in images.values():
        assert isinstance(image, Tag)
        _, _, content = str(image["src"]).partition(";base64,")
        assert b"TELLTALE" not in base64.b64decode(content)
        assert Image.open(io.BytesIO(base64.b64decode(content))).size == (30, 10)
    heading = page.find(id="表-と-図")
    assert heading is not None and page.find("a", href="#%E8%A1%A8-%E3%81%A8-%E5%9B%B3")


def test_p04_a_changed_picture_makes_the_page_again(workspace: Workspace) -> None:
    figs = workspace.root / "notebooks/figs"
    figs.mkdir()
    with_cells(workspace, text_cell("![会場](figs/venue.png)"))
    failed = run(workspace, ["bpr-1"], executor=Here()).failed["bpr-1"]
    assert (
        "「![会場](figs/venue.png)」" in failed and "画像「figs/venue.png」がありません" in failed
    )
    Image.new("RGB", (30, 10), "red").save(figs / "venue.png")
    assert "bpr-1" in run(workspace, ["bpr-1"], executor=Here()).made
    assert "bpr-1" in run(workspace, ["bpr-1"], executor=Here()).fresh
    Image.new("RGB", (30, 10), "blue").save(figs / "venue.png")
    assert "bpr-1" in run(workspace, ["bpr-1"], executor=Here()).made


def test_p06_formulas_are_mathml_and_money_is_money(page: Tag) -> None:
    assert len(page.find_all("math")) == 5
    assert "$5 と $6 です" in page.get_text()
    assert "\\" not in "".join(math.get_text() for math in page.find_all("math"))


@pytest.mark.parametrize(
    "source", [r"\foo{x}", r"\frac{a", "x^", "a&b", r"\begin{foo}x\end{foo}", r"\def\x{1}"]
)
def test_p06_what_is_no_formula_stays_as_it_is_and_is_told(source: str) -> None:
    assert mathml(source, "inline") is None
    rendered = markdown(f"前 ${source}$ 後")
    assert "<math" not in rendered.html and rendered.told


@pytest.mark.parametrize(
    ("source", "formulas"),
    [
        ("$5 and $6", 0),
        ("US$100からUS$200", 0),
        ("$5 と $6 です。$x$ も", 1),
        (r"\$x\$", 0),
        ("`$x$`", 0),
        ("$x$", 1),
        (r"\\(x\\) と \(x_1\)", 2),
        (r"\(注\)", 0),
        ("$$\nx\n$$", 1),
        ("\\begin{align}\na&=b\n\\end{align}", 1),
    ],
)
def test_p06_what_is_a_formula(source: str, formulas: int) -> None:
    assert markdown(source).html.count("<math") == formulas


def width(output: dict) -> int:
    return int(output["metadata"]["image/png"]["width"])


def test_p08_charts_and_images_have_the_size_asked_for(outputs: dict[str, list[dict]]) -> None:
    (chart,) = outputs["twice"]
    assert 0.85 * 3.5 * 96 < width(chart) < 1.1 * 3.5 * 96
    (image,) = outputs["small"]
    assert width(image) == 120 and image["metadata"]["image/png"]["alt"] == "印"


def test_no_repr_of_a_chart_reaches_the_page(page: Tag) -> None:
    text = page.get_text()
    for repr_ in ("Text(", "<Axes", "<Figure", "Line2D", " at 0x"):
        assert repr_ not in text


def test_tables_are_escaped_fit_and_have_scopes(page: Tag) -> None:
    tables = page.select(".wide > table.frame")
    assert len(tables) == 3
    for table in tables[:2]:
        assert "<i>x</i></table>" in table.get_text() and "a<b>" in table.get_text()
        assert {th["scope"] for th in table.find_all("th")} == {"col", "row"}
    assert isinstance(tables[1].find("caption"), Tag)
    assert re.search(r"T_c\d+_0", str(page)) and "--ems" in str(tables[2]["style"])


def test_what_runs_is_taken_out_and_told(shown: tuple[Workspace, Result], page: Tag) -> None:
    assert not page.find_all("script") and "onclick" not in str(page)
    assert "赤" in page.get_text() and "script" in told(shown[1], "html")
    style = page.find("style")
    assert style is not None and style.get_text().startswith("@scope")


def test_what_is_no_part_of_a_report_is_told_but_not_quoted(
    shown: tuple[Workspace, Result], outputs: dict[str, list[dict]]
) -> None:
    result = shown[1]
    assert "print" in told(result, "printed") and "警告" in told(result, "printed")
    assert "内緒" not in "".join(told(result, "printed").splitlines()[1:])
    assert not outputs["printed"]
    assert "表か図にして" in told(result, "object") and not outputs["object"]
    assert "進みぐあい" in told(result, "bar")
    assert "二" in str(outputs["updated"]) and "一" not in str(outputs["updated"])
    assert not told(result, "own")
    kinds = {problem.kind for problem in result.warnings if problem.file.endswith(".ipynb")}
    assert kinds == {ProblemKind.NOT_SHOWN, ProblemKind.NO_ALT}


@pytest.mark.parametrize("width", [1000, 390])
def test_p08_nothing_is_cut_on_a_screen_or_on_paper(
    shown: tuple[Workspace, Result], width: int
) -> None:
    try:
        executable = find_browser()
    except PrintError as error:
        pytest.skip(str(error))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 900})
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto((shown[0].root / "outputs/html/bpr-1.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate("[...document.images].every(i => i.naturalWidth > 0)") and not said
        ratios = "[...document.querySelectorAll('.shown img')].map(i => i.naturalWidth / "
        ratios += "i.naturalHeight / (i.clientWidth / i.clientHeight))"
        assert all(0.97 < ratio < 1.03 for ratio in page.evaluate(ratios))
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "best-practice"]})
        assert [violation["id"] for violation in found.response["violations"]] == []
        page.emulate_media(media="print")
        style = "[...document.querySelectorAll('.shown')].map(f => getComputedStyle(f).breakInside)"
        assert set(page.evaluate(style)) == {"avoid"}
        browser.close()


def test_both_engines_show_and_tell_the_same(shown: tuple[Workspace, Result]) -> None:
    workspace, result = shown
    page = workspace.root / "outputs/html/bpr-1.html"
    before = page.read_bytes()
    again = run(workspace, ["bpr-1"], force=True, engine="nbclient")
    assert page.read_bytes() == before
    assert again.warnings == result.warnings
