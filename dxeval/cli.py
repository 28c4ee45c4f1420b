"""The command line: words in, exit codes out (0 fine, 1 something failed, 2 usage)."""

import sys
from collections.abc import Sequence

import click

from dxeval.errors import DataError, DxevalError, WorkspaceError
from dxeval.programme import date_text
from dxeval.workspace import Workspace


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    help="研修アンケートから、回ごとの報告と総括のHTMLを作ります。",
)
def cli() -> None:
    """Hold the commands together."""


@cli.command(help="報告を作ります。SESSION を書くとその回だけ（総括と一覧も作り直します）。")
@click.argument("sessions", nargs=-1, metavar="[SESSION]...")
@click.option("--pdf", is_flag=True, help="A4 の PDF も作ります（Chromium が必要）。")
def run(sessions: Sequence[str], pdf: bool) -> int:
    """Run the batch and say what was made and where."""
    from tqdm import tqdm

    from dxeval.report.batch import run as run_batch
    from dxeval.report.plan import OVERALL

    workspace = Workspace.find()
    total = len(set(sessions)) or len(workspace.session_files())
    with tqdm(
        total=total + 1, unit="頁", desc="報告を作成", disable=not sys.stderr.isatty()
    ) as bar:
        result = run_batch(workspace, sessions, bar.update, pdf=pdf)
    for name, reason in result.failed.items():
        click.echo(f"{name}：作成できませんでした。\n{_indented(reason)}", err=True)
    made = len([name for name in result.made if name != OVERALL])
    overall = "と総括" if OVERALL in result.made else ""
    click.echo(
        f"{made}回{overall}を作成しました（{result.seconds:.0f}秒）："
        f"{workspace.root / 'outputs/html/index.html'}"
    )
    if result.failed:
        names = "、".join(result.failed)
        click.echo(f"{len(result.failed)}件は作成できませんでした：{names}", err=True)
    return 1 if result.failed else 0


@cli.command(help="すべてのファイルを読み、まちがいを知らせます。ノートブックは実行しません。")
def check() -> int:
    """Read and validate everything."""
    from dxeval.report.plan import entries

    every = entries(Workspace.find())
    broken = [entry for entry in every if entry.error is not None]
    for entry in broken:
        click.echo(str(entry.error), err=True)
    people = sum(entry.respondents or 0 for entry in every)
    if broken:
        click.echo(f"{len(every)}回のうち{len(broken)}回にまちがいがあります。", err=True)
        return 1
    click.echo(f"{len(every)}回、延べ回答者 {people}人。まちがいはありません。")
    return 0


@cli.command(name="list", help="回の一覧を示します。")
def list_sessions() -> int:
    """Show the sessions, in the report's order."""
    workspace = Workspace.find()
    catalogue = workspace.catalogue
    for session in catalogue.sessions:
        mark = workspace.programme.programme(session.programme).mark
        waiting = "" if workspace.responses_path(session) else "\t回答待ち"
        click.echo(
            f"{session.id}\t{mark}{session.label}\t{date_text(session.date)}"
            f"\t{session.attendees}人{waiting}"
        )
    for session_id, error in catalogue.broken.items():
        click.echo(f"{session_id}\t読めません")
        click.echo(_indented(str(error)), err=True)
    return 1 if catalogue.broken else 0


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 data or a session failed, 2 usage."""
    try:
        code = cli.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="dxeval",
            standalone_mode=False,
        )
    except click.UsageError as error:
        click.echo(_usage_text(error), err=True)
        code = 2
    except WorkspaceError as error:
        click.echo(str(error), err=True)
        code = 2
    except DataError as error:
        click.echo(str(error), err=True)
        click.echo("まちがいがあるため、何も作りませんでした。", err=True)
        code = 1
    except DxevalError as error:
        click.echo(str(error), err=True)
        code = 1
    except OSError as error:
        click.echo(f"ファイルを読み書きできません：{error.strerror}（{error.filename}）", err=True)
        code = 1
    except (click.Abort, KeyboardInterrupt):
        click.echo("中断しました。", err=True)
        code = 130
    sys.exit(code)


def _usage_text(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"「{error.option_name}」という指定はありません。dxeval --help を見てください。"
    context = error.ctx
    typed = " ".join(context.args) if context and context.args else ""
    commands = "、".join(cli.commands)
    return (
        f"使い方が違います{f'（{typed}）' if typed else ''}。"
        f"使えるのは：{commands}。dxeval --help を見てください。"
    )
