"""A claim -> which label must stand there: chosen, chosen most, counted as favourable."""

from collections.abc import Callable, Mapping

from dxeval.definitions.item import Rated
from dxeval.problems import shorten
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.recount.claim import Answers, Basis, Claim
from dxeval.scoring.recount.what import What
from dxeval.scoring.selections import Selections

LABEL_SHOWN = 24
"""After so many letters sentences cut labels."""


def _labels(claim: Claim, answers: Answers) -> Basis | None:
    """Return the chosen label of a place (``of``), those chosen most, or the favourable ones."""
    found = [s for s in answers.of_item(claim) if isinstance(s, Distribution | Selections)]
    if claim.what is What.COUNTED:
        rules = [_usual(claim, answers), *(score.favourable for score in found)]
        for score in found:
            people = dict(score)
            rules.append(tuple(label for label in score.favourable if people[label]))
        nth = int(claim.of)
        return Basis(tuple(dict.fromkeys(rule[nth] for rule in rules if nth < len(rule))))
    (score,) = found
    chosen = [label for label, count in score if count]
    if claim.what is What.LEADER:
        return Basis(tuple(text for label in score.leaders for text in _shown(label)))
    return Basis(_shown(chosen[int(claim.of)])) if claim.of.isdigit() else None


def _usual(claim: Claim, answers: Answers) -> tuple[str, ...]:
    item = answers.survey.item(claim.item)
    return item.favourable if isinstance(item, Rated) else ()


def _shown(label: str) -> tuple[str, ...]:
    """Return a label as sentences show it: whole or cut."""
    return (label, shorten(label, LABEL_SHOWN))


def _span(claim: Claim, answers: Answers) -> Basis | None:
    """Return the favourable numbers of a rating: the survey's, or a session's own (``of``)."""
    item = answers.survey.item(claim.item)
    rules = [score.favourable for score in answers.of_item(claim) if score.reason]
    if claim.of == "levels":
        rules = [claim.levels]
    elif not claim.of and len(claim.sessions) > 1 and isinstance(item, Rated):
        rules = [item.favourable]
    elif not claim.of:
        rules = [score.favourable for score in answers.of_item(claim)]
    ends = [sorted(rule, key=int) for rule in rules if rule]
    return Basis(tuple(f"{e[0]}～{e[-1]}" if e[1:] else e[0] for e in ends)) if ends else None


OF_LABELS: Mapping[What, Callable[[Claim, Answers], Basis | None]] = {
    **dict.fromkeys([What.CHOSEN, What.LEADER, What.COUNTED], _labels),
    What.SPAN: _span,
}
