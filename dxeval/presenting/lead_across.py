"""From what stands out in several sessions to the sentences at the top of a page. Japanese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dxeval.definitions.programme import session_label
from dxeval.presenting.glance import kept
from dxeval.presenting.html import Fragment, render
from dxeval.problems import shorten
from dxeval.scoring.kept import Kept
from dxeval.scoring.together import Below, Held, Together, together

if TYPE_CHECKING:
    from dxeval.definitions.programme import ProgrammeFile, Session
    from dxeval.definitions.published import Published
    from dxeval.scoring.score import Scores

Piece = tuple[str, bool]
"""A piece of a sentence, and whether it stands out."""
NAMED = 4
"""More items or sessions than these are counted, not named."""
NAME_SHOWN = 24
"""Letters of an item's name in a sentence; the table below has the whole of it."""


def lead_across(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
    published: Sequence[Published] = (),
) -> Fragment:
    """Return what stands out in several sessions, in a few sentences; empty for no sessions.

    ``published`` are figures of an earlier report, which may be all that there is of a session.
    """
    held = [_held(session, scores[session.id], programme, published) for session in sessions]
    return render("lead", pieces=words(together(held)), by_hand="") if held else Fragment()


def lead_of_all(held: Sequence[Held], left_out: int) -> Fragment:
    """Return the same in brief, for the list of all sessions, of which some are ``left_out``."""
    if not held:
        return Fragment()
    return render("lead", pieces=words(together(held), left_out, brief=True), by_hand="")


def _held(
    session: Session, scores: Scores, programme: ProgrammeFile, published: Sequence[Published]
) -> Held:
    from dxeval.presenting.possible import kept_published, known

    only = known(session, scores, published)
    return Held(
        label=session_label(session, programme),
        programme=session.programme,
        attendees=session.attendees,
        respondents=scores.n_respondents if scores.has_arrived else None,
        items=kept_published(scores, only) if only else kept(scores),
        not_asked=scores.not_asked,
    )


def words(found: Together, left_out: int = 0, *, brief: bool = False) -> list[Piece]:
    """Return what stands out, the share of full shares strongly; without spread in ``brief``."""
    return [
        (_who(found, left_out), False),
        *_shares(found),
        *_below(found),
        *([] if brief else _widest(found)),
        *_lacking(found),
        *_mixed(found),
    ]


def _who(found: Together, left_out: int) -> str:
    programmes = f"{found.programmes}事業・" if found.programmes > 1 else ""
    of = "延べ" if found.sessions > 1 else ""
    came = f"{programmes}{found.sessions}回、{of}{found.attendees}人が参加し"
    who = "" if found.attendees == 1 else "全員が"
    if found.waiting == found.sessions:
        said = f"{came}、回答はまだない。"
    elif not found.arrived:
        said = f"{came}、回答は手もとにない。"
    elif found.published and found.respondents:
        said = f"{came}、回答のある{found.arrived}回で{of}{found.respondents}人が回答した。"
    elif not found.respondents:
        said = f"{came}、回答した人はいない。"
    elif found.everybody:
        said = f"{came}{who}回答した。"
    elif found.beyond:
        said = f"{came}、{of}{found.respondents}件の回答があった。"
    else:
        said = f"{came}、{of}{found.respondents}人が回答した。"
    some = 0 < found.waiting < found.sessions
    waiting = f"{found.waiting}回は回答待ち。" if some else ""
    published = f"{found.published}回は公表された値だけ。" if found.published else ""
    lacking = f"作成できなかった{left_out}回は含まない。" if left_out else ""
    return f"{said}{published}{waiting}{lacking}"


def _shares(found: Together) -> Iterator[Piece]:
    """Yield how many shares are full."""
    what, n = "肯定的回答の割合", found.shares
    if not n:
        if found.respondents and not found.blank:
            yield f"{what}を出す設問はない。", False
    elif n == 1:
        ((_, only),) = found.lowest or (("", None),)
        yield f"{what}は{_share(only) if only else '100%'}", True
        yield "。", False
    else:
        some = f"うち{found.full}が100%" if found.full else "どれも100%に満たない"
        yield f"{what}は、{n}の{some if found.below else 'すべてが100%'}", True
        yield "。", False


def _below(found: Together) -> Iterator[Piece]:
    """Yield where shares are not full; of many items only the lowest."""
    if not found.below or found.shares == 1:
        return
    if len(found.below) <= NAMED:
        first = "100%に満たないのは、" if found.full else "内訳は、"
        yield f"{first}{'、'.join(map(_one, found.below))}。", False
        return
    if found.full:
        yield f"100%に満たないのは{len(found.below)}問にある。", False
    (label, lowest), *more = found.lowest
    where = f"と同じ割合の{len(more)}つ" if more else f"（{lowest.count}/{lowest.n}人）"
    name = f"{_name(lowest.item)}{'＊' if lowest.own_rule else ''}"
    yield f"最も低いのは{label}の{name}の{lowest.percent}%{where}。", False


def _one(below: Below) -> str:
    name = f"{_name(below.item)}{'＊' if below.own_rule else ''}"
    label, *more = below.sessions
    if not more:
        return f"{name}が{label}（{_share(below.lowest)}）"
    people = "数え方の違う回を含む" if below.mixed else f"延べ{below.count}/{below.n}人"
    return f"{name}が{len(below.sessions)}回（{_range(below.lowest, below.highest)}、{people}）"


def _share(kept: Kept) -> str:
    """Return ``95%、20/21人``; of a share that is full only when rounded, the people alone."""
    people = f"{kept.count}/{kept.n}人"
    return f"{kept.percent}%、{people}" if kept.is_full or kept.percent < 100 else people


def _range(lowest: Kept, highest: Kept) -> str:
    """Return ``52～90%``; never 100 % for a share that is not full."""
    if highest.percent == 100 and not highest.is_full:
        return "100%未満" if lowest.percent == 100 else f"{lowest.percent}%から100%未満"
    if lowest.percent == highest.percent:
        return f"どれも{lowest.percent}%"
    return f"{lowest.percent}～{highest.percent}%"


def _widest(found: Together) -> Iterator[Piece]:
    spread = found.widest
    if spread and len(spread.items) <= NAMED and spread.lowest.percent < spread.highest.percent:
        names = "・".join(map(_name, spread.items))
        between = _range(spread.lowest, spread.highest)
        yield f"回の間の開きが最も大きいのは{names}（{between}）。", False


def _lacking(found: Together) -> Iterator[Piece]:
    """Yield what nobody answered and what was not asked."""
    for labels, items in found.blank.items():
        yield f"{_which(items)}は{_where(labels)}で有効な回答がない。", False
    for labels, items in found.not_asked.items():
        yield f"{_which(items)}は{_where(labels)}で質問していない。", False


def _mixed(found: Together) -> Iterator[Piece]:
    """Yield which shares are not counted by one rule."""
    if found.mixed:
        yield f"{_which(found.mixed)}は回によって数え方が違う（＊）。", False


def _which(items: Sequence[str]) -> str:
    return f"{len(items)}問" if len(items) > NAMED else "・".join(map(_name, items))


def _where(labels: Sequence[str]) -> str:
    return f"{len(labels)}回" if len(labels) > NAMED else "・".join(labels)


def _name(item: str) -> str:
    return shorten(item, NAME_SHOWN)
