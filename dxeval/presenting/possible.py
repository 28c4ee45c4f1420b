"""What published figures leave of a session without answers: ranges, never a measurement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dxeval.presenting import audit_words, wording
from dxeval.presenting.colours import level_colours
from dxeval.presenting.glance import rule_of
from dxeval.presenting.html import Fragment, render
from dxeval.presenting.shown import shown
from dxeval.scoring.audit import Context, Known, ranges
from dxeval.scoring.audit.questions import lowest_first
from dxeval.scoring.kept import Kept
from dxeval.scoring.span import Span

if TYPE_CHECKING:
    from dxeval.definitions.item import Item
    from dxeval.definitions.programme import Session
    from dxeval.definitions.published import Published
    from dxeval.scoring.item_score import ItemScore
    from dxeval.scoring.score import Scores

MANY_WAYS = 1_000_000
"""More distributions than these are not written out."""


class Level(NamedTuple):
    """A row of an item's table: its colour (empty where levels have no order), level and range."""

    colour: str
    level: str
    favourable: bool
    span: Span
    people: str
    percents: str
    alt: str


class Question(NamedTuple):
    """One item: its figures as printed, what they leave, or why they leave nothing."""

    name: str
    share: tuple[str, str] | None
    printed: str
    levels: list[Level]
    left: str
    against: list[str]


def possible(session: Session, scores: Scores, published: Sequence[Published]) -> Fragment:
    """Return the section of a session without answers; empty where it has some, or no figures."""
    found = known(session, scores, published)
    if not found:
        return Fragment()
    asked = [score for score in scores if score.item.name in found]
    questions = [_question(score, found[score.item.name]) for score in asked]
    silent = [score.item.name for score in scores if score.awaited and score not in asked]
    shares = [score for score in asked if _favourable(score, found[score.item.name])]
    return render(
        "possible",
        questions=questions,
        everyone=any(each.everyone for each in found.values()),
        attendees=session.attendees,
        rules=[
            *dict.fromkeys(note for score in shares for note in shown(score).notes),
            *([f"公表された値のない設問：{'、'.join(silent)}。"] if silent else []),
        ],
    )


def known(session: Session, scores: Scores, published: Sequence[Published]) -> dict[str, Known]:
    """Return by item what figures leave of a session; empty where its answers have arrived."""
    own = [figure for figure in published if figure.session_ids == (session.id,)]
    if scores.has_arrived or not own:
        return {}
    items = [score.item for score in scores]
    context = Context(
        people={session.id: session.attendees},
        scales={item.name: labels for item in items if (labels := lowest_first(item))},
        rules={(session.id, score.item.name): score.favourable for score in scores},
        several=frozenset(item.name for item in items if item.may_spread),
    )
    found = {item: left for (_, item), left in ranges(own, context).items()}
    return {item.name: found[item.name] for item in items if item.name in found}


def only_published(
    sessions: Sequence[Session], scores: Mapping[str, Scores], published: Sequence[Published]
) -> dict[str, dict[str, Known]]:
    """Return the sessions of which only figures are known, with what these leave of each item."""
    found = {each.id: known(each, scores[each.id], published) for each in sessions}
    return {session_id: own for session_id, own in found.items() if own}


def kept_published(scores: Scores, found: Mapping[str, Known]) -> tuple[Kept, ...]:
    """Return a range of each favourable share for one cell; as printed where none is possible."""
    return tuple(kept_of(score, found.get(score.item.name)) for score in scores if score.favourable)


def kept_of(score: ItemScore, left: Known | None) -> Kept:
    """Return the same of one item; without a value where nothing is known of it."""
    name, rule = score.item.name, rule_of(score)
    span = _favourable(score, left) if left else None
    if left and span:
        value, people = wording.span_texts(span)
        found = Kept(name, span.n, value=value, brief=people, rule=rule, published=True)
        return replace(found, own_rule=bool(score.reason), few=span.few, many=span.many)
    if left and left.against:
        said = next((f.percent for f in left.figures if f.where == "table" and f.percent), None)
        if said is not None:
            conflicting = "値どうしが合わない"
            found = Kept(name, left.n, value=f"{said}%", brief=conflicting, published=True)
            return replace(found, own_rule=bool(score.reason), rule=rule)
    return Kept(name, 0)


def alt_text(level: str, span: Span) -> str:
    """Return what the drawing of a range shows."""
    if span.is_exact:
        return f"{level}：{span.n}人のうち{span.few}人"
    return f"{level}：{span.n}人のうち、少なくて{span.few}人、多くて{span.many}人"


def _question(score: ItemScore, left: Known) -> Question:
    span = _favourable(score, left)
    return Question(
        name=f"{score.item.name}＊" if score.reason else score.item.name,
        share=wording.span_texts(span) if span else None,
        printed="、".join(audit_words.as_printed(figure) for figure in left.figures),
        levels=list(_levels(score, left)),
        left=_ways_text(left),
        against=[audit_words.against(finding) for finding in left.against],
    )


def _favourable(score: ItemScore, left: Known) -> Span | None:
    return left.span(*score.favourable)


def _levels(score: ItemScore, left: Known) -> Iterator[Level]:
    item = score.item
    colours = _colours(item)
    for label in item.labels:
        span = left.span(label)
        if span is not None:
            yield Level(
                colour=colours.get(label, ""),
                level=label,
                favourable=label in score.favourable,
                span=span,
                people=wording.between_text(span.few, span.many, "人"),
                percents=wording.between_text(*span.percents, "%"),
                alt=alt_text(label, span),
            )


def _colours(item: Item) -> Mapping[str, str]:
    from dxeval.definitions.questions import Scale

    return level_colours(item) if isinstance(item, Scale) else {}


def _ways_text(left: Known) -> str:
    """Return how many distributions are left."""
    if left.ways is None:
        return f"{left.n}人。いくつでも選べる設問なので、選択肢ごとに見ています。"
    if left.ways == 1:
        return f"{left.n}人の回答の分かれ方は、1通りに決まります。"
    many = f"{MANY_WAYS}通りより多く" if left.ways > MANY_WAYS else f"{left.ways}通り"
    return f"{left.n}人の回答の分かれ方は、{many}残ります。"
