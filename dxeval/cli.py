"""The command line: words in, exit codes out (0 fine, 1 something failed, 2 usage)."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxeval.errors import DataError, DxevalError, WorkspaceError, describe
from dxeval.programme import date_text
from dxeval.workspace import Workspace

if TYPE_CHECKING:
    from dxeval.check import Report


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    help="研修アンケートから、回ごとの報告と総括のHTMLを作ります。",
)
def cli() -> None:
    """Hold the commands together."""


@cli.command(help="報告を作ります。SESSION を書くとその回だけ（総括と一覧も作り直します）。")
@click.argument("sessions", nargs=-1, metavar="[SESSION]...")
def run(sessions: Sequence[str]) -> int:
    """Run the batch and say what was made and where."""
    from tqdm import tqdm

    from dxeval.report.batch import run as run_batch
    from dxeval.report.plan import OVERALL

    workspace = Workspace.find()
    total = len(set(sessions)) or len(workspace.session_files())
    with tqdm(
        total=total + 1, unit="頁", desc="報告を作成", disable=not sys.stderr.isatty()
    ) as bar:
        result = run_batch(workspace, sessions, bar.update)
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


@cli.command(
    help="ファイルを読み、まちがいをすべて知らせます。何も作りません。FILE を書くとそれだけを読み、"
    "設問ごとの人数も示します。"
)
@click.argument(
    "files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path, dir_okay=True)
)
@click.option("--session", metavar="ID", help="FILE をこの回の回答として確かめます。")
@click.option(
    "--survey",
    metavar="YAML",
    type=click.Path(path_type=Path),
    help="FILE を読むときの設問の定義。書かなければ、まわりの data/survey.yaml。",
)
@click.option("--json", "as_json", is_flag=True, help="結果を JSON で示します。")
def check(files: Sequence[Path], session: str | None, survey: Path | None, as_json: bool) -> int:
    """Read and validate everything, or just these files."""
    from dxeval.check import check_files, check_workspace

    if (session or survey) and not files:
        raise click.UsageError("--session と --survey には FILE が要ります。")
    if session and (survey or len(files) > 1):
        raise click.UsageError("--session には FILE を1つだけ、--survey なしで書きます。")
    report = check_files(files, survey, session) if files else check_workspace(Workspace.find())
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        _show(report, details=bool(files))
    return 1 if report.problems else 0


def _show(report: "Report", details: bool) -> None:
    if details:
        for export in report.exports:
            click.echo(export.text)
    if report.warnings:
        click.echo(f"注意：\n{_indented(describe(report.warnings))}")
    if report.problems:
        click.echo(describe(report.problems), err=True)
        found = len(report.problems) + sum(problem.others for problem in report.problems)
        click.echo(f"まちがいが{found}件あります。", err=True)
    else:
        people = sum(export.responses.n_respondents for export in report.exports)
        what = "ファイル" if details else "回"
        number = len(report.exports) if details else report.sessions
        click.echo(f"{number}{what}、延べ回答者 {people}人。まちがいはありません。")


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
