"""Questions answered in words of one's own: what was written, as typed."""

from collections.abc import Sequence

from dxeval.definitions.labels import normalise
from dxeval.reading.answers import Answers
from dxeval.reading.vocabulary import Column, Vocabulary


def read_texts(columns: Sequence[Column], vocabulary: Vocabulary) -> Answers:
    """Return what each row says, None where it says nothing; several columns are put together."""
    missing = {*map(normalise, vocabulary.item.missing)}
    said: list[list[str]] = [[] for _ in columns[0].rows] if columns else []
    words = []
    for column in columns:
        for place, (row, cell) in enumerate(zip(column.rows, column.cells, strict=True)):
            if cell.strip() and normalise(cell) not in missing:
                said[place].append(cell)
                words.append((row, cell))
    return Answers(["\n".join(texts) if texts else None for texts in said], words)
