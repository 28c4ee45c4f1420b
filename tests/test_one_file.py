"""report.html: everything in one file, with links that work where nothing else is."""

import hashlib
import itertools
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Here
from pages import Page, page_of
from playwright.sync_api import Browser, sync_playwright
from test_pages import Made

from dxeval.errors import PrintError
from dxeval.report.batch import run
from dxeval.report.decide import decide
from dxeval.report.listing import State, listing
from dxeval.report.plan import COVER, Plan
from dxeval.report.site.inner import as_part, main_part, own_ids
from dxeval.report.site.links import REPORT
from dxeval.report.site.pdf import find_browser
from dxeval.workspace import Workspace

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def finished(made: Made, tmp_path: Path) -> Workspace:
    """A workspace whose pages are all up to date, to be spoilt."""
    return Workspace(shutil.copytree(made[0].root, tmp_path / "copy"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        executable = find_browser()
    except PrintError as error:
        pytest.skip(str(error))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


def whole(workspace: Workspace) -> Page:
    return page_of(workspace, REPORT)


def states(workspace: Workspace) -> dict[str, str]:
    return {line.id: line.state for line in listing(Plan(Workspace(workspace.root)))}


def edit(workspace: Workspace, name: str, old: str, new: str) -> None:
    path = workspace.root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_it_holds_every_page_once_with_one_style_and_no_id_twice(made: Made) -> None:
    page = whole(made[0])
    chapters = [tag["id"] for tag in page.all("article.chapter")]
    *pages, annex = chapters
    assert pages == Plan(made[0]).reading_order
    ids = Counter(tag["id"] for tag in page.all("[id]"))
    assert max(ids.values()) == 1
    assert len(page.all("head style")) == 1
    assert not page.all("script, link, iframe")
    assert (
        "default-src 'none'" in page.only('meta[http-equiv="Content-Security-Policy"]')["content"]
    )
    for chapter in pages:
        own = Page(main_part(page_of(made[0], str(chapter)).html))
        for section in own.all("section.annex"):
            section.decompose()
        said = own.whole.split()
        assert said == Page(str(page.only(f'article[id="{chapter}"]'))).whole.split()[: len(said)]
    overall = page_of(made[0], "overall").text("section.annex")
    assert page.texts("section.annex") == [overall]
    assert overall in page.text(f'article[id="{annex}"]')


def test_the_contents_name_sessions_below_their_programmes_and_the_annex_last(made: Made) -> None:
    contents = whole(made[0]).only("nav > .contents")
    lines = [Page(str(line)) for line in contents.find_all("li", recursive=False)]
    assert [line.texts("li > p") for line in lines[1:-1]] == [
        ["① DX推進担当者の交流プログラム"],
        ["② BPR/BPO推進ワークショップ"],
    ]
    assert lines[0].texts("a") == ["総括"]
    assert lines[1].texts("a")[:2] == ["事業のまとめ", "第1回ワークショップ 実施結果"]
    assert [len(line.all("a")) for line in lines] == [1, 6, 3, 1]
    assert lines[-1].texts("a") == ["付録 公表値の検算"]


def test_another_name_of_a_programme_makes_it_anew_though_no_page_had_changed(
    made: Made, tmp_path: Path
) -> None:
    shutil.copytree(made[0].root, tmp_path / "there")
    workspace = Workspace(tmp_path / "there")
    pages = Plan(workspace).manifest.pages
    before = Plan(workspace).one_file(pages)
    edit(workspace, "data/programme.yaml", "BPR/BPO推進ワークショップ", "BPRワークショップ")
    after = Plan(Workspace(workspace.root)).one_file(pages)
    assert [name for name in before if before[name] != after[name]] == [COVER]


def test_every_link_leads_to_a_place_in_it(made: Made) -> None:
    page = whole(made[0])
    ids = {tag["id"] for tag in page.all("[id]")}
    assert len(page.links("a[href]")) > 2 * len(Plan(made[0]).reading_order)
    assert {link.removeprefix("#") for link in page.links("a[href]")} <= ids


def test_headings_are_in_order_under_one_of_the_first_level(made: Made) -> None:
    tags = whole(made[0]).all("h1, h2, h3, h4, h5, h6")
    levels = [int(str(tag.get("aria-level", tag.name[1]))) for tag in tags]
    assert levels.count(1) == 1 == levels[0]
    assert all(later <= level + 1 for level, later in itertools.pairwise(levels))


def test_a_failed_session_is_named_and_comes_back(finished: Workspace) -> None:
    before = (finished.root / "outputs/html/report.html").read_bytes()
    export = finished.root / "data/responses/bpr-1.csv"
    content = export.read_bytes()
    export.write_bytes(content.replace("満足".encode(), "そこそこ".encode()))
    assert set(run(Workspace(finished.root), executor=Here()).failed) >= {"bpr-1"}
    page = whole(finished)
    assert not page.all('[id="bpr-1"]')
    assert "#bpr-1" not in page.html
    assert (
        page.texts("nav li:has(.state-failed)") == ["②第1回 7月11日（金）：作成できませんでした"]
        or len(page.all("nav li:has(.state-failed)")) == 1
    )
    assert states(finished)[REPORT] is State.FRESH
    export.write_bytes(content)
    run(Workspace(finished.root), executor=Here())
    assert (finished.root / "outputs/html/report.html").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/sessions/bpr-1.yaml", "title: ワークショップ", "title: 研修会"),
        ("data/programme.yaml", "title: 事業実施結果", "title: 事業の結果"),
    ],
)
def test_it_is_out_of_date_with_any_chapter(
    finished: Workspace, name: str, old: str, new: str
) -> None:
    assert states(finished)[REPORT] is State.FRESH
    edit(finished, name, old, new)
    assert states(finished)[REPORT] is State.STALE
    run(Workspace(finished.root), executor=Here())
    assert new.removeprefix("title: ") in whole(finished).whole
    assert set(states(finished).values()) == {State.FRESH}


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("<p>", "utf-8")])
def test_it_alone_is_made_again(finished: Workspace, spoil: object) -> None:
    path = finished.root / "outputs/html/report.html"
    before = path.read_bytes()
    spoil(path)  # type: ignore[operator]
    stale = {name for name, state in states(finished).items() if state is not State.FRESH}
    assert stale >= {REPORT}
    assert not stale & {"bpr-1", "overall"}
    assert run(Workspace(finished.root), executor=Here()).made == {}
    assert path.read_bytes() == before


