"""What was asked: items, their ordered levels, and which levels count as favourable."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from dxeval.definitions.labels import repeats
from dxeval.definitions.strict import Count, Strict, Text, WrongValueError
from dxeval.definitions.strict_yaml import read_yaml

PLACEHOLDER = "（上の見出しから選んで書く）"
"""What stands in the lines suggested for a new form where its header must be chosen."""


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
    """The column headers that one form tool writes; columns not named here are never kept.

    ``items`` maps each item to its header, ``codes`` an item to what the form writes instead of
    its levels (``{"5": 大いに満足}``), ``missing`` lists what it writes where nobody answered.
    """

    name: Text
    items: dict[Text, Text]
    respondent_id: Text | None = None
    timestamp: Text | None = None
    comments: tuple[Text, ...] = ()
    codes: dict[Text, dict[Text, Text]] = Field(default_factory=dict)
    missing: tuple[Text, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """Every declared header: respondent id, timestamp, items, comments."""
        first = [header for header in (self.respondent_id, self.timestamp) if header is not None]
        return (*first, *self.items.values(), *self.comments)

    def check_items(self, items: dict[str, Item]) -> None:
        """Raise ValueError unless headers and codes fit the survey's items."""
        if PLACEHOLDER in self.headers:
            raise ValueError(
                f"forms「{self.name}」の「{PLACEHOLDER}」を、"
                "ファイルの見出しに書きかえてください（ない行は消します）"
            )
        if differing := items.keys() ^ self.items.keys():
            raise ValueError(
                f"forms「{self.name}」の items は設問と一致しなければなりません"
                f"（違い：{'、'.join(sorted(differing))}）"
            )
        if repeated := repeats(self.headers):
            raise ValueError(f"forms「{self.name}」に見出し「{repeated}」が2度あります")
        if unknown := self.codes.keys() - items.keys():
            raise ValueError(f"forms「{self.name}」の codes の「{min(unknown)}」は設問にありません")
        for item in items.values():
            codes = self.codes.get(item.name, {})
            if strange := [level for level in codes.values() if level not in item.levels]:
                raise ValueError(
                    f"forms「{self.name}」の codes.{item.name} の「{strange[0]}」は"
                    "levels にありません"
                )
            if repeated := repeats((*item.levels, *codes, *self.missing)):
                raise ValueError(
                    f"forms「{self.name}」で「{repeated}」が{item.name}の"
                    "levels、codes、missing のうちに2度あります"
                )


def _rule(text: str) -> str:
    if text not in {"refuse", "latest", "first"}:
        raise ValueError("refuse、latest、first のどれかを書きます")
    return text


class Survey(Strict):
    """The whole of ``data/survey.yaml``.

    ``resubmission``: which answers count of a respondent who sent several: the ``latest`` or the
    ``first`` by the form's timestamp, or none (``refuse``: the file is refused, as it is for a
    form without a timestamp).
    """

    items: tuple[Item, ...] = Field(min_length=1)
    forms: tuple[Form, ...] = Field(min_length=1)
    reference_below: Count = 30
    resubmission: Annotated[Text, AfterValidator(_rule)] = "refuse"

    @model_validator(mode="after")
    def _check(self) -> Self:
        if repeated := repeats(item.name for item in self.items):
            raise ValueError(f"items に「{repeated}」が2度あります")
        items = {item.name: item for item in self.items}
        for place, form in enumerate(self.forms):
            try:
                form.check_items(items)
            except ValueError as error:
                raise WrongValueError(str(error), "forms", place) from None
        return self

    def item(self, name: str) -> Item:
        """Return the item called ``name``; KeyError if there is none."""
        return {item.name: item for item in self.items}[name]


def read_survey(path: Path, name: str = "data/survey.yaml") -> Survey:
    """Read ``survey.yaml``. Raises DataError."""
    return read_yaml(path, Survey, name)


def check_favourable(favourable: tuple[str, ...], levels: tuple[str, ...]) -> None:
    """Raise ValueError unless ``favourable`` are the first of ``levels``, in order, not all."""
    if favourable != levels[: len(favourable)] or len(favourable) >= len(levels):
        raise ValueError(
            "favourable は levels の上から続けて、すべてではない選択肢でなければなりません"
            f"（favourable：{'、'.join(favourable)}）"
        )
