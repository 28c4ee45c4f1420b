"""A failing cell is named with the true reason, and with nothing that may be an answer."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from test_engine import is_zombie, job, shown, wait_for

from dxeval.report.engines import STOCK, WARM
from dxeval.report.job import Job
from dxeval.report.process.forkserver import CAN_FORK
from dxeval.report.process.worker import make
from dxeval.workspace import Workspace

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system has no fork")

LAB = "dxeval lab bpr-1 で同じノートブックを開いて"
POOL = (
    "def square(x): return x * x\nimport multiprocessing\n"
    "with multiprocessing.Pool(2) as pool: r = pool.map(square, [1, 2, 3])\nr"
)
EXECUTOR = (
    "def square(x): return x * x\nfrom concurrent.futures import ProcessPoolExecutor as Pool\n"
    "with Pool(2) as pool: r = [*pool.map(square, [1, 2, 3])]\nr"
)


def words_of(made_from: Job) -> str:
    made = make(made_from)
    assert made.failure is not None
    assert made.outputs == {}
    return made.failure.words


SAME_IN_LAB = [
    ("\n\nx = 1\n1 / 0", "ZeroDivisionError が起きました（JupyterLab では [2]、セルの4行目）"),
    ("undefined_name", "名前「undefined_name」が定義されていません"),
    ("import pandas as pd\npd.nothing_such", "属性「nothing_such」がありません"),
    ("{}['列の名']", "キー（列や項目の名前）「列の名」がありません"),
    ("x = 1\ny = (1,\n", "の文法が正しくありません"),
    ("%nosuchmagic", "マジックコマンド「%nosuchmagic」を使えません"),
    ("!nosuchcommand", "! で始めたコマンドが失敗しました"),
    ("import dxeval as dx\ndx.tables.cards()", "関数「cards」への引数が合いません"),
    ("from pandas import nosuch", "「pandas」に、読み込もうとした名前がありません"),
    ("def f(): f()\nf()", "関数が自分を呼び続けています"),
    ("raise KeyboardInterrupt", "KeyboardInterrupt"),
]
OTHERWISE_IN_LAB = [
    ("import helpers", 'files = ["helpers.py"]'),
    ("import parts", 'files = ["parts/__init__.py", "parts/one.py"]'),
    ("import nosuchlibrary", "「nosuchlibrary」が、dxeval を動かしている Python に入っていません"),
    ("open('../data/kpi.csv')", 'files = ["../data/kpi.csv"]'),
    ("open('WORKSPACE/data/kpi.csv')", "「data/kpi.csv」を、宣言せずに"),
    ("import os; os.listdir('WORKSPACE/data')", "UndeclaredFileError"),
    ("import sqlite3; sqlite3.connect('WORKSPACE/kpi.db')", "ファイル「kpi.db」"),
    ("from pathlib import Path\nPath('OUTSIDE/kpi.csv').read_text()", "この回の材料にないファイル"),
    ("import os\nos.chdir('OUTSIDE'); open('kpi.csv')", "この回の材料にないファイル「kpi.csv」"),
    ("open('/etc/hostname')", "この回の材料にないファイル「hostname」"),
    ("from pathlib import Path\nPath('/proc/uptime').read_text()", "ファイル「uptime」"),
    ("import os\nopen(os.path.expanduser('~/.config/nothing'))", "材料にないファイル"),
    ("import pandas\npandas.read_csv('/usr/share/figures.csv')", "ファイル「figures.csv」"),
    ("open('nowhere.csv')", "コマンド）「nowhere.csv」がありません"),
    ("import numpy\nnumpy.loadtxt('../data/kpi.csv')", 'files = ["../data/kpi.csv"]'),
    ("from IPython.display import Image\nImage('nowhere.png')", "「nowhere.png」がありません"),
    ("%run helpers.py", 'files = ["helpers.py"]'),
    ("import subprocess\nsubprocess.run(['nosuchcommand'])", "「nosuchcommand」がありません"),
    ("import pandas as pd\npd.DataFrame({'a': [1]}).to_parquet('x')", "モジュール「pyarrow」"),
    ("import elsewhere", "「data/elsewhere.py」は作業フォルダにありますが、ノートブックの隣では"),
    ("dx = __import__('dxeval')\ndx.Workspace.find().session('bpr-2')", "このページの材料だけ"),
    ("import urllib.request as u\nu.urlopen('http://example.com')", "先「example.com」"),
    ("import requests\nrequests.get('http://example.com')", "ネットワークの先「example.com」"),
    ("import socket\nsocket.create_connection(('10.0.0.1', 80))", "ネットワークの先「10.0.0.1」"),
    ("input('？')", "人に尋ねられません"),
    ("import sys; sys.exit(0)", "途中までのページになります"),
    ("exit()", "途中までのページになります"),
    ("!pip install x", "ライブラリを入れたり消したりはできません"),
    ("%pip install x", "ライブラリを入れたり消したりはできません"),
    ("raise MemoryError", "メモリが足りません"),
    ("b'\\x82\\xa0'.decode()", "文字コードが違います"),
    ("import asyncio\nasyncio.run(asyncio.sleep(0))", "await をそのまま書いて"),
    ("import os; os._exit(1)", "で始まるセル：ノートブックのカーネルが途中で止まりました"),
    ("import datetime; datetime.datetime.now()", "report に date:"),
    ("import dxeval as dx\nraise dx.MisuseError('ならびが違います。')", "ならびが違います。"),
]


def prepared(workspace: Workspace, source: str, outside: Path) -> Job:
    """Return the job of a cell, beside whose notebook are files that it does not declare."""
    notebooks = workspace.root / "notebooks"
    (notebooks / "parts").mkdir()
    beside = ("helpers.py", "parts/__init__.py", "parts/one.py")
    for name in (*beside, "../data/kpi.csv", "../data/elsewhere.py"):
        (notebooks / name).touch()
    (outside / "kpi.csv").write_text("a\n")
    source = source.replace("dx.MisuseError", "__import__('dxeval.errors').errors.MisuseError")
    source = source.replace("WORKSPACE", str(workspace.root)).replace("OUTSIDE", str(outside))
    return job(workspace, source)


@pytest.mark.parametrize(("source", "said"), SAME_IN_LAB)
def test_p10_jupyterlab_is_named_where_it_shows_the_same(
    workspace: Workspace, source: str, said: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    words = words_of(prepared(workspace, source, tmp_path_factory.mktemp("outside")))
    assert said in words
    assert LAB in words


@pytest.mark.parametrize(("source", "said"), OTHERWISE_IN_LAB)
def test_p10_jupyterlab_is_not_named_where_it_would_show_something_else(
    workspace: Workspace, source: str, said: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    words = words_of(prepared(workspace, source, tmp_path_factory.mktemp("outside")))
    assert said in words
    assert LAB not in words


@pytest.mark.parametrize(
    "source",
    [
        "import helpers",
        "open('WORKSPACE/data/kpi.csv')",
        "%nosuchmagic",
        "exit()",
        "!pip install x",
        "import os; os._exit(1)",
        "import datetime; datetime.date.today()",
        "import socket\nsocket.create_connection(('10.0.0.1', 80))",
    ],
)
def test_p10_both_engines_say_the_same(
    workspace: Workspace, source: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    warm = prepared(workspace, source, tmp_path_factory.mktemp("outside"))
    assert words_of(warm) == words_of(replace(warm, engine=STOCK))


SECRET = "山田太郎の感想はひみつtaro@example.jp"
HIDDEN = f"s = bytes.fromhex('{SECRET.encode().hex()}').decode()\n"


@pytest.mark.parametrize(
    "last",
    [
        "raise ValueError(s)",
        "{}[s]",
        "open(s)",
        "open('/' + s)",
        "getattr(1, s)",
        "import importlib; importlib.import_module(s)",
        "import socket; socket.create_connection((s, 80))",
        "int(s)",
        "exec(s)",
        "raise SystemExit(s)",
        "import os; os.mkdir('/proc/' + s)",
        "import pandas as pd; pd.DataFrame({s: [1]})['x']",
        "assert False, s",
        "raise type('Ｘ' + s, (Exception,), {})",
        "import dxeval as dx; dx.page.style(**{s: 1})",
        "get_ipython().run_line_magic(s, '')",
        "class Shown:\n  def _repr_html_(self): raise ValueError(s)\nShown()",
    ],
)
def test_p10_no_value_of_an_error_comes_out(workspace: Workspace, last: str) -> None:
    failure = make(job(workspace, HIDDEN + last)).failure
    assert failure is not None
    assert failure.notebook is not None
    said = failure.words + failure.notebook.decode()
    assert "で始まるセル" in said
    for part in ("山田", "感想", "taro@", "example.jp"):
        assert part not in said


@pytest.mark.parametrize("engine", [WARM, STOCK])
@pytest.mark.parametrize("source", [POOL, EXECUTOR])
def test_p11_a_cell_may_share_its_work_out(workspace: Workspace, source: str, engine: str) -> None:
    assert shown(make(replace(job(workspace, source), engine=engine))) == ["[1, 4, 9]"]


@pytest.mark.parametrize("engine", [WARM, STOCK])
def test_p11_a_cell_may_await(workspace: Workspace, engine: str) -> None:
    source = (
        "import asyncio\nfrom IPython.display import display\n"
        "task = asyncio.ensure_future(asyncio.sleep(0.01, '後'))\n"
        "async with asyncio.timeout(9):\n    display(await task)\n"
        "[await found for found in [asyncio.sleep(0, 1), asyncio.sleep(0, 2)]]"
    )
    assert shown(make(replace(job(workspace, source), engine=engine))) == ["'後'", "[1, 2]"]


def test_p11_what_an_awaiting_cell_raises_is_told(workspace: Workspace) -> None:
    words = words_of(job(workspace, "import asyncio\nawait asyncio.sleep(0)\n1 / 0"))
    assert "ZeroDivisionError が起きました（JupyterLab では [2]、セルの3行目）" in words


@pytest.mark.parametrize("source", ["await asyncio.sleep(60)", "await asyncio.Event().wait()"])
def test_p11_a_cell_that_awaits_for_ever_is_stopped(workspace: Workspace, source: str) -> None:
    words = words_of(job(workspace, f"import asyncio\n{source}", timeout=2))
    assert "セルが 2秒で終わりませんでした" in words


@pytest.mark.parametrize("end", ["time.sleep(60)", "pass", "import os; os._exit(1)"])
def test_p11_child_processes_end_with_their_cell(workspace: Workspace, end: str) -> None:
    mark = workspace.root / "pid"
    source = (
        "import multiprocessing, time\n"
        "child = multiprocessing.Process(target=time.sleep, args=(97,)); child.start()\n"
        f"open({str(mark)!r}, 'w').write(str(child.pid))\n{end}"
    )
    make(job(workspace, source, timeout=2))
    child = int(mark.read_text())
    wait_for(lambda: not Path(f"/proc/{child}").exists() or is_zombie(child))


QUIET = (
    """