def test_a_page_that_a_browser_waits_for_does_not_wait_for_it(finished: Workspace) -> None:
    edit(finished, "data/sessions/bpr-1.yaml", "title: ワークショップ", "title: 研修会")
    from contextlib import nullcontext

    from dxeval.report.renewing import renew
    from dxeval.report.staging import open_outputs

    path = finished.root / "outputs/html/report.html"
    before = path.read_bytes()
    for alone in (True, False):
        with open_outputs(finished.root / "outputs") as staging:
            plan = Plan(Workspace(finished.root))
            todo = decide(plan, ["bpr-1"] if alone else (), alone=alone)
            assert todo.anything
            renew(plan, todo, staging, nullcontext(Here()))
        assert (path.read_bytes() == before) is alone


def test_both_engines_and_other_workers_make_the_same(made: Made, tmp_path: Path) -> None:
    digest = hashlib.sha256((made[0].root / "outputs/html/report.html").read_bytes())
    for place, how in (("a", {"engine": "nbclient"}), ("b", {"executor": Here()})):
        root = tmp_path / place
        for folder in ("data", "notebooks"):
            shutil.copytree(made[0].root / folder, root / folder)
        run(Workspace(root), **how)  # type: ignore[arg-type]
        other = hashlib.sha256((root / "outputs/html/report.html").read_bytes())
        assert other.digest() == digest.digest()


def test_a_part_keeps_what_its_own_references_mean() -> None:
    html = (
        '<h2 id="a">x</h2><label for="a">l</label><a href="#a">1</a><a href="b.html#c">2</a>'
        '<a href="./b.html">3</a><a href="gone.html">4</a><a href="../tables/x.csv">5</a>'
        '<a href="index.html">6</a><a href="https://example.jp/b.html">7</a>'
        '<svg><use xlink:href="#a"/><path clip-path="url(#a)"/></svg>'
        '<p title=\'say id="a" > "no"\' aria-describedby="a d">&lt;b id="a"&gt;</p>'
        "<style>#a td { color: #abc } p > #d{}</style>"
        '<div role="region" aria-label="表">t</div>'
    )
    part = as_part(html, "s-1", "一回", {"s-1", "b"}, "report")
    assert '<h2 aria-level="3" id="s-1.a">' in part
    assert 'for="s-1.a"' in part
    hrefs = re.findall(r'<a(?: href="([^"]*)")?>', part)
    assert hrefs == ["#s-1.a", "#b.c", "#b", "", "", "#report", "https://example.jp/b.html"]
    assert '<use xlink:href="#s-1.a"/><path clip-path="url(#s-1.a)"/>' in part
    assert 'title=\'say id="a" > "no"\'' in part
    assert 'aria-describedby="s-1.a s-1.d"' in part
    assert '&lt;b id="a"&gt;' in part
    assert r"#s-\31 \2e a td { color: #abc } p > #s-\31 \2e d{}" in part
    assert 'aria-label="表（一回）"' in part
    assert "aria-level" not in own_ids(html, "s-1")


@pytest.mark.parametrize("width", [1280, 1000, 360])
def test_a_browser_finds_nothing_wrong_and_follows_its_links(
    browser: Browser, made: Made, tmp_path: Path, width: int
) -> None:
    alone = shutil.copy(made[0].root / "outputs/html/report.html", tmp_path / "届いた報告.html")
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(Path(alone).as_uri())
    found = Axe().run(page, options={"runOnly": RULES}).response
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.click('nav a[href="#bpr-2"]')
    assert page.evaluate("document.querySelector(':target').id") == "bpr-2"
    assert page.evaluate("document.getElementById('bpr-2').getBoundingClientRect().top") < 900
    page.click('[id="bpr-2"] > p a[href="#report"]')
    assert page.evaluate("document.querySelector(':target').id") == "report"
    page.click('[id="overall"] a[href="#exchange-3"]')
    assert page.evaluate("document.querySelector(':target').id") == "exchange-3"
    assert len({url.partition("#")[0] for url in asked if not url.startswith("data:")}) == 1
    page.close()
