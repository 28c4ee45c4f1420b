"""What notebooks call ``dx.page``: the sections of a page, each of which shows itself."""

from dxeval.presenting.html import style
from dxeval.presenting.photos import photos
from dxeval.presenting.review import review
from dxeval.presenting.sections import (
    all_comments,
    comments,
    contents,
    insights,
    left_out,
    overall_title,
    overview,
    summary,
    title,
)

__all__ = [
    "all_comments",
    "comments",
    "contents",
    "insights",
    "left_out",
    "overall_title",
    "overview",
    "photos",
    "review",
    "style",
    "summary",
    "title",
]
