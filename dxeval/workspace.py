"""The workspace: the folder that holds ``data/``, ``notebooks/`` and ``outputs/``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dxeval.definitions.plain_file import list_folder
from dxeval.definitions.visible import visible_line
from dxeval.errors import DataError, WorkspaceError
from dxeval.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from dxeval.definitions.programme import ProgrammeFile, Session
    from dxeval.definitions.published import Published
    from dxeval.definitions.survey import Survey
    from dxeval.reading.responses import Responses
    from dxeval.scoring.score import Scores

MARKER = Path("data/survey.yaml")


@dataclass(frozen=True)
class Catalogue:
    """Every session of a workspace: those that could be read, in order, and those not."""

    sessions: tuple[Session, ...]
    broken: dict[str, DataError]


@dataclass(frozen=True)
class Workspace:
    """Reads what a workspace holds, definitions once; what it returns is checked, or DataError.

    What reads a file is imported when it is read: finding the workspace comes before all else.

    作業フォルダ（``data/`` と ``notebooks/`` のあるところ）です。ノートブックはここから始めます。

    ``Workspace.find()`` is the one around the current folder; WorkspaceError if there is none. A
    session's answers are ``responses(session)``, its figures ``score(session, responses)``; what
    all functions of charts and tables take stands in these.

    >>> import dxeval as dx
    >>> workspace = dx.Workspace.find()
    >>> session = workspace.session("bpr-1")
    >>> session.heading, session.attendees
    ('第1回ワークショップ', 6)
    >>> responses = workspace.responses(session)
    >>> workspace.score(session, responses)["満足度"].count("満足")
    3
    """

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Workspace:
        """Return the workspace around ``start`` (default: the current folder).

        Walks up to the first folder that holds ``data/survey.yaml``. Raises WorkspaceError.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if os.path.lexists(folder / MARKER):
                return cls(folder)
        raise WorkspaceError(
            "作業フォルダが見つかりません。"
            f"{MARKER.as_posix()} のあるフォルダの中で実行してください"
            "（新しく始めるなら dxeval init フォルダ）。"
        )

    @cached_property
    def survey(self) -> Survey:
        """What was asked."""
        from dxeval.definitions.survey import read_survey

        return read_survey(self.root / MARKER)

    @cached_property
    def programme(self) -> ProgrammeFile:
        """The programmes and their review."""
        from dxeval.definitions.cross_check import check_questionnaires, check_review
        from dxeval.definitions.programme import read_programme

        programme = read_programme(self.root / "data/programme.yaml")
        check_questionnaires(programme, self.survey)
        check_review(programme, self.survey, self.session_files())
        return programme

    @cached_property
    def published(self) -> tuple[Published, ...]:
        """The figures that an earlier report states; empty where there is no such file."""
        from dxeval.definitions.published import Known, read_published

        path = self.root / "data/published.csv"
        if not os.path.lexists(path):
            return ()
        return tuple(read_published(path, Known(self.survey, list(self.session_files()))))

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every session. Raises DataError only for the survey and the programmes."""
        from dxeval.definitions.programme import in_order

        sessions: list[Session] = []
        broken: dict[str, DataError] = {}
        for session_id, paths in self.session_files().items():
            try:
                sessions.append(self._session(session_id, paths))
            except DataError as error:
                broken[session_id] = error
        for twins in _of_one_number(sessions):
            for session in twins:
                sessions.remove(session)
                others = "、".join(other.id for other in twins if other is not session)
                message = (
                    f"{others} と同じ事業の同じ回です。どれの number か分からず、どれも作りません"
                )
                file = f"data/sessions/{session.id}.yaml"
                kind = ProblemKind.SAME_SESSION
                broken[session.id] = DataError(
                    [Problem(kind, file, message, column="number", value=str(session.number))]
                )
        return Catalogue(tuple(in_order(sessions, self.programme)), broken)

    def session_files(self) -> dict[str, list[Path]]:
        """Return the files of ``data/sessions/`` by session id (more than one: a mistake)."""
        files: dict[str, list[Path]] = {}
        for path in list_folder(self.root / "data/sessions"):
            if path.suffix.casefold() in {".yaml", ".yml"}:
                files.setdefault(path.stem.casefold(), []).append(path)
        return {visible_line(paths[0].stem): paths for paths in files.values()}

    def session(self, session_id: str) -> Session:
        """Return one session, checked against the survey and the programmes.

        Raises WorkspaceError if there is no such session, DataError if its file is not right.
        """
        paths = self.session_files().get(session_id)
        if paths is None:
            known = "、".join(self.session_files())
            raise WorkspaceError(f"セッション「{session_id}」はありません。あるのは：{known}")
        return self._session(session_id, paths)

    def _session(self, session_id: str, paths: Sequence[Path]) -> Session:
        from dxeval.definitions.cross_check import cross_check
        from dxeval.definitions.programme import check_id, read_session

        names = [self.name(path) for path in paths]
        if len(paths) > 1:
            message = f"同じIDのファイルが2つあります（{'、'.join(names)}）"
            raise DataError([Problem(ProblemKind.SAME_ID, names[0], message)])
        try:
            check_id(session_id)
        except ValueError as error:
            kind = ProblemKind.SESSION_ID
            raise DataError([Problem(kind, names[0], str(error), value=session_id)]) from None
        session = read_session(paths[0], names[0])
        if problems := cross_check(session, names[0], self.survey, self.programme):
            raise DataError(problems)
        return session

    def response_files(self) -> dict[str, list[Path]]:
        """Return the files of ``data/responses/`` by their name without suffix, in small letters.

        Whatever the suffix: what is no export is refused by name, not overlooked.
        """
        files: dict[str, list[Path]] = {}
        for path in list_folder(self.root / "data/responses"):
            if not path.name.startswith("~"):
                files.setdefault(path.stem.casefold(), []).append(path)
        return files

    def export_path(
        self, session_id: str, files: Mapping[str, Sequence[Path]] | None = None
    ) -> Path | None:
        """Return a session's export, None if it has not arrived. Raises DataError if two.

        ``files`` are those of ``response_files`` where the folder has been listed already.
        """
        there = (self.response_files() if files is None else files).get(session_id, [])
        if len(there) > 1:
            names = "、".join(self.name(path) for path in there)
            message = f"回答ファイルが複数あります（{names}）。1つだけにしてください"
            raise DataError([Problem(ProblemKind.TWO_FILES, self.name(there[0]), message)])
        return there[0] if there else None

    def survey_of(self, session: Session) -> Survey:
        """Return what a session was asked: its questionnaire without what it was not asked."""
        programme = self.programme.programme(session.programme)
        chosen = session.questionnaire or programme.questionnaire
        return self.survey.asked(chosen, session.not_asked)

    def responses(self, session: Session) -> Responses:
        """Return the session's answers; none if they have not arrived.

        Raises DataError if the file is not right or has not the expected number of answers, or
        if a comment that the session's file quotes is not among the comments.
        """
        from dxeval.reading.responses import no_responses

        path = self.export_path(session.id)
        if path is None:
            return no_responses(session.id, self.survey_of(session))
        return self.responses_in(path, session)

    def responses_in(self, path: Path, session: Session) -> Responses:
        """Return the answers in a file, checked as this session's. Raises DataError."""
        from dxeval.reading.responses import held_against, not_quoted, read_responses, unexpected
        from dxeval.reading.withdrawn import check_export

        name, file = self.name(path), self.name(self.session_files()[session.id][0])
        check_export(session.withdrawn, path, name, file)
        rows = [withdrawal.row for withdrawal in session.withdrawn]
        responses = read_responses(path, self.survey_of(session), session.id, name, rows)
        problems = unexpected(responses, session.expected_responses, name)
        problems += [
            Problem(
                ProblemKind.UNSAID,
                file,
                "載せる声が、どの自由記述の全文とも違います。一字一句そのまま写してください",
                column=f"comments[{i + 1}]",
                value=session.comments[i],
                expected="一部を省くときは、その所に（略）と書く",
                hint="  申し出により除いた人の声なら、消してください。" if rows else None,
            )
            for i in not_quoted(session.comments, responses.comments)
        ]
        if problems:
            raise DataError(problems)
        return held_against(responses, session.attendees, name)

    def score(self, session: Session, responses: Responses) -> Scores:
        """Return the scores of a session's responses under its own favourable rules."""
        from dxeval.scoring.score import score

        asked = self.survey_of(session)
        own = {item.name for item in asked.items} | {*session.not_asked}
        elsewhere = [item.name for item in self.survey.items if item.name not in own]
        return score(responses, asked, session.favourable, session.not_asked, elsewhere)

    def sessions(
        self, without: Sequence[str] = (), programme_id: str | None = None
    ) -> list[Session]:
        """Return every session whose file is right, in order, except those ids.

        ``programme_id``: only those of that programme. Raises WorkspaceError if there is none.
        """
        known = [programme.id for programme in self.programme.programmes]
        if programme_id is not None and programme_id not in known:
            names = "、".join(known)
            raise WorkspaceError(f"事業「{programme_id}」はありません。あるのは：{names}")
        return [
            session
            for session in self.catalogue.sessions
            if session.id not in without and programme_id in {None, session.programme}
        ]

    def left_out(self, sessions: Sequence[Session], programme_id: str | None = None) -> list[str]:
        """Return the names of the workspace's sessions that are not among ``sessions``.

        ``programme_id``: only of those of that programme, and of those of which it is not known.
        """
        there = {session.id for session in sessions}
        names = {
            session.id: f"{self.programme.programme(session.programme).label} {session.label}"
            for session in self.catalogue.sessions
            if programme_id in {None, session.programme}
        }
        every = (*names, *self.catalogue.broken)
        return [names.get(known, known) for known in every if known not in there]

    def score_all(self, sessions: Sequence[Session]) -> dict[str, Scores]:
        """Return the scores of several sessions by id. Raises DataError."""
        return {session.id: self.score(session, self.responses(session)) for session in sessions}

    def tables(
        self, sessions: Sequence[Session], scores: Mapping[str, Scores] | None = None
    ) -> dict[str, bytes]:
        """Return the files of figures of several sessions by name. Raises DataError.

        ``scores`` by session id are theirs where these have been counted already.
        """
        from dxeval.presenting import figures_file

        if scores is None:
            scores = self.score_all(sessions)
        published, exports = self.published, self.exports(sessions)
        return figures_file.files(sessions, scores, self.programme, self.survey, published, exports)

    def exports(self, sessions: Sequence[Session]) -> dict[str, tuple[str, str]]:
        """Return by session id the name and the SHA-256 of each export. Raises DataError."""
        from hashlib import sha256

        from dxeval.definitions.plain_file import read_file
        from dxeval.reading.limits import MAX_FILE

        files = self.response_files()
        found = {s.id: path for s in sessions if (path := self.export_path(s.id, files))}
        named = {session_id: (self.name(path), path) for session_id, path in found.items()}
        return {
            session_id: (name, sha256(read_file(path, name, MAX_FILE)).hexdigest())
            for session_id, (name, path) in named.items()
        }

    @property
    def photo_folder(self) -> Path:
        """The folder of the photographs."""
        return self.root / "data/photos"

    def name(self, path: Path) -> str:
        """Return what messages call a file: its path from the workspace's root, on one line."""
        inside = path.is_relative_to(self.root)
        return visible_line((path.relative_to(self.root) if inside else path).as_posix())


def _of_one_number(sessions: Iterable[Session]) -> list[list[Session]]:
    """Return the groups of sessions of one programme that have one number."""
    groups: dict[tuple[str, int], list[Session]] = {}
    for session in sessions:
        groups.setdefault((session.programme, session.number), []).append(session)
    return [group for group in groups.values() if len(group) > 1]
