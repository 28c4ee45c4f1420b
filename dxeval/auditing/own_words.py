"""What ``dxeval audit --own`` found, in words."""

from collections.abc import Iterator, Sequence

from dxeval.auditing.own_reading import Audited
from dxeval.presenting.claim_words import counted_text, what_text
from dxeval.tracing.cell import Cell
from dxeval.tracing.held import Held, Verdict

MOST = 5
"""Places named of one finding."""
CALLED = {
    Verdict.AGREES: "回答から計算し直した値と同じ",
    Verdict.TYPED: "手で書かれた文と名前",
    Verdict.OWN: "dxeval が計算していない（セルが自分で書いたなど）",
    Verdict.WORDS: "決まった文",
}


def lines(found: Audited) -> Iterator[str]:
    """Yield what was read, then what differs."""
    yield f"自分のページの検算：{len(found.numbers)}ファイル、{found.verdicts.total()}個の数"
    yield "　".join(f"{name} {found.verdicts[verdict]}" for verdict, name in CALLED.items())
    if found.differing:
        yield f"\n計算した値と違う数（{len(found.differing)}件）"
    for places in found.differing:
        yield from _differing(places)
    if found.orphans:
        yield f"\n出どころの分からない数（{len(found.orphans)}個）"
        yield from _some([f"■ {_where(one)}：{one.found.text}" for one in found.orphans], "■")
    if found.unread:
        yield f"\n検算していないファイル（{len(found.unread)}件）"
        yield from _some([f"- {one.place}：{one.why or 'ありません'}" for one in found.unread], "-")
    if found.right:
        yield "違う数も、出どころの分からない数もありません。"


def _some(every: Sequence[str], mark: str) -> Iterator[str]:
    yield from every[:MOST]
    if len(every) > MOST:
        yield f"{mark} ほか{len(every) - MOST}件（--json ですべて）"


def _differing(places: Sequence[Held]) -> Iterator[str]:
    """Yield one finding: where it is wrong, what is computed, and what stands elsewhere."""
    wrong = [one for one in places if one.verdict is Verdict.DIFFERS]
    first = wrong[0]
    claim, name = first.found.claim, first.found.name if isinstance(first.found, Cell) else ""
    said = what_text(claim.what, name) if claim else ""
    computed = "か".join(first.basis.texts) if first.basis else ""
    counted = counted_text(first.basis)
    yield f"■ {said}：計算すると {computed or 'ありません'}{f'（{counted}）' if counted else ''}"
    yield from _some([f"  違う所：{_where(one)}：{one.found.text}" for one in wrong], "  違う所：")
    elsewhere = dict.fromkeys(one.file for one in places if one.verdict is not Verdict.DIFFERS)
    if elsewhere:
        yield f"  同じ数が合っている所：{'、'.join([*elsewhere][:MOST])}"


def _where(one: Held) -> str:
    return f"outputs/{one.file} {one.found.place.words}".rstrip()
