"""The table of all sessions: who came, and each question's favourable share, session by session."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from dxeval.definitions.item import Item
from dxeval.definitions.kinds import kind_of
from dxeval.definitions.programme import (
    Programme,
    ProgrammeFile,
    Session,
    date_text,
    session_label,
)
from dxeval.definitions.published import Published
from dxeval.definitions.survey import Survey
from dxeval.presenting import asked_words, glance, number_words, wording
from dxeval.presenting.html import Fragment, render
from dxeval.presenting.possible import kept_of, only_published
from dxeval.presenting.shown import card
from dxeval.presenting.splitting import parts
from dxeval.scoring.across import ItemAcross, shared_and_own, totals
from dxeval.scoring.audit import Known
from dxeval.scoring.kept import Kept, mixed_items
from dxeval.scoring.score import Scores

MOST_SHARES = 6
"""Columns of shares of a summary table, so many as are read without scrolling, on paper too."""

SummaryRow = tuple[Session, str, list[Kept | None]]
"""A session, its date in words, and its figures along the columns; None: not asked."""


class Part(NamedTuple):
    """One table: caption, items, columns with their kind, and the rows by programme."""

    caption: str
    items: list[str]
    columns: list[tuple[str | Fragment, str]]
    groups: list[tuple[Programme, list[SummaryRow]]]


def summary(
    sessions: Sequence[Session],
    scores: Mapping[str, Scores],
    programme: ProgrammeFile,
    survey: Survey,
    published: Sequence[Published] = (),
) -> Fragment:
    """Return the summary table: each session with its favourable shares, and the totals.

    A session of which only ``published`` figures are known has the ranges that these leave.
    Items that one programme alone was asked have a table of their own; an item that a session was
    not asked is 質問なし. Raises NotAskedError for an item of which a session knows nothing,
    FigureError if sessions were asked it differently.
    """
    if not sessions:
        return Fragment()
    shared, own = shared_and_own(sessions, scores)
    total = totals(sessions, scores)
    only = only_published(sessions, scores, published)
    summed = _Summed(scores, programme, only)
    together = summed.tables(shared, sessions)
    alone = [*summed.of_one_programme(own, sessions)]
    labelled = [(session_label(session, programme), scores[session.id]) for session in sessions]
    return render(
        "summary",
        shared=together,
        own=alone,
        totals=total,
        rules=[
            wording.totals_note(total),
            *wording.only_published_notes(
                [label for label, found in labelled if found.session_id in only],
                everyone=any(left.everyone for found in only.values() for left in found.values()),
            ),
            *_definitions(survey.items),
            *number_words.quartile_notes(shared, *own.values()),
            *wording.reference_note(total.fewest, survey),
            *_mixed_notes(together),
            *(note for _, tables in alone for note in _mixed_notes(tables)),
            *_own_rules(sessions, scores, programme),
            *asked_words.rewording_notes(labelled),
            *asked_words.variant_notes(survey.items),
            *asked_words.respelt_notes(labelled),
        ],
    )


@dataclass(frozen=True)
class _Summed:
    """Makes the tables; ``only`` is what published figures leave of sessions without answers."""

    scores: Mapping[str, Scores]
    programme: ProgrammeFile
    only: Mapping[str, Mapping[str, Known]]

    def of_one_programme(
        self, own: Mapping[str, Sequence[ItemAcross]], sessions: Sequence[Session]
    ) -> Iterator[tuple[str, list[Part]]]:
        """Yield each programme's name and the tables of what it alone was asked."""
        for programme_id, items in own.items():
            label = self.programme.programme(programme_id).label
            held = [session for session in sessions if session.programme == programme_id]
            tables = self.tables(items, held, f"{label}だけの設問の")
            if tables[0].items:
                yield label, tables

    def tables(
        self, items: Sequence[ItemAcross], held: Sequence[Session], of: str = ""
    ) -> list[Part]:
        """Return the items' table, in as many parts as can be read; one without items if none."""
        seen = [item for item in items if any(map(card, item.scores.values()))]
        if not seen:
            return [self._part(seen, held, of)]
        ends = [*parts(len(seen), MOST_SHARES)]
        which = wording.table_numbers(len(ends))
        return [
            self._part(seen[first:last], held, of, number)
            for (first, last), number in zip(ends, which, strict=True)
        ]

    def _part(
        self, seen: Sequence[ItemAcross], held: Sequence[Session], of: str, number: str = ""
    ) -> Part:
        names = [item.item.name for item in seen]
        groups = [*self._groups(held, names)]
        heads = glance.heads(names, _rows(groups))
        facts = [("開催内容", ""), ("開催日", "broad"), ("受講者数", "broad")]
        columns: list[tuple[str | Fragment, str]] = [*facts, *((head, "") for head in heads)]
        cards = [
            found for across in seen for score in across.scores.values() if (found := card(score))
        ]
        caption = wording.summary_caption(
            shares=any(found.meter for found in cards) or not cards,
            medians=any(not found.meter for found in cards),
        )
        return Part(f"{of}{caption}{number}", names, columns, groups)

    def _groups(
        self, sessions: Sequence[Session], names: Sequence[str]
    ) -> Iterator[tuple[Programme, list[SummaryRow]]]:
        """Yield the sessions of one programme after the other, scores in the order of ``names``."""
        for programme_id, group in groupby(sessions, key=lambda session: session.programme):
            rows = [
                (
                    session,
                    date_text(session.date, year=False),
                    [self._kept(session.id, name) for name in names],
                )
                for session in group
            ]
            yield self.programme.programme(programme_id), rows

    def _kept(self, session_id: str, name: str) -> Kept | None:
        score = self.scores[session_id].get(name)
        if score is None:
            return None
        only = self.only.get(session_id)
        return glance.kept_item(score) if only is None else kept_of(score, only.get(name))


def _rows(groups: Sequence[tuple[Programme, list[SummaryRow]]]) -> list[list[Kept]]:
    """Return what is known of each session's figures."""
    rows = (row for _, rows in groups for row in rows)
    return [[found for found in kept if found is not None] for _, _, kept in rows]


def _mixed_notes(tables: Sequence[Part]) -> Iterator[str]:
    """Yield which items' shares are not counted by one rule."""
    for table in tables:
        yield from map(
            wording.mixed_note, mixed_items(k for row in _rows(table.groups) for k in row)
        )


def _definitions(items: Sequence[Item]) -> Iterator[str]:
    """Yield how items are counted, those that are counted alike together."""
    alike: dict[str, list[Item]] = {}
    for item in items:
        nameless = item.model_copy(update={"name": ""})
        alike.setdefault(kind_of(item).definition(nameless) or "", []).append(item)
    for said, found in alike.items():
        name = "、".join(item.name for item in found)
        if said:
            yield kind_of(found[0]).definition(found[0].model_copy(update={"name": name}))


def _own_rules(
    sessions: Sequence[Session], scores: Mapping[str, Scores], programme: ProgrammeFile
) -> Iterator[str]:
    """Yield how the items are counted that some session counts by a rule of its own."""
    for session in sessions:
        for score in scores[session.id]:
            if score.reason:
                name = f"＊{session_label(session, programme)}の{score.item.name}"
                yield kind_of(score.item).rule(name, score.favourable, score.reason)
