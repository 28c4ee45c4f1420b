"""Everything wrong in a workspace or in single files, found in one go, as text or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dxeval.definitions.kinds import kind_of
from dxeval.definitions.old_form import old_form
from dxeval.definitions.photo_files import remarks
from dxeval.definitions.programme import Session, read_programme, read_session
from dxeval.definitions.survey import Survey, read_survey
from dxeval.errors import DataError, WorkspaceError
from dxeval.exports import duplicates, of_sessions, without_session
from dxeval.problems import Problem, shorten, told
from dxeval.starting.leftovers import of_example
from dxeval.workspace import Workspace

if TYPE_CHECKING:
    from dxeval.reading.responses import Responses
    from dxeval.scoring.item_score import ItemScore
    from dxeval.scoring.score import Scores

T = TypeVar("T")


@dataclass(frozen=True)
class Export:
    """One export that could be read: its answers, counted, and the session's attendees if known."""

    file: str
    responses: Responses
    scores: Scores
    session: Session | None = None

    @property
    def text(self) -> str:
        """Return how many answered, item by item, and which rows and columns do not count."""
        from dxeval.presenting.wording import uncounted_rows_text

        responses = self.responses
        lines = [f"{self.file}（{responses.form}）：回答 {responses.n_respondents}人"]
        lines += [f"  {score.item.name}：{counts_text(score)}" for score in self.scores]
        uncounted = self.scores.uncounted
        dropped = "、".join(map(shorten, uncounted.dropped)) or "なし"
        lines.append(f"  数えなかったもの：{uncounted_rows_text(uncounted) or 'なし'}")
        lines.append(f"  読まなかった列：{dropped}")
        return "\n".join(lines)


def counts_text(score: ItemScore) -> str:
    """Return how many answered one item, and its counts as its kind says them."""
    line = f"有効回答 {score.n_valid}、無回答 {score.n_missing}"
    return "　".join(filter(None, [line, kind_of(score.item).told(score)]))


@dataclass
class Report:
    """What a check found: the exports that could be read, and every problem and warning.

    ``sessions`` is the number of sessions of the workspace, 0 where single files were checked.
    """

    exports: list[Export] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    sessions: int = 0

    @property
    def respondents(self) -> int:
        """How many answered in all exports (延べ)."""
        from dxeval.scoring.across import all_respondents

        return all_respondents(export.scores for export in self.exports)

    @property
    def answers(self) -> dict[str, Responses]:
        """The answers of the sessions whose files could be read, by session id."""
        return {export.session.id: export.responses for export in self.exports if export.session}

    def attempt(self, read: Callable[[], T]) -> T | None:
        """Return what ``read`` returns; on DataError keep its problems and return None."""
        try:
            return read()
        except DataError as error:
            self.refuse(error)
            return None

    def refuse(self, error: DataError) -> None:
        """Keep the problems of an error, each once."""
        self.problems += [problem for problem in error.problems if problem not in self.problems]

    def add(self, file: str, responses: Responses, survey: Survey, session: Session | None) -> None:
        """Keep an export that could be read, and its warnings."""
        from dxeval.scoring.score import score

        self.exports.append(Export(file, responses, score(responses, survey), session))
        self.warnings += responses.warnings

    def as_json(self) -> dict[str, object]:
        """Return the report as the README describes it, ready for ``json.dumps``."""
        return {
            "ok": not self.problems,
            "files": [_export(export) for export in self.exports],
            "problems": list(_problems(self.problems)),
            "warnings": list(_problems(self.warnings)),
        }


def check_workspace(workspace: Workspace) -> Report:
    """Read every file of a workspace and return all that is wrong, whatever else is wrong."""
    from dxeval.presenting.photos import logo_uri

    report = Report(sessions=len(workspace.session_files()))
    survey = report.attempt(lambda: workspace.survey)
    if survey is None:
        report.attempt(lambda: read_programme(workspace.root / "data/programme.yaml"))
        whole = False
    else:
        whole = report.attempt(lambda: workspace.programme) is not None
        report.attempt(lambda: workspace.published)
    if whole:
        report.attempt(lambda: logo_uri(workspace.programme.report, workspace.photo_folder))
    for session_id in workspace.session_files():
        _check_session(report, workspace, session_id, survey, whole)
    if whole:
        for error in workspace.catalogue.broken.values():
            report.refuse(error)
        report.warnings += of_example(workspace)
        _check_texts(report, workspace)
        report.warnings += _photo_remarks(workspace)
    if survey is not None:
        report.warnings += old_form(survey)
    report.warnings += without_session(workspace)
    report.warnings += duplicates(workspace, of_sessions(workspace), report.answers)
    return report


