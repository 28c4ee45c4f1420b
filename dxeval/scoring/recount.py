"""A claim -> what must be printed, computed from the scores of single sessions alone."""

from collections.abc import Callable, Iterator, Mapping

from dxeval.definitions.item import Rated
from dxeval.definitions.programme import Session, date_text
from dxeval.scoring.claim import Answers, Basis, Claim, What
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.recount_published import OF_PUBLISHED
from dxeval.scoring.recount_sessions import OF_SESSIONS
from dxeval.scoring.rounding import percent, weight
from dxeval.scoring.selections import Selections
from dxeval.scoring.values import Ordered

Recount = Callable[[Claim, Answers], Basis | None]
TEXTS = {What.TYPED, What.LABEL, What.WORDS, What.MADE_OF, What.OWN}
"""What is no figure."""


def basis(claim: Claim, answers: Answers) -> Basis | None:
    """Return what must be printed, None where there is no such figure."""
    try:
        return _RECOUNTS[claim.what](claim, answers)
    except (KeyError, ZeroDivisionError):
        return None


def scores_of(claim: Claim, answers: Answers) -> list[ItemScore]:
    """Return the item's scores in those of the claim's sessions that were asked it."""
    found = (answers.scores[session].get(claim.item) for session in claim.sessions)
    return [score for score in found if score is not None]


def _count(claim: Claim, answers: Answers) -> Basis | None:
    count, n, missing = _counted(claim, answers, claim.levels)
    return Basis((f"{count}",), count, n, missing)


def _share(claim: Claim, answers: Answers) -> Basis | None:
    count, n, missing = _counted(claim, answers, claim.levels)
    return Basis((f"{percent(count, n)}",), count, n, missing)


def _favourable(claim: Claim, answers: Answers) -> Basis | None:
    count, n, missing = _counted(claim, answers, ())
    return Basis((f"{count}",), count, n, missing)


def _favourable_share(claim: Claim, answers: Answers) -> Basis | None:
    count, n, missing = _counted(claim, answers, ())
    return Basis((f"{percent(count, n)}",), count, n, missing)


def _counted(claim: Claim, answers: Answers, levels: tuple[str, ...]) -> tuple[int, int, int]:
    """Return how many chose ``levels`` (of none: a favourable one), of how many, and the blanks."""
    found = [s for s in scores_of(claim, answers) if isinstance(s, Distribution | Selections)]
    if not found or any(not (levels or score.favourable) for score in found):
        raise KeyError(claim.item)
    count = sum(
        number
        for score in found
        for level, number in score
        if level in (levels or score.favourable)
    )
    known = {level for score in found for level in score.item.labels}
    if not {*levels} <= known:
        raise KeyError(claim.item)
    return count, sum(s.n_valid for s in found), sum(s.n_missing for s in found)


def _valid(claim: Claim, answers: Answers) -> Basis | None:
    found = scores_of(claim, answers)
    n, missing = sum(s.n_valid for s in found), sum(s.n_missing for s in found)
    return Basis((f"{n}",), n, n + missing, missing) if found else None


def _missing(claim: Claim, answers: Answers) -> Basis | None:
    found = scores_of(claim, answers)
    n, missing = sum(s.n_valid for s in found), sum(s.n_missing for s in found)
    return Basis((f"{missing}",), missing, n + missing) if found else None


def _rate(claim: Claim, answers: Answers) -> Basis | None:
    came, answered = _people(claim, answers)
    return Basis((f"{percent(answered, came)}",), answered, came)


def _people(claim: Claim, answers: Answers) -> tuple[int, int]:
    """Return how many came and how many answered (延べ)."""
    came = sum(answers.sessions[session].attendees for session in claim.sessions)
    return came, sum(answers.scores[session].n_respondents for session in claim.sessions)


def _attendees(claim: Claim, answers: Answers) -> Basis | None:
    came, _ = _people(claim, answers)
    return Basis((f"{came}",), came)


