"""From Scores to HTML tables and cards.

集計から表を作ります。``cards`` と ``distribution``（数え方）は1回分です。

All sessions: ``summary``, ``comparison`` and ``rules`` (数え方を並べる).
What they return shows itself in a notebook; counts are respondents (人), percentages are of the
valid answers, rounded once. They raise NotAskedError and FigureError as each says.

>>> import dxeval as dx
>>> workspace = dx.Workspace.find()
>>> session = workspace.session("bpr-1")
>>> scores = workspace.score(session, workspace.responses(session))
>>> "数える" in str(dx.tables.distribution(scores, workspace.survey).html)
True
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from dxeval.definitions.item import Item
from dxeval.definitions.kinds import kind_of
from dxeval.definitions.programme import (
    Programme,
    ProgrammeFile,
    Session,
    date_text,
    session_label,
)
from dxeval.definitions.published import Published
from dxeval.definitions.questions import Scale
from dxeval.definitions.survey import Survey
from dxeval.errors import NotAskedError
from dxeval.presenting import asked_words, number_words, wording
from dxeval.presenting.audited import audit
from dxeval.presenting.charts import compared_rows
from dxeval.presenting.figures_file import WORKBOOK
from dxeval.presenting.glance import kept_item
from dxeval.presenting.html import Fragment, render
from dxeval.presenting.possible import kept_of, only_published
from dxeval.presenting.published import published
from dxeval.presenting.rules_beside import rules
from dxeval.presenting.shown import Line, Row, Table, card, shown
from dxeval.presenting.side_by_side import few_notes
from dxeval.presenting.splitting import parts
from dxeval.scoring.across import ItemAcross, items_across, shared_and_own, totals
from dxeval.scoring.audit import Known
from dxeval.scoring.crosstab import Crosstab
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.kept import Kept
from dxeval.scoring.ledger import ledger
from dxeval.scoring.score import Scores

__all__ = [
    "audit",
    "cards",
    "comparison",
    "crosstab",
    "distribution",
    "published",
    "rules",
    "summary",
]

MOST_SHARES = 6
"""Columns of shares of a summary table, so many as are read without scrolling, on paper too."""

SummaryRow = tuple[Session, str, list[Kept | None]]
"""A session, its date in words, and its figures along the columns; None: not asked."""


class Part(NamedTuple):
    """One table: caption, items, columns with their kind, and the rows by programme."""

    caption: str
    items: list[str]
    columns: list[tuple[str | Fragment, str]]
    groups: list[tuple[Programme, list[SummaryRow]]]


def cards(session: Session, scores: Scores) -> Fragment:
    """Return the favourable shares at a glance, and how many answered."""
    if not scores.n_respondents:
        return Fragment()
    found = [(score, card(score)) for score in scores]
    return render(
        "cards",
        cards=[(score, there) for score, there in found if there],
        not_asked=scores.not_asked,
        response=wording.response_text(scores, session),
    )


def distribution(scores: Scores, survey: Survey, session: Session | None = None) -> Fragment:
    """Return how the figures are counted. The numbers themselves stand under each chart.

    With its ``session`` also who was invited, came and answered, what became of the export's rows,
    and the least and greatest shares where some did not answer.
    """
    if not scores.n_respondents:
        return Fragment()
    rules = [
        *dict.fromkeys(note for score in scores for note in shown(score).notes),
        *asked_words.not_asked_notes(scores),
        *asked_words.respelt_notes([(scores.session_id, scores)]),
        *(wording.ledger_notes(ledger(session, scores)) if session else []),
    ]
    return render("rules", rules=rules) if rules else Fragment()


def summary(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
    survey: Survey,
    published: Sequence[Published] = (),
) -> Fragment:
    """Return the summary table: each session with its favourable shares, and the totals.

    A session of which only ``published`` figures are known has the ranges that these leave.
    Items that one programme alone was asked have a table of their own; an item that a session was
    not asked is 質問なし. Raises NotAskedError for an item of which a session knows nothing,
    FigureError if sessions were asked it differently.
    """
    if not sessions:
        return Fragment()
    shared, own = shared_and_own(sessions, scores)
    total = totals(sessions, scores)
    only = only_published(sessions, scores, published)

    def tables(items: Sequence[ItemAcross], held: Sequence[Session], of: str = "") -> list[Part]:
        seen = [item for item in items if any(map(card, item.scores.values()))]
        if not seen:
            return [part(seen, held, of)]
        ends = [*parts(len(seen), MOST_SHARES)]
        which = wording.table_numbers(len(ends))
        return [
            part(seen[first:last], held, of, number)
            for (first, last), number in zip(ends, which, strict=True)
        ]

    def part(
        seen: Sequence[ItemAcross], held: Sequence[Session], of: str, number: str = ""
    ) -> Part:
        names = [item.item.name for item in seen]
        facts = [("開催内容", ""), ("開催日", "broad"), ("受講者数", "broad")]
        heads = [render("head", name=found.item.name, mixed=found.is_mixed) for found in seen]
        columns: list[tuple[str | Fragment, str]] = [*facts, *((head, "") for head in heads)]
        cards = [
            found for across in seen for score in across.scores.values() if (found := card(score))
        ]
        caption = wording.summary_caption(
            shares=any(found.meter for found in cards) or not cards,
            medians=any(not found.meter for found in cards),
        )
        groups = list(_groups(held, scores, names, programme, only))
        return Part(f"{of}{caption}{number}", names, columns, groups)

    alone = []
    for programme_id, items in own.items():
        label = programme.programme(programme_id).label
        held = [session for session in sessions if session.programme == programme_id]
        alone.append((label, tables(items, held, f"{label}だけの設問の")))
    labelled = [(session_label(session, programme), scores[session.id]) for session in sessions]
    return render(
        "summary",
        shared=tables(shared, sessions),
        own=[(label, found) for label, found in alone if found[0].items],
        totals=total,
        rules=[
            wording.totals_note(total),
            *wording.only_published_notes(
                [label for label, found in labelled if found.session_id in only],
                everyone=any(left.everyone for found in only.values() for left in found.values()),
            ),
            *_definitions(survey.items),
            *number_words.quartile_notes(shared, *own.values()),
            *wording.reference_note(total.fewest, survey),
            *(
                wording.mixed_note(found.item.name)
                for found in (*shared, *(item for items in own.values() for item in items))
                if found.is_mixed
            ),
            *_own_rules(sessions, scores, programme),
            *asked_words.rewording_notes(labelled),
            *asked_words.variant_notes(survey.items),
            *asked_words.respelt_notes(labelled),
        ],
    )


def _definitions(items: Sequence[Item]) -> Iterator[str]:
    """Yield how items are counted, those that are counted alike together."""
    alike: dict[str, list[Item]] = {}
    for item in items:
        nameless = item.model_copy(update={"name": ""})
        alike.setdefault(kind_of(item).definition(nameless) or "", []).append(item)
    for said, found in alike.items():
        name = "、".join(item.name for item in found)
        if said:
            yield kind_of(found[0]).definition(found[0].model_copy(update={"name": name}))


def _groups(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    names: Sequence[str],
    programme: ProgrammeFile,
    only: Mapping[str, Mapping[str, Known]],
) -> Iterator[tuple[Programme, list[SummaryRow]]]:
    """Yield the sessions of one programme after the other, scores in the order of ``names``."""
    for programme_id, group in groupby(sessions, key=lambda session: session.programme):
        rows = [
            (
                session,
                date_text(session.date, year=False),
                [
                    _kept(score, only.get(session.id))
                    for score in (scores[session.id].get(name) for name in names)
                ],
            )
            for session in group
        ]
        yield programme.programme(programme_id), rows


def _kept(score: ItemScore | None, only: Mapping[str, Known] | None) -> Kept | None:
    if score is None or only is None:
        return None if score is None else kept_item(score)
    return kept_of(score, only.get(score.item.name))


def _own_rules(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> Iterator[str]:
    """Yield how the items are counted that some session counts by a rule of its own."""
    for session in sessions:
        for score in scores[session.id]:
            if score.reason:
                name = f"＊{session_label(session, programme)}の{score.item.name}"
                yield kind_of(score.item).rule(name, score.favourable, score.reason)


def crosstab(found: Crosstab) -> Fragment:
    """Return an item's figures group by group, and of all together: counts first, then shares.

    Only counts; a note says where a group is so small that one may tell whose answers these are.
    Raises NotAskedError if the item's kind has no counts.
    """
    rows = [Row("", label, score) for label, score in found.groups.items()]
    rows.append(Row("", "全体", found.together))
    across = ItemAcross(found.item, found.groups, found.by.name)
    shown_by = kind_of(found.item).compared(across, rows)
    if shown_by is None:
        raise NotAskedError(f"「{found.item.name}」には、分けて示せる数字がありません。")
    caption = f"{found.item.name}（{found.by.name}ごと）"
    table = _with_shares(caption, found, rows) if isinstance(found.item, Scale) else None
    notes = few_notes(found)
    return render("crosstab", caption=caption, picture=shown_by, table=table, notes=notes)


def _with_shares(caption: str, found: Crosstab, rows: Sequence[Row]) -> Table:
    """Return counts and row shares of ordered levels."""

    def cells(score: Distribution) -> Iterator[str]:
        for level, count in score:
            yield f"{count}人（{score.percent(level)}%）" if score.n_valid else "—"
        yield f"{score.n_valid}人"

    lines = [
        Line(label, False, [*cells(score)])
        for _, label, score in rows
        if isinstance(score, Distribution)
    ]
    return Table(caption, [found.by.name, *found.item.labels, "有効回答"], lines)


def comparison(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> Fragment:
    """Return the counts of every session, item and level, which the charts hold too.

    For notebooks that want them apart. An item's table has the sessions that were asked it.
    Raises as ``summary``.
    """
    answered = [session for session in sessions if scores[session.id].n_respondents]
    if not answered:
        return Fragment()
    tables = (
        kind_of(across.item).compared_table(
            across, compared_rows(across, answered, scores, programme)
        )
        for across in items_across([session.id for session in answered], scores)
    )
    there = [table for table in tables if table]
    return render("comparison", tables=there, workbook=WORKBOOK) if there else Fragment()
