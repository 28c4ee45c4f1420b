"""Columns of answers -> questions: one column each, or several that belong together."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from dxeval.definitions.labels import normalise
from dxeval.drafting.headers import About, says, words_of
from dxeval.drafting.scales_file import known, plain
from dxeval.drafting.separating import is_own
from dxeval.drafting.sheet import Cells
from dxeval.reading.several_cells import CHOSEN, NOT_CHOSEN

OTHER = "その他"
_OPTION = [
    re.compile(r"(?P<question>.+?) ?[\[［【](?P<option>[^\[\]［］【】]+)[\]］】]"),
    re.compile(r"(?P<question>.+?) ?[(（](?P<option>[^()（）]+)[)）]"),
    re.compile(r"(?P<question>.+?) ?(?: [-–—] |[:：/／_|>])(?P<option>[^:：/／_|>]+)"),
]


@dataclass(frozen=True)
class Group:
    """The columns of one question; ``question`` as it stands above them.

    ``options`` are the labels of columns that have one each, by header, those for words of one's
    own among them: ``other`` is their label, ``unsure`` whether one may be an option. ``orphans``:
    columns without a header follow of which nobody knows what they are.
    """

    question: str
    cells: tuple[Cells, ...]
    options: Mapping[str, str] = field(default_factory=dict)
    other: str | None = None
    orphans: bool = False
    unsure: bool = False


def groups(columns: Sequence[Cells]) -> Iterator[Group]:
    """Yield the questions of the columns of answers, in order."""
    left = list(columns)
    while left:
        following = [*takewhile(lambda cells: says(cells.header, About.FOLLOWS), left[1:])]
        group = _following(left[0], following) if following else _named(left)
        yield group
        del left[: max(len(group.cells), 1 + len(following))]


def _following(first: Cells, rest: Sequence[Cells]) -> Group:
    """Return the question of columns whose cells name the options, the first column's header."""
    columns = (first, *rest)
    labels = [dict.fromkeys(map(normalise, cells.together)) for cells in columns]
    if len(labels[0]) > 1 or len({*map(tuple, labels)} - {()}) < 2 <= len(columns):
        return Group(first.header, (first,), orphans=True)
    words = [
        cells
        for cells, found in zip(columns, labels, strict=True)
        if len(found) > 1 or any(map(is_own, found)) or _of_one(cells, columns)
    ]
    options = {
        cells.header: cells.together[0].strip()
        for cells in columns
        if cells.together and cells not in words
    }
    if len({*map(normalise, options.values())}) < len(options) or len(options) < 2:
        return Group(first.header, (first,), orphans=True)
    options |= dict.fromkeys((cells.header for cells in words), OTHER)
    unsure = any(_of_one(cells, columns) for cells in words)
    return Group(first.header, columns, options, OTHER if words else None, unsure=unsure)


def _of_one(cells: Cells, columns: Sequence[Cells]) -> bool:
    """Return whether a column is the last and one person filled it: an option, or own words."""
    return cells is columns[-1] and len(cells.together) == 1


def _named(columns: Sequence[Cells]) -> Group:
    """Return the question of columns whose headers name the options, else of the first alone."""
    first = columns[0]
    for pattern in (None, *_OPTION):
        question, _ = _split(first, pattern)
        run = [*takewhile(lambda cells, p=pattern, q=question: _split(cells, p)[0] == q, columns)]  # type: ignore[misc]
        if question and len(run) > 1 and (group := _spread(question, run, pattern)):
            return group
    return Group(first.header, (first,), orphans=first.nameless)


def _split(cells: Cells, pattern: re.Pattern[str] | None) -> tuple[str, str]:
    """Return question and option of a header, empty if it has none of this form."""
    if pattern is None:
        return cells.group, cells.option
    found = pattern.fullmatch(words_of(cells.header))
    return (found["question"].strip(), found["option"].strip()) if found else ("", "")


def _spread(question: str, run: Sequence[Cells], pattern: re.Pattern[str] | None) -> Group | None:
    """Return the question if below each option stands that it was chosen, or not, or its words."""
    options = {cells.header: _split(cells, pattern)[1].strip("[]［］ ") for cells in run}
    other = next((option for option in options.values() if _is_other(option)), None)
    for cells in run:
        option = options[cells.header]
        marks = CHOSEN | NOT_CHOSEN | {normalise(option).casefold()}
        fits = all(normalise(cell).casefold() in marks for cell in cells.together)
        if says(option, About.ASKS) or len(cells.columns) > 1 or not (fits or option == other):
            return None
    said = {normalise(cell) for cells in run for column in cells.columns for cell in column}
    distinct = {*map(normalise, options.values())}
    if said == {"1"} or len(distinct) < len(options) or not any(cells.together for cells in run):
        return None
    return Group(question, tuple(run), options, other)


def _is_other(option: str) -> bool:
    words = plain(option)
    return words in known("other") or words.startswith(("その他", "other"))
