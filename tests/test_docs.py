"""What the documents for developers say of the code is so: names, the picture, the two walks."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import reduce
from importlib import import_module

import pytest
from conftest import ROOT, copy_workspace
from test_batch import keep_sessions
from test_layers import PACKAGE, ROOMS, modules

DOCUMENTS = ["docs/development.md", "docs/extending.md"]
PLACEHOLDER = re.compile(r"\b(ID|NAME)\b")
DEVELOPMENT = (ROOT / "docs/development.md").read_text(encoding="utf-8")
CODE = re.compile(r"([\w/]+\.py)(?: ([\w.]+))?")
FILE = re.compile(r"[\w./-]*\w\.(?:css|csv|ipynb|j2|json|md|png|py|toml|txt|yaml|yml)|[\w./-]+/")
LINE = re.compile(r"^( *)([\w/]+(?:\.py|/)) +(\S.*)$")


def spans(document: str) -> list[str]:
    """Return what stands between backticks, without the blocks of code."""
    text = re.sub(r"^```.*?^```", "", document, flags=re.S | re.M)
    return [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", text)]


def named(module: str, name: str) -> object:
    """Return a function, class, method or constant of ours. Raises AttributeError."""
    loaded = import_module("dxeval." + module.removesuffix(".py").replace("/", "."))
    return reduce(getattr, name.split("."), loaded)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_name_of_the_code_is_there(document: str) -> None:
    found = [CODE.fullmatch(span) for span in spans((ROOT / document).read_text(encoding="utf-8"))]
    names = [(match[1], match[2]) for match in found if match and match[2]]
    assert len(names) > 20
    for module, name in names:
        assert named(module, name) is not None, f"{module} {name}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_and_folder_is_there(document: str) -> None:
    """Written from the repository's root or from the package; not what a run makes."""
    found = spans((ROOT / document).read_text(encoding="utf-8"))
    files = {span.partition(" ")[0] for span in found if CODE.fullmatch(span)}
    files |= {span for span in found if FILE.fullmatch(span) and not PLACEHOLDER.search(span)}
    made = {name for name in files if name.startswith(("outputs/", "tables/", "."))}
    assert len(files - made) > 20
    for name in files - made:
        assert (ROOT / name).exists() or (PACKAGE / name).exists(), name


def picture() -> Iterator[tuple[str, str]]:
    """Yield the place of each room and module in the picture, and the words beside it."""
    (block,) = re.findall(r"^## The house\n.*?^```\n(.*?)^```", DEVELOPMENT, re.S | re.M)
    folders: list[str] = []
    for line in block.splitlines():
        match = LINE.match(line)
        assert match, line
        del folders[len(match[1]) // 2 :]
        yield "".join([*folders, match[2]]), match[3]
        folders.append(match[2])


def test_every_module_is_in_the_picture_once() -> None:
    places = [place for place, _ in picture() if place.endswith(".py")]
    there = [path.relative_to(PACKAGE).as_posix() for path in modules().values()]
    assert sorted(places) == sorted(there)


def test_the_picture_has_the_rooms_in_the_order_of_imports() -> None:
    rooms = [place.removesuffix(".py").removesuffix("/") for place, _ in picture()]
    assert [room for room in rooms if "/" not in room] == ROOMS


def walks() -> dict[str, list[str]]:
    """Return each numbered list of the development's walks by the words before it.

    A step is the first thing that an entry names.
    """
    chapter = re.search(r"^## The path of one.*?(?=^## Rules)", DEVELOPMENT, re.S | re.M)
    assert chapter
    lists: dict[str, list[str]] = {}
    before = ""
    for part in chapter[0].split("\n\n"):
        if part.startswith("1. "):
            lists[before] = re.findall(r"^\d+\. `(.+?)`", part, re.M)
        before = part
    return lists


WALK = """
import contextlib, json, multiprocessing, sys
from concurrent.futures import Future

import dxeval
from dxeval.cli import main
from dxeval.report.process import pool, worker

class Here:
    def submit(self, function, *arguments):
        future = Future()
        future.set_result(function(*arguments))
        return future

# No process is forked: each job is made right here, its cells too.
multiprocessing.current_process()._config["daemon"] = True
worker.STOCK = "warm"
pool.local_pool = lambda workers, scratch: contextlib.nullcontext(Here())

root = dxeval.__path__[0] + "/"
calls = []
def note(frame, event, argument):
    code = frame.f_code
    if event == "call" and code.co_filename.startswith(root):
        calls.append(code.co_filename.removeprefix(root) + " " + code.co_qualname)
sys.setprofile(note)
try:
    main(["run", "--quiet"])
except SystemExit as end:
    sys.setprofile(None)
    assert not end.code, end.code
print(json.dumps(calls), file=sys.__stdout__)
"""


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every call of ours in a run, in order, as ``file function``."""
    workspace = copy_workspace(tmp_path_factory.mktemp("walk"))
    keep_sessions(workspace, "bpr-1")
    done = subprocess.run(
        [sys.executable, "-c", WALK], cwd=workspace.root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_there_are_two_walks_one_with_two_ends() -> None:
    assert [len(steps) for steps in walks().values()] == [14, 6, 4, 18]


@pytest.mark.parametrize("walk", walks())
def test_a_run_takes_the_steps_in_this_order(walk: str, calls: list[str]) -> None:
    place = 0
    for step in walks()[walk]:
        module, name = step.split(" ")
        function = f"{name}.__init__" if isinstance(named(module, name), type) else name
        assert f"{module} {function}" in calls[place:], f"{step} comes too early"
        place = calls.index(f"{module} {function}", place) + 1
