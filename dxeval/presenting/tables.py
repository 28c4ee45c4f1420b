"""From Scores to HTML tables and cards."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from dxeval.definitions.programme import (
    Programme,
    ProgrammeFile,
    Session,
    date_text,
    session_label,
)
from dxeval.definitions.survey import Survey
from dxeval.presenting import wording
from dxeval.presenting.figures_file import WORKBOOK
from dxeval.presenting.html import Fragment, render
from dxeval.presenting.published import published
from dxeval.scoring.across import items_across, totals
from dxeval.scoring.score import ItemScore, Scores

__all__ = ["cards", "comparison", "distribution", "published", "summary"]

Row = tuple[Session, str, list[ItemScore]]
"""A session, its date in words, and its scores along the table's columns."""


def cards(session: Session, scores: Scores) -> Fragment:
    """Return the favourable shares at a glance, and how many answered."""
    if not scores.n_respondents:
        return Fragment()
    return render("cards", scores=scores, response=wording.response_text(scores, session))


def distribution(scores: Scores, survey: Survey) -> Fragment:
    """Return the numbers of every chart as tables, every level named, and how they are counted."""
    if not scores.n_respondents:
        return Fragment()
    rules = [
        wording.rule_note(
            f"＊この回の{score.item.name}" if score.reason else score.item.name,
            score.favourable,
            score.reason,
        )
        for score in scores
    ]
    caution = wording.reference_note(scores.valid_range[0], survey)
    return render("distribution", scores=scores, rules=[*rules, *caution])


def summary(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
    survey: Survey,
) -> Fragment:
    """Return the summary table: each session with its favourable shares, and the totals.

    Raises NotAskedError unless all sessions were asked the same items, FigureError if not alike.
    """
    if not sessions:
        return Fragment()
    asked = items_across([session.id for session in sessions], scores)
    names = [across.item.name for across in asked]
    broad = [("開催日", "broad"), ("受講者数", "broad")]
    total = totals(sessions, scores)
    return render(
        "summary",
        items=names,
        columns=[("開催内容", ""), *broad, *((name, "") for name in names)],
        groups=list(_groups(sessions, scores, names, programme)),
        totals=total,
        rules=[
            wording.totals_note(total),
            *(wording.rule_note(item.name, item.favourable) for item in survey.items),
            *wording.reference_note(total.fewest, survey),
            *_own_rules(sessions, scores, programme),
        ],
    )


def _groups(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    names: Sequence[str],
    programme: ProgrammeFile,
) -> Iterator[tuple[Programme, list[Row]]]:
    """Yield the sessions of one programme after the other, scores in the order of ``names``."""
    for programme_id, group in groupby(sessions, key=lambda session: session.programme):
        rows = [
            (
                session,
                date_text(session.date, year=False),
                [scores[session.id][name] for name in names],
            )
            for session in group
        ]
        yield programme.programme(programme_id), rows


def _own_rules(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> Iterator[str]:
    """Yield how the items are counted that some session counts by a rule of its own."""
    for session in sessions:
        for score in scores[session.id]:
            if score.reason:
                name = f"＊{session_label(session, programme)}の{score.item.name}"
                yield wording.rule_note(name, score.favourable, score.reason)


def comparison(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> Fragment:
    """Return the counts of every session, item and level: the charts' numbers.

    Raises NotAskedError unless all sessions were asked the same items, FigureError if not alike.
    """
    labels = {
        session.id: session_label(session, programme)
        for session in sessions
        if scores[session.id].n_respondents
    }
    if not labels:
        return Fragment()
    items = items_across(list(labels), scores)
    return render("comparison", items=items, labels=labels, workbook=WORKBOOK)
