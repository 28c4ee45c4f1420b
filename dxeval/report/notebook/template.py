"""A template notebook as JSON: cleaned, its parameters checked and put in, kept where it failed."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dxeval.errors import TemplateError
from dxeval.problems import Problem, ProblemKind
from dxeval.report.notebook.parameters import Declared, both_subjects, declared, without_defaults
from dxeval.report.notebook.tags import INJECTED, PARAMETERS, normal

Parameters = dict[str, str | list[str]]


@dataclass(frozen=True)
class Raised:
    """Where a cell raised: its place from 0, the error's name, and IPython's traceback."""

    place: int
    name: str
    traceback: Sequence[str]


def without_outputs(content: bytes, given: Collection[str] = ()) -> bytes:
    """Return a notebook with nothing but its cells: running and saving it changes no page.

    Nor does another default of a parameter that is ``given`` anyway. What is no notebook is
    returned as it is; ``check_parameters`` refuses it.
    """
    try:
        cells = cells_of(raw_cells(content))
        for cell in cells if given else ():
            if is_parameters(cell):
                cell["source"] = without_defaults(cell["source"], given)
    except NO_NOTEBOOK:
        return content
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False).encode()


NO_NOTEBOOK = (ValueError, KeyError, TypeError, AttributeError, RecursionError, MemoryError)
"""What comes of taking apart a file that is no notebook, or one nested too deeply."""


def raw_cells(content: bytes) -> list[dict[str, Any]]:
    """Return a notebook's cells as they were saved. Raises one of ``NO_NOTEBOOK``."""
    return list(json.loads(content)["cells"])


def cells_of(raw: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return cells without outputs and with normal tags, but not what Papermill put in once.

    Raises one of ``NO_NOTEBOOK``.
    """
    cells = [_cell(cell) for cell in raw]
    own = [cell for cell in cells if INJECTED not in cell["metadata"]["tags"]]
    return [{**cell, "id": f"cell-{place:02}"} for place, cell in enumerate(own)]


def is_parameters(cell: dict[str, Any]) -> bool:
    """Whether a cell of ``cells_of`` is one that declares parameters."""
    return PARAMETERS in cell["metadata"]["tags"]


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    kept = {
        "cell_type": cell["cell_type"],
        "metadata": {"tags": normal(cell["metadata"].get("tags", []))},
        "source": "".join(cell["source"]),
    }
    if "attachments" in cell:
        kept["attachments"] = cell["attachments"]
    if kept["cell_type"] not in {"code", "markdown", "raw"}:
        raise ValueError("cell_type")
    if kept["cell_type"] == "code":
        kept |= {"execution_count": None, "outputs": []}
    return kept


def check_parameters(name: str, content: bytes, parameters: Mapping[str, object]) -> None:
    """Raise TemplateError unless the notebook ``name`` declares every parameter."""
    if problem := unfit(name, content, parameters):
        raise TemplateError(problem)


def unfit(name: str, content: bytes, parameters: Mapping[str, object]) -> Problem | None:
    """Return why the notebook ``name`` cannot be run with the parameters, None if it can.

    Papermill only warns of an unknown name, and the page would then show the default session.
    """
    try:
        found = declared_in(cells_of(raw_cells(content)))
    except (*NO_NOTEBOOK, SyntaxError) as error:
        return no_notebook(name, error)
    words = both_subjects(found)
    if unknown := [parameter for parameter in parameters if parameter not in found.names]:
        words = (
            f"parameters セルに「{unknown[0]}」がありません。"
            f"あるのは：{'、'.join(found.names) or 'なし'}。名前を直してください"
        )
    return Problem(ProblemKind.NOTEBOOK, name, words) if words else None


def declared_in(cells: Sequence[dict[str, Any]]) -> Declared:
    """Return what the parameters cells declare. Raises SyntaxError and others of NO_NOTEBOOK."""
    return declared("\n".join(cell["source"] for cell in cells if is_parameters(cell)))


def no_notebook(name: str, error: Exception) -> Problem:
    """Return the problem of a file that is no notebook, or has parameters that are no Python."""
    message = (
        f"ノートブックとして読めません（{type(error).__name__}）。"
        "JupyterLab で開いて直すか、元のファイルに戻してください"
    )
    return Problem(ProblemKind.NOTEBOOK, name, message)


def with_parameters(content: bytes, parameters: Mapping[str, object]) -> dict[str, Any]:
    """Return the notebook without outputs as Papermill runs it: with the parameters put in."""
    notebook: dict[str, Any] = json.loads(without_outputs(content))
    cells = notebook["cells"]
    if not parameters:
        return notebook
    place = next(i for i, cell in enumerate(cells) if is_parameters(cell))
    given = "".join(f"{name} = {value!r}\n" for name, value in parameters.items())
    injected = {
        **cells[place],
        "id": "injected",
        "metadata": {"tags": [INJECTED]},
        "source": given.rstrip(),
    }
    return {**notebook, "cells": [*cells[: place + 1], injected, *cells[place + 1 :]]}


def first_line(content: bytes, parameters: Mapping[str, object], place: int) -> str:
    """Return the first line of the cell at a place of the notebook as it is run."""
    source = with_parameters(content, parameters)["cells"][place]["source"]
    return source.strip().splitlines()[0]


def failed_notebook(
    content: bytes, parameters: Mapping[str, object], raised: Raised | None = None
) -> bytes:
    """Return the notebook with its parameters and where it failed; no output, value or path.

    An output or an error's value may hold an answer, so none is kept.
    """
    notebook = with_parameters(content, parameters)
    if raised is not None:
        frames = [*_frames(raised.traceback), raised.name]
        notebook["cells"][raised.place]["outputs"] = [
            {"output_type": "error", "ename": raised.name, "evalue": "", "traceback": frames}
        ]
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()


def _frames(traceback: Sequence[str]) -> list[str]:
    """Return each frame of IPython's traceback as file name, line and function."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(traceback))
    found = re.findall(
        r"^(?:File (.+?):(\d+), in (\w+)|(Cell In ?\[\d+\]), line (\d+))", plain, re.M
    )
    return [
        f"{cell}, line {line}" if cell else f"{_file_name(path)}:{number}, in {function}"
        for path, number, function, cell, line in found
    ]


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]
