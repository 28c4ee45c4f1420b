"""Imported once by the process that is forked for every notebook: what all of them need.

Settings that must stand before numpy and matplotlib are imported stand first. Nothing here may
start a thread: a process with threads cannot be forked safely. Matplotlib's inline back end is
named, as ipykernel does, but not loaded: on loading it looks for the running kernel.

Objects that are there before a fork are not looked at by the garbage collector, neither while
modules are imported (a seventh of the time) nor later in the notebooks' processes, which would
copy all memory that it looks at. There it looks seldom: they end before much is to be freed.
"""

import gc
import os
from importlib import import_module

from dxeval.report.process.sparing import (
    later,
    spare_formats,
    undocumented,
    without,
    without_plugins,
)

gc.disable()
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MATPLOTLIBRC"] = os.devnull
os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"

BATCH = os.getppid()
"""Whose process this is; where that ends before there was anything to do, so does this one."""

later("requests")  # Papermill's, for notebooks on the web
later("charset_normalizer")  # Beautiful Soup's, for bytes of unknown encoding
later("soupsieve")  # Beautiful Soup's, for CSS selectors
later("bs4")  # for what cells show as HTML
later("PIL.ImageCms")  # for photographs
later("fontTools.agl")  # Matplotlib's, for letters set by TeX
later("pandas.io.formats.style")  # for a DataFrame's style
spare_formats()
with without("debugpy"):
    import_module("ipykernel.debugger")
with without("nbconvert.postprocessors.serve"):  # for slides on the web
    import_module("nbconvert")
with without_plugins():
    import_module("papermill")

NAMES = (
    "IPython.core.application",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "ipykernel.inprocess.blocking",
    "ipykernel.inprocess.ipkernel",
    "matplotlib.backends.backend_agg",
    "psutil",
    "tornado.platform.asyncio",
    "tornado.queues",
    "dxeval.report.notebook.engine",
    "dxeval.report.process.make",
    "dxeval.report.process.worker",
    "dxeval.definitions.cross_check",
    "dxeval.presenting.own_charts",
    "dxeval.presenting.page",
    "dxeval.presenting.tables",
    "dxeval.proving.whole",
    "dxeval.kinds.choice",
    "dxeval.kinds.choices",
    "dxeval.kinds.number",
    "dxeval.kinds.rating",
    "dxeval.kinds.scale",
    "dxeval.kinds.text",
    "dxeval.reading.levels",
    "dxeval.reading.numbers",
    "dxeval.reading.several",
    "dxeval.reading.texts",
    "dxeval.definitions.telephone",
    "dxeval.scoring.chosen",
    "dxeval.scoring.twins",
)
with undocumented():
    for name in NAMES:
        if os.getppid() != BATCH:
            os._exit(0)
        import_module(name)

import_module("dxeval.presenting.charts").warm_up()
import_module("dxeval.presenting.html").warm_up()
import_module("dxeval.report.site.export").warm_up()
gc.freeze()
gc.set_threshold(50_000)
gc.enable()
