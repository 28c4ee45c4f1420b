"""What ``dxeval list`` says: each page, its facts, its state and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from dxeval.errors import DataError, TemplateError
from dxeval.report.job import FailureKind
from dxeval.report.plan import Plan, Ready, Refused, Unreadable
from dxeval.report.site.links import INDEX, REPORT


class State(StrEnum):
    """How a page stands."""

    FRESH = "最新"
    STALE = "要更新"
    FAILED = "失敗"
    WAITING = "回答待ち"
    PUBLISHED = "公表値のみ"


WHY = {
    FailureKind.DATA: "前回、データのまちがい：dxeval check で見て、直したら dxeval run",
    FailureKind.NOTEBOOK: "前回、ノートブックの失敗：dxeval run で作り直すと、どのセルかを言います",
}
Facts = tuple[str, str, str]


@dataclass(frozen=True)
class Line:
    """A page as it is listed; ``error`` is why it cannot be made from its files as they are."""

    id: str
    facts: Facts
    state: State
    reasons: list[str]
    error: DataError | TemplateError | None = None


def listing(plan: Plan) -> list[Line]:
    """Return every page in the report's order: of single sessions, of several, the index."""
    refused = {page.id: FailureKind.DATA for page in plan.pages if not isinstance(page, Ready)}
    refused |= {page.id: FailureKind.DATA for page in plan.refused}
    failed = plan.manifest.failed | refused
    shown = plan.manifest.pages
    kept = {page_id: shown[page_id] for page_id in shown.keys() - failed.keys()}
    reframed = plan.new_frames(kept, ())
    arrived = plan.workspace.response_files()

    def line(page_id: str, facts: Facts, changed: list[str], waits: bool = False) -> Line:
        if page_id in failed:
            return Line(page_id, facts, State.FAILED, [WHY[failed[page_id]]])
        reasons = changed or (["題名か前後の回"] if page_id in reframed else [])
        stale = State.STALE if reasons else State.FRESH
        if waits and page_id in shown and shown[page_id].answered.kept:
            return Line(page_id, facts, State.PUBLISHED, reasons)
        return Line(page_id, facts, State.WAITING if waits else stale, reasons)

    lines = []
    for page in plan.pages:
        match page:
            case Ready(kind, subject, _, changed):
                waits = not any(session.id in arrived for session in subject.sessions)
                lines.append(line(page.id, kind.facts(plan.workspace, subject), changed, waits))
            case Refused(kind, subject, error):
                refused_line = line(page.id, kind.facts(plan.workspace, subject), [])
                lines.append(replace(refused_line, error=error))
            case Unreadable(page_id, error):
                lines.append(replace(line(page_id, ("読めません", "—", "—"), []), error=error))
    gathering = {found.id: found for found in _gathering(plan, failed, line)}
    for page in plan.refused:
        facts = page.kind.facts(plan.workspace, page.subject)
        gathering[page.id] = replace(line(page.id, facts, []), error=page.error)
    lines += [gathering[page_id] for page_id in plan.order if page_id in gathering]
    fails = failed != plan.manifest.failed
    whole, index = plan.one_file_changes(kept), plan.index_changes()
    return [
        *lines,
        _made_of_others(REPORT, "全体を1つのファイルで", whole, lines, fails),
        _made_of_others(INDEX, "一覧", index, lines, fails),
    ]


def _gathering(
    plan: Plan, failed: Mapping[str, FailureKind], line: Callable[[str, Facts, list[str]], Line]
) -> list[Line]:
    """Return the lines of the pages that gather sessions."""
    there = [(subject.id, kind.facts(plan.workspace, subject)) for kind, subject in plan.gathering]
    try:
        jobs = plan.gathered(failed)
    except TemplateError as error:
        why = [WHY[FailureKind.NOTEBOOK]]
        return [Line(page_id, facts, State.FAILED, why, error) for page_id, facts in there]
    return [line(*page, plan.changes(job)) for page, job in zip(there, jobs, strict=True)]


def _made_of_others(
    page_id: str, name: str, reasons: list[str], others: list[Line], fails: bool
) -> Line:
    """Return the line of a page that is made of the others, or lists them."""
    old = any(line.reasons for line in others if line.state is not State.FAILED)
    if not reasons and (old or fails):
        reasons = ["ほかのページ"]
    state = State.STALE if reasons else State.FRESH
    return Line(page_id, (name, "—", "—"), state, reasons)
