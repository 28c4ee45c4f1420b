"""Reports that are true: made from random answers, by any rule, with any rounding declared."""

import random
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from dxeval.definitions.published import Known, Published
from dxeval.definitions.published_figure import ROUNDINGS
from dxeval.scoring.audit.roundings import shown

CHANGES = (1, 2, 3, 5, 10, 20)
"""By how much a changed figure is off, in units of its last digit."""


class Answers(NamedTuple):
    """Counts of each level of each item of each session, lowest first."""

    counts: dict[tuple[str, str], list[int]]
    rules: dict[tuple[str, str], int]
    rounding: str
    digits: int


def true_report(chance: random.Random) -> list[Published]:
    """Return the figures of a report in which everything is as it was answered."""
    made = _answers(chance)
    every = chance.random() < 0.5
    with_n = chance.random() < 0.7
    rows: list[dict[str, object]] = []
    for (session, item), counts in made.counts.items():
        rows += _of_question(chance, made, (session, item), every, with_n)
        rows.append({"session_id": session, "item": item, "where": "scale", "levels": len(counts)})
    rows += _totals(chance, made)
    if not with_n:
        first = {session: sum(counts) for (session, _), counts in made.counts.items()}
        rows += [{"session_id": s, "where": "responded", "count": n} for s, n in first.items()]
    return [_figure(row, line) for line, row in enumerate(rows, 2)]


def _answers(chance: random.Random) -> Answers:
    sessions = [f"s-{i}" for i in range(1, chance.randint(2, 5))]
    counts, rules = {}, {}
    sizes = {f"Q{i}": chance.randint(3, 6) for i in range(1, chance.randint(2, 5))}
    for session in sessions:
        n = chance.choice([chance.randint(5, 30), chance.randint(5, 30), chance.randint(30, 300)])
        for item, size in sizes.items():
            weights = [chance.random() ** 3 + 0.01 for _ in range(size)]
            chosen = chance.choices(range(size), weights, k=n)
            counts[session, item] = [chosen.count(level) for level in range(size)]
            rules[session, item] = chance.choice([1, 2, 2, 2, min(3, size - 1)])
    return Answers(counts, rules, chance.choice(ROUNDINGS), chance.choice([0, 0, 0, 1, 2]))


def _levels(places: Sequence[int]) -> str:
    return ";".join(f"L{place}" for place in places)


def _percent(made: Answers, k: int, n: int) -> str:
    return str(shown(Fraction(100 * k, n), made.digits, made.rounding))


def _of_question(
    chance: random.Random, made: Answers, place: tuple[str, str], every: bool, with_n: bool
) -> list[dict[str, object]]:
    session, item = place
    counts, top = made.counts[place], made.rules[place]
    n, size = sum(counts), len(counts)
    rule = range(size - top, size)
    base: dict[str, object] = {"session_id": session, "item": item, "rounding": made.rounding}
    base |= {"n": n} if with_n else {}
    share = _percent(made, sum(counts[-top:]), n)
    said: list[dict[str, object]] = [
        {"where": "table", "percent": share, "levels": ""},
        {"where": "headline", "percent": share, "levels": _levels(rule)},
    ]
    legend = [i for i in range(size) if counts[i] or every]
    said.append({"where": "legend", "levels": _levels(legend), "rounding": ""})
    for _ in range(chance.randint(0, 3)):
        some = sorted(chance.sample(range(size), chance.randint(1, 2)))
        k = sum(counts[i] for i in some)
        said.append({"where": "prose", "levels": _levels(some), "percent": _percent(made, k, n)})
        if chance.random() < 0.3:
            said[-1]["count"] = k
    if chance.random() < 0.4:
        said.append({"where": "table", **_moments(counts, made.rounding)})
    return [base | row for row in {(r["where"], r.get("levels")): r for r in said}.values()]


def _moments(counts: Sequence[int], rounding: str) -> dict[str, object]:
    n = sum(counts)
    total = sum(i * k for i, k in enumerate(counts, 1))
    squares = sum(i * i * k for i, k in enumerate(counts, 1))
    variance = (squares - Fraction(total * total, n)) / (n - 1)
    root = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
    sd = shown(Fraction(root), 2, rounding)
    return {"mean": str(shown(Fraction(total, n), 2, rounding)), "sd": str(sd)}


def _totals(chance: random.Random, made: Answers) -> list[dict[str, object]]:
    """Return shares of all sessions together, of items that all count by one rule."""
    rows: list[dict[str, object]] = []
    for item in dict.fromkeys(item for _, item in made.counts):
        own = {place: counts for place, counts in made.counts.items() if place[1] == item}
        tops = {made.rules[place] for place in own}
        if len(own) > 1 and len(tops) == 1 and chance.random() < 0.5:
            (top,) = tops
            k = sum(sum(counts[-top:]) for counts in own.values())
            n = sum(map(sum, own.values()))
            size = len(next(iter(own.values())))
            row = {"session_id": ";".join(s for s, _ in own), "item": item, "where": "table"}
            levels = _levels(range(size - top, size))
            shares = {"percent": _percent(made, k, n), "rounding": made.rounding}
            rows.append({**row, "levels": levels, **shares})
    return rows


def _figure(row: dict[str, object], line: int) -> Published:
    if row["where"] == "scale":
        row = {**row, "levels": _levels(range(int(str(row["levels"]))))}
    cells = {key: str(value) for key, value in row.items()}
    whole = {"item": "", "levels": "", "percent": "", **cells, "line": line}
    return Published.model_validate(whole, context=Known())


def changed(figures: Sequence[Published], chance: random.Random, by: int) -> list[Published] | None:
    """Return the report with one percentage off by so many units; None if none can be."""
    shares = [f for f in figures if f.percent is not None]
    figure = chance.choice(shares)
    unit = (
        Decimal(1).scaleb(figure.percent.as_tuple().exponent)
        if isinstance(  # type: ignore[arg-type]
            figure.percent, Decimal
        )
        else Decimal(1)
    )
    ways = [figure.percent + by * sign * unit for sign in (1, -1)]
    inside = [way for way in ways if 0 <= way <= 100]
    if not inside:
        return None
    percent = chance.choice(inside)
    new = int(percent) if isinstance(figure.percent, int) else percent
    return [f.model_copy(update={"percent": new}) if f is figure else f for f in figures]
