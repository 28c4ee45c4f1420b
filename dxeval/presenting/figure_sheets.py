"""From Scores to the sheets of the workbook that hold every session: a row a session, item, label.

Values are exact, for Excel to show; what was not asked is blank and said to be 質問なし.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dxeval.definitions.kinds import kind_of
from dxeval.definitions.programme import ProgrammeFile, Session, session_label
from dxeval.presenting import wording
from dxeval.presenting.workbook import Cell, Column, Sheet
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.ledger import ItemLedger, ledger
from dxeval.scoring.score import Scores
from dxeval.scoring.values import NAMES

SUMMARY, ITEMS, COUNTS = "実施結果サマリ", "設問ごとの結果", "選択肢ごとの人数"
SIMULATED = "模擬データ"
FACTS = (
    Column("回のID"),
    Column("回"),
    Column("事業"),
    Column("開催内容"),
    Column("開催日", "date"),
)
REMARKS = Column("備考")
OPEN = (
    *("無回答が皆否定なら", "無回答が皆肯定なら"),
    *("回答のない参加者も皆否定なら", "回答のない参加者も皆肯定なら"),
)
"""Heads of the least and greatest favourable shares where some did not answer."""


def facts(session: Session, programme: ProgrammeFile) -> list[Cell]:
    """Return the cells of FACTS."""
    label = session_label(session, programme)
    of = programme.programme(session.programme).label
    return [session.id, label, of, session.heading, session.date]


def remarks(session: Session, notes: Iterable[str] = ()) -> str:
    """Return what is to be said of a row: made-up answers first."""
    return "　".join([*([SIMULATED] if session.simulated else []), *notes])


def rule_text(score: ItemScore) -> str:
    """Return which labels a session counts as favourable, and why if by a rule of its own."""
    why = f"（この回だけ：{score.reason}）" if score.reason else ""
    return f"{wording.quoted(score.favourable)}{why}" if score.favourable else ""


def own_rule(score: ItemScore) -> list[str]:
    """Return how a session counts an item that it counts by a rule of its own."""
    if not score.reason:
        return []
    return [kind_of(score.item).rule(score.item.name, score.favourable, score.reason)]


def summary(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    items: Sequence[ItemAcross],
    programme: ProgrammeFile,
) -> Sheet:
    """Return a row a session: who came, who answered, and each favourable share."""
    heads = [
        column
        for _ in items
        for column in (
            Column("割合", "share"),
            Column("肯定的回答", "whole"),
            Column("有効回答", "whole"),
        )
    ]

    def row(session: Session) -> list[Cell]:
        own = scores[session.id]
        cells: list[Cell] = []
        arrived = own.has_arrived
        notes: list[str] = [] if arrived else [wording.NO_EXPORT]
        for found in items:
            name, score = found.item.name, found.scores.get(session.id)
            if score is None:
                cells.extend([None, None, None])
                notes.append(f"{name}は{wording.NOT_ASKED}。")
                continue
            number, share = favourable(score)
            cells.extend([share, number, score.n_valid] if arrived else [None, None, None])
            notes.extend(own_rule(score))
        target = programme.programme(session.programme).target
        facing: list[Cell] = [
            target or "",
            session.attendees,
            own.n_respondents if arrived else None,
        ]
        return [*facts(session, programme), *facing, *cells, remarks(session, notes)]

    people = (Column("対象", "brief"), Column("受講者数", "whole"), Column("回答者数", "whole"))
    says = "回ごとの受講者数、回答者数と、設問ごとの肯定的回答の割合"
    columns = [*FACTS, *people, *heads, REMARKS]
    groups = [("開催", len((*FACTS, *people))), *((marked(found), 3) for found in items), ("", 1)]
    return Sheet(SUMMARY, says, columns, [*map(row, sessions)], groups)


def marked(across: ItemAcross, name: str = "") -> str:
    """Return an item's name, or another, with the mark of shares not counted by one rule."""
    mark = f"（{wording.MIXED}）" if across.is_mixed else ""
    return f"{name or across.item.name}{mark}"


