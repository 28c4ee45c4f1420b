"""What differs between sessions in what was asked, said in notes. Japanese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dxeval.definitions.labels import normalise
from dxeval.presenting.wording import NOT_ASKED
from dxeval.problems import shorten

if TYPE_CHECKING:
    from dxeval.definitions.item import Item
    from dxeval.scoring.score import Scores


def not_asked_notes(scores: Scores) -> list[str]:
    """Return which questions of its questionnaire a session was not asked, nothing if all were."""
    return [f"{name}は{NOT_ASKED}。" for name in scores.not_asked]


def respelt_notes(labelled: Sequence[tuple[str, Scores]]) -> list[str]:
    """Return which other spellings were counted as which labels, and in which sessions.

    ``labelled`` are the sessions' names and scores; one session alone is not named.
    """
    where: dict[tuple[str, str], list[str]] = {}
    for name, scores in labelled:
        for item, by in scores.respelt.items():
            counted = "、".join(f"「{text}」を「{label}」に" for text, label in by.items())
            where.setdefault((item, counted), []).append(name)
    several = len(labelled) > 1
    which = {key: f"（{'、'.join(names)}）" if several else "" for key, names in where.items()}
    return [f"{item}は{counted}数えた{names}。" for (item, counted), names in which.items()]


def rewording_notes(labelled: Sequence[tuple[str, Scores]]) -> list[str]:
    """Return which items were asked in other words in some sessions, given with their names."""
    return rewording_notes_of({label: scores.wordings for label, scores in labelled})


def rewording_notes_of(headers: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the same for the headers of items, by a session's name and by item."""
    wordings: dict[str, dict[str, list[str]]] = {}
    for label, asked in headers.items():
        for item, text in asked.items():
            wordings.setdefault(item, {}).setdefault(text, []).append(label)
    said = {
        item: "、".join(
            f"「{shorten(text)}」（{'、'.join(labels)}）" for text, labels in by.items()
        )
        for item, by in wordings.items()
        if len(by) > 1
    }
    return [f"{item}は問いの文が回によって違う：{text}。" for item, text in said.items()]


def variant_notes(items: Sequence[Item]) -> list[str]:
    """Return which items ask the same question with other answers to choose from."""
    asked: dict[str, list[Item]] = {}
    for item in items:
        if item.labels:
            asked.setdefault(normalise(item.question), []).append(item)
    return [
        f"{'と'.join(item.name for item in alike)}は問いの文が同じで選択肢が違うため、"
        "並べて比べていない。"
        for alike in asked.values()
        if len({item.labels for item in alike}) > 1
    ]
