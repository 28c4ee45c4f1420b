"""What a kind of question says of its questions, from a cell of an export to the page.

One object a kind; a new one is a subclass of Kind, in one module, with ``KIND = TheKind()``.
Modules that draw are imported where they are needed, so that ``dxeval list`` stays light.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from dxeval.definitions.form import Form
    from dxeval.presenting.html import Fragment
    from dxeval.presenting.shown import Card, Row, Shown, Table
    from dxeval.problems import Problems
    from dxeval.reading.answers import Answers
    from dxeval.reading.vocabulary import Column, Vocabulary
    from dxeval.scoring.across import ItemAcross
    from dxeval.scoring.distribution import Rule


class Kind(ABC):
    """How the questions of one kind are read, counted and shown. Without state.

    ``item`` is always one of the kind's own model, ``score`` what ``count`` returned.
    """

    def vocabulary(self, item: Any, form: Form) -> Vocabulary:
        """Return what may stand in the item's cells in a form: here anything."""
        from dxeval.reading.vocabulary import Vocabulary

        return Vocabulary(item, form)

    @abstractmethod
    def read(
        self, columns: Sequence[Column], vocabulary: Any, form: Form, problems: Problems
    ) -> Answers:
        """Return a value a row; add what is wrong to ``problems``, no values then."""

    @abstractmethod
    def column(self, item: Any, values: Sequence[Any]) -> pd.api.extensions.ExtensionArray | list:
        """Return what the frame of answers holds: an array, missing where nobody answered."""

    @abstractmethod
    def count(self, item: Any, answers: pd.Series, rule: Rule) -> Any:
        """Return the figure of a column, which checks itself. ``rule``: as scoring's Rule.

        Raises FigureError if the column is not of the item.
        """

    def card(self, score: Any) -> Card | None:
        """Return the one number for cards and the summary table, None if there is none."""
        return None

    @abstractmethod
    def shown(self, score: Any) -> Shown:
        """Return all that a session's page says of the item."""

    def told(self, score: Any) -> str:
        """Return the counts in one line, as ``dxeval check`` says them; empty if none."""
        return ""

    def rule(self, name: str, favourable: Sequence[str], reason: str | None = None) -> str:
        """Return how a favourable share is counted, and why if only in one session."""
        from dxeval.presenting.wording import rule_note

        return rule_note(name, favourable, reason)

    def definition(self, item: Any) -> str:
        """Return how the item is counted, empty if that goes without saying."""
        return ""

    def compared(self, across: ItemAcross, rows: Sequence[Row]) -> Fragment | None:
        """Return the item in several sessions side by side, None if there is nothing to see."""
        return None

    def compared_in_full(self, across: ItemAcross, rows: Sequence[Row]) -> Fragment | None:
        """Return the same with all its numbers; here ``compared``, which holds them."""
        return self.compared(across, rows)

    def compared_table(self, across: ItemAcross, rows: Sequence[Row]) -> Table | None:
        """Return the numbers of several sessions, None if there are none."""
        return None
