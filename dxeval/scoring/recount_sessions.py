"""A claim -> what must be printed, of what stands out in sessions: how many are full, lowest …."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from dxeval.definitions.item import Rated
from dxeval.scoring.claim import Answers, Basis, Claim, What
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.order import shown
from dxeval.scoring.rounding import percent
from dxeval.scoring.selections import Selections
from dxeval.scoring.values import Ordered

Found = tuple[str, Distribution]
"""A session and an item's score in it."""


def _shares(claim: Claim, answers: Answers) -> list[Found]:
    """Return every favourable share of the claim's sessions (of its item, if it names one)."""
    return [
        (session, score)
        for session in claim.sessions
        for score in answers.scores[session]
        if isinstance(score, Distribution) and score.favourable and score.n_valid
        if score.item.name == claim.item or not claim.item
    ]


def _exact(score: Distribution) -> Fraction:
    return Fraction(score.favourable_count, score.n_valid)


def _below(claim: Claim, answers: Answers) -> list[Found]:
    return [found for found in _shares(claim, answers) if _exact(found[1]) < 1]


def _number(n: int) -> Basis:
    return Basis((f"{n}",), n)


def _end(found: list[Found], *, high: bool) -> Basis | None:
    if not found:
        return None
    score = sorted((score for _, score in found), key=_exact)[-1 if high else 0]
    count, n = score.favourable_count, score.n_valid
    return Basis((f"{percent(count, n)}",), count, n, score.n_missing)


def _people_below(claim: Claim, answers: Answers) -> Basis:
    found = [score for _, score in _below(claim, answers)]
    n = sum(score.n_valid for score in found)
    count = sum(score.favourable_count for score in found)
    if claim.what is What.VALID_BELOW:
        return Basis((f"{n}",), n, n)
    return Basis((f"{count}",), count, n)


def _lowest_more(claim: Claim, answers: Answers) -> Basis | None:
    least = [_exact(score) for _, score in _below(claim, answers)]
    return _number(least.count(min(least)) - 1) if least else None


def _items_lowest(claim: Claim, answers: Answers) -> Basis | None:
    least = [_exact(score) for _, score in _below(claim, answers)]
    return _number(least.count(min(least))) if least else None


def _groups(claim: Claim, pairs: Iterator[tuple[str, str]]) -> Basis | None:
    """Return how many items, or sessions, are alike in which sessions, or items, they come with.

    ``claim.of`` is ``sessions`` where these are counted.
    """
    sessions: dict[str, list[str]] = {}
    for item, session in pairs:
        sessions.setdefault(item, []).append(session)
    alike: dict[tuple[str, ...], list[str]] = {}
    for item, where in sessions.items():
        alike.setdefault(tuple(where), []).append(item)
    numbers = {len(w) if claim.of == "sessions" else len(i) for w, i in alike.items()}
    return Basis(tuple(map(str, sorted(numbers)))) if numbers else None


def _items_blank(claim: Claim, answers: Answers) -> Basis | None:
    return _groups(
        claim,
        (
            (score.item.name, session)
            for session in claim.sessions
            for score in answers.scores[session]
            if score.awaited and not score.n_valid and answers.scores[session].n_written is not None
        ),
    )


def _items_not_asked(claim: Claim, answers: Answers) -> Basis | None:
    scores = answers.scores
    return _groups(claim, ((item, s) for s in claim.sessions for item in scores[s].not_asked))


def _missing(claim: Claim, answers: Answers) -> Basis | None:
    """How many items some left out, and the fewest and the most who did."""
    (session,) = claim.sessions
    left = sorted(s.n_missing for s in answers.scores[session] if s.awaited and s.n_missing)
    if not left:
        return None
    ends = {What.MISSING_LOW: left[0], What.MISSING_HIGH: left[-1]}
    return _number(ends.get(claim.what, len(left)))


def _of_one(claim: Claim, answers: Answers) -> Basis | None:
    """How many items of one session have no share: those with labels most chosen, with medians."""
    (session,) = claim.sessions
    scores = [s for s in answers.scores[session] if s.awaited and s.n_valid and not s.favourable]
    measured = [score for score in scores if isinstance(score, Ordered)]
    led = [
        score
        for score in scores
        if isinstance(score, Distribution | Selections) and score not in measured and score.leaders
    ]
    return _number(len(measured if claim.what is What.ITEMS_MEASURED else led))


def _spread(claim: Claim, answers: Answers) -> Basis | None:
    """How many levels were chosen of the item, or of the items of which the most were."""
    (session,) = claim.sessions
    chosen = {
        score.item.name: len(score.chosen)
        for score in answers.scores[session]
        if isinstance(score, Distribution) and isinstance(score.item, Rated)
        if not isinstance(score, Ordered) and score.n_valid
    }
    if claim.what is What.ITEMS_WIDEST:
        return _number([*chosen.values()].count(max(chosen.values())))
    return _number(chosen[claim.item] if claim.item else max(chosen.values()))


