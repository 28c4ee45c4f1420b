import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from multiprocessing.util import Finalize, get_temp_dir
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import settings

import dxeval
from dxeval.cli import cli
from dxeval.definitions.form import Form
from dxeval.definitions.programme import FavourableRule
from dxeval.definitions.questions import Scale
from dxeval.definitions.survey import Survey
from dxeval.reading.responses import Responses
from dxeval.report.batch import Result, run
from dxeval.scoring.score import Scores, score
from dxeval.workspace import Workspace

ROOT = Path(__file__).parents[1]
EXAMPLE = Path(dxeval.__file__).parent / "example"
"""The workspace that the package carries: tests stand on it, whatever is in ``data/``."""

AFTER_MULTIPROCESSING = -200
"""The priority of its own folder's end is -100."""

if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup, which a batch respects, may run the tests

settings.register_profile("untimed", deadline=None)  # how long an example takes is no property
settings.load_profile("untimed")

MakeScores = Callable[..., Scores]


class Here(Executor):
    """Does each job at once in this process, which is quicker than to start workers."""

    def submit(self, function, *arguments):  # type: ignore[no-untyped-def,override]
        future: Future = Future()
        future.set_result(function(*arguments))
        return future


def command(*words: str) -> tuple[int, str]:
    """Return how a command ends, and what it says. Raises what it raises."""
    done = CliRunner().invoke(cli, words, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return int(done.return_value or 0), done.output


def copy_workspace(target: Path) -> Workspace:
    """Copy the example to ``target``."""
    for folder in ("data", "notebooks"):
        shutil.copytree(EXAMPLE / folder, target / folder)
    return Workspace(target)


def copy_repository(target: Path) -> Path:
    """Copy what git tracks, or would, to ``target``, without ``data/``, and return it."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, files.split("\0")):
        if not name.startswith("data/") and (ROOT / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


@pytest.fixture(scope="session", autouse=True)
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let whatever a test leaves, or a process that it kills, stand in a folder that goes.

    Its path is short, since sockets stand in it: among them multiprocessing's own, which goes last.
    """
    tmp_path_factory.getbasetemp()
    folder = tempfile.mkdtemp(prefix="dxt-")
    Finalize(None, shutil.rmtree, (folder, True), exitpriority=AFTER_MULTIPROCESSING)
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    yield
    for path in Path(folder).iterdir():
        if path != Path(get_temp_dir()):
            shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def real() -> Workspace:
    """The example, to be read only."""
    return Workspace(EXAMPLE)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A copy of the example that a test may spoil."""
    return copy_workspace(tmp_path)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Result]:
    """The whole report of the example, made once by a real batch; to be read only."""
    workspace = copy_workspace(tmp_path_factory.mktemp("made"))
    return workspace, run(workspace)


@pytest.fixture
def make_scores() -> MakeScores:
    """Scores of one item from counts along its levels (and missing answers)."""

    def make(
        counts: Mapping[str, int],
        favourable: tuple[str, ...],
        missing: int = 0,
        rules: tuple[FavourableRule, ...] = (),
    ) -> Scores:
        item = Scale(name="設問", question="?", levels=tuple(counts), favourable=favourable)
        survey = Survey(items=(item,), forms=(Form(name="f", items={"設問": "?"}),))
        answers = [level for level, count in counts.items() for _ in range(count)]
        column = pd.Categorical(answers + [None] * missing, categories=item.levels, ordered=True)
        return score(Responses("s", pd.DataFrame({"設問": column})), survey, rules)

    return make
