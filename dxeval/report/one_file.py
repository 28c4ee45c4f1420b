"""The page that holds all others: one file with working links, to be mailed alone."""

import json
from collections.abc import Collection
from dataclasses import replace

from dxeval.errors import DataError
from dxeval.report.plan import Plan
from dxeval.report.publish import Edition
from dxeval.report.site.annex import with_annex
from dxeval.report.site.export import Chapter, export_one_file
from dxeval.report.site.inner import as_part, main_part
from dxeval.report.site.links import REPORT, Cover, Place, whole_cover
from dxeval.workspace import Workspace


def make_one_file(plan: Plan, edition: Edition, failed: Collection[str]) -> bytes:
    """Return the HTML of all pages in one, from their own HTML as it is.

    Cut out of the finished pages, since exporting fifty notebooks once more would take a second.
    """
    places = plan.places(edition.records)
    pages = with_annex([_chapter(edition, page_id, place) for page_id, place in places.items()])
    ids = [page.id for page in pages]
    chapters = [
        replace(page, html=as_part(page.html, page.id, page.title, ids, REPORT)) for page in pages
    ]
    missing = plan.missing(edition.records)
    return export_one_file(_cover(plan.workspace), chapters, missing, plan.digest(failed))


def _chapter(edition: Edition, page_id: str, place: Place) -> Chapter:
    html = main_part(edition.page(page_id).decode())
    metadata = json.loads(edition.notebook(page_id))["metadata"]["dxeval"]
    title = edition.records[page_id].frame.title
    return Chapter(page_id, title, html, metadata["uncounted"], place)


def _cover(workspace: Workspace) -> Cover:
    """Return the cover, without a logo that cannot be shown, at which the overall page fails."""
    try:
        return whole_cover(workspace)
    except DataError:
        return whole_cover(workspace, logo=False)
