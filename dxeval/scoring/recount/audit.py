"""A claim -> what must be printed, of the audit's findings: the audit made anew, number by number.

``of`` says which number: ``impossible`` (how many of a kind), ``contradictions``, ``others``; else
``2/contradictions/sentence/0``: of the third contradiction, of its sentence, the first number.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from dxeval.definitions.programme import session_label
from dxeval.scoring.audit import declared
from dxeval.scoring.audit.engine import audit
from dxeval.scoring.audit.finding import Finding, Kind
from dxeval.scoring.recount.claim import Answers, Basis, Claim, number
from dxeval.scoring.recount.findings import DIGITS, all_printed, numbers_of, sessions_of
from dxeval.scoring.recount.possible import left
from dxeval.scoring.recount.what import What


def findings(answers: Answers) -> list[Finding]:
    """Return what the audit finds and a page may say: not who may be recognised. Made once."""
    if findings not in answers.memo:
        answers.memo[findings] = [*_findings(answers)]
    return answers.memo[findings]


def _findings(answers: Answers) -> Iterator[Finding]:
    sessions = [*answers.sessions.values()]
    own = [f for f in answers.published if {*f.session_ids} <= {*answers.sessions}]
    context = declared.context(answers.survey, sessions)
    found = audit(own, context, {session.id: session.programme for session in sessions})
    yield from (each for each in found if each.kind is not Kind.ONE_PERSON)


def _found(claim: Claim, answers: Answers) -> Basis | None:
    every = findings(answers) if not claim.item else [*left(claim, answers).against]
    groups = {
        "contradictions": [f for f in every if f.contradicts],
        "others": [f for f in every if not f.contradicts],
        "against": every,
    }
    if claim.of in groups:
        return number(len(groups[claim.of]))
    if "/" not in claim.of:
        return number(sum(each.kind == claim.of for each in every))
    place, group, part, nth = claim.of.split("/")
    finding = groups[group][int(place)]
    if nth.startswith("name"):
        called = (name for s in sessions_of(finding, part) for name in _called(s, answers))
        return _at(called, int(nth.removeprefix("name")))
    return _at(numbers_of(finding)[part], int(nth))


def _called(session: str, answers: Answers) -> Iterator[str]:
    """Yield what a session is called, as far as it has numbers; one of several with its id."""
    labels = [session_label(each, answers.programme) for each in answers.sessions.values()]
    label = session_label(answers.sessions[session], answers.programme)
    names = [label, session] if labels.count(label) > 1 else [label]
    yield from (name for name in names if DIGITS.search(name))


def _printed(claim: Claim, answers: Answers) -> Basis | None:
    """Return one of the numbers of an item's figures as they are printed."""
    return _at(all_printed(left(claim, answers).figures), int(claim.of))


def _at(found: Iterable[object], nth: int) -> Basis | None:
    texts = [f"{each}" for each in found]
    return Basis((texts[nth],)) if nth < len(texts) else None


OF_AUDIT: Mapping[What, Callable[[Claim, Answers], Basis | None]] = {
    What.FOUND: _found,
    What.PRINTED: _printed,
}
