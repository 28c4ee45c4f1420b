"""A claim -> what must be printed, of what stands out in sessions: how many are full, lowest …."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from dxeval.definitions.programme import session_label
from dxeval.scoring.across import item_across
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.recount.claim import Answers, Basis, Claim, number, share
from dxeval.scoring.recount.what import What
from dxeval.scoring.rules import beside

Found = tuple[str, Distribution]
"""A session and an item's score in it."""


def _shares(claim: Claim, answers: Answers) -> list[Found]:
    """Return every favourable share of the claim's sessions (of its item, if it names one)."""
    return [
        (session, score)
        for session in claim.sessions
        for score in answers.scores[session]
        if isinstance(score, Distribution) and score.favourable and score.n_valid and score.awaited
        if score.item.name == claim.item or not claim.item
    ]


def _exact(score: Distribution) -> Fraction:
    favourable = sum(count for level, count in score if level in score.favourable)
    return Fraction(favourable, score.n_valid)


def _below(claim: Claim, answers: Answers) -> list[Distribution]:
    return [score for _, score in _shares(claim, answers) if _exact(score) < 1]


def _of(score: Distribution) -> Basis:
    exact = _exact(score)
    return share(int(exact * score.n_valid), score.n_valid, score.n_missing)


def _end(found: Iterable[Distribution], *, high: bool) -> Basis | None:
    """Return the lowest or the highest share."""
    ordered = sorted(found, key=_exact)
    return _of(ordered[-1 if high else 0]) if ordered else None


def _lowest(claim: Claim, answers: Answers) -> Basis | None:
    """Return the lowest share; where all are full, that of a full one."""
    every = [score for _, score in _shares(claim, answers)]
    return _end(_below(claim, answers) or every, high=False)


def _counted(claim: Claim, answers: Answers) -> Basis | None:
    """Return how many shares there are: all, full ones, the lowest ones; or their items."""
    every, below = _shares(claim, answers), _below(claim, answers)
    each = [_exact(score) for score in below]
    lowest = each.count(min(each)) if each else 0
    counts = {
        What.SHARES: len(every),
        What.FULL: len(every) - len(below),
        What.BELOW: len({score.item.name for score in below}),
        What.SESSIONS_BELOW: len(below),
        What.ITEMS_LOWEST: lowest,
        What.LOWEST_MORE: lowest - 1,
    }
    return number(counts[claim.what])


def _people_below(claim: Claim, answers: Answers) -> Basis:
    found = _below(claim, answers)
    n = sum(score.n_valid for score in found)
    count = sum(int(_exact(score) * score.n_valid) for score in found)
    return number(n) if claim.what is What.VALID_BELOW else number(count, n)


def _widest(claim: Claim, answers: Answers) -> Basis | None:
    """Return an end of the widest spread of an item between sessions that count by one rule."""
    alike: dict[frozenset[str], list[Distribution]] = {}
    for _, score in _shares(claim, answers):
        alike.setdefault(frozenset(score.favourable), []).append(score)
    spreads = [sorted(scores, key=_exact) for scores in alike.values()]
    if not spreads:
        return None
    widest = max(spreads, key=lambda each: _exact(each[-1]) - _exact(each[0]))
    return _end(widest, high=claim.what is What.WIDEST_HIGH)


def _cited(claim: Claim, answers: Answers) -> Basis | None:
    """Return the lowest or highest share of a session, of ``levels`` or of favourable answers."""
    pairs = []
    for score in answers.of_item(claim):
        if isinstance(score, Distribution) and score.n_valid:
            levels = claim.levels or score.favourable
            pairs.append((sum(c for level, c in score if level in levels), score.n_valid))
    pairs.sort(key=lambda pair: Fraction(*pair))
    ends = [share(*pair) for pair in pairs]
    if not ends or (claim.of == "only" and ends[0].texts != ends[-1].texts):
        return None
    return ends[0 if claim.what is What.CITED_LOW else -1]


def _rules(claim: Claim, answers: Answers) -> dict[str, set[frozenset[str]]]:
    """Return by item the rules by which sessions count it, in which anybody answered."""
    found: dict[str, set[frozenset[str]]] = {}
    for _, score in _shares(claim, answers):
        found.setdefault(score.item.name, set()).add(frozenset(score.favourable))
    return found


def _items_mixed(claim: Claim, answers: Answers) -> Basis:
    return number(sum(len(rules) > 1 for rules in _rules(claim, answers).values()))


def _steps(claim: Claim, answers: Answers) -> Basis | None:
    """Return how many levels a rule counts, or by how many rules an item is counted beside."""
    if claim.levels:
        return number(len(claim.levels))
    answered = [s for s in claim.sessions if answers.scores[s].n_respondents]
    across = item_across(claim.item, answered, answers.scores)
    found = beside(across, every=True) if across else None
    return number(len(found.steps)) if found else None


def _ruled(claim: Claim, answers: Answers) -> Basis | None:
    """Return what a session is called that counts the item by a rule of its own."""
    (session,) = claim.sessions
    own = [score for score in answers.of_item(claim) if score.reason]
    label = session_label(answers.sessions[session], answers.programme)
    return Basis((label,)) if own else None


OF_SESSIONS: Mapping[What, Callable[[Claim, Answers], Basis | None]] = {
    **dict.fromkeys(
        [
            What.SHARES,
            What.FULL,
            What.BELOW,
            What.SESSIONS_BELOW,
            What.ITEMS_LOWEST,
            What.LOWEST_MORE,
        ],
        _counted,
    ),
    What.LOWEST: _lowest,
    What.LOW: lambda claim, answers: _end(_below(claim, answers), high=False),
    What.HIGH: lambda claim, answers: _end(_below(claim, answers), high=True),
    **dict.fromkeys([What.PEOPLE_BELOW, What.VALID_BELOW], _people_below),
    **dict.fromkeys([What.WIDEST_LOW, What.WIDEST_HIGH], _widest),
    **dict.fromkeys([What.CITED_LOW, What.CITED_HIGH], _cited),
    What.ITEMS_MIXED: _items_mixed,
    What.RULES: _steps,
    What.RULED: _ruled,
}
