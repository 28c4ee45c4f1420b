"""Cross tables of several sessions together, and sessions or programmes side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

import pandas as pd

from dxeval.definitions.item import Item
from dxeval.definitions.programme import Session, session_label
from dxeval.definitions.survey import Survey
from dxeval.errors import FigureError, NotAskedError
from dxeval.exploring.gathering import Explored, Source, gathered
from dxeval.presenting import asked_words
from dxeval.presenting.html import Fragment
from dxeval.presenting.shown import Row
from dxeval.presenting.side_by_side import (
    TOGETHER,
    few_notes,
    nothing_yet,
    reference_notes,
    rule_notes,
    side_by_side,
)
from dxeval.reading.responses import Responses
from dxeval.scoring import crosstab as counted
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.pooling import frame, pooled, rule_of

MOST_GROUPS = 101
"""A number's answers may be as many groups; a rating from 0 to 100 has them."""

NO_ANSWERS = "まだ回答がありません。dxeval add で回答を加えると、ここに出ます"
_GROUPS = {"session": ("session_id", "回"), "programme": ("programme", "事業")}
"""By what sessions are compared: the frame's column, and the word for it."""


@dataclass(frozen=True)
class Figure:
    """Figures side by side that show themselves as chart and table; ``frame`` are their numbers.

    ``frame``: a row a group and label: the group, level count share (0-1) n_valid n_missing, and
    favourable_count favourable_share or least lower median upper most where the kind has them.
    """

    frame: pd.DataFrame = field(repr=False)
    shown: Fragment = field(repr=False)
    title: str = ""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {**self.shown._repr_mimebundle_(), "text/plain": repr(self)}


@singledispatch
def crosstab(source: object, item: str, by: str | None) -> Figure:
    """Return how a question was answered in each group of respondents, sessions together.

    設問を、別の設問か属性の答えごとに分けて数えます（人数、割合、有効回答）。

    ``source``: what ``dx.explore()`` returned, or a workspace. ``item``: a question or attribute;
    ``by``: one that makes groups (scale, rating, choice, number). Counted are the respondents of
    all sessions that were asked both (延べ); the result shows chart, table, and notes: which
    sessions were not asked, whose wording or rule differs, groups so small that they tell who
    answered what. Its ``frame`` has a row a group and label: ``group`` (the other question's
    labels in order, （無回答） last), ``level``, ``count`` (respondents), ``share`` (0-1, of the
    group's valid answers), ``n_valid``, ``n_missing``, and favourable_count favourable_share or
    least lower median upper most (in the question's unit) where the kind has them.

    ``crosstab(responses, survey, item, by)`` gives the figures of one session alone, for
    ``dx.tables.crosstab`` on a page.

    Raises NotAskedError for a name that survey.yaml does not have or that no session was asked
    together with the other, FigureError if ``by`` makes no groups or more than 101.

    >>> import dxeval as dx
    >>> found = dx.crosstab(dx.explore(), "満足度", "習得度")
    >>> sure = found.frame.query("group == '実践できる'")
    >>> sure[["level", "count", "n_valid"]].head(2).values.tolist()
    [['大いに満足', 15, 28], ['満足', 10, 28]]
    """
    every = gathered(source)
    if by is None:
        why = "分けるための設問（選択肢から1つを選ぶ設問、属性）がありません"
        return Figure(_no_figure("group"), nothing_yet(item, why), item)
    what, grouping = every.item(item), every.item(by)
    title = f"{item}（{by}ごと）"
    if not every.answered:
        return Figure(_no_figure("group"), nothing_yet(title, NO_ANSWERS), title)
    sessions = every.asked(item, by)
    rule = rule_of(what, sessions).own
    answers = [every.responses[session.id] for session in sessions]
    found = counted.crosstab_of(answers, every.survey, item, by, rule)
    if len(found.groups) > MOST_GROUPS:
        message = f"「{by}」の答えは{len(found.groups)}通りあり、分けるには多すぎます"
        raise FigureError(f"{message}（{MOST_GROUPS}通りまで）。")
    across = ItemAcross(what, found.groups, by)
    rows = [Row("", label, score) for label, score in found.groups.items()]
    notes = [
        *few_notes(found),
        *reference_notes(what, found.fewest, "組", every.survey),
        *_notes(every, [what, grouping], sessions),
        *rule_notes(what, _labelled(every, sessions), together=True),
    ]
    shown = side_by_side(across, [*rows, Row("", "全体", found.together)], title, notes)
    return Figure(frame("group", found.groups), shown, title)


@crosstab.register
def _(source: Responses, survey: Survey, item: str, by: str) -> Any:
    return counted.crosstab(source, survey, item, by)


