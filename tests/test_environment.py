"""pyproject.toml, the pins and environment.yml say the same; the tests clean up."""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]


def requirements(lines: list[str]) -> dict[str, Requirement]:
    return {canonicalize_name(found.name): found for found in map(Requirement, lines)}


@pytest.fixture
def project() -> dict[str, list[str]]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"": table["dependencies"], **table["optional-dependencies"]}


@pytest.fixture
def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", line) for line in lines)
    pairs = [line.split("==") for line in lines]
    return {canonicalize_name(name): version for name, version in pairs}


def test_every_requirement_is_pinned_within_its_range(
    project: dict[str, list[str]], pins: dict[str, str]
) -> None:
    for lines in project.values():
        for name, requirement in requirements(lines).items():
            assert requirement.specifier.contains(pins[name]), name


def test_conda_gets_the_same_ranges_and_the_package(project: dict[str, list[str]]) -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *plain, by_pip = environment["dependencies"]
    own = by_pip["pip"].pop()
    assert own == "--editable ."
    found = requirements([*plain, *by_pip["pip"]])
    assert str(found.pop("python").specifier) == ">=3.11"
    found.pop("pip")
    wanted = requirements(project[""] + project["lab"])
    assert {name: requirement.specifier for name, requirement in found.items()} == {
        name: requirement.specifier for name, requirement in wanted.items()
    }


def test_every_import_of_the_library_is_a_declared_requirement(
    project: dict[str, list[str]],
) -> None:
    names = {"PIL": "pillow", "bs4": "beautifulsoup4", "yaml": "pyyaml"}
    extras = project["dask"] + project["lab"] + project["words"]
    declared = requirements(project[""] + extras).keys()
    for path in (ROOT / "dxeval").rglob("*.py"):
        for match in re.finditer(r"^\s*(?:from|import) (\w+)", path.read_text("utf-8"), re.M):
            root = names.get(match[1], match[1]).replace("_", "-")
            assert root == "dxeval" or root in declared or is_standard(match[1]), (path, root)


def is_standard(name: str) -> bool:
    import sys

    return name in sys.stdlib_module_names


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_the_tests_leave_no_folder_with_answers() -> None:
    """Of a part that kills processes in the middle of their work."""
    folder = Path(tempfile.mkdtemp())
    which = "left_alone or killed_job or same_bytes"
    words = ["-q", "-p", "no:cacheprovider", "-k", which, "tests/test_engine.py"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert not [path for path in folder.rglob("*") if path.is_file()]
