"""``dxeval lab``: the workspace in JupyterLab until Ctrl-C, and a copy taken back."""

import click

from dxeval.definitions.visible import visible
from dxeval.errors import LabError, MisuseError
from dxeval.workspace import Workspace

NOT_INSTALLED = "dxeval lab には JupyterLab が必要です。pip install 'dxeval[lab]' で入ります。"


@click.command(
    short_help="JupyterLab で、回の回答を調べます。",
    help="JupyterLab を開きます。SESSION（回の ID。総括やノートブックの名前でもよい）を書くと、"
    "そのページのノートブックの写しを scratch/ に作って開き、すぐに Run All できます。"
    "書かなければ、調べるためのノートブック（explore）か、回答のあるいちばん新しい回です。"
    "Ctrl-C で終わります。",
)
@click.argument("name", required=False, metavar="[SESSION]")
@click.option("--keep", is_flag=True, help="書きかえた写しを notebooks/ に取りこみます。")
@click.option("--as", "new_name", metavar="NAME", help="--keep で、別の名前の型にします。")
@click.option("--no-browser", is_flag=True, help="ブラウザーを開かず、アドレスだけを示します。")
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    metavar="PORT",
    help="ポートの番号（ふだんは 8888 からの空いている番号）。",
)
def lab(
    name: str | None, keep: bool, new_name: str | None, no_browser: bool, port: int | None
) -> int:
    """Open JupyterLab on a copy, or take a copy back."""
    if keep and (no_browser or port):
        raise MisuseError("--keep には、--no-browser と --port を付けられません。")
    if new_name is not None and not keep:
        raise MisuseError("--as は、--keep とともに書きます。")
    workspace = Workspace.find()
    if keep:
        _say(_kept(workspace, name, new_name))
    else:
        _open(workspace, name, port, browser=not no_browser)
    return 0


def _kept(workspace: Workspace, name: str | None, new_name: str | None) -> str:
    from dxeval.lab.chosen import chosen
    from dxeval.lab.keeping import edited_copies, keep

    if name is not None:
        return keep(workspace, chosen(workspace, name).copy, new_name)
    edited = edited_copies(workspace)
    if len(edited) != 1:
        there = f"（{'、'.join(edited)}）。どれかを dxeval lab --keep SESSION と" if edited else ""
        raise LabError(f"書きかえた写しは {len(edited)} 件です{there}。")
    return keep(workspace, edited[0], new_name)


def _open(workspace: Workspace, name: str | None, port: int | None, browser: bool) -> None:
    from importlib.util import find_spec

    if find_spec("jupyterlab") is None:
        raise LabError(NOT_INSTALLED)

    from dxeval.lab.chosen import chosen, usual
    from dxeval.lab.jupyter import serve
    from dxeval.lab.opening import bring
    from dxeval.starting.git import guard

    here = usual(workspace) if name is None else chosen(workspace, name)
    if here is not None:
        _say(bring(workspace, here))
    if said := guard(workspace.root):
        _say(said)

    def ready(address: str) -> None:
        _say(f"JupyterLab：{address}\nCtrl-C で終わります。")

    serve(workspace.root, here.copy if here else None, port, browser, ready)
    _say("JupyterLab を終えました。")


def _say(text: str) -> None:
    click.echo(visible(text))