def compare(source: Source, item: str, by: str = "session") -> Figure:
    """Return how a question was answered in each session or programme, side by side.

    設問を、回ごと（または ``by="programme"`` で事業ごと）に並べて比べます。

    ``source``: what ``dx.explore()`` returned, or a workspace (None: around the current folder).
    ``item``: a question or attribute. ``by``: ``"session"`` or ``"programme"``, whose sessions are
    counted together (延べ). The result shows chart, table and notes; its ``frame`` has a row a
    session and label: ``session_id`` or ``programme``, then ``level``, ``count`` (respondents),
    ``share`` (0-1, of the valid answers), ``n_valid``, ``n_missing``, and favourable_count
    favourable_share or least lower median upper most (in the question's unit) where the kind has
    them. A session that was not asked (質問なし) is shown and has no row.

    Raises NotAskedError for a name that survey.yaml does not have or that nobody was asked,
    FigureError for another ``by``.

    >>> import dxeval as dx
    >>> found = dx.compare(dx.explore(), "理解度", by="programme")
    >>> best = found.frame.query("level == 'とても理解できた'")
    >>> best[["programme", "count", "n_valid"]].values.tolist()
    [['exchange', 49, 96], ['bpr', 7, 12]]
    """
    every = gathered(source)
    if by not in _GROUPS:
        raise FigureError(f"by は {'、'.join(_GROUPS)} のどれかです（値：「{by}」）。")
    what, (key, over) = every.item(item), _GROUPS[by]
    title = f"{item}（{over}ごと）"
    if not every.answered:
        return Figure(_no_figure(key), nothing_yet(title, NO_ANSWERS), title)
    sessions = every.asked(item)
    if not sessions:
        raise NotAskedError(f"「{item}」を聞いた回がありません。")
    groups = _groups(every, by)
    across = pooled(what, {k: found for k, (_, found) in groups.items()}, every.responses, over)
    programme_of = {k: found[0].programme for k, (_, found) in groups.items()}
    apart = by == "session"
    rows = [
        Row(programme_of[k] if apart else "", label, across.scores.get(k))
        for k, (label, _) in groups.items()
    ]
    notes = [
        *reference_notes(what, across.fewest, over, every.survey),
        *_notes(every, [what], sessions, together=not apart),
    ]
    there = {session.id for session in sessions}
    for _, found in groups.values():
        asked = [labelled for labelled in _labelled(every, found) if labelled[1].id in there]
        notes += rule_notes(what, asked, together=not apart) if asked else []
    shown = side_by_side(across, rows, title, [*dict.fromkeys(notes)])
    return Figure(frame(key, across.scores), shown, title)


def _groups(every: Explored, by: str) -> dict[str, tuple[str, list[Session]]]:
    """Return the groups of sessions with answers: by id, each with its label and sessions."""
    labelled = _labelled(every, every.answered)
    if by == "session":
        return {session.id: (label, [session]) for label, session in labelled}
    programmes = every.workspace.programme.programmes
    groups = {
        found.id: (found.label, [s for s in every.answered if s.programme == found.id])
        for found in programmes
    }
    return {programme: group for programme, group in groups.items() if group[1]}


def _labelled(every: Explored, sessions: Sequence[Session]) -> list[tuple[str, Session]]:
    return [(session_label(session, every.workspace.programme), session) for session in sessions]


def _notes(
    every: Explored, items: Sequence[Item], sessions: Sequence[Session], *, together: bool = True
) -> list[str]:
    """Return what the sessions were asked otherwise or not at all, and what was not read."""
    labelled = _labelled(every, sessions)
    there = {session.id for session in sessions}
    left_out = [label for label, s in _labelled(every, every.answered) if s.id not in there]
    notes = [TOGETHER] if together and len(sessions) > 1 else []
    if left_out and together:
        notes.append(f"質問なしの回は入っていません：{'、'.join(left_out)}。")
    if silent := [name for name, s in _labelled(every, every.sessions) if not _counts(every, s)]:
        notes.append(f"まだ回答のない回は入っていません：{'、'.join(silent)}。")
    if every.broken:
        notes.append(f"読めない回は入っていません：{'、'.join(every.broken)}。")
    for item in items:
        headers = {
            label: {item.name: wording}
            for label, session in labelled
            if (wording := every.responses[session.id].wordings.get(item.name))
        }
        notes += asked_words.rewording_notes_of(headers)
    return notes


def _counts(every: Explored, session: Session) -> bool:
    return every.responses[session.id].n_respondents > 0


def _no_figure(key: str) -> pd.DataFrame:
    return frame(key, {})
