"""From Scores to files of figures to take away: a workbook for people, CSV files for programs."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dxeval.definitions.kinds import kind_of
from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.published import Published
from dxeval.definitions.survey import Survey
from dxeval.presenting import (
    audit_sheets,
    figure_sheets,
    ledger_sheet,
    notes_sheet,
    origins_sheet,
    ranges_sheet,
    sheets,
    wording,
)
from dxeval.presenting.contents_sheet import CONTENTS, write_contents
from dxeval.presenting.figure_sheets import SIMULATED
from dxeval.presenting.item_sheets import has_sheet, item_sheet
from dxeval.presenting.origins_sheet import Exports
from dxeval.presenting.sheet_names import sheet_names
from dxeval.presenting.workbook import Book
from dxeval.presenting.workbook_charts import CHARTS, draw
from dxeval.scoring.across import ItemAcross, items_across
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.recount.claim import Answers
from dxeval.scoring.score import Scores

WORKBOOK = "figures.xlsx"
COLUMNS = [
    *("session_id", "item", "level", "favourable", "count", "share", "n_valid", "n_missing"),
    *("favourable_count", "favourable_share", "own_rule", "n_rules", "simulated"),
]


def files(  # noqa: PLR0913, PLR0917
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
    survey: Survey,
    published: Sequence[Published] = (),
    exports: Exports | None = None,
) -> dict[str, bytes]:
    """Return the contents of each file by name.

    figures.xlsx for people, summary.csv, counts.csv and, where items have medians, measures.csv
    for programs: all from the same ``scores`` (by session id) that the pages show. ``exports``: the
    name and hash of what they were read from, by session id. Equal ones give equal bytes. No cell
    is ever a formula. Empty if there are no sessions. Raises NotAskedError for an item of which a
    session knows nothing, FigureError if sessions were asked it differently.
    """
    if not sessions:
        return {}
    across = items_across([session.id for session in sessions], scores)
    items = [found for found in across if found.is_favourable]
    frames = {
        "summary.csv": _summary(sessions, scores, items, programme),
        "counts.csv": _counts(sessions, scores, across),
        **_measures(sessions, scores),
    }
    answers = Answers({s.id: s for s in sessions}, scores, survey, programme, published)
    workbook = _workbook(answers, exports or {})
    return {WORKBOOK: workbook, **{name: sheets.csv(frame) for name, frame in frames.items()}}


def _workbook(answers: Answers, exports: Exports) -> bytes:
    sessions, scores = [*answers.sessions.values()], answers.scores
    programme, survey, published = answers.programme, answers.survey, answers.published
    across = items_across([session.id for session in sessions], scores)
    rated = [found for found in across if found.is_favourable]
    sided = [found for found in across if has_sheet(found)]
    ends = [
        figure_sheets.items(sessions, scores, across, programme),
        figure_sheets.counts(sessions, scores, programme),
        ledger_sheet.people(sessions, scores, programme),
        audit_sheets.uncounted(sessions, scores, programme),
        audit_sheets.audit(published, sessions, scores, programme),
        ranges_sheet.ranges(sessions, scores, programme, published),
        origins_sheet.origins(answers, exports),
        notes_sheet.definitions(survey),
    ]
    first = figure_sheets.summary(sessions, scores, rated, programme)
    last = [sheet for sheet in ends if sheet]
    taken = [CONTENTS, CHARTS, *(sheet.name for sheet in (first, *last))]
    names = sheet_names([found.item.name for found in sided], taken)
    own = [
        item_sheet(name, found, sessions, scores, programme)
        for name, found in zip(names, sided, strict=True)
    ]
    plots = [plot for _, plot in own if plot]
    tables = [*(sheet for sheet, _ in own), *last]
    said = notes_sheet.notes(sessions, scores, across, programme, survey)
    book = Book(programme.report.title)
    write_contents(book, programme.report, [first, *([None] if plots else []), *tables], said)
    book.write(first)
    if plots:
        draw(book, plots)
    for sheet in tables:
        book.write(sheet)
    return book.content()


def _summary(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    items: Sequence[ItemAcross],
    programme: ProgrammeFile,
) -> pd.DataFrame:
    rows = [_summary_row(session, scores[session.id], items, programme) for session in sessions]
    return pd.DataFrame(rows).convert_dtypes()


def _summary_row(
    session: Session, scores: Scores, items: Sequence[ItemAcross], programme: ProgrammeFile
) -> dict[str, str | int | None]:
    facts = programme.programme(session.programme)
    row: dict[str, str | int | None] = {
        "事業": facts.label,
        "対象": facts.target or "",
        "回のID": session.id,
        "開催内容": session.heading,
        "開催日": session.date.isoformat(),
        "受講者数": session.attendees,
    }
    figures: dict[str, str | int | None] = {"回答者数": scores.n_respondents}
    notes = [SIMULATED] if session.simulated else []
    for found in items:
        name, score = found.item.name, scores.get(found.item.name)
        if not isinstance(score, Distribution):
            figures |= dict.fromkeys((f"{name}（%）", f"{name} 肯定的回答", f"{name} 有効回答"))
            notes.append(f"{name}は質問なし。")
            continue
        figures[f"{name}（%）"] = score.favourable_percent
        figures[f"{name} 肯定的回答"] = score.favourable_count if score.favourable else None
        figures[f"{name} 有効回答"] = score.n_valid
        if found.is_mixed:
            notes.append(wording.mixed_note(name))
        if score.reason:
            notes.append(kind_of(score.item).rule(name, score.favourable, score.reason))
    if not scores.has_arrived:
        figures = dict.fromkeys(figures)
        notes.append(wording.NO_EXPORT)
    return {**row, **figures, "備考": "　".join(notes)}


def _counts(
    sessions: Sequence[Session], scores: Mapping[str, Scores], across: Sequence[ItemAcross]
) -> pd.DataFrame:
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
    own = {
        (session.id, score.item.name): int(bool(score.reason))
        for session in sessions
        for score in scores[session.id]
        if score.favourable
    }
    frame["own_rule"] = [
        own.get(key) for key in zip(frame["session_id"], frame["item"], strict=True)
    ]
    frame["n_rules"] = frame["item"].map({found.item.name: len(found.rules) for found in across})
    counts = ["count", "n_valid", "n_missing", "favourable_count"]
    whole = [*counts, "favourable", "own_rule", "n_rules"]
    frame[whole] = frame[whole].astype("Int64")
    answered = {session.id for session in sessions if scores[session.id].has_arrived}
    frame.loc[~frame["session_id"].isin(answered), counts] = None
    made_up = {session.id: SIMULATED if session.simulated else "" for session in sessions}
    frame["simulated"] = frame["session_id"].map(made_up)
    return frame[COLUMNS]


def _measures(sessions: Sequence[Session], scores: Mapping[str, Scores]) -> dict[str, pd.DataFrame]:
    """Return the file of medians and quartiles, none if no item has any."""
    rows = [
        {
            "session_id": session.id,
            "item": score.item.name,
            "n_valid": score.n_valid if scores[session.id].has_arrived else None,
            "n_missing": score.n_missing if scores[session.id].has_arrived else None,
            **measures,
            "simulated": SIMULATED if session.simulated else "",
        }
        for session in sessions
        for score in scores[session.id]
        if (measures := score.measures()) is not None
    ]
    return {"measures.csv": pd.DataFrame(rows)} if rows else {}
