"""Whether an executed notebook may be published, and what the analyst is told of it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from dxeval.problems import SHOWN_OF_A_KIND, Problem, ProblemKind, shorten
from dxeval.report.job import Failure, Job
from dxeval.report.notebook.leak import Leak, What, leak
from dxeval.report.notebook.outputs import Note, settle
from dxeval.report.notebook.template import first_line
from dxeval.report.notebook.words import cell_words
from dxeval.report.notebook.written import exports_text, on_purpose

NOT_FOR_THE_PAGE = "ページに要らないセルなら、internal タグを付けると、ページを作れます。"


def verdict(
    job: Job, root: Path, notebook: dict[str, Any], comments: Iterable[str]
) -> tuple[list[Problem], Failure | None]:
    """Settle what the cells show, in place; return warnings, and why it must not be published.

    ``root`` is the folder that holds the job's files; ``comments`` is all that was written in the
    sessions of the page.
    """
    notes = settle(notebook, root, job.kind.template)
    warnings = [_warning(job, note) for note in notes if not note.lost]
    if found := leak(notebook, on_purpose(job.files), comments, lambda: exports_text(job.files)):
        return warnings, job.failure(_leak_words(job, found))
    if lost := [note for note in notes if note.lost]:
        return warnings, job.failure(_lost_words(job, lost))
    return warnings, None


def _warning(job: Job, note: Note) -> Problem:
    kind = ProblemKind.NO_ALT if note.nameless else ProblemKind.NOT_SHOWN
    first = first_line(job.template, job.parameters, note.place)
    return Problem(kind, job.kind.template, _of_cell(job, note), item=first)


def _of_cell(job: Job, note: Note) -> str:
    first = first_line(job.template, job.parameters, note.place)
    return f"「{shorten(first)}」で始まるセル：{note.words}"


def _lost_words(job: Job, lost: Sequence[Note]) -> str:
    """Return why a page would lack something that nobody would miss who was not told."""
    lines = [f"{job.kind.template} の{_of_cell(job, note)}。" for note in lost[:SHOWN_OF_A_KIND]]
    more = len(lost[SHOWN_OF_A_KIND:])
    return "\n".join([*lines, *([f"ほか {more} 件。"] if more else []), NOT_FOR_THE_PAGE])


def _leak_words(job: Job, found: Leak) -> str:
    where = f"{job.kind.template} の付帯情報（ウィジェットの状態など）"
    if found.place is not None:
        where = cell_words(job, found.place)
    return (
        f"{where}が、{found.what}を出力しています（見つけた所：{found.where}）。"
        "出力しないように直してください"
        "（internal タグを付けても outputs/notebooks/ には残ります）。"
        f"{_CURES[found.what]}"
    )


_IN_YAML = "載せてよいものなら、data/ の YAML かノートブックのセルに書けば通ります。"
_CURES = {
    What.EMAIL: _IN_YAML,
    What.TELEPHONE: _IN_YAML,
    What.COMMENT: "載せるなら、回のファイルの comments に写してください。",
    What.PLACE: "写真は dx.page.photos で載せると、撮影場所が消えます。",
}
