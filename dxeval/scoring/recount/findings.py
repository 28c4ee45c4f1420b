"""A finding of the audit -> the numbers of what is said of it, and the sessions named, in order."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from dxeval.definitions.published import Published
from dxeval.scoring.audit.finding import Explanation, Finding, Kind

DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
Numbers = Iterator[object]


def numbers_of(finding: Finding) -> dict[str, Iterable[object]]:
    """Return the numbers of each part of what is said of a finding."""
    figures = [*all_printed(dict.fromkeys(finding.figures))]
    said = [*_SAID[finding.kind](finding, finding.facts)]
    parts: dict[str, Iterable[object]] = {
        "figures": figures,
        "sentence": said,
        "heading": [],
        "against": [*figures, *said],
    }
    for place, explanation in enumerate(finding.explanations):
        parts[f"explanation{place}"] = [*_explained(explanation)]
        parts[f"same{place}"] = [*_assumed(explanation.kind, explanation.facts, brief=True)]
    return parts


def all_printed(figures: Iterable[Published]) -> Numbers:
    """Yield every number of figures as a page prints them, equal ones once."""
    seen: set[tuple[object, ...]] = set()
    for figure in figures:
        said = (figure.where, figure.levels, figure.text, *_of_figure(figure))
        if said not in seen:
            yield from _of_figure(figure)
        seen.add(said)


def _of_figure(figure: Published) -> Numbers:
    of = [figure.n] if figure.n is not None else []
    each = [figure.percent, *([figure.count, *of] if figure.count is not None else of)]
    yield from (one for one in (*each, figure.mean, figure.sd) if one is not None)
    yield from DIGITS.findall(figure.text)


def _ends(few: object, many: object) -> Numbers:
    yield few
    if many != few:
        yield many


def _impossible(finding: Finding, facts: Mapping[str, Any]) -> Numbers:
    figure = finding.figures[0]
    if figure.count is not None and figure.percent is not None:
        yield from (figure.count, facts["n"], figure.percent)
    else:
        yield facts["n"]
        yield from (one for near in facts["nearest"] for one in near)


def _total(finding: Finding, facts: Mapping[str, Any]) -> Numbers:
    yield from (*_ends(*facts["between"]), facts["n"], finding.figures[0].percent)


def _mixed(finding: Finding, facts: Mapping[str, Any]) -> Numbers:
    for low, high, few, many in facts["ranges"].values():
        yield from (*_ends(low, high), *_ends(few, many))


def _explained(explanation: Explanation) -> Numbers:
    """Yield the numbers of what would make figures possible, and of what it leaves open."""
    yield from _assumed(explanation.kind, explanation.facts)
    for figure, counts in explanation.counts:
        if figure.percent is None:
            continue
        yield from (figure.percent, *_ends(counts[0], counts[-1]), explanation.facts.get("n"))
    yield from (n for n in (explanation.open, explanation.breaks) if n)


def _assumed(kind: str, facts: Mapping[str, Any], *, brief: bool = False) -> Numbers:
    if kind == "blanks":
        yield facts["blanks"]
    elif kind == "pooled":
        yield from (n for n in (facts["items"], facts["blanks"]) if n)
    elif kind == "neighbour" and not brief:
        yield facts["n"]


_SAID: Mapping[Kind, Callable[[Finding, Mapping[str, Any]], Iterable[object]]] = {
    Kind.IMPOSSIBLE: _impossible,
    Kind.CONTRADICTION: lambda _, facts: [facts["n"]] if facts["n"] is not None else [],
    Kind.TOTAL: _total,
    Kind.MORE_RESPONSES: lambda _, facts: facts.values(),
    Kind.MORE_PLACES: lambda _, facts: (facts["municipalities"], facts["attended"]),
    Kind.WEEKDAY: lambda *_: (),
    Kind.SESSIONS: lambda finding, facts: (finding.figures[0].count, facts["there"]),
    Kind.LEGEND_LACKS: lambda *_: (),
    Kind.UNMENTIONED: lambda _, f: (*_ends(*f["said"]), f["n"], *_ends(*f["not_said"])),
    Kind.MIXED_RULE: _mixed,
    Kind.TWO_NAMES: lambda _, facts: (n for name in facts["names"] for n in DIGITS.findall(name)),
    Kind.TWO_N: lambda _, facts: facts["ns"],
}
"""The numbers of what is said of a finding, in their order."""


def sessions_of(finding: Finding, part: str) -> Iterator[str]:
    """Yield the ids of the sessions that a part of what is said of a finding names, in order."""
    facts: Mapping[str, Any] = finding.facts
    if part == "heading":
        ids = dict.fromkeys(figure.session_id for figure in finding.figures)
        yield from (session for each in ids for session in each.split(";"))
    elif part == "sentence" and finding.kind is Kind.MIXED_RULE:
        for levels in facts["order"]:
            yield from (session for session, rule in facts["rules"].items() if rule == levels)
        yield from (session for session, _ in facts["ranges"])
    elif part.startswith(("explanation", "same")):
        about = finding.explanations[int(part.removeprefix("explanation").removeprefix("same"))]
        yield from (str(about.facts[key]) for key in ["session"] if key in about.facts)
