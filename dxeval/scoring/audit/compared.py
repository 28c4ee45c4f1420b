"""Published figures held against the answers: which are possible, which come out again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dxeval.definitions.published import Published
from dxeval.scoring.audit.roundings import Printed, counts, decimals, shown
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.rounding import percent
from dxeval.scoring.score import Scores
from dxeval.scoring.selections import Selections

Verdict = Literal["agrees", "differs", "impossible"]


@dataclass(frozen=True)
class Comparison:
    """What became of one published percentage.

    ``ours`` is the percentage (0-100) that the answers give, ``count`` of ``n``; ``nearest`` the
    possible (count, percent) on either side of an impossible figure.
    """

    figure: Published
    verdict: Verdict
    ours: Printed
    count: int
    n: int
    nearest: tuple[tuple[int, Printed], ...] = ()

    @property
    def share(self) -> float:
        """The share (0-1) that the answers give, not rounded."""
        return self.count / self.n

    @property
    def published_share(self) -> float | None:
        """The published percentage as a share (0-1); None for a legend."""
        return None if self.figure.percent is None else float(self.figure.percent) / 100


@dataclass(frozen=True)
class LegendConflict:
    """A legend that does not fit its headline.

    ``lacking``: levels that the headline names and the legend lacks. ``covered``: the legend
    shows only levels that the headline counts, and yet the headline says less than 100 %.
    """

    legend: Published
    headline: Published
    lacking: tuple[str, ...]
    covered: bool


def possible_counts(published: Printed, n: int, rounding: str = "half-up") -> tuple[int, ...]:
    """Return every count k of ``n`` that is shown as the ``published`` percentage (0-100).

    The idea of the GRIM test (Brown & Heathers 2017) for percentages: with n people only
    n + 1 percentages exist. Rounded half up unless ``rounding`` says otherwise
    (`scoring/audit/roundings.py ROUNDINGS`); a Decimal has as many decimals as it is written with.
    """
    return tuple(counts(published, n, rounding)) if n else ()


def check_figures(published: Iterable[Published], scores: Mapping[str, Scores]) -> list[Comparison]:
    """Return a finding for each published percentage of a session that has answers.

    A figure that names no levels (the summary table's) is the favourable share. Raises
    NotAskedError for a figure of an item of which the session knows nothing, or of a level it
    lacks.
    """
    findings = []
    for figure in published:
        if figure.percent is None or figure.session_id not in scores:
            continue
        item = scores[figure.session_id].get(figure.item)
        if isinstance(item, Distribution | Selections) and item.n_valid:
            findings.append(_finding(figure, figure.percent, item))
    return findings


def _finding(figure: Published, published: Printed, item: Distribution | Selections) -> Comparison:
    n = item.n_valid
    count = item.count(*(figure.levels or item.favourable))
    ours = _as_printed(count, n, published)
    possible = possible_counts(published, n, figure.rounding or "half-up")
    if count in possible:
        return Comparison(figure, "agrees", ours, count, n)
    if possible:
        return Comparison(figure, "differs", ours, count, n)
    below = int(Fraction(published) * n / 100)
    nearest = tuple((k, _as_printed(k, n, published)) for k in (below, below + 1) if k <= n)
    return Comparison(figure, "impossible", ours, count, n, nearest)


def _as_printed(count: int, n: int, published: Printed) -> Printed:
    """Return the percentage with as many decimals as the published one, half up."""
    digits = decimals(published)
    return shown(Fraction(100 * count, n), digits) if digits else percent(count, n)


def agreement(findings: Iterable[Comparison]) -> tuple[int, int]:
    """Return how many of the summary table's published figures agree, of how many."""
    in_table = [finding for finding in findings if finding.figure.where == "table"]
    return sum(finding.verdict == "agrees" for finding in in_table), len(in_table)


def check_legends(published: Iterable[Published]) -> list[LegendConflict]:
    """Return every legend that contradicts the headline over the same chart."""
    by_place = {(figure.session_id, figure.item, figure.where): figure for figure in published}
    conflicts = []
    for (session_id, item, where), headline in by_place.items():
        legend = by_place.get((session_id, item, "legend"))
        if where != "headline" or legend is None:
            continue
        lacking = tuple(level for level in headline.levels if level not in legend.levels)
        covered = headline.percent != 100 and set(legend.levels) <= set(headline.levels)
        if lacking or covered:
            conflicts.append(LegendConflict(legend, headline, lacking, covered))
    return conflicts
