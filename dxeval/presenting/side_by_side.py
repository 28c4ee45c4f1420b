"""One item in groups or sessions side by side, for whoever explores: chart, numbers, cautions."""

from collections.abc import Iterator, Sequence

from dxeval.definitions.item import Item, Rated
from dxeval.definitions.kinds import kind_of
from dxeval.definitions.programme import Session
from dxeval.definitions.survey import Survey
from dxeval.presenting import wording
from dxeval.presenting.html import Fragment, render
from dxeval.presenting.numbers import DENSE
from dxeval.presenting.shown import Line, Row, Table
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.crosstab import FEW, Crosstab
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.pooling import rule_of

TOGETHER = "延べ人数です。回をまたいで同じ人が2度入ることがあります。"

LEVELS_ACROSS, GROUPS_ACROSS = 5, 8
"""More levels than these are rows, and not more groups than these columns then."""


def side_by_side(
    across: ItemAcross, rows: Sequence[Row], caption: str, notes: Sequence[str]
) -> Fragment:
    """Return the item's chart with a row a group, its numbers, and ``notes`` below."""
    picture = kind_of(across.item).compared(across, rows)
    return render(
        "side_by_side",
        caption=caption,
        picture=picture or Fragment(),
        table=_table(caption, across, rows, drawn=bool(picture)),
        notes=notes,
    )


def nothing_yet(caption: str, why: str) -> Fragment:
    """Return why there is nothing to see."""
    return render("notice", word=caption, text=why)


def few_notes(found: Crosstab) -> list[str]:
    """Return the caution of a cross table with groups of so few that they may be told apart."""
    if not found.few:
        return []
    return [
        f"{FEW}人に満たない組があり（{wording.quoted(found.few)}）、"
        "だれの答えか分かることがあります。配る前に、組をまとめるか、載せないことを考えてください。"
    ]


def reference_notes(item: Item, fewest: int, over: str, survey: Survey) -> list[str]:
    """Return the caution of shares of a few, nothing if no group (``over``) has so few answers."""
    if fewest >= survey.reference_below or not item.labels:
        return []
    return [f"有効回答が{survey.reference_below}人未満の{over}の割合は参考値です。"]


def rule_notes(item: Item, sessions: Sequence[tuple[str, Session]], *, together: bool) -> list[str]:
    """Return how a favourable answer is counted, and in which sessions otherwise.

    ``sessions`` are labels and sessions; ``together``: these are counted together, by one rule.
    """
    rule = rule_of(item, [session for _, session in sessions])
    set_aside = {session.id for session in rule.set_aside}
    if not isinstance(item, Rated):
        return []
    own = rule.own.levels if rule.own and together else item.favourable
    notes = [kind_of(item).rule(item.name, own)] if own else []
    for label, session in sessions:
        for special in session.favourable:
            if special.item != item.name or (together and session.id not in set_aside):
                continue
            if together:
                notes.append(
                    f"{label}だけの数え方（{wording.quoted(special.levels)}）は、ここでは使いません。"
                )
            else:
                name = f"{label}の{item.name}"
                notes.append(kind_of(item).rule(name, special.levels, special.reason))
    return notes


def _table(caption: str, across: ItemAcross, rows: Sequence[Row], *, drawn: bool) -> Table | None:
    """Return counts with row shares; None where the chart holds them, or there are too many."""
    item, scores = across.item, [score for _, _, score in rows if score]
    if not drawn:
        lines = [Line(label, False, [*_who(score)]) for _, label, score in rows]
        return Table(caption, [across.over, "答えた人", "答えなかった人"], lines)
    if not all(isinstance(score, Distribution) for score in scores):
        return None
    if not isinstance(item, Rated) or len(item.labels) > DENSE:
        return None
    favourable = any(score.favourable for score in scores)
    heads = [*item.labels, *(["肯定的回答"] if favourable else []), "有効回答", "無回答"]
    few = len(item.labels) <= LEVELS_ACROSS
    upright = not few and len(rows) <= GROUPS_ACROSS
    lines = [
        Line(label, False, [*_cells(score, favourable, shares=few or upright)])
        for _, label, score in rows
    ]
    if not upright:
        return Table(caption, [across.over, *heads], lines)
    blank = [wording.NOT_ASKED for _ in heads]
    columns = zip(*(line.cells or blank for line in lines), strict=True)
    turned = [Line(head, False, cells) for head, cells in zip(heads, columns, strict=True)]
    return Table(caption, ["選択肢", *(line.label for line in lines)], turned)


def _cells(score: ItemScore | None, favourable: bool, *, shares: bool) -> Iterator[str]:
    if not isinstance(score, Distribution):
        return
    for level, count in score:
        share = f"（{score.percent(level)}%）" if shares else ""
        yield f"{count}人{share}" if score.n_valid else wording.NO_SHARE
    if favourable:
        percent = score.favourable_percent
        told = f"{score.favourable_count}人（{percent}%）"
        yield wording.NO_SHARE if percent is None else told
    yield f"{score.n_valid}人"
    yield f"{score.n_missing}人"


def _who(score: ItemScore | None) -> Iterator[str]:
    if score:
        yield f"{score.n_valid}人"
        yield f"{score.n_missing}人"
