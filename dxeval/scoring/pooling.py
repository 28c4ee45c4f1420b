"""Answers of several sessions together, counted once: groups of sessions, and their figures."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from dxeval.definitions.item import Item, Rated
from dxeval.definitions.programme import FavourableRule, Session
from dxeval.reading.responses import Responses
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.score import count

Answered = Mapping[str, Responses]
"""The answers of sessions by their id."""


class Rule(NamedTuple):
    """By what several sessions count a favourable answer together: None is the survey's rule.

    ``set_aside``: the sessions whose own rule is not used, since not all have it.
    """

    own: FavourableRule | None
    set_aside: tuple[Session, ...] = ()


def column(responses: Responses, name: str) -> pd.Series | None:
    """Return the answers to a question or attribute, None if the session was not asked it."""
    for frame in (responses.answers, responses.attributes):
        if name in frame:
            return frame[name]
    return None


def rule_of(item: Item, sessions: Sequence[Session]) -> Rule:
    """Return the favourable rule of an item in all those sessions, the survey's where they differ.

    One session alone, or several of one rule, keep their own.
    """
    declared = {*item.favourable} if isinstance(item, Rated) else set()
    own = {
        session.id: next(
            (
                rule
                for rule in session.favourable
                if rule.item == item.name and {*rule.levels} != declared
            ),
            None,
        )
        for session in sessions
    }
    if len({rule and frozenset(rule.levels) for rule in own.values()}) < 2:
        return Rule(next(iter(own.values()), None))
    return Rule(None, tuple(session for session in sessions if own[session.id]))


def pooled(
    item: Item, groups: Mapping[str, Sequence[Session]], answered: Answered, over: str
) -> ItemAcross:
    """Return an item in groups of sessions: each group's answers counted together.

    A group has those of its sessions that were asked the item; a group without any is left out.
    Raises FigureError if a column is not of the item.
    """
    scores: dict[str, ItemScore] = {}
    for name, sessions in groups.items():
        asked = {
            session.id: found
            for session in sessions
            if (found := column(answered[session.id], item.name)) is not None
        }
        if asked:
            rule = rule_of(item, [session for session in sessions if session.id in asked])
            answers = pd.concat([*asked.values()], ignore_index=True)
            scores[name] = count(item, answers, rule.own)
    return ItemAcross(item, scores, over)


def frame(key: str, scores: Mapping[str, ItemScore]) -> pd.DataFrame:
    """Return a row a group and label: ``key`` level count share n_valid n_missing.

    Shares 0-1, missing where nobody answered. Where a rule counts any, also favourable_count
    favourable_share; of numbers also least lower median upper most: each the same in every row of
    a group. One row a group, without a level, where the item has no labels.
    """
    blank = {"level": None, "count": None, "share": None}
    rows = [
        {
            key: group,
            **record,
            "n_valid": score.n_valid,
            "n_missing": score.n_missing,
            **(_favourable(score) if score.favourable else {}),
            **(score.measures() or {}),
        }
        for group, score in scores.items()
        for record in [*score.records()] or [blank]
    ]
    columns = None if rows else [key, *blank, "n_valid", "n_missing"]
    table = pd.DataFrame(rows, columns=columns)
    table[key] = pd.Categorical(table[key], categories=[*scores])
    if labels := [
        *dict.fromkeys(label for found in scores.values() for label in found.item.labels)
    ]:
        table["level"] = pd.Categorical(table["level"], categories=labels, ordered=True)
    return table.astype({"count": "Int64", "share": "float64"})


def _favourable(score: ItemScore) -> dict[str, float | None]:
    return {
        "favourable_count": score.favourable_count,
        "favourable_share": score.favourable_share,
    }
