"""The page that holds all others: one file with working links, to be mailed alone."""

import json
from collections.abc import Collection

from dxeval.errors import DataError
from dxeval.report.plan import Plan
from dxeval.report.publish import Edition
from dxeval.report.site.export import Chapter, export_one_file
from dxeval.report.site.inner import as_part, main_part
from dxeval.report.site.links import REPORT, Cover, whole_cover
from dxeval.workspace import Workspace


def make_one_file(plan: Plan, edition: Edition, failed: Collection[str]) -> bytes:
    """Return the HTML of all pages in one, from their own HTML as it is.

    Cut out of the finished pages, since exporting fifty notebooks once more would take a second.
    """
    ids = plan.chapters(edition.records)
    chapters = [_chapter(edition, page_id, ids) for page_id in ids]
    missing = plan.missing(edition.records)
    return export_one_file(_cover(plan.workspace), chapters, missing, plan.digest(failed))


def _chapter(edition: Edition, page_id: str, ids: Collection[str]) -> Chapter:
    html = main_part(edition.page(page_id).decode())
    metadata = json.loads(edition.notebook(page_id))["metadata"]["dxeval"]
    title = edition.records[page_id].frame.title
    html = as_part(html, page_id, title, ids, REPORT)
    return Chapter(page_id, title, html, metadata["uncounted"])


def _cover(workspace: Workspace) -> Cover:
    """Return the cover, without a logo that cannot be shown, at which the overall page fails."""
    try:
        return whole_cover(workspace)
    except DataError:
        return whole_cover(workspace, logo=False)
