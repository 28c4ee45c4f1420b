"""The row, or the two rows, in which all headers of one form appear."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dxeval.definitions.labels import normalise
from dxeval.definitions.survey import Form
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.limits import HEADER_WITHIN, MAX_HEADER, MAX_SEARCHED

Row = tuple[int, list[str]]
Names = list[tuple[str, ...]]


@dataclass(frozen=True)
class Fit:
    """Where a form's headers stand.

    ``row`` is the last row of the header, ``depth`` how many of the first rows it and the titles
    take; ``places`` maps each declared header to its columns (from 0), to none if it is optional
    and not there; ``names`` are the headers of all columns, normalised; ``ascii``: the declared
    headers hold nothing but ASCII; ``extra`` are the rows below that the form says are no answers.
    """

    form: Form
    row: int
    depth: int
    places: dict[str, tuple[int, ...]]
    names: tuple[str, ...]
    ascii: bool
    extra: Sequence[Row] = ()

    @property
    def explained(self) -> int:
        """How many columns of the file the form declares."""
        return len({column for columns in self.places.values() for column in columns})


def first_rows(rows: Iterator[Row]) -> list[Row]:
    """Take from ``rows`` those among which the header must stand."""
    head: list[Row] = []
    cells = 0
    for row, record in rows:
        head.append((row, record))
        cells += len(record)
        if len(head) == HEADER_WITHIN or cells > MAX_SEARCHED:
            break
    return head


def find_header(head: Sequence[Row], forms: Sequence[Form], name: str) -> Fit | None:
    """Return where the form that explains most columns fits the first rows, None if none does.

    Of several places the first counts, and a header in one row before one in two. Raises DataError
    if two forms explain as many columns, or if a header stands there more often than declared.
    """
    fits = [
        fit
        for depth, row, names in _candidates(head)
        for form in forms
        if (fit := _fit(form, depth, row, names)) is not None
    ]
    if not fits:
        return None
    most = max(fit.explained for fit in fits)
    best = next(fit for fit in fits if fit.explained == most)
    rivals = [fit for fit in fits if fit.explained == most and fit.row == best.row]
    if any(not fit.form.reads_as(best.form) for fit in rivals):
        labels = "、".join(f"「{fit.form.name}」" for fit in rivals)
        message = f"forms の {labels} がどちらも当てはまります"
        raise DataError([Problem(ProblemKind.TWO_FORMS, name, message, best.row)])
    if repeated := list(_repeated(best, name)):
        raise DataError(repeated)
    extra = head[best.depth : best.depth + best.form.extra_header_rows]
    last = extra[-1][0] if extra else best.row
    return replace(best, row=last, depth=best.depth + best.form.extra_header_rows, extra=extra)


def _candidates(head: Sequence[Row]) -> Iterator[tuple[int, int, Names]]:
    """Yield depth, row number and the names of each column, for one row and then for two."""
    rows = [(row, [_name(cell) for cell in cells]) for row, cells in head]
    for depth, (row, cells) in enumerate(rows, start=1):
        yield depth, row, [(cell,) for cell in cells]
    for depth, ((_, above), (row, below)) in enumerate(pairwise(rows), start=2):
        yield depth, row, _joined(above, below)


def _name(cell: str) -> str:
    return normalise(cell) if len(cell) <= MAX_HEADER else ""


def _joined(above: list[str], below: list[str]) -> Names:
    """Return what columns under two header rows may be called.

    A cell above stands also over the blank ones to its right: that is how merged cells arrive. One
    that stands over its own column alone names it without what is below (``Response``).
    """
    width = max(len(above), len(below))
    above, below = (row + [""] * (width - len(row)) for row in (above, below))
    names: Names = []
    group = ""
    for top, bottom, beside in zip(above, below, [*above, "end"][1:], strict=True):
        group = top or group
        own = (top,) if top and (beside or not bottom) else ()
        names.append((*own, f"{group} {bottom}".strip(), bottom) if bottom else (top,))
    return names


def _fit(form: Form, depth: int, row: int, names: Names) -> Fit | None:
    """Return where all headers that the form needs stand, None if one is not there."""
    columns: dict[str, list[int]] = {}
    for column, called in enumerate(names):
        for label in dict.fromkeys(called):
            columns.setdefault(label, []).append(column)
    needed = Counter(form.headers)
    optional = set(form.optional)
    places = {header: tuple(columns.get(normalise(header), ())) for header in needed}
    if any(len(places[header]) < needed[header] for header in needed.keys() - optional):
        return None
    plain = all(header.isascii() for header in needed)
    return Fit(form, row, depth, places, tuple(called[0] for called in names), plain)


def _repeated(fit: Fit, name: str) -> Iterator[Problem]:
    """Yield a problem for each header that stands there more often than the form says."""
    needed = Counter(fit.form.headers)
    for header, columns in fit.places.items():
        if len(columns) > needed[header]:
            message = f"同じ見出しの列が{len(columns)}つあります"
            hint = (
                "  枝分かれで同じ設問の列が分かれたものなら、data/survey.yaml の forms に、"
                f"見出しを列の数だけ書いてください：[{', '.join([header] * len(columns))}]"
            )
            yield Problem(ProblemKind.REPEATED_HEADER, name, message, fit.row, header, hint=hint)
