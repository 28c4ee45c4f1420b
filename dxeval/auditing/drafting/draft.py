"""A report's blocks -> rows of published.csv, each with its source and what is to be seen to."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dxeval.auditing.drafting.blocks import Block, folded
from dxeval.auditing.drafting.facts import facts, rates
from dxeval.auditing.drafting.headings import (
    chapters,
    ends_session,
    may_name_question,
    question_names,
)
from dxeval.auditing.drafting.statements import LONGEST, Said, statements
from dxeval.auditing.drafting.subjects import WHICH, WHICH_ITEM, Subjects, reference
from dxeval.auditing.drafting.tables import Figure, figures

_LEGEND = re.compile(r"[■◆●▲▼★◼▪□◇○△☐]\s*(?P<label>[^\s%:0-9].{0,40}?)\s*$")


@dataclass(frozen=True)
class Row:
    """A row of the draft; what is blank is not told by the report, ``doubts`` say so."""

    line: int
    source: str
    where: str = ""
    session_id: str = ""
    item: str = ""
    levels: tuple[str, ...] = ()
    percent: str = ""
    count: str = ""
    n: str = ""
    mean: str = ""
    sd: str = ""
    text: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def what(self) -> tuple[object, ...]:
        """What the row says and of what: of equal ones the first is kept."""
        numbers = (self.percent, self.count, self.n, self.mean, self.sd, folded(self.text))
        unplaced = 0 if self.where else self.line
        return self.where, self.session_id, self.item, self.levels, numbers, unplaced


@dataclass
class _Reading:
    """Where in the report one is: the session and its heading, the question last named."""

    subjects: Subjects
    session: str = ""
    level: int = 0
    item: str = ""
    headline: Row | None = None
    legend: list[tuple[Block, str]] = field(default_factory=list)


def draft(blocks: Sequence[Block], subjects: Subjects) -> list[Row]:
    """Return what a report says in figures, in its order. Nothing in it is sure."""
    subjects.names(name for block in blocks for name in question_names(block))
    begun = chapters(blocks)
    state = _Reading(subjects)
    rows: dict[tuple[object, ...], Row] = {}
    for i, block in enumerate(blocks):
        for row in _of(block, state, begins=i in begun):
            rows.setdefault(row.what, row)
    for row in _ended(state):
        rows.setdefault(row.what, row)
    return [*rows.values()]


def _of(block: Block, state: _Reading, *, begins: bool) -> Iterator[Row]:
    legend = _LEGEND.match(block.typed.strip()) if not block.rows else None
    apart = bool(state.legend) and block.line - state.legend[-1][0].line > 1
    if legend:
        if apart:
            yield from _ended(state)
        state.legend.append((block, legend["label"]))
        return
    yield from _ended(state)
    if block.rows:
        yield from _of_table(block, state)
    else:
        _move(block, state, begins=begins)
        yield from _of_line(block, state)


def _move(block: Block, state: _Reading, *, begins: bool) -> None:
    """Go to the session or question that a line is the heading of, or out of a session."""
    text = block.typed.strip()
    if begins:
        named = reference(text)
        state.session, state.level = state.subjects.session(named), block.level
        state.item, state.headline = "", None
    elif ends_session(block, state.level):
        state.session, state.item, state.headline = "", "", None
    elif may_name_question(block):
        state.item = state.subjects.item_named(text) or state.item


def _of_line(block: Block, state: _Reading) -> Iterator[Row]:
    text = block.text
    shown = _source(block)
    for fact in facts(text, block.typed):
        doubts = [fact.doubt] if fact.doubt else []
        doubts += [] if state.session else [WHICH]
        yield Row(
            *(block.line, shown, fact.where, state.session),
            count=fact.count,
            percent=fact.percent,
            text=fact.text,
            doubts=tuple(doubts),
        )
    apart = rates(text)
    for said in statements(text):
        if not any(start <= said.span[0] < end for start, end in apart):
            row = _row(said, block, state)
            if row.where == "headline":
                state.headline = row
            yield row


def _source(block: Block) -> str:
    return block.typed.strip()[:LONGEST]


def _row(said: Said, block: Block, state: _Reading) -> Row:
    subjects = state.subjects
    named = subjects.item_named(block.typed[max(0, said.span[0] - LONGEST) : said.span[0]])
    levels = said.levels
    if said.item or all(level in subjects.items for level in levels):
        names = [subjects.item_named(name) for name in (said.item, *levels) if name]
        named, levels = names[0] if len(names) == 1 else "", ()
    item, doubts = _item(levels, named or state.item, subjects, sure=bool(named))
    if said.doubt.startswith(WHICH):
        session = ""
    else:
        session = state.session
        doubts += [] if session else [WHICH]
    if said.doubt:
        doubts.append(said.doubt)
    if not said.where or (not levels and not named):
        return Row(block.line, _source(block), percent=said.percent, doubts=("何の割合か",))
    levels, known = subjects.spelt(item, levels)
    doubts += [] if known else ["選択肢の名前"]
    row = Row(block.line, _source(block), said.where, session, item, levels)
    return replace(row, percent=said.percent, count=said.count, n=said.n, doubts=tuple(doubts))


def _item(
    levels: Sequence[str], near: str, subjects: Subjects, *, sure: bool
) -> tuple[str, list[str]]:
    """Return the question that levels are of, or that is named near them, and what is in doubt."""
    by_levels = subjects.item_of(levels)
    if by_levels and sure and near and near != by_levels:
        return "", [WHICH_ITEM]
    if subjects.programme is not None and levels and not by_levels:
        fits = near and subjects.spelt(near, levels)[1]
        return (near, []) if fits else ("", [WHICH_ITEM])
    item = by_levels or (near if sure else "")
    if item:
        return item, [] if sure or subjects.programme else [f"{WHICH_ITEM}（言葉から {item}）"]
    return (near, [f"{WHICH_ITEM}（近くにある名前）"]) if near else ("", [WHICH_ITEM])


def _ended(state: _Reading) -> Iterator[Row]:
    """Yield the legend whose lines have ended: its question by its labels, or by its headline."""
    lines, state.legend = state.legend, []
    if len(lines) < 2 and not (lines and state.subjects.item_of([label for _, label in lines])):
        return
    labels = [label for _, label in lines]
    item, doubts = _item(labels, "", state.subjects, sure=False)
    last = state.headline
    if not item and last is not None and last.item and {*last.levels} & {*labels}:
        item, doubts = last.item, [f"{WHICH_ITEM}（すぐ上の見出しから）"]
    state.headline = None
    levels, known = state.subjects.spelt(item, labels)
    doubts += [] if known else ["選択肢の名前"]
    doubts += [] if state.session else [WHICH]
    source = "／".join(labels)
    yield Row(lines[0][0].line, source, "legend", state.session, item, levels, doubts=tuple(doubts))


def _of_table(block: Block, state: _Reading) -> Iterator[Row]:
    subjects = state.subjects
    found = [*figures(block.rows, subjects)]
    levels = [f.level for f in found if isinstance(f, Figure) and f.level and not f.item]
    item, doubts = _item(levels, state.item, subjects, sure=False) if levels else ("", [])
    for each in found:
        if not isinstance(each, Figure):
            named, fact, number = each
            session = subjects.session(named) if named else state.session
            source = "　".join(filter(None, block.rows[number]))
            own = () if session else (WHICH,)
            row = Row(block.line + number, source, fact.where, session, doubts=own)
            yield replace(row, count=fact.count, text=fact.text)
            continue
        yield _cell(each, block, state, item, doubts)
    if not found:
        yield from _left_over(block, state)


def _cell(each: Figure, block: Block, state: _Reading, item: str, doubts: Sequence[str]) -> Row:
    subjects = state.subjects
    session = subjects.session(each.session) if each.session else state.session
    name, own = item, [*doubts]
    if each.item:
        name = subjects.called(each.item)
        own = [] if name else [WHICH_ITEM]
    levels, known = subjects.spelt(name, [each.level] if each.level else [])
    own += [] if known else ["選択肢の名前"]
    own += [] if session else [WHICH]
    source = "　".join(filter(None, block.rows[each.row]))
    row = Row(block.line + each.row, source, "table", session, name, levels, doubts=tuple(own))
    return replace(
        row, percent=each.percent, count=each.count, n=each.n, mean=each.mean, sd=each.sd
    )


def _left_over(block: Block, state: _Reading) -> Iterator[Row]:
    """Yield what stands in the rows of a table that is none of figures: lines with parted words."""
    for number, cells in enumerate(block.rows):
        line = Block(block.line + number, "\t".join(cell for cell in cells if cell))
        if line.typed:
            yield from _of_line(line, state)


def doubtful(rows: Iterable[Row]) -> int:
    """Return how many rows hold something to be settled beside being confirmed."""
    return sum(bool(row.doubts) for row in rows)