def favourable(score: ItemScore | None) -> tuple[Cell, Cell]:
    """Return the number and the share of favourable answers; blank where there is no rule."""
    if score is None or not score.favourable:
        return None, None
    return score.favourable_count, score.favourable_share


def items(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    across: Sequence[ItemAcross],
    programme: ProgrammeFile,
) -> Sheet:
    """Return a row a session and item, those that were not asked too."""
    measured = any(score.measures() for found in across for score in found.scores.values())
    order = [*NAMES] if measured else []
    ledgers = {session.id: ledger(session, scores[session.id]) for session in sessions}
    lines = {
        session_id: {line.score.item.name: line for line in found.items}
        for session_id, found in ledgers.items()
    }
    heads = (
        OPEN if any(any(_open(line)) for found in lines.values() for line in found.values()) else ()
    )

    def row(session: Session, found: ItemAcross) -> list[Cell]:
        name, score = found.item.name, found.scores.get(session.id)
        if score is None:
            blank = [None for _ in (*order, *heads, *"123456")]
            said = remarks(session, [wording.NOT_ASKED])
            return [*facts(session, programme), name, *blank, said]
        measures = score.measures() or {}
        notes = [wording.MIXED] if found.is_mixed else []
        if not score.awaited:
            notes.append("自由記述（有効回答は記入した人数）")
        elif not score.n_valid:
            notes.append(wording.NO_ANSWERS)
        missing = score.n_missing if score.awaited else None
        return [
            *facts(session, programme),
            name,
            scores[session.id].n_respondents,
            score.n_valid,
            missing,
            *favourable(score),
            rule_text(score),
            *(_open(lines[session.id][name]) if heads else ()),
            *(measures.get(measure) for measure in order),
            remarks(session, notes),
        ]

    columns = [
        *FACTS,
        Column("設問"),
        *(Column(head, "whole") for head in ("回答者数", "有効回答", "無回答", "肯定的回答")),
        Column("割合", "share"),
        Column("数え方"),
        *(Column(head, "share") for head in heads),
        *(Column(NAMES[measure], "number") for measure in order),
        REMARKS,
    ]
    rows = [
        row(session, found)
        for session in sessions
        for found in across
        if concerns(session.id, found, scores)
    ]
    return Sheet(ITEMS, "回と設問ごとに1行：有効回答、無回答、肯定的回答の割合", columns, rows)


def _open(line: ItemLedger) -> list[Cell]:
    """Return the cells of OPEN: the ranges of the favourable share, blank where there are none."""
    return [
        share
        for found in (line.with_blanks, line.with_silent)
        for share in (found.shares if found else (None, None))
    ]


def concerns(session_id: str, across: ItemAcross, scores: Mapping[str, Scores]) -> bool:
    """Whether a session was asked an item, or should have been."""
    return session_id in across.scores or across.item.name in scores[session_id].not_asked


def counts(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> Sheet:
    """Return a row a session, item and label that could be chosen."""

    def rows(session: Session) -> Iterator[list[Cell]]:
        own, said = facts(session, programme), remarks(session)
        for score in scores[session.id]:
            marks = dict.fromkeys(score.favourable, "○")
            for record in score.records():
                level = record["level"]
                mark = marks.get(level, "")
                figures = [record["count"], record["share"], score.n_valid, score.n_missing]
                yield [*own, score.item.name, level, mark, *figures, said]

    columns = [
        *FACTS,
        Column("設問"),
        Column("選択肢"),
        Column("肯定的回答"),
        Column("人数", "whole"),
        Column("割合", "share"),
        Column("有効回答", "whole"),
        Column("無回答", "whole"),
        REMARKS,
    ]
    lines = [line for session in sessions for line in rows(session)]
    says = "回、設問、選択肢ごとに1行：選んだ人数と割合（絞り込みとピボットテーブル用）"
    return Sheet(COUNTS, says, columns, lines)


def favourable_text(score: ItemScore | None) -> str:
    """Return a session's favourable share in words."""
    if score is None:
        return wording.NOT_ASKED
    if not isinstance(score, Distribution) or not score.favourable:
        return "割合なし"
    return wording.share_text(score) if score.n_valid else wording.NO_ANSWERS
