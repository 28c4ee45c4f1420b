"""The batch: make the sessions' pages, then the overall page, then the index."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode

from dxeval import page
from dxeval.errors import NotebookError
from dxeval.programme import Session, date_text
from dxeval.report.execute import Parameters, check_parameters, execute
from dxeval.report.export import Link, export_chapter, export_index, export_notebook
from dxeval.report.pdf import WHOLE, find_browser, print_pages, print_whole
from dxeval.report.plan import (
    INDEX,
    OVERALL,
    Entry,
    digest,
    entries,
    inputs,
    link_text,
    page_title,
    select,
)
from dxeval.report.publish import remove, write
from dxeval.workspace import Workspace

FAILED = "作成できませんでした"
INDEX_LINK = Link(f"{INDEX}.html", "← 一覧")


@dataclass
class Result:
    """What a batch did: ids made, ids that failed with the reason for the command line."""

    made: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


def run(
    workspace: Workspace,
    ids: Sequence[str] = (),
    progress: Callable[[], object] = lambda: None,
    *,
    pdf: bool = False,
) -> Result:
    """Make the pages of the sessions named (all for none), the overall page and the index.

    ``progress`` is called when a page is done, right or wrong; ``pdf`` also prints every page
    and the whole report. A session that fails never stops the others; its old page is removed.
    Raises WorkspaceError for an unknown id, DataError or NotebookError for what would spoil
    every page, PrintError if a PDF cannot be printed.
    """
    start = time.monotonic()
    browser = find_browser() if pdf else None
    every = entries(workspace)
    chosen = select(every, ids)
    batch = _Batch(workspace, every)
    batch.check_notebooks()
    for entry in chosen:
        batch.make_session(entry)
        progress()
    batch.note_broken_data()
    batch.make_overall()
    progress()
    batch.publish_pages()
    batch.publish_tables()
    batch.publish_index()
    if browser:
        batch.publish_pdf(browser)
    batch.result.seconds = time.monotonic() - start
    return batch.result


class _Batch:
    def __init__(self, workspace: Workspace, every: list[Entry]) -> None:
        self.workspace = workspace
        self.entries = every
        self.result = Result()
        self.template = {
            name: workspace.root / f"notebooks/{name}.ipynb" for name in ("session", OVERALL)
        }
        self.outputs = workspace.root / "outputs"

    def check_notebooks(self) -> None:
        check_parameters(self.template["session"], {"session_id": ""})
        check_parameters(self.template[OVERALL], {"failed": []})

    def make_session(self, entry: Entry) -> None:
        if entry.session is None or entry.error is not None:
            self._fail(entry.id, str(entry.error))
            return
        self._make(entry.id, entry.session, "session", {"session_id": entry.id})

    def make_overall(self) -> None:
        self._make(OVERALL, None, OVERALL, {"failed": sorted(self.result.failed)})

    def note_broken_data(self) -> None:
        """Fail the sessions that were not asked for but whose data are broken by now."""
        for entry in self.entries:
            if entry.error is not None and entry.id not in self.result.failed:
                self._fail(entry.id, str(entry.error))

    def _make(self, name: str, session: Session | None, kind: str, parameters: Parameters) -> None:
        made_from = digest(self.workspace, inputs(self.workspace, session))
        try:
            notebook = execute(self.template[kind], parameters)
        except NotebookError as error:
            self._fail(name, str(error))
            return
        notebook.metadata["dxeval"] = {"inputs_sha256": made_from}
        write(self.outputs / f"notebooks/{name}.ipynb", nbformat.writes(notebook) + "\n")
        self.result.made.append(name)

    def _fail(self, name: str, reason: str) -> None:
        self.result.failed[name] = reason
        remove(self.outputs / f"html/{name}.html", self.outputs / f"notebooks/{name}.ipynb")
        self._remove_pdf(name)

    def _remove_pdf(self, name: str) -> None:
        """Remove the prints of a page that has changed or gone."""
        remove(self.outputs / f"pdf/{name}.pdf", self.outputs / f"pdf/{WHOLE}.pdf")

    def _notebook(self, name: str) -> NotebookNode | None:
        path = self.outputs / f"notebooks/{name}.ipynb"
        return nbformat.read(path, as_version=4) if path.is_file() else None

    def publish_pages(self) -> None:
        """Export every notebook there is: neighbours' links change when a session comes or goes."""
        made = self._notebooks()
        sessions = [session for session in made if session is not None]
        for session, notebook in made.items():
            links = self._links(session, sessions) if session else [INDEX_LINK]
            self._export(session.id if session else OVERALL, session, notebook, links)

    def _notebooks(self) -> dict[Session | None, NotebookNode]:
        """Return the executed notebooks there are: the overall one (None), then the sessions'."""
        sessions = [None, *(entry.session for entry in self.entries if entry.session)]
        found = {one: self._notebook(one.id if one else OVERALL) for one in sessions}
        return {one: notebook for one, notebook in found.items() if notebook}

    def _export(
        self, name: str, session: Session | None, notebook: NotebookNode, links: list[Link]
    ) -> None:
        title = page_title(self.workspace, session)
        made_from = notebook.metadata["dxeval"]["inputs_sha256"]
        html = export_notebook(notebook, title, links, made_from)
        if write(self.outputs / f"html/{name}.html", html):
            self._remove_pdf(name)

    def publish_tables(self) -> None:
        """Write the figures of the sessions that the overall page shows, to take away."""
        folder = self.outputs / "tables"
        tables = self.workspace.tables(self.workspace.sessions(without=list(self.result.failed)))
        for name, content in tables.items():
            write(folder / name, content)
        if not tables and folder.is_dir():
            remove(*folder.iterdir())

    def publish_pdf(self, browser: str) -> None:
        """Print every page there is, and the whole report: overall, then the sessions."""
        chapters = [
            export_chapter(
                session.id if session else OVERALL, page_title(self.workspace, session), notebook
            )
            for session, notebook in self._notebooks().items()
        ]
        pages = [self.outputs / f"html/{name}.html" for name in (INDEX, *(c.id for c in chapters))]
        print_pages(browser, pages, self.outputs / "pdf")
        report = self.workspace.programme.report
        title = f"{report.fiscal_year}年度　{report.title}"
        print_whole(browser, title, chapters, self.outputs / "pdf")

    def _links(self, session: Session, made: list[Session]) -> list[Link]:
        place = made.index(session)
        links = [INDEX_LINK, Link(f"{OVERALL}.html", "総括")]
        if place > 0:
            before = made[place - 1]
            links.append(Link(f"{before.id}.html", f"前の回：{self._name(before)}", "prev"))
        if place + 1 < len(made):
            after = made[place + 1]
            links.append(Link(f"{after.id}.html", f"次の回：{self._name(after)} →", "next"))
        return links

    def _name(self, session: Session) -> str:
        return self.workspace.programme.programme(session.programme).mark + link_text(session)

    def publish_index(self) -> None:
        programme = self.workspace.programme
        groups = [
            (
                one.label,
                [
                    self._row(entry, entry.session)
                    for entry in self.entries
                    if entry.session and entry.session.programme == one.id
                ],
            )
            for one in programme.programmes
        ]
        if unread := [self._row(entry, None) for entry in self.entries if entry.session is None]:
            groups.append(("事業の分からない回", unread))
        has_overall = (self.outputs / f"html/{OVERALL}.html").is_file()
        html = export_index(
            f"一覧｜{programme.report.title} {programme.report.fiscal_year}年度",
            digest(self.workspace, inputs(self.workspace, None)),
            report=programme.report,
            programmes=[group for group in groups if group[1]],
            tables=sorted(path.name for path in (self.outputs / "tables").glob("[!.]*")),
            overall={"file": f"{OVERALL}.html" if has_overall else "", "state": FAILED},
            simulated=(
                page.SIMULATED
                if any(entry.session and entry.session.simulated for entry in self.entries)
                else ""
            ),
        )
        write(self.outputs / f"html/{INDEX}.html", html)

    def _row(self, entry: Entry, session: Session | None) -> dict[str, object]:
        has_page = (self.outputs / f"html/{entry.id}.html").is_file()
        if entry.id in self.result.failed:
            state = FAILED
        elif not has_page:
            state = "未作成"
        else:
            state = "作成済み" if entry.respondents is not None else "作成済み（回答待ち）"
        return {
            "name": session.heading if session else entry.id,
            "date": date_text(session.date) if session else "—",
            "respondents": "—" if entry.respondents is None else f"{entry.respondents}人",
            "file": f"{entry.id}.html" if has_page else "",
            "state": state,
            "failed": state == FAILED,
        }
