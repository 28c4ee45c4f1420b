"""Rows of the sheets of published figures -> numbers: beside the answers, and what they leave."""

from collections.abc import Iterator, Mapping

from dxeval.definitions.published import Published
from dxeval.presenting.possible import only_published
from dxeval.presenting.published import WHERE
from dxeval.presenting.ranges_sheet import TOGETHER
from dxeval.scoring.recount.cells import of_span
from dxeval.scoring.recount.claim import Basis
from dxeval.scoring.recount.what import What
from dxeval.tracing.cell import number, text
from dxeval.tracing.known import Known
from dxeval.tracing.names import one_line
from dxeval.tracing.place import Place
from dxeval.tracing.read import Found


def audit_cells(place: Place, record: Mapping[str, str], known: Known) -> Iterator[Found]:
    """Yield the published percentage of a row, and what the answers give."""
    figures = [f for f in known.answers.published if _is_of(f, place, record)]
    levels = figures[0].levels if figures else ()
    here = place.about(levels=levels, row=f"{place.row} {place.item} {record['公表された場所']}")
    printed = Basis(tuple(f"{f.percent}" for f in figures if f.percent is not None))
    yield number(
        here.about(column="公表値"), record["公表値"].removesuffix("%"), "published", printed
    )
    for head, counted, good in (
        ("回答からの割合", What.SHARE, What.FAVOURABLE_SHARE),
        ("人数", What.COUNT, What.FAVOURABLE),
    ):
        yield number(here.about(column=head), record[head], counted if levels else good)
    yield number(here.about(column="有効回答"), record["有効回答"], What.VALID)
    of = record["公表値"].removesuffix("%")
    yield from text(here.about(column="備考", text=record["備考"], of=of), known)


def _is_of(figure: Published, place: Place, record: Mapping[str, str]) -> bool:
    return (
        figure.session_id == place.sessions[0]
        and figure.item == place.item
        and WHERE.get(figure.where) == record["公表された場所"]
        and one_line("、".join(figure.levels)) == one_line(record["公表が数える選択肢"])
    )


def range_cells(place: Place, record: Mapping[str, str], known: Known) -> Iterator[Found]:
    """Yield the least and the greatest count that published figures leave of a level."""
    answers = known.answers
    every = only_published([*answers.sessions.values()], answers.scores, answers.published)
    left = every.get(place.sessions[0], {}).get(place.item)
    if left is None:
        span, n, ways = None, None, None
    else:
        score = answers.scores[place.sessions[0]][place.item]
        together = record["選択肢"] == TOGETHER
        span = left.span(*(score.favourable if together else place.levels))
        n, ways = left.n, 0 if left.against else left.ways
    wholes = {"何人中": n, "残る分け方": ways}
    if span:
        wholes |= {"何人中": span.n, "最少の人数": span.few, "最多の人数": span.many}
    shares = {"最少の割合": of_span(span, most=False), "最多の割合": of_span(span, most=True)}
    yield from text(place.about(column="備考", text=record["備考"]), known)
    for head, whole in wholes.items():
        if record[head]:
            yield number(
                place.about(column=head), record[head], "possible", Basis((f"{whole}",), whole)
            )
    for head, basis in shares.items():
        if record[head]:
            yield number(
                place.about(column=head), record[head], "possible_share", basis or Basis(())
            )