def _respondents(claim: Claim, answers: Answers) -> Basis | None:
    came, answered = _people(claim, answers)
    return Basis((f"{answered}",), answered, came)


def _everybody(claim: Claim, answers: Answers) -> Basis | None:
    came, answered = _people(claim, answers)
    return Basis((f"{answered}",), answered, came) if came == answered else None


def _weight(claim: Claim, answers: Answers) -> Basis | None:
    (session,) = claim.sessions
    fewest, most = answers.scores[session].valid_range
    n = most if claim.what is What.WEIGHT_LOW else fewest
    return Basis((f"{weight(n)}",), 1, n)


def _ordered(claim: Claim, answers: Answers) -> Basis | None:
    (score,) = scores_of(claim, answers)
    if not isinstance(score, Ordered) or not score.n_valid:
        return None
    return Basis((score.told(claim.what.value),), None, score.n_valid, score.n_missing)


def _span(claim: Claim, answers: Answers) -> Basis | None:
    """The favourable numbers of a rating: by the survey's rule and by the sessions' own."""
    item = answers.survey.item(claim.item)
    rules = [s.favourable for s in scores_of(claim, answers)] if claim.of == "own" else []
    if not rules and isinstance(item, Rated):
        rules = [item.favourable]
        if len(claim.sessions) == 1:
            rules = [score.favourable for score in scores_of(claim, answers)] or rules
    ends = [sorted(rule, key=int) for rule in rules if rule]
    return Basis(tuple(f"{e[0]}～{e[-1]}" if e[1:] else e[0] for e in ends)) if ends else None


def _session(claim: Claim, answers: Answers) -> Session:
    (session,) = claim.sessions
    return answers.sessions[session]


def _municipalities(claim: Claim, answers: Answers) -> Basis | None:
    number = _session(claim, answers).municipalities
    return None if number is None else Basis((f"{number}",), number)


def _date(claim: Claim, answers: Answers) -> Basis | None:
    day = _session(claim, answers).date
    written = [date_text(day, year=year) for year in (True, False)]
    return Basis((*written, f"{day:%Y-%m-%d}"))


def _comments(claim: Claim, answers: Answers) -> Basis | None:
    found = [*_written(claim, answers)]
    place = 0 if claim.what is What.SHOWN else 1
    count = sum(pair[place] for pair in found)
    return Basis((f"{count}",), count)


def _written(claim: Claim, answers: Answers) -> Iterator[tuple[int, int]]:
    """Yield how many comments are shown and written, session by session that has answers."""
    for session in claim.sessions:
        written = answers.scores[session].n_written
        if claim.item:
            yield answers.written[session][claim.item]
        elif written is not None:
            yield len(answers.sessions[session].comments), written


def _reference_below(claim: Claim, answers: Answers) -> Basis | None:
    return Basis((f"{answers.survey.reference_below}",))


_RECOUNTS: Mapping[What, Recount] = {
    What.COUNT: _count,
    What.SHARE: _share,
    What.FAVOURABLE: _favourable,
    What.FAVOURABLE_SHARE: _favourable_share,
    What.VALID: _valid,
    What.MISSING: _missing,
    What.ATTENDEES: _attendees,
    What.RESPONDENTS: _respondents,
    What.EVERYBODY: _everybody,
    What.RATE: _rate,
    What.WEIGHT_LOW: _weight,
    What.WEIGHT_HIGH: _weight,
    **dict.fromkeys([What.LEAST, What.LOWER, What.MEDIAN, What.UPPER, What.MOST], _ordered),
    What.SPAN: _span,
    What.SHOWN: _comments,
    What.WRITTEN: _comments,
    What.MUNICIPALITIES: _municipalities,
    What.DATE: _date,
    What.REFERENCE_BELOW: _reference_below,
    **OF_SESSIONS,
    **OF_PUBLISHED,
}
