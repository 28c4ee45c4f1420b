"""A claim -> what must be printed, of comments, of rows that do not count, of sessions held."""

from collections.abc import Callable, Iterator, Mapping

from dxeval.definitions.programme import session_label
from dxeval.definitions.published import Published
from dxeval.scoring.recount.claim import Answers, Basis, Claim, number
from dxeval.scoring.recount.what import What


def _comments(claim: Claim, answers: Answers) -> Basis:
    place = 0 if claim.what is What.SHOWN else 1
    return number(sum(pair[place] for pair in _written(claim, answers)))


def _written(claim: Claim, answers: Answers) -> Iterator[tuple[int, int]]:
    """Yield how many comments are shown and written, session by session that has answers."""
    for session in claim.sessions:
        written = answers.scores[session].n_written
        if claim.item:
            yield answers.written[session][claim.item]
        elif written is not None:
            yield len(answers.sessions[session].comments), written


def _reference_below(claim: Claim, answers: Answers) -> Basis:
    return Basis((f"{answers.survey.reference_below}",))


def _uncounted(claim: Claim, answers: Answers) -> Basis:
    found = [answers.scores[session].uncounted for session in claim.sessions]
    if claim.what is What.ROWS_OF_VALUE:
        header, _, value = claim.of.partition("\0")
        return number(sum(one.not_counted.get((header, value), 0) for one in found))
    rows = {
        What.ROWS: sum(sum(one.not_counted.values()) for one in found),
        What.SUPERSEDED: sum(one.superseded for one in found),
        What.IDENTICAL: sum(one.identical for one in found),
        What.WITHDRAWN: sum(one.withdrawn for one in found),
        What.DROPPED: sum(len(one.dropped) for one in found),
    }
    return number(rows[claim.what])


def _held(claim: Claim, answers: Answers) -> Basis:
    """Return a number of sessions: all, waiting, of made-up answers …; or of programmes."""
    sessions = [answers.sessions[session] for session in claim.sessions]
    silent = [s.id for s in sessions if not answers.scores[s.id].has_arrived]
    published = [session for session in silent if any(_own(session, answers))]
    held = {
        What.SESSIONS: len(sessions),
        What.PROGRAMMES: len({session.programme for session in sessions}),
        What.SIMULATED: sum(session.simulated for session in sessions),
        What.ARRIVED: len(sessions) - len(silent),
        What.WAITING: len(silent) - len(published),
        What.ONLY_PUBLISHED: len(published),
        What.LEFT_OUT: len(answers.left_out),
    }
    return number(held[claim.what])


def _alone(claim: Claim, answers: Answers) -> Basis | None:
    """Return what a session is called of which only published figures are known."""
    (session,) = claim.sessions
    if answers.scores[session].has_arrived or not any(_own(session, answers)):
        return None
    return Basis((session_label(answers.sessions[session], answers.programme),))


def _own(session: str, answers: Answers) -> Iterator[Published]:
    """Yield the published figures of one session's questions."""
    for figure in answers.published:
        if figure.session_ids == (session,) and figure.item and figure.percent is not None:
            yield figure


OF_ROWS: Mapping[What, Callable[[Claim, Answers], Basis | None]] = {
    What.ALONE: _alone,
    **dict.fromkeys([What.SHOWN, What.WRITTEN], _comments),
    What.REFERENCE_BELOW: _reference_below,
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
    **dict.fromkeys(
        [
            What.SESSIONS,
            What.PROGRAMMES,
            What.SIMULATED,
            What.ARRIVED,
            What.WAITING,
            What.ONLY_PUBLISHED,
            What.LEFT_OUT,
        ],
        _held,
    ),
}
