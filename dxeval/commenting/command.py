"""``dxeval comments``: which comments are shown, and why."""

from pathlib import Path

import click

from dxeval.definitions.visible import visible
from dxeval.workspace import Workspace


@click.command(
    short_help="載せる声を選ぶ台帳（Excel）を書き、読み戻します。",
    help="すべての自由記述の台帳を scratch/comments.xlsx に書きます。載せる声に ○、載せない声に ×"
    " を付け、理由と、省いて載せる文を書いて保存し、FILE に示すと、回のファイルに読み戻します。"
    "台帳は回答なので、配らないでください。",
)
@click.argument("path", type=click.Path(path_type=Path), metavar="[FILE]", required=False)
def comments(path: Path | None) -> int:
    """Write the register, or read one back."""
    workspace = Workspace.find()
    return _write(workspace) if path is None else _take(workspace, path)


def _write(workspace: Workspace) -> int:
    from dxeval.commenting.register import PLACE, write

    made = write(workspace)
    for session_id, error in made.left_out.items():
        click.echo(visible(f"{session_id}：台帳に入れられません。\n{error}"), err=True)
    if not made.parts:
        click.echo("自由記述がありません。台帳は書きませんでした。")
        return 1 if made.left_out else 0
    lines = [entry for part in made.parts for entry in part.entries]
    click.echo(
        f"{len(made.parts)}回の自由記述{len(lines)}件（載せる{made.chosen}件）の台帳を書きました："
        f"{PLACE.as_posix()}\n"
        "載せる声に ○、載せない声に × を付けて保存し、"
        f"dxeval comments {PLACE.as_posix()} で読み戻してください。回答なので、配らないでください。"
    )
    return 1 if made.left_out else 0


def _take(workspace: Workspace, path: Path) -> int:
    from dxeval.commenting.taking import take

    changes = take(workspace, path.resolve())
    if not changes:
        click.echo("回のファイルと同じです。何も変えていません。")
    for session_id, change in changes.items():
        file = workspace.name(workspace.session_files()[session_id][0])
        said = f"{file}：載せる声 {len(change.comments)}件"
        click.echo(visible(f"{said}、残した決定と理由 {len(change.decisions)}件"))
    return 0
