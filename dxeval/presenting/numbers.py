"""Numbers along a line: ratings as upright bars, quantities as dots around their quartiles."""

from collections.abc import Sequence

from dxeval.definitions.questions import Number, Rating
from dxeval.presenting import number_words, wording
from dxeval.presenting.html import Fragment, render
from dxeval.presenting.shown import Row
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.order import shown as number_text
from dxeval.scoring.values import NAMES, Ordered, Ratings, Values

DENSE = 21
"""More numbers than these are drawn as thin bars, of which three are named."""
DOTS_UP_TO = 40
"""Up to this many respondents each is a dot."""


def ticks_picture(score: Ratings, item: Rating) -> Fragment:
    """Return a rating's bars along its numbers; empty if nobody answered."""
    if not score.n_valid:
        return Fragment()
    dense = len(item.labels) > DENSE
    named = {str(item.lowest), str(item.middle), str(item.highest)}
    ticks = [
        (
            label if label in named or not dense else "",
            count,
            score.percent(label),
            score.height(label),
            label in score.favourable,
        )
        for label, count in score
    ]
    alt = number_words.ratings_alt_text(score)
    if dense:
        return render("dense_ticks", ticks=ticks, alt=alt, ends=item.ends)
    return render("ticks", ticks=ticks, alt=alt, ends=item.ends)


def line_key(score: Values) -> str:
    """Return what is what in the picture of numbers on a line."""
    dot = "点は1人の答え、" if score.n_valid <= DOTS_UP_TO else ""
    return f"{dot}箱は四分位、太い線は中央値"


def line_picture(score: Values, item: Number) -> Fragment:
    """Return the numbers on a line from the least to the most; empty if nobody answered."""
    if not score.n_valid:
        return Fragment()
    unit = item.unit or ""
    said = number_words.order_text(score, unit)
    return render(
        "line",
        strip=score.strip(),
        dots=[*score.dots()] if score.n_valid <= DOTS_UP_TO else [],
        most=score.most_alike,
        numbers=[(NAMES[name], f"{score.told(name)}{unit}") for name in NAMES],
        caption=wording.valid_text(score),
        alt=f"{item.name}の数直線：有効回答{score.n_valid}人、{said}。",
    )


def lines_by_session(across: ItemAcross, rows: Sequence[Row], unit: str = "") -> Fragment:
    """Return the five numbers of each session, drawn along one line, a row a session."""
    ends = across.ends

    def line(score: ItemScore | None) -> tuple[dict[str, str], list[str], int | str]:
        if not isinstance(score, Ordered):
            return {}, [], wording.NOT_ASKED
        if not score.n_valid:
            return {}, [], wording.NO_ANSWERS
        return score.strip(ends), [score.told(name) for name in NAMES], score.n_valid

    return render(
        "lines_by_session",
        caption=f"{across.item.name}{f'（{unit}）' if unit else ''}：中央値と四分位",
        ends=[number_text(end) for end in ends],
        over=across.over,
        heads=NAMES.values(),
        rows=[(label, *line(score)) for _, label, score in rows],
    )
