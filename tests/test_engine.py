"""The warm engine: equal to Papermill's own, one process a notebook, contained whatever it does."""

import json
import multiprocessing
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from conftest import copy_workspace
from test_batch import keep_sessions

from dxeval.report.batch import run
from dxeval.report.engines import STOCK, WARM
from dxeval.report.job import FailureKind, Job, Made
from dxeval.report.kinds import STANDARD, Subject
from dxeval.report.process.forkserver import CAN_FORK, warm_up
from dxeval.report.process.worker import make
from dxeval.report.sources import Sources
from dxeval.workspace import Workspace

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system has no fork")


def job(workspace: Workspace, source: str, timeout: int = 60) -> Job:
    """Return the job of bpr-1 with a notebook of one cell beside its parameters."""

    def cell(text: str, *tags: str) -> dict[str, object]:
        return {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": text}

    cells = [cell('session_id = ""', "parameters"), cell(source)]
    notebook = json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}})
    (workspace.root / "notebooks/session.ipynb").write_text(notebook, encoding="utf-8")
    return replace(session_job(workspace, "bpr-1"), engine=WARM, timeout=timeout)


def session_job(workspace: Workspace, session_id: str) -> Job:
    subject = Subject(session_id, (workspace.session(session_id),), session_id)
    return Job.of(STANDARD["session"], Sources(Workspace(workspace.root)), subject)


def shown(made: Made) -> list[str]:
    assert made.failure is None, made.failure
    notebook = json.loads(made.outputs["notebooks/bpr-1.ipynb"])
    outputs = notebook["cells"][-1]["outputs"]
    return ["".join(output["data"]["text/plain"]) for output in outputs]


def test_both_engines_give_the_same_bytes(tmp_path: Path) -> None:
    files = {}
    for engine in (WARM, STOCK):
        workspace = copy_workspace(tmp_path / engine)
        assert run(workspace, engine=engine).failed == {}
        outputs = workspace.root / "outputs"
        files[engine] = {
            path.relative_to(outputs).as_posix(): path.read_bytes()
            for path in outputs.rglob("*")
            if path.is_file()
        }
    assert len(files[WARM]) > 20
    assert files[WARM] == files[STOCK]


def test_outputs_of_every_kind_are_those_of_the_stock_engine(workspace: Workspace) -> None:
    source = (
        "from IPython.display import HTML, display, update_display\n"
        "print('stream')\n"
        "display(HTML('<b>a</b>'), display_id='x')\n"
        "update_display(HTML('<b>b</b>'), display_id='x')\n"
        "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.title('図')\n"
        "plt.show()\n"
        "{'b': 1, 'a': {2}}"
    )
    warm = job(workspace, source)
    made, stock = make(warm), make(replace(warm, engine=STOCK))
    assert made.failure is None
    assert made.outputs == stock.outputs
    assert len(json.loads(made.outputs["notebooks/bpr-1.ipynb"])["cells"][-1]["outputs"]) == 3


def test_what_a_page_can_show_it_shows(workspace: Workspace) -> None:
    source = (
        "from IPython.display import Image, Markdown, SVG, display\n"
        "import base64, io, PIL.Image\n"
        "display(Markdown('**太字** <b>'), SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'))\n"
        "file = io.BytesIO(); PIL.Image.new('RGB', (2, 2)).save(file, 'JPEG')\n"
        "display(Image(file.getvalue(), format='jpeg'))\n"
        "view = {'version_major': 2, 'version_minor': 0, 'model_id': 'm'}\n"
        "widget = 'application/vnd.jupyter.widget-view+json'\n"
        "display({widget: view, 'text/html': '<i>代わり</i>'}, raw=True)\n"
    )
    made = make(job(workspace, source))
    assert made.failure is None
    page = made.outputs["html/bpr-1.html"].decode()
    for shown in (
        "<strong>太字</strong>",
        '<img src="data:image/svg+xml,%3Csvg',
        '<img src="data:image/jpeg;base64,/9j/',
        "<i>代わり</i>",
    ):
        assert shown in page


