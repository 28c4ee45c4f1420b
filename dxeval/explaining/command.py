"""``dxeval explain``: where the numbers of a page come from."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from dxeval.definitions.visible import escaped, visible, visible_line
from dxeval.errors import DataError, ExplainError
from dxeval.workspace import Workspace

if TYPE_CHECKING:
    from dxeval.explaining.record import Record
    from dxeval.explaining.standing import Standing
    from dxeval.report.plan import Plan
    from dxeval.tracing.held import Held
    from dxeval.tracing.known import Known


@click.command(
    short_help="ページの数字が、どこから来たかを示します。",
    help="PAGE（exchange-1、overall、figures.xlsx など）にある数字について、何人中何人か、"
    "どの選択肢を数えたか、どの回のどのファイルかを示し、回答から計算し直します。"
    "TEXT（83%、5/6人 など）を書くと、その数字だけを詳しく示します。何も作りません。",
)
@click.argument("page", metavar="PAGE")
@click.argument("text", metavar="[TEXT]", required=False)
@click.option("--json", "as_json", is_flag=True, help="結果を JSON で示します。")
def explain(page: str, text: str | None, as_json: bool) -> int:
    """Say where numbers come from; 1 where one is not there, not known, or not what is computed."""
    from dxeval.explaining.asked import checked, standing_of
    from dxeval.explaining.standing import digest, standings
    from dxeval.report.plan import Plan

    wanted = None if text is None else checked(text)
    plan = Plan(Workspace.find())
    standing = standing_of(page, standings(plan))
    if standing.why:
        raise ExplainError(
            f"{standing.page_id}：{standing.why}。"
            "dxeval run で作り直してから、もう一度実行してください。"
        )
    records, near = _records(plan, standing, wanted)
    made_of = digest(plan, standing.page_id)
    if as_json:
        found = _as_json(standing, made_of, text, records)
        click.echo(escaped(json.dumps(found, ensure_ascii=False, indent=2)))
    else:
        lines = [f"outputs/{standing.place}　入力の SHA-256：{made_of}"]
        lines += _found(records) if text is None else _asked(text, records, near)
        click.echo(visible("\n".join(lines)))
    return 0 if records and all(record.right for record in records) else 1


def _records(
    plan: "Plan", standing: "Standing", wanted: str | None
) -> tuple[list["Record"], list["Record"]]:
    """Return the numbers that were asked for, all without ``wanted``; else those near them."""
    from dxeval.explaining.asked import matching, nearest
    from dxeval.explaining.record import Recorder
    from dxeval.tracing.held import held

    known = _known(plan, standing.page_id)
    content = (plan.outputs / standing.place).read_bytes()
    numbers: list[Held] = [*held(standing.place, content, known)]
    chosen = numbers if wanted is None else matching(wanted, numbers)
    others = nearest(wanted, numbers) if wanted is not None and not chosen else []
    recorder = Recorder(known)
    return [recorder.record(one) for one in chosen], [recorder.record(one) for one in others]


def _known(plan: "Plan", page_id: str) -> "Known":
    """Return the answers; those of a page's own session where others cannot be read any more."""
    from dxeval.explaining.standing import left_out, others
    from dxeval.tracing.known import Known

    try:
        return Known.of(plan.workspace, left_out(plan))
    except DataError:
        if not (without := others(plan, page_id)):
            raise
        return Known.of(plan.workspace, without)


def _found(records: Sequence["Record"]) -> Iterator[str]:
    from dxeval.explaining.telling import listed, sources

    yield from listed(records)
    yield from sources(records)
    wrong = sum(not record.right for record in records)
    yield f"{len(records)}個の数。" + (f"説明できないか、違うものが{wrong}個。" if wrong else "")


def _asked(text: str, records: Sequence["Record"], near: Sequence["Record"]) -> Iterator[str]:
    from dxeval.explaining.telling import details

    for record in records:
        yield from details(record)
    if not records:
        others = "、".join(
            f"{record.printed}（{record.held.found.place.words}）" for record in near
        )
        yield f"「{visible_line(text)}」は、このページにありません。"
        yield f"近い数：{others or 'なし'}"


def _as_json(
    standing: "Standing", made_of: str, text: str | None, records: Sequence["Record"]
) -> dict[str, object]:
    from dxeval.explaining.record import as_json

    return {
        "ok": bool(records) and all(record.right for record in records),
        "file": f"outputs/{standing.place}",
        "inputs_sha256": made_of,
        "text": text,
        "numbers": [as_json(record) for record in records],
    }
