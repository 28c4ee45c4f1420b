"""Importing less: what others make do without, and what is run only when it is used."""

import sys
from collections.abc import Callable, Iterator
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


@contextmanager
def without_plugins() -> Iterator[None]:
    """Have Papermill, imported meanwhile, look for no engines and drives that others installed.

    It reads what every installed package declares, twice; a batch names its engine itself.
    """
    if find_spec("entrypoints") is None:
        yield
        return
    entrypoints = import_module("entrypoints")
    found = entrypoints.get_group_all
    entrypoints.get_group_all = lambda *_: []  # type: ignore[attr-defined]
    try:
        yield
    finally:
        entrypoints.get_group_all = found  # type: ignore[attr-defined]


class _Later(ModuleType):
    """A module of which nothing has been run yet: becomes itself when it is asked for anything.

    A package is asked for its path before a module in it is imported, so it has none yet.
    """

    def __getattr__(self, name: str) -> object:
        spec = self.__spec__
        assert spec is not None and spec.loader is not None
        wanted = vars(self).pop(_THEN)
        self.__class__ = ModuleType  # type: ignore[assignment]
        if spec.submodule_search_locations is not None:
            self.__path__ = spec.submodule_search_locations
        spec.loader.exec_module(self)
        for then in wanted:
            then(self)
        return getattr(self, name)


_THEN = "__then__"


def later(name: str, then: Callable[[ModuleType], None] | None = None) -> None:
    """Import a module, if it is installed, and run it when something of it is first asked for.

    ``then`` is called with it right after it was run. ``importlib.util.LazyLoader`` would be this,
    but runs a package at the next import (Python 3.11).
    """
    module = sys.modules.get(name) or _unrun(name)
    if then is None or module is None:
        return
    if type(module) is _Later:
        vars(module)[_THEN].append(then)
    else:
        then(module)


def _unrun(name: str) -> ModuleType | None:
    spec = find_spec(name)
    if spec is None:
        return None
    module = module_from_spec(spec)
    vars(module).pop("__path__", None)
    vars(module)[_THEN] = []
    module.__class__ = _Later
    sys.modules[name] = module
    package, _, last = name.rpartition(".")
    if package:
        setattr(sys.modules[package], last, module)
    return module
