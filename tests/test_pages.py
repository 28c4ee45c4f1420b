"""The pages that a real batch made: every element of the report, nothing that must not be there."""

import base64
import itertools
import re
import zipfile
from pathlib import Path

import nbformat
import pytest
from conftest import Here
from pages import STATES, Page, numbers, page_of, words
from PIL import Image
from test_batch import keep_sessions

from dxeval.presenting import charts, tables
from dxeval.presenting import page as sections
from dxeval.report.batch import Result, run
from dxeval.workspace import Workspace

EXCHANGE = [f"exchange-{i}" for i in range(1, 6)]
BPR = ["bpr-1", "bpr-2"]
PAGES = ["index", "overall", "programme-exchange", *EXCHANGE, "programme-bpr", *BPR]
Made = tuple[Workspace, Result]


def test_everything_was_made(made: Made) -> None:
    workspace, result = made
    assert result.failed == {}
    assert sorted(result.made) == sorted(set(PAGES) - {"index"})
    files = {p.name for p in (workspace.root / "outputs/html").iterdir()}
    assert files == {f"{name}.html" for name in (*PAGES, "report")}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_self_contained_and_harmless(made: Made, name: str) -> None:
    page = page_of(made[0], name)
    assert page.only("html").attrs == {"lang": "ja"}
    assert not page.all("script")
    assert not re.search(r"\son[a-z]+\s*=", re.sub(r'"[^"]*"', '""', page.html))
    assert not re.search(r"https?://", page.html)
    policy = page.only("meta[http-equiv]")["content"]
    assert policy == "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    assert all(str(image["src"]).startswith("data:image/") for image in page.all("img"))
    beside = {f"../tables/{file}" for file in ("counts.csv", "figures.xlsx", "summary.csv")}
    of_index = beside | {"report.html"} if name == "index" else set()
    allowed = {f"{other}.html" for other in PAGES} | of_index
    assert set(page.links()) <= allowed
    assert len(page.html.encode()) < 250_000


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_by_machines(made: Made, name: str) -> None:
    page = page_of(made[0], name)
    levels = [int(tag.name[1]) for tag in page.all("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    assert len(page.all("table > caption")) == len(page.all("table"))
    assert all(th["scope"] in {"row", "col", "rowgroup"} for th in page.all("th"))
    assert all(len(str(image["alt"])) > 10 for image in page.all("img"))
    assert "模擬データ" in page.text(".notice")
    for sign in ("￿", "¶", "import dxeval"):
        assert sign not in page.whole


def test_titles_tell_the_pages_apart(made: Made) -> None:
    titles = [page_of(made[0], name).text("title") for name in PAGES]
    assert len(set(titles)) == len(PAGES)
    assert "第1回ワークショップ 実施結果｜① DX推進担当者の交流プログラム" in titles


def test_a_session_page_has_every_element_of_the_report(made: Made) -> None:
    workspace, _ = made
    session = workspace.session("exchange-1")
    programme = workspace.programme.programme(session.programme)
    page = page_of(workspace, session.id)
    assert page.texts("header .eyebrow span") == [
        programme.label,
        "2025年6月4日（水）",
        "21自治体 21人",
    ]
    assert session.title in page.text("header h1")
    assert [tag.name for tag in page.all("h1, h2, h3")] == [
        "h1",
        *("h2", "h3", "h3", "h3", "h3"),
        *["h2"] * 8,
    ]
    day, people, target, purpose = page.texts(".facts td")
    assert (numbers(day), numbers(people)) == ([2025, 6, 4], [21, 21])
    assert (target, purpose) == (programme.target, session.purpose)
    _, _, _, agenda, points, insights, photos, *_ = page.all("main section")
    assert [words(line) for line in agenda.select("ol > li")] == [*session.agenda]
    assert [words(line) for line in points.select("ul > li")] == [*session.learning_points]
    assert [words(line) for line in insights.select("ul > li")] == [*session.insights]
    captions = [words(caption) for caption in photos.select("figcaption")]
    assert captions == [photo.caption for photo in session.photos]
    assert page.texts("blockquote") == [*session.comments]
    assert page.links("a[rel=next]") == ["exchange-2.html"]


def test_a_session_page_shows_its_numbers_at_a_glance_and_under_each_bar(made: Made) -> None:
    page = page_of(made[0], "exchange-1")
    assert page.numbers(".card") == [[100, 21, 21], [95, 20, 21], [52, 11, 21], [100, 21, 21]]
    assert [tag["class"][-1] for tag in page.all(".card")] == ["full", "below", "below", "full"]
    (facts,) = page.numbers(".cards + p")
    assert facts == [1, 4.8, 100, 21, 21, 30]
    assert len(page.all("figure.chart img")) == 4
    assert page.numbers("figcaption p") == page.numbers(".card")
    assert page.texts("figcaption h3") == page.texts(".card dt")
    assert page.texts(".headline")[1:3] == [
        "「とても役に立つ」「役に立つ」と回答",
        "「実践できる」「サポートがあれば実践できる」と回答",
    ]
    assert [len(table.select("tbody tr")) for table in page.all("table.levels")] == [5, 5, 5, 5]
    rows = page.all("table.levels")[2].select("tbody tr")
    cells = [[numbers(words(cell)) for cell in row.select("td")] for row in rows]
    assert cells == [[[3], [14]], [[8], [38]], [[5], [24]], [[4], [19]], [[1], [5]]]
    assert ["（肯定的回答）" in words(row) for row in rows] == [True, True, False, False, False]


def test_results_and_comments_come_before_what_took_place_and_checks_last(made: Made) -> None:
    page = page_of(made[0], "exchange-1")
    places = [page.html.index(f'class="{name}"') for name in ("lead", "cards", "chart result full")]
    assert places == sorted(places)
    assert [text.split("（")[0] for text in page.texts("h2")] == [
        "アンケート結果",
        "参加者の声",
        "開催概要",
        "実施内容",
        "学びのポイント",
        "好事例・気づき",
        "写真",
        "数え方",
        "公表値との照合",
    ]


def test_the_summary_by_hand_stands_below_the_lead(made: Made) -> None:
    workspace, _ = made
    by_hand = workspace.session("bpr-1").summary
    assert page_of(workspace, "bpr-1").texts(".lead p")[1:] == [by_hand]
    assert not page_of(workspace, "bpr-2").all(".lead .by-hand")


def test_an_old_notebook_still_has_heading_summary_charts_and_rules(made: Made) -> None:
    workspace, _ = made
    session = workspace.session("exchange-1")
    scores = workspace.score(session, workspace.responses(session))
    old = Page(
        sections.summary(session, scores).html
        + charts.session_charts(scores).html
        + tables.distribution(scores, workspace.survey).html
    )
    assert old.texts("h2") == ["アンケート結果（回答 21人）", "数え方"]
    assert "習得度は21人中11人で、" in old.texts("section p")[0]
    assert len(old.all("table.levels")) == 4
    assert len(old.all(".rules li")) == 4


def test_the_makers_words_are_one_closed_line(made: Made) -> None:
    page = page_of(made[0], "exchange-1")
    (record,) = page.all(".page-foot details")
    assert not record.has_attr("open")
    assert words(record.summary).startswith("dxeval ")
    assert len(words(record.select_one(".hash"))) == 64


def test_a_session_with_its_own_rule_is_marked(made: Made) -> None:
    workspace, _ = made
    (rule,) = workspace.session("exchange-2").favourable
    page = page_of(workspace, "exchange-2")
    for selector in (".card dt", "figcaption h3"):
        assert ["＊" in text for text in page.texts(selector)] == [False, False, False, True]
    (note,) = [text for text in page.texts(".rules li") if text.startswith("＊")]
    assert "満足度＊は20人中19人" in page.texts(".lead strong")
    assert rule.reason in note
    overall = page_of(workspace, "overall")
    marked = [tag for tag in overall.all(".summary .share") if "＊" in words(tag)]
    assert [numbers(words(tag)) for tag in marked] == [[95, 19, 20]]
    (note,) = [text for text in overall.texts(".notes li") if text.startswith("＊")]
    assert note.startswith("＊①第2回の満足度は「大いに満足」「満足」を肯定的回答に数える")
    assert rule.reason in note


def test_impossible_figures_are_said_and_not_reproduced(made: Made) -> None:
    page = page_of(made[0], "overall")
    assert page.numbers("section:has(.audit) > p") == [[28, 25]]
    results = page.texts(".audit td:last-child")
    said = "20人の回答からは得られない（19人なら95%、20人なら100%）。この報告では100%（20/20人）。"
    assert results[0] == said
    assert [20, 13, 65, 14, 70, 65, 13, 20] in map(numbers, results)
    assert [19, 17, 89, 18, 95, 89, 17, 19] in map(numbers, results)


def test_the_overall_page_has_review_summary_distributions_and_comments(made: Made) -> None:
    workspace, _ = made
    sessions, programme = workspace.sessions(), workspace.programme
    page = page_of(workspace, "overall")
    assert programme.report.chapter in page.text("header .eyebrow")
    review = programme.review
    points = [*review.good, *review.problems, *review.suggestions]
    lines = page.texts(".three li")
    assert all(text.startswith(point.text) for text, point in zip(lines, points, strict=True))
    assert len(page.all(".three > div > h3")) == 3
    assert page.numbers(".badge") == [[95, 100], [100], [52, 100], [10, 108]]
    groups = page.texts(".summary th[scope=rowgroup]")
    for text, group in zip(groups, programme.programmes, strict=True):
        assert text.startswith(group.label)
        assert text.endswith(group.target)
    assert len(page.all(".summary .share")) == 7 * 4
    assert [83, 5, 6] in page.numbers(".summary .share")
    assert numbers(page.texts(".notes li")[0]) == [7, 108, 108]
    assert len(page.all("figure.chart table.by-level")) == 4
    assert not page.all("main img, table.numbers")
    cells = [words(cell) for cell in page.all("table.by-level")[2].select("tbody tr")[0]("td")[1:]]
    assert cells == ["3", "8", "5", "4", "1", "21"]
    assert page.numbers(".lead strong") == [[28, 21, 100]]
    assert page.numbers(".summary .below") == [
        *([95, 20, 21], [52, 11, 21], [65, 13, 20], [95, 19, 20]),
        *([90, 18, 20], [89, 17, 19], [83, 5, 6]),
    ]
    assert len(page.all(".summary .full")) == 21
    assert page.texts("blockquote") == [said for s in sessions for said in s.comments]
    assert page.links("main a") == [f"{name}.html" for name in (*EXCHANGE, *BPR)]


def test_the_index_links_every_page_and_tells_the_figures_of_each_session(made: Made) -> None:
    page = page_of(made[0], "index")
    names = [*PAGES[2:], "overall", "report"]
    assert page.links("a[href$='.html']") == [f"{name}.html" for name in names]
    assert page.texts(STATES) == []
    assert "作成済み" not in page.whole
    rows = page.all("tbody tr:not(.programme)")
    shares = [100, 21, 21, 95, 20, 21, 52, 11, 21, 100, 21, 21]
    assert numbers(words(rows[0])) == [1, 6, 4, 21, *shares]
    assert len(rows) == 7
    assert len(page.all(".glance.full")) == 21
    assert page.texts(".glance.below")[-1] == "83% 5/6人"
    assert page.only("tr:has(a[href='bpr-1.html']) td:nth-of-type(5) .units")["style"] == "--n:6"
    assert page.text(".lead strong") == "肯定的回答の割合は、28のうち21が100%"
    assert numbers(page.text(".lead p"))[:3] == [2, 7, 108]
    assert page.text(".notes") == "＊この回だけの数え方。理由はその回のページにあります。"


def test_the_index_says_which_answers_are_simulated_where_not_all_are(workspace: Workspace) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2")
    path = workspace.root / "data/sessions/bpr-2.yaml"
    text = path.read_text(encoding="utf-8").replace("simulated: true\n", "")
    path.write_text(text, encoding="utf-8")
    run(workspace, executor=Here())
    page = page_of(workspace, "index")
    assert page.numbers(".notice") == [[2, 1]]
    assert page.texts("tbody tr:nth-child(2) .badge") == ["模擬データ"]
    assert page.texts("tbody .badge") == ["模擬データ"]


def test_no_personal_data_and_no_path_reach_any_output(made: Made) -> None:
    workspace, _ = made
    planted = ["模擬 参加者", "example.jp", str(workspace.root), str(Path.home()), "Traceback"]
    for path in (workspace.root / "outputs").rglob("*"):
        if path.is_file():
            text = path.read_bytes().decode(errors="replace")
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(path) as archive:
                    text = "".join(archive.read(n).decode() for n in archive.namelist())
            assert not [word for word in planted if word in text], path.name


def test_a_live_run_of_the_notebooks_is_what_the_batch_exports(made: Made) -> None:
    """Every displayed fragment of the stored notebook stands in the page, in order."""
    notebook = nbformat.read(made[0].root / "outputs/notebooks/bpr-1.ipynb", as_version=4)
    shown = [
        output.data["text/html"]
        for cell in notebook.cells
        if "internal" not in cell.metadata.get("tags", [])
        for output in cell.get("outputs", [])
    ]
    assert len(shown) == 11
    fragments, whole = Page("".join(shown)), page_of(made[0], "bpr-1")
    inside = [(tag.name, tag.attrs) for tag in whole.all("main *")]
    there = [(tag.name, tag.attrs) for tag in fragments.all()]
    assert inside[: len(there)] == there
    assert "".join(fragments.whole.split()) in "".join(whole.whole.split())


def test_photos_are_embedded_small_and_without_exif(workspace: Workspace) -> None:
    session = workspace.session("bpr-1")
    picture = Image.new("RGB", (4000, 3000), "teal")
    exif = picture.getexif()
    exif[0x010E] = "撮影者 秘密"
    exif[0x0112] = 6
    picture.save(workspace.photo_folder / "bpr-1-1.jpg", exif=exif)
    fragment = Page(sections.photos(session, workspace.photo_folder).html)
    image = fragment.only("figure > img")
    shown, missing = (photo.caption for photo in session.photos)
    assert image["alt"] == f"写真：{shown}"
    content = base64.b64decode(str(image["src"]).removeprefix("data:image/jpeg;base64,"))
    assert b"Exif" not in content
    copy = workspace.root / "copy.jpg"
    copy.write_bytes(content)
    with Image.open(copy) as embedded:
        assert embedded.size == (900, 1200)
        assert not embedded.getexif()
    assert fragment.text("figure > figcaption") == shown
    assert fragment.text("li").startswith(missing)


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", "a & b", '"><img src=x>'])
def test_text_appears_as_typed(workspace: Workspace, payload: str) -> None:
    session = workspace.session("bpr-1").model_copy(
        update={"title": payload, "insights": (payload,), "comments": (payload,)}
    )
    shown = Page(
        sections.title(session, workspace.programme).html
        + sections.insights(session).html
        + sections.comments(session, workspace.responses(workspace.session("bpr-1"))).html
    )
    assert shown.whole.count(payload) == 3
    assert not shown.all("script, img")


def test_more_items_than_columns_have_their_names_in_one_cell(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dxeval.presenting.glance.COLUMNS", 3)
    keep_sessions(workspace, "bpr-1", "bpr-2")
    run(workspace, executor=Here())
    page = page_of(workspace, "index")
    assert page.texts("thead th") == ["回", "開催日", "参加", "結果"]
    told = [words(line) for line in page.all("tbody .share")[0]("li")]
    assert told[2] == "習得度83% 5/6人"
    assert [len(cell("li")) for cell in page.all("tbody .share")] == [4, 4]


def test_the_comparison_of_an_older_notebook_still_shows_its_tables(made: Made) -> None:
    workspace, _ = made
    sessions = workspace.sessions()
    shown = tables.comparison(sessions, workspace.score_all(sessions), workspace.programme)
    assert len(Page(shown.html).all("table.numbers")) == 4
