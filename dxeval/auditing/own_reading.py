"""Every number of our own pages and files, read back out and held against the answers."""

from collections import Counter
from dataclasses import dataclass, field

from dxeval.errors import ExplainError
from dxeval.explaining.standing import Standing, left_out, standings
from dxeval.report.plan import Plan
from dxeval.scoring.recount.claim import Claim
from dxeval.tracing.cell import Cell
from dxeval.tracing.held import Held, Verdict, held
from dxeval.tracing.known import Known


@dataclass
class Audited:
    """What was read and found. ``numbers`` by file; ``unread`` files with the reason.

    ``differing``: what one number says of whom, by it all places where it stands, of which some
    are wrong; ``orphans``: numbers that nothing explains.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    differing: list[list[Held]] = field(default_factory=list)
    orphans: list[Held] = field(default_factory=list)
    unread: list[Standing] = field(default_factory=list)

    @property
    def right(self) -> bool:
        """Whether all files were read and all numbers agree."""
        return not (self.differing or self.orphans or self.unread)


def audited(plan: Plan) -> Audited:
    """Read every file of ``outputs/`` that is up to date, or was changed by hand since."""
    found = Audited()
    readable = {}
    for standing in standings(plan).values():
        path = plan.outputs / standing.place
        if path.is_file() and (not standing.why or standing.altered):
            readable[standing.place] = path.read_bytes()
        else:
            found.unread.append(standing)
    if not readable:
        why = "、".join(f"{one.page_id}：{one.why}" for one in found.unread[:1])
        raise ExplainError(f"検算できるページがありません（{why}）。dxeval run で作ってください。")
    known = Known.of(plan.workspace, left_out(plan))
    by_claim: dict[tuple[Claim, str], list[Held]] = {}
    for place, content in readable.items():
        numbers = [*held(place, content, known)]
        found.numbers[place] = len(numbers)
        found.verdicts.update(one.verdict for one in numbers)
        found.orphans += [one for one in numbers if one.verdict is Verdict.ORPHAN]
        for one in numbers:
            if one.found.claim and one.verdict in {Verdict.AGREES, Verdict.DIFFERS}:
                by_claim.setdefault(_said(one, one.found.claim), []).append(one)
    found.differing = [
        places
        for places in by_claim.values()
        if any(one.verdict is Verdict.DIFFERS for one in places)
    ]
    return found


def _said(one: Held, claim: Claim) -> tuple[Claim, str]:
    """Return what a number says; what no claim says, a sheet and its row do."""
    if not isinstance(one.found, Cell) or not one.found.name:
        return claim, ""
    return claim, f"{one.found.name} {one.found.place.words if one.found.known else ''}"