import contextlib, ctypes.util, decimal, io, locale, os, random, secrets, shutil, sqlite3
import subprocess, tempfile, tzlocal_or_none, zoneinfo
""".replace(", tzlocal_or_none", "")
    + """
import matplotlib.font_manager as fonts, matplotlib.pyplot as plt, pandas as pd, seaborn as sns
fonts.findfont('DejaVu Sans'); len(fonts.findSystemFonts())
zoneinfo.ZoneInfo('Asia/Tokyo'); pd.Timestamp('2025-01-01', tz='Asia/Tokyo')
locale.getlocale(); secrets.token_hex(); os.urandom(2); random.seed()
open(os.devnull, 'w').close()
with tempfile.TemporaryDirectory() as folder: open(folder + '/x', 'w').write('a')
with tempfile.NamedTemporaryFile() as file: file.write(b'a')
sqlite3.connect(':memory:').close(); subprocess.run(['echo'])
fig, ax = plt.subplots(); ax.plot([1]); fig.savefig('x.png'); plt.close(fig)
open('x.png', 'rb').read(1); fig.savefig(io.BytesIO(), format='pdf')
import email.mime.text, xml.etree.ElementTree, http.client, sklearn_or_none
""".replace(", sklearn_or_none", "")
    + """
'静か'
"""
)


@pytest.mark.parametrize("engine", [WARM, STOCK])
def test_p10_what_libraries_open_for_themselves_is_no_alarm(
    workspace: Workspace, engine: str
) -> None:
    made = make(replace(job(workspace, QUIET), engine=engine))
    assert shown(made) == ["'静か'"]
    assert [problem for problem in made.warnings if problem.kind == "left-behind"] == []


@pytest.mark.parametrize("engine", [WARM, STOCK])
def test_p10_a_file_that_a_cell_writes_does_not_vanish_without_a_word(
    workspace: Workspace, engine: str
) -> None:
    source = "import pandas as pd\npd.DataFrame({'a': [1]}).to_excel('結果.xlsx')\n'書いた'"
    made = make(replace(job(workspace, source), engine=engine))
    assert shown(made) == ["'書いた'"]
    (problem,) = (problem for problem in made.warnings if problem.kind == "left-behind")
    assert "「結果.xlsx」を書きましたが、配布するものには入りません" in problem.message


DAY = "2026-03-31"
ASKING = (
    "import datetime, time, pandas as pd\n"
    "[str(datetime.date.today()), str(datetime.datetime.now()), time.strftime('%Y-%m-%d'),\n"
    " str(datetime.datetime.now(datetime.UTC).date()), str(pd.Timestamp.now()),\n"
    " str(pd.Timestamp.today().date()), str(pd.to_datetime('today').date()),\n"
    " str(datetime.date.fromtimestamp(time.time())), time.localtime().tm_hour]"
)


def declare_day(workspace: Workspace) -> None:
    path = workspace.root / "data/programme.yaml"
    text = path.read_text(encoding="utf-8").replace("report:\n", f"report:\n  date: {DAY}\n", 1)
    path.write_text(text, encoding="utf-8")


def test_p13_a_cell_that_asks_for_the_time_gets_the_declared_day(workspace: Workspace) -> None:
    declare_day(workspace)
    warm = job(Workspace(workspace.root), ASKING)
    made = make(warm)
    noon = f"{DAY} 12:00:00"
    assert json.loads(shown(made)[0].replace("'", '"')) == [
        *(DAY, noon, DAY, DAY, noon, DAY, DAY, DAY),
        12,
    ]
    assert made.outputs == make(replace(warm, engine=STOCK)).outputs


def test_p13_the_clock_stands_for_cells_and_for_nothing_that_waits(workspace: Workspace) -> None:
    declare_day(workspace)
    source = (
        "import asyncio, subprocess, time\nbegin = time.monotonic()\n"
        "await asyncio.wait_for(asyncio.sleep(0.05), 5)\ntime.sleep(0.05)\n"
        "subprocess.run(['sleep', '0.05'], timeout=5)\ntime.monotonic() - begin > 0.1"
    )
    assert shown(make(job(Workspace(workspace.root), source))) == ["True"]


def test_p13_the_declared_day_is_an_input(workspace: Workspace) -> None:
    before = job(workspace, ASKING).digest
    declare_day(workspace)
    assert job(Workspace(workspace.root), ASKING).digest != before
