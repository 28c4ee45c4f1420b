"""What was asked: items, their ordered levels, and which levels count as favourable."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from dxeval.definitions.labels import normalise, repeats
from dxeval.definitions.spellings import Spelling, check_level, check_spellings, marks
from dxeval.definitions.strict import (
    Count,
    KeyPath,
    Labels,
    Strict,
    Text,
    WrongValueError,
    one_of,
)
from dxeval.definitions.strict_yaml import read_yaml

PLACEHOLDER = "（上の見出しから選んで書く）"
"""What stands in the lines suggested for a new form where its header must be chosen."""
ANYTHING = "*"
"""In ``count_rows`` and ``skip_rows``: whatever is not blank."""
DATE_ORDERS = ("year-month-day", "month-day-year", "day-month-year")
"""Orders in which a form may write its dates; year-month-day is always read."""


MOST_EXTRA_ROWS = 9
"""Rows below a header that are no answers: tools write one or two."""


def _extra_rows(value: object) -> object:
    if isinstance(value, str) and re.fullmatch("[0-9]", value):
        return int(value)
    if not isinstance(value, int):
        raise ValueError(f"0から{MOST_EXTRA_ROWS}の整数（半角数字）が必要です")
    return value


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


class Form(Strict):
    """The column headers that one form tool writes; columns not named here are never kept.

    - ``items`` maps each item that the form asks to its header, or to several where the form
      branches and each person fills one of them; a header stands as often as the file has it.
    - ``optional`` are headers that a file may lack.
    - ``codes`` maps an item to what the form writes instead of its levels (``{"5": 大いに満足}``),
      ``aliases`` to what it writes beside them (``{大いに満足: [最高]}``); ``missing`` lists what
      it writes where nobody answered.
    - ``count_rows``: only rows with one of these values under that header are answers (``*``:
      whatever is not blank); ``skip_rows``: rows with one of these are none.
    - ``extra_header_rows`` is how many rows below the header are no answers.
    - ``date_order`` is the order of day, month and year in ``timestamp``.
    """

    name: Text
    items: dict[Text, Labels] = Field(min_length=1)
    respondent_id: Text | None = None
    timestamp: Text | None = None
    comments: tuple[Text, ...] = ()
    optional: tuple[Text, ...] = ()
    codes: dict[Text, dict[Text, Text]] = Field(default_factory=dict)
    aliases: dict[Text, dict[Text, Labels]] = Field(default_factory=dict)
    missing: tuple[Text, ...] = ()
    count_rows: dict[Text, Labels] = Field(default_factory=dict)
    skip_rows: dict[Text, Labels] = Field(default_factory=dict)
    extra_header_rows: Annotated[int, BeforeValidator(_extra_rows)] = 0
    date_order: Annotated[Text, one_of(*DATE_ORDERS)] = DATE_ORDERS[0]

    @property
    def headers(self) -> tuple[str, ...]:
        """Every declared header, as often as the file must have it."""
        groups = [self.respondent_id, self.timestamp]
        first = [header for header in groups if header is not None]
        items = [header for headers in self.items.values() for header in headers]
        own = [*first, *items, *self.comments]
        rows = dict.fromkeys([*self.count_rows, *self.skip_rows])
        return (*own, *(header for header in rows if header not in own))

    def check_items(self, items: dict[str, Item]) -> None:
        """Raise WrongValueError unless headers, codes and aliases fit the survey's items."""
        if PLACEHOLDER in self.headers:
            raise WrongValueError(
                f"forms「{self.name}」の「{PLACEHOLDER}」を、"
                "ファイルの見出しに書きかえてください（ない行は消します）"
            )
        for item in self.items:
            if item not in items:
                message, expected = "設問にありません", "、".join(items)
                raise WrongValueError(message, "items", item, value=item, expected=expected)
        self._check_headers()
        self._check_rows()
        for key, groups in (("codes", self.codes), ("aliases", self.aliases)):
            for name in groups:
                if name not in items:
                    message, expected = "設問にありません", "、".join(items)
                    raise WrongValueError(message, key, name, value=name, expected=expected)
        for name in self.items:
            self._check_spellings(items[name])

    def reads_as(self, other: Self) -> bool:
        """Return whether both forms read a file in the same way: all but the name is equal."""
        return self.model_copy(update={"name": other.name}) == other

    def asking(self, items: Collection[str]) -> Self:
        """Return the form as it asks these items alone."""
        kept = {name: headers for name, headers in self.items.items() if name in items}
        if len(kept) == len(self.items):
            return self
        own = {header for headers in kept.values() for header in headers}
        gone = {header for headers in self.items.values() for header in headers} - own
        optional = tuple(header for header in self.optional if header not in gone)
        return self.model_copy(update={"items": kept, "optional": optional})

    def _check_headers(self) -> None:
        groups: list[tuple[KeyPath, Sequence[str]]] = [
            (("respondent_id",), (self.respondent_id,) if self.respondent_id else ()),
            (("timestamp",), (self.timestamp,) if self.timestamp else ()),
            *((("items", item), headers) for item, headers in self.items.items()),
            (("comments",), self.comments),
        ]
        seen: set[str] = set()
        for path, headers in groups:
            for header in dict.fromkeys(headers):
                if normalise(header) in seen:
                    message, expected = "見出しが2度あります", "ほかに書いていない見出し"
                    raise WrongValueError(message, *path, value=header, expected=expected)
                seen.add(normalise(header))
        for header in self.optional:
            if header not in self.headers:
                message = "この forms のどの見出しでもありません"
                expected = "、".join(dict.fromkeys(self.headers))
                raise WrongValueError(message, "optional", value=header, expected=expected)
        for item, headers in self.items.items():
            if set(headers) <= set(self.optional):
                message = f"{item}の見出しをすべて書くことはできません"
                expected = "設問ごとに1つは、どのファイルにもある見出し"
                raise WrongValueError(message, "optional", value=headers[0], expected=expected)

    def _check_rows(self) -> None:
        """Raise WrongValueError if no row can count, whatever stands under a header."""
        for header, skipped in self.skip_rows.items():
            counted = self.count_rows.get(header, ())
            if counted and (ANYTHING in skipped or {*counted} <= {*skipped}):
                message = "count_rows と合わせると、どの行も数えません"
                path, expected = ("skip_rows", header), "count_rows に書いた値のほかのもの"
                raise WrongValueError(message, *path, value=skipped[0], expected=expected)

    def _check_spellings(self, item: Item) -> None:
        codes, aliases = self.codes.get(item.name, {}), self.aliases.get(item.name, {})
        for level in aliases:
            check_level(level, item.levels, "aliases", item.name, level)
        for code, level in codes.items():
            check_level(level, item.levels, "codes", item.name, code)
        own = [
            *item.spellings(aliases),
            *(Spelling(code, level, ("codes", item.name, code)) for code, level in codes.items()),
        ]
        check_spellings([*item.spellings(), *marks(item.missing), *own, *marks(self.missing)])


