"""The evidence of the review: whether what it cites is there, and what it states holds."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from dxeval.definitions.decision import bare
from dxeval.definitions.evidence import Evidence
from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.presenting.proof_words import no_answers_text, not_holding_text, not_quoted_text
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.responses import not_quoted
from dxeval.scoring.evidence import cited, in_scope
from dxeval.scoring.score import Scores

FILE = "data/programme.yaml"


def evidence_problems(
    programme: ProgrammeFile,
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    left_out: Collection[str] = (),
) -> Iterator[Problem]:
    """Yield what the review cites that is not there or does not hold.

    ``sessions`` are those of which there are ``scores``; of those ``left_out``, by id,
    nothing is known, so what may rest on them is not held.
    """
    for place, point in programme.review.points.items():
        for number, evidence in enumerate(point.evidence):
            where = f"{place}.{point.place(number)}"
            if evidence.comments:
                yield from _comments(evidence, where, sessions)
            elif not left_out or (evidence.session and evidence.session in scores):
                yield from _figure(evidence, where, sessions, scores)


def _comments(evidence: Evidence, where: str, sessions: Sequence[Session]) -> Iterator[Problem]:
    """Yield the comments that the session does not show; what they say stays unsaid."""
    for session in sessions:
        if session.id == evidence.session:
            for place in not_quoted(evidence.comments, [bare(text) for text in session.comments]):
                column = f"{where}.comments[{place + 1}]"
                message, expected = not_quoted_text(session, evidence.comments[place])
                kind = ProblemKind.WRONG_EVIDENCE
                yield Problem(kind, FILE, message, column=column, expected=expected)


def _figure(
    evidence: Evidence, where: str, sessions: Sequence[Session], scores: Mapping[str, Scores]
) -> Iterator[Problem]:
    figure = cited(evidence, sessions, scores)
    if figure is None:
        if in_scope(evidence, sessions) or evidence.session in scores:
            ours = [s.id for s in sessions if scores[s.id].get(evidence.item or "") is not None]
            yield Problem(
                ProblemKind.WRONG_EVIDENCE,
                FILE,
                "evidence が指す設問は、その回や事業では尋ねていないか、回と事業が合いません",
                column=where,
                value=evidence.item,
                expected=f"尋ねた回：{'、'.join(ours)}" if ours else None,
            )
        return
    for key in figure.failing(evidence):
        message = not_holding_text(figure, key) if figure.n else no_answers_text(figure)
        yield Problem(
            ProblemKind.EVIDENCE_VALUE,
            FILE,
            message,
            column=f"{where}.{key}",
            value=evidence.stated[key],
            expected="文を見直して値を直す（値の行を消せば、計算した値だけが文の横に出る）",
        )
