"""From Scores to HTML tables and cards."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from dxeval.definitions.programme import ProgrammeFile, Session, date_text, session_label
from dxeval.definitions.published import Published
from dxeval.definitions.survey import Survey
from dxeval.presenting import wording
from dxeval.presenting.figures_file import WORKBOOK
from dxeval.presenting.html import Fragment, bullets, element, join, section
from dxeval.scoring.audit import (
    Finding,
    LegendConflict,
    check_figures,
    check_legends,
    possible_counts,
)
from dxeval.scoring.score import ItemScore, Scores


def cards(session: Session, scores: Scores) -> Fragment:
    """Return the favourable shares at a glance, and how many answered."""
    if not scores.n_respondents:
        return Fragment(Markup())
    parts = join(
        element(
            '<div class="card"><dt>{}{}</dt>'
            "<dd><strong>{}</strong><span>{} / {}人</span></dd></div>",
            score.item.name,
            "＊" if score.reason else "",
            "—" if score.favourable_percent is None else f"{score.favourable_percent}%",
            score.favourable_count,
            score.n_valid,
        )
        for score in scores
    )
    return Fragment(
        element(
            '<dl class="cards">{}</dl><p class="quiet">{}</p>',
            parts,
            wording.response_text(scores, session),
        )
    )


def distribution(scores: Scores, survey: Survey) -> Fragment:
    """Return the numbers of every chart as tables, every level named, and how they are counted."""
    if not scores.n_respondents:
        return Fragment(Markup())
    rules = [
        wording.rule_note(
            f"＊この回の{score.item.name}" if score.reason else score.item.name,
            score.favourable,
            score.reason,
        )
        for score in scores
    ]
    notes = [*rules, wording.reference_note(scores.valid_range[0], survey)]
    tables = join(_levels(score) for score in scores)
    return Fragment(
        element(
            '<section><h3>選択肢ごとの人数と割合</h3><div class="grid">{}</div>{}</section>',
            tables,
            element('<div class="quiet notes">{}</div>', bullets(note for note in notes if note)),
        )
    )


def _levels(score: ItemScore) -> Markup:
    favourable = score.favourable
    rows = join(
        element(
            '<tr{}><th scope="row">{}{}</th><td>{}</td><td>{}</td></tr>',
            Markup(' class="favourable"') if level in favourable else "",
            "● " if level in favourable else "",
            level,
            f"{count}人",
            "—" if score.share(level) is None else f"{score.percent(level)}%",
        )
        for level, count in score
    )
    caption = f"{score.item.name}（有効回答 {score.n_valid}人、無回答 {score.n_missing}人）"
    return element(
        '<table class="numbers"><caption>{}</caption><thead><tr>'
        '<th scope="col">選択肢（●は肯定的回答）</th><th scope="col">人数</th>'
        '<th scope="col">割合</th></tr></thead><tbody>{}</tbody></table>',
        caption,
        rows,
    )


def summary(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
    survey: Survey,
) -> Fragment:
    """Return the summary table: each session with its favourable shares, and the totals."""
    if not sessions:
        return Fragment(Markup())
    items = [score.item.name for score in scores[sessions[0].id]]
    head = element(
        '<th scope="col">開催内容</th><th scope="col" class="broad">開催日</th>'
        '<th scope="col" class="broad">受講者数</th>{}',
        join(element('<th scope="col">{}</th>', item) for item in items),
    )
    groups = [
        _programme_rows(list(group), scores, programme, len(items) + 3)
        for _, group in groupby(sessions, key=lambda session: session.programme)
    ]
    attendees = sum(session.attendees for session in sessions)
    total = element(
        '<tbody><tr class="total"><th scope="row">延べ{}</th><td class="broad">{}回</td>'
        '<td class="broad number">{}人</td><td colspan="{}"></td></tr></tbody>',
        _narrow(f"{len(sessions)}回", f"{attendees}人"),
        len(sessions),
        attendees,
        len(items),
    )
    respondents = sum(scores[session.id].n_respondents for session in sessions)
    fewest = min(scores[session.id].valid_range[0] for session in sessions)
    notes = [
        f"全{len(sessions)}回、延べ参加者 {attendees}人、延べ回答者 {respondents}人。"
        "同じ人が複数の回に参加していることがあるため、人の数ではなく延べ人数。",
        *(wording.rule_note(item.name, item.favourable) for item in survey.items),
        wording.reference_note(fewest, survey),
    ]
    notes += [
        wording.rule_note(
            f"＊{session_label(session, programme)}の{score.item.name}",
            score.favourable,
            score.reason,
        )
        for session in sessions
        for score in scores[session.id]
        if score.reason
    ]
    return section(
        "実施結果サマリ",
        _wide(
            "回ごとの肯定的回答の割合（肯定的回答の人数／有効回答の人数）",
            "summary",
            element("<thead><tr>{}</tr></thead>{}{}", head, join(groups), total),
        ),
        element('<div class="quiet notes">{}</div>', bullets(note for note in notes if note)),
    )


def _programme_rows(
    sessions: list[Session], scores: Mapping[str, Scores], programme: ProgrammeFile, width: int
) -> Markup:
    facts = programme.programme(sessions[0].programme)
    lead = element(
        '<tr><th scope="rowgroup" colspan="{}">{} <span class="quiet">対象：{}</span></th></tr>',
        width,
        facts.label,
        facts.target,
    )
    rows = [
        element(
            '<tr><th scope="row"><a href="{}.html">{}<wbr>{}<span class="unseen">（{}）</span></a>'
            '{}</th><td class="broad date">{}</td><td class="broad number">{}人</td>{}</tr>',
            session.id,
            session.label,
            session.title,
            facts.mark,
            _narrow(date_text(session.date, year=False), f"{session.attendees}人"),
            date_text(session.date, year=False),
            session.attendees,
            join(_share_cell(score) for score in scores[session.id]),
        )
        for session in sessions
    ]
    return element("<tbody>{}{}</tbody>", lead, join(rows))


def _narrow(*facts: str) -> Markup:
    """Return what stands in a row's first cell on a phone, in the place of the broad columns."""
    parts = join((element("<span>{}</span>", fact) for fact in facts), "　")
    return element('<span class="narrow quiet">{}</span>', parts)


