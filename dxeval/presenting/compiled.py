"""Templates kept compiled, beside the package's modules and as Python keeps these.

Compiling all of them takes longer than drawing a page.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

PLACE = Path(__file__).with_name("__pycache__")


class Compiled(jinja2.FileSystemBytecodeCache):
    """Jinja's own cache, which knows a changed template by its text.

    It is written while a process warms up, and never while a cell runs; where it cannot be written,
    templates are compiled anew.
    """

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def keep_compiled(environment: jinja2.Environment) -> None:
    """Have the templates of an environment kept, unless Python is told to keep nothing."""
    if not sys.dont_write_bytecode and os.access(PLACE, os.W_OK):
        environment.bytecode_cache = Compiled(str(PLACE), f"%s.jinja-{jinja2.__version__}.cache")