def _check_texts(report: Report, workspace: Workspace) -> None:
    """Hold what people wrote against the answers of the sessions that could be read."""
    from dxeval.proving.whole import proof

    answers = report.answers
    scores = {
        session.id: workspace.score(session, answers[session.id])
        for session in workspace.catalogue.sessions
        if session.id in answers
    }
    arrived = workspace.response_files()
    waiting = [one for one in workspace.catalogue.sessions if one.id not in arrived]
    scores |= workspace.score_all(waiting)
    problems, warnings = proof(workspace, scores)
    report.problems += problems
    report.warnings += warnings


def _photo_remarks(workspace: Workspace) -> list[Problem]:
    """Return warnings of photographs; none where a session's names cannot be read."""
    if workspace.catalogue.broken:
        return []
    logo = workspace.programme.report.logo
    others = [logo] if logo else []
    return remarks(workspace.photo_folder, workspace.catalogue.sessions, others)


def _check_session(
    report: Report, workspace: Workspace, session_id: str, survey: Survey | None, whole: bool
) -> None:
    """Check one session's file, export and photographs; ``whole``: the programme could be read."""
    from dxeval.presenting.photos import photos

    def read() -> Session:
        path = workspace.session_files()[session_id][0]
        if whole:
            return workspace.session(session_id)
        return read_session(path, workspace.name(path))

    session = report.attempt(read)
    if session is not None:
        report.attempt(lambda: photos(session, workspace.photo_folder))
    path = report.attempt(lambda: workspace.export_path(session_id))
    if path is not None and survey is not None:
        known = (workspace, session) if session is not None and whole else None
        _check_export(report, path, workspace.name(path), survey, known)


def _check_export(
    report: Report,
    path: Path,
    name: str,
    survey: Survey,
    session: tuple[Workspace, Session] | None = None,
) -> None:
    """Check one export, as the answers of a workspace's session if that is given."""
    from dxeval.reading.responses import read_responses

    def read() -> Responses:
        if session is None:
            return read_responses(path, survey, "", name)
        workspace, facts = session
        return workspace.responses_in(path, facts)

    responses = report.attempt(read)
    if responses is not None:
        report.add(name, responses, survey, None if session is None else session[1])


def check_files(
    paths: Sequence[Path], survey_path: Path | None = None, session_id: str | None = None
) -> Report:
    """Check single exports, wherever they are.

    The survey is ``survey_path`` alone, or that of the workspace around the file or else around
    the current folder; then ``session_id`` may name a session of that workspace whose facts the
    file is held against. Raises WorkspaceError if there is no workspace or no such session.
    """
    report = Report()
    for path in paths:
        if survey_path is None:
            _check_in_workspace(report, path, session_id)
        else:
            name = survey_path.as_posix()
            survey = report.attempt(partial(read_survey, survey_path, name))
            if survey is not None:
                _check_export(report, path, path.as_posix(), survey)
    return report


def _check_in_workspace(report: Report, path: Path, session_id: str | None) -> None:
    workspace = _workspace_around(path)
    survey = report.attempt(lambda: workspace.survey)
    if survey is None:
        return
    session = None
    if session_id is not None:
        session = report.attempt(partial(workspace.session, session_id))
    known = None if session is None else (workspace, session)
    _check_export(report, path, workspace.name(path), survey, known)


def _workspace_around(path: Path) -> Workspace:
    for folder in (path.parent, None):
        try:
            return Workspace.find(folder)
        except WorkspaceError:
            continue
    raise WorkspaceError(
        "設問の定義（data/survey.yaml）が見つかりません。--survey survey.yaml で示してください。"
    )


def _export(export: Export) -> dict[str, object]:
    """Return one export as JSON."""
    responses, uncounted = export.responses, export.scores.uncounted
    return {
        "file": export.file,
        "session_id": export.session.id if export.session else None,
        "form": responses.form,
        "respondents": responses.n_respondents,
        "attendees": export.session.attendees if export.session else None,
        "invited": export.session.invited if export.session else None,
        "rows": responses.n_rows,
        "superseded": uncounted.superseded,
        "identical": uncounted.identical,
        "withdrawn": uncounted.withdrawn,
        "not_counted": [
            {"column": header, "value": value, "rows": rows}
            for (header, value), rows in uncounted.not_counted.items()
        ],
        "comments": len(responses.comments),
        "items": [
            {
                "item": score.item.name,
                "kind": score.item.kind,
                "answered": score.n_valid,
                "missing": score.n_missing,
                **score.facts,
            }
            for score in export.scores
        ],
        "dropped": list(uncounted.dropped),
    }


def _problems(problems: Iterable[Problem]) -> Iterator[dict[str, object]]:
    """Yield problems as JSON, at most five of a group; the last of a group says how many more."""
    for problem in told(problems):
        yield {
            "kind": problem.kind,
            "file": problem.file,
            "row": problem.line,
            "column": problem.column,
            "value": problem.value,
            "expected": problem.expected,
            "message": problem.message,
            "hint": problem.hint,
            "more": problem.others,
        }
