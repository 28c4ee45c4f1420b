"""The CSV files of figures -> every number in them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dxeval.tracing import sheet_heads
from dxeval.tracing.cell import Reading, number, text
from dxeval.tracing.known import Known
from dxeval.tracing.names import one_line
from dxeval.tracing.read import Found
from dxeval.tracing.tables import ID, about, names, of_csv

BY_FILE: Mapping[str, Reading] = {
    "counts.csv": sheet_heads.COUNTS_CSV,
    "measures.csv": sheet_heads.MEASURES_CSV,
}


def csv_numbers(content: bytes, known: Known, name: str) -> Iterator[Found]:
    """Yield all numbers of a CSV file, by its name without folders."""
    heads = BY_FILE.get(name)
    yield from (
        _summary(content, known, name) if heads is None else _plain(content, known, name, heads)
    )


def _plain(content: bytes, known: Known, name: str, heads: Reading) -> Iterator[Found]:
    for record in of_csv(content, name):
        place = about(name, record, "session_id", known)
        yield from names(place, record, known)
        for head, what in heads.items():
            if record.get(head):
                yield number(place.about(column=head), record[head], what)


def _summary(content: bytes, known: Known, name: str) -> Iterator[Found]:
    for record in of_csv(content, name):
        place = about(name, record, ID, known)
        yield from names(place, record, known)
        for head, what in sheet_heads.PEOPLE.items():
            if record.get(head):
                yield number(place.about(column=head), record[head], what)
        for shown, item in known.names.items.items():
            for end, what in sheet_heads.SUMMARY_CSV.items():
                cell = record.get(f"{shown}{end}")
                if cell:
                    here = place.about(column=f"{shown}{end}", item=item)
                    yield replace(number(here, cell, what), share=False)
        remark = one_line(record.get("備考", "").replace("　", " "))
        yield from text(place.about(column="備考", text=remark), known)
