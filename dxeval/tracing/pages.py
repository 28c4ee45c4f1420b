"""A page's HTML -> every number on it, in the page's order, each with what it says."""

from collections.abc import Iterator

from dxeval.tracing.known import Known
from dxeval.tracing.places import PageReader
from dxeval.tracing.read import Found, read


def numbers(html: str, known: Known, page: str) -> Iterator[Found]:
    """Yield all numbers of a page, alt texts too; those that nothing explains without a claim.

    ``page`` is its name, without ``.html``: it says which sessions the page is about.
    """
    for place in PageReader(known, page).places(html):
        yield from read(place, known)
