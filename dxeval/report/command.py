"""``dxeval list``: the pages, their state and why."""

from collections.abc import Sequence

import click

from dxeval.definitions.visible import visible
from dxeval.problems import SHOWN_OF_A_KIND, describe
from dxeval.workspace import Workspace


@click.command(name="list", help="回の一覧と、作り直すページ、その理由を示します。")
def list_sessions() -> int:
    """Show the pages in the report's order: what they are, their state and why."""
    from dxeval.report.listing import listing
    from dxeval.report.plan import Plan
    from dxeval.report.prints import coming_words, outdated_words
    from dxeval.report.staging import clear_after_kill

    workspace = Workspace.find()
    outputs = workspace.root / "outputs"
    clear_after_kill(outputs)
    plan = Plan(workspace)
    lines = listing(plan)
    for line in lines:
        click.echo(visible("\t".join([line.id, *line.facts, line.state, *_shown(line.reasons)])))
    stale = [line.id for line in lines if line.reasons]
    for words in (coming_words(outputs, stale), outdated_words(outputs, plan.order)):
        if words:
            click.echo(visible(words), err=True)
    errors = [*(line.error for line in lines), plan.wrong, *plan.table.problems]
    wrong = dict.fromkeys(str(error) for error in errors if error is not None)
    if plan.table.warnings:
        click.echo(visible(f"注意：\n{describe(plan.table.warnings)}"), err=True)
    for words in wrong:
        click.echo(visible(words), err=True)
    return 1 if wrong else 0


def _shown(reasons: Sequence[str]) -> list[str]:
    shown = "、".join(reasons[:SHOWN_OF_A_KIND])
    more = f" ほか {len(reasons) - SHOWN_OF_A_KIND} 件" if len(reasons) > SHOWN_OF_A_KIND else ""
    return [shown + more] if reasons else []
