"""The rows of a sheet, or of a CSV file, by their heads."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dxeval.definitions.programme import Session
from dxeval.definitions.visible import visible
from dxeval.presenting.figure_sheets import facts
from dxeval.scoring.recount.claim import Claim
from dxeval.scoring.recount.what import What
from dxeval.tracing.cell import label
from dxeval.tracing.known import Known
from dxeval.tracing.names import one_line
from dxeval.tracing.place import Place
from dxeval.tracing.read import Found

Head = tuple[str, str]
"""What stands over a head, if anything does, and the head itself."""
ID = "回のID"


@dataclass(frozen=True)
class Table:
    """A table: its name, its heads and its rows, each as long as the heads."""

    name: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[str]]

    @classmethod
    def of(cls, name: str, rows: Sequence[Sequence[str]], first: str) -> "Table | None":
        """Return the table whose first head is ``first``, in the first row or the second."""
        place = next((i for i, row in enumerate(rows[:2]) if row and row[0] == first), None)
        if place is None:
            return None
        heads, over = rows[place], [*(rows[0] if place else ())]
        groups, group = [], ""
        for column in range(len(heads)):
            group = over[column] if column < len(over) and over[column] else group
            groups.append(group)
        filled = [[*row, *[""] * (len(heads) - len(row))] for row in rows[place + 1 :]]
        return cls(name, [*zip(groups, heads, strict=True)], filled)

    def records(self) -> Iterator[Mapping[str, str]]:
        """Yield each row by its heads, of heads that come twice the first."""
        for row in self.rows:
            pairs = [*zip(self.heads, row, strict=True)]
            yield {head: cell for (_, head), cell in reversed(pairs)}


def of_csv(content: bytes, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of ours by the names of its columns."""
    return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


def about(section: str, record: Mapping[str, str], id_head: str, known: Known) -> Place:
    """Return the place of a row: its session, question and label."""
    session = record.get(id_head, "")
    item = record.get("設問") or record.get("item") or ""
    level = record.get("選択肢") or record.get("level") or ""
    name = known.names.items.get(one_line(item), item)
    labels = known.names.levels.get(name, {})
    levels = (labels.get(one_line(level), level),) if level else ()
    row = " ".join(filter(None, [_called(session, known), level]))
    return Place(section=section, row=row, sessions=(session,), item=name, levels=levels)


def _called(session_id: str, known: Known) -> str:
    labels = (label for label, ids in known.names.labels.items() if session_id in ids)
    return next(labels, session_id)


def names(place: Place, record: Mapping[str, str], known: Known) -> Iterator[Found]:
    """Yield the numbers in a row's names of its session: id, label, titles, day."""
    session = known.answers.sessions.get(place.sessions[0])
    for head, expected in _facts(session, known).items():
        cell = record.get(head, "")
        here = place.about(column=head, text=cell)
        if head == "開催日" and cell and session:
            day = cell.removesuffix("T00:00:00")
            claim = Claim(What.DATE, place.sessions)
            yield Found(here.about(text=day), 0, len(day), claim)
        elif cell:
            label_of = f"data/sessions/{place.sessions[0]}.yaml"
            known_text = cell if session and cell.startswith(f"{expected}（") else expected
            yield from label(here, known_text, label_of)


def _facts(session: Session | None, known: Known) -> dict[str, str]:
    heads = (ID, "回", "事業", "開催内容", "開催日")
    if session is None:
        return dict.fromkeys((*heads, "session_id", "対象"), "")
    programme = known.answers.programme
    texts = [visible(str(cell)) for cell in facts(session, programme)]
    target = programme.programme(session.programme).target or ""
    return {**dict(zip(heads, texts, strict=True)), "session_id": session.id, "対象": target}
