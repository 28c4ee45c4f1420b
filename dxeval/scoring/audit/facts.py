"""What is said of sessions and not of questions: who came, when, how many sessions there are."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from unicodedata import normalize

from dxeval.definitions.published import Published
from dxeval.scoring.audit.finding import Finding, Kind
from dxeval.scoring.audit.roundings import counts

WEEKDAYS = "月火水木金土日"
DATE = re.compile(
    r"(20\d\d)\s*[-/年.]\s*(\d{1,2})\s*[-/月.]\s*(\d{1,2})\s*日?\s*\(([月火水木金土日])"
)


def of_sessions(
    figures: Sequence[Published], people: Mapping[str, int], programmes: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield what does not fit among the facts of each session, and between sessions.

    ``people``: of each session how many came; ``programmes``: to which programme it belongs.
    """
    by_session: dict[str, dict[str, Published]] = defaultdict(dict)
    for figure in figures:
        if not figure.item and figure.where not in {"programme", "sessions"}:
            by_session[figure.session_id][figure.where] = figure
    for session_id, facts in by_session.items():
        yield from _of_people(facts, people.get(session_id))
        yield from _rates(facts)
        if "date" in facts:
            yield from _weekday(facts["date"])
    yield from _number_of_sessions(figures, programmes)
    yield from _names(figures, programmes)


def _of_people(facts: Mapping[str, Published], attended: int | None) -> Iterator[Finding]:
    """More who answered than came, or than were invited; more municipalities than people."""
    came = facts["attended"].count if "attended" in facts else attended
    pairs = (
        ("responded", "attended", Kind.MORE_RESPONSES),
        ("attended", "invited", Kind.MORE_RESPONSES),
        ("municipalities", "attended", Kind.MORE_PLACES),
    )
    for more, fewer, kind in pairs:
        if more not in facts:
            continue
        most = came if fewer == "attended" else getattr(facts.get(fewer), "count", None)
        count = facts[more].count
        if most is not None and count is not None and count > most:
            stated = tuple(facts[name] for name in (more, fewer) if name in facts)
            yield Finding(kind, stated, {more: count, fewer: most})


def _rates(facts: Mapping[str, Published]) -> Iterator[Finding]:
    """Yield a rate (of answers, of attendance) that its two numbers do not give."""
    for part, whole in (("responded", "attended"), ("attended", "invited")):
        figure, of = facts.get(part), facts.get(whole)
        if figure is None or figure.percent is None or figure.count is None:
            continue
        n = figure.n if figure.n is not None else getattr(of, "count", None)
        if n and figure.count not in counts(figure.percent, n, figure.rounding or "half-up"):
            stated = (figure, *((of,) if of is not None else ()))
            yield Finding(Kind.IMPOSSIBLE, stated, {"n": n, "count": figure.count})


def _weekday(figure: Published) -> Iterator[Finding]:
    """Yield a date whose weekday is another; one without a year says nothing."""
    match = DATE.search(normalize("NFKC", figure.text))
    if match is None:
        return
    try:
        weekday = WEEKDAYS[date(*map(int, match.groups()[:3])).weekday()]
    except ValueError:
        yield Finding(Kind.WEEKDAY, (figure,), {"weekday": None})
        return
    if weekday != match[4]:
        yield Finding(Kind.WEEKDAY, (figure,), {"weekday": weekday})


def _number_of_sessions(
    figures: Sequence[Published], programmes: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield where it is stated that a programme has so many sessions, and it has others."""
    ids = {s for figure in figures for s in figure.session_ids} | {*programmes}
    for figure in figures:
        if figure.where == "sessions":
            programme = _programme(figure.session_id, programmes)
            there = sum(_programme(other, programmes) == programme for other in ids)
            if figure.count != there:
                yield Finding(Kind.SESSIONS, (figure,), {"there": there})


def _programme(session_id: str, programmes: Mapping[str, str]) -> str:
    """Return the programme; where nothing says it, an id is a programme's and a number."""
    return programmes.get(session_id, re.sub(r"-?\d+$", "", session_id))


def _names(figures: Sequence[Published], programmes: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a programme that stands under two names."""
    names: dict[str, dict[str, Published]] = defaultdict(dict)
    for figure in figures:
        if figure.where == "programme":
            programme = _programme(figure.session_id, programmes)
            names[programme].setdefault("".join(normalize("NFKC", figure.text).split()), figure)
    for programme, found in names.items():
        if len(found) > 1:
            texts = tuple(figure.text for figure in found.values())
            yield Finding(
                Kind.TWO_NAMES, tuple(found.values()), {"programme": programme, "names": texts}
            )
