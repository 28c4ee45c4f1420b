"""Every figure that pages print of sessions, as claims with what is computed for each.

Not among them: days, numbers of a drawing, what figures of an earlier report say.
"""

from collections.abc import Iterable, Iterator

from dxeval.scoring.across import ItemAcross, items_across
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.recount.basis import basis
from dxeval.scoring.recount.claim import Answers, Basis, Claim
from dxeval.scoring.recount.what import What
from dxeval.scoring.rules import beside

OF_SESSION = (
    *(What.INVITED, What.ATTENDEES, What.MUNICIPALITIES, What.RESPONDENTS, What.RATE),
    What.SILENT,
)
"""Of one session."""
UNCOUNTED = (What.DROPPED, What.SUPERSEDED, What.IDENTICAL, What.WITHDRAWN, What.ROWS)
"""Of one session, where there are any."""
OF_ITEM = (
    *(What.VALID, What.MISSING, What.FAVOURABLE_SHARE),
    *(What.LEAST, What.LOWER, What.MEDIAN, What.UPPER, What.MOST),
)
"""Of an item in one session, beside the share of each label."""
TOGETHER = (
    *(What.PROGRAMMES, What.SESSIONS, What.ATTENDEES, What.RESPONDENTS, What.WAITING),
    *(What.DROPPED, What.SHARES, What.FULL, What.BELOW, What.WIDEST_LOW, What.WIDEST_HIGH),
)
"""Of several sessions."""
ITEM_TOGETHER = (
    *(What.VALID, What.SESSIONS_BELOW, What.LOW, What.HIGH),
    *(What.PEOPLE_BELOW, What.VALID_BELOW, What.WIDEST_LOW, What.WIDEST_HIGH),
    *(What.CITED_LOW, What.CITED_HIGH),
)
"""Of an item in several sessions."""

Figure = tuple[Claim, Basis]


def figures(answers: Answers) -> Iterator[Figure]:
    """Yield the figures of each session, then of each programme, then of all together.

    Raises NotAskedError and FigureError as `items_across` does.
    """
    programmes: dict[str, list[str]] = {}
    for session in answers.sessions.values():
        yield from _of_session(session.id, answers)
        programmes.setdefault(session.programme, []).append(session.id)
    every = tuple(answers.sessions)
    for scope in dict.fromkeys([*map(tuple, programmes.values()), every]):
        if len(scope) > 1:
            yield from _found(answers, (Claim(what, scope) for what in TOGETHER))
            yield from _found(answers, _across(scope, answers))
    yield from _found(answers, _by_rules(every, answers))


def _of_session(session_id: str, answers: Answers) -> Iterator[Figure]:
    scores, own = answers.scores[session_id], (session_id,)
    there = [*OF_SESSION] if scores.has_arrived else [*OF_SESSION[:3]]
    yield from _found(answers, (Claim(what, own) for what in there))
    some = _found(answers, (Claim(what, own) for what in UNCOUNTED))
    yield from ((claim, found) for claim, found in some if found.count)
    for score in scores if scores.has_arrived else ():
        yield from _found(answers, _of_item(session_id, score))


def _found(answers: Answers, claims: Iterable[Claim]) -> Iterator[Figure]:
    for claim in claims:
        computed = basis(claim, answers)
        if computed is not None:
            yield claim, computed


def _of_item(session_id: str, score: ItemScore) -> Iterator[Claim]:
    name, labels = score.item.name, score.item.labels
    yield from (Claim(what, (session_id,), name) for what in OF_ITEM)
    what = What.SHARE if score.n_valid else What.COUNT
    yield from (Claim(what, (session_id,), name, (label,)) for label in labels)


def _across(sessions: tuple[str, ...], answers: Answers) -> Iterator[Claim]:
    """Yield claims of each item in several sessions."""
    for across in _items(sessions, answers):
        whats = ITEM_TOGETHER if across.is_favourable else (What.VALID,)
        name, labels = across.item.name, across.item.labels
        yield from (Claim(what, sessions, name) for what in whats)
        yield from (Claim(What.SHARE, sessions, name, (label,)) for label in labels)


def _items(sessions: tuple[str, ...], answers: Answers) -> tuple[ItemAcross, ...]:
    answered = [session for session in sessions if answers.scores[session].n_respondents]
    return items_across(answered, answers.scores)


def _by_rules(sessions: tuple[str, ...], answers: Answers) -> Iterator[Claim]:
    """Yield the shares of each item by the rules that are shown beside each other."""
    every = answers.programme.report.compare_rules
    for across in _items(sessions, answers) if every is not False else ():
        steps = beside(across, every=bool(every))
        scopes = [*((session,) for session in across.scores), sessions]
        for levels in steps.steps if steps else ():
            yield from (Claim(What.SHARE, scope, across.item.name, levels) for scope in scopes)
