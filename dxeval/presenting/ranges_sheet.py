"""What published figures leave of sessions without answers, as a sheet: a row a level."""

from collections.abc import Iterator, Mapping, Sequence

from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.published import Published
from dxeval.presenting import audit_words
from dxeval.presenting.figure_sheets import FACTS, REMARKS, facts, remarks
from dxeval.presenting.possible import only_published
from dxeval.presenting.workbook import Cell, Column, Sheet
from dxeval.scoring.audit import Known
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.score import Scores

RANGES = "公表値からの範囲"
TOGETHER = "（肯定的回答）"
EXACT = 1_000_000_000_000_000
"""More distributions than these are no whole number in a spreadsheet."""


def ranges(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
    published: Sequence[Published],
) -> Sheet | None:
    """Return the least and greatest count of each level; None if all sessions have answers."""
    only = only_published(sessions, scores, published)
    rows = [
        [*facts(session, programme), *row, remarks(session, said)]
        for session in sessions
        if session.id in only
        for score in scores[session.id]
        if score.item.name in only[session.id]
        for row, said in _rows(score, only[session.id][score.item.name])
    ]
    columns = [
        *FACTS,
        Column("設問"),
        Column("選択肢"),
        *(Column(head, "whole") for head in ("何人中", "最少の人数", "最多の人数")),
        *(Column(head, "share") for head in ("最少の割合", "最多の割合")),
        Column("残る分け方", "whole"),
        REMARKS,
    ]
    says = "回答が手もとにない回：公表された値からありうる、選択肢ごとの最少と最多の人数"
    return Sheet(RANGES, says, columns, rows) if rows else None


def _rows(score: ItemScore, left: Known) -> Iterator[tuple[list[Cell], list[str]]]:
    """Yield the cells of each level and of the favourable ones, and what is to be said of them."""
    name = score.item.name
    said = ["参加者全員が答えたとしたとき。"] if left.everyone else []
    ways = left.ways if left.ways and left.ways < EXACT else None
    if left.against:
        why = [audit_words.against(finding) for finding in left.against]
        yield [name, "", left.n, None, None, None, None, 0], [*why, *said]
        return
    labels = [(label, left.span(label)) for label in score.item.labels]
    for label, span in [*labels, (TOGETHER, left.span(*score.favourable))]:
        if span is not None:
            yield [name, label, span.n, span.few, span.many, *span.shares, ways], said
