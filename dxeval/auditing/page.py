"""``dxeval audit --page``: the findings become a page of their own, by a notebook that makes it."""

import click

from dxeval.errors import MisuseError
from dxeval.starting.files import TEMPLATE
from dxeval.workspace import Workspace

NAME = "audit.ipynb"
DONE = (
    f"notebooks/{NAME} を置きました。dxeval run で「公表値の検算」のページができます。"
    "配布する前に読んでください。やめるときは、このファイルを消します。"
)


def switch_on(workspace: Workspace) -> int:
    """Put the notebook into the workspace; one that is there stays."""
    target = workspace.root / "notebooks" / NAME
    try:
        with target.open("xb") as file:
            file.write((TEMPLATE / NAME).read_bytes())
    except FileExistsError:
        raise MisuseError(f"notebooks/{NAME} はもうあります。") from None
    except OSError as error:
        message = f"notebooks/{NAME} を書けません（{type(error).__name__}）。"
        raise MisuseError(message) from None
    click.echo(DONE)
    return 0
