"""Every number of a file of ``outputs/``, held against what is computed from the answers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from dxeval.errors import DxevalError
from dxeval.scoring.recount.basis import basis
from dxeval.scoring.recount.cells import cell_basis
from dxeval.scoring.recount.claim import Basis, Claim
from dxeval.scoring.recount.printed import holds
from dxeval.scoring.recount.what import What
from dxeval.tracing.cell import Cell
from dxeval.tracing.known import Known
from dxeval.tracing.read import Found


class Verdict(StrEnum):
    """What became of a number."""

    AGREES = "agrees"
    DIFFERS = "differs"
    TYPED = "typed"
    OWN = "own"
    WORDS = "words"
    ORPHAN = "orphan"


PLAIN = {
    What.TYPED: Verdict.TYPED,
    What.LABEL: Verdict.TYPED,
    What.OWN: Verdict.OWN,
    What.WORDS: Verdict.WORDS,
    What.MADE_OF: Verdict.WORDS,
}
"""What is no figure."""


@dataclass(frozen=True)
class Held:
    """A number of a file of ``outputs/`` and what became of it; ``basis`` is what is computed."""

    file: str
    found: Found
    verdict: Verdict
    basis: Basis | None = None


def held(file: str, content: bytes, known: Known) -> Iterator[Held]:
    """Yield every number of a file, by its place in ``outputs/``. Raises DataError."""
    name = file.rpartition("/")[2]
    for found in _numbers(name, content, known):
        yield _held(file, found, known)


def _numbers(name: str, content: bytes, known: Known) -> Iterator[Found]:
    if name.endswith(".xlsx"):
        from dxeval.tracing.workbook import workbook_numbers

        return workbook_numbers(content, known, name)
    if name.endswith(".csv"):
        from dxeval.tracing.csv_tables import csv_numbers

        return csv_numbers(content, known, name)
    from dxeval.tracing.pages import numbers

    return numbers(content.decode(), known, name.removesuffix(".html"))


def _held(file: str, found: Found, known: Known) -> Held:
    if found.claim is None:
        return Held(file, found, Verdict.ORPHAN)
    named = isinstance(found, Cell) and bool(found.name or found.known)
    if not named and (verdict := PLAIN.get(found.claim.what)):
        return Held(file, found, verdict)
    computed = _computed(found, found.claim, known)
    if computed is None and (module := known.names.of_others.get(found.claim.item)):
        own = Claim(What.OWN, found.claim.sessions, found.claim.item, of=f"設問の種類 {module}")
        return Held(file, replace(found, claim=own), Verdict.OWN)
    value, share = (found.value, found.share) if isinstance(found, Cell) else (found.text, False)
    right = computed is not None and holds(value, computed, share=share)
    return Held(file, found, Verdict.AGREES if right else Verdict.DIFFERS, computed)


def _computed(found: Found, claim: Claim, known: Known) -> Basis | None:
    """Return what must stand there; None, too, where a page says what cannot be of anybody."""
    try:
        if isinstance(found, Cell) and (found.name or found.known):
            return found.known or cell_basis(found.name, claim, known.answers)
        return basis(claim, known.answers)
    except (ValueError, LookupError, DxevalError):
        return None
