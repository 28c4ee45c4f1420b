"""From Scores to the sheets of what is checked: rows that do not count, published figures."""

from collections.abc import Iterator, Mapping, Sequence

from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.published import Published
from dxeval.presenting import wording
from dxeval.presenting.figure_sheets import FACTS, REMARKS, facts, remarks
from dxeval.presenting.published import WHERE
from dxeval.presenting.workbook import Cell, Column, Sheet
from dxeval.reading.not_counted import value_text
from dxeval.scoring.audit import check_figures
from dxeval.scoring.score import Scores
from dxeval.scoring.uncounted import Uncounted

UNCOUNTED, AUDIT = "数えなかったもの", "公表値の検算"


def uncounted(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> Sheet:
    """Return what of the exports does not count."""
    rows = [
        [*facts(session, programme), *row]
        for session in sessions
        for row in _uncounted_rows(scores[session.id].uncounted)
    ]
    columns = [*FACTS, Column("種類"), Column("列"), Column("値"), Column("件数", "whole")]
    says = "回答ファイルにあり、数えていない行と、読んでいない列の数"
    return Sheet(UNCOUNTED, says, columns, rows)


def _uncounted_rows(found: Uncounted) -> Iterator[tuple[str, str, str, int]]:
    """Yield kind, header, value and number of what does not count."""
    for (header, value), number in found.not_counted.items():
        yield "行", header, value_text(value), number
    kinds = {
        "出し直し": found.superseded,
        "同じ時刻の同じ答え": found.identical,
        "申し出により除いた": found.withdrawn,
        "読まなかった列": found.n_columns,
    }
    yield from ((kind, "", "", number) for kind, number in kinds.items() if number)


def audit(
    figures: Sequence[Published],
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
) -> Sheet | None:
    """Return published percentages beside those of the answers; None if none can be held so."""
    known = {session.id: session for session in sessions}
    findings = check_figures([f for f in figures if f.session_id in known], scores)
    verdicts = {"agrees": "一致", "differs": "不一致", "impossible": "得られない値"}
    rows: list[list[Cell]] = []
    for finding in findings:
        figure, session = finding.figure, known[finding.figure.session_id]
        agrees = finding.verdict == "agrees"
        said = [] if agrees else [wording.finding_text(finding)]
        place = [figure.item, WHERE[figure.where], "、".join(figure.levels)]
        shares: list[Cell] = [finding.published_share, finding.share, finding.count, finding.n]
        verdict = verdicts[finding.verdict]
        rows.append([*facts(session, programme), *place, *shares, verdict, remarks(session, said)])
    columns = [
        *FACTS,
        Column("設問"),
        Column("公表された場所"),
        Column("公表が数える選択肢"),
        Column("公表値", "share"),
        Column("回答からの割合", "share"),
        Column("人数", "whole"),
        Column("有効回答", "whole"),
        Column("検算"),
        REMARKS,
    ]
    says = "前の報告書にある割合と、回答から計算した割合"
    return Sheet(AUDIT, says, columns, rows) if rows else None
