"""The row, or the two rows, in which all headers of one form appear."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dxeval.definitions.form import Form
from dxeval.definitions.labels import normalise
from dxeval.definitions.survey import Survey
from dxeval.definitions.yaml_text import as_yaml
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.limits import HEADER_WITHIN, MAX_HEADER, MAX_SEARCHED
from dxeval.reading.vocabulary import vocabulary_of

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


def find_header(head: Sequence[Row], survey: Survey, name: str) -> Fit | None:
    """Return where the form that explains most columns fits the first rows, None if none does.

    Of several places the first counts, and a header in one row before one in two, the second of
    which must hold no answer. Raises DataError if two forms explain as many columns, or if a header
    stands there more often than declared.
    """
    fits = [
        fit
        for rows, depth, row, names in _candidates(head)
        for columns in [_columns(names)]
        for form in survey.forms
        if (fit := _fit(form, depth, row, names, columns)) is not None
        and not _is_answer(head[depth - 1][1], fit, survey, rows)
    ]
    if not fits:
        return None
    most = max(fit.explained for fit in fits)
    best = next(fit for fit in fits if fit.explained == most)
    rivals = [fit for fit in fits if fit.explained == most and fit.row == best.row]
    if len({fit.form.name for fit in rivals}) > 1:
        labels = "、".join(f"「{fit.form.name}」" for fit in rivals)
        message = f"forms の {labels} がどちらも当てはまります"
        hint = (
            "  使わないほうを data/survey.yaml の forms から消すか、片方の書き出しだけにある"
            "見出しを、その forms の comments などに加えてください。"
        )
        raise DataError([Problem(ProblemKind.TWO_FORMS, name, message, best.row, hint=hint)])
    if repeated := list(_repeated(best, name)):
        raise DataError(repeated)
    extra = head[best.depth : best.depth + best.form.extra_header_rows]
    last = extra[-1][0] if extra else best.row
    return replace(best, row=last, depth=best.depth + best.form.extra_header_rows, extra=extra)


def _candidates(head: Sequence[Row]) -> Iterator[tuple[int, int, int, Names]]:
    """Yield how many rows, depth, row number and the names of each column, one row, then two."""
    rows = [(row, [_name(cell) for cell in cells]) for row, cells in head]
    for depth, (row, cells) in enumerate(rows, start=1):
        yield 1, depth, row, [(cell,) for cell in cells]
    for depth, ((_, above), (row, below)) in enumerate(pairwise(rows), start=2):
        yield 2, depth, row, joined(above, below)


def _name(cell: str) -> str:
    return normalise(cell) if len(cell) <= MAX_HEADER else ""


def joined(above: list[str], below: list[str]) -> Names:
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


def _columns(names: Names) -> dict[str, list[int]]:
    """Return the columns that may be called by each name."""
    columns: dict[str, list[int]] = {}
    for column, called in enumerate(names):
        for label in dict.fromkeys(called):
            columns.setdefault(label, []).append(column)
    return columns


def _fit(
    form: Form, depth: int, row: int, names: Names, columns: Mapping[str, Sequence[int]]
) -> Fit | None:
    """Return where all headers that the form needs stand, each in columns of its own, or None."""
    needed = Counter(form.headers)
    optional = set(form.optional)
    places = {header: tuple(columns.get(normalise(header), ())) for header in needed}
    if any(len(places[header]) < needed[header] for header in needed.keys() - optional):
        return None
    if sum(map(len, places.values())) > len({i for there in places.values() for i in there}):
        return None
    plain = all(header.isascii() for header in needed)
    return Fit(form, row, depth, places, tuple(called[0] for called in names), plain)


def _is_answer(cells: Sequence[str], fit: Fit, survey: Survey, rows: int) -> bool:
    """Return whether the last row of a header is an answer.

    Below another it is if it holds a level or code in a question's column; alone if it holds as
    many levels as there are questions beside its headers: a poll that writes each question beside
    its answer.
    """
    levels = 0
    names = [_name(cell) for cell in cells]
    declared = {i for places in fit.places.values() for i in places}
    beside = [name for i, name in enumerate(names) if i not in declared]
    asked = [
        vocabulary
        for item in survey.items
        if item.name in fit.form.items and (vocabulary := vocabulary_of(item, fit.form)).tells
    ]
    for vocabulary in asked:
        headers = fit.form.items[vocabulary.item.name]
        places = [i for header in headers for i in fit.places[header]]
        if rows > 1 and any(vocabulary.holds(names[i]) for i in places if i < len(names)):
            return True
        levels += any(vocabulary.stands_out(name) for name in beside)
    return bool(asked) and levels == len(asked)


def _repeated(fit: Fit, name: str) -> Iterator[Problem]:
    """Yield a problem for each header that stands there more often than the form says."""
    needed = Counter(fit.form.headers)
    for header, columns in fit.places.items():
        if len(columns) > needed[header]:
            message = f"同じ見出しの列が{len(columns)}つあります"
            hint = "  フォームの設問の名前を別々にして、書き出し直してください。"
            for item, headers in fit.form.items.items():
                if header in headers:
                    others = [other for other in headers if other != header]
                    listed = as_yaml([*others, *[header] * len(columns)])
                    hint = (
                        "  枝分かれで同じ設問の列が分かれたものなら、data/survey.yaml の forms の"
                        f" items に {item}: {listed} と、見出しを列の数だけ書いてください。"
                        "別の設問なら、フォームの設問の名前を別々にして書き出し直してください。"
                    )
            yield Problem(ProblemKind.REPEATED_HEADER, name, message, fit.row, header, hint=hint)
