"""From ledgers to the sheet of people and rows, a session a row."""

from collections.abc import Mapping, Sequence

from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.presenting import wording
from dxeval.presenting.figure_sheets import FACTS, REMARKS, facts, remarks
from dxeval.presenting.workbook import Cell, Column, Sheet
from dxeval.scoring.ledger import ledger
from dxeval.scoring.score import Scores

LEDGER = "人数の内訳"


def people(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> Sheet:
    """Return who was invited, came and answered, and what became of every row of the exports."""

    def row(session: Session) -> list[Cell]:
        found = ledger(session, scores[session.id])
        came: list[Cell] = [found.invited, found.attended, found.municipalities]
        rows: list[Cell] = [
            *(found.n_rows, found.responded, found.superseded, found.identical),
            *(found.withdrawn, found.not_counted),
        ]
        ends: list[Cell] = [None if found.beyond else found.silent, found.response_share]
        said = ["参加者数より回答が多い。"] if found.beyond else []
        if found.n_rows is None:
            rows, ends = [None for _ in rows], [None for _ in ends]
            said = [wording.NO_EXPORT]
        return [*facts(session, programme), *came, *rows, *ends, remarks(session, said)]

    came = ("招待", "参加", "自治体数")
    kinds = ("出し直し", "同じ時刻の同じ答え", "除いた人", "数えない行")
    rows = ("回答ファイルの行", "回答者数", *kinds)
    columns = [
        *FACTS,
        *(Column(head, "whole") for head in (*came, *rows, "回答のない参加者")),
        Column("回答率", "share"),
        REMARKS,
    ]
    groups = [
        ("開催", len(FACTS)),
        ("招待から参加まで", len(came)),
        ("回答ファイルの行＝右の5つの合計", len(rows)),
        ("参加者のうち", 2),
        ("", 1),
    ]
    says = "回ごとの招待、参加、回答の人数と、回答ファイルの行が何に数えられたか"
    return Sheet(LEDGER, says, columns, [*map(row, sessions)], groups)
