"""A corrected export instead of the one that a session has: never silently, never unfit."""

from collections.abc import Sequence
from pathlib import Path

import click

from dxeval.adding.arrival import Arrival
from dxeval.adding.changes import changes
from dxeval.adding.placing import put
from dxeval.adding.wording import replaced_text
from dxeval.check import Export
from dxeval.definitions.programme import Session
from dxeval.definitions.visible import visible
from dxeval.errors import DataError, MisuseError
from dxeval.workspace import Workspace


def correct(arrival: Arrival, session: Session, old: Path, may_ask: bool, replace: bool) -> str:
    """Put the export in the place of the ``old`` one; return what that changes.

    Raises DataError where the session refuses it (a quoted comment is no longer there, say);
    MisuseError unless it is told to ``replace`` or somebody at a terminal says so, click.Abort
    where somebody says no. Killed in the midst, both exports are there and ``check`` says so.
    """
    after = _export(arrival.workspace, arrival.path, session)
    try:
        told = changes(_export(arrival.workspace, old, session), after)
    except DataError:
        told = [f"  回答 {after.responses.n_respondents}人（前の書き出しは読めません）"]
    if not replace:
        _confirm(session.id, told, may_ask)
        told = []
    place = arrival.place(session.id)
    put({place: arrival.content}, replacing=[old])
    if place != old:
        old.unlink()
    return replaced_text(session, told, after.responses.warnings)


def _export(workspace: Workspace, path: Path, session: Session) -> Export:
    responses = workspace.responses_in(path, session)
    return Export(workspace.name(path), responses, workspace.score(session, responses), session)


def _confirm(session_id: str, told: Sequence[str], may_ask: bool) -> None:
    head = f"回 {session_id} には、もう回答があります。この書き出しに置きかえると："
    lines = "\n".join([head, *told])
    if not may_ask:
        raise MisuseError(
            f"{lines}\n何も変えていません。訂正した書き出しなら --id {session_id} --replace を、"
            "別の回なら --id で別の ID を示してください。"
        )
    click.echo(visible(lines), err=True)
    click.confirm("置きかえますか（別の回なら n で、--id を示し直します）", abort=True, err=True)
