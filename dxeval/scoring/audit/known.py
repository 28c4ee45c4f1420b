"""What published figures leave of a question whose answers are not at hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dxeval.definitions.published import Published
from dxeval.scoring.audit import joint
from dxeval.scoring.audit.finding import Finding, Kind
from dxeval.scoring.audit.question import Question
from dxeval.scoring.audit.questions import OTHERS, Context, questions, with_people
from dxeval.scoring.span import Span


@dataclass(frozen=True)
class Known:
    """What published figures leave of one question: of ``n`` people, so many distributions.

    ``ways`` is None where each may choose several levels. ``levels``: the least and the greatest
    count of each; empty where figures contradict each other, which ``against`` says. ``everyone``:
    ``n`` is how many came, as if all had answered.
    """

    n: int
    ways: int | None
    levels: Mapping[str, tuple[int, int]]
    everyone: bool = False
    figures: tuple[Published, ...] = ()
    against: tuple[Finding, ...] = ()
    _question: Question | None = field(default=None, repr=False, compare=False)

    def span(self, *levels: str) -> Span | None:
        """Return the least and greatest count of levels together; None if that is not known."""
        if not self.levels or not self.n or not levels or not {*levels} <= {*self.levels}:
            return None
        if len(levels) == 1:
            return Span(*self.levels[levels[0]], self.n)
        ends = self._question.extremes(levels, self.n) if self._question and self.ways else None
        return Span(*ends, self.n) if ends else None


def ranges(
    figures: Sequence[Published], context: Context | None = None
) -> dict[tuple[str, str], Known]:
    """Return what the figures leave of each question (session, item) whose n is known.

    Whether a legend shows only levels that were chosen is told by the legends of this session
    alone, so that its own page, which has no other figures, says the same of it as any other.
    """
    report = questions(figures, with_people(figures, context or Context()))
    varying = {q.session_id for q in report if q.legend and {*q.legend.levels} != {*q.levels}}
    return {
        (question.session_id, question.item): _known(
            replace(question, only_chosen=question.session_id in varying), question.n
        )
        for question in report
        if question.n is not None
    }


def _known(question: Question, n: int) -> Known:
    figures = tuple(figure for said in question.statements for figure in said.figures)
    against = tuple(_against(question))
    assumed = question.assumes(question.statements)
    if against:
        return Known(n, None if question.several else 0, {}, assumed, figures, against)
    if question.several:
        return Known(n, None, dict(_each(question, n)), assumed, figures)
    left = question.left(n)
    levels = dict(zip(question.levels, left.levels, strict=False))
    return Known(n, left.ways, levels, assumed, figures, (), question)


def _each(question: Question, n: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the ends of each level of which a person may choose several: others say nothing."""
    for level in question.levels:
        if level == OTHERS:
            continue
        said = [s.counts(n) for s in question.statements if s.is_share and s.levels == {level}]
        few = max((each[0] for each in said), default=0)
        many = min((each[-1] for each in said), default=n)
        if few <= many:
            yield level, (few, many)


def _against(question: Question) -> Iterator[Finding]:
    """Yield why no distribution is left, without what would explain it."""
    wrong = joint.impossible(question)
    for statement in wrong:
        told = {"n": statement.n, "nearest": joint.nearest(statement)}
        everyone = question.assumes([statement])
        yield Finding(Kind.IMPOSSIBLE, statement.figures, {**told, "everyone": everyone})
    for finding in joint.contradictions(question, wrong):
        facts = {**finding.facts, "everyone": question.assumes(question.statements)}
        yield Finding(finding.kind, finding.figures, facts)
    yield from joint.two_ns(question)
