"""What there is: every page of a workspace, held against the manifest."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dxeval.errors import DataError, DxevalError, TemplateError, WorkspaceError
from dxeval.problems import Problem
from dxeval.report.engines import STOCK
from dxeval.report.frames import frames, places, reading_order
from dxeval.report.job import Job, sha256
from dxeval.report.kinds import Answered, PageKind, Subject
from dxeval.report.manifest import Manifest, Record, changes, read_manifest
from dxeval.report.places import notebook_file, page_file
from dxeval.report.site.links import INDEX, REPORT, Frame, Place
from dxeval.report.sources import Sources
from dxeval.report.table import Standing, table
from dxeval.workspace import Workspace

COVER = "表紙と目次"


@dataclass(frozen=True)
class _Known:
    """A page of a kind: what it is about."""

    kind: PageKind
    subject: Subject

    @property
    def id(self) -> str:
        """The id of the page."""
        return self.subject.id

    @property
    def session_id(self) -> str:
        """The id of the session that it shows."""
        return self.subject.about

    @property
    def is_main(self) -> bool:
        """Whether it is the page by which its session is known."""
        return self.kind.main


@dataclass(frozen=True)
class Ready(_Known):
    """A page that can be made: its job, and why it must be made again, if it must."""

    job: Job
    changed: list[str]


@dataclass(frozen=True)
class Refused(_Known):
    """A page that cannot be made, since its files or its notebook are wrong."""

    error: DataError | TemplateError


@dataclass(frozen=True)
class Unreadable:
    """A page that cannot be made and of whose session nothing is known: its own file is wrong."""

    id: str
    error: DataError
    is_main = True

    @property
    def session_id(self) -> str:
        """The id of the session that it would show."""
        return self.id


Page = Ready | Refused | Unreadable


class Plan:
    """Every page of a workspace and what there is of it. Reads files, runs nothing.

    State: the ``workspace`` and its ``outputs`` folder; the ``manifest`` of what the last batch
    showed; the ``table`` of all pages; ``pages``, those that show one session, in the report's
    order and the unreadable last; ``gathering``, kind and subject of those that show several, and
    ``refused`` those of them that cannot be made; the jobs of what gathers sessions by what failed,
    since putting one together takes long where there are many sessions. ``wrong``: what is wrong
    with the published figures or the notebooks, so that nothing can be made though all can be
    listed.
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
        self.table = table(self._sources)
        self.wrong = _wrong(workspace, self.table.refused)
        broken = workspace.catalogue.broken
        self.pages: list[Page] = [
            *(self._page(kind, subject) for kind, subject in self.table.single),
            *(Unreadable(session_id, error) for session_id, error in broken.items()),
        ]
        self.gathering = [page for page in self.table.gathering if not page[1].error]
        self.refused = [
            Refused(kind, subject, subject.error)
            for kind, subject in self.table.gathering
            if subject.error
        ]
        self._gathered: dict[tuple[str, ...], list[Job]] = {}

    def _page(self, kind: PageKind, subject: Subject) -> Page:
        if subject.error:
            return Refused(kind, subject, subject.error)
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
        gathering = [subject.id for _, subject in self.table.gathering]
        return [*(page.id for page in self.pages), *gathering, REPORT, INDEX]

    @property
    def reading_order(self) -> list[str]:
        """The ids of the pages that are made from notebooks, from the whole to its parts."""
        return [subject.id for _, subject in self._read]

    @property
    def _read(self) -> list[Standing]:
        pages = [*reversed(self.table.gathering), *self.table.single]
        return reading_order(self.workspace, pages)

    def counted(self, made: Collection[str]) -> list[str]:
        """Return in words how many pages of each kind are among ``made``."""
        numbers: dict[str, int] = {}
        for kind, subject in self.table.pages:
            numbers[kind.counted] = numbers.get(kind.counted, 0) + (subject.id in made)
        return [counted.format(number) for counted, number in numbers.items() if number]

    def select(self, ids: Iterable[str]) -> list[Page]:
        """Return all pages of the sessions with those ids, and single ones; all for no ids.

        Raises WorkspaceError for an id that is unknown.
        """
        by_id: dict[str, list[Page]] = {}
        for page in self.pages:
            for page_id in dict.fromkeys((page.id, page.session_id)):
                by_id.setdefault(page_id, []).append(page)
        wanted = list(dict.fromkeys(ids))
        if unknown := [page_id for page_id in wanted if page_id not in by_id]:
            known = "、".join(dict.fromkeys(page.session_id for page in self.pages)) or "なし"
            raise WorkspaceError(f"セッション「{unknown[0]}」はありません。あるのは：{known}")
        return [page for page_id in wanted for page in by_id[page_id]] if wanted else self.pages

    def gathered(self, failed: Collection[str]) -> list[Job]:
        """Return the jobs of the pages that gather sessions, without those that ``failed``."""
        without = tuple(
            page.session_id for page in self.pages if page.id in failed and page.is_main
        )
        if without not in self._gathered:
            frames = self.frames([subject.id for _, subject in self.gathering])
            self._gathered[without] = [
                replace(self._job(kind, subject, without), frame=frames[subject.id])
                for kind, subject in self.gathering
            ]
        return self._gathered[without]

    def digest(self, failed: Collection[str]) -> str:
        """Return the digest of the whole report: of its page, or of all pages where it has none."""
        gathered = self.gathered(failed)
        if gathered and gathered[-1].kind.figures:
            return gathered[-1].digest
        ready = [page.job for page in self.pages if isinstance(page, Ready)]
        return sha256("".join(job.digest for job in (*ready, *gathered)).encode())

    def changes(self, job: Job) -> list[str]:
        """Return why a page must be made again, in words; nothing if it is up to date."""
        return changes(self.manifest.pages.get(job.id), job.inputs, self.outputs, job.names)

    def damaged(self, page_id: str) -> bool:
        """Whether somebody changed the notebook of a page, so that it cannot be exported."""
        record = self.manifest.pages.get(page_id)
        return record is not None and not record.intact(notebook_file(page_id), self.outputs)

    def frames(self, made: Collection[str]) -> dict[str, Frame]:
        """Return the frames of the pages that there are when ``made`` are made."""
        return frames(self.workspace, [page for page in self.table.pages if page[1].id in made])

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

    def one_file(self, there: Mapping[str, Record]) -> dict[str, str]:
        """Return the hashes of what the page that holds all others is made from, when those are."""
        places = self.places(there)
        pages = {page_file(page_id): there[page_id] for page_id in places}
        info = self.workspace.programme.report.model_dump_json()
        try:
            logo = sorted(sha256(content) for content in self._sources.logo().values())
        except DataError:
            logo = []
        contents = [(place.part, place.entry) for place in places.values()]
        cover = json.dumps([info, logo, list(pages), contents, self.missing(there)])
        hashes = {name: record.outputs.get(name, "") for name, record in pages.items()}
        return {COVER: sha256(cover.encode()), **hashes}

    def places(self, there: Mapping[str, Record]) -> dict[str, Place]:
        """Return where in the whole report's contents the pages stand that are there, in order."""
        titles = {page_id: record.frame.title for page_id, record in there.items()}
        pages = [page for page in self._read if page[1].id in there]
        return places(self.workspace, pages, titles)

    def missing(self, there: Collection[str]) -> list[str]:
        """Return the names of the pages that are not ``there`` and cannot be in the report."""
        gathering = [page for page in self.table.gathering if page[1].id not in there]
        single = [page for page in self.table.single if page[1].id not in there]
        named = [kind.called(self.workspace, subject) for kind, subject in (*gathering, *single)]
        unreadable = [page.id for page in self.pages if isinstance(page, Unreadable)]
        return [*named, *unreadable]

    def one_file_changes(self, there: Mapping[str, Record]) -> list[str]:
        """Return why the page that holds all others, when those are, is to be made, in words."""
        return changes(self.manifest.pages.get(REPORT), self.one_file(there), self.outputs, {})

    def index_changes(self) -> list[str]:
        """Return why the index page itself is not what the last batch wrote, in words."""
        return changes(self.manifest.pages.get(INDEX), {}, self.outputs, {})


def _wrong(workspace: Workspace, refused: Sequence[Problem]) -> DxevalError | None:
    try:
        _ = workspace.published
    except DataError as error:
        return error
    return TemplateError(refused[0]) if refused else None
