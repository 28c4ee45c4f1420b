"""Numbers that stand in spreadsheets and CSV files alone, computed from a session's scores.

By name (`CELLS`): what of the export counts, what blanks leave open, marks of rules.
"""

from collections.abc import Callable, Mapping

from dxeval.scoring.ledger import ItemLedger, Ledger, ledger
from dxeval.scoring.recount.claim import Answers, Basis, Claim
from dxeval.scoring.span import Span


def cell_basis(name: str, claim: Claim, answers: Answers) -> Basis | None:
    """Return what must stand there, of the claim's session, item and level; None if nothing."""
    (session,) = claim.sessions
    try:
        return CELLS[name](
            claim, answers, ledger(answers.sessions[session], answers.scores[session])
        )
    except (KeyError, StopIteration):
        return None


def of_span(span: Span | None, *, most: bool) -> Basis | None:
    """Return one end of a range as a share."""
    if span is None:
        return None
    end = span.many if most else span.few
    return Basis((f"{span.percents[most]}",), end, span.n)


def _whole(number: int | None) -> Basis | None:
    return None if number is None else Basis((f"{number}",), number)


def _line(claim: Claim, of: Ledger) -> ItemLedger:
    return next(line for line in of.items if line.score.item.name == claim.item)


def _measure(name: str) -> Callable[[Claim, Answers, Ledger], Basis | None]:
    def found(claim: Claim, answers: Answers, of: Ledger) -> Basis | None:
        score = _line(claim, of).score
        value = (score.measures() or {}).get(name)
        return None if value is None else Basis((repr(value),), None, score.n_valid)

    return found


def _is_favourable(claim: Claim, answers: Answers, of: Ledger) -> Basis:
    return Basis((f"{int({*claim.levels} <= {*_line(claim, of).score.favourable})}",))


def _n_rules(claim: Claim, answers: Answers, of: Ledger) -> Basis:
    found = [scores.get(claim.item) for scores in answers.scores.values()]
    rules = {frozenset(s.favourable) for s in found if s is not None and s.n_valid and s.favourable}
    return Basis((f"{len(rules)}",))


CELLS: Mapping[str, Callable[[Claim, Answers, Ledger], Basis | None]] = {
    "n_rows": lambda claim, answers, of: _whole(of.n_rows),
    "blanks_least": lambda claim, _, of: of_span(_line(claim, of).with_blanks, most=False),
    "blanks_most": lambda claim, _, of: of_span(_line(claim, of).with_blanks, most=True),
    "silent_least": lambda claim, _, of: of_span(_line(claim, of).with_silent, most=False),
    "silent_most": lambda claim, _, of: of_span(_line(claim, of).with_silent, most=True),
    "favourable_level": _is_favourable,
    "own_rule": lambda claim, _, of: _whole(int(bool(_line(claim, of).score.reason))),
    "n_rules": _n_rules,
    **{name: _measure(name) for name in ("least", "lower", "median", "upper", "most")},
}
