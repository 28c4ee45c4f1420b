"""From numbers to sentences: ratings and quantities, their medians and quartiles. Japanese."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dxeval.presenting.wording import NO_ANSWERS
from dxeval.scoring.values import NAMES, Ordered, Ratings

if TYPE_CHECKING:
    from dxeval.scoring.across import ItemAcross
    from dxeval.scoring.item_score import ItemScore

QUARTILES = "四分位は、並べた答えの間を比で分けた値（Excel の QUARTILE.INC と同じ）。"


def order_text(score: Ordered, unit: str = "") -> str:
    """Return the five numbers, ``中央値 8、四分位 6～9、最小 2、最大 10``; empty for no answers."""
    if not score.n_valid:
        return ""
    told = {name: f"{score.told(name)}{unit}" for name in NAMES}
    return f"中央値 {told['median']}、{spread_text(score, unit)}"


def spread_text(score: Ordered, unit: str = "") -> str:
    """Return the five numbers without the median; empty for no answers."""
    if not score.n_valid:
        return ""
    told = {name: f"{score.told(name)}{unit}" for name in NAMES}
    quartiles = f"{score.told('lower')}～{told['upper']}"
    return f"四分位 {quartiles}、最小 {told['least']}、最大 {told['most']}"


def middle_text(score: ItemScore) -> str:
    """Return the median with its unit: ``18時間``."""
    told = score.told("median") if isinstance(score, Ordered) else "—"
    return f"{told}{getattr(score.item, 'unit', None) or ''}"


def median_text(score: Ordered) -> str:
    """Return ``残業の中央値は18時間。``."""
    return f"{score.item.name}の中央値は{middle_text(score)}。"


def ratings_headline(score: Ratings) -> str:
    """Return the sentence over a rating's chart: its favourable span, and the five numbers."""
    if not score.n_valid:
        return NO_ANSWERS
    if not score.favourable:
        return spread_text(score)
    return f"{rating_span(score.favourable)}と回答。{order_text(score)}"


def ratings_notes(score: Ratings) -> list[str]:
    """Return how a rating's favourable share is counted, and how its quartiles are taken."""
    if not score.favourable:
        return [QUARTILES]
    name = f"＊この回の{score.item.name}" if score.reason else score.item.name
    return [rating_rule(name, score.favourable, score.reason), QUARTILES]


def rating_rule(name: str, favourable: Sequence[str], reason: str | None = None) -> str:
    """Return how a rating's favourable share is counted, and why if only in one session."""
    why = f"（{reason.removesuffix('。')}）" if reason else ""
    return f"{name}は{rating_span(favourable)}を肯定的回答に数える{why}。"


def rating_span(favourable: Sequence[str]) -> str:
    """Return the favourable numbers: ``8～10``, or the only one."""
    first, *more = sorted(favourable, key=int)
    return f"{first}～{more[-1]}" if more else first


def quartile_notes(*parts: Sequence[ItemAcross]) -> list[str]:
    """Return how quartiles are taken, nothing where none of the items has any."""
    scores = [score for part in parts for item in part for score in item.scores.values()]
    return [QUARTILES] if any(isinstance(score, Ordered) for score in scores) else []


def ratings_alt_text(score: Ratings) -> str:
    """Return one sentence that says what a rating's chart shows."""
    counts = "、".join(f"{label}が{count}人" for label, count in score if count)
    return (
        f"{score.item.name}の度数の図：有効回答{score.n_valid}人のうち{counts}。"
        f"{order_text(score)}。"
    )
