"""Importing less: what is spared is not missed by notebooks."""

import subprocess
import sys

CODE = """
from inspect import signature
from dxeval.report.process.sparing import undocumented
with undocumented():
    from matplotlib.lines import Line2D
from matplotlib.artist import kwdoc
class Own(Line2D):
    pass
print("drawstyle" in Line2D.set.__doc__)
print("drawstyle" in signature(Line2D.set).parameters)
print("drawstyle" in kwdoc(Line2D), "drawstyle" in Own.set.__doc__)
line = Line2D([0, 1], [0, 1])
line.set(lw=4)
print(line.get_linewidth())
"""


def test_artists_do_without_their_docstrings_alone() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert done.stdout.split() == ["False", "True", "True", "True", "4.0"], done.stderr


PLUGINS = """
import entrypoints
from dxeval.report.process.sparing import without_plugins
found = entrypoints.get_group_all
with without_plugins():
    from papermill.engines import papermill_engines
    print(entrypoints.get_group_all("console_scripts"))
print(entrypoints.get_group_all is found, len(entrypoints.get_group_all("console_scripts")) > 0)
print(papermill_engines.get_engine("nbclient").__name__)
"""


def test_papermill_alone_does_without_plugins() -> None:
    done = subprocess.run([sys.executable, "-c", PLUGINS], capture_output=True, text=True)
    assert done.stdout.splitlines() == ["[]", "True True", "NBClientEngine"], done.stderr


LATER = """
import sys
from dxeval.report.process.sparing import later
name = "json.tool"
later(name)
later(name, lambda module: setattr(module, "told", "first"))
import json.tool
print(json.tool.__class__.__name__, "argparse" in sys.modules)
from json import tool
print(tool.main.__name__, tool.told, "argparse" in sys.modules)
later(name, lambda module: setattr(module, "told", "at once"))
print(tool.told, json.tool is tool, type(tool).__name__)
later("no_such_module", print)
"""


def test_what_is_run_later_is_told_of_once_it_has_run() -> None:
    done = subprocess.run([sys.executable, "-c", LATER], capture_output=True, text=True)
    lines = ["_Later False", "main first True", "at once True module"]
    assert done.stdout.splitlines() == lines, done.stderr
