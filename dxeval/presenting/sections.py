"""From session facts to the sections of a page."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from dxeval.definitions.programme import ProgrammeFile, Session, date_text, session_label
from dxeval.presenting import wording
from dxeval.presenting.html import Fragment, bullets, element, join, section
from dxeval.reading.responses import Responses
from dxeval.scoring.score import Scores

SIMULATED = "この報告の回答は、公表された集計値に合わせて作成した模擬データです。"


def title(session: Session, programme: ProgrammeFile) -> Fragment:
    """Return the top of a session's page: 模擬データ if it is, programme, heading."""
    return Fragment(
        element(
            '{}<header><p class="eyebrow">{}</p><h1>{}{}　実施結果</h1></header>',
            simulated_notice([session]),
            programme.programme(session.programme).label,
            programme.programme(session.programme).mark,
            session.heading,
        )
    )


def overall_title(programme: ProgrammeFile, sessions: Sequence[Session]) -> Fragment:
    """Return the top of the overall page."""
    report = programme.report
    return Fragment(
        element(
            '{}<header><p class="eyebrow">{}年度　{}</p><h1>{}　総括</h1></header>',
            simulated_notice(sessions),
            report.fiscal_year,
            report.chapter,
            report.title,
        )
    )


def simulated_notice(sessions: Sequence[Session]) -> Markup:
    """Return the notice that answers are 模擬データ, empty if none are."""
    made_up = [session for session in sessions if session.simulated]
    if not made_up:
        return Markup()
    text = SIMULATED
    if len(made_up) < len(sessions):
        text += f"（{len(sessions)}回のうち{len(made_up)}回）"
    return element('<p class="notice"><strong>模擬データ</strong>　{}</p>', text)


def overview(session: Session, programme: ProgrammeFile) -> Fragment:
    """Return the overview table: date, attendees, target group, purpose."""
    people = f"{session.municipalities}自治体（{session.attendees}人）"
    rows = [
        ("開催日", date_text(session.date)),
        ("参加者", people),
        ("対象", programme.programme(session.programme).target),
        ("実施目的", session.purpose),
    ]
    body = join(
        element('<tr><th scope="row">{}</th><td>{}</td></tr>', name, value) for name, value in rows
    )
    table = element(
        '<table class="facts"><caption class="unseen">{}の開催概要</caption>'
        "<tbody>{}</tbody></table>",
        session.heading,
        body,
    )
    return section("開催概要", table)


def contents(session: Session) -> Fragment:
    """Return agenda and learning points, side by side where there is room."""
    return Fragment(
        element(
            '<div class="columns">{}{}</div>',
            section("実施内容", bullets(session.agenda, "ol")),
            section("学びのポイント", bullets(session.learning_points)),
        )
    )


def insights(session: Session) -> Fragment:
    """Return good examples and insights."""
    return section("好事例・気づき", bullets(session.insights))


def summary(session: Session, scores: Scores) -> Fragment:
    """Return the heading of the results and the summary: by hand, or drafted from the scores."""
    if not scores.n_respondents:
        text = element('<p class="notice">アンケートの回答はまだありません。</p>')
        return section("アンケート結果", text)
    if session.summary:
        text = element("<p>{}</p>", session.summary)
    else:
        drafted = wording.draft_summary(scores) or "有効な回答がありません。"
        text = element('<p>{} <span class="quiet">（集計から自動で作成）</span></p>', drafted)
    return section(f"アンケート結果（回答 {scores.n_respondents}人）", text)


def comments(session: Session, responses: Responses) -> Fragment:
    """Return the chosen comments and how many were written."""
    written = len(responses.comments)
    heading = f"参加者の声（掲載 {len(session.comments)}件 ／ 記入 {written}件）"
    if not session.comments:
        text = "自由記述はありませんでした。" if not written else "掲載する声は選ばれていません。"
        return section(heading, element('<p class="quiet">{}</p>', text))
    return section(heading, _quotes(session.comments))


def all_comments(sessions: Iterable[Session], programme: ProgrammeFile) -> Fragment:
    """Return the chosen comments of every session in one place."""
    groups = [
        element("<h3>{}</h3>{}", session_label(session, programme), _quotes(session.comments))
        for session in sessions
        if session.comments
    ]
    return section("参加者の声", *groups)


def _quotes(lines: Iterable[str]) -> Markup:
    return join(element("<blockquote><p>{}</p></blockquote>", line) for line in lines)


def left_out(failed: Iterable[str]) -> Fragment:
    """Return the notice that names the sessions of which no page could be made."""
    names = "、".join(failed)
    if not names:
        return Fragment(Markup())
    return Fragment(
        element(
            '<p class="notice"><strong>未収録</strong>　次の回は作成できなかったため、'
            "この総括に含まれていません：{}</p>",
            names,
        )
    )
