"""``dxeval add``: an export in, a session more or a better one."""

from pathlib import Path

import click

from dxeval.definitions.visible import visible
from dxeval.workspace import Workspace

GAVE_UP = "やめました。何も変えていません。"


@click.command(
    short_help="書き出したファイルを加え、回のファイルを作ります。",
    help="FILE（フォームから書き出したもの）を、中身を変えずに作業フォルダに加え、回のファイルを作ります。"
    "オプションにもファイルにもないことは、端末なら尋ねます。ある回の ID を --id で示すと、"
    "その回の訂正した書き出しとして、何が変わるかを言って置きかえます。",
)
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--id", metavar="ID", help="回の ID（ふだんはファイル名か、事業と回の番号から）。")
@click.option("--title", metavar="TEXT", help="回の題名（ふだんは前の回と同じ）。")
@click.option("--date", metavar="DATE", help="開催日（ふだんは回答のいちばん多い日）。")
@click.option("--attendees", metavar="N", help="参加者数。端末でなければ、必ず書きます。")
@click.option("--programme", metavar="ID", help="事業の id（1つしかなければ書かなくてよい）。")
@click.option("--questionnaire", metavar="ID", help="調査票の id（事業のものと違うとき）。")
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="上のことを id、title、date などと書いた YAML。端末でも尋ねません。",
)
@click.option("--replace", is_flag=True, help="その回の回答を、尋ねずに置きかえます。")
def add(path: Path, answers: Path | None, replace: bool, **options: str | None) -> int:
    """Take an export in and say what was read."""
    from dxeval.adding.arrival import Arrival
    from dxeval.adding.facts import read_facts
    from dxeval.adding.intake import take
    from dxeval.starting.answers import can_ask
    from dxeval.starting.git import guard

    given = {key: text for key, text in options.items() if text is not None}
    facts = read_facts(given, answers)
    workspace = Workspace.find()
    arrival = Arrival.read(workspace, path)
    try:
        said = take(arrival, facts, answers is None and can_ask(), replace)
    except click.Abort:
        raise click.Abort(GAVE_UP) from None
    guard(workspace.root)
    click.echo(visible(said))
    return 0
