"""Whole numbers as answers: a rating from one number to another."""

from collections.abc import Sequence

from dxeval.drafting.ladders import ladders_near
from dxeval.drafting.marks import Marked
from dxeval.drafting.recognition import Beside, Rating
from dxeval.drafting.scales_file import fold

RANGES = ((1, 5), (1, 7), (1, 10), (0, 10))
"""From and to of the ratings that forms offer, in the order in which they are assumed."""


def rating(labels: Sequence[Marked], beside: Beside) -> Rating | None:
    """Return the rating whose numbers ``labels`` are, None unless all have one and most only that.

    Its ends are certain where both carry words, or where 0 and 10 were chosen.
    """
    marks = [label.mark for label in labels if label.mark is not None]
    worded = {label.mark: label.words for label in labels if label.words and label.mark is not None}
    bare = len({label.mark for label in labels if not label.words})
    if len(marks) < len(labels) or not bare or len(worded) > 3 or len(set(marks)) < 2:
        return None
    low, high = min(marks), max(marks)
    if low < 0 or high > 10:
        return None
    ends = low in worded and high in worded
    sure = ends or (low, high) == (0, 10)
    if not sure:
        low, high = next(limits for limits in RANGES if limits[0] <= low and high <= limits[1])
    aliases: dict[int, list[str]] = {}
    for label in labels:
        if label.mark is not None and label.label.strip() != str(label.mark):
            aliases.setdefault(label.mark, []).append(label.label.strip())
    spelled = {mark: tuple(spellings) for mark, spellings in aliases.items()}
    return Rating(low, high, sure, worded, _best(low, high, worded), spelled, beside)


def _best(low: int, high: int, words: dict[int, str]) -> int | None:
    """Return the end whose words stand above the middle of a ladder, the other's not."""
    for ladder in ladders_near([fold(text) for text in words.values()], 1):
        steps = [ladder.steps.get(fold(words.get(end, ""))) for end in (low, high)]
        if ladder.better != "above" or not any(steps):
            continue
        above = [bool(step and step.stop <= ladder.above) for step in steps]
        if above[0] != above[1]:
            return low if above[0] else high
    return None
