"""A row of things that is too long, in parts that are about equally long."""

from collections.abc import Iterator
from itertools import pairwise
from math import ceil


def parts(length: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield from where to before where each part goes, ``most`` long at most."""
    number = ceil(length / most)
    ends = [length * part // number for part in range(number + 1)] if number else []
    yield from pairwise(ends)
