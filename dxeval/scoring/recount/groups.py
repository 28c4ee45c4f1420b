"""A claim -> what must be printed, of items that are alike in where nobody answered them."""

from collections.abc import Callable, Iterator, Mapping

from dxeval.scoring.recount.claim import Answers, Basis, Claim, numbers
from dxeval.scoring.recount.what import What


def _items_blank(claim: Claim, answers: Answers) -> Basis | None:
    return _groups(
        claim,
        (
            (score.item.name, session)
            for session in claim.sessions
            for score in answers.scores[session]
            if score.awaited and not score.n_valid and answers.scores[session].has_arrived
        ),
    )


def _items_not_asked(claim: Claim, answers: Answers) -> Basis | None:
    scores = answers.scores
    return _groups(claim, ((item, s) for s in claim.sessions for item in scores[s].not_asked))


def _groups(claim: Claim, pairs: Iterator[tuple[str, str]]) -> Basis | None:
    """Return how many items, or sessions (``of``), are in a group: items of the same sessions."""
    sessions: dict[str, list[str]] = {}
    for item, session in pairs:
        sessions.setdefault(item, []).append(session)
    alike: dict[tuple[str, ...], list[str]] = {}
    for item, where in sessions.items():
        alike.setdefault(tuple(where), []).append(item)
    return numbers(len(w) if claim.of == "sessions" else len(i) for w, i in alike.items())


OF_GROUPS: Mapping[What, Callable[[Claim, Answers], Basis | None]] = {
    What.ITEMS_BLANK: _items_blank,
    What.ITEMS_NOT_ASKED: _items_not_asked,
}
