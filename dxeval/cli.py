"""The command line: words in, exit codes out."""

import atexit
import gc
import json
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import click

from dxeval.definitions.visible import escaped, visible
from dxeval.errors import DataError, DxevalError, MisuseError, WorkspaceError
from dxeval.problems import describe
from dxeval.report.command import list_sessions
from dxeval.workspace import Workspace

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from dxeval.check import Report
    from dxeval.report.batch import Result

INTERRUPTED = "中断しました。前のページはそのままです。もう一度 dxeval run を実行してください。"
NO_SESSIONS = (
    "回がまだありません。次は、フォームから書き出したファイルを dxeval add ファイル で加えます。"
)


def _say(text: str, err: bool = False) -> None:
    """Write a text so that nothing in it can move the cursor, hide itself or be unwritable."""
    click.echo(visible(text), err=err)


class Commands(click.Group):
    """Commands of which some stand in rooms of their own, imported when they are asked for."""

    ELSEWHERE: ClassVar = {
        "add": "dxeval.adding.command",
        "audit": "dxeval.auditing.command",
        "comments": "dxeval.commenting.command",
        "explain": "dxeval.explaining.command",
        "init": "dxeval.starting.command",
        "lab": "dxeval.lab.command",
        "preview": "dxeval.preview.command",
        "share": "dxeval.sharing.command",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted([*super().list_commands(ctx), *self.ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name, None if there is none."""
        if (home := self.ELSEWHERE.get(cmd_name)) is not None:
            command: click.Command = getattr(import_module(home), cmd_name)
            return command
        return super().get_command(ctx, cmd_name)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="研修アンケートから、回ごとの報告と総括のHTMLを作ります。",
)
def cli() -> None:
    """Hold the commands together."""


@cli.command(
    help="変わった回の報告と、総括、一覧を作ります。SESSION を書くとその回だけ（総括と一覧も）。"
)
@click.argument("sessions", nargs=-1, metavar="[SESSION]...")
@click.option("--force", is_flag=True, help="変わっていないページも作り直す。")
@click.option(
    "--timeout",
    type=click.IntRange(min=1),
    default=600,
    metavar="SECONDS",
    help="1つのセルにかけてよい秒数（ふだんは600）。",
)
@click.option(
    "--engine",
    type=click.Choice(["warm", "nbclient"]),
    help="ノートブックの動かし方（ふだんは速い warm。Windows では nbclient）。",
)
@click.option("--dask", metavar="ADDRESS", help="Dask のスケジューラーに仕事を配る。")
@click.option("--pdf", is_flag=True, help="A4 の PDF も作る（Chromium が必要）。")
@click.option("--quiet", is_flag=True, help="うまくいったことは言わない。")
@click.option("--json", "as_json", is_flag=True, help="できごとを1行ずつ JSON で標準出力に書く。")
@click.option("--log", type=click.Path(path_type=Path), metavar="FILE", help="記録を書き足す。")
def run(  # noqa: PLR0913, PLR0917
    sessions: Sequence[str],
    force: bool,
    timeout: int,
    engine: str | None,
    dask: str | None,
    pdf: bool,
    quiet: bool,
    as_json: bool,
    log: Path | None,
) -> int:
    """Run the batch and say what was made and where."""
    from dxeval.report.engines import STOCK
    from dxeval.report.process.ahead import begin_if_newer

    workspace = Workspace.find()
    if engine != STOCK and not dask:
        begin_if_newer(workspace.root)

    from dxeval.report.announce import announcing
    from dxeval.report.batch import run as run_batch
    from dxeval.report.signals import terminable
    from dxeval.starting.git import guard

    _cleared(workspace)
    guard(workspace.root)
    silent = quiet or as_json
    workers = _dask_workers(dask) if dask else nullcontext()
    with terminable(), announcing(not silent, as_json, log) as tell, workers as executor:
        result = run_batch(
            workspace,
            sessions,
            force=force,
            timeout=timeout,
            pdf=pdf,
            engine=engine,
            executor=executor,
            tell=tell,
        )
    from dxeval.exports import without_session
    from dxeval.starting.leftovers import of_example

    left = [*without_session(workspace), *of_example(workspace)]
    if warnings := [*result.warnings, *left]:
        _say(f"注意：\n{describe(warnings)}", err=True)
    for reason in dict.fromkeys(result.failed.values()):
        names = "、".join(name for name, why in result.failed.items() if why == reason)
        _say(f"{names}：作成できませんでした。\n{reason}", err=True)
    if not silent:
        _say(_summary(result, workspace.root / "outputs/html/index.html"))
        if not workspace.session_files():
            _say(NO_SESSIONS)
        if result.outdated:
            _say(result.outdated)
    if result.failed:
        _say(
            f"{len(result.failed)}件は作成できませんでした：{'、'.join(result.failed)}。"
            "直してから、もう一度 dxeval run を実行してください。",
            err=True,
        )
    return 1 if result.failed else 0


def _dask_workers(address: str) -> "AbstractContextManager[Executor]":
    from dxeval.report.process.cluster import dask_pool

    return dask_pool(address)


def _summary(result: "Result", index: Path) -> str:
    text = f"中身の変わったページはありませんでした（{result.seconds:.1f}秒）"
    if result.made:
        slowest = max(result.made, key=lambda page_id: result.made[page_id])
        times = f"{result.seconds:.1f}秒、最長は {slowest} の {result.made[slowest]:.1f}秒"
        text = f"{'と'.join(result.counted)}を作成しました（{times}）"
    text += f"。{len(result.fresh)}回は最新のまま" if result.fresh else ""
    text += f"。PDF を{result.printed}件作成しました（outputs/pdf/）" if result.printed else ""
    return f"{text}：{index}"


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
    from dxeval.report.ready import not_ready, to_be_known
    from dxeval.starting.git import saved_outputs

    if (session or survey) and not files:
        raise MisuseError("--session と --survey には FILE が要ります。")
    if session and (survey or len(files) > 1):
        raise MisuseError("--session には FILE を1つだけ、--survey なしで書きます。")
    if files:
        with suppress(WorkspaceError):
            _cleared(Workspace.find())
        report = check_files(files, survey, session)
    else:
        workspace = _cleared(Workspace.find())
        report = check_workspace(workspace)
        report.problems += not_ready(workspace)
        report.warnings += to_be_known(workspace)
        report.warnings += saved_outputs(workspace.root)
    if as_json:
        click.echo(escaped(json.dumps(report.as_json(), ensure_ascii=False, indent=2)))
    else:
        _show(report, details=bool(files))
    return 1 if report.problems else 0


def _show(report: "Report", details: bool) -> None:
    if details:
        for export in report.exports:
            _say(export.text)
    if report.warnings:
        _say(f"注意：\n{describe(report.warnings)}")
    if report.problems:
        _say(describe(report.problems), err=True)
        found = len(report.problems) + sum(problem.others for problem in report.problems)
        _say(f"まちがいが{found}件あります。", err=True)
    else:
        what = "ファイル" if details else "回"
        number = len(report.exports) if details else report.sessions
        _say(f"{number}{what}、延べ回答者 {report.respondents}人。まちがいはありません。")
        if not number and not details:
            _say(NO_SESSIONS)


cli.add_command(list_sessions)


def _cleared(workspace: Workspace) -> Workspace:
    """Return the workspace, without what a killed batch may have left of it."""
    from dxeval.report.staging import clear_after_kill

    clear_after_kill(workspace.root / "outputs")
    return workspace


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit.

    0 fine, 1 data or a page failed, 2 usage, 129 terminal closed, 130 interrupted, 143 terminated.
    """
    gc.set_threshold(50_000)  # what a command makes is needed to its end,
    atexit.register(gc.freeze)  # where Python would search all of it for what can be freed
    try:
        code = cli.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="dxeval",
            standalone_mode=False,
        )
    except click.UsageError as error:
        _say(_usage_text(error), err=True)
        code = 2
    except (WorkspaceError, MisuseError) as error:
        _say(str(error), err=True)
        code = 2
    except DataError as error:
        _say(str(error), err=True)
        _say("まちがいがあるため、何も作りませんでした。", err=True)
        code = 1
    except DxevalError as error:
        _say(str(error), err=True)
        code = 1
    except OSError as error:
        _say(f"ファイルを読み書きできません：{error.strerror}（{error.filename}）", err=True)
        code = 1
    except (click.Abort, KeyboardInterrupt) as stop:
        _say(str(stop) or INTERRUPTED, err=True)
        code = 130
    except SystemExit as end:
        from dxeval.report.signals import ENDING

        if end.code in {128 + number for number in ENDING}:
            with suppress(OSError):  # the terminal may be closed
                _say(INTERRUPTED, err=True)
        raise
    sys.exit(code)


def _usage_text(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"「{error.option_name}」という指定はありません。dxeval --help を見てください。"
    context = error.ctx
    if isinstance(error, click.MissingParameter) and error.param and context:
        command, name = context.info_name, str(error.param.name).upper()
        return f"{name} を書いてください。dxeval {command} --help を見てください。"
    typed = " ".join(context.args) if context and context.args else ""
    commands = "、".join(cli.list_commands(click.Context(cli)))
    return (
        f"使い方が違います{f'（{typed}）' if typed else ''}。"
        f"使えるのは：{commands}。dxeval --help を見てください。"
    )
