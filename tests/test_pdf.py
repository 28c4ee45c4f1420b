"""Printing where nothing can print is said before anything is made; old prints are set apart."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Here
from pypdf import PdfWriter
from test_batch import keep_sessions
from test_faults import light_notebook

from dxeval.cli import main
from dxeval.errors import PrintError
from dxeval.report.batch import run
from dxeval.report.command import list_sessions
from dxeval.report.site import fit, pdf
from dxeval.report.site.annex import with_annex
from dxeval.report.site.export import Chapter
from dxeval.report.site.links import Place
from dxeval.workspace import Workspace


def command(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_no_browser_is_said_before_anything_is_made(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(workspace.root))
    monkeypatch.chdir(workspace.root)
    with pytest.raises(SystemExit) as end:
        main(["run", "--pdf"])
    assert end.value.code == 1
    assert "apt-get install chromium" in capsys.readouterr().err
    assert not (workspace.root / "outputs").exists()


def test_no_japanese_font_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command(tmp_path / "bin", "chromium", "exit 0")
    command(tmp_path / "bin", "fc-list", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(PrintError, match="fonts-noto-cjk"):
        pdf.find_browser()
    command(tmp_path / "bin", "fc-list", "echo Noto")
    assert pdf.find_browser() == str(tmp_path / "bin/chromium")


@pytest.mark.parametrize("script", ["exit 3", "exec sleep 60"])
def test_a_browser_that_fails_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 1)
    command(tmp_path / "bin", "chromium", script)
    page = tmp_path / "page.html"
    page.write_text("<p>a", encoding="utf-8")
    with pytest.raises(PrintError, match=r"page\.html を PDF にできませんでした"):
        pdf.print_page(str(tmp_path / "bin/chromium"), page)


@pytest.fixture
def printed(workspace: Workspace) -> Workspace:
    """Two sessions with light notebooks, made, and as if printed."""
    keep_sessions(workspace, "bpr-1", "bpr-2")
    published = workspace.root / "data/published.csv"
    published.write_text(published.read_text("utf-8").splitlines()[0], "utf-8")
    light_notebook(workspace, "overall", "failed = []", "1")
    run(workspace, executor=Here())
    for name in ("bpr-1", "bpr-2", "overall", "index", "report"):
        (workspace.root / f"outputs/pdf/{name}.pdf").write_bytes(f"old {name}".encode())
    return Workspace(workspace.root)


def prints(workspace: Workspace) -> tuple[set[str], set[str]]:
    """Return the names of the prints that are up to date, and of those that are not."""
    folder = workspace.root / "outputs/pdf"
    now, old = (
        {path.stem for path in there.glob("*.pdf")} for there in (folder, folder / "outdated")
    )
    return now, old


def rename(workspace: Workspace, name: str, title: str) -> Workspace:
    path = workspace.root / f"data/sessions/{name}.yaml"
    text = re.sub("^title: .*$", f"title: {title}", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    return Workspace(workspace.root)


def listed(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(workspace.root)
    return CliRunner().invoke(list_sessions).stderr


def test_prints_out_of_date_are_set_apart_and_told_of(
    printed: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = {"bpr-1", "bpr-2", "overall", "index", "report"}
    assert run(printed, executor=Here()).outdated == ""
    assert prints(printed) == (everything, set())
    assert not (printed.root / "outputs/pdf/outdated").exists()
    assert listed(printed, monkeypatch) == ""

    changed = rename(printed, "bpr-1", "研修会")
    assert "bpr-1、overall、report、index" in listed(changed, monkeypatch)
    assert prints(printed) == (everything, set())

    told = run(changed, executor=Here()).outdated
    assert "古い PDF が4件あります（bpr-1、overall、report、index）" in told
    assert prints(printed) == ({"bpr-2"}, everything - {"bpr-2"})
    kept = printed.root / "outputs/pdf/outdated/bpr-1.pdf"
    assert kept.read_bytes() == b"old bpr-1"
    assert told in listed(changed, monkeypatch)
    assert run(Workspace(printed.root), executor=Here()).outdated == told

    (printed.root / "data/sessions/bpr-2.yaml").unlink()
    told = run(Workspace(printed.root), executor=Here()).outdated
    assert prints(printed) == (set(), everything)
    assert "そのうちbpr-2は、今はページがありません" in told


def test_the_print_of_a_page_that_failed_looks_not_new(printed: Workspace) -> None:
    answers = printed.root / "data/responses/bpr-1.csv"
    answers.write_text(answers.read_text("utf-8-sig").replace("概ね満足", "そこそこ", 1), "utf-8")
    result = run(Workspace(printed.root), executor=Here())
    assert list(result.failed) == ["bpr-1"]
    now, old = prints(printed)
    assert now == {"bpr-2"}
    assert "bpr-1" in old
    assert "bpr-1は、今はページがありません" in result.outdated


def test_a_page_made_again_with_the_same_bytes_keeps_its_print(printed: Workspace) -> None:
    result = run(printed, force=True, executor=Here())
    assert len(result.made) == 3
    assert prints(printed) == ({"bpr-1", "bpr-2", "overall", "index", "report"}, set())


def test_what_is_printed_anew_takes_the_place_of_the_old_print(
    printed: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(rename(printed, "bpr-1", "研修会"), executor=Here())
    monkeypatch.setattr(pdf, "find_browser", lambda: "none")
    monkeypatch.setattr(pdf, "print_fitted", lambda *_: b"new")
    monkeypatch.setattr(pdf, "print_whole", lambda *_: b"new")
    result = run(Workspace(printed.root), pdf=True, executor=Here())
    assert (result.printed, result.outdated) == (4, "")
    assert prints(printed) == ({"bpr-1", "bpr-2", "overall", "index", "report"}, set())
    assert (printed.root / "outputs/pdf/bpr-1.pdf").read_bytes() == b"new"


def test_what_cannot_be_printed_keeps_its_old_print(
    printed: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(rename(printed, "bpr-1", "研修会"), executor=Here())
    monkeypatch.setattr(pdf, "find_browser", lambda: "/bin/false")
    with pytest.raises(PrintError):
        run(Workspace(printed.root), pdf=True, executor=Here())
    assert prints(printed) == ({"bpr-2"}, {"bpr-1", "overall", "index", "report"})


SAID = '<section class="annex"><h2>公表値との照合</h2><p>{}</p></section>'


def chapters(*said: str) -> list[Chapter]:
    parts = [
        f"<p>本文{i}</p>" + (SAID.format(words) if words else "") for i, words in enumerate(said)
    ]
    return [Chapter(f"p{i}", f"題{i}", html) for i, html in enumerate(parts)]


def test_published_figures_stand_once_at_the_end_of_the_whole() -> None:
    *others, annex = with_annex(chapters("全体", "", "一部"))
    assert [chapter.html for chapter in others] == [f"<p>本文{i}</p>" for i in range(3)]
    assert "全体" in annex.html
    assert "一部" not in annex.html


def test_published_figures_of_parts_are_gathered_where_the_whole_says_none() -> None:
    *_, annex = with_annex(chapters("", "甲", "乙"))
    places = [annex.html.index(words) for words in ("題1", "甲", "題2", "乙")]
    assert places == sorted(places)
    assert "題0" not in annex.html


def test_where_the_audit_is_an_annex_they_stand_at_its_end() -> None:
    audit = Chapter("audit", "付録", "<p>検算</p>", place=Place(entry="付録 検算"))
    first, *others, last = with_annex([*chapters("全体", "一部"), audit])
    assert (first.html, len(others)) == ("<p>本文0</p>", 1)
    assert last.html.index("検算") < last.html.index("全体")
    assert (last.id, last.title) == ("audit", "付録")
    *_, last = with_annex([*chapters("全体"), replace(audit, place=Place(entry="検算"))])
    assert last.id not in {"audit", "p0"}


def test_without_published_figures_there_is_no_annex() -> None:
    assert with_annex(chapters("", "")) == chapters("", "")


def lengths(*found: float) -> tuple[list[str], Callable[[str], bytes]]:
    """Return what prints a page on so many sheets, one length a size, and the sizes asked for."""
    asked: list[str] = []

    def printed(html: str) -> bytes:
        asked.append(html)
        return str(found[len(asked) - 1]).encode()

    return asked, printed


@pytest.mark.parametrize(
    ("found", "taken", "tried"),
    [
        ((0.1,), 0.1, 1),
        ((1.3,), 1.3, 1),
        ((1.1, 0.95), 0.95, 2),
        ((2.5, 2.1, 1.9), 1.9, 3),
        ((2.9, 2.6, 2.4), 2.9, 3),
        ((2.1, 2.05, 2.01, 2.4), 2.4, 4),
        ((1.1, 1.05, 1.01, 1.2, 1.4), 1.4, 5),
        ((2.1, 2.05, 2.01, 2.2, 3.05), 2.2, 5),
        ((3.1, 2.9, 2.6), 2.9, 3),
        ((4.5,), 4.5, 1),
        ((5.2, 4.8), 4.8, 2),
    ],
)
def test_a_page_is_printed_in_the_largest_letters_with_which_it_ends_well(
    monkeypatch: pytest.MonkeyPatch, found: tuple[float, ...], taken: float, tried: int
) -> None:
    monkeypatch.setattr(fit, "_length", float)
    asked, printed = lengths(*found)
    assert float(fit.fitted("<head></head>", printed)) == taken
    assert len(asked) == tried
    assert all(f"{size}pt" in html for size, html in zip(fit.SIZES, asked, strict=False))


def test_a_chapter_ends_before_the_next_begins() -> None:
    report = PdfWriter()
    for _ in range(6):
        report.add_blank_page(595, 842)
    content = io.BytesIO()
    report.write(content)
    assert fit.chapter_lengths(content.getvalue(), [2, 3, 5]) == [0, 1, 1]
