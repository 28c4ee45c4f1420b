"""Texts that somebody typed: of survey, programmes, sessions and exports, with key and line."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dxeval.definitions.programme import date_text
from dxeval.definitions.strict_yaml import keys_and_lines
from dxeval.errors import DataError
from dxeval.problems import shorten
from dxeval.scoring.score import Scores
from dxeval.tracing.notebooks import read_notebook
from dxeval.workspace import MARKER, Workspace

HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Typed:
    """One text, and where it was typed."""

    text: str
    file: str
    key: str = ""
    line: int | None = None

    @property
    def place(self) -> str:
        """``data/sessions/ID.yaml の8行目 comments[1]``."""
        line = f" の{self.line}行目" if self.line else ""
        return f"{self.file}{line}{f' {self.key}' if self.key else ''}"


def typed_texts(workspace: Workspace) -> Iterator[Typed]:
    """Yield every text of the workspace's YAML files that can be read, and notebooks' headings."""
    paths: list[Path] = [workspace.root / MARKER, workspace.root / "data/programme.yaml"]
    paths += [files[0] for files in workspace.session_files().values()]
    for path in paths:
        name = workspace.name(path)
        with suppress(DataError):
            for key, line, text in keys_and_lines(path, name):
                yield Typed(text, name, key, line)
    for path in sorted((workspace.root / "notebooks").glob("*.ipynb")):
        yield from _of_notebook(path, workspace.name(path))
    yield from _made(workspace)


def _of_notebook(path: Path, name: str) -> Iterator[Typed]:
    """Yield a notebook's name and its headings, which pages are called by."""
    yield Typed(path.stem, name)
    for number, cell in enumerate(read_notebook(path).get("cells", []), start=1):
        if cell.get("cell_type") == "markdown":
            for heading in HEADING.findall("".join(cell.get("source", ""))):
                yield Typed(heading, name, f"{number}番目のセル")


def _made(workspace: Workspace) -> Iterator[Typed]:
    """Yield what pages write of what was typed: names of sessions and programmes, dates."""
    file, report = "data/programme.yaml", workspace.programme.report
    yield Typed(report.year, file, "report.fiscal_year")
    if report.date:
        yield Typed(date_text(report.date, weekday=False), file, "report.date")
    for programme in workspace.programme.programmes:
        yield Typed(programme.label, file, f"programmes：{programme.id}")
    for session in workspace.catalogue.sessions:
        own = f"data/sessions/{session.id}.yaml"
        yield Typed(session.label, own, "number")
        yield Typed(session.heading, own, "number、title")


def exported_texts(file: str, scores: Scores) -> Iterator[Typed]:
    """Yield what pages write of one export itself: headers, other spellings of labels."""
    for header in scores.wordings.values():
        yield Typed(shorten(header), file, "見出し")
    for header, _ in scores.uncounted.not_counted:
        yield Typed(shorten(header), file, "見出し")
    for spellings in scores.respelt.values():
        for text in spellings:
            yield Typed(text, file, "回答")
