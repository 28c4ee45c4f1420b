"""What may stand in the cells of a question with several answers."""

from dxeval.definitions.form import Form
from dxeval.definitions.labels import normalise
from dxeval.definitions.questions import Choices
from dxeval.reading.cell_parts import USUAL, Parts, Separators
from dxeval.reading.vocabulary import Column, LabelVocabulary


class SeveralVocabulary(LabelVocabulary):
    """The labels of an item with several answers, and what may stand between two of them."""

    item: Choices

    def __init__(self, item: Choices, form: Form) -> None:
        super().__init__(item, form)
        self.columns = form.columns.get(item.name, {})
        self.headers = form.items.get(item.name, ())
        self.separators = (item.separator,) if item.separator else USUAL
        self._between = Separators(self.separators, self.known)

    @property
    def tells(self) -> bool:
        """Whether answers can be told from headers: not where headers name the labels."""
        named = any(normalise(header) in self.known for header in self.headers)
        return not self.columns and not named and len(self.headers) < 2

    def apart(self, cell: str) -> Parts:
        """Return the parts of a cell."""
        return self._between.take_apart(cell)

    def several(self, cell: str) -> list[str]:
        """Return nothing: that a cell holds several answers is no mistake here."""
        return []

    def unknown(self, cell: str) -> str:
        """Return the first part of a cell that is no label, all of it if every part is one."""
        return next(iter(self.apart(cell).others), cell)

    def label_of(self, column: Column) -> str | None:
        """Return the label that has this column to itself, None if none has."""
        named = self.columns.get(column.header)
        return named or self.known.get(normalise(column.header))
