"""A page's HTML -> every number on it, in the page's order, each with what it says."""

from collections.abc import Iterator

from dxeval.tracing.known import Known
from dxeval.tracing.place import Place
from dxeval.tracing.places import PageReader
from dxeval.tracing.read import Found, read

WHOLE = "report"
"""The page that holds all others, as articles with their names as ids."""


def numbers(html: str, known: Known, page: str) -> Iterator[Found]:
    """Yield all numbers of a page, alt texts too; those that nothing explains without a claim.

    ``page`` is its name, without ``.html``: it says which sessions the page is about.
    """
    here = Place(sessions=known.sessions_of(page), own=page)
    for place in PageReader(known, here).places(html):
        yield from read(place, known)
