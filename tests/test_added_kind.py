"""A kind of question that another package adds: page, spreadsheet and check, no file of ours."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from openpyxl import load_workbook
from stress import write_yaml

DXEVAL = [sys.executable, "-m", "dxeval"]
ITEMS = [
    {"name": "満足度", "question": "満足度", "levels": ["満足", "不満"], "favourable": ["満足"]},
    {"name": "起床", "question": "起きた時刻", "kind": "clock", "before": "07:00"},
]


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder in which the package of the kind stands as pip would have left it."""
    site = tmp_path / "site"
    metadata = site / "toy_kind-1.0.dist-info"
    metadata.mkdir(parents=True)
    shutil.copy(ROOT / "tests/toy_kind.py", site)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: toy-kind\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[dxeval.kinds]\nclock = toy_kind:Clock\n")
    return site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with one session, in which one of four left the time blank."""
    root = tmp_path / "workspace"
    for name in ("sessions", "responses"):
        (root / "data" / name).mkdir(parents=True)
    form = {"name": "f", "items": {"満足度": "満足度", "起床": "起きた時刻"}}
    write_yaml(root / "data/survey.yaml", {"items": ITEMS, "forms": [form]})
    programme = {"report": {"title": "朝"}, "programmes": [{"id": "p", "title": "朝の会"}]}
    write_yaml(root / "data/programme.yaml", programme)
    session = {"programme": "p", "number": "1", "title": "朝", "date": "2025-07-11"}
    write_yaml(root / "data/sessions/asa.yaml", {**session, "attendees": "4"})
    rows = "満足度,起きた時刻\n満足,06:40\n満足,05:10\n不満,\n満足,06:40\n"
    (root / "data/responses/asa.csv").write_text(rows, "utf-8")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    return root


def dxeval(folder: Path, site: Path | None, *words: str) -> subprocess.CompletedProcess[str]:
    paths = [str(ROOT), *([str(site)] if site else [])]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    command = [*DXEVAL, *words]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_an_added_kind_gets_its_page_spreadsheet_and_check(folder: Path, installed: Path) -> None:
    checked = dxeval(folder, installed, "check", "--json", "data/responses/asa.csv")
    (file,) = json.loads(checked.stdout)["files"]
    assert file["items"][1] == {
        "item": "起床",
        "kind": "clock",
        "answered": 3,
        "missing": 1,
        "earliest": "05:10",
    }
    made = dxeval(folder, installed, "run")
    assert made.returncode == 0, made.stderr
    page = BeautifulSoup((folder / "outputs/html/asa.html").read_text("utf-8"), "html.parser")
    cards = [card.get_text(" ", strip=True) for card in page.select(".card")]
    assert cards == ["満足度 75% 3 / 4人", "起床 05:10 最も早い"]
    assert "起床は05:10が最も早い" in page.get_text()
    sheet = load_workbook(folder / "outputs/tables/figures.xlsx")["選択肢ごとの人数"]
    assert ("起床", "06:40", 2) in {(row[5], row[6], row[8]) for row in sheet.values}


def test_a_change_of_its_code_makes_pages_again(folder: Path, installed: Path) -> None:
    dxeval(folder, installed, "run")
    assert "最新" in dxeval(folder, installed, "list").stdout
    module = installed / "toy_kind.py"
    module.write_text(module.read_text("utf-8").replace("最も早い", "いちばん早い"), "utf-8")
    listed = dxeval(folder, installed, "list").stdout
    assert "設問の種類 clock" in listed
    dxeval(folder, installed, "run")
    assert "05:10がいちばん早い" in (folder / "outputs/html/asa.html").read_text("utf-8")


def test_its_own_mistakes_are_problems(folder: Path, installed: Path) -> None:
    export = folder / "data/responses/asa.csv"
    export.write_text(export.read_text("utf-8").replace("05:10", "五時"), "utf-8")
    (found,) = json.loads(dxeval(folder, installed, "check", "--json").stdout)["problems"]
    assert (found["row"], found["column"], found["value"]) == (3, "起きた時刻", "五時")


def test_without_the_package_the_kind_is_unknown(folder: Path) -> None:
    (found,) = json.loads(dxeval(folder, None, "check", "--json").stdout)["problems"]
    assert found["kind"] == "unknown-question-kind"
    assert found["value"] == "clock"
    lines = (folder / "data/survey.yaml").read_text("utf-8").splitlines()
    assert "kind: clock" in lines[found["row"] - 1]


def test_its_numbers_are_no_orphans_and_nobody_computed_them(folder: Path, installed: Path) -> None:
    assert dxeval(folder, installed, "run", "--quiet").returncode == 0
    done = dxeval(folder, installed, "audit", "--own", "--strict")
    assert done.returncode == 0, done.stdout
    said = dxeval(folder, installed, "explain", "counts.csv", "2").stdout
    assert "dxeval が計算していない数" in said
    assert "設問の種類 toy_kind" in said
