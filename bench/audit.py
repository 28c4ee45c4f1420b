"""How far the audit can be believed: true reports, reports with one figure changed, and times.

Run from the repository: ``PYTHONPATH=. python bench/audit.py [REPORTS]``. Reports are made by
``tests/true_reports.py`` from random answers, each seeded by its number.
"""

import random
import sys
import time
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from true_reports import CHANGES, changed, true_report

from dxeval.definitions.published import Published
from dxeval.scoring.audit import audit
from dxeval.scoring.audit.counting import Problem
from dxeval.scoring.audit.moments import Moments, ways
from dxeval.scoring.audit.nested import Part
from dxeval.scoring.audit.roundings import counts


def contradicted(figures: list[Published]) -> set[int] | None:
    """Return the lines that the audit contradicts, None if there are none."""
    found = [finding for finding in audit(figures) if finding.contradicts]
    return {figure.line for finding in found for figure in finding.figures} or None


def main() -> None:
    """Print the three tables."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    for_change = time_true(reports)
    for place, by in enumerate(CHANGES):
        found = named = tried = 0
        for number in range(place, reports, len(CHANGES)):
            report = changed(for_change[number], random.Random(number), by)
            if report is None:
                continue
            tried += 1
            pairs = zip(report, for_change[number], strict=True)
            line = next(new.line for new, old in pairs if new is not old)
            lines = contradicted(report)
            found += lines is not None
            named += lines is not None and line in lines
        print(f"changed by {by}: {found} of {tried} found, {named} named the figure", flush=True)
    for n in (20, 200, 2000):
        time_counting(n)


def time_true(reports: int) -> list[list[Published]]:
    """Print how many true reports are contradicted, and return all."""
    start = time.perf_counter()
    figures = [true_report(random.Random(number)) for number in range(reports)]
    false = [number for number, report in enumerate(figures) if contradicted(report)]
    seconds = time.perf_counter() - start
    rows = sum(map(len, figures))
    print(f"{reports} true reports, {rows} rows: {len(false)} contradicted {false}")
    print(f"{seconds:.0f} s, {1000 * seconds / reports:.0f} ms a report", flush=True)
    return figures


def time_counting(n: int) -> None:
    """Print how long it takes to count what shares and what a mean leave of n people."""
    parts = [Part(frozenset({3, 4}), counts(55, n)), Part(frozenset({0, 1}), counts(25, n))]
    start = time.perf_counter()
    left = Problem(n, 5, parts).left()
    print(f"n {n}: {left.ways} left by shares, {time.perf_counter() - start:.4f} s")
    start = time.perf_counter()
    of_mean = ways(n, range(1, 6), Moments(Decimal("3.5")))
    print(f"n {n}: {of_mean} left by a mean, {time.perf_counter() - start:.4f} s")


if __name__ == "__main__":
    main()
