"""All that numbers are resolved by: the answers, names, texts that were typed, notebooks' cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dxeval.definitions.plain_file import read_file
from dxeval.reading.limits import MAX_FILE
from dxeval.scoring.recount.claim import Answers
from dxeval.tracing.names import Names, one_line
from dxeval.tracing.notebooks import Cells, cells_of, digests_of
from dxeval.tracing.patterns import Patterns
from dxeval.tracing.typed import Typed, exported_texts, typed_texts
from dxeval.workspace import Workspace


@dataclass(frozen=True)
class Known:
    """A workspace as it was read. ``files``: of each session with answers, name and hash.

    ``more`` are further texts that pages may show, with where they come from; ``memo`` keeps what
    was read of a place.
    """

    workspace: Workspace
    answers: Answers
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    more: Sequence[Typed] = ()
    memo: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls, workspace: Workspace, left_out: Sequence[str] = (), more: Sequence[Typed] = ()
    ) -> "Known":
        """Read a workspace, without the sessions that pages leave out. Raises DataError."""
        from hashlib import sha256

        from dxeval.reading.responses import by_question

        sessions = {s.id: s for s in workspace.sessions(left_out)}
        scores, written, files, texts = {}, {}, {}, [*more]
        for session in sessions.values():
            responses = workspace.responses(session)
            scores[session.id] = workspace.score(session, responses)
            groups = by_question(session.comments, responses.written)
            written[session.id] = {
                one_line(question): (len(quoted), n) for question, (quoted, n) in groups.items()
            }
            if path := workspace.export_path(session.id):
                name = workspace.name(path)
                files[session.id] = name, sha256(read_file(path, name, MAX_FILE)).hexdigest()
                texts += exported_texts(name, scores[session.id])
        without = (*(id_ for id_ in workspace.session_files() if id_ not in sessions),)
        apart = {s.id: s for s in workspace.catalogue.sessions if s.id not in sessions}
        asked = workspace.survey, workspace.programme, workspace.published
        answers = Answers(sessions, scores, *asked, written, without, apart)
        return cls(workspace, answers, files, texts)

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
        return {text: found[-1] for text, found in self._typed.items()}

    @cached_property
    def _typed(self) -> dict[str, list[Typed]]:
        found: dict[str, list[Typed]] = {}
        for typed in (*self.more, *typed_texts(self.workspace)):
            found.setdefault(one_line(typed.text), []).append(typed)
        return found

    def typed_of(self, text: str, sessions: Sequence[str]) -> Typed | None:
        """Return where a text was typed, rather in the files of these sessions; None: nowhere."""
        own = {f"data/sessions/{session}.yaml" for session in sessions}
        found = self._typed.get(text, [])
        return next((typed for typed in found if typed.file in own), self.typed.get(text))

    @cached_property
    def names(self) -> Names:
        """What pages call things."""
        return Names(self.answers, {text: typed.place for text, typed in self.typed.items()})

    @cached_property
    def patterns(self) -> Patterns:
        """The sentences and cells of pages, with these names."""
        return Patterns(self.names)

    def made_of(self, digest: str) -> str | None:
        """Return of which page's inputs a hash is; None where none has it.

        Lists of pages have the overall page's, or where there is none a hash of all.
        """
        digests = self._digests
        if digest in digests or "overall" in digests.values():
            return digests.get(digest)
        return "すべてのページの入力"

    @cached_property
    def _digests(self) -> dict[str, str]:
        return digests_of(self.workspace)

    def cells(self, page: str) -> Cells:
        """Return what the cells of the notebook that a page was made from show."""
        if page not in self.memo:
            self.memo[page] = cells_of(self.workspace, page)
        return self.memo[page]
