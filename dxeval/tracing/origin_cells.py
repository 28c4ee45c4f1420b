"""Rows of the sheet that says where figures come from -> its numbers, each computed again."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dxeval.definitions.visible import visible
from dxeval.presenting.claim_words import WHAT
from dxeval.presenting.origins_sheet import SHORT, called, rule
from dxeval.scoring.recount.basis import basis
from dxeval.scoring.recount.claim import Basis, Claim
from dxeval.scoring.recount.what import What
from dxeval.tracing.cell import label, number
from dxeval.tracing.known import Known
from dxeval.tracing.names import one_line
from dxeval.tracing.place import Place
from dxeval.tracing.read import Found
from dxeval.tracing.tables import ID

WHATS = {words: what for what, words in WHAT.items()}


WHOLES = {"人数": "origin_count", "分母": "origin_n", "無回答": "origin_missing"}


def origin_cells(place: Place, record: Mapping[str, str], known: Known) -> Iterator[Found]:
    """Yield the numbers of a row: the figure, its count and denominator, its rule and export."""
    here = place.about(sessions=_sessions(record, known), levels=_levels(place, record, known))
    here = here.about(row=" ".join(filter(None, [record["回"], record["選択肢"]])))
    what = WHATS.get(record["何の数か"], What.LABEL)
    claim = Claim(what, here.sessions, here.item, here.levels)
    found = basis(claim, known.answers) or Basis(())
    value = record["ページの値"].removesuffix("%")
    yield replace(number(here.about(column=record["何の数か"]), value, what, found), share=False)
    parts = {"人数": found.count, "分母": found.n, "無回答": found.missing}
    for head, part in parts.items():
        if record[head]:
            yield number(here.about(column=head), record[head], WHOLES[head], Basis((f"{part}",)))
    if record["行数"]:
        yield number(here.about(column="行数"), record["行数"], "n_rows")
    yield from _names(here, claim, record, known)


def _names(here: Place, claim: Claim, record: Mapping[str, str], known: Known) -> Iterator[Found]:
    """Yield the numbers in names: of levels that are counted, of files, of their hash."""
    alone = here.sessions[0] if len(here.sessions) == 1 else ""
    file, digest = known.files.get(alone, ("", ""))
    levels, declared = rule(claim, known.answers)
    expected = {"数え方": levels, "決めた所": declared, "ファイル": file}
    expected["SHA-256"] = f"{digest[:SHORT]}…"
    for head, right in expected.items():
        yield from label(here.about(column=head, text=record[head]), visible(right), file)


def _sessions(record: Mapping[str, str], known: Known) -> tuple[str, ...]:
    """Return the session of a row, or those that it calls together by one name."""
    if record[ID]:
        return (record[ID],)
    programmes: dict[str, list[str]] = {}
    for session in known.answers.sessions.values():
        programmes.setdefault(session.programme, []).append(session.id)
    scopes = (*map(tuple, programmes.values()), tuple(known.answers.sessions))
    named = {one_line(called(scope, known.answers)): scope for scope in scopes}
    return named.get(one_line(record["回"]), ())


def _levels(place: Place, record: Mapping[str, str], known: Known) -> tuple[str, ...]:
    """Return the labels of a row, one or several."""
    labels = known.names.levels.get(place.item, {})
    rest, found = one_line(record["選択肢"]), []
    while rest:
        fitting = [shown for shown in labels if f"{rest}、".startswith(f"{shown}、")]
        if not fitting:
            return (record["選択肢"],)
        longest = max(fitting, key=len)
        found.append(labels[longest])
        rest = rest[len(longest) + 1 :]
    return tuple(found)
