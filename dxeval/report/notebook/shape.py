"""What there is to know of a notebook before it is run: what it declares, and what it may mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dxeval.problems import Problem, ProblemKind, shorten
from dxeval.report.notebook.parameters import FAILED, PROGRAMME_ID, SESSION_ID, Declared
from dxeval.report.notebook.tags import EXPLORE, INJECTED, INTERNAL, PARAMETERS, meant, normal
from dxeval.report.notebook.template import cells_of, declared_in, is_parameters, raw_cells

GIVEN = (SESSION_ID, PROGRAMME_ID, FAILED)
OFF_THE_PAGE = {INTERNAL, PARAMETERS, INJECTED}


@dataclass(frozen=True)
class Shape:
    """A notebook: whether it has a parameters cell, and what that declares.

    ``explores``: no page is to be made of it. ``heading`` is its first heading of the first level;
    ``near`` are tags that may be meant as one of ours: tag, ours, the cell's first line; ``folded``
    are the first lines of cells that JupyterLab folds and a page shows; ``misplaced`` says in words
    what is wrong with where the parameters stand.
    """

    has_parameters: bool
    declared: Declared
    explores: bool
    heading: str
    near: tuple[tuple[str, str, str], ...]
    folded: tuple[str, ...]
    misplaced: str = ""

    @property
    def given(self) -> tuple[str, ...]:
        """Which of the parameters that a batch hands over it declares."""
        return tuple(name for name in GIVEN if name in self.declared.names)


def shape(content: bytes) -> Shape:
    """Return the shape of a notebook's file. Raises SyntaxError and others of NO_NOTEBOOK."""
    raw = raw_cells(content)
    cells = cells_of(raw)
    found = [cell for cell in cells if is_parameters(cell)]
    code = [cell for cell in found if cell["cell_type"] == "code"]
    misplaced = ""
    if len(found) > len(code):
        misplaced = f"{PARAMETERS} タグがコードでないセルにあります。コードのセルに付けてください"
    elif len(code) > 1:
        misplaced = f"{PARAMETERS} タグのセルが{len(code)}つあります。1つだけにしてください"
    explores = any(EXPLORE in cell["metadata"]["tags"] for cell in cells)
    return Shape(
        bool(found),
        declared_in(code) if not explores else Declared(),
        explores,
        _heading(cells),
        tuple(_near(cells)),
        tuple(_folded(raw)),
        misplaced,
    )


def _heading(cells: Sequence[dict[str, Any]]) -> str:
    lines = (
        line
        for cell in cells
        if cell["cell_type"] == "markdown"
        for line in cell["source"].splitlines()
    )
    return next((shorten(line[2:]) for line in lines if line.startswith("# ")), "")


def _near(cells: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for cell in cells:
        tags = cell["metadata"]["tags"]
        for tag, name in meant(tags).items():
            if name not in tags:
                yield tag, name, first_of(cell)


def _folded(raw: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield the first line of each cell that JupyterLab folds and a page shows all the same."""
    for cell in raw:
        metadata = cell["metadata"]
        lab = metadata.get("jupyter") or {}
        folded = {
            "code": lab.get("outputs_hidden") or metadata.get("collapsed"),
            "markdown": lab.get("source_hidden"),
        }
        shown = OFF_THE_PAGE.isdisjoint(normal(metadata.get("tags", [])))
        if shown and folded.get(cell["cell_type"]) is True:
            yield first_of({"source": "".join(cell["source"])})


def first_of(cell: dict[str, Any]) -> str:
    """Return the first line of a cell that says something, short; empty if none does."""
    return shorten(next((line for line in cell["source"].splitlines() if line.strip()), ""))


def problems(name: str, found: Shape) -> Iterator[Problem]:
    """Yield warnings of what a notebook that makes pages shows, or takes, against its looks."""
    for tag, ours, first in found.near:
        effect = "このセルは HTML に載ります" if ours == INTERNAL else "このタグは働きません"
        words = f"「{first}」で始まるセルのタグに意味がなく、{effect}"
        yield Problem(ProblemKind.NEAR_TAG, name, words, value=tag, expected=ours)
    for first in found.folded:
        words = (
            f"「{first}」で始まるセルは、JupyterLab でたたんであっても HTML に載ります。"
            f"載せないなら {INTERNAL} タグを付け、載せるなら開いておいてください"
        )
        yield Problem(ProblemKind.FOLDED_CELL, name, words)
    for parameter in found.given:
        if parameter in found.declared.used:
            words = (
                f"parameters セルが「{parameter}」を使っています。dxeval run が値を入れる前に動く"
                "ので、使う行は下のセルに移してください"
            )
            yield Problem(ProblemKind.PARAMETERS_CELL, name, words, value=parameter)
        elif parameter in found.declared.unset:
            words = (
                f"parameters セルの「{parameter}」に決まった値がありません。"
                f'JupyterLab でも動くように、{parameter} = "exchange-1" のように値を書いてください'
            )
            yield Problem(ProblemKind.PARAMETERS_CELL, name, words, value=parameter)
