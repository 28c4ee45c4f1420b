"""Imports go one way, and planning stays light."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import dxeval
from dxeval.workspace import Workspace

PACKAGE = Path(dxeval.__file__).parent
ROOMS = [
    "problems",
    "errors",
    "definitions",
    "reading",
    "drafting",
    "scoring",
    "presenting",
    "kinds",
    "workspace",
    "tracing",
    "proving",
    "exploring",
    "exports",
    "starting",
    "check",
    "adding",
    "commenting",
    "report",
    "explaining",
    "auditing",
    "sharing",
    "preview",
    "lab",
    "cli",
    "__main__",
]
"""Each room imports only from itself and from those before it."""
BEHIND_A_NAME = ("definitions.kinds", "kinds.kind")
"""The registry names, for type checking only, what it imports by the name of an item's home."""
NOTEBOOK_TOOLS = {"papermill", "nbconvert", "nbformat", "nbclient", "ipykernel"}


def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
        for path in PACKAGE.rglob("*.py")
        if path.name != "__init__.py"
    }


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return names


def own_imports() -> dict[str, set[str]]:
    """Return for each module the modules of ours that it imports."""
    known = modules()
    names = {name: imported(path) for name, path in known.items()}
    return {
        name: {
            other
            for other in known
            if f"dxeval.{other}" in names[name] and (name, other) != BEHIND_A_NAME
        }
        for name in known
    }


def room(module: str) -> int:
    return ROOMS.index(module.partition(".")[0])


def test_every_module_stands_in_a_room() -> None:
    assert {name.partition(".")[0] for name in modules()} == set(ROOMS)


def test_rooms_import_only_from_rooms_before_them() -> None:
    for name, others in own_imports().items():
        later = {other for other in others if room(other) > room(name)}
        assert not later, f"{name} imports {later}"


def test_no_imports_go_in_a_circle() -> None:
    assert list(TopologicalSorter(own_imports()).static_order())


def test_only_the_report_knows_notebooks() -> None:
    for name, path in modules().items():
        if not name.startswith("report."):
            roots = {other.split(".")[0] for other in imported(path)}
            assert not roots & NOTEBOOK_TOOLS, name


def test_the_report_knows_no_scores() -> None:
    for name, path in modules().items():
        if name.startswith("report."):
            assert not {
                "dxeval.scoring.score",
                "dxeval.reading.responses",
                "dxeval.presenting.tables",
            } & imported(path), name


def test_listing_imports_neither_pandas_nor_papermill(workspace: Workspace) -> None:
    code = (
        "import sys\nfrom dxeval.cli import main\n"
        "try:\n    main(['list'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = {'pandas', 'papermill', 'matplotlib', 'nbconvert'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace.root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_public_face_is_complete() -> None:
    for name in dxeval.__all__:
        assert getattr(dxeval, name) is not None
