"""What was asked: items, their ordered levels, and which levels count as favourable."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from dxeval.strict_yaml import Count, Strict, Text, read_yaml


class Item(Strict):
    """One question: ``levels`` from the most favourable to the least.

    ``favourable`` are the levels counted as a favourable answer: the first ones, in order.
    ``neutral`` are neither; ``assumed`` are levels that we added because the published report
    shows only those that somebody chose.
    """

    name: Text
    question: Text
    levels: tuple[Text, ...] = Field(min_length=2)
    favourable: tuple[Text, ...] = Field(min_length=1)
    neutral: tuple[Text, ...] = ()
    assumed: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if repeated := repeats(self.levels):
            raise ValueError(f"levels に「{repeated}」が2度あります")
        check_favourable(self.favourable, self.levels)
        for key, named in (("neutral", self.neutral), ("assumed", self.assumed)):
            if unknown := [level for level in named if level not in self.levels]:
                raise ValueError(f"{key} の「{unknown[0]}」は levels にありません")
        if both := [level for level in self.neutral if level in self.favourable]:
            raise ValueError(f"「{both[0]}」は favourable と neutral の両方にあります")
        return self


class Form(Strict):
    """The column headers that one form tool writes; columns not named here are never kept."""

    name: Text
    items: dict[Text, Text]
    respondent_id: Text | None = None
    comments: tuple[Text, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """Every declared header: respondent id, items, comments."""
        first = () if self.respondent_id is None else (self.respondent_id,)
        return (*first, *self.items.values(), *self.comments)


class Survey(Strict):
    """The whole of ``data/survey.yaml``."""

    items: tuple[Item, ...] = Field(min_length=1)
    forms: tuple[Form, ...] = Field(min_length=1)
    reference_below: Count = 30

    @model_validator(mode="after")
    def _check(self) -> Self:
        if repeated := repeats(item.name for item in self.items):
            raise ValueError(f"items に「{repeated}」が2度あります")
        names = {item.name for item in self.items}
        for form in self.forms:
            if differing := names ^ form.items.keys():
                raise ValueError(
                    f"forms「{form.name}」の items は設問と一致しなければなりません"
                    f"（違い：{'、'.join(sorted(differing))}）"
                )
            if repeated := repeats(form.headers):
                raise ValueError(f"forms「{form.name}」に見出し「{repeated}」が2度あります")
        return self

    def item(self, name: str) -> Item:
        """Return the item called ``name``; KeyError if there is none."""
        return {item.name: item for item in self.items}[name]


def read_survey(path: Path, name: str = "data/survey.yaml") -> Survey:
    """Read ``survey.yaml``. Raises DataError."""
    return read_yaml(path, Survey, name)


def normalise(text: str) -> str:
    """Return a label or header in the form in which two of them are compared.

    NFKC (half-width kana, full-width digits, NFD from macOS), no zero-width characters, white
    space folded and trimmed. Never for comments, which stay as typed.
    """
    folded = unicodedata.normalize("NFKC", text)
    visible = "".join(c for c in folded if unicodedata.category(c) != "Cf")
    return " ".join(visible.split())


def repeats(labels: Iterable[str]) -> str | None:
    """Return the first label that equals an earlier one once normalised, or None."""
    seen: set[str] = set()
    for label in labels:
        if normalise(label) in seen:
            return label
        seen.add(normalise(label))
    return None


def check_favourable(favourable: tuple[str, ...], levels: tuple[str, ...]) -> None:
    """Raise ValueError unless ``favourable`` are the first of ``levels``, in order, not all."""
    if favourable != levels[: len(favourable)] or len(favourable) >= len(levels):
        raise ValueError(
            "favourable は levels の上から続けて、すべてではない選択肢でなければなりません"
            f"（favourable：{'、'.join(favourable)}）"
        )
