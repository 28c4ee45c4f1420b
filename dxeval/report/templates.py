"""Which notebooks stand in ``notebooks/``, and what each is: for pages, for exploring, neither."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from dxeval.definitions.programme import check_id
from dxeval.definitions.visible import visible_line
from dxeval.errors import TemplateError
from dxeval.problems import Problem, ProblemKind
from dxeval.report.notebook.parameters import (
    PROGRAMME_ID,
    SESSION_ID,
    Declared,
    both_subjects,
    misspelt,
)
from dxeval.report.notebook.shape import Shape, problems, shape
from dxeval.report.notebook.tags import PARAMETERS
from dxeval.report.notebook.template import NO_NOTEBOOK, no_notebook
from dxeval.report.sources import Sources

FOLDER = "notebooks"
_COPY = r"(?:[ _-]*(?:copy|コピー|のコピー)[ _-]*\(?\d*\)?| ?\(\d+\))+"
"""What JupyterLab, Windows, macOS, browsers and drives put behind the name of a copy."""
_COPY_OF = r"(?:copy of |コピー ?[~〜～] ?)"
_UNTITLED = re.compile(r"(?:untitled|無題)\s*\d*", re.I)


@dataclass(frozen=True)
class Template:
    """A notebook from which pages can be made: its place in the workspace, and its shape."""

    place: str
    shape: Shape

    @property
    def stem(self) -> str:
        """Its name without the suffix."""
        return PurePosixPath(self.place).stem

    @property
    def name(self) -> str:
        """What its pages are called: its first heading, or its own name."""
        return self.shape.heading or self.stem


@dataclass(frozen=True)
class Shelf:
    """The notebooks of a workspace.

    ``templates`` make pages, by stem; ``wrong`` would, if they were right, by stem; ``explored``
    are the stems of those that a batch leaves alone; ``warnings`` are of all.
    """

    templates: dict[str, Template]
    wrong: dict[str, Problem]
    explored: frozenset[str]
    warnings: tuple[Problem, ...]


def place_of(stem: str) -> str:
    """Return where the notebook of that name stands in a workspace."""
    return f"{FOLDER}/{stem}.ipynb"


def shelf(sources: Sources, known: Collection[str]) -> Shelf:
    """Return the notebooks there are; those that are ``known`` by name are not there by chance.

    Raises WorkspaceError if the folder cannot be read.
    """
    templates: dict[str, Template] = {}
    wrong: dict[str, Problem] = {}
    warnings: list[Problem] = []
    explored = set()
    names = sources.notebooks()
    stems = [PurePosixPath(name).stem for name in names]
    for name, stem in zip(names, stems, strict=True):
        place = f"{FOLDER}/{name}"
        try:
            found = shape(sources.raw_notebook(place))
        except TemplateError as error:
            wrong[stem] = error.problem
            continue
        except (*NO_NOTEBOOK, SyntaxError) as error:
            wrong[stem] = no_notebook(place, error)
            continue
        if found.explores:
            explored.add(stem)
        elif stem not in known and (words := _no_page(stem, stems, found)):
            warnings.append(Problem(ProblemKind.NO_PAGE, visible_line(place), words))
        elif words := _wrong(name, stem, found, known):
            wrong[stem] = Problem(ProblemKind.NOTEBOOK, visible_line(place), words)
        else:
            try:
                sources.notebook(place)
            except TemplateError as error:
                wrong[stem] = error.problem
                continue
            templates[stem] = Template(place, found)
            warnings += problems(place, found)
    return Shelf(templates, wrong, frozenset(explored), tuple(warnings))


def _no_page(stem: str, stems: Collection[str], found: Shape) -> str:
    """Return why nothing is made of a notebook that may well have been left there by chance."""
    if original := _original(stem, stems):
        return (
            f"「{original}」の写しの名前なので、ページを作りません。"
            "要らなければ消し、ページにするなら名前を変えてください"
        )
    if _UNTITLED.fullmatch(stem):
        return "名前が付いていないので、ページを作りません。ページにするなら名前を付けてください"
    if not found.has_parameters:
        tags = [f"タグ「{tag}」" for tag, ours, _ in found.near if ours == PARAMETERS]
        near = f"{'、'.join(tags)}は {PARAMETERS} と書きます。" if tags else ""
        return (
            f"ページにするなら {PARAMETERS} タグのセルを、調べるだけなら explore タグを付けて"
            f"ください。{near}どちらもないので、ページを作りません"
        )
    return ""


def _original(stem: str, stems: Collection[str]) -> str:
    """Return the notebook beside this one of which it has a copy's name; empty if there is none."""
    for other in sorted(set(stems) - {stem}, key=len, reverse=True):
        name = re.escape(other)
        if re.fullmatch(rf"{name}{_COPY}|{_COPY_OF}{name}", stem, re.I):
            return other
    return ""


def _wrong(name: str, stem: str, found: Shape, known: Collection[str]) -> str:
    if stem not in known and not _names_a_page(name, stem):
        return (
            "ノートブックの名前がページのファイル名になるので、半角の小文字と数字、間の - と _ "
            "だけで付けます（64字まで。index、report などは使えません）。名前を変えてください"
        )
    return found.misplaced or both_subjects(found.declared) or _misspelt(found.declared)


def _names_a_page(name: str, stem: str) -> bool:
    try:
        return name == f"{check_id(stem)}.ipynb"
    except ValueError:
        return False


def _misspelt(found: Declared) -> str:
    wrong = misspelt(found)
    if wrong is None or {SESSION_ID, PROGRAMME_ID} & {*found.names}:
        return ""
    return (
        f"parameters セルに「{wrong[1]}」がありません。「{wrong[0]}」はその書きまちがいなら直し、"
        "ほかのことなら別の名前にしてください"
    )
