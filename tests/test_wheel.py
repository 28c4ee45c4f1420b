"""The wheel alone: what is in it, and the README's path walked with it from an empty folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

import dxeval

NAME = f"dxeval-{dxeval.__version__}-py3-none-any.whl"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PATH = README.partition("## 自分の作業フォルダを始める")[2].split("```\n")[1]
"""The commands of the chapter that begins with a wheel."""
LEVELS = ("とても満足", "やや満足", "やや不満", "とても不満") * 3
EXPORT = "日時,氏名,満足しましたか,ご感想\n" + "\n".join(
    f"2026/06/10 16:{minute},模擬,{level}," for minute, level in enumerate(LEVELS, 10)
)
"""What a form wrote, of which nothing has to be settled by hand."""
EXAMPLE = "cd ..\ndxeval init 見本 --example\ncd 見本\ndxeval check\ndxeval run\ndxeval list\n"
WHERE = "\npython -c 'import dxeval; print(dxeval.__file__)'\n"
QUICK = (
    f'dxeval() {{ "{sys.executable}" -m dxeval "$@"; }}\npython() {{ "{sys.executable}" "$@"; }}\n'
)
BUILD = "-m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir"
SECONDS = 600

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the README's path is bash's")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of what stands here, built as ``make wheel`` builds it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, *BUILD.split(), folder, "."], cwd=ROOT, check=True, timeout=SECONDS
    )
    return folder / NAME


def bash(script: str, folder: Path, **more: str) -> str:
    """Return what the commands say, in an environment that knows nothing of the repository."""
    dropped = {"VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL"}
    own = {name: value for name, value in os.environ.items() if name not in dropped}
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder,
        env={**own, **more},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_make_wheel_builds_it_so() -> None:
    steps = bash("make --dry-run wheel", ROOT)
    assert f"python {BUILD} dist .\n" in steps


def test_all_of_the_package_is_in_it(wheel: Path) -> None:
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "dxeval"]
    here = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    with zipfile.ZipFile(wheel) as file:
        there = {name for name in file.namelist() if name.startswith("dxeval/")}
    assert there == {name for name in here.split("\0") if name and (ROOT / name).exists()}


def walked(said: str, package: Path, folder: Path) -> None:
    """Hold what the path says and leaves in the folder; the package is where dxeval must be."""
    assert f"{package}/" in said
    assert f"{ROOT}/" not in said
    assert len(list((folder / "報告/outputs/html").iterdir())) == 5
    assert len(list((folder / "見本/outputs/html").iterdir())) == 12
    assert said.count("\t最新") == 12


def test_the_path_is_walked_with_the_unpacked_wheel(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        file.extractall(tmp_path / "unpacked")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/回答.csv").write_text(EXPORT, encoding="utf-8")
    before, start, rest = PATH.partition("dxeval init")
    assert f"pip install {NAME}\n" in before
    script = QUICK + start + rest + WHERE + EXAMPLE
    said = bash(script, tmp_path / "empty", PYTHONPATH=str(tmp_path / "unpacked"))
    walked(said, tmp_path / "unpacked", tmp_path / "empty")


@pytest.mark.fresh
def test_the_path_is_walked_in_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(wheel.read_bytes())
    (tmp_path / "回答.csv").write_text(EXPORT, encoding="utf-8")
    said = bash(PATH + WHERE + EXAMPLE, tmp_path, PIP_CONSTRAINT=str(ROOT / "constraints.txt"))
    walked(said, tmp_path / ".venv", tmp_path)