def _share_cell(score: ItemScore) -> Markup:
    if not score.n_valid:
        return element('<td class="share">—<span class="quiet">回答なし</span></td>')
    return element(
        '<td class="share"><strong>{}%{}</strong><span class="quiet">{}/{}人</span>'
        '<span class="meter"><span style="width:{}%"></span></span></td>',
        score.favourable_percent,
        "＊" if score.reason else "",
        score.favourable_count,
        score.n_valid,
        f"{100 * (score.favourable_share or 0):.3f}",
    )


def comparison(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> Fragment:
    """Return the counts of every session, item and level: the charts' numbers."""
    answered = [session for session in sessions if scores[session.id].n_respondents]
    if not answered:
        return Fragment(Markup())
    tables = []
    for first in scores[answered[0].id]:
        head = join(element('<th scope="col">{}</th>', level) for level in first.item.levels)
        rows = join(
            _counts_row(session_label(session, programme), scores[session.id][first.item.name])
            for session in answered
        )
        tables.append(
            _wide(
                f"{first.item.name}（人）",
                "numbers",
                element(
                    '<thead><tr><th scope="col">回</th>{}<th scope="col">有効回答</th></tr></thead>'
                    "<tbody>{}</tbody>",
                    head,
                    rows,
                ),
            )
        )
    note = f"同じ数字は、報告に添えた tables フォルダーの {WORKBOOK}（Excel）にもあります。"
    return Fragment(
        element(
            '<section><h3>回ごとの人数</h3><p class="quiet">{}</p>{}</section>', note, join(tables)
        )
    )


def _counts_row(label: str, score: ItemScore) -> Markup:
    cells = join(element("<td>{}</td>", count) for _, count in score)
    return element('<tr><th scope="row">{}</th>{}<td>{}</td></tr>', label, cells, score.n_valid)


def published(
    figures: Sequence[Published],
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
) -> Fragment:
    """Return what of the published figures comes out of the answers and what does not.

    For sessions without answers, the figures themselves and the counts that each can stand for.
    """
    label = {session.id: session_label(session, programme) for session in sessions}
    own = [figure for figure in figures if figure.session_id in label]
    findings = check_figures(own, scores)
    rows = _contradictions(findings, check_legends(own), label)
    in_table = [finding for finding in findings if finding.figure.where == "table"]
    agreeing = sum(finding.verdict == "agrees" for finding in in_table)
    intro = element(
        "<p>公表された報告書の表にある{}個の割合のうち、{}個は回答から計算した値と一致しました。</p>",
        len(in_table),
        agreeing,
    )
    return section(
        "公表値との照合",
        intro if findings else "",
        _audit_table("一致しないか、つじつまの合わない公表値", "照合の結果", rows),
        _unanswered(own, sessions, scores, label),
    )


def _contradictions(
    findings: Iterable[Finding], conflicts: Iterable[LegendConflict], label: Mapping[str, str]
) -> list[tuple[str, ...]]:
    """Return (session, item, places, shown, what is wrong), one row for equal statements."""
    places: dict[tuple[str, str, str, str], list[str]] = {}
    for finding in findings:
        if finding.verdict != "agrees":
            figure, text = finding.figure, wording.finding_text(finding)
            key = (label[figure.session_id], _named(figure), f"{figure.percent}%", text)
            places.setdefault(key, []).append(WHERE[figure.where])
    for conflict in conflicts:
        figure, text = conflict.headline, wording.conflict_text(conflict)
        key = (label[figure.session_id], figure.item, f"{figure.percent}%", text)
        places.setdefault(key, []).append("見出しと凡例")
    return [
        (session, item, "・".join(where), shown, text)
        for (session, item, shown, text), where in places.items()
    ]


def _unanswered(
    figures: Iterable[Published],
    sessions: Iterable[Session],
    scores: Mapping[str, Scores],
    label: Mapping[str, str],
) -> Markup:
    """Return the table figures of sessions without answers, each with its possible counts."""
    waiting = {s.id: s.attendees for s in sessions if not scores[s.id].n_respondents}
    rows = []
    for figure in figures:
        if figure.session_id not in waiting or figure.where != "table" or figure.percent is None:
            continue
        n = waiting[figure.session_id]
        text = wording.possible_text(possible_counts(figure.percent, n), n)
        name = label[figure.session_id]
        rows.append((name, figure.item, WHERE["table"], f"{figure.percent}%", text))
    return _audit_table(
        "公表値だけがある回（回答ファイルなし）", "参加者全員が答えたとすると", rows
    )


def _named(figure: Published) -> str:
    """Return the item, and the level where the figure speaks of one alone."""
    return figure.item + (wording.quoted(figure.levels) if len(figure.levels) == 1 else "")


def _audit_table(caption: str, last: str, findings: Iterable[tuple[str, ...]]) -> Markup:
    """Return a table whose roles are written out: on a phone its rows are no longer rows to CSS."""
    body = join(
        element(
            '<tr role="row"><th role="rowheader" scope="row">{}</th><td role="cell">{}</td>'
            '<td role="cell">{}</td><td role="cell">{}</td><td role="cell">{}</td></tr>',
            *finding,
        )
        for finding in findings
    )
    if not body:
        return Markup()
    head = join(
        element('<th role="columnheader" scope="col">{}</th>', column)
        for column in ("回", "設問", "場所", "公表値", last)
    )
    rows = element(
        '<thead role="rowgroup"><tr role="row">{}</tr></thead><tbody role="rowgroup">{}</tbody>',
        head,
        body,
    )
    return _wide(caption, "stack audit", rows)


def _wide(caption: str, kind: str, rows: Markup) -> Markup:
    """Return a table that scrolls inside the page where the screen is too narrow for it."""
    return element(
        '<div class="wide" role="region" aria-label="{0}" tabindex="0">'
        '<table class="{1}" role="table"><caption><span>{0}</span></caption>{2}</table></div>',
        caption,
        kind,
        rows,
    )


WHERE = {"table": "表", "headline": "見出し", "prose": "本文"}
