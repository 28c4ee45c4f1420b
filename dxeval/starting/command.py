"""``dxeval init``: words in, a workspace out."""

import re
from pathlib import Path

import click

from dxeval.definitions.visible import visible
from dxeval.errors import MisuseError

_PLAIN = re.compile(r"[\w./\\:-]+")
"""What no shell takes apart."""
GAVE_UP = "やめました。何も作っていません。"


@click.command(
    help="FOLDER に、自分の作業フォルダを新しく作ります。空でないフォルダには作りません。"
    "オプションにもファイルにもないことは、端末なら尋ね、端末でなければふだんの値にします。"
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", metavar="TEXT", help="報告の題名。")
@click.option("--programme", metavar="TEXT", help="事業の名前。")
@click.option("--fiscal-year", metavar="YEAR", help="年度（西暦の数字）。")
@click.option(
    "--answers",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="title、programme、fiscal_year を書いた YAML。ないものは尋ねず、ふだんの値にします。",
)
@click.option("--example", is_flag=True, help="自分のものでなく、見本（模擬データ）を書きます。")
def init(folder: Path, file: Path | None, example: bool, **options: str | None) -> int:
    """Write a new workspace and say what to do next."""
    from dxeval.starting.answers import can_ask, gather
    from dxeval.starting.files import example_files, own_files
    from dxeval.starting.folder import check_free, fill
    from dxeval.starting.git import guard

    given = {key: text for key, text in options.items() if text is not None}
    if example and (given or file):
        raise MisuseError("--example には、ほかのオプションを付けられません。")
    check_free(folder)
    if example:
        files = example_files()
    else:
        try:
            files = own_files(gather(given, file, may_ask=can_ask()))
        except click.Abort:
            raise click.Abort(GAVE_UP) from None
    fill(folder, files)
    said = guard(folder)
    click.echo(visible("\n".join(filter(None, [_next_steps(folder, example), said]))))
    return 0


def _next_steps(folder: Path, example: bool) -> str:
    name = str(folder) if _PLAIN.fullmatch(str(folder)) else f'"{folder}"'
    steps = [] if folder.resolve() == Path.cwd() else [f"cd {name}"]
    steps += ["dxeval run"] if example else ["dxeval add 書き出したファイル", "dxeval run"]
    lines = "".join(f"\n  {step}" for step in steps)
    return f"作業フォルダを作りました：{folder}（説明は README.md）\n次にすること：{lines}"
