"""Items of several sessions counted by several rules, beside each other."""

from collections.abc import Iterator, Mapping, Sequence

from dxeval.definitions.programme import ProgrammeFile, Session, session_label
from dxeval.definitions.questions import Rating
from dxeval.presenting import number_words, wording
from dxeval.presenting.html import Fragment, render
from dxeval.scoring.across import items_across
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.rules import Beside, Levels, beside
from dxeval.scoring.score import Scores

Cell = tuple[str, str, bool]
"""A share, its people, and whether the session counts so itself."""


def rules(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> Fragment:
    """Return a table an item: sessions down, rules across (top 1, 2, 3 and those in force).

    Of the items that not all sessions count by one rule; of all that have a rule with
    ``compare_rules: true`` in programme.yaml, of none with ``false``. Empty if there are none.
    Raises NotAskedError and FigureError as ``summary``.
    """
    every = programme.report.compare_rules
    answered = [session for session in sessions if scores[session.id].n_respondents]
    if every is False or not answered:
        return Fragment()
    across = items_across([session.id for session in answered], scores)
    found = [there for item in across if (there := beside(item, every=bool(every)))]
    tables = [_table(there, answered, scores, programme) for there in found]
    return render("rules_beside", tables=tables) if tables else Fragment()


def _table(
    found: Beside,
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
) -> dict[str, object]:
    name = found.across.item.name
    there = [session for session in sessions if scores[session.id].get(name) is not None]
    few = [session for session in sessions if name in scores[session.id].not_asked]
    lines = [
        (session_label(session, programme), _line(found, session), session in few)
        for session in sessions
        if session in there or session in few
    ]
    sums = [found.together(levels) for levels in found.steps] if len(there) > 1 else []
    return {
        "name": name,
        "caption": f"{name}を{len(found.steps)}通りに数えた割合",
        "heads": [*_heads(found)],
        "lines": lines,
        "sums": sums,
    }


def _heads(found: Beside) -> Iterator[tuple[str, str]]:
    """Yield for each rule its short name, empty where it has none, and the levels it counts."""
    item = found.across.item
    for levels in found.steps:
        outer = levels in (item.labels[: len(levels)], item.labels[-len(levels) :])
        name = f"上位{len(levels)}つ" if found.best and outer else ""
        span = number_words.rating_span(levels) if isinstance(item, Rating) else None
        yield name, span or wording.quoted(levels)


def _line(found: Beside, session: Session) -> list[Cell]:
    if session.id not in found.across.scores:
        return []
    return [_cell(levels, score, own) for levels, score, own in found.cells(session.id)]


def _cell(levels: Levels, score: Distribution, own: bool) -> Cell:
    if not score.n_valid:
        return wording.NO_SHARE, "", False
    return f"{score.percent(*levels)}%", f"{score.count(*levels)}/{score.n_valid}人", own
