"""The cells of one column of a question with several answers: what each says."""

from collections.abc import Collection

from dxeval.definitions.labels import normalise
from dxeval.problems import Problems
from dxeval.reading.cell_parts import USUAL, Separators
from dxeval.reading.several_vocabulary import SeveralVocabulary
from dxeval.reading.vocabulary import Column
from dxeval.reading.wrong_answers import add_mixed, refuse_wrong
from dxeval.reading.wrong_several import (
    no_separator,
    refuse_foreign,
    refuse_unnamed,
    refuse_unsure,
)

CHOSEN = {
    *("1", "○", "〇", "◯", "●", "✓", "✔", "☑", "true", "yes", "y", "はい", "選択", "checked"),
    "selected",
}
NOT_CHOSEN = {
    *("0", "false", "no", "n", "いいえ", "☐", "未選択", "unchecked", "not selected"),
}
"""What tools write in the column of a label, in small letters."""

Chosen = frozenset[int]
"""The places of the labels chosen."""


class Cells:
    """The different cells of one column: what each says (None: nothing), and which are wrong.

    ``words`` are those of one's own by cell; ``foreign`` cells that hold a label in the column of
    another, ``unnamed`` marks in a column of which it is not known what label it has, ``unsure``
    cells of which it is not known what stands between two answers.
    """

    def __init__(self, column: Column, vocabulary: SeveralVocabulary) -> None:
        self.column = column
        self.vocabulary = vocabulary
        self.label = vocabulary.label_of(column)
        self.meaning: dict[str, Chosen | None] = {}
        self.words: dict[str, str] = {}
        self.respelt: dict[str, str] = {}
        self.wrong: set[str] = set()
        self.foreign: set[str] = set()
        self.unnamed: set[str] = set()
        self.unsure: set[str] = set()
        self.labels: set[str] = set()
        self.codes: set[str] = set()
        self._place = {label: i for i, label in enumerate(vocabulary.item.labels)}
        self._own = {normalise(label) for label in self._place}
        for cell in {*column.cells}:
            self._read(cell)
        if vocabulary.item.separator is None and not self.label:
            there = [sep for sep in vocabulary.separators if any(sep in c for c in self.words)]
            self.unsure |= {cell for cell in self.words if any(sep in cell for sep in there)}

    def _read(self, cell: str) -> None:
        key, vocabulary = normalise(cell), self.vocabulary
        mark = "" if key in vocabulary.known else key.casefold()
        if key in vocabulary.missing:
            self.meaning[cell] = None
        elif self.label and mark in CHOSEN:
            self._choose(cell, {self.label})
        elif self.label and mark in NOT_CHOSEN:
            self._choose(cell, ())
        elif self.label:
            self._read_alone(cell, vocabulary.known.get(key))
        elif mark in CHOSEN | NOT_CHOSEN and len(vocabulary.headers) > 1:
            self.unnamed.add(cell)
        else:
            self._read_parts(cell)

    def _choose(self, cell: str, labels: Collection[str]) -> None:
        self.meaning[cell] = frozenset(self._place[label] for label in labels)

    def _read_alone(self, cell: str, label: str | None) -> None:
        """Read a cell of a column that one label has to itself."""
        words = (
            self.vocabulary.own_words(cell) if self.label == self.vocabulary.item.other else None
        )
        if label == self.label:
            self._choose(cell, {label} if label else ())
            self._note(cell, {normalise(cell)})
        elif label:
            self.foreign.add(cell)
        elif words is not None:
            self._choose(cell, {self.label or ""})
            self.words[cell] = words
        else:
            self.wrong.add(cell)

    def _read_parts(self, cell: str) -> None:
        """Read a cell that may hold several labels."""
        parts = self.vocabulary.apart(cell)
        own = [self.vocabulary.own_words(other) for other in parts.others]
        if parts.ways != 1:
            self.unsure.add(cell)
        elif None in own or not (parts.spellings or own):
            self.wrong.add(cell)
        else:
            labels = {self.vocabulary.known[spelling] for spelling in parts.spellings}
            if own:
                labels.add(self.vocabulary.item.other or "")
                self.words[cell] = "、".join(filter(None, own))
            self._choose(cell, labels)
            self._note(cell, parts.spellings)

    def _note(self, cell: str, spellings: Collection[str]) -> None:
        """Note whether labels or codes stand in a cell, and other spellings of labels."""
        known, codes = self.vocabulary.known, self.vocabulary.codes
        if any(spelling in codes for spelling in spellings):
            self.codes.add(cell)
        if words := {spelling for spelling in spellings if spelling not in codes}:
            self.labels.add(cell)
        self.respelt |= {text: known[text] for text in sorted(words - self._own)}

    def refuse(self, problems: Problems) -> bool:
        """Add what is wrong; return whether anything is."""
        if (usual := self._usual()) is not None:
            problems.add(no_separator(self.column, self.vocabulary, usual))
            return True
        if self.wrong:
            refuse_wrong(self.column, self.vocabulary, self.wrong, problems)
        if mixed := bool(self.labels and self.codes):
            add_mixed(problems, self.column, self.vocabulary, self.labels, self.codes)
        refuse_foreign(self.column, self.vocabulary, self.foreign, problems)
        refuse_unnamed(self.column, self.vocabulary, self.unnamed, problems)
        refuse_unsure(self.column, self.vocabulary, self.unsure, problems)
        return mixed or any((self.wrong, self.foreign, self.unnamed, self.unsure))

    def _usual(self) -> str | None:
        """Return what seems to stand between answers where the separator stands in no cell."""
        separator, vocabulary = self.vocabulary.item.separator, self.vocabulary
        if not separator or self.label or any(separator in cell for cell in self.meaning):
            return None
        for usual in USUAL:
            between = Separators([usual], vocabulary.known)
            whole = (between.take_apart(cell) for cell in self.wrong if usual in cell)
            part = (between.take_apart(cell) for cell in self.words if usual in cell)
            if any(not parts.others for parts in whole) or any(parts.spellings for parts in part):
                return usual
        return None
