"""Published figures -> the questions that they are about, each with what is said of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dxeval.definitions.item import Item, Labelled
from dxeval.definitions.published import Published
from dxeval.definitions.questions import Scale
from dxeval.scoring.audit.question import Question, Statement
from dxeval.scoring.audit.roundings import Printed

OTHERS = ""
"""The level that stands for all that are not known, where nothing says which there are."""
SEVERAL = ("several", "複数回答")
"""The text of a scale of which a person may choose several levels."""


@dataclass(frozen=True)
class Context:
    """What is known beside the figures.

    ``people``: of each session how many could answer; ``answered``: sessions of which it is known
    that so many did, and not only came. ``scales``: all levels of an item, lowest
    first. ``rules``: which levels a session's table counts for an item where no headline says it.
    ``several``: items of which a person may choose several levels.
    """

    people: Mapping[str, int] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()
    scales: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rules: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    several: frozenset[str] = frozenset()


def lowest_first(item: Item) -> tuple[str, ...]:
    """Return all levels of an item, lowest first where they have an order; empty without levels."""
    if not isinstance(item, Labelled):
        return ()
    return item.labels[::-1] if isinstance(item, Scale) else item.labels


def with_people(figures: Iterable[Published], context: Context) -> Context:
    """Return the context with how many answered, or came, as stated among the figures."""
    stated: dict[str, int] = {}
    for where in ("attended", "responded"):
        found = {f.session_id: f.count for f in figures if f.where == where}
        stated |= {session: count for session, count in found.items() if count is not None}
    answered = frozenset(f.session_id for f in figures if f.where == "responded")
    people = {**context.people, **stated}
    return replace(context, people=people, answered=context.answered | answered)


def questions(figures: Iterable[Published], context: Context) -> list[Question]:
    """Return every question of every session, in the order of the file."""
    grouped: dict[tuple[str, str], list[Published]] = defaultdict(list)
    for figure in figures:
        if figure.item and ";" not in figure.session_id and figure.where != "scale":
            grouped[figure.session_id, figure.item].append(figure)
    scales = {**context.scales, **{f.item: f.levels for f in figures if f.where == "scale"}}
    several = context.several | {f.item for f in figures if f.text in SEVERAL}
    named = _named(figures, scales)
    known = {f.item for f in figures if f.where == "legend"} | {*scales}
    varying = any(
        {*f.levels} != {*named[f.item]} for f in figures if f.where == "legend" and f.item in named
    )
    found = []
    for (session_id, item), own in grouped.items():
        stated = {figure.n for figure in own if figure.n is not None}
        one = len(stated) == 1
        n = stated.pop() if one else context.people.get(session_id)
        everyone = session_id not in context.answered and not one
        said = _statements(own, context, n)
        ns = [s.n for s in said if s.n is not None]
        levels = (*named.get(item, ()), *([] if item in known else [OTHERS]))
        kind = (varying, tuple(scales.get(item, ())), item in several, everyone)
        question = Question(session_id, item, levels, said, ns[0] if ns else n, *kind)
        found.append(question)
    return found


def _named(
    figures: Iterable[Published], scales: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """Return all levels of each item that are named anywhere."""
    named: dict[str, dict[str, None]] = {item: dict.fromkeys(s) for item, s in scales.items()}
    for figure in figures:
        if figure.item:
            named.setdefault(figure.item, {}).update(dict.fromkeys(figure.levels))
    return {item: tuple(levels) for item, levels in named.items()}


def _statements(
    figures: Sequence[Published], context: Context, usual: int | None
) -> tuple[Statement, ...]:
    """Return what is said of a question, each once, of ``usual`` people where it does not say.

    A table's figure counts what its headline counts.
    """
    headline = next((f.levels for f in figures if f.where == "headline" and f.levels), ())
    found: dict[tuple[object, ...], Statement] = {}
    for figure in figures:
        rule = headline or tuple(context.rules.get((figure.session_id, figure.item), ()))
        levels = figure.levels or (rule if figure.mean is None else ())
        n = figure.n if figure.n is not None else usual
        said: tuple[Printed | str | None, ...] = (
            figure.percent,
            figure.count,
            figure.mean,
            figure.sd,
            figure.rounding,
        )
        shape = tuple(map(str, said))
        key = (frozenset(levels), figure.where == "legend", shape, n)
        before = found.get(key)
        if before is None:
            found[key] = Statement((figure,), frozenset(levels), n)
        else:
            found[key] = replace(before, figures=(*before.figures, figure))
    return tuple(found.values())
