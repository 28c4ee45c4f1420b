"""From Scores to spreadsheets to take away: one XLSX workbook, and its tables as CSV."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from dxeval.definitions.kinds import kind_of
from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.survey import Survey
from dxeval.presenting import sheets
from dxeval.reading.not_counted import value_text
from dxeval.scoring.across import ItemAcross, items_across
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.score import Scores
from dxeval.scoring.uncounted import Uncounted
from dxeval.scoring.values import NAMES

WORKBOOK = "figures.xlsx"
SUMMARY, COUNTS, DEFINITIONS = "実施結果サマリ", "選択肢ごとの人数", "定義"
MEASURES = "中央値と四分位"
UNCOUNTED = "数えなかったもの"
SIMULATED = "模擬データ"
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

MEASURE_COLUMNS = {
    **{name: COLUMNS[name] for name in ("session_id", "item", "n_valid", "n_missing")},
    **{name: f"{label}（丸めない。四分位は QUARTILE.INC と同じ）" for name, label in NAMES.items()},
    "simulated": COLUMNS["simulated"],
}

UNCOUNTED_COLUMNS = {
    "回のID": "回のID",
    "種類": "行（count_rows、skip_rows で数えない行）、出し直し（同じ回答者の、数えないほう）、"
    "同じ時刻の同じ答え（2度目から）、読まなかった列（forms に書いていない列）",
    "列": "行を数えないと決めた列の見出し",
    "値": "その列の値。人のものかもしれない値は示さず（記入あり）",
    "件数": "行か列の数",
}


def files(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
    survey: Survey,
) -> dict[str, bytes]:
    """Return the contents of each file by name: figures.xlsx, summary.csv and counts.csv.

    All from the same ``scores`` (by session id) that the pages show; equal scores give equal
    bytes. No cell is ever a formula. Empty if there are no sessions. Raises NotAskedError for an
    item of which a session knows nothing, FigureError if sessions were asked it differently.
    """
    if not sessions:
        return {}
    across = items_across([session.id for session in sessions], scores)
    items = [found.item.name for found in across if found.is_favourable]
    frames = {
        SUMMARY: _summary(sessions, scores, items, programme),
        COUNTS: _counts(sessions, scores),
        **_measures(sessions, scores),
        UNCOUNTED: _uncounted(sessions, scores),
        DEFINITIONS: _definitions(survey, across),
    }
    return {
        WORKBOOK: sheets.xlsx(frames),
        "summary.csv": sheets.csv(frames[SUMMARY]),
        "counts.csv": sheets.csv(frames[COUNTS]),
    }


def _summary(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    items: Sequence[str],
    programme: ProgrammeFile,
) -> pd.DataFrame:
    rows = [_summary_row(session, scores[session.id], items, programme) for session in sessions]
    return pd.DataFrame(rows).convert_dtypes()


def _summary_row(
    session: Session, scores: Scores, items: Sequence[str], programme: ProgrammeFile
) -> dict[str, str | int | None]:
    facts = programme.programme(session.programme)
    row: dict[str, str | int | None] = {
        "事業": facts.label,
        "対象": facts.target or "",
        "回のID": session.id,
        "開催内容": session.heading,
        "開催日": session.date.isoformat(),
        "受講者数": session.attendees,
        "回答者数": scores.n_respondents,
    }
    notes = [SIMULATED] if session.simulated else []
    for name in items:
        score = scores.get(name)
        if not isinstance(score, Distribution):
            row |= dict.fromkeys((f"{name}（%）", f"{name} 肯定的回答", f"{name} 有効回答"))
            notes.append(f"{name}は質問なし。")
            continue
        row[f"{name}（%）"] = score.favourable_percent
        row[f"{name} 肯定的回答"] = score.favourable_count if score.favourable else None
        row[f"{name} 有効回答"] = score.n_valid
        if score.reason:
            notes.append(kind_of(score.item).rule(name, score.favourable, score.reason))
    return {**row, "備考": "　".join(notes)}


def _counts(sessions: Sequence[Session], scores: Mapping[str, Scores]) -> pd.DataFrame:
    frame = pd.concat([scores[session.id].frame for session in sessions], ignore_index=True)
    counted = {
        (session.id, score.item.name): score.favourable
        for session in sessions
        for score in scores[session.id]
        if score.favourable
    }
    keys = zip(frame["session_id"], frame["item"], strict=True)
    rules = zip((counted.get(key) for key in keys), frame["level"], strict=True)
    frame["favourable"] = [None if rule is None else int(level in rule) for rule, level in rules]
    whole = ["favourable", "favourable_count"]
    frame[whole] = frame[whole].astype("Int64")
    made_up = {session.id: SIMULATED if session.simulated else "" for session in sessions}
    frame["simulated"] = frame["session_id"].map(made_up)
    return frame[list(COLUMNS)]


def _measures(sessions: Sequence[Session], scores: Mapping[str, Scores]) -> dict[str, pd.DataFrame]:
    """Return the sheet of medians and quartiles, none if no item has any."""
    rows = [
        {
            "session_id": session.id,
            "item": score.item.name,
            "n_valid": score.n_valid,
            "n_missing": score.n_missing,
            **measures,
            "simulated": SIMULATED if session.simulated else "",
        }
        for session in sessions
        for score in scores[session.id]
        if (measures := score.measures()) is not None
    ]
    return {MEASURES: pd.DataFrame(rows, columns=[*MEASURE_COLUMNS])} if rows else {}


def _uncounted(sessions: Sequence[Session], scores: Mapping[str, Scores]) -> pd.DataFrame:
    rows = [
        (session.id, *row)
        for session in sessions
        for row in _uncounted_rows(scores[session.id].uncounted)
    ]
    return pd.DataFrame(rows, columns=[*UNCOUNTED_COLUMNS])


def _uncounted_rows(uncounted: Uncounted) -> Iterator[tuple[str, str, str, int]]:
    """Yield kind, header, value and number of what does not count."""
    for (header, value), count in uncounted.not_counted.items():
        yield "行", header, value_text(value), count
    kinds = {
        "出し直し": uncounted.superseded,
        "同じ時刻の同じ答え": uncounted.identical,
        "申し出により除いた": uncounted.withdrawn,
        "読まなかった列": uncounted.n_columns,
    }
    yield from ((kind, "", "", count) for kind, count in kinds.items() if count)


def _definitions(survey: Survey, across: Sequence[ItemAcross]) -> pd.DataFrame:
    rules = [(item.name, text) for item in survey.items if (text := kind_of(item).definition(item))]
    measured = any(score.measures() for found in across for score in found.scores.values())
    figures = [
        ("○○（%）", "肯定的回答の人数 ÷ 有効回答の人数。人数から1度だけ四捨五入した0から100の整数"),
        ("受講者数", "参加した人数。回をまたぐ合計は延べ人数で、人の数ではない"),
        ("回答者数", "アンケートを出した人数"),
        ("参考値", f"有効回答が{survey.reference_below}人未満の割合は参考値"),
    ]
    rows = [
        *((SUMMARY, *row) for row in [*figures, *rules]),
        *((COUNTS, *row) for row in COLUMNS.items()),
        *((MEASURES, *row) for row in MEASURE_COLUMNS.items() if measured),
        *((UNCOUNTED, *row) for row in UNCOUNTED_COLUMNS.items()),
    ]
    return pd.DataFrame(rows, columns=["シート", "列・語", "定義"])
