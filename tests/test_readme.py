"""Every command that the README and its pages name is run, on a copy of the tracked files.

The copy has an environment of its own.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import EXAMPLE, ROOT, copy_repository

from dxeval.definitions.programme import Session
from dxeval.definitions.strict_yaml import read_yaml
from dxeval.problems import Problem, ProblemKind

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
DATA = (ROOT / "docs/data.md").read_text(encoding="utf-8")
PAGES = ["docs/tutorial.md", "docs/commands.md", "docs/data.md"]
LINES = 80
"""How long the README may be: what is longer is a page of its own."""


def commands() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", README + COMMANDS, re.S | re.M)
    return [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a newcomer has after cloning."""
    target = copy_repository(tmp_path_factory.mktemp("clone") / "新しい フォルダ")
    shutil.copytree(EXAMPLE / "data", target / "data")
    return target


def newcomer() -> dict[str, str]:
    """Return the environment without the one that runs these tests."""
    dropped = {"VIRTUAL_ENV", "VENV", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL"}
    return {name: value for name, value in os.environ.items() if name not in dropped}


def sh(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, shell=True, cwd=folder, env=newcomer(), capture_output=True, text=True, timeout=900
    )


def test_these_are_the_commands() -> None:
    assert commands() == [
        "make report",
        "make test",
        ".venv/bin/dxeval check",
        ".venv/bin/dxeval check data/responses/bpr-1.csv --session bpr-1",
        ".venv/bin/dxeval check --json",
        ".venv/bin/dxeval list",
        ".venv/bin/dxeval run",
        ".venv/bin/dxeval run bpr-1",
        ".venv/bin/dxeval run --force",
        ".venv/bin/dxeval run --pdf",
        ".venv/bin/dxeval share",
        ".venv/bin/dxeval preview",
        ".venv/bin/dxeval lab exchange-4",
        ".venv/bin/dxeval lab --keep exchange-4",
    ]


def test_make_report_and_the_commands(clone: Path) -> None:
    done = sh("make report", clone)
    assert done.returncode == 0, done.stderr
    assert "7回と2事業と総括を作成しました" in done.stdout
    assert len(list((clone / "outputs/html").glob("*.html"))) == 12
    for command in commands():
        served = command.endswith("preview") or " lab" in command  # tests/test_lab.py runs these
        if command.startswith(".venv/bin/dxeval") and not served:
            done = sh(command, clone)
            if "--pdf" in command and "apt-get install" in done.stderr:
                continue
            assert done.returncode == 0, (command, done.stderr)
            assert done.stderr == ""


def page_at(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read().decode()


def wait_until(there: Callable[[], bool]) -> None:
    """Wait at most a minute: the first page says that the others are being made."""
    end = time.monotonic() + 60
    while not there():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_the_preview_serves_until_ctrl_c(clone: Path) -> None:
    assert sh("make report", clone).returncode == 0
    with subprocess.Popen(
        [".venv/bin/dxeval", "preview"],
        cwd=clone,
        env=newcomer(),
        stdout=subprocess.PIPE,
        text=True,
    ) as preview:
        assert preview.stdout is not None
        (address,) = re.findall(r"^http://\S+", preview.stdout.readline())
        try:
            wait_until(lambda: "総括を読む" in page_at(address))
        finally:
            preview.send_signal(signal.SIGINT)
        assert preview.wait(60) == 0


def test_make_test_is_what_runs_now(clone: Path) -> None:
    """Running it inside itself would not end; that it starts these tests can be seen."""
    steps = sh("make --dry-run test", clone).stdout
    for tool in ("ruff check", "ruff format --check", "mypy", "-m pytest"):
        assert tool in steps


def test_make_lab_serves_the_notebook(clone: Path) -> None:
    log = clone / "lab.log"
    environment = {**newcomer(), "BROWSER": "true"}  # a browser that ends at once
    with log.open("w") as out:
        server = subprocess.Popen(
            ["make", "lab"],
            cwd=clone,
            env=environment,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + 300
        pattern = r"(http://127\.0\.0\.1:\d+)/lab/tree/scratch/explore\.ipynb\?(token=\w+)"
        while not (address := re.search(pattern, log.read_text(encoding="utf-8"))):
            assert server.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline
            time.sleep(0.5)
        url = f"{address[1]}/api/contents/notebooks/session.ipynb?{address[2]}"
        with urllib.request.urlopen(url, timeout=60) as answer:
            assert json.load(answer)["type"] == "notebook"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def test_the_example_of_a_new_session_is_right(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", DATA, re.S)
    path = tmp_path / "bpr-3.yaml"
    path.write_text(example.replace("\n   ", "\n").removeprefix("   "), encoding="utf-8")
    session = read_yaml(path, Session, path.name, id=path.stem)
    assert (session.number, session.attendees) == (3, 8)


def test_the_messages_it_explains_are_the_ones_we_write() -> None:
    table = DATA.split("| メッセージ |")[1].split("\n\n")[0]
    explained = re.findall(r"^\| ([^|]+?) \|", table, re.M)
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "dxeval").rglob("*.py"))
    assert len(explained) >= 16
    for message in explained:
        for part in message.split("…"):
            assert part in source, message
    assert str(Problem(ProblemKind.YAML, "f", "m")) == "f：m。"


def test_it_is_short_and_begins_with_the_path() -> None:
    assert len(README.splitlines()) < LINES
    first, *_ = re.findall("^## .*", README, re.M)
    assert first == "## 自分の作業フォルダを始める"
    assert "](docs/tutorial.md)" in README.partition("## このリポジトリ")[0]


@pytest.mark.parametrize("page", ["README.md", *PAGES])
def test_what_it_leads_to_is_there(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert links
    for link in links:
        assert (path.parent / link).exists(), link


def test_the_picture_is_there() -> None:
    (name,) = re.findall(r"!\[.*?\]\((.*?)\)", README)
    assert (ROOT / name).read_bytes().startswith(b"\x89PNG")