def _more(claim: Claim, answers: Answers) -> Basis | None:
    """What the levels that are neither favourable nor named make up: levels, and people."""
    (session,) = claim.sessions
    score = answers.scores[session][claim.item]
    if not isinstance(score, Distribution):
        return None
    kept = (*score.favourable, *claim.levels)
    others = [count for level, count in score if count and level not in kept]
    return _number(len(others) if claim.what is What.LEVELS_MORE else sum(others))


def _leaders_more(claim: Claim, answers: Answers) -> Basis | None:
    (session,) = claim.sessions
    score = answers.scores[session][claim.item]
    if not isinstance(score, Distribution | Selections):
        return None
    counts = [count for _, count in score]
    return _number(counts.count(max(counts)) - 1)


def _held(claim: Claim, answers: Answers) -> Basis:
    """Numbers of sessions: all, waiting, of made-up answers; of programmes; not to be shown."""
    sessions = [answers.sessions[session] for session in claim.sessions]
    written = [answers.scores[session].n_written for session in claim.sessions]
    number = {
        What.SESSIONS: len(sessions),
        What.PROGRAMMES: len({session.programme for session in sessions}),
        What.SIMULATED: sum(session.simulated for session in sessions),
        What.WAITING: written.count(None),
        What.LEFT_OUT: answers.left_out,
    }
    return _number(number[claim.what])


def _ends(claim: Claim, answers: Answers) -> Basis | None:
    """The ends of a line on which several sessions' numbers are drawn."""
    found = (answers.scores[session].get(claim.item) for session in claim.sessions)
    ends = [score.ends for score in found if isinstance(score, Ordered) and score.n_valid]
    if not ends:
        return None
    lows, highs = zip(*ends, strict=True)
    return Basis((shown(min(lows) if claim.what is What.END_LOW else max(highs)),))


def _uncounted(claim: Claim, answers: Answers) -> Basis:
    found = [answers.scores[session].uncounted for session in claim.sessions]
    if claim.what is What.ROWS_OF_VALUE:
        header, _, value = claim.of.partition("\0")
        return _number(sum(one.not_counted.get((header, value), 0) for one in found))
    number = {
        What.ROWS: sum(one.n_rows for one in found),
        What.SUPERSEDED: sum(one.superseded for one in found),
        What.IDENTICAL: sum(one.identical for one in found),
        What.WITHDRAWN: sum(one.withdrawn for one in found),
        What.DROPPED: sum(one.n_columns for one in found),
    }
    return _number(number[claim.what])


OF_SESSIONS: Mapping[What, Callable[[Claim, Answers], Basis | None]] = {
    What.SHARES: lambda claim, answers: _number(len(_shares(claim, answers))),
    What.FULL: lambda claim, answers: _number(
        len(_shares(claim, answers)) - len(_below(claim, answers))
    ),
    What.BELOW: lambda claim, answers: _number(
        len({score.item.name for _, score in _below(claim, answers)})
    ),
    What.SESSIONS_BELOW: lambda claim, answers: _number(len(_below(claim, answers))),
    What.LOW: lambda claim, answers: _end(_below(claim, answers), high=False),
    What.HIGH: lambda claim, answers: _end(_below(claim, answers), high=True),
    What.LOW_OF_ALL: lambda claim, answers: _end(_shares(claim, answers), high=False),
    What.HIGH_OF_ALL: lambda claim, answers: _end(_shares(claim, answers), high=True),
    What.PEOPLE_BELOW: _people_below,
    What.VALID_BELOW: _people_below,
    What.LOWEST_MORE: _lowest_more,
    What.ITEMS_LOWEST: _items_lowest,
    What.ITEMS_BLANK: _items_blank,
    What.ITEMS_NOT_ASKED: _items_not_asked,
    **dict.fromkeys([What.ITEMS_MISSING, What.MISSING_LOW, What.MISSING_HIGH], _missing),
    **dict.fromkeys([What.ITEMS_LED, What.ITEMS_MEASURED], _of_one),
    **dict.fromkeys([What.ITEMS_WIDEST, What.LEVELS_CHOSEN], _spread),
    **dict.fromkeys([What.LEVELS_MORE, What.PEOPLE_MORE], _more),
    What.LEADERS_MORE: _leaders_more,
    **dict.fromkeys(
        [What.SESSIONS, What.PROGRAMMES, What.SIMULATED, What.WAITING, What.LEFT_OUT], _held
    ),
    **dict.fromkeys([What.END_LOW, What.END_HIGH], _ends),
    **dict.fromkeys(
        [
            What.ROWS,
            What.ROWS_OF_VALUE,
            What.SUPERSEDED,
            What.IDENTICAL,
            What.WITHDRAWN,
            What.DROPPED,
        ],
        _uncounted,
    ),
}
