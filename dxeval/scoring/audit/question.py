"""What is said of one question in one session, and what of its counts that leaves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dxeval.definitions.published import Published
from dxeval.scoring.audit.counting import Left, Problem
from dxeval.scoring.audit.grimmer import DIVISORS, grimmer
from dxeval.scoring.audit.moments import Moments, ways
from dxeval.scoring.audit.nested import Part
from dxeval.scoring.audit.roundings import counts, decimals

QUICK = 100_000
"""Steps within which a mean is held against shares one distribution after the other."""


@dataclass(frozen=True)
class Statement:
    """The same said of a question in one or several places."""

    figures: tuple[Published, ...]
    levels: frozenset[str]
    n: int | None

    @property
    def figure(self) -> Published:
        """One of the places."""
        return self.figures[0]

    def counts(self, n: int, rounding: str | None = None) -> range:
        """Return every count of ``n`` that it may stand for."""
        figure = self.figure
        found = range(n + 1)
        if figure.percent is not None:
            found = counts(figure.percent, n, rounding or figure.rounding or "half-up")
        if figure.count is not None:
            return range(figure.count, figure.count + (figure.count in found))
        return found

    @property
    def is_share(self) -> bool:
        """Whether it says how many chose some levels."""
        return self.figure.percent is not None or self.figure.count is not None

    @property
    def moments(self) -> Moments | None:
        """The mean and standard deviation that it gives."""
        figure = self.figure
        if figure.mean is None:
            return None
        return Moments(figure.mean, figure.sd, figure.rounding or "half-up")

    def possible(self, n: int, scores: Sequence[int] | None, rounding: str | None = None) -> bool:
        """Return whether ``n`` people can have given it by themselves."""
        if self.moments is not None:
            ends = (min(scores), max(scores)) if scores else None
            return grimmer(n, self.moments, ends)
        return not self.is_share or bool(self.counts(n, rounding))


@dataclass(frozen=True)
class Question:
    """One question in one session: what is said of it, and the levels it may have."""

    session_id: str
    item: str
    levels: tuple[str, ...]
    statements: tuple[Statement, ...]
    n: int | None
    only_chosen: bool
    scale: tuple[str, ...]
    several: bool
    everyone: bool

    def assumes(self, statements: Iterable[Statement]) -> bool:
        """Return whether an n is taken from how many came, as if everyone had answered."""
        return self.everyone and any(
            statement.figure.n is None and statement.n is not None for statement in statements
        )

    @cached_property
    def scores(self) -> tuple[int, ...] | None:
        """The points of the scale: its labels where all are whole numbers, or 1, 2, 3."""
        if not self.scale:
            return None
        if all(label.isascii() and label.isdigit() for label in self.scale):
            return tuple(int(label) for label in self.scale)
        return tuple(range(1, len(self.scale) + 1))

    @property
    def legend(self) -> Published | None:
        """What its chart shows."""
        shown = (s.figure for s in self.statements if s.figure.where == "legend")
        return next(shown, None)

    @property
    def digits(self) -> int:
        """The most decimals of its percentages."""
        printed = [s.figure.percent for s in self.statements if s.figure.percent is not None]
        return max(map(decimals, printed), default=0)

    def parts(
        self, statements: Iterable[Statement], n: int, rounding: str | None = None
    ) -> list[Part]:
        """Return what the statements say of the counts of the levels."""
        parts = []
        for statement in statements:
            if statement.figure.where == "legend":
                parts += self._shown(statement.levels, n)
            elif statement.is_share and statement.levels:
                parts.append(Part(self.places(statement.levels), statement.counts(n, rounding)))
        return parts

    def places(self, levels: Iterable[str]) -> frozenset[int]:
        """Return where levels stand among all."""
        return frozenset(self.levels.index(level) for level in levels)

    def _shown(self, levels: frozenset[str], n: int) -> list[Part]:
        """Return that nobody chose what it lacks; that somebody did, where it shows only such."""
        absent = self.places(set(self.levels) - levels)
        parts = [Part(absent, range(1))] if absent else []
        if self.only_chosen:
            parts += [Part(frozenset({place}), range(1, n + 1)) for place in self.places(levels)]
        return parts

    def extremes(self, levels: Iterable[str], n: int) -> tuple[int, int] | None:
        """Return exactly the least and greatest count of levels together, None if no way."""
        some = frozenset(levels)
        problem = Problem(n, len(self.levels), self.parts(self.statements, n))
        return problem.extremes([int(level in some) for level in self.levels])

    def left(self, n: int) -> Left:
        """Return the distributions that all statements leave."""
        return Problem(n, len(self.levels), self.parts(self.statements, n)).left()

    def between(
        self, levels: Iterable[str], n: int, statements: Sequence[Statement] | None = None
    ) -> tuple[int, int] | None:
        """Return the least and greatest count of levels together, None if no way is left."""
        parts = self.parts(self.statements if statements is None else statements, n)
        return Problem(n, len(self.levels), parts).between(self.places(levels))

    def possible(
        self,
        n: int,
        statements: Sequence[Statement],
        rounding: str | None = None,
        divisors: Sequence[int] = DIVISORS,
    ) -> bool:
        """Return whether ``n`` people can have given all of the statements together."""
        if self.several:
            return True
        problem = Problem(n, len(self.levels), self.parts(statements, n, rounding))
        moments = [s.moments for s in statements if s.moments is not None]
        if not moments or self.scores is None:
            return problem.possible()
        place = {level: i for i, level in enumerate(self.scale)}
        ends = problem.extremes([self.scores[place[level]] for level in self.levels])
        if ends is None:
            return False
        known = zip(self.scores, self.scale, strict=True)
        between = {score: problem.between([self.levels.index(level)]) for score, level in known}
        return all(
            any(ends[0] <= total <= ends[1] for total in each.sums(n, self.scores))
            and any(
                ways(n, self.scores, replace(each, divisor=divisor), between, QUICK) != 0
                for divisor in divisors
            )
            for each in moments
        )
