"""A claim -> what must be printed, of who was invited, came and answered, and on which day."""

from collections.abc import Callable, Mapping

from dxeval.definitions.programme import Session, date_text
from dxeval.scoring.recount.claim import Answers, Basis, Claim, number, share
from dxeval.scoring.recount.what import What
from dxeval.scoring.rounding import weight


def _people(claim: Claim, answers: Answers) -> tuple[int, int]:
    """Return how many came and how many answered (延べ)."""
    came = sum(answers.sessions[session].attendees for session in claim.sessions)
    return came, sum(answers.scores[session].n_respondents for session in claim.sessions)


def _attendees(claim: Claim, answers: Answers) -> Basis:
    return number(sum(answers.session(session).attendees for session in claim.sessions))


def _respondents(claim: Claim, answers: Answers) -> Basis:
    came, answered = _people(claim, answers)
    return number(answered, came)


def _everybody(claim: Claim, answers: Answers) -> Basis | None:
    came, answered = _people(claim, answers)
    return number(answered, came) if came == answered else None


def _rate(claim: Claim, answers: Answers) -> Basis:
    came, answered = _people(claim, answers)
    return share(answered, came)


def _silent(claim: Claim, answers: Answers) -> Basis:
    came, answered = _people(claim, answers)
    return number(max(came - answered, 0), came)


def _different(claim: Claim, answers: Answers) -> Basis | None:
    """Return how many people answered in the sessions together, each counted once."""
    answered = [scores for s in claim.sessions if (scores := answers.scores[s]).n_respondents]
    marks = [scores.people for scores in answered]
    known = [people for people in marks if people is not None]
    if not known or len(known) < len(marks):
        return None
    return number(len(frozenset.union(*known)))


def _weight(claim: Claim, answers: Answers) -> Basis:
    (session,) = claim.sessions
    n = [s.n_valid for s in answers.scores[session] if s.awaited and s.n_valid]
    most = max(n) if claim.what is What.WEIGHT_LOW else min(n)
    return Basis((f"{weight(most)}",), 1, most)


def _session(claim: Claim, answers: Answers) -> Session:
    (session,) = claim.sessions
    return answers.session(session)


def _invited(claim: Claim, answers: Answers) -> Basis | None:
    invited = _session(claim, answers).invited
    return None if invited is None else number(invited)


def _municipalities(claim: Claim, answers: Answers) -> Basis | None:
    found = _session(claim, answers).municipalities
    return None if found is None else number(found)


def _date(claim: Claim, answers: Answers) -> Basis:
    day = _session(claim, answers).date
    written = [date_text(day, year=year) for year in (True, False)]
    return Basis((*written, f"{day:%Y-%m-%d}"))


OF_PEOPLE: Mapping[What, Callable[[Claim, Answers], Basis | None]] = {
    What.ATTENDEES: _attendees,
    What.RESPONDENTS: _respondents,
    What.EVERYBODY: _everybody,
    What.RATE: _rate,
    What.SILENT: _silent,
    What.DIFFERENT: _different,
    What.WEIGHT_LOW: _weight,
    What.WEIGHT_HIGH: _weight,
    What.INVITED: _invited,
    What.MUNICIPALITIES: _municipalities,
    What.DATE: _date,
}
