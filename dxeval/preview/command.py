"""``dxeval preview``: the pages in a browser until Ctrl-C."""

from contextlib import suppress

import click

from dxeval.definitions.visible import visible
from dxeval.workspace import Workspace


@click.command(
    help="ページをブラウザーに見せ、data/ と notebooks/ のファイルを保存するたびに作り直します。"
    "開いているページは、ひとりでに新しくなります。Ctrl-C で終わります。"
)
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    metavar="PORT",
    help="ポートの番号（ふだんは 8710 からの空いている番号）。",
)
def preview(port: int | None) -> int:
    """Serve the pages and keep them up to date until Ctrl-C."""
    from dxeval.preview.serve import serve
    from dxeval.report.signals import terminable
    from dxeval.report.staging import clear_after_kill

    workspace = Workspace.find()
    clear_after_kill(workspace.root / "outputs")
    with terminable() as end_if_asked, suppress(KeyboardInterrupt):
        serve(workspace.root, port, _say, end_if_asked)
    click.echo("プレビューを終えました。")
    return 0


def _say(text: str, err: bool) -> None:
    click.echo(visible(text), err=err)
