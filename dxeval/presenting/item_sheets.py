"""From Scores to a sheet an item: sessions down, labels across, and what is charted of it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.questions import Scale
from dxeval.presenting import wording
from dxeval.presenting.colours import ink_on, level_colours, outline
from dxeval.presenting.figure_sheets import (
    FACTS,
    REMARKS,
    concerns,
    facts,
    favourable,
    favourable_text,
    marked,
    own_rule,
    remarks,
)
from dxeval.presenting.workbook import Cell, Column, Sheet
from dxeval.presenting.workbook_charts import Plot, Series
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.score import Scores
from dxeval.scoring.selections import Selections

MOST_LABELS = 12
"""Labels that can still be told apart in a chart and read side by side."""

Counted = Distribution | Selections
Labelled = tuple[str, ItemScore | None]
"""A session's label and its score; None: not asked."""
Told = Callable[[ItemScore | None], str]


def has_sheet(across: ItemAcross) -> bool:
    """Whether an item has labels that can stand side by side."""
    counted = all(isinstance(score, Counted) for score in across.scores.values())
    return counted and len(across.item.labels) <= MOST_LABELS


def item_sheet(
    name: str,
    across: ItemAcross,
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
) -> tuple[Sheet, Plot]:
    """Return the sheet of that name of an item, and what is charted of it."""
    item, labels = across.item, across.item.labels
    there = [session for session in sessions if concerns(session.id, across, scores)]
    found = [across.scores.get(session.id) for session in there]
    several = any(isinstance(score, Selections) for score in found)
    columns = [*FACTS, Column("有効回答", "whole"), Column("無回答", "whole")]
    groups = [(f"{item.name}：{item.question}", len(columns))]
    first = len(columns)
    columns.extend([Column(label, "whole") for label in labels])
    groups.append(("人数", len(labels)))
    columns.extend([Column(label, "share", bars=not isinstance(item, Scale)) for label in labels])
    groups.append((f"割合{'（いくつでも）' if several else ''}", len(labels)))
    share = None
    if across.is_favourable:
        columns.append(Column("人数", "whole"))
        share = len(columns)
        columns.append(Column("割合", "share"))
        groups.append((marked(across, "肯定的回答"), 2))
    rows = [
        [
            *_facts(session, score, programme),
            *_figures(score, len(labels)),
            *(favourable(score) if across.is_favourable else ()),
            remarks(session, own_rule(score) if score else ()),
        ]
        for session, score in zip(there, found, strict=True)
    ]
    columns.append(REMARKS)
    groups.append(("", 1))
    says = f"設問「{item.name}」：1回に1行、選択肢ごとの人数と割合"
    sheet = Sheet(name, says, columns, rows, groups)
    said = [(str(row[1]), score) for row, score in zip(rows, found, strict=True)]
    return sheet, Plot(
        item.name,
        sheet,
        _series(across, first),
        share,
        partial(_say, f"{item.name}の回ごとの内訳", _counts_text, said),
        partial(_say, marked(across, f"{item.name}の肯定的回答の割合"), favourable_text, said),
        across.is_mixed,
    )


def _facts(session: Session, score: ItemScore | None, programme: ProgrammeFile) -> list[Cell]:
    """Return the first cells; the session's label, which stands in charts, says what is missing."""
    name, label, *rest = facts(session, programme)
    if score is None:
        return [name, f"{label}（{wording.NOT_ASKED}）", *rest, None, None]
    note = "" if score.n_valid else f"（{wording.NO_ANSWERS}）"
    return [name, f"{label}{note}", *rest, score.n_valid, score.n_missing]


def _figures(score: ItemScore | None, labels: int) -> list[Cell]:
    """Return the count of each label, then the share of each; blank if not asked."""
    if not isinstance(score, Counted):
        return [None for _ in range(labels) for _ in "人割"]
    return [*(number for _, number in score), *(score.share(label) for label, _ in score)]


def _series(across: ItemAcross, first: int) -> list[Series]:
    """Return the levels that somebody chose, as they are coloured on the pages."""
    if not isinstance(across.item, Scale):
        return []
    colours = level_colours(across.item)
    return [
        Series(place, colours[level], outline(colours[level]), ink_on(colours[level]))
        for place, (level, chosen) in enumerate(across.counts.items(), start=first)
        if chosen
    ]


def _say(what: str, told: Told, rows: Sequence[Labelled], first: int, last: int) -> str:
    """Return what a chart of some of the rows shows, for those who do not see it."""
    parts = "、".join(f"{label}は{told(score)}" for label, score in rows[first:last])
    return f"{what}：{parts}。"


def _counts_text(score: ItemScore | None) -> str:
    if not isinstance(score, Counted):
        return wording.NOT_ASKED
    return wording.counts_text(score) or wording.NO_ANSWERS
