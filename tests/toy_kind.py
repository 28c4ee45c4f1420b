"""A kind of question from outside: an answer is a time of day, of which the earliest is told.

All that a package must bring: the model, what is done with it, and an entry point
(``[project.entry-points."dxeval.kinds"]``, ``clock = "toy_kind:Clock"``).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd

from dxeval.definitions.form import Form
from dxeval.definitions.item import Item
from dxeval.errors import FigureError
from dxeval.kinds.kind import Kind
from dxeval.presenting.html import Fragment, render
from dxeval.presenting.shown import Card, Line, Shown, Table
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.answers import Answers
from dxeval.reading.vocabulary import Column, Vocabulary
from dxeval.scoring.distribution import Rule
from dxeval.scoring.item_score import ItemScore


class Clock(Item):
    """A time of day, ``before`` which it counts as early."""

    home: ClassVar[str] = __name__

    before: str


@dataclass(frozen=True)
class Times(ItemScore):
    """The times that respondents wrote, in order."""

    times: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if list(self.times) != sorted(self.times):
            raise FigureError("times are not in order")

    @property
    def n_valid(self) -> int:
        """Number of respondents who wrote a time."""
        return len(self.times)

    @property
    def facts(self) -> Mapping[str, Any]:
        """The earliest time."""
        return {"earliest": self.times[0] if self.times else None}

    def records(self) -> Iterator[Mapping[str, Any]]:
        """Yield a row a time."""
        for time in dict.fromkeys(self.times):
            count = self.times.count(time)
            yield {"level": time, "count": count, "share": count / self.n_valid}


class ClockKind(Kind):
    """How times are read, counted and shown."""

    def read(
        self, columns: Sequence[Column], vocabulary: Vocabulary, form: Form, problems: Problems
    ) -> Answers:
        """Return each row's time, None for none."""
        (column,) = columns
        wrong = [
            place
            for place in zip(column.rows, column.cells, strict=True)
            if place[1].strip() and not re.fullmatch("[0-9]{2}:[0-9]{2}", place[1])
        ]
        for row, cell in wrong:
            place = (row, column.header, cell, "09:30 の形")
            problems.add(
                Problem(ProblemKind.WRONG_VALUE, column.file, "時刻ではありません", *place)
            )
        return Answers([] if wrong else [cell.strip() or None for cell in column.cells])

    def column(self, item: Clock, values: Sequence[str | None]) -> Any:
        """Return texts, missing where nobody answered."""
        return pd.array([*values], dtype="string")

    def count(self, item: Clock, answers: pd.Series, rule: Rule) -> Times:
        """Return the times in order."""
        return Times(item, int(answers.isna().sum()), times=tuple(sorted(answers.dropna())))

    def card(self, score: Times) -> Card:
        """Return the earliest time."""
        return Card(score.times[0] if score.times else "—", "最も早い", "最も早い")

    def shown(self, score: Times) -> Shown:
        """Return the earliest time, and all of them in a table."""
        lines = [Line(row["level"], False, [f"{row['count']}人"]) for row in score.records()]
        said = f"{score.item.name}は{score.times[0]}が最も早い" if score.times else "回答なし"
        table = Table(score.item.name, ["時刻", "人数"], lines)
        return Shown(said, lambda: _picture(score, said), table, sentence=f"{said}。")

    def told(self, score: Times) -> str:
        """Return all times."""
        return "、".join(score.times)


def _picture(score: Times, said: str) -> Fragment:
    return render("notice", word=score.item.name, text=said) if score.times else Fragment()


KIND = ClockKind()
