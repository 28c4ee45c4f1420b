"""The audit: published figures, and nothing else, held against arithmetic and each other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dxeval.definitions.published import Published
from dxeval.scoring.audit import columns, facts, joint
from dxeval.scoring.audit.explaining import explanations
from dxeval.scoring.audit.finding import Finding, Kind
from dxeval.scoring.audit.question import Question, Statement
from dxeval.scoring.audit.questions import Context, questions, with_people
from dxeval.scoring.audit.reconciling import averaged, reconciled


def audit(
    figures: Sequence[Published],
    context: Context | None = None,
    programmes: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Return everything that does not fit among published figures, and what is worth a look.

    How many people could answer is taken from each figure's own n, or from what is stated of its
    session (responded, attended), or from ``context.people``. Nothing is guessed: a figure of
    which no n is known is held against the others as a share.
    """
    known = with_people(figures, context or Context())
    report = questions(figures, known)
    findings: list[Finding] = []
    for session in _by(report, "session_id").values():
        for question in session:
            findings += _of_question(question, session, report)
    for column in _by(report, "item").values():
        findings += columns.mixed_rules(column)
    findings += _of_several(figures, report)
    findings += facts.of_sessions(figures, known.people, programmes or {})
    return findings


def _by(report: Sequence[Question], name: str) -> Mapping[str, list[Question]]:
    found: dict[str, list[Question]] = defaultdict(list)
    for question in report:
        found[getattr(question, name)].append(question)
    return found


def _of_question(
    question: Question, session: Sequence[Question], report: Sequence[Question]
) -> Iterator[Finding]:
    wrong = joint.impossible(question)
    for statement in wrong:
        why = explanations(statement, question, session, report)
        everyone = question.assumes([statement])
        told = {"n": statement.n, "nearest": joint.nearest(statement), "everyone": everyone}
        yield Finding(Kind.IMPOSSIBLE, statement.figures, told, why)
    for finding in joint.contradictions(question, wrong):
        lines = {figure.line for figure in finding.figures}
        together = [s for s in question.statements if s.figure.line in lines]
        n = question.n if finding.facts["n"] is not None else None
        why = reconciled(together, question, report, n) if n else ()
        everyone = n is not None and question.assumes(together)
        together_facts = {**finding.facts, "everyone": everyone}
        yield replace(finding, facts=together_facts, explanations=why)
    yield from joint.legend_lacks(question)
    yield from joint.two_ns(question)
    if not wrong:
        yield from joint.unmentioned(question)
        yield from joint.one_person(question)


def _of_several(figures: Sequence[Published], report: Sequence[Question]) -> Iterator[Finding]:
    """Hold figures of several sessions together against those of each."""
    for figure in figures:
        if len(figure.session_ids) < 2 or not figure.item:
            continue
        parts = [
            (question, statement)
            for question in report
            if question.item == figure.item and question.session_id in figure.session_ids
            for statement in question.statements
            if statement.figure.percent is not None and _same_rule(figure, question, statement)
        ]
        finding = joint.total(figure, parts) if len(parts) == len(figure.session_ids) else None
        if finding is not None:
            yield replace(finding, explanations=averaged(figure, [s for _, s in parts]))


def _same_rule(figure: Published, question: Question, statement: Statement) -> bool:
    if figure.levels:
        return statement.levels == frozenset(figure.levels)
    return any(f.where == "table" for f in statement.figures)