def test_what_a_cell_writes_reaches_neither_the_terminal_nor_its_end(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    source = (
        "import logging, os, subprocess\n"
        "logging.basicConfig(level=logging.DEBUG); logging.info('見えない')\n"
        "print('\\udcff'); os.write(1, b'out'); os.write(2, b'err')\n"
        "subprocess.run(['echo', 'sub']).returncode"
    )
    assert shown(make(job(workspace, source))) == ["0"]
    assert capfd.readouterr() == ("", "")


def test_displays_of_many_threads_all_arrive(workspace: Workspace) -> None:
    source = (
        "import sys; sys.setswitchinterval(1e-6)\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from IPython.display import display\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    for _ in pool.map(display, range(400)): pass\n"
    )
    assert sorted(map(int, shown(make(job(workspace, source))))) == [*range(400)]


@pytest.mark.parametrize("source", ["import time; time.sleep(60)", "import os; os._exit(0)"])
def test_a_killed_job_leaves_no_answers_behind(
    workspace: Workspace, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm_up()  # which keeps a folder of its own, wherever the first one starts it
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    assert make(job(workspace, source, timeout=2)).failure is not None
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.parametrize(
    "last",
    [
        "workspace.responses(session).comments",
        "__import__('pandas').read_csv('../data/responses/bpr-1.csv', skiprows=1)",
        "'@'.join(['kari', 'pref.example.jp'])",
        "__import__('IPython').display.HTML('<td>ｋａｒｉ' + '＠pref.example.jp</td>')",
    ],
)
def test_a_cell_that_shows_what_must_not_be_shared_fails(workspace: Workspace, last: str) -> None:
    before = "import dxeval as dx; workspace = dx.Workspace.find()\n"
    before += "session = workspace.session(session_id)\n"
    made = make(job(workspace, before + last))
    assert made.failure is not None
    assert "を出力しています（見つけた所：" in made.failure.words
    assert made.outputs == {}


def test_a_cell_may_show_counts_and_what_was_chosen(workspace: Workspace) -> None:
    old = "他の自治体の方々と交流でき、良い経験になった。"
    new = '"他の自治体"の方々と\n交流でき、\\良い経験になった。'
    for place, quoted in (
        ("sessions/bpr-1.yaml", json.dumps(new, ensure_ascii=False)),
        ("responses/bpr-1.csv", '"' + new.replace('"', '""') + '"'),
    ):
        path = workspace.root / "data" / place
        text = path.read_text(encoding="utf-8-sig").replace(old, quoted)
        text = text.replace("purpose: ", "purpose: 連絡先 dx@pref.example.jp ")
        path.write_text(text, "utf-8")
    source = (
        "import dxeval as dx; workspace = dx.Workspace.find()\n"
        "session = workspace.session(session_id); responses = workspace.responses(session)\n"
        "display(responses, responses.answers.describe(), session)\n"
        "dx.page.comments(session, responses)"
    )
    assert "<Responses bpr-1: 6人>" in shown(make(job(workspace, source)))


@pytest.mark.parametrize("name", ["session", "overall"])
def test_a_notebook_imports_nothing_that_is_not_warm(workspace: Workspace, name: str) -> None:
    """What the process that others are forked from has not imported, each of them imports anew."""
    path = workspace.root / f"notebooks/{name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    cells[1]["source"] = ["import sys; before = set(sys.modules)\n", *cells[1]["source"]]
    look = "\n[m for m in sorted(set(sys.modules) - before) if not m.startswith('encodings.')]"
    cells[-1]["source"] = [*cells[-1]["source"], look]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    keep_sessions(workspace, "bpr-1")
    assert run(workspace).failed == {}
    made = workspace.root / f"outputs/notebooks/{'bpr-1' if name == 'session' else name}.ipynb"
    cell = json.loads(made.read_text(encoding="utf-8"))["cells"][-1]
    assert "".join(cell["outputs"][-1]["data"]["text/plain"]) == "[]"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import requests.adapters; requests.adapters.HTTPAdapter.__name__", "'HTTPAdapter'"),
        ("from requests import *; get.__module__", "'requests.api'"),
        ("import bs4; bs4.BeautifulSoup('<p>1</p>', 'html.parser').select('p')", "[<p>1</p>]"),
        ("from soupsieve.css_match import CSSMatch; CSSMatch.__name__", "'CSSMatch'"),
        ("import debugpy; debugpy.__name__", "'debugpy'"),
        ("import sys; [name for name in sys.modules if sys.modules[name] is None]", "[]"),
    ],
)
def test_a_notebook_can_use_what_was_spared(
    workspace: Workspace, source: str, expected: str
) -> None:
    assert shown(make(job(workspace, source))) == [expected]


def test_nothing_of_one_notebook_reaches_the_next(workspace: Workspace) -> None:
    spoil = (
        "import os, sys, random, builtins, numpy, pandas, matplotlib as mpl\n"
        "import matplotlib.pyplot as plt, dxeval\n"
        "plt.figure(); mpl.rcParams['lines.linewidth'] = 77; pandas.options.display.max_rows = 7\n"
        "numpy.random.seed(1); random.seed(1); builtins.leak = 1; os.environ['LEAK'] = '1'\n"
        "dxeval.charts.UNITS_UP_TO = 0; os.chdir('/'); name = 1\n"
    )
    look = (
        "import os, sys, random, builtins, numpy, pandas, matplotlib as mpl\n"
        "import matplotlib.pyplot as plt, dxeval\n"
        "(plt.get_fignums(), mpl.rcParams['lines.linewidth'], pandas.options.display.max_rows,\n"
        " hasattr(builtins, 'leak'), 'LEAK' in os.environ, 'name' in globals(),\n"
        " dxeval.charts.UNITS_UP_TO, os.path.basename(os.getcwd()),\n"
        " plt.rcParams['backend'])\n"
    )
    before = shown(make(job(workspace, look)))
    assert before == shown(make(replace(job(workspace, look), engine=STOCK)))
    assert make(job(workspace, spoil)).failure is None
    assert shown(make(job(workspace, look))) == before
    assert "".join(before[0].split()).startswith("([],1.5,60,False,False,False,40,'notebooks',")


