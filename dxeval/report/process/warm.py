"""Imported once by the process that is forked for every notebook: what all of them need.

Settings that must stand before numpy, matplotlib and debugpy are imported stand first. Nothing
here may start a thread: a process with threads cannot be forked safely. Matplotlib's inline back
end is named, as ipykernel does, but not loaded: on loading it looks for the running kernel.
"""

import os
import sys
from importlib import import_module

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MATPLOTLIBRC"] = os.devnull
os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
# jsonschema would build a grammar of IRIs for nearly a second, which no notebook's schema needs.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

for name in (
    "papermill",
    "IPython.core.application",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "ipykernel.debugger",
    "ipykernel.inprocess.blocking",
    "ipykernel.inprocess.ipkernel",
    "matplotlib.backends.backend_agg",
    "psutil",
    "tornado.platform.asyncio",
    "tornado.queues",
    "dxeval.report.notebook.engine",
    "dxeval.report.process.worker",
    "dxeval.presenting.page",
    "dxeval.presenting.tables",
):
    import_module(name)


import_module("dxeval.presenting.charts").warm_up()
import_module("dxeval.presenting.html").warm_up()
import_module("dxeval.report.site.export").warm_up()
