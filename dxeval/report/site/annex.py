"""What of the chapters of the whole report stands at its end: published figures, checked."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dxeval.report.site.export import Chapter, export_annex

ANNEX = "annex_"
"""The chapter's id, which no page can have."""
_SECTION = re.compile(r'<section class="annex">.*?</section>', re.DOTALL)


def with_annex(chapters: Sequence[Chapter]) -> list[Chapter]:
    """Return the chapters without what they say of published figures, and that as the last one.

    If the first chapter, the whole's, says it, it says it of all sessions: then others need not.
    """
    said = [(chapter.title, "".join(_SECTION.findall(chapter.html))) for chapter in chapters]
    parts = [(title, html) for title, html in said if html]
    if not parts:
        return list(chapters)
    if said[0][1]:
        parts = [("", said[0][1])]
    title, html = export_annex(parts)
    others = [replace(chapter, html=_SECTION.sub("", chapter.html)) for chapter in chapters]
    return [*others, Chapter(ANNEX, title, html)]
