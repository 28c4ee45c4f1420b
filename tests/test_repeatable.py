"""The same input gives the same bytes, and no output tells of the machine that made it."""

import getpass
import io
import json
import os
import re
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import Here, copy_workspace
from test_batch import keep_sessions, replace_cell
from test_faults import light_notebook
from test_pages import Made
from test_stale import contents

import dxeval
from dxeval.report.batch import run
from dxeval.workspace import Workspace

TELLING = "home/yamada taro/秘密の研修"
SECRETS = ("山田太郎", "taro@example.jp")


@pytest.fixture
def elsewhere(tmp_path: Path) -> tuple[Workspace, dict[str, str]]:
    """A workspace in a telling folder, and the environment of another user with own settings."""
    home = tmp_path / "home/yamada taro"
    workspace = copy_workspace(tmp_path / TELLING)
    startup = home / ".ipython/profile_default/startup/00.py"
    rc = home / ".config/matplotlib/matplotlibrc"
    for path, text in ((startup, "import builtins; del builtins.len"), (rc, "font.size: 30")):
        path.parent.mkdir(parents=True)
        path.write_text(text)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG")}
    environment |= {
        "HOME": str(home),
        "USER": "yamada",
        "LOGNAME": "yamada",
        "LANG": "C",
        "TZ": "Asia/Tokyo",
        "PYTHONHASHSEED": "7",
        "PYTHONSTARTUP": str(startup),
        "MPLBACKEND": "svg",
    }
    return workspace, environment


def dxeval_run(workspace: Workspace, environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "dxeval", "run", *words],
        cwd=workspace.root / "data/sessions",
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_two_folders_two_users_two_orders_give_the_same_bytes(
    made: Made, elsewhere: tuple[Workspace, dict[str, str]]
) -> None:
    workspace, environment = elsewhere
    dxeval_run(workspace, environment, "exchange-4")
    dxeval_run(workspace, environment, "bpr-2", "exchange-1")
    dxeval_run(workspace, environment)
    first, second = contents(made[0].root), contents(workspace.root)
    assert len(first) >= 18
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    for name, content in second.items():
        assert not traces(text_of(name, content), workspace), name


def text_of(name: str, content: bytes) -> str:
    """Return what stands in a file, packed or not."""
    if not name.endswith(".xlsx"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(part).decode() for part in archive.namelist())


def traces(text: str, workspace: Workspace) -> list[str]:
    """Return what of this machine, its people and its errors stands in a file."""
    words = [str(workspace.root), *Path(TELLING).parts[1:], *SECRETS, str(Path.home()) + "/"]
    words += [sys.prefix, sys.base_prefix, str(Path(dxeval.__file__).parent), "/tmp/"]
    words += [name for name in (socket.gethostname(), getpass.getuser()) if len(name) > 4]
    words += ["Traceback", "site-packages"]
    plain = re.sub(r"base64,[A-Za-z0-9+/=]*", "", text)
    return [word for word in words if word in plain]


def test_nothing_leaks_from_a_notebook_that_shows_or_fails(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path / TELLING)
    keep_sessions(workspace, "bpr-1", "bpr-2")
    answers = workspace.root / "data/responses/bpr-1.csv"
    header, *rows = answers.read_text(encoding="utf-8-sig").splitlines()
    personal = [f"{header},氏名,メール", *(f"{row},{','.join(SECRETS)}" for row in rows)]
    answers.write_text("\n".join([*personal, ""]), encoding="utf-8")
    shows = (
        "import sys, pathlib, warnings\n"
        "warnings.warn('x'); print(sys.prefix, file=sys.stderr)\n"
        "[sys.prefix, sys.base_prefix, pathlib.Path.home() / 'x', str(pathlib.Path.cwd())]"
    )
    fails = (
        "raw = pathlib.Path('../data/responses/bpr-1.csv')\n"
        "if raw.exists():\n"
        "    print(raw.read_text())\n"
        "    raise ValueError(raw.read_text(), raw.resolve())"
    )
    light_notebook(workspace, "session", "session_id = ''", shows, fails)
    light_notebook(workspace, "overall", "failed = []", shows)
    result = run(workspace, executor=Here())
    assert list(result.failed) == ["bpr-1"]
    found = contents(workspace.root)
    assert "failed/bpr-1.ipynb" in found
    assert not any(name.startswith("html/") and "bpr-1" in name for name in found)
    shown = json.loads(found["notebooks/bpr-2.ipynb"])["cells"][2]["outputs"][-1]["data"]
    assert "…" in "".join(shown["text/plain"])
    for name, content in found.items():
        assert not traces(text_of(name, content), workspace), name


def test_a_name_in_the_personal_columns_reaches_no_output(
    workspace: Workspace, tmp_path: Path
) -> None:
    keep_sessions(workspace, "bpr-1")
    answers = workspace.root / "data/responses/bpr-1.csv"
    header, *rows = answers.read_text(encoding="utf-8-sig").splitlines()
    personal = [f"{header},氏名,メール", *(f"{row},{','.join(SECRETS)}" for row in rows)]
    answers.write_text("\n".join([*personal, ""]), encoding="utf-8")
    replace_cell(workspace, "session", "dx.page.insights(session)", "responses.no_such_thing")
    result = run(workspace, executor=Here())
    assert "AttributeError" in result.failed["bpr-1"]
    kept = json.loads(contents(workspace.root)["failed/bpr-1.ipynb"])
    (error,) = [output for cell in kept["cells"] for output in cell.get("outputs", [])]
    assert error["traceback"][0].startswith("Cell In[")
    for name, content in contents(workspace.root).items():
        assert not [secret for secret in SECRETS if secret in text_of(name, content)]
