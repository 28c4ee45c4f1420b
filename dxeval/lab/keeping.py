"""A copy that was edited, taken back as a template."""

import json
from pathlib import Path

from dxeval.adding.placing import put
from dxeval.definitions.programme import check_id
from dxeval.errors import LabError, MisuseError, TemplateError
from dxeval.lab.copies import SCRATCH, Copy, as_file, digest, find_copy, template_of
from dxeval.report.notebook.tags import INJECTED
from dxeval.report.notebook.template import raw_cells, unfit, without_outputs
from dxeval.workspace import Workspace


def keep(workspace: Workspace, place: str, new_name: str | None) -> str:
    """Make a template of the copy at a place and return what to say.

    It goes where it came from, whose former content is kept beside the copy, or to ``notebooks/``
    under a new name. Outputs, and the parameters that were put in, stay behind. Raises LabError
    where it would overwrite what it does not know, TemplateError, OSError.
    """
    copy = find_copy(workspace.root / place, place)
    if copy is None:
        raise LabError(f"{place} がありません。dxeval lab で開いて書きかえたものを取りこみます。")
    template = _as_template(copy, place)
    if new_name is not None:
        return _under_a_name(workspace, place, template, new_name)
    before = template_of(workspace, copy.template)
    if digest(template) == digest(before):
        return f"{place} は {copy.template} と同じです。何も変えていません。"
    if copy.outdated(before):
        raise LabError(
            f"{copy.template} は、{place} を作ったあとで変わっています。何も変えていません。"
            "別の型にするには、--as 名前 を付けてください。"
        )
    target = workspace.root / copy.template
    kept = workspace.root / SCRATCH / f"{target.stem}.before.ipynb"
    files = {kept: target.read_bytes(), target: template, copy.path: _of_now(copy, template)}
    put(files, replacing=files)
    return (
        f"{place} を {copy.template} にしました（出力と、回の ID は除いてあります）。"
        f"前のものは {workspace.name(kept)} です。"
    )


def edited_copies(workspace: Workspace) -> list[str]:
    """Return the places of the copies that were edited."""
    places = [workspace.name(path) for path in sorted((workspace.root / SCRATCH).glob("*.ipynb"))]
    return [place for place in places if _edited(workspace.root / place, place)]


def _edited(path: Path, place: str) -> bool:
    try:
        copy = find_copy(path, place)
    except TemplateError:
        return False
    return copy is not None and copy.edited


def _under_a_name(workspace: Workspace, place: str, template: bytes, name: str) -> str:
    try:
        check_id(name)
    except ValueError as error:
        raise MisuseError(f"--as「{name}」：{error}") from None
    target = workspace.root / f"notebooks/{name}.ipynb"
    if target.exists():
        raise LabError(f"{workspace.name(target)} は、もうあります。別の名前にしてください。")
    put({target: template})
    return (
        f"{place} を {workspace.name(target)} にしました（出力と、回の ID は除いてあります）。"
        f"回の YAML に notebook: {name} と書くと、その回だけのページの型になり、"
        "書かなければ、どの回にも別のページが増えます。"
    )


def _as_template(copy: Copy, place: str) -> bytes:
    """Return the copy's cells as a template. Raises TemplateError if it could not be run."""
    template = without_outputs(copy.content)
    given = [
        "".join(cell["source"])
        for cell in raw_cells(copy.content)
        if INJECTED in cell["metadata"].get("tags", [])
    ]
    names = [line.partition(" = ")[0] for source in given for line in source.splitlines()]
    if problem := unfit(place, template, dict.fromkeys(names)):
        raise TemplateError(problem)
    return as_file(json.loads(template))


def _of_now(copy: Copy, template: bytes) -> bytes:
    """Return the copy as one of the template as it is now, outputs and all."""
    notebook = json.loads(copy.content)
    notebook["metadata"]["dxeval"] |= {"was": digest(template), "made": digest(copy.content)}
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()
