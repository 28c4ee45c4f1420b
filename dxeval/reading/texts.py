"""Questions answered in words of one's own: what was written, as typed."""

from collections.abc import Sequence

from dxeval.definitions.labels import normalise
from dxeval.reading.answers import Answers
from dxeval.reading.vocabulary import Column, Vocabulary


def read_texts(columns: Sequence[Column], vocabulary: Vocabulary) -> Answers:
    """Return what each row says, None where it says nothing; several columns are put together."""
    missing = {*map(normalise, vocabulary.item.missing)}

    def says(cell: str) -> bool:
        return bool(cell.strip()) and not (missing and normalise(cell) in missing)

    words = [
        place
        for column in columns
        for place in zip(column.rows, column.cells, strict=True)
        if says(place[1])
    ]
    if len(columns) == 1:
        return Answers([cell if says(cell) else None for cell in columns[0].cells], words)
    together = zip(*(column.cells for column in columns), strict=True)
    return Answers(["\n".join(filter(says, cells)) or None for cells in together], words)
