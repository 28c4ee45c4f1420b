"""From Scores to spreadsheets to take away: one XLSX workbook, and its tables as CSV."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd

from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.survey import Survey
from dxeval.presenting import wording
from dxeval.scoring.score import Scores

WORKBOOK = "figures.xlsx"
SUMMARY, COUNTS, DEFINITIONS = "実施結果サマリ", "選択肢ごとの人数", "定義"
SIMULATED = "模擬データ"
MADE = datetime(2000, 1, 1)
"""Stands in the workbook's properties, so that equal figures give equal bytes."""
COLUMNS = {
    "session_id": "回のID",
    "item": "設問",
    "level": "選択肢",
    "favourable": "肯定的回答に数える選択肢か（1：数える、0：数えない）",
    "count": "その選択肢を選んだ人数",
    "share": "count ÷ n_valid（0から1。丸めない）。有効回答がなければ空欄",
    "n_valid": "有効回答：その設問に答えた人数。すべての割合の分母",
    "n_missing": "無回答：その設問が空欄の人数",
    "favourable_count": "肯定的回答の人数",
    "favourable_share": "favourable_count ÷ n_valid（0から1。丸めない）",
    "simulated": "模擬データなら「模擬データ」、実際の回答なら空欄",
}


def files(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
    survey: Survey,
) -> dict[str, bytes]:
    """Return the contents of each file by name: figures.xlsx, summary.csv and counts.csv.

    All from the same ``scores`` (by session id) that the pages show; equal scores give equal
    bytes. No cell is ever a formula. Empty if there are no sessions.
    """
    if not sessions:
        return {}
    sheets = {
        SUMMARY: _summary(sessions, scores, programme),
        COUNTS: _counts(sessions, scores),
        DEFINITIONS: _definitions(survey),
    }
    return {
        WORKBOOK: _xlsx(sheets),
        "summary.csv": _csv(sheets[SUMMARY]),
        "counts.csv": _csv(sheets[COUNTS]),
    }


def _summary(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> pd.DataFrame:
    rows = [_summary_row(session, scores[session.id], programme) for session in sessions]
    return pd.DataFrame(rows).convert_dtypes()


def _summary_row(
    session: Session, scores: Scores, programme: ProgrammeFile
) -> dict[str, str | int | None]:
    facts = programme.programme(session.programme)
    row: dict[str, str | int | None] = {
        "事業": facts.label,
        "対象": facts.target,
        "回のID": session.id,
        "開催内容": session.heading,
        "開催日": session.date.isoformat(),
        "受講者数": session.attendees,
        "回答者数": scores.n_respondents,
    }
    notes = [SIMULATED] if session.simulated else []
    for score in scores:
        name = score.item.name
        row[f"{name}（%）"] = score.favourable_percent
        row[f"{name} 肯定的回答"] = score.favourable_count
        row[f"{name} 有効回答"] = score.n_valid
        if score.reason:
            notes.append(wording.rule_note(name, score.favourable, score.reason))
    return {**row, "備考": "　".join(notes)}


def _counts(sessions: Sequence[Session], scores: Mapping[str, Scores]) -> pd.DataFrame:
    frame = pd.concat([scores[session.id].frame for session in sessions], ignore_index=True)
    counted = {
        (session.id, score.item.name, level)
        for session in sessions
        for score in scores[session.id]
        for level in score.favourable
    }
    keys = zip(frame["session_id"], frame["item"], frame["level"], strict=True)
    frame["favourable"] = [int(key in counted) for key in keys]
    made_up = {session.id: SIMULATED if session.simulated else "" for session in sessions}
    frame["simulated"] = frame["session_id"].map(made_up)
    return frame[list(COLUMNS)]


def _definitions(survey: Survey) -> pd.DataFrame:
    rules = [(item.name, wording.rule_note(item.name, item.favourable)) for item in survey.items]
    figures = [
        ("○○（%）", "肯定的回答の人数 ÷ 有効回答の人数。人数から1度だけ四捨五入した0から100の整数"),
        ("受講者数", "参加した人数。回をまたぐ合計は延べ人数で、人の数ではない"),
        ("回答者数", "アンケートを出した人数"),
        ("参考値", f"有効回答が{survey.reference_below}人未満の割合は参考値"),
    ]
    rows = [
        *((SUMMARY, *row) for row in [*figures, *rules]),
        *((COUNTS, *row) for row in COLUMNS.items()),
    ]
    return pd.DataFrame(rows, columns=["シート", "列・語", "定義"])


def _xlsx(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        writer.book.set_properties({"created": MADE})
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
            for place, column in enumerate(frame):
                longest = max(map(_width, [str(column), *map(str, frame[column])]))
                writer.sheets[name].set_column(place, place, min(longest + 2, 60))
    return buffer.getvalue()


def _width(text: str) -> int:
    """Return the width of a text in Latin characters, Japanese ones being two wide."""
    return sum(1 if character.isascii() else 2 for character in text)


def _csv(frame: pd.DataFrame) -> bytes:
    """Return UTF-8 with BOM, as Excel needs it, with no cell that Excel would calculate."""
    text = frame.map(lambda cell: f"'{cell}" if _is_formula(cell) else cell)
    return text.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _is_formula(cell: object) -> bool:
    return isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
