"""``dxeval audit --from-text``, ``--from-html``: a draft of published.csv from a report."""

from contextlib import suppress
from pathlib import Path

import click

from dxeval.auditing.drafting.blocks import decoded, of_text
from dxeval.auditing.drafting.draft import doubtful, draft
from dxeval.auditing.drafting.draft_file import as_csv
from dxeval.auditing.drafting.subjects import Subjects
from dxeval.definitions.plain_file import read_file
from dxeval.definitions.visible import visible, visible_line
from dxeval.errors import MisuseError, WorkspaceError
from dxeval.workspace import Workspace

LARGEST = 20_000_000
"""Bytes of a report."""
DONE = (
    "{rows}行を下書きしました（うち{doubts}行は、回や設問などがわかりません）{where}。"
    "source の文と1行ずつ比べて直し、正しい行の unsettled を空にすると使えます。"
)


def write_draft(text: Path | None, html: Path | None, target: Path | None) -> int:
    """Write the draft to a file that is not there, or to standard output; how many, to stderr.

    A workspace around here tells sessions, questions and levels; without one the report does.
    """
    path = text or html
    if path is None:
        raise MisuseError("報告のファイルを書いてください。")
    name = visible_line(path.name)
    said = decoded(read_file(path, name, LARGEST), name, html=text is None)
    if text is None:
        from dxeval.auditing.drafting.page_blocks import of_html

        blocks = [*of_html(said)]
    else:
        blocks = [*of_text(said)]
    rows = draft(blocks, _subjects())
    where = f"：{visible_line(target.name)}" if target else ""
    if target is None:
        click.echo(visible(as_csv(rows)), nl=False)
    else:
        _write(target, visible(as_csv(rows)))
    click.echo(DONE.format(rows=len(rows), doubts=doubtful(rows), where=where), err=True)
    return 0


def _write(target: Path, content: str) -> None:
    try:
        with target.open("x", encoding="utf-8-sig", newline="") as file:
            file.write(content)
    except FileExistsError:
        message = f"{visible_line(target.name)} はもうあります。別の名前を書いてください。"
        raise MisuseError(message) from None
    except OSError as error:
        message = f"{visible_line(target.name)} に書けません（{type(error).__name__}）。"
        raise MisuseError(message) from None


def _subjects() -> Subjects:
    with suppress(WorkspaceError):
        workspace = Workspace.find()
        return Subjects.of(workspace.survey, workspace.programme, workspace.sessions())
    return Subjects()
