"""The colours of charts: one for each level, and which of two can be told apart."""

from functools import cache

import seaborn as sns
from matplotlib.colors import to_rgb

from dxeval.definitions.questions import Scale

FAVOURABLE = ("#0b3b6f", "#2f75b6", "#9cc6ea")
NEUTRAL = ("#e3e6ea", "#c9ced6")
UNFAVOURABLE = ("#d98324", "#a04605")
INK = "#1a2433"
OUTLINE = "#6a7686"
"""Around colours too pale to stand out from the white page (WCAG 1.4.11)."""


def level_colours(item: Scale) -> dict[str, str]:
    """Return a colour for each level: blues, grey, oranges; darker the further from neutral."""
    return _level_colours(item.levels, item.favourable, item.neutral)


@cache
def _level_colours(
    levels: tuple[str, ...], good: tuple[str, ...], neither: tuple[str, ...]
) -> dict[str, str]:
    rest = [level for level in levels if level not in good]
    neutral = [level for level in rest if level in neither]
    bad = [level for level in rest if level not in neither]
    blues = sns.blend_palette(FAVOURABLE, max(len(good), len(FAVOURABLE))).as_hex()
    greys = sns.blend_palette(NEUTRAL, max(len(neutral), 2)).as_hex()
    oranges = sns.blend_palette(UNFAVOURABLE, max(len(bad), 2)).as_hex()
    return dict(
        [
            *zip(good, blues, strict=False),
            *zip(neutral, greys, strict=False),
            *zip(bad, oranges, strict=False),
        ]
    )


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
