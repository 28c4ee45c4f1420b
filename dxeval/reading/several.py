"""Questions with several answers: in one cell, or spread over columns, a column a label."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from dxeval.definitions.form import Form
from dxeval.definitions.labels import normalise
from dxeval.definitions.person import quotable
from dxeval.definitions.questions import Choices
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.answers import Answers
from dxeval.reading.cell_parts import USUAL, Parts, take_apart
from dxeval.reading.levels import own_words_of
from dxeval.reading.limits import MAX_ANSWER
from dxeval.reading.vocabulary import Column, LabelVocabulary
from dxeval.reading.wrong_answers import refuse_wrong

CHOSEN = {"1", "○", "〇", "◯", "●", "✓", "✔", "☑", "true", "yes", "はい", "選択", "checked"}
NOT_CHOSEN = {"0", "false", "no", "いいえ", "☐", "未選択", "unchecked"}
"""What tools write in the column of a label, in small letters."""

Chosen = frozenset[int]


class SeveralVocabulary(LabelVocabulary):
    """The labels of an item with several answers, and what may stand between two of them."""

    item: Choices

    def __init__(self, item: Choices, form: Form) -> None:
        super().__init__(item, form)
        self.columns = form.columns.get(item.name, {})
        self.headers = {normalise(header) for header in form.items.get(item.name, ())}
        self._apart = cache(self._take_apart)

    @property
    def tells(self) -> bool:
        """Whether answers can be told from headers: not where headers name the labels."""
        return not self.columns and not self.headers & {*self.known} and len(self.headers) < 2

    @property
    def separators(self) -> Sequence[str]:
        """What may stand between two answers."""
        return (self.item.separator,) if self.item.separator else USUAL

    def apart(self, cell: str) -> Parts:
        """Return the parts of a cell."""
        return self._apart(cell)

    def _take_apart(self, cell: str) -> Parts:
        if (key := normalise(cell)) in self.known:
            others = take_apart(cell, self.separators, self.known)
            return others if others.ways > 1 else Parts(frozenset({key}), (), 1)
        return take_apart(cell, self.separators, self.known)

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


def read_several(
    columns: Sequence[Column], vocabulary: SeveralVocabulary, problems: Problems
) -> Answers:
    """Return for each row the places of the labels chosen, None where nobody answered.

    A row that says of every label that it was not chosen is an answer with none.
    """
    found = [_Cells(column, vocabulary) for column in columns]
    for cells in found:
        cells.refuse(problems)
    if any(cells.wrong or cells.unsure for cells in found):
        return Answers([])
    rows = zip(*(cells.column.cells for cells in found), strict=True)
    meanings = [cells.meaning for cells in found]
    together: dict[tuple[str, ...], Chosen | None] = {}
    values = [
        together[row] if row in together else together.setdefault(row, _union(row, meanings))
        for row in rows
    ]
    said = [own_words_of(cells.column, cells.words, vocabulary) for cells in found]
    words = [place for there, _ in said for place in there]
    near = [place for _, there in said for place in there]
    respelt = {text: label for cells in found for text, label in cells.respelt.items()}
    return Answers(values, words, near, respelt, tuple(_unheld(columns, vocabulary)))


def _union(row: tuple[str, ...], meanings: Sequence[Mapping[str, Chosen | None]]) -> Chosen | None:
    there = [
        chosen
        for cell, meaning in zip(row, meanings, strict=True)
        if (chosen := meaning[cell]) is not None
    ]
    return frozenset().union(*there) if there else None


class _Cells:
    """The different cells of one column: what each says (None: nothing), and which are wrong.

    ``words`` are those of one's own by cell, ``unsure`` cells that may be taken apart in several
    ways, or that hold own words where it is not known what stands between two answers.
    """

    def __init__(self, column: Column, vocabulary: SeveralVocabulary) -> None:
        self.column = column
        self.vocabulary = vocabulary
        self.meaning: dict[str, Chosen | None] = {}
        self.words: dict[str, str] = {}
        self.respelt: dict[str, str] = {}
        self.wrong: set[str] = set()
        self.unsure: set[str] = set()
        self._place = {label: i for i, label in enumerate(vocabulary.item.labels)}
        self._label = vocabulary.label_of(column)
        for cell in {*column.cells}:
            self._read(cell)
        several = {sep for sep in vocabulary.separators if any(sep in cell for cell in self.words)}
        if several and vocabulary.item.separator is None and not self._label:
            self.unsure |= {cell for cell in self.words if any(sep in cell for sep in several)}

    def _read(self, cell: str) -> None:
        key, vocabulary = normalise(cell), self.vocabulary
        mark = key.casefold()
        if key in vocabulary.missing:
            self.meaning[cell] = None
        elif self._label and mark in CHOSEN and key not in vocabulary.known:
            self.meaning[cell] = frozenset({self._place[self._label]})
        elif self._label and mark in NOT_CHOSEN and key not in vocabulary.known:
            self.meaning[cell] = frozenset()
        elif self._label:
            self._read_alone(cell, key, self._label)
        else:
            self._read_labels(cell)

    def _read_alone(self, cell: str, key: str, label: str) -> None:
        """Take a cell of a label's own column: the label, or all of it words where it is other."""
        if self.vocabulary.known.get(key) == label:
            if key != normalise(label) and key not in self.vocabulary.codes:
                self.respelt[key] = label
        else:
            own = self.vocabulary.own_words(cell) if label == self.vocabulary.item.other else None
            if own is None:
                self.wrong.add(cell)
                return
            self.words[cell] = own
        self.meaning[cell] = frozenset({self._place[label]})

    def _read_labels(self, cell: str) -> None:
        parts = self.vocabulary.apart(cell)
        labels = {self.vocabulary.known[spelling] for spelling in parts.spellings}
        own = [self.vocabulary.own_words(other) for other in parts.others]
        if None in own or not (labels or own):
            self.wrong.add(cell)
            return
        if parts.ways > 1:
            self.unsure.add(cell)
            return
        if own:
            labels.add(self.vocabulary.item.other or "")
            self.words[cell] = "、".join(filter(None, own))
        self.meaning[cell] = frozenset(self._place[label] for label in labels)
        names = {normalise(label) for label in self._place}
        spelt = parts.spellings - names - {*self.vocabulary.codes}
        self.respelt |= {text: self.vocabulary.known[text] for text in sorted(spelt)}

    def refuse(self, problems: Problems) -> None:
        """Add what is wrong."""
        if self.wrong and (separator := self.vocabulary.item.separator):
            usual = take_apart_all(self.wrong, self.vocabulary)
            if usual and not any(separator in cell for cell in self.column.cells):
                problems.add(_no_separator(self.column, self.vocabulary, usual))
                return
        if self.wrong:
            refuse_wrong(self.column, self.vocabulary, self.wrong, problems)
        places = self.column.among(self.unsure)
        problems.add_each(places, lambda place: _unsure(place, self.column, self.vocabulary))


