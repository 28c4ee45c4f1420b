"""From Scores to HTML tables and cards."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

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
from dxeval.scoring.across import ItemAcross, items_across, shared_and_own, totals
from dxeval.scoring.score import ItemScore, Scores

__all__ = ["cards", "comparison", "distribution", "published", "summary"]

Row = tuple[Session, str, list[ItemScore | None]]
"""A session, its date in words, and its scores along the table's columns; None: not asked."""


class Part(NamedTuple):
    """One table of shares: its items, its columns with their kind, and the rows by programme."""

    items: list[str]
    columns: list[tuple[str, str]]
    groups: list[tuple[Programme, list[Row]]]


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

    Items that one programme alone was asked have a table of their own; an item that a session was
    not asked is 質問なし. Raises NotAskedError for an item of which a session knows nothing,
    FigureError if sessions were asked it differently.
    """
    if not sessions:
        return Fragment()
    shared, own = shared_and_own(sessions, scores)
    total = totals(sessions, scores)

    def part(items: Sequence[ItemAcross], shown: Sequence[Session]) -> Part:
        names = [across.item.name for across in items]
        facts = [("開催内容", ""), ("開催日", "broad"), ("受講者数", "broad")]
        columns = [*facts, *((name, "") for name in names)]
        return Part(names, columns, list(_groups(shown, scores, names, programme)))

    return render(
        "summary",
        shared=part(shared, sessions),
        own=[
            part(items, [session for session in sessions if session.programme == programme_id])
            for programme_id, items in own.items()
        ],
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
                [scores[session.id].get(name) for name in names],
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

    An item's table has the sessions that were asked it. Raises as ``summary``.
    """
    labels = {
        session.id: session_label(session, programme)
        for session in sessions
        if scores[session.id].n_respondents
    }
    if not labels:
        return Fragment()
    items = [
        (
            across,
            [
                (label, across.scores.get(session_id))
                for session_id, label in labels.items()
                if session_id in across.scores or across.item.name in scores[session_id].not_asked
            ],
        )
        for across in items_across(list(labels), scores)
    ]
    return render("comparison", items=items, workbook=WORKBOOK)
