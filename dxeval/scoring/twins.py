"""Two sessions with the same answers: one export copied, or chance.

Where few answered and all are content, equal answers are no sign. So two sessions are told of
only where chance is out of the question: the same answers in the same order, where that order is
one of very many, or the same answers with the same comments.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from math import lgamma, log

import pandas as pd

from dxeval.reading.responses import Responses

ORDERS = 1_000
"""Orders of the same answers from which one is no chance: 6!/3! = 120 are too few."""
TELLING = 15
"""Characters of a comment that two people do not write alike."""

Pattern = tuple[object, ...]
"""One respondent's answers without comments: places of labels (-1: unanswered), or values."""


def twins(responses: Mapping[str, Responses]) -> Iterator[tuple[str, str]]:
    """Yield each two sessions, by id, whose answers are the same, respondent for respondent."""
    sizes = Counter(found.n_respondents for found in responses.values())
    patterns = {
        session_id: _patterns(found)
        for session_id, found in responses.items()
        if sizes[found.n_respondents] > 1
    }
    alike: dict[tuple[Pattern, ...], list[str]] = {}
    for session_id, found in patterns.items():
        alike.setdefault(tuple(sorted(found, key=str)), []).append(session_id)
    for ids in alike.values():
        for first, second in combinations(ids, 2):
            same_order = patterns[first] == patterns[second]
            if (same_order and _log_orders(patterns[first]) >= log(ORDERS)) or _same_comments(
                responses[first].comments, responses[second].comments
            ):
                yield first, second


def _patterns(responses: Responses) -> list[Pattern]:
    answers = responses.answers
    columns = (_comparable(answers[item]) for item in answers if answers[item].dtype != "string")
    return list(zip(*columns, strict=True))


def _comparable(answers: pd.Series) -> list[object]:
    if isinstance(answers.dtype, pd.CategoricalDtype):
        return [*answers.cat.codes]
    return [*answers.astype(object).where(answers.notna(), None)]


def _log_orders(patterns: list[Pattern]) -> float:
    """Return the logarithm of the number of orders in which these answers could stand."""
    alike = Counter(patterns).values()
    return lgamma(len(patterns) + 1) - sum(lgamma(count + 1) for count in alike)


def _same_comments(here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """Whether the comments are the same, and one of them is nobody else's."""
    return any(len(comment) >= TELLING for comment in here) and sorted(here) == sorted(there)
