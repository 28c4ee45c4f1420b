"""From what stands out in scores to the two or three sentences at the top of a page. Japanese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from dxeval.presenting import number_words
from dxeval.presenting.shown import shown
from dxeval.presenting.wording import LABEL_SHOWN
from dxeval.problems import shorten
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.selections import Selections
from dxeval.scoring.standing_out import Below, StandingOut, standing_out
from dxeval.scoring.values import Ordered

if TYPE_CHECKING:
    from dxeval.scoring.item_score import ItemScore
    from dxeval.scoring.score import Scores

NAMED = 4
"""More items than these are counted, not named."""
TOLD = 3
"""More items than these are not gone through one by one."""


class Piece(NamedTuple):
    """A piece of a sentence, and whether it stands out: a share that is not full."""

    text: str
    strong: bool = False


def lead(scores: Scores, attendees: int | None = None) -> list[Piece]:
    """Return what stands out in a session's scores; empty if nobody answered.

    Shares are told as so many of so many people: the percentages stand in the cards below.
    """
    if not scores.n_respondents:
        return []
    found = standing_out(scores)
    return [
        *_who(scores, found, attendees),
        *_below(scores, found),
        *(Piece(text) for text in _rest(scores, found)),
        *(Piece(text) for text in _lacking(scores, found)),
    ]


def as_text(pieces: Sequence[Piece]) -> str:
    """Return the sentences without what stands out in them."""
    return "".join(piece.text for piece in pieces)


def _name(score: ItemScore) -> str:
    return f"{score.item.name}＊" if score.reason else score.item.name


def _who(scores: Scores, found: StandingOut, attendees: int | None) -> Iterator[Piece]:
    """Yield who answered, and which items all answered favourably."""
    n = scores.n_respondents
    if attendees is None or n > attendees:
        who = f"{n}人が"
    elif n < attendees:
        who = f"参加した{attendees}人のうち{n}人が"
    else:
        who = "参加した1人が" if n == 1 else f"参加した{n}人の全員が"
    if not found.full:
        blank = "" if found.below or found.rest else _nothing(found)
        yield Piece(f"{who}回答した{blank}。")
        return
    names = "・".join(map(_name, found.full))
    if len(found.full) > NAMED:
        of = "" if found.below else "のすべて"
        names = f"{len(found.full)}問{of}"
        if found.below:
            names = f"{found.n_shares}問のうち{names}"
    elif len(found.full) > 1 and not found.below:
        names = f"{names}のすべて"
    yield Piece(f"{who}回答し、{names}で{_favourably(scores, found, attendees)}。")


def _nothing(found: StandingOut) -> str:
    return "が、どの設問にも有効な回答がない" if found.blank else ""


def _favourably(scores: Scores, found: StandingOut, attendees: int | None) -> str:
    if scores.n_respondents == 1:
        return "肯定的に答えた"
    if any(score.n_missing for score in found.full):
        return "、答えた全員が肯定的だった"
    whose = "" if scores.n_respondents == attendees else "回答者の"
    return f"{whose}全員が肯定的に答えた"


def _below(scores: Scores, found: StandingOut) -> Iterator[Piece]:
    """Yield the items that not all answered favourably, or the lowest and the widest of many."""
    if len(found.below) > TOLD:
        yield from _lowest(found)
        return
    first = not found.full
    for below in found.below:
        if scores.n_respondents == 1:
            yield Piece(f"{_name(below.score)}は「{_label(*below.others)}」", strong=True)
            yield Piece("を選んだ。")
        elif isinstance(below.score, Ordered):
            yield from _rating(below.score)
        else:
            if first:
                yield Piece("肯定的に答えたのは、")
            yield Piece(f"{_name(below.score)}{'が' if first else 'は'}{_of(below)}", strong=True)
            yield Piece(f"で、{_others(below)}を選んだ。")
            first = False


def _rating(score: Distribution) -> Iterator[Piece]:
    of = f"{score.n_valid}人中{score.favourable_count}人"
    span = number_words.rating_span(score.favourable)
    yield Piece(f"{_name(score)}は{of}が{span}", strong=True)
    yield Piece(f"を選び、中央値は{number_words.middle_text(score)}。")


def _of(below: Below) -> str:
    return f"{below.score.n_valid}人中{below.score.favourable_count}人"


def _others(below: Below) -> str:
    parts = [f"{count}人が「{_label(level)}」" for level, count in below.others.items()]
    if below.more_levels:
        parts.append(f"{below.more_people}人がほかの{below.more_levels}つ")
    return "、".join(parts)


def _label(text: str) -> str:
    return shorten(text, LABEL_SHOWN)


def _lowest(found: StandingOut) -> Iterator[Piece]:
    """Yield of many items the lowest share, and which answers are spread most widely."""
    among = "ほかの" if found.full else "全員が肯定的に答えた設問はなく、"
    yield Piece(f"{among}{len(found.below)}問で最も低いのは")
    lowest, *more = found.lowest
    names = _names([below.score for below in found.lowest])
    share = f"{lowest.score.favourable_percent}%" if more else _of(lowest)
    yield Piece(f"{names}の{share}", strong=True)
    yield Piece("。" if more or isinstance(lowest.score, Ordered) else f"（{_others(lowest)}）。")
    if found.widest and len(found.widest) <= TOLD:
        chosen = len(found.widest[0].chosen)
        yield Piece(f"回答が最も多くの選択肢に分かれたのは{_names(found.widest)}（{chosen}つ）。")


def _rest(scores: Scores, found: StandingOut) -> Iterator[str]:
    """Yield what their kinds say of the items without a share; of many, what is most and median."""
    if len((*found.below, *found.rest)) <= TOLD:
        yield from filter(None, (shown(score).sentence for score in found.rest))
        return
    medians = [score for score in found.rest if isinstance(score, Ordered)]
    chosen = [s for s in found.rest if isinstance(s, Distribution | Selections) and s.leaders]
    chosen = [score for score in chosen if score not in medians]
    alone = scores.n_respondents == 1
    if chosen:
        leaders = [_leader(score) for score in chosen]
        yield f"{'選んだのは' if alone else '最も多い答えは'}、{_listed(leaders)}。"
    if medians:
        told = [f"{_name(score)} {number_words.middle_text(score)}" for score in medians]
        yield f"{'答えた数は' if alone else '中央値は'}、{_listed(told)}。"
    for score in found.rest:
        if score not in medians and not isinstance(score, Distribution | Selections):
            yield shown(score).sentence


def _leader(score: Distribution | Selections) -> str:
    first, *more = score.leaders
    same = f"と同数の{len(more)}つ" if more else ""
    return f"{_name(score)}「{_label(first)}」{same}"


def _listed(texts: Sequence[str]) -> str:
    more = f"など{len(texts)}問" if len(texts) > NAMED else ""
    return f"{'、'.join(texts[:NAMED])}{more}"


def _lacking(scores: Scores, found: StandingOut) -> Iterator[str]:
    """Yield what was left out (of many items the line below the cards says it) and not asked."""
    if found.blank and (found.full or found.below or found.rest):
        yield f"{_names(found.blank)}には有効な回答がない。"
    if found.missing and len(found.missing) <= TOLD:
        parts = "、".join(f"{_name(score)}に{score.n_missing}人" for score in found.missing)
        yield f"無回答は{parts}。"
    if not_asked := scores.not_asked:
        many = len(not_asked) > NAMED
        names = f"{len(not_asked)}問" if many else "・".join(not_asked)
        yield f"{names}は質問していない。"


def _names(scores: Sequence[ItemScore]) -> str:
    return f"{len(scores)}問" if len(scores) > NAMED else "・".join(map(_name, scores))
