"""What pages may name: questions, labels, sessions, texts that were typed; and the answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from dxeval.definitions.plain_file import read_file
from dxeval.definitions.programme import Session, session_label
from dxeval.definitions.visible import visible
from dxeval.problems import shorten
from dxeval.reading.limits import MAX_FILE
from dxeval.reading.not_counted import value_text
from dxeval.scoring.claim import Answers
from dxeval.tracing.grammar import FORMS, SENTENCES, filled
from dxeval.tracing.typed import Typed, typed_texts
from dxeval.workspace import Workspace

CUT = 24
"""After so many letters sentences cut names (`wording.LABEL_SHOWN`, `lead_across.NAME_SHOWN`)."""


def one_line(text: str) -> str:
    """Return a text as a page shows it, any run of space as one."""
    return " ".join(visible(text).split())


@dataclass(frozen=True)
class Known:
    """All that numbers are resolved by. ``files``: of each session with answers, name and hash."""

    workspace: Workspace
    answers: Answers
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    more: Sequence[Typed] = ()

    @classmethod
    def of(
        cls, workspace: Workspace, left_out: Sequence[str] = (), more: Sequence[Typed] = ()
    ) -> "Known":
        """Read a workspace. Raises DataError."""
        from hashlib import sha256

        from dxeval.reading.responses import by_question

        sessions = {s.id: s for s in workspace.sessions(left_out)}
        scores, written, files = {}, {}, {}
        for session in sessions.values():
            responses = workspace.responses(session)
            scores[session.id] = workspace.score(session, responses)
            groups = by_question(session.comments, responses.written)
            written[session.id] = {q: (len(quoted), n) for q, (quoted, n) in groups.items()}
            if path := workspace.export_path(session.id):
                name = workspace.name(path)
                files[session.id] = name, sha256(read_file(path, name, MAX_FILE)).hexdigest()
        survey, programme = workspace.survey, workspace.programme
        without = len(workspace.session_files()) - len(sessions)
        answers = Answers(
            sessions, scores, survey, programme, workspace.published, written, without
        )
        return cls(workspace, answers, files, more)

    def within(self, sessions: Sequence[Session]) -> "Known":
        """Return the same with the names of those sessions alone."""
        own = {session.id: session for session in sessions if session.id in self.answers.sessions}
        return replace(self, answers=replace(self.answers, sessions=own))

    def sessions_of(self, page: str) -> tuple[str, ...]:
        """Return the ids of the sessions that a page is about, by its name; of most pages: all."""
        sessions = self.answers.sessions
        named = {session: (session,) for session in sessions}
        for session in sessions.values():
            if session.programme not in sessions:
                named[session.programme] = (*named.get(session.programme, ()), session.id)
        if page in sessions:
            return named[page]
        found = [name for name in named if page.endswith(f"-{name}")]
        return named[max(found, key=len)] if found else tuple(sessions)

    @cached_property
    def typed(self) -> dict[str, Typed]:
        """Every text that somebody typed, by how a page shows it."""
        return {one_line(found.text): found for found in (*self.more, *typed_texts(self.workspace))}

    @cached_property
    def labels(self) -> dict[str, list[str]]:
        """The ids of the sessions by the labels that pages call them by."""
        found: dict[str, list[str]] = {}
        for session in self.answers.sessions.values():
            label = one_line(session_label(session, self.answers.programme))
            found.setdefault(label, []).append(session.id)
        return found

    @cached_property
    def items(self) -> dict[str, str]:
        """Items' names by how they are shown, cut or not."""
        names = [
            item.name for item in (*self.answers.survey.items, *self.answers.survey.attributes)
        ]
        cut = {one_line(shorten(name, CUT)): name for name in names}
        return cut | {one_line(name): name for name in names}

    @cached_property
    def levels(self) -> dict[str, dict[str, str]]:
        """The labels of each item by how they are shown, cut or not."""
        every = (*self.answers.survey.items, *self.answers.survey.attributes)
        return {
            item.name: {one_line(shorten(label, CUT)): label for label in item.labels}
            | {one_line(label): label for label in item.labels}
            for item in every
        }

    @cached_property
    def values(self) -> dict[str, str]:
        """Header and value of rows that do not count, by how they are shown."""
        return {
            one_line(value_text(value)): f"{header}\0{value}"
            for scores in self.answers.scores.values()
            for header, value in scores.uncounted.not_counted
        }

    def _names(self) -> dict[str, Iterator[str]]:
        levels = {text for names in self.levels.values() for text in names}
        return {
            "item": iter(self.items),
            "level": iter(levels),
            "session": iter(self.labels),
            "value": iter(self.values),
        }

    @cached_property
    def sentences(self) -> list[re.Pattern[str]]:
        """The patterns of sentences, with these names."""
        return [
            re.compile(filled(p, {k: [*v] for k, v in self._names().items()})) for p in SENTENCES
        ]

    @cached_property
    def forms(self) -> dict[str, re.Pattern[str]]:
        """The patterns of cells, with these names."""
        names = {k: [*v] for k, v in self._names().items()}
        return {name: re.compile(filled(form, names)) for name, form in FORMS.items()}

    @cached_property
    def mentions(self) -> re.Pattern[str]:
        """Whatever is named: item, level in its quotes, session."""
        names = {k: [*v] for k, v in self._names().items()}
        return re.compile(filled("「<level>」|<item>|<session>", names))

    @cached_property
    def with_digits(self) -> re.Pattern[str]:
        """Names and typed texts that hold a digit and something else, inside sentences."""
        texts = [*self.items, *self.labels, *self.typed]
        texts += [text for names in self.levels.values() for text in names]
        some = {t for t in texts if re.search(r"\d", t) and not re.fullmatch(r"[\d.,%～\s-]+", t)}
        return re.compile(filled("<any>", {"any": some}))
