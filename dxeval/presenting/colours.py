"""The colours of charts: one for each level, and which of two can be told apart."""

from functools import cache

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb

from dxeval.definitions.questions import Scale

FAVOURABLE = ("#0b3b6f", "#2f75b6", "#9cc6ea")
NEUTRAL = ("#e3e6ea", "#c9ced6")
UNFAVOURABLE = ("#d98324", "#a04605")
BEYOND = ("#b98bb5", "#6d2f6b")
"""What is not favourable on the other side, where the best is in the middle."""
WITHOUT_SIDE = ("#2f3b4d", "#7d8ba0", "#dfe4eb")
"""Ordered levels of which none is favourable."""
INK = "#1a2433"
OUTLINE = "#6a7686"
"""Around colours too pale to stand out from the white page (WCAG 1.4.11)."""


def level_colours(item: Scale) -> dict[str, str]:
    """Return a colour for each level: blues, grey, oranges; darker the further from neutral.

    Where the best is in the middle, purples are on the side of the last levels. Levels of which
    none is favourable are of one hue, from dark to light.
    """
    return _level_colours(item.levels, item.favourable, item.neutral)


@cache
def _level_colours(
    levels: tuple[str, ...], good: tuple[str, ...], neither: tuple[str, ...]
) -> dict[str, str]:
    if not good:
        return dict(zip(levels, _blend(WITHOUT_SIDE, len(levels)), strict=False))
    rest = [level for level in levels if level not in good]
    neutral = [level for level in rest if level in neither]
    bad = [level for level in rest if level not in neither]
    last = max(map(levels.index, good))
    beyond = [level for level in bad if levels.index(level) > last]
    before = [level for level in bad if level not in beyond]
    if not before:
        before, beyond = beyond, []
    else:
        before.reverse()
    return {
        **dict(zip(good, _blend(FAVOURABLE, len(good)), strict=False)),
        **dict(zip(neutral, _blend(NEUTRAL, len(neutral)), strict=False)),
        **dict(zip(before, _blend(UNFAVOURABLE, len(before)), strict=False)),
        **dict(zip(beyond, _blend(BEYOND, len(beyond)), strict=False)),
    }


def _blend(colours: tuple[str, ...], steps: int) -> list[str]:
    """Return ``steps`` colours or more along ``colours``."""
    if steps <= len(colours):
        return [*colours]
    blend = LinearSegmentedColormap.from_list("", colours)
    return [to_hex(colour) for colour in blend(np.linspace(0, 1, steps))]


def outline(colour: str) -> str:
    """Return the colour of a segment's outline: its own, unless that is too pale to be seen."""
    return OUTLINE if contrast(colour, "white") < 3 else colour


def ink_on(colour: str) -> str:
    """Return the colour of text that can be read on ``colour``."""
    return max("white", INK, key=lambda ink: contrast(ink, colour))


@cache
def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio (1-21) of two colours, as WCAG 2 defines it."""
    dark, light = sorted((_luminance(colour), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
