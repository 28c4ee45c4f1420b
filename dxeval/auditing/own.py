"""``dxeval audit --own``: what differs in our own pages and files from the answers."""

import json
from collections.abc import Iterator, Mapping, Sequence

import click

from dxeval.auditing.own_reading import Audited, audited
from dxeval.auditing.own_words import lines
from dxeval.definitions.visible import escaped, visible
from dxeval.report.plan import Plan
from dxeval.tracing.held import Held, Verdict
from dxeval.workspace import Workspace


def audit_own(workspace: Workspace, *, as_json: bool, strict: bool) -> int:
    """Say what differs; 1 with ``strict`` if anything does. Raises ExplainError, DataError."""
    found = audited(Plan(workspace))
    if as_json:
        click.echo(escaped(json.dumps(_as_json(found), ensure_ascii=False, indent=2)))
    else:
        click.echo(visible("\n".join(lines(found))))
    return 1 if strict and not found.right else 0


def _as_json(found: Audited) -> Mapping[str, object]:
    return {
        "ok": found.right,
        "files": [{"file": place, "numbers": number} for place, number in found.numbers.items()],
        "numbers": {verdict.value: found.verdicts[verdict] for verdict in Verdict},
        "differing": [
            {
                "computed": [*_computed(places)],
                "places": [_place(one) for one in places if one.verdict is Verdict.DIFFERS],
                "elsewhere": [_place(one) for one in places if one.verdict is not Verdict.DIFFERS],
            }
            for places in found.differing
        ],
        "orphans": [_place(one) for one in found.orphans],
        "unread": [{"file": one.place, "why": one.why} for one in found.unread],
    }


def _computed(places: Sequence[Held]) -> Iterator[str]:
    basis = places[0].basis
    yield from basis.texts if basis else ()


def _place(one: Held) -> Mapping[str, object]:
    place = one.found.place
    return {
        "file": one.file,
        "section": place.section,
        "item": place.item,
        "row": place.row,
        "column": place.column,
        "printed": one.found.text,
    }
