"""Words by frequency, each of which opens the comments that hold it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dxeval.presenting.html import Fragment, render

if TYPE_CHECKING:
    from dxeval.scoring.words import Word

SHOWN = 100
"""How many words are shown; the table has them all."""


def word_list(words: Sequence[Word], comments: Sequence[tuple[str, str]]) -> Fragment:
    """Return the most frequent words; ``comments`` are the place and the text of each comment."""
    opened = [
        (word.word, word.n_comments, [comments[place] for place in word.places])
        for word in words[:SHOWN]
    ]
    more = len(words) > SHOWN
    return render("word_list", words=opened, comments=comments, shown=SHOWN if more else None)
