"""The layout of the long-term survey of The Carpentries, its counts, and answers made up for them.

The counts are those of October 2017, as published at github.com/carpentries/assessment.
"""

import csv
import random
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from conftest import EXAMPLE
from stress import write_yaml

HERE = Path(__file__).parent / "outside"
RESPONDENTS, COLUMNS = 476, 75
ANSWERED = {
    "Field": 476,
    "Content": 456,
    "Behaviors-Adopted": 409,
    "How-Tools-Learned-Help": 423,
    "Carpentry-Involvement": 190,
    "Activities": 234,
}
"""How many chose any of the options that are spread over columns."""


OWN_WORDS = "(own words)"
"""What stands for words that somebody wrote."""


class Counted(NamedTuple):
    """What stands below one question's headers, counted without dxeval."""

    cells: Counter[str]
    n: int


def counts_by_column() -> dict[str, dict[str, int]]:
    """Return how often each cell stands below each header, as the published answers have it."""
    by_column: dict[str, dict[str, int]] = {}
    with (HERE / "carpentries.counts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_column.setdefault(row["column"], {})[row["cell"]] = int(row["count"])
    return by_column


def questions(headers: list[str]) -> dict[str, list[str]]:
    """Return the headers of each question by its first: ``ColumnNN`` go on with the one before."""
    groups: dict[str, list[str]] = {}
    for header in headers:
        first = [*groups][-1] if re.fullmatch(r"Column\d+", header) else header
        groups.setdefault(first, []).append(header)
    return groups


def counted(path: Path) -> dict[str, Counted]:
    """Return cells and n of each question of an export, by its first header."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return {
        first: Counted(
            Counter(_said(row[header]) for row in rows for header in group if row[header]),
            sum(any(row[header] for header in group) for row in rows),
        )
        for first, group in questions([*rows[0]]).items()
    }


def _said(cell: str) -> str:
    return OWN_WORDS if cell.startswith(OWN_WORDS) else cell


def make_up(path: Path) -> None:
    """Write answers that have the counts of the published ones, and nothing else of them.

    The options of a question go round those who answered it: each is chosen as often as it must
    be, nobody chooses it twice, and nobody is left out.
    """
    by_column = counts_by_column()
    cells = {header: [""] * RESPONDENTS for header in by_column}
    for first, group in questions([*by_column]).items():
        n = ANSWERED.get(first, sum(by_column[first].values()))
        rows = random.Random(first).sample(range(RESPONDENTS), n)
        chosen = [(h, cell) for h in group for cell, k in by_column[h].items() for _ in range(k)]
        for i, (header, cell) in enumerate(chosen):
            cells[header][rows[i % n]] = f"{cell}, {i}; or so" if cell == OWN_WORDS else cell
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*cells], *zip(*cells.values(), strict=True)])


def write_workspace(root: Path) -> None:
    """Write ``data/`` and ``notebooks/`` of one session with answers that are made up."""
    for folder in ("sessions", "responses"):
        (root / "data" / folder).mkdir(parents=True)
    shutil.copytree(EXAMPLE / "notebooks", root / "notebooks")
    shutil.copy(HERE / "carpentries.survey.yaml", root / "data/survey.yaml")
    programmes = [{"id": "c", "title": "Workshops"}]
    programme = {"report": {"title": "Long-term survey"}, "programmes": programmes}
    write_yaml(root / "data/programme.yaml", programme)
    session = {"programme": "c", "number": "1", "title": "October 2017", "date": "2017-10-01"}
    write_yaml(root / "data/sessions/c-1.yaml", session | {"attendees": str(RESPONDENTS)})
    make_up(root / "data/responses/c-1.csv")
