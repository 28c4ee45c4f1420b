"""One question: its ordered levels, and which of them count as favourable."""

from collections.abc import Mapping, Sequence
from typing import Self

from pydantic import Field, model_validator

from dxeval.definitions.labels import repeats
from dxeval.definitions.spellings import Spelling, check_level, check_spellings, marks
from dxeval.definitions.strict import KeyPath, Labels, Strict, Text, WrongValueError


class Item(Strict):
    """One question: ``levels`` in their order, from the most favourable to the least as a rule.

    ``favourable`` are the levels counted as a favourable answer, not all. ``neutral`` are neither;
    ``assumed`` are levels that we added because the published report shows only those that
    somebody chose. ``aliases`` maps a level to its other spellings (a reworded option, a number
    beside words). ``other`` is the level of those who wrote words of their own. ``missing`` is
    what stands where somebody did not answer.
    """

    name: Text
    question: Text
    levels: tuple[Text, ...] = Field(min_length=2)
    favourable: tuple[Text, ...] = Field(min_length=1)
    neutral: tuple[Text, ...] = ()
    assumed: tuple[Text, ...] = ()
    aliases: dict[Text, Labels] = Field(default_factory=dict)
    other: Text | None = None
    missing: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if repeated := repeats(self.levels):
            raise WrongValueError(f"levels に「{repeated}」が2度あります", "levels")
        try:
            check_favourable(self.favourable, self.levels)
        except ValueError as error:
            raise WrongValueError(str(error), "favourable") from None
        for key, levels in (("neutral", self.neutral), ("assumed", self.assumed)):
            for place, level in enumerate(levels):
                check_level(level, self.levels, key, place)
        for level in self.aliases:
            check_level(level, self.levels, "aliases", level)
        if self.other:
            check_level(self.other, self.levels, "other")
        if both := [level for level in self.neutral if level in self.favourable]:
            message = f"「{both[0]}」は favourable と neutral の両方にあります"
            raise WrongValueError(message, "neutral")
        check_spellings([*self.spellings(), *marks(self.missing)])
        return self

    def spellings(self, aliases: Mapping[str, Sequence[str]] | None = None) -> list[Spelling]:
        """Return every way to write a level, its own first; ``aliases`` are a form's besides."""
        declared: list[tuple[KeyPath, Mapping[str, Sequence[str]]]] = [
            (("aliases",), self.aliases),
            (("aliases", self.name), aliases or {}),
        ]
        return [Spelling(level, level) for level in self.levels] + [
            Spelling(alias, level, (*path, level))
            for path, groups in declared
            for level, group in groups.items()
            for alias in group
        ]


def check_favourable(favourable: tuple[str, ...], levels: tuple[str, ...]) -> None:
    """Raise ValueError unless ``favourable`` are some of ``levels``, each once, and not all."""
    if unknown := [level for level in favourable if level not in levels]:
        raise ValueError(f"favourable の「{unknown[0]}」は levels にありません")
    if repeated := repeats(favourable):
        raise ValueError(f"favourable に「{repeated}」が2度あります")
    if len(favourable) >= len(levels):
        raise ValueError("favourable に levels のすべてを書くことはできません")
