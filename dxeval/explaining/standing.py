"""The files of ``outputs/`` that have numbers in them: which there are, and whether they hold."""

from dataclasses import dataclass

from dxeval.report.listing import Line, State, listing
from dxeval.report.places import page_file, table_file, table_names
from dxeval.report.plan import Plan
from dxeval.report.site.links import INDEX, REPORT


@dataclass(frozen=True)
class Standing:
    """A file by its place in ``outputs/``, and of which page.

    ``why`` it says nothing of the answers as they are, in the words of ``dxeval list``; empty where
    it is up to date. ``altered``: the only reason is that somebody changed files of ``outputs/``.
    """

    place: str
    page_id: str
    why: str = ""
    altered: bool = False

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.place.rpartition("/")[2]


def standings(plan: Plan) -> dict[str, Standing]:
    """Return the files by their place: pages in the report's order, then files of figures."""
    lines = {line.id: line for line in listing(plan)}
    altered = {name for name, line in lines.items() if _is_altered(line)}
    if all(not lines[name].reasons or name in altered for name in lines.keys() - {REPORT, INDEX}):
        altered |= {name for name in (REPORT, INDEX) if lines[name].reasons == ["ほかのページ"]}
    pages = {page_id: page_file(page_id) for page_id in lines}
    found = {
        place: Standing(place, page_id, _why(lines[page_id]), page_id in altered)
        for page_id, place in pages.items()
    }
    for page_id, record in plan.manifest.pages.items():
        for name in table_names(record.outputs):
            why = _why(lines[page_id]) if page_id in lines else State.FAILED
            found[table_file(name)] = Standing(table_file(name), page_id, why, page_id in altered)
    return found


def _is_altered(line: Line) -> bool:
    there = line.error is None and line.state is not State.FAILED and line.reasons
    return bool(there) and all(reason.startswith("outputs/") for reason in line.reasons)


def _why(line: Line) -> str:
    if not line.reasons and line.error is None:
        return ""
    state = State.STALE if line.state in {State.WAITING, State.PUBLISHED} else line.state
    return f"{state}（{'、'.join(line.reasons) or 'データのまちがい'}）"


def left_out(plan: Plan) -> list[str]:
    """Return the sessions that failed, of which pages of several know nothing."""
    failed = plan.manifest.failed
    return [page.session_id for page in plan.pages if page.id in failed and page.is_main]


def others(plan: Plan, page_id: str) -> list[str]:
    """Return the sessions that a page of one session is not about; none for other pages."""
    own = {subject.id: subject.about for _, subject in plan.table.single}
    sessions = plan.workspace.catalogue.sessions
    return [session.id for session in sessions if own.get(page_id, session.id) != session.id]


def digest(plan: Plan, page_id: str) -> str:
    """Return the hash of all that a page is made from, as its foot prints it."""
    failed = plan.manifest.failed
    jobs = {page.id: page.job for page in plan.pages if hasattr(page, "job")}
    jobs |= {job.id: job for job in plan.gathered(failed)}
    return jobs[page_id].digest if page_id in jobs else plan.digest(failed)
