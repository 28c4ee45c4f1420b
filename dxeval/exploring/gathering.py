"""Every session's answers, read once: those that can be read, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from dxeval.definitions.item import Item
from dxeval.definitions.programme import Session
from dxeval.definitions.survey import Survey
from dxeval.errors import DataError, NotAskedError, WorkspaceError
from dxeval.presenting.explored import explored
from dxeval.presenting.html import Fragment
from dxeval.reading.responses import Responses
from dxeval.scoring.pooling import column, pooled
from dxeval.workspace import Workspace

LABELS_SHOWN = 12
"""Of a question with more labels the first and the last are listed."""


@dataclass(frozen=True)
class Explored:
    """The answers of several sessions, to be handed to ``dx.answers``, ``dx.crosstab`` and so on.

    ``sessions`` are those that could be read, in the report's order, ``responses`` their answers by
    session id; ``broken`` the others by id, each with all that is wrong. Shows itself as a table.
    """

    workspace: Workspace
    sessions: tuple[Session, ...]
    responses: Mapping[str, Responses] = field(repr=False)
    broken: Mapping[str, DataError]

    def __repr__(self) -> str:
        """Return no answer: how many sessions, and which could not be read."""
        broken = f"、読めない回：{'、'.join(self.broken)}" if self.broken else ""
        return f"<Explored {len(self.sessions)}回{broken}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {**self.overview._repr_mimebundle_(), "text/plain": repr(self)}

    @property
    def overview(self) -> Fragment:
        """A row a session: how many answered and wrote, and what does not count."""
        programme = self.workspace.programme
        return explored(self.sessions, self.responses, self.broken, programme)

    @property
    def survey(self) -> Survey:
        """All that may have been asked."""
        return self.workspace.survey

    @property
    def questions(self) -> pd.DataFrame:
        """A row a question or attribute: item kind question n_sessions n_valid n_missing labels.

        Only sessions with answers count; people who came twice count twice (延べ).
        """
        return pd.DataFrame(
            [self._question(item) for item in self.survey.read],
            columns=["item", "kind", "question", "n_sessions", "n_valid", "n_missing", "labels"],
        )

    def _question(self, item: Item) -> tuple[str, str, str, int, int, int, str]:
        asked = self.asked(item.name)
        score = pooled(item, {"": asked}, self.responses, "").scores.get("")
        answered = (score.n_valid, score.n_missing) if score else (0, 0)
        ends = (*item.labels[:1], "…", *item.labels[-1:])
        labels = "、".join(item.labels if len(item.labels) <= LABELS_SHOWN else ends)
        return item.name, item.kind, item.question, len(asked), *answered, labels

    def asked(self, *names: str) -> list[Session]:
        """Return the sessions with answers that were asked all those questions or attributes."""
        return [
            session
            for session in self.answered
            if all(column(self.responses[session.id], name) is not None for name in names)
        ]

    @property
    def answered(self) -> list[Session]:
        """The sessions in which anybody answered."""
        return [session for session in self.sessions if self.responses[session.id].n_respondents]

    def of_questionnaire(self, questionnaire: str) -> Explored:
        """Return the sessions that were asked a questionnaire, by its id."""
        programme = self.workspace.programme
        only = len(self.survey.questionnaires) == 1
        sessions = tuple(
            session
            for session in self.sessions
            if only
            or questionnaire
            in {session.questionnaire or programme.programme(session.programme).questionnaire}
        )
        return replace(self, sessions=sessions)

    def item(self, name: str) -> Item:
        """Return a question or attribute by name; NotAskedError if the survey has none."""
        try:
            return self.survey.item(name)
        except KeyError:
            known = "、".join(item.name for item in self.survey.read)
            message = f"「{name}」という設問・属性はありません。あるのは：{known}"
            raise NotAskedError(message) from None

    @property
    def pair(self) -> tuple[str, str | None]:
        """A question to begin with, and one to group by: None if no question makes groups."""
        asked = [item for item in self.survey.read if self.asked(item.name)] or self.survey.read
        first = next((item.name for item in asked if item.labels), asked[0].name)
        attributes = [item.name for item in self.survey.attributes if item in asked]
        groups = [item.name for item in asked if item.may_group and item.labels]
        others = [name for name in groups if name != first]
        return first, next(iter([*attributes, *reversed(others)]), None)


Source = Explored | Workspace | None
"""What functions take: what ``explore`` read, or a workspace (None: around the current folder)."""


def explore(
    workspace: Workspace | None = None,
    *,
    sessions: str | Collection[str] | None = None,
    programme: str | None = None,
) -> Explored:
    """Read the answers of every session, or of some, once; broken ones are named, not fatal.

    すべての回の回答を1度に読みます。読めない回は名前を挙げて除き、ほかの回はそのまま調べられます。

    ``workspace``: default, the one around the current folder. ``sessions``: only this id or these;
    ``programme``: only those of this programme's id. What is saved later is not seen: call it
    again. The result shows itself as a table, a row a session: respondents, comments, and how many
    rows do not count (出し直し, 申し出により除いた人, …); these are in no frame and no figure.

    Raises WorkspaceError if there is no workspace or no such session or programme, DataError if
    survey.yaml or programme.yaml is wrong.

    >>> import dxeval as dx
    >>> every = dx.explore()
    >>> every
    <Explored 7回>
    >>> every.questions[["item", "kind", "n_sessions", "n_valid"]].head(2).values.tolist()
    [['理解度', 'scale', 7, 108], ['役立ち度', 'scale', 7, 108]]
    >>> dx.explore(programme="bpr")
    <Explored 2回>
    """
    there = workspace or Workspace.find()
    catalogue = there.catalogue
    chosen = {session.id: session for session in catalogue.sessions}
    if programme is not None:
        if programme not in (known := [found.id for found in there.programme.programmes]):
            raise WorkspaceError(f"事業「{programme}」はありません。あるのは：{'、'.join(known)}")
        chosen = {i: session for i, session in chosen.items() if session.programme == programme}
    wanted = {sessions} if isinstance(sessions, str) else sessions
    if wanted is not None:
        known = [*chosen, *catalogue.broken]
        if strange := [name for name in wanted if name not in known]:
            shown = "、".join(known) or "なし"
            raise WorkspaceError(f"セッション「{strange[0]}」はありません。あるのは：{shown}")
    responses: dict[str, Responses] = {}
    broken = {i: e for i, e in catalogue.broken.items() if wanted is None or i in wanted}
    for session_id, session in chosen.items():
        if wanted is None or session_id in wanted:
            try:
                responses[session_id] = there.responses(session)
            except DataError as error:
                broken[session_id] = error
    read = tuple(chosen[session_id] for session_id in responses)
    return Explored(there, read, responses, broken)


def gathered(source: object) -> Explored:
    """Return what was read, reading it now if only a workspace is known (None: around here).

    Raises TypeError for anything else, and what ``explore`` raises.
    """
    if isinstance(source, Explored):
        return source
    if source is None or isinstance(source, Workspace):
        return explore(source)
    raise TypeError("最初に渡すのは dx.explore() の結果か、dx.Workspace.find() の結果です。")
