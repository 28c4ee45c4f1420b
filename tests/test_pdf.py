"""Printing where no browser or no Japanese font is: one clear message, before anything is made."""

from pathlib import Path

import pytest

from dxeval.cli import main
from dxeval.errors import PrintError
from dxeval.report.site import pdf
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


def test_a_page_made_again_loses_its_old_print(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dxeval.report.batch import run

    for path in (workspace.root / "data/sessions").glob("exchange-*"):
        path.unlink()
    published = workspace.root / "data/published.csv"
    published.write_text(published.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    run(workspace)
    folder = workspace.root / "outputs/pdf"
    for name in ("bpr-1", "bpr-2", "programme-bpr", "overall", "report"):
        (folder / f"{name}.pdf").write_bytes(b"old")
    run(workspace)
    assert len(list(folder.iterdir())) == 5
    session = workspace.root / "data/sessions/bpr-1.yaml"
    text = session.read_text(encoding="utf-8")
    session.write_text(text.replace("title: ワークショップ", "title: 研修会"), encoding="utf-8")
    run(Workspace(workspace.root))
    assert {path.stem for path in folder.iterdir()} == {"bpr-2"}
    (workspace.root / "data/sessions/bpr-2.yaml").unlink()
    run(Workspace(workspace.root))
    assert list(folder.iterdir()) == []
