"""Importing less: what others make do without, and what is run only when it is used."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType

FORMATS = (
    "fqdn",
    "isoduration",
    "jsonpointer",
    "rfc3339_validator",
    "rfc3986_validator",
    "rfc3987_syntax",
    "uri_template",
    "webcolors",
)
"""By which jsonschema checks formats that no notebook's schema has; one alone takes a second."""


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Have modules not found meanwhile, for others that make do; afterwards they are as before."""
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def spare_formats() -> None:
    """Import jsonschema without its checks of FORMATS, unless it has been imported."""
    with without(*FORMATS):
        import_module("jsonschema")


@contextmanager
def undocumented() -> Iterator[None]:
    """Have matplotlib imported meanwhile without the lists of properties in its docstrings.

    It writes them on importing, for every class of artist: two fifths of its time.
    """
    artist = import_module("matplotlib.artist")
    written = artist.kwdoc
    artist.kwdoc = lambda artist: ""  # type: ignore[attr-defined]
    try:
        yield
    finally:
        artist.kwdoc = written  # type: ignore[attr-defined]


class _Later(ModuleType):
    """A package of which nothing has been run yet: becomes itself when it is asked for anything.

    It is asked for its path before a module in it is imported, so it has none yet.
    """

    def __getattr__(self, name: str) -> object:
        spec = self.__spec__
        assert spec is not None and spec.loader is not None
        self.__class__ = ModuleType  # type: ignore[assignment]
        self.__path__ = spec.submodule_search_locations or []
        spec.loader.exec_module(self)
        return getattr(self, name)


def later(package: str) -> None:
    """Import a package, if it is installed, and run it when something of it is first asked for.

    ``importlib.util.LazyLoader`` would be this, but runs it at the next import (Python 3.11).
    """
    spec = None if package in sys.modules else find_spec(package)
    if spec is not None:
        module = module_from_spec(spec)
        del module.__path__
        module.__class__ = _Later
        sys.modules[package] = module
