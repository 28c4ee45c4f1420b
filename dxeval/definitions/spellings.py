"""The ways in which a level, or no answer, may be written: each stands for one of them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dxeval.definitions.labels import normalise
from dxeval.definitions.strict import KeyPath, WrongValueError


class Spelling(NamedTuple):
    """A way to write a level (empty: no answer), and the keys under which it is declared."""

    text: str
    level: str
    path: KeyPath = ()


def marks(missing: Iterable[str]) -> list[Spelling]:
    """Return what stands where nobody answered, as declared under ``missing``."""
    return [Spelling(mark, "", ("missing", place)) for place, mark in enumerate(missing)]


def check_level(level: str, levels: Sequence[str], key: str, *path: str | int) -> None:
    """Raise WrongValueError unless ``level``, as declared under ``key`` and ``path``, is one."""
    if level not in levels:
        message, expected = f"{key} の「{level}」は levels にありません", "、".join(levels)
        raise WrongValueError(message, key, *path, value=level, expected=expected)


def check_spellings(spellings: Iterable[Spelling]) -> None:
    """Raise WrongValueError for one that an earlier one gives to another level, or to no answer."""
    found: dict[str, Spelling] = {}
    for spelling in spellings:
        before = found.setdefault(normalise(spelling.text), spelling)
        if before.level != spelling.level:
            both = "と".join(
                f"「{level}」" if level else "無回答" for level in (before.level, spelling.level)
            )
            raise WrongValueError(
                f"{both}の両方の書き方になっています",
                *spelling.path,
                value=spelling.text,
                expected="どちらか1つだけの書き方",
            )
