"""What notebooks call ``dx.page``: the sections of a page, each of which shows itself.

ページの部分（表題、概要、写真、参加者の声など）です。``style`` は見た目をページに合わせます。

Each takes a session or the programmes, as its docstring says, and returns a piece of HTML in which
every text is escaped. ``photos`` raises DataError for a photograph that cannot be read.

>>> import dxeval as dx
>>> workspace = dx.Workspace.find()
>>> title = dx.page.title(workspace.session("bpr-1"), workspace.programme)
>>> "第1回" in str(title.html)
True
"""

from dxeval.presenting.html import style
from dxeval.presenting.lead_across import lead_across
from dxeval.presenting.photos import photos
from dxeval.presenting.review import review
from dxeval.presenting.sections import (
    all_comments,
    comments,
    contents,
    insights,
    lead,
    left_out,
    overall_title,
    overview,
    programme_title,
    summary,
    title,
)

__all__ = [
    "all_comments",
    "comments",
    "contents",
    "insights",
    "lead",
    "lead_across",
    "left_out",
    "overall_title",
    "overview",
    "photos",
    "programme_title",
    "review",
    "style",
    "summary",
    "title",
]
