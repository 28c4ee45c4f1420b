"""``dxeval share``: the report as one ZIP, looked through before it goes out."""

from pathlib import Path

import click

from dxeval.definitions.visible import visible
from dxeval.workspace import Workspace


@click.command(
    short_help="ページと数字を、人に渡す ZIP 1つにします。",
    help="最新のページ、数字のファイル、そろっていれば PDF を、読み方.txt とチェックサムを添えて"
    " ZIP 1つにします。渡してはいけないものと、切れたリンクがないかを確かめ、あれば作りません。"
    "FILE を書かなければ share/報告の題名.zip に作ります。",
)
@click.argument("path", type=click.Path(path_type=Path), metavar="[FILE.zip]", required=False)
def share(path: Path | None) -> int:
    """Make the ZIP and say what it holds."""
    from dxeval.report.signals import terminable
    from dxeval.sharing.making import make

    workspace = Workspace.find()
    with terminable():
        shared = make(workspace, path)
    click.echo(visible(shared.words()))
    return 0
