"""The pages that a real batch made: every element of the report, nothing that must not be there."""

import base64
import itertools
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from conftest import Here
from PIL import Image
from test_batch import keep_sessions

from dxeval.presenting import page
from dxeval.report.batch import Result, run
from dxeval.workspace import Workspace

PAGES = ["index", "overall", *(f"exchange-{i}" for i in range(1, 6)), "bpr-1", "bpr-2"]
Made = tuple[Workspace, Result]


def html(made: Made, name: str) -> str:
    return (made[0].root / f"outputs/html/{name}.html").read_text(encoding="utf-8")


class Outline(HTMLParser):
    """Collects what the tests ask of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._silent = 0
        self.feed(str(text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._silent += tag in {"style", "script"}

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_everything_was_made(made: Made) -> None:
    workspace, result = made
    assert result.failed == {}
    assert sorted(result.made) == sorted(set(PAGES) - {"index"})
    files = {p.name for p in (workspace.root / "outputs/html").iterdir()}
    assert files == {f"{name}.html" for name in PAGES}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_self_contained_and_harmless(made: Made, name: str) -> None:
    text = html(made, name)
    outline = Outline(text)
    assert outline.all("html") == [{"lang": "ja"}]
    assert not outline.all("script")
    assert not re.search(r"\son[a-z]+\s*=", re.sub(r'"[^"]*"', '""', text))
    assert "https://" not in text
    assert set(re.findall(r"http://[^\"' <]+", text)) == set()
    policies = [m["content"] for m in outline.all("meta") if "http-equiv" in m]
    assert policies == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"]
    assert all(image["src"].startswith("data:image/") for image in outline.all("img"))
    targets = {a["href"] for a in outline.all("a")}
    beside = {f"../tables/{file}" for file in ("counts.csv", "figures.xlsx", "summary.csv")}
    assert targets <= {f"{page}.html" for page in PAGES} | (beside if name == "index" else set())
    assert len(text.encode()) < 250_000


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_by_machines(made: Made, name: str) -> None:
    outline = Outline(html(made, name))
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    assert len(outline.all("caption")) == len(outline.all("table"))
    assert all(th["scope"] in {"row", "col", "rowgroup"} for th in outline.all("th"))
    assert all(len(image["alt"]) > 10 for image in outline.all("img"))
    assert "模擬データ" in outline.text
    assert "￿" not in outline.text
    assert "¶" not in outline.text
    assert "import dxeval" not in outline.text


def test_titles_tell_the_pages_apart(made: Made) -> None:
    titles = [re.search("<title>(.*)</title>", html(made, name)) for name in PAGES]
    texts = [match[1] for match in titles if match]
    assert len(set(texts)) == len(PAGES)
    assert "第1回ワークショップ 実施結果｜① DX推進担当者の交流プログラム" in texts


def test_a_session_page_has_every_element_of_the_report(made: Made) -> None:
    text = Outline(html(made, "exchange-1")).text
    for said in [
        "① DX推進担当者の交流プログラム",
        "第1回ワークショップ　実施結果",
        "2025年6月4日（水）",
        "21自治体（21人）",
        "実施目的",
        "実施内容",
        "ネットワーキングの手法を理解する",
        "学びのポイント",
        "好事例・気づき",
        "ネットワーキングの様子（写真未収録）",
        "アンケート結果（回答 21人）",
        "習得度 — 52%（11/21人）が「実践できる」「サポートがあれば実践できる」と回答",
        "満足度 — 全員が「大いに満足」「満足」「概ね満足」と回答",
        "肯定的回答 11/21人",
        "サポートがあれば実践できる 8人",
        "あまり理解できなかった",
        "参加者の声（掲載 2件 ／ 記入 6件）",
        "入庁してまだ日が浅い",
        "割合は参考値です",
        "1人の重み 4.8ポイント",
        "次の回：①第2回 6月30日（月） →",
    ]:
        assert said in text, said
    assert len(Outline(html(made, "exchange-1")).all("img")) == 4


def test_a_session_with_its_own_rule_is_marked(made: Made) -> None:
    text = Outline(html(made, "exchange-2")).text
    assert "満足度＊ — 95%（19/20人）が「大いに満足」「満足」と回答" in text
    assert "＊この回の満足度は「大いに満足」「満足」を肯定的回答に数える" in text
    overall = Outline(html(made, "overall")).text
    assert "95%＊" in overall
    assert "＊①第2回の満足度は「大いに満足」「満足」を肯定的回答に数える" in overall


def test_impossible_figures_are_said_and_not_reproduced(made: Made) -> None:
    text = Outline(html(made, "overall")).text
    assert "28個の割合のうち、25個は" in text
    assert "20人の回答からは得られない（19人なら95%、20人なら100%）" in text
    assert "19人の回答からは得られない（17人なら89%、18人なら95%）" in text


def test_the_overall_page_has_review_summary_distributions_and_comments(made: Made) -> None:
    outline = Outline(html(made, "overall"))
    for said in [
        "2-3. 横連携・BPR/BPO",
        "良かった点",
        "課題",
        "今後の活動に関する示唆",
        "習得度 52–100%",
        "もっと勉強が必要 延べ10/108人",
        "対象：BPRの手法やBPOの推進方法を学びたい職員",
        "延べ参加者 108人、延べ回答者 108人",
        "83%5/6人",
        "回ごとの回答の分布",
        "これまで知らなかったLoGoフォームの機能を知ることができた。",
    ]:
        assert said in outline.text, said
    links = [a["href"] for a in outline.all("a")]
    assert links[1:] == [f"{name}.html" for name in PAGES[2:]]
    assert len(outline.all("img")) == 4


def test_the_index_links_every_page_with_its_state(made: Made) -> None:
    outline = Outline(html(made, "index"))
    links = [a["href"] for a in outline.all("a") if not a["href"].startswith("../tables/")]
    assert links == [f"{name}.html" for name in PAGES[1:]]
    assert outline.text.count("作成済み") == 7
    assert "2025年9月19日（金）19人作成済み" in outline.text


def test_the_index_says_which_answers_are_simulated_where_not_all_are(workspace: Workspace) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2")
    path = workspace.root / "data/sessions/bpr-2.yaml"
    text = path.read_text(encoding="utf-8").replace("simulated: true\n", "")
    path.write_text(text, encoding="utf-8")
    run(workspace, executor=Here())
    text = (workspace.root / "outputs/html/index.html").read_text(encoding="utf-8")
    assert "模擬データです。（2回のうち1回）" in text
    first, second = re.findall("<tr role=.row.><th role=.rowheader.*</tr>", text)
    assert "模擬データ" in first
    assert "模擬データ" not in second


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
    fragments, whole = Outline("".join(shown)), Outline(html(made, "bpr-1"))
    start = whole.tags.index(("main", {})) + 1
    assert whole.tags[start : start + len(fragments.tags)] == fragments.tags
    assert "".join(fragments.text.split()) in "".join(whole.text.split())


def test_photos_are_embedded_small_and_without_exif(workspace: Workspace) -> None:
    session = workspace.session("exchange-1")
    picture = Image.new("RGB", (4000, 3000), "teal")
    exif = picture.getexif()
    exif[0x010E] = "撮影者 秘密"
    exif[0x0112] = 6
    picture.save(workspace.photo_folder / "exchange-1-1.jpg", exif=exif)
    fragment = page.photos(session, workspace.photo_folder).html
    (image,) = Outline(fragment).all("img")
    assert image["alt"] == "写真：ネットワーキングの様子"
    content = base64.b64decode(image["src"].removeprefix("data:image/jpeg;base64,"))
    assert b"Exif" not in content
    copy = workspace.root / "copy.jpg"
    copy.write_bytes(content)
    with Image.open(copy) as embedded:
        assert embedded.size == (900, 1200)
        assert not embedded.getexif()
    assert "抱えている課題感のまとめ" in fragment
    assert fragment.count("写真未収録") == 1


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", "a & b", '"><img src=x>'])
def test_text_appears_as_typed(workspace: Workspace, payload: str) -> None:
    session = workspace.session("bpr-1").model_copy(
        update={"title": payload, "insights": (payload,), "comments": (payload,)}
    )
    outline = Outline(
        page.title(session, workspace.programme).html
        + page.insights(session).html
        + page.comments(session, workspace.responses(workspace.session("bpr-1"))).html
    )
    assert outline.text.count(payload) == 3
    assert not {"script", "img"} & {tag for tag, _ in outline.tags}