def test_random_states_do_not_follow_one_another(workspace: Workspace) -> None:
    draw = "import random; random.random()"
    assert shown(make(job(workspace, draw))) != shown(make(job(workspace, draw)))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import time; time.sleep(60)", "セルが 2秒で終わりませんでした"),
        ("while True: pass", "セルが 2秒で終わりませんでした"),
        ("import os; os._exit(0)", "カーネルが途中で止まりました"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "途中で止まりました"),
        ("import ctypes; ctypes.string_at(0)", "途中で止まりました"),
        ("import sys; sys.exit(0)", "で始まるセルで SystemExit が起きました"),
        ("raise SystemExit(3)", "で始まるセルで SystemExit が起きました"),
        ("1 / 0", "で始まるセルで ZeroDivisionError が起きました"),
        ("input()", "で始まるセルで StdinNotImplementedError が起きました"),
    ],
)
def test_whatever_a_cell_does_is_one_failure(workspace: Workspace, source: str, said: str) -> None:
    made = make(job(workspace, source, timeout=2))
    assert made.failure is not None
    assert said in made.failure.words
    assert made.outputs == {}


@pytest.mark.parametrize("engine", [WARM, STOCK])
@pytest.mark.parametrize(
    ("source", "kind", "said"),
    [
        (
            "import dxeval as dx\ndx.Workspace.find().session('bpr-9')",
            FailureKind.DATA,
            "セッション「bpr-9」はありません。あるのは：bpr-1",
        ),
        (
            "from dxeval.errors import DataError, Problem\n"
            "class Own(DataError): pass\n"
            "raise Own([Problem('x', 'data/x.csv', 'ちがいます')])",
            FailureKind.DATA,
            "data/x.csv：ちがいます。",
        ),
        (
            "import pandas\nraise pandas.errors.DataError('回答者の山田太郎')",
            FailureKind.NOTEBOOK,
            "で始まるセルで DataError が起きました",
        ),
    ],
)
def test_only_our_own_errors_tell_their_words(
    workspace: Workspace, engine: str, source: str, kind: FailureKind, said: str
) -> None:
    made = make(replace(job(workspace, source), engine=engine))
    assert made.failure is not None
    assert made.failure.kind is kind
    assert said in made.failure.words
    assert "山田" not in made.failure.words
    assert made.failure.notebook is not None
    kept = json.loads(made.failure.notebook)["cells"][-1]["outputs"][0]
    assert kept["ename"] in {"DataError", "WorkspaceError"}
    assert kept["traceback"][0].startswith("Cell In[")


def test_a_process_left_alone_ends(workspace: Workspace) -> None:
    """The parent is killed in the middle of a cell: the forked process sees it and ends."""
    pipe = workspace.root / "pid"
    slow = job(
        workspace,
        f"import os, time\nopen({str(pipe)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)",
    )
    (workspace.root / "job").write_bytes(pickle.dumps(slow))
    code = (
        "import pickle, sys\nfrom dxeval.report.process.worker import make\n"
        "if __name__ == '__main__': make(pickle.load(open(sys.argv[1], 'rb')))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, workspace.root / "job"])
    wait_for(lambda: pipe.exists() and pipe.read_text().isdigit())
    parent.kill()
    parent.wait()
    child = int(pipe.read_text())
    wait_for(lambda: not Path(f"/proc/{child}").exists() or is_zombie(child))


def is_zombie(pid: int) -> bool:
    return ") Z " in Path(f"/proc/{pid}/stat").read_text()


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_the_stock_engine_runs_in_a_long_temporary_folder(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = workspace.root / ("長い" * 20)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    assert shown(make(replace(job(workspace, "6 * 7"), engine=STOCK))) == ["42"]


def test_the_stock_engine_lets_no_early_end_pass_either(workspace: Workspace) -> None:
    made = make(replace(job(workspace, "import sys; sys.exit(0)"), engine=STOCK))
    assert made.failure is not None
    assert "SystemExit" in made.failure.words


@pytest.mark.parametrize("end", ["time.sleep(60)", "pass"])
def test_what_a_cell_started_ends_with_it(workspace: Workspace, end: str) -> None:
    mark = workspace.root / "pid"
    source = (
        "import subprocess, time\nstarted = subprocess.Popen(['sleep', '97'])\n"
        f"open({str(mark)!r}, 'w').write(str(started.pid))\n{end}"
    )
    make(job(workspace, source, timeout=2))
    child = int(mark.read_text())
    wait_for(lambda: not Path(f"/proc/{child}").exists() or is_zombie(child))


def make_two(first: Job, second: Job, results: Connection) -> None:
    with ThreadPoolExecutor(2) as pool:
        results.send([made.failure for made in pool.map(make, (first, second))])


def test_threads_of_a_process_without_children_take_turns(workspace: Workspace) -> None:
    """As in a Dask worker with two threads."""
    jobs = [session_job(workspace, session_id) for session_id in ("bpr-1", "bpr-2")]
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(
        target=make_two, args=(*jobs, sender), daemon=True
    )
    process.start()
    assert receiver.poll(120)
    assert receiver.recv() == [None, None]
    process.join()
