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

from dxeval.definitions.kinds import kind_of
from dxeval.definitions.programme import (
    ProgrammeFile,
    Session,
)
from dxeval.definitions.questions import Scale
from dxeval.definitions.survey import Survey
from dxeval.errors import NotAskedError
from dxeval.presenting import asked_words, wording
from dxeval.presenting.audited import audit
from dxeval.presenting.charts import compared_rows
from dxeval.presenting.figures_file import WORKBOOK
from dxeval.presenting.html import Fragment, render
from dxeval.presenting.published import published
from dxeval.presenting.rules_beside import rules
from dxeval.presenting.shown import Line, Row, Table, card, shown
from dxeval.presenting.side_by_side import few_notes
from dxeval.presenting.summary_table import summary
from dxeval.scoring.across import ItemAcross, items_across
from dxeval.scoring.crosstab import Crosstab
from dxeval.scoring.distribution import Distribution
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
