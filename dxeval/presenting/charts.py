"""From Scores to charts. Every number that is drawn or written is the score's.

A session's bar holds no text: headline, legend and counts are HTML around it, so they wrap on a
phone, grow with the reader's text size and can be read aloud.
"""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from dxeval.definitions.item import Item
from dxeval.definitions.programme import ProgrammeFile, Session, session_label
from dxeval.presenting import drawing, wording
from dxeval.presenting.colours import level_colours
from dxeval.presenting.html import Fragment, render
from dxeval.scoring.across import items_across
from dxeval.scoring.score import ItemScore, Scores

UNITS_UP_TO = 40
"""Up to this many respondents each is a visible unit of the bar."""


def warm_up() -> None:
    """Draw for nothing, so that fonts and back end are loaded before a process is forked."""
    item = Item(name="?", question="?", levels=("1", "2"), favourable=("1",))
    figure = bar(ItemScore(item, (1, 1), 0, item.favourable))
    figure.text(0, 0, "①第1回", font=drawing.RC["font.family"][0])
    drawing.svg_uri(figure)


def session_charts(scores: Scores) -> Fragment:
    """Return one chart an item: headline, bracket of the favourable share, bar, legend."""
    if not scores.n_respondents:
        return Fragment()
    return render("session_charts", charts=[_item_chart(score) for score in scores])


def _item_chart(score: ItemScore) -> tuple[ItemScore, str, str, str, list[tuple[str, str, int]]]:
    """Return a score, its heading, the bar's image and alt text (none without answers), legend."""
    heading = f"{score.item.name}{'＊' if score.reason else ''} — {wording.headline(score)}"
    image = drawing.svg_uri(bar(score), stretch=True) if score.n_valid else ""
    return score, heading, image, wording.alt_text(score), legend(score.item, dict(score))


def legend(item: Item, counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Return colour, level and count of the levels that somebody chose."""
    colour = level_colours(item)
    return [(colour[level], level, counts[level]) for level in item.levels if counts[level]]


def bar(score: ItemScore) -> Figure:
    """Return one item's bar: a unit a respondent while they are few, else stacked segments."""
    colour, few = level_colours(score.item), score.n_valid <= UNITS_UP_TO
    return drawing.bar(
        (colour[level], score.units(level) if few else [score.extent(level)])
        for level in score.chosen
    )


def comparison_charts(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> Fragment:
    """Return one chart an item: the full distributions of the sessions side by side.

    A chart has the sessions that were asked the item. Raises NotAskedError for an item of which a
    session knows nothing, FigureError if sessions were asked it differently.
    """
    answered = [session for session in sessions if scores[session.id].n_respondents]
    if not answered:
        return Fragment()
    charts = []
    for across in items_across([session.id for session in answered], scores):
        name = across.item.name
        items = [
            (session, across.scores.get(session.id))
            for session in answered
            if session.id in across.scores or name in scores[session.id].not_asked
        ]
        labelled = [(session_label(session, programme), score) for session, score in items]
        image = drawing.svg_uri(comparison(items, across.item, programme))
        alt = wording.comparison_alt_text(name, labelled)
        charts.append((name, image, alt, legend(across.item, across.counts)))
    return render("comparison_charts", charts=charts)


def comparison(
    items: Sequence[tuple[Session, ItemScore | None]], item: Item, programme: ProgrammeFile
) -> Figure:
    """Return an item's distributions, a row a session (None: not asked), programmes set apart."""
    colours = level_colours(item)
    rows = [
        drawing.Row(
            session.programme,
            session_label(session, programme),
            [
                drawing.Segment(colours[level], score.extent(level), str(score.count(level)))
                for level in score.chosen
            ]
            if score
            else [],
            note=wording.NO_ANSWERS if score else wording.NOT_ASKED,
        )
        for session, score in items
    ]
    return drawing.bars(rows, colours.values())