def take_apart_all(cells: Collection[str], vocabulary: SeveralVocabulary) -> str | None:
    """Return the usual separator by which every cell is made of labels only, None if none is."""
    for separator in USUAL:
        if all(not take_apart(cell, [separator], vocabulary.known).others for cell in cells):
            return separator
    return None


def _shown(separator: str) -> str:
    return "改行" if separator == "\n" else f"「{separator}」"


def _no_separator(
    column: Column, vocabulary: SeveralVocabulary, usual: str | None = None
) -> Problem:
    """Return that the separator of an item stands in no cell; ``usual`` is what does."""
    item = vocabulary.item
    message = f"separator の{_shown(item.separator or '')}が、この列のどのセルにもありません"
    hint = None
    if usual:
        hint = (
            f"  答えの間にあるのは{_shown(usual)}のようです。data/survey.yaml の設問"
            f"「{item.name}」の separator を直すか、行ごと消してください。"
        )
    kind, expected = ProblemKind.NO_SEPARATOR, "2つ以上選んだ人のセルに、その区切りがあること"
    place = (None, column.header, item.separator, expected, hint)
    return Problem(kind, column.file, message, *place, item=item.name)


def _unheld(columns: Sequence[Column], vocabulary: SeveralVocabulary) -> list[Problem]:
    """Return a warning if the separator that was declared stands in no cell."""
    separator = vocabulary.item.separator
    if separator is None or len(columns) > 1:
        return []
    cells = [cell for column in columns for cell in {*column.cells}]
    if any(separator in cell for cell in cells) or not any(cell.strip() for cell in cells):
        return []
    return [_no_separator(columns[0], vocabulary)]


def _unsure(place: tuple[int, str], column: Column, vocabulary: SeveralVocabulary) -> Problem:
    row, cell = place
    item = vocabulary.item
    value = quotable(cell[:MAX_ANSWER], vocabulary.known)
    if vocabulary.apart(cell).ways > 1:
        message = "いくつかの選択肢に分ける分け方が2通り以上あります"
        hint = (
            "  フォームの選択肢の言葉を、ほかの選択肢を並べたものにならないように直してください。"
        )
    else:
        message = "自分の言葉のある答えで、どこが区切りか決められません"
        hint = (
            f"  data/survey.yaml の設問「{item.name}」に、選択肢の間に書かれる文字を"
            ' separator: ";" のように書いてください。'
        )
    where = (row, column.header, value, "分け方が1通りであること", hint)
    return Problem(ProblemKind.SEVERAL_WAYS, column.file, message, *where, item=item.name)
