"""What the audit finds among published figures, as a page: findings, possible counts, checks."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dxeval.definitions.programme import ProgrammeFile, Session, session_label
from dxeval.definitions.published import Published
from dxeval.definitions.survey import Survey
from dxeval.presenting import audit_words, wording
from dxeval.presenting.html import Fragment, render
from dxeval.scoring.audit import Finding, Known, declared, possible_counts, ranges
from dxeval.scoring.audit import audit as find


class Told(NamedTuple):
    """A finding in words: heading, sentence, the figures as printed, what would explain them."""

    heading: str
    sentence: str
    figures: str
    explanations: list[str]


class Shown(NamedTuple):
    """A figure of the table: as printed, the counts it can stand for, whether there are any."""

    percent: str
    counts: str
    possible: bool


def audit(
    figures: Sequence[Published],
    sessions: Sequence[Session],
    programme: ProgrammeFile,
    survey: Survey,
) -> Fragment:
    """Return what does not fit among published figures, without a look at answers.

    The findings with what would explain them, the table's figures with their possible counts, and
    what was looked for. Who may be recognised by a figure is not said on a page: ``dxeval audit``
    says it to the analyst.
    """
    names = _names(sessions, programme)
    own = [
        figure.model_copy(update={"session_id": ";".join(names[s] for s in figure.session_ids)})
        for figure in figures
        if {*figure.session_ids} <= {*names}
    ]
    called = [session.model_copy(update={"id": names[session.id]}) for session in sessions]
    context = declared.context(survey, called)
    every = find(own, context, {session.id: session.programme for session in called})
    findings = [finding for finding in every if finding.kind in audit_words.CHECKED]
    items = list(dict.fromkeys(f.item for f in own if _in_table(f)))
    return render(
        "audited",
        figures=len(own),
        sessions=len({session for figure in own for session in figure.session_ids}),
        contradictions=list(_told([f for f in findings if f.contradicts])),
        others=list(_told([f for f in findings if not f.contradicts])),
        items=items,
        rows=list(_rows(own, called, items, ranges(own, context))),
        checks=_checks(findings),
    )


def _names(sessions: Sequence[Session], programme: ProgrammeFile) -> dict[str, str]:
    """Return what sessions are called; those that are called alike have their id beside it."""
    labels = {session.id: session_label(session, programme) for session in sessions}
    alike = Counter(labels.values())
    return {
        session_id: f"{label}（{session_id}）" if alike[label] > 1 else label
        for session_id, label in labels.items()
    }


def _told(findings: Sequence[Finding]) -> Iterator[Told]:
    """Yield findings in words, an explanation in full where it first stands."""
    said: set[str] = set()
    for finding in findings:
        yield Told(
            audit_words.heading(finding),
            audit_words.sentence(finding),
            "、".join(dict.fromkeys(audit_words.as_printed(f) for f in finding.figures)),
            list(audit_words.explanations_text(finding, said)),
        )


def _in_table(figure: Published) -> bool:
    single = len(figure.session_ids) == 1
    return figure.where == "table" and single and figure.percent is not None


def _rows(
    figures: Sequence[Published],
    sessions: Sequence[Session],
    items: Sequence[str],
    known: Mapping[tuple[str, str], Known],
) -> Iterator[tuple[str, list[list[Shown]]]]:
    """Yield each session with its figures of the table, item by item."""
    for session in sessions:
        own = [f for f in figures if f.session_id == session.id and _in_table(f)]
        if own:
            cells = [[_shown(f, known) for f in own if f.item == item] for item in items]
            yield session.id, cells


def _shown(figure: Published, known: Mapping[tuple[str, str], Known]) -> Shown:
    left = known.get((figure.session_id, figure.item))
    levels = wording.quoted(figure.levels)
    if figure.percent is None or left is None:
        return Shown(f"{levels}{figure.percent}%", "人数不明", True)
    n = figure.n if figure.n is not None else left.n
    counts = possible_counts(figure.percent, n, figure.rounding or "half-up")
    text = wording.possible_text(counts, n) if counts else f"{n}人からは得られない"
    return Shown(f"{levels}{figure.percent}%", text, bool(counts))


def _checks(findings: Sequence[Finding]) -> list[tuple[str, str, int]]:
    """Return what was looked for, by what, and how often it was found."""
    found = Counter(finding.kind for finding in findings)
    return [
        (audit_words.WHAT[kind], said, found[kind]) for kind, said in audit_words.CHECKED.items()
    ]
