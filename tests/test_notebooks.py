"""The templates: thin, stored clean, and running as they are with Run All."""

import ast
import json

import nbformat
import pytest
from conftest import EXAMPLE
from nbclient import NotebookClient

from dxeval.workspace import Workspace

NOTEBOOKS = ["session", "programme", "overall"]


def load(name: str) -> nbformat.NotebookNode:
    return nbformat.read(EXAMPLE / f"notebooks/{name}.ipynb", as_version=4)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_template_is_stored_without_outputs(name: str) -> None:
    notebook = json.loads((EXAMPLE / f"notebooks/{name}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    assert set(notebook["metadata"]) <= {"kernelspec", "language_info"}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_template_is_thin(name: str) -> None:
    cells = [cell for cell in load(name).cells if cell.cell_type == "code"]
    assert len(cells) <= 14
    parameters = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(parameters) == 1
    for cell in cells:
        assert len(cell.source.splitlines()) <= 5
        banned = (ast.FunctionDef, ast.For, ast.While, ast.BinOp, ast.ListComp, ast.Try)
        assert not [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, banned)]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_run_all_in_the_notebooks_folder(workspace: Workspace, name: str) -> None:
    notebook = load(name)
    folder = {"metadata": {"path": str(workspace.root / "notebooks")}}
    NotebookClient(notebook, kernel_name="python3", resources=folder).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs
    assert {output.output_type for output in outputs} == {"execute_result"}
    assert all("text/html" in output.data for output in outputs)
