"""What of the chapters of the whole report stands at its end: published figures, checked."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dxeval.report.site.export import Chapter, export_annex
from dxeval.report.site.links import ANNEX, Place

TITLE = f"{ANNEX}　公表値の検算"
OWN = "annex_"
"""The chapter's id, which no page can have."""
AUDIT = "audit"
"""The id of the page that, if it is there, is this chapter already."""
_SECTION = re.compile(r'<section class="annex">.*?</section>', re.DOTALL)


def with_annex(chapters: Sequence[Chapter]) -> list[Chapter]:
    """Return the chapters without what they say of published figures, and that as the last one.

    If the first chapter, the whole's, says it, it says it of all sessions: then others need not.
    Where the audit has a page as an annex, it stands at the end of that.
    """
    said = [(chapter, "".join(_SECTION.findall(chapter.html))) for chapter in chapters]
    parts = [((chapter.id, chapter.title), html) for chapter, html in said if html]
    if not parts:
        return list(chapters)
    if said[0][1]:
        parts = [(("", ""), said[0][1])]
    others = [replace(chapter, html=_SECTION.sub("", chapter.html)) for chapter in chapters]
    for place, chapter in enumerate(others):
        if chapter.id == AUDIT and chapter.place.entry.startswith(ANNEX):
            others[place] = replace(chapter, html=chapter.html + export_annex("", parts))
            return others
    return [*others, Chapter(OWN, TITLE, export_annex(TITLE, parts), place=Place(entry=TITLE))]
