"""From Scores to charts. Every number that is drawn or written is the score's.

集計から図を作ります。1回分は ``results``（見出しなしなら ``session_charts``）、回どうしを並べるのは
``comparison_charts`` です。

What they return shows itself in a notebook; counts are respondents, shares of the valid answers.
They raise FigureError for sessions that were asked an item differently.

>>> import dxeval as dx
>>> workspace = dx.Workspace.find()
>>> session = workspace.session("bpr-1")
>>> scores = workspace.score(session, workspace.responses(session))
>>> "満足度" in str(dx.charts.results(scores).html)
True

A session's bar holds no text: headline, levels and counts are HTML around it, so they wrap on a
phone, grow with the reader's text size and can be read aloud. Its legend is its table.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from matplotlib.figure import Figure

from dxeval.definitions.item import Item
from dxeval.definitions.kinds import kind_of
from dxeval.definitions.programme import ProgrammeFile, Session, session_label
from dxeval.definitions.questions import Scale
from dxeval.presenting import drawing, wording
from dxeval.presenting.colours import level_colours
from dxeval.presenting.figures_file import WORKBOOK
from dxeval.presenting.html import Fragment, render
from dxeval.presenting.shown import Row, card, shown
from dxeval.scoring.across import ItemAcross, items_across
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.score import Scores

UNITS_UP_TO = 40
"""Up to this many respondents each is a visible unit of the bar."""
LONG_LABEL = 18
"""Levels of more letters stand one below the other under their bar, not side by side."""


def warm_up() -> None:
    """Draw for nothing, so that fonts and back end are loaded before a process is forked."""
    item = Scale(name="?", question="?", levels=("1", "2"), favourable=("1",))
    figure = bar(Distribution(item, 0, item.favourable, counts=(1, 1)))
    figure.text(0, 0, "①第1回", font=drawing.RC["font.family"][0])
    drawing.svg_uri(figure)


def results(scores: Scores) -> Fragment:
    """Return the section アンケート結果: one chart an item; empty if nobody answered."""
    charts = session_charts(scores)
    return render("charts_section", charts=charts) if charts else Fragment()


def session_charts(scores: Scores) -> Fragment:
    """Return one chart an item: its name and its one number; what it says, picture and numbers."""
    if not scores.n_respondents:
        return Fragment()
    every = [(score, card(score), shown(score)) for score in scores]
    return render("session_charts", charts=[found for found in every if found[-1].heading])


def bar_picture(score: Distribution) -> Fragment:
    """Return an item's bar: bracket of the favourable share, bar, levels with their numbers.

    Empty if nobody answered.
    """
    if not score.n_valid:
        return Fragment()
    colour = level_colours(_scale(score.item))
    lines = [
        (colour[level], level, count, score.percent(level), level in score.favourable)
        for level, count in score
    ]
    return render(
        "bar",
        score=score,
        image=drawing.svg_uri(bar(score), stretch=True),
        alt=wording.alt_text(score),
        caption=wording.valid_text(score),
        lines=lines,
        long=any(len(level) > LONG_LABEL for level in score.item.labels),
    )


def _scale(item: Item) -> Scale:
    if not isinstance(item, Scale):
        raise TypeError(f"{item.name} has no ordered levels")
    return item


def legend(item: Scale, counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Return colour, level and count of the levels that somebody chose."""
    colour = level_colours(item)
    return [(colour[level], level, counts[level]) for level in item.levels if counts[level]]


def bar(score: Distribution) -> Figure:
    """Return one item's bar: a unit a respondent while they are few, else stacked segments."""
    colour, few = level_colours(_scale(score.item)), score.n_valid <= UNITS_UP_TO
    return drawing.bar(
        (colour[level], score.units(level) if few else [score.extent(level)])
        for level in score.chosen
    )


def comparison_charts(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> Fragment:
    """Return one chart an item: the sessions' full distributions side by side, with their counts.

    A chart has the sessions that were asked the item. Raises NotAskedError for an item of which a
    session knows nothing, FigureError if sessions were asked it differently.
    """
    answered = [session for session in sessions if scores[session.id].n_respondents]
    if not answered:
        return Fragment()
    charts = []
    for across in items_across([session.id for session in answered], scores):
        rows = compared_rows(across, answered, scores, programme)
        if (chart := kind_of(across.item).compared_in_full(across, rows)) is not None:
            head = render("head", name=across.item.name, mixed=across.is_mixed)
            charts.append((head, chart))
    if not charts:
        return Fragment()
    return render("comparison_charts", charts=charts, workbook=WORKBOOK)


def compared_rows(
    across: ItemAcross,
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
) -> list[Row]:
    """Return the sessions that were asked an item, or should have been, with their scores.

    A session that counts the item by a rule of its own is marked ＊.
    """
    name = across.item.name

    def label(session: Session) -> str:
        score = across.scores.get(session.id)
        return f"{session_label(session, programme)}{'＊' if score and score.reason else ''}"

    return [
        Row(session.programme, label(session), across.scores.get(session.id))
        for session in sessions
        if session.id in across.scores or name in scores[session.id].not_asked
    ]


def levels_by_session(across: ItemAcross, rows: Sequence[Row]) -> Fragment:
    """Return an item's bars, a row a session, with the counts of its levels: legend and table."""
    item = _scale(across.item)
    colours = level_colours(item)

    def line(row: Row) -> tuple[str, list[tuple[str, str, int]], int | str]:
        score = row.score
        if not isinstance(score, Distribution):
            return row.label, [], wording.NOT_ASKED
        if not score.n_valid:
            return row.label, [], wording.NO_ANSWERS
        return row.label, [(colours[level], level, count) for level, count in score], score.n_valid

    return render(
        "levels_by_session",
        caption=f"{item.name}の{across.over}ごとの人数",
        over=across.over,
        heads=[(colours[level], level) for level in item.levels],
        groups=[[*map(line, group)] for _, group in groupby(rows, key=lambda row: row.group)],
    )


def bars_picture(across: ItemAcross, rows: Sequence[Row]) -> Fragment:
    """Return an item's distributions, a bar a session, with the legend of all."""
    item = _scale(across.item)
    image = drawing.svg_uri(comparison(item, rows))
    alt = wording.comparison_alt_text(item.name, rows, across.over, mixed=across.is_mixed)
    return render("bars", image=image, alt=alt, entries=legend(item, across.counts))


def comparison(item: Scale, rows: Sequence[Row]) -> Figure:
    """Return an item's distributions, a row a session (None: not asked), programmes set apart."""
    colours = level_colours(item)
    drawn = [
        drawing.Row(
            group,
            label,
            [
                drawing.Segment(colours[level], score.extent(level), str(score.count(level)))
                for level in score.chosen
            ]
            if isinstance(score, Distribution)
            else [],
            note=wording.NO_ANSWERS if score else wording.NOT_ASKED,
        )
        for group, label, score in rows
    ]
    return drawing.bars(drawn, colours.values())
