"""Pictures of all formats -> rows that are each as high as its pictures, none much over others."""

import math
from collections.abc import Iterator, Sequence

FULL = 3.9
"""Of a row that fills the page at a good height: its width to its height."""
MOST = 4
"""Pictures side by side: of more, captions get no room."""
SLIMMEST = 0.6
"""A picture that is slimmer has pale space at its sides, and so room for its caption."""


def shape(width: int, height: int) -> float:
    """Return the width of a picture's place to its height."""
    return max(width / height, SLIMMEST)


def rows(shapes: Sequence[float]) -> list[slice]:
    """Return which pictures stand side by side: in their order, in rows nearest to ``FULL``.

    The width of a row to its height is the sum of its pictures': so all of a row are as high.
    """
    best: list[tuple[float, list[slice]]] = [(0.0, [])]
    for end in range(1, len(shapes) + 1):
        best.append(min(_ways(best, shapes, end), key=lambda way: way[0]))
    return best[-1][1]


def _ways(
    best: Sequence[tuple[float, list[slice]]], shapes: Sequence[float], end: int
) -> Iterator[tuple[float, list[slice]]]:
    for start in range(max(0, end - MOST), end):
        unlike = math.log(sum(shapes[start:end]) / FULL) ** 2
        yield best[start][0] + unlike, [*best[start][1], slice(start, end)]
