"""Imports go one way, and planning stays light."""

import ast
import subprocess
import sys
from pathlib import Path

import dxeval

PACKAGE = Path(dxeval.__file__).parent
ORDER = [
    "errors",
    "strict_yaml",
    "survey",
    "contact",
    "programme",
    "published",
    "grid",
    "delimited",
    "workbook",
    "xlsx",
    "strangers",
    "header",
    "unfit",
    "read",
    "levels",
    "timestamps",
    "people",
    "responses",
    "score",
    "audit",
    "wording",
    "spreadsheet",
    "page",
    "charts",
    "tables",
    "workspace",
    "check",
    "report.frame",
    "report.leak",
    "report.job",
    "report.manifest",
    "report.plan",
    "report.engine",
    "report.execute",
    "report.export",
    "report.make",
    "report.own_process",
    "report.index",
    "report.staging",
    "report.pool",
    "report.warm",
    "report.cluster",
    "report.pdf",
    "report.batch",
    "report.announce",
    "cli",
    "__main__",
]
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


def test_every_module_has_its_place() -> None:
    assert sorted(modules()) == sorted(ORDER)


def test_imports_go_one_way() -> None:
    for name, path in modules().items():
        own = {other for other in ORDER if f"dxeval.{other}" in imported(path)}
        later = {other for other in own if ORDER.index(other) >= ORDER.index(name)}
        assert not later, f"{name} imports {later}"


def test_only_the_report_knows_notebooks() -> None:
    for name, path in modules().items():
        if not name.startswith("report."):
            roots = {one.split(".")[0] for one in imported(path)}
            assert not roots & NOTEBOOK_TOOLS, name


def test_the_report_knows_no_scores() -> None:
    for name, path in modules().items():
        if name.startswith("report."):
            assert not {"dxeval.score", "dxeval.responses", "dxeval.tables"} & imported(path), name


def test_listing_imports_neither_pandas_nor_papermill() -> None:
    code = (
        "import sys\nfrom dxeval.cli import main\n"
        "try:\n    main(['list'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = {'pandas', 'papermill', 'matplotlib', 'nbconvert'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_public_face_is_complete() -> None:
    for name in dxeval.__all__:
        assert getattr(dxeval, name) is not None
