"""What would make impossible figures possible, ranked by how little it assumes.

Each candidate is tried on all that is said of its question or session: an explanation counts what
it makes possible, what it leaves impossible, and what of the rest it would break. None is believed:
they say what to ask the publisher.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dxeval.definitions.published import Published
from dxeval.scoring.audit.adding_up import added
from dxeval.scoring.audit.finding import Explanation
from dxeval.scoring.audit.joint import impossible
from dxeval.scoring.audit.question import Question, Statement
from dxeval.scoring.audit.reconciling import COST, OTHER_ROUNDINGS, best

POOLED = range(2, 5)
"""How many questions may have been counted together."""


@dataclass(frozen=True)
class _Tried:
    """What becomes of statements under other assumptions."""

    fits: tuple[tuple[Statement, range], ...]
    open: int
    breaks: int


def explanations(
    statement: Statement,
    question: Question,
    session: Sequence[Question],
    report: Sequence[Question],
) -> tuple[Explanation, ...]:
    """Return what would make a statement possible, the least assuming first.

    ``session``: all questions of the session; ``report``: all of the report.
    """
    found = [
        *_blanks(question, session),
        *_pooled(session),
        *_rounding(session, report),
        *_labels(session),
        *_neighbours(session, report),
    ]
    own = {figure.line for figure in statement.figures}
    return best(e for e in found if own & {figure.line for figure, _ in e.counts})


def _try(
    session: Sequence[Question], n: "int | Mapping[str, int]", rounding: str | None = None
) -> _Tried:
    """Hold all shares of a session (or question) against another n or rounding."""
    fits: list[tuple[Statement, range]] = []
    open_, breaks = 0, 0
    for question in session:
        wrong = impossible(question)
        people = n if isinstance(n, int) else n[question.item]
        found = [
            (statement, counts)
            for statement in question.statements
            if statement.is_share and (counts := statement.counts(people, rounding))
        ]
        while not question.possible(people, [s for s, _ in found], rounding):
            found.pop()
        held = [statement for statement, _ in found]
        open_ += sum(statement not in held for statement in wrong)
        breaks += sum(
            statement not in held for statement in _shares(question) if statement not in wrong
        )
        fits += found
    return _Tried(tuple(fits), open_, breaks)


def _shares(question: Question) -> list[Statement]:
    return [statement for statement in question.statements if statement.is_share]


def _telling(fits: Iterable[tuple[Statement, range]]) -> tuple[tuple[Published, range], ...]:
    """Return the figures that say something: 0 % and 100 % fit every n."""
    return tuple(
        (statement.figure, counts)
        for statement, counts in fits
        if statement.figure.percent not in {0, 100}
    )


def _explained(kind: str, facts: Mapping[str, object], tried: _Tried, cost: int) -> Explanation:
    return Explanation(kind, facts, _telling(tried.fits), tried.open, tried.breaks, cost)


def _blanks(question: Question, session: Sequence[Question]) -> Iterator[Explanation]:
    """Try a smaller n: some left this question blank; up to a third of them."""
    n = question.n or 0
    elsewhere = sum(len(impossible(other)) for other in session if other is not question)
    for blanks in range(1, n // 3 + 1):
        tried = _try([question], n - blanks)
        if tried.open < len(impossible(question)):
            explained = _explained("blanks", {"n": n - blanks, "blanks": blanks}, tried, blanks)
            yield replace(explained, open=explained.open + elsewhere)


def _pooled(session: Sequence[Question]) -> Iterator[Explanation]:
    """Count several questions together, with some blanks: all of the session's figures so."""
    people = {question.n for question in session}
    n = people.pop()
    if people or not n:
        return
    wrong = sum(len(impossible(question)) for question in session)
    for items in POOLED:
        for blanks in range(min(2 * items, n)):
            tried = _try(session, items * n - blanks)
            if tried.open < wrong:
                facts = {"n": items * n - blanks, "items": items, "blanks": blanks}
                yield _explained("pooled", facts, tried, items + blanks)


def _rounding(session: Sequence[Question], report: Sequence[Question]) -> Iterator[Explanation]:
    """Try another rounding, which the whole report must then have."""
    wrong = sum(len(impossible(question)) for question in session)
    for rounding in OTHER_ROUNDINGS:
        tried = _try(session, _own(session), rounding)
        if tried.open < wrong:
            facts = {"rounding": rounding, "n": session[0].n}
            yield replace(
                _explained("rounding", facts, tried, COST["rounding"]),
                breaks=_broken(report, rounding),
            )


def _broken(report: Sequence[Question], rounding: str) -> int:
    """Return how many figures of the report another rounding would make impossible."""
    return sum(
        bool(statement.counts(statement.n)) and not statement.counts(statement.n, rounding)
        for question in report
        for statement in _shares(question)
        if statement.n is not None
    )


def _own(session: Sequence[Question]) -> Mapping[str, int]:
    return {question.item: question.n or 0 for question in session}


def _labels(session: Sequence[Question]) -> Iterator[Explanation]:
    """Add up the rounded shares of single levels: the sum is not the rounded sum."""
    fits: list[tuple[Statement, range]] = []
    open_ = 0
    for question in session:
        for statement in impossible(question):
            if sums := added(statement, question.n or 0):
                fits.append((statement, sums))
            else:
                open_ += 1
    if fits:
        n = session[0].n
        yield Explanation("labels", {"n": n}, _telling(fits), open_, 0, COST["labels"])


def _neighbours(session: Sequence[Question], report: Sequence[Question]) -> Iterator[Explanation]:
    """Try the n of another session of the report."""
    wrong = sum(len(impossible(question)) for question in session)
    ns: dict[int, str] = {}
    for question in report:
        if question.n and question.session_id != session[0].session_id:
            ns.setdefault(question.n, question.session_id)
    for n, session_id in ns.items():
        if n == session[0].n:
            continue
        tried = _try(session, n)
        if tried.open < wrong:
            yield _explained("neighbour", {"n": n, "session": session_id}, tried, COST["neighbour"])
