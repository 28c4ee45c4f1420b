"""What there is: every page of a workspace, held against the manifest."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from dxeval.errors import DataError, TemplateError, WorkspaceError
from dxeval.report.engines import STOCK
from dxeval.report.job import Job
from dxeval.report.kinds import KINDS, Answered, PageKind, Subject
from dxeval.report.manifest import Manifest, Record, changes, read_manifest
from dxeval.report.places import notebook_file
from dxeval.report.site.links import INDEX, Frame
from dxeval.report.sources import Sources
from dxeval.workspace import Workspace


@dataclass(frozen=True)
class Ready:
    """A session's page that can be made: its job, and why it must be made again, if it must."""

    kind: PageKind
    subject: Subject
    job: Job
    changed: list[str]

    @property
    def id(self) -> str:
        """The id of the page."""
        return self.subject.id


@dataclass(frozen=True)
class Refused:
    """A session's page that cannot be made, since its files or its notebook are wrong."""

    kind: PageKind
    subject: Subject
    error: DataError | TemplateError

    @property
    def id(self) -> str:
        """The id of the page."""
        return self.subject.id


@dataclass(frozen=True)
class Unreadable:
    """A page that cannot be made and of whose session nothing is known: its own file is wrong."""

    id: str
    error: DataError


Page = Ready | Refused | Unreadable


class Plan:
    """Every page of a workspace and what there is of it. Reads files, runs nothing.

    State: the ``workspace`` and its ``outputs`` folder; the ``manifest`` of what the last batch
    showed; ``pages``, those that show one session, in the report's order and the unreadable last;
    ``gathering``, kind and subject of those that show several; the subjects of each kind; the jobs
    of what gathers sessions by what failed, since putting one together takes long where there are
    many sessions. ``wrong_figures``: what is wrong with the published figures, so that nothing can
    be made though all can be listed.
    """

    def __init__(self, workspace: Workspace, timeout: int = 600, engine: str = STOCK) -> None:
        """Raise DataError if the survey or the programmes are wrong.

        ``timeout`` (seconds for each cell) and ``engine`` are what the jobs are to be made with.
        """
        self.workspace = workspace
        self.outputs = workspace.root / "outputs"
        self.manifest: Manifest = read_manifest(self.outputs)
        self._sources = Sources(workspace)
        self._timeout = timeout
        self._engine = engine
        self.wrong_figures = _wrong_figures(workspace)
        self._subjects = {kind: kind.subjects(workspace) for kind in KINDS}
        broken = workspace.catalogue.broken
        self.pages: list[Page] = [
            *(self._page(kind, subject) for kind, subject in self._about(gathers=False)),
            *(Unreadable(session_id, error) for session_id, error in broken.items()),
        ]
        self.gathering = self._about(gathers=True)
        self._gathered: dict[tuple[str, ...], list[Job]] = {}

    def _about(self, gathers: bool) -> list[tuple[PageKind, Subject]]:
        return [
            (kind, subject)
            for kind, subjects in self._subjects.items()
            if kind.gathers == gathers
            for subject in subjects
        ]

    def _page(self, kind: PageKind, subject: Subject) -> Page:
        try:
            job = self._job(kind, subject)
        except (DataError, TemplateError) as error:
            return Refused(kind, subject, error)
        return Ready(kind, subject, job, self.changes(job))

    def _job(self, kind: PageKind, subject: Subject, failed: Collection[str] = ()) -> Job:
        job = Job.of(kind, self._sources, subject, failed)
        return replace(job, timeout=self._timeout, engine=self._engine)

    @property
    def answered(self) -> dict[str, Answered]:
        """How many answered when the last batch read a page's answers, by page id."""
        return {page_id: record.answered for page_id, record in self.manifest.pages.items()}

    @property
    def order(self) -> list[str]:
        """The ids of all pages, in the order in which they are shown and listed: the index last."""
        gathering = [subject.id for _, subject in self.gathering]
        return [*(page.id for page in self.pages), *gathering, INDEX]

    @property
    def reading_order(self) -> list[str]:
        """The ids of the pages that are made from notebooks, from the whole to its parts."""
        kinds = reversed(self._subjects.values())
        return [subject.id for subjects in kinds for subject in subjects]

    def counted(self, made: Collection[str]) -> list[str]:
        """Return in words how many pages of each kind are among ``made``."""
        numbers = {
            kind: sum(subject.id in made for subject in subjects)
            for kind, subjects in self._subjects.items()
        }
        return [kind.counted.format(number) for kind, number in numbers.items() if number]

    def select(self, ids: Iterable[str]) -> list[Page]:
        """Return the pages with those ids, or all for no ids. Raises WorkspaceError if unknown."""
        by_id = {page.id: page for page in self.pages}
        wanted = list(dict.fromkeys(ids))
        if unknown := [page_id for page_id in wanted if page_id not in by_id]:
            known = "、".join(by_id) or "なし"
            raise WorkspaceError(f"セッション「{unknown[0]}」はありません。あるのは：{known}")
        return [by_id[page_id] for page_id in wanted] if wanted else self.pages

    def gathered(self, failed: Collection[str]) -> list[Job]:
        """Return the jobs of the pages that gather sessions, without those that ``failed``."""
        without = tuple(page.id for page in self.pages if page.id in failed)
        if without not in self._gathered:
            frames = self.frames([subject.id for _, subject in self.gathering])
            self._gathered[without] = [
                replace(self._job(kind, subject, without), frame=frames[subject.id])
                for kind, subject in self.gathering
            ]
        return self._gathered[without]

    def digest(self, failed: Collection[str]) -> str:
        """Return the digest of the whole report: of what the last page of all gathers."""
        return self.gathered(failed)[-1].digest

    def changes(self, job: Job) -> list[str]:
        """Return why a page must be made again, in words; nothing if it is up to date."""
        return changes(self.manifest.pages.get(job.id), job.inputs, self.outputs, job.names)

    def damaged(self, page_id: str) -> bool:
        """Whether somebody changed the notebook of a page, so that it cannot be exported."""
        record = self.manifest.pages.get(page_id)
        return record is not None and not record.intact(notebook_file(page_id), self.outputs)

    def frames(self, made: Collection[str]) -> dict[str, Frame]:
        """Return the frames of the pages that there are when ``made`` are made."""
        frames: dict[str, Frame] = {}
        for kind, subjects in self._subjects.items():
            there = [subject for subject in subjects if subject.id in made]
            for subject in there:
                frames[subject.id] = kind.frame(self.workspace, subject, there)
        return frames

    def new_frames(
        self, records: Mapping[str, Record], keep_title: Collection[str]
    ) -> dict[str, Frame]:
        """Return the pages whose links or title are not yet what they must be.

        A page of ``keep_title`` is out of date and was not asked for: it gets new links only.
        """
        frames = self.frames(records.keys())
        for page_id in frames.keys() & set(keep_title):
            frames[page_id] = replace(frames[page_id], title=records[page_id].frame.title)
        return {
            page_id: frame for page_id, frame in frames.items() if records[page_id].frame != frame
        }

    def index_changes(self) -> list[str]:
        """Return why the index page itself is not what the last batch wrote, in words."""
        return changes(self.manifest.pages.get(INDEX), {}, self.outputs, {})


def _wrong_figures(workspace: Workspace) -> DataError | None:
    try:
        _ = workspace.published
    except DataError as error:
        return error
    return None
