"""From session facts to HTML fragments; the one place that escapes.

Every text goes through ``markupsafe``: a fragment is built with ``Markup(...).format(...)``,
which escapes whatever is not itself a fragment. Nothing else in the library writes HTML by hand.
"""

import base64
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup
from PIL import Image, ImageOps

from dxeval.definitions.programme import Evidence, Point, ProgrammeFile, Session, date_text
from dxeval.errors import DataError, Problem
from dxeval.presenting import wording
from dxeval.reading.responses import Responses
from dxeval.scoring.score import Scores, percent

PHOTO_PIXELS = 1200
"""Longest side of an embedded photograph."""
STYLE = Path(__file__).with_name("style.css")
SIMULATED = "この報告の回答は、公表された集計値に合わせて作成した模擬データです。"


@dataclass(frozen=True)
class Fragment:
    """A piece of a page that shows itself in a notebook, and as escaped HTML inside another."""

    html: Markup

    def __html__(self) -> str:
        return self.html

    def __bool__(self) -> bool:
        return bool(self.html)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {
            "text/html": f'<div class="dxeval">{self.html}</div>',
            "text/plain": f"<{type(self).__name__}: {len(self.html)} characters>",
        }


def element(template: str, *args: object, **kwargs: object) -> Markup:
    """Fill an HTML template; every argument that is not itself HTML is escaped."""
    return Markup(template).format(*args, **kwargs)


def join(parts: Iterable[object], between: str = "") -> Markup:
    """Join pieces of HTML; escapes those that are plain text."""
    return Markup(between).join(element("{}", part) for part in parts)


def section(heading: str, *content: object) -> Fragment:
    """Return a section under its heading, empty if it has no content."""
    inside = join(content)
    if not inside:
        return Fragment(Markup())
    return Fragment(element("<section><h2>{}</h2>{}</section>", heading, inside))


def bullets(lines: Iterable[object], tag: str = "ul") -> Markup:
    """Return a list (``ul`` or ``ol``) of one line each, empty for no lines."""
    items = join(element("<li>{}</li>", line) for line in lines)
    return element("<{0}>{1}</{0}>", Markup(tag), items) if items else Markup()


def style() -> Fragment:
    """Return the style sheet, so that a live notebook looks like the page made from it."""
    return Fragment(Markup("<style>{}</style>").format(Markup(STYLE.read_text(encoding="utf-8"))))


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


def photos(session: Session, folder: Path) -> Fragment:
    """Return the photographs of a session with their captions.

    Photographs are scaled down and written anew, without their EXIF data. A caption whose file
    is not in ``folder`` is listed as 写真未収録. Raises DataError for a file that is no image.
    """
    shown, missing = [], []
    for photo in session.photos:
        path = folder / photo.file if photo.file else None
        if path is None or not path.is_file():
            missing.append(element('{}<span class="quiet">（写真未収録）</span>', photo.caption))
            continue
        shown.append(
            element(
                '<figure><img src="{}" alt="写真：{}"><figcaption>{}</figcaption></figure>',
                _photo_uri(path, f"data/photos/{photo.file}"),
                photo.caption,
                photo.caption,
            )
        )
    gallery = element('<div class="photos">{}</div>', join(shown)) if shown else Markup()
    return section("写真", gallery, bullets(missing))


def _photo_uri(path: Path, name: str) -> str:
    try:
        with Image.open(path) as original:
            image = ImageOps.exif_transpose(original).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise DataError([Problem("photo", name, "写真として読めません（JPEG か PNG）")]) from None
    image.thumbnail((PHOTO_PIXELS, PHOTO_PIXELS))
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=80, optimize=True)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()


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


def session_label(session: Session, programme: ProgrammeFile) -> str:
    """Return the short name of a session among others: ``①第1回``."""
    return programme.programme(session.programme).mark + session.label


def review(
    programme: ProgrammeFile, sessions: Sequence[Session], scores: Mapping[str, Scores]
) -> Fragment:
    """Return the overall review in three lists, each point with its evidence if it names any."""
    lists = [
        ("良かった点", programme.review.good),
        ("課題", programme.review.problems),
        ("今後の活動に関する示唆", programme.review.suggestions),
    ]

    def line(point: Point) -> Markup:
        if point.evidence is None:
            return element("{}", point.text)
        badge = _evidence(point.evidence, sessions, scores)
        return element('{} <span class="badge">{}</span>', point.text, badge)

    parts = [
        element("<div><h3>{}</h3>{}</div>", heading, bullets(map(line, points)))
        for heading, points in lists
        if points
    ]
    if not parts:
        return Fragment(Markup())
    return section("総括", element('<div class="columns three">{}</div>', join(parts)))


def _evidence(evidence: Evidence, sessions: Sequence[Session], scores: Mapping[str, Scores]) -> str:
    chosen = [
        scores[session.id][evidence.item]
        for session in sessions
        if evidence.programme in (None, session.programme)
        and evidence.session in (None, session.id)
    ]
    answered = [score for score in chosen if score.n_valid]
    if not answered:
        return f"{evidence.item} 回答なし"
    if evidence.level is not None:
        count = sum(score.count(evidence.level) for score in answered)
        people = sum(score.n_valid for score in answered)
        return f"{evidence.level} 延べ{count}/{people}人"
    if len(answered) == 1:
        return f"{evidence.item} {wording.share_text(answered[0])}"
    percents = [percent(score.favourable_count, score.n_valid) for score in answered]
    low, high = min(percents), max(percents)
    return f"{evidence.item} {low}%" if low == high else f"{evidence.item} {low}–{high}%"


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