class Questionnaire(Strict):
    """What one programme or session was asked, of all that the survey defines.

    ``items`` and ``forms`` are names; by default every form that asks one of the items.
    """

    id: Text
    items: tuple[Text, ...] = Field(min_length=1)
    forms: tuple[Text, ...] = ()


class Survey(Strict):
    """The whole of ``data/survey.yaml``.

    ``items`` are all questions; ``questionnaires`` say which of them belong together, where not
    every programme was asked all. ``forms`` are what form tools write: an item that a form does
    not name is not asked by it.

    ``resubmission``: which answers count of a respondent who sent several: the ``latest`` or the
    ``first`` by the form's timestamp, or none (``refuse``: the file is refused, as it is for a
    form without a timestamp).
    """

    items: tuple[Item, ...] = Field(min_length=1)
    forms: tuple[Form, ...] = Field(min_length=1)
    questionnaires: tuple[Questionnaire, ...] = ()
    reference_below: Count = 30
    resubmission: Annotated[Text, one_of("refuse", "latest", "first")] = "refuse"

    @model_validator(mode="after")
    def _check(self) -> Self:
        if repeated := repeats(item.name for item in self.items):
            raise ValueError(f"items に「{repeated}」が2度あります")
        items = {item.name: item for item in self.items}
        for place, form in enumerate(self.forms):
            try:
                form.check_items(items)
            except WrongValueError as error:
                raise error.below("forms", place) from None
        self._check_questionnaires(items)
        return self

    def _check_questionnaires(self, items: Mapping[str, Item]) -> None:
        if repeated := repeats(questionnaire.id for questionnaire in self.questionnaires):
            raise ValueError(f"questionnaires に「{repeated}」が2度あります")
        forms = {form.name: form for form in self.forms}
        if self.questionnaires and (repeated := repeats(form.name for form in self.forms)):
            raise ValueError(f"forms に「{repeated}」が2度あります")
        for place, questionnaire in enumerate(self.questionnaires):
            for key, named, known in (
                ("items", questionnaire.items, [*items]),
                ("forms", questionnaire.forms, [*forms]),
            ):
                for i, name in enumerate(named):
                    if name not in known:
                        path = ("questionnaires", place, key, i)
                        message, expected = "survey.yaml にありません", "、".join(known)
                        raise WrongValueError(message, *path, value=name, expected=expected)

    def asked(self, questionnaire: str | None, not_asked: Collection[str] = ()) -> Self:
        """Return the survey with the items and forms of one questionnaire alone.

        ``questionnaire`` is its id, None for the only one (or all items); ``not_asked`` are items
        left out besides. Raises KeyError if there is no such questionnaire.
        """
        known = {found.id: found for found in self.questionnaires}
        chosen = known[questionnaire] if questionnaire is not None else None
        if chosen is None and len(known) == 1:
            (chosen,) = known.values()
        names = chosen.items if chosen else tuple(item.name for item in self.items)
        left = [name for name in names if name not in not_asked]
        if len(left) == len(self.items) and not (chosen and chosen.forms):
            return self
        items = tuple(item for item in self.items if item.name in left)
        wanted = chosen.forms if chosen and chosen.forms else [form.name for form in self.forms]
        forms: list[Form] = []
        for form in (form.asking(left) for form in self.forms if form.name in wanted):
            if form.items and not any(form.reads_as(kept) for kept in forms):
                forms.append(form)
        update = {"items": items, "forms": tuple(forms)}
        return self.model_copy(update=update)

    def item(self, name: str) -> Item:
        """Return the item called ``name``; KeyError if there is none."""
        return {item.name: item for item in self.items}[name]


def read_survey(path: Path, name: str = "data/survey.yaml") -> Survey:
    """Read ``survey.yaml``. Raises DataError."""
    return read_yaml(path, Survey, name)


def check_favourable(favourable: tuple[str, ...], levels: tuple[str, ...]) -> None:
    """Raise ValueError unless ``favourable`` are some of ``levels``, each once, and not all."""
    if unknown := [level for level in favourable if level not in levels]:
        raise ValueError(f"favourable の「{unknown[0]}」は levels にありません")
    if repeated := repeats(favourable):
        raise ValueError(f"favourable に「{repeated}」が2度あります")
    if len(favourable) >= len(levels):
        raise ValueError("favourable に levels のすべてを書くことはできません")
