"""Looks through what is handed on for what must not go out, and says where it stands."""

import getpass
import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from dxeval.definitions.labels import normalise
from dxeval.drafting.headers import is_personal
from dxeval.problems import shorten
from dxeval.reading.table import read_table
from dxeval.report.notebook.leak import leak
from dxeval.report.notebook.texts import Text, Where
from dxeval.report.notebook.written import exports_text, on_purpose
from dxeval.report.plan import Plan, Ready
from dxeval.sharing.saying import fields, outputs, said
from dxeval.workspace import Workspace

_A_PATH = re.compile(
    r"(?<![\w.:/-])(?:file://|/(?:home|Users|root|tmp|var|mnt|opt|private)/|[A-Za-z]:\\\w|\\\\\w+\\)"
    r"[^\s<>\"'」）]*"
)
_ANYBODY = {"root", "user", "admin", "administrator", "guest", "ubuntu", "localhost", "runner"}
"""Names that say nothing of a person or a machine, and are words."""
_SHORTEST = 3


def wrong(plan: Plan, files: Mapping[str, bytes]) -> list[str]:
    """Return what must not go out, in words with its file, at most one of a kind in a file."""
    sources = _sources(plan)
    written = on_purpose(sources)
    shown = outputs(files)
    texts = {name: said(output) for name, output in zip(files, shown, strict=True)}
    comments = _comments(plan.workspace)
    found = []
    for name, output in zip(files, shown, strict=True):
        notebook = {"cells": [{"outputs": [output], "metadata": {}}], "metadata": {}}
        told = leak(notebook, written, comments, partial(exports_text, sources))
        if told is not None:
            found.append(f"{name}：{told.what}があります（見つけた所：{told.where}）")
    personal = _personal_headers(plan.workspace)
    marks = _machine(plan.workspace.root, written)
    for name, pieces in texts.items():
        found += _headers_in(name, pieces, personal)
        found += _machine_in(name, pieces, marks, written)
    return found


def _sources(plan: Plan) -> dict[str, bytes]:
    """Return the files of all jobs: what each page is made from, under names of their own."""
    ready = [page.job for page in plan.pages if isinstance(page, Ready)]
    jobs = [*ready, *plan.gathered(())]
    contents = {(name, content): None for job in jobs for name, content in job.files.items()}
    return {_numbered(name, place): content for place, (name, content) in enumerate(contents)}


def _numbered(name: str, place: int) -> str:
    folder, _, own = name.rpartition("/")
    return f"{folder}/{place}-{own}"


def _comments(workspace: Workspace) -> Sequence[str]:
    sessions = workspace.catalogue.sessions
    return [text for session in sessions for text in workspace.responses(session).comments]


def _personal_headers(workspace: Workspace) -> set[str]:
    """Return the headers of the exports' columns that are nobody's business."""
    found: set[str] = set()
    for session in workspace.catalogue.sessions:
        if path := workspace.export_path(session.id):
            table = read_table(path, workspace.survey_of(session), path.name)
            own = [table.form.respondent_id] if table.form.respondent_id else []
            found.update(normalise(header) for header in (*own, *table.dropped))
    return {header for header in found if is_personal(header)}


def _headers_in(name: str, pieces: Sequence[Text], personal: set[str]) -> Iterator[str]:
    there = {normalise(part) for piece in pieces for part in fields(piece)}
    for header in sorted(personal & there)[:1]:
        yield f"{name}：個人の列の見出し「{shorten(header)}」があります"


def _machine(root: Path, written: str) -> list[re.Pattern[str]]:
    """Return how this machine, its user and the workspace's place would be known again."""
    names = [platform.node(), platform.node().partition(".")[0]]
    with suppress(OSError, KeyError, ImportError):
        names.append(getpass.getuser())
    kept = {name for name in names if len(name) >= _SHORTEST and name.casefold() not in _ANYBODY}
    words = [re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.I) for name in sorted(kept)]
    places = {str(path) for path in (root, root.resolve(), Path.home()) if len(path.parts) > 1}
    marks = [re.compile(rf"{re.escape(place)}(?![\w-])") for place in sorted(places)]
    return [mark for mark in (*words, *marks) if not mark.search(written)]


def _machine_in(
    name: str, pieces: Sequence[Text], marks: Sequence[re.Pattern[str]], written: str
) -> Iterator[str]:
    for piece in pieces:
        if piece.where is Where.SCRIPT:
            continue
        path = next((p[0] for p in _A_PATH.finditer(piece.text) if p[0] not in written), None)
        if path or any(mark.search(piece.text) for mark in marks):
            what = f"パス「{shorten(path)}」" if path else "この機械か利用者の名前、または場所"
            yield f"{name}：{what}があります（見つけた所：{piece.where}）"
            return
