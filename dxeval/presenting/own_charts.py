"""Charts of one's own: the page's colours and letters, and a text that says what they show."""

import base64
import io
import sys
import warnings
from functools import wraps
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager, rcsetup
from matplotlib.figure import Figure
from matplotlib.text import Text

from dxeval.errors import ChartError
from dxeval.presenting.colours import BEYOND, FAVOURABLE, INK, OUTLINE, UNFAVOURABLE, WITHOUT_SIDE
from dxeval.presenting.drawing import RC
from dxeval.presenting.html import Fragment, render

LETTERS = "IPAexGothic"
USUAL = {"sans-serif", "DejaVu Sans"}
"""Fonts that nobody chose."""
LARGEST_SVG = 1_000_000
"""Characters; a chart of more is shown as a PNG picture."""
COLOURS = [
    FAVOURABLE[1],
    UNFAVOURABLE[0],
    WITHOUT_SIDE[1],
    BEYOND[1],
    FAVOURABLE[2],
    UNFAVOURABLE[1],
]
"""In the order in which a chart takes them."""
STYLE: dict[Any, Any] = {
    **RC,
    "axes.prop_cycle": rcsetup.cycler(color=COLOURS),
    "font.family": [LETTERS, "DejaVu Sans"],
    "font.size": 10.5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": OUTLINE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
}


class Style:
    """Settings of matplotlib and seaborn that hold until the end of a ``with``, if there is one.

    State: what to put back, and which figures there were before.
    """

    def __init__(self) -> None:
        self._former: dict[Any, Any] = {
            k: v for k, v in mpl.rcParams.copy().items() if k != "backend"
        }
        self._before = set(_open_figures())
        mpl.rcParams.update(STYLE)

    def _ipython_display_(self) -> None:
        """Show nothing where this is the last of a cell."""

    def __enter__(self) -> "Style":
        return self

    def __exit__(self, *error: object) -> None:
        for number, figure in _open_figures().items():
            if number not in self._before:
                lettered(figure)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            mpl.rcParams.update(self._former)


def style() -> Style:
    """Give charts of one's own the page's colours and Japanese letters.

    図に、ページと同じ色と日本語の文字を使います。

    ``dx.style()`` holds for the rest of the notebook. ``with dx.style():`` holds for what is drawn
    inside, and afterwards all settings of matplotlib and seaborn (``rcParams``, palettes) are as
    they were.

    >>> import dxeval as dx
    >>> import matplotlib as mpl
    >>> with dx.style():
    ...     mpl.rcParams["font.family"][0]
    'IPAexGothic'
    """
    return Style()


def figure(chart: Any, *, alt: str) -> Fragment:
    """Return a chart as the page shows it, with ``alt``, the text that is read aloud for it.

    図を、読み上げのための説明（alt）を付けて表示します。

    ``chart`` is a matplotlib figure, its axes, or what a seaborn function returns. It is drawn in
    the page's font at the size that it has (inches), and closed, so that it is not shown twice.
    Raises ChartError if ``alt`` is blank or ``chart`` is no chart.

    >>> import dxeval as dx
    >>> from matplotlib.figure import Figure
    >>> dx.figure(Figure(figsize=(4, 2)), alt="18人が満足、3人が不満")
    Fragment(...)
    """
    drawn = _figure_of(chart)
    if not isinstance(alt, str) or not alt.strip():
        raise ChartError(
            'dx.figure の alt が空です。図から何が読み取れるかを alt="…" に1文で書いてください。'
        )
    with mpl.rc_context(RC):
        lettered(drawn, instead=True)
        content, kind, width = _svg(drawn), "image/svg+xml", None
        if len(content) > LARGEST_SVG:
            content, kind = _saved(drawn, "png", dpi=2 * 96), "image/png"
            width = round(int.from_bytes(content[16:20], "big") / 2)
    _close(drawn)
    image = f"data:{kind};base64,{base64.b64encode(content).decode()}"
    return render("figure", image=image, alt=alt.strip(), width=width)


def lettered(drawn: Figure, *, instead: bool = False) -> None:
    """Have each text of a figure use Japanese letters where its own font has none.

    ``instead``: and altogether where nobody chose a font.
    """
    drawn.draw_without_rendering()
    for text in drawn.findobj(Text):
        families = list(text.get_fontfamily())
        if instead:
            families = [LETTERS if family in USUAL else family for family in families]
        if LETTERS not in families:
            families.append(LETTERS)
        text.set_fontfamily(list(dict.fromkeys(families)))


def letters_of_last_resort() -> None:
    """Have matplotlib look for a glyph in IPAexGothic where no font that was asked for has it.

    For a kernel of the batch: nothing undoes it.
    """
    manager = font_manager.fontManager
    found, last = manager._find_fonts_by_props, font_manager.findfont(LETTERS)

    @wraps(found)
    def fonts(*arguments: Any, **more: Any) -> list[Any]:
        paths = found(*arguments, **more)
        return paths if last in paths else [*paths, last]

    setattr(manager, "_find_fonts_by_props", fonts)  # noqa: B010


def _svg(drawn: Figure) -> bytes:
    return _saved(drawn, "svg", metadata={"Date": None, "Creator": None})


def _saved(drawn: Figure, form: str, **more: Any) -> bytes:
    buffer = io.BytesIO()
    drawn.savefig(buffer, format=form, bbox_inches="tight", **more)
    return buffer.getvalue()


def _figure_of(chart: Any) -> Figure:
    seen = chart
    while not isinstance(seen, Figure):
        inner = getattr(seen, "figure", None)
        if inner is None or inner is seen:
            raise ChartError(
                f"dx.figure に渡せるのは matplotlib か seaborn の図です"
                f"（渡されたもの：{type(chart).__name__}）。"
            )
        seen = inner
    return seen


def _open_figures() -> dict[int, Figure]:
    """Return the figures that pyplot shows at the end of a cell."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return {}
    managers = pyplot._pylab_helpers.Gcf.figs
    return {number: manager.canvas.figure for number, manager in managers.items()}


def _close(drawn: Figure) -> None:
    if (pyplot := sys.modules.get("matplotlib.pyplot")) is not None:
        pyplot.close(drawn)
