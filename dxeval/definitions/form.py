"""What one form tool writes: the headers of its columns, and which rows are answers."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from dxeval.definitions.item import Item, Unsettled
from dxeval.definitions.labels import normalise
from dxeval.definitions.spellings import Spelling, check_level, check_spellings, marks
from dxeval.definitions.strict import Flag, KeyPath, Labels, Strict, Text, WrongValueError, one_of

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


class Form(Strict):
    """The column headers that one form tool writes; columns not named here are never kept.

    - ``items`` maps each item that the form asks to its header, or to several where the form
      branches and each person fills one of them; a header stands as often as the file has it.
    - ``columns`` maps an item with several answers to columns and the level that each stands for,
      where every level has a column of its own.
    - ``optional`` are headers that a file may lack.
    - ``codes`` maps an item to what the form writes instead of its levels (``{"5": 大いに満足}``),
      ``aliases`` to what it writes beside them (``{大いに満足: [最高]}``); ``missing`` lists what
      it writes where nobody answered.
    - ``count_rows``: only rows with one of these values under that header are answers (``*``:
      whatever is not blank); ``skip_rows``: rows with one of these are none.
    - ``extra_header_rows`` is how many rows below the header are no answers.
    - ``date_order`` is the order of day, month and year in ``timestamp``.
    - ``person_id``: an id under ``respondent_id`` means the same person in every session.
    - ``unsettled`` stands in drafts only, which are refused while it does.
    """

    name: Text
    items: dict[Text, Labels] = Field(min_length=1)
    respondent_id: Text | None = None
    timestamp: Text | None = None
    comments: tuple[Text, ...] = ()
    columns: dict[Text, Annotated[dict[Text, Text], Field(min_length=1)]] = Field(
        default_factory=dict
    )
    optional: tuple[Text, ...] = ()
    codes: dict[Text, dict[Text, Text]] = Field(default_factory=dict)
    aliases: dict[Text, dict[Text, Labels]] = Field(default_factory=dict)
    missing: tuple[Text, ...] = ()
    count_rows: dict[Text, Labels] = Field(default_factory=dict)
    skip_rows: dict[Text, Labels] = Field(default_factory=dict)
    extra_header_rows: Annotated[int, BeforeValidator(_extra_rows)] = 0
    date_order: Annotated[Text, one_of(*DATE_ORDERS)] = DATE_ORDERS[0]
    person_id: Flag = False
    unsettled: Unsettled | None = None

    @field_validator("person_id")
    @classmethod
    def _of_a_column(cls, person_id: bool, info: ValidationInfo) -> bool:
        if person_id and not info.data.get("respondent_id"):
            raise ValueError("respondent_id（回が違っても同じ人を指す番号の見出し）も書きます")
        return person_id

    @model_validator(mode="before")
    @classmethod
    def _with_columns(cls, data: object) -> object:
        """Return the data with the headers under ``columns`` among those of ``items``."""
        if not isinstance(data, dict) or not isinstance(columns := data.get("columns"), dict):
            return data
        if not isinstance(items := data.get("items", {}), dict):
            return data
        items = dict(items)
        for item, by in columns.items():
            own = items.get(item, [])
            own = [own] if isinstance(own, str) else own
            if isinstance(by, dict) and isinstance(own, list | tuple):
                items[item] = [*own, *(header for header in by if header not in own)]
        return {**data, "items": items}

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
                key = "columns" if item in self.columns else "items"
                raise WrongValueError(message, key, item, value=item, expected=expected)
        self._check_headers(items)
        self._check_rows()
        labelled = [name for name, item in items.items() if item.labels]
        spread = [name for name, item in items.items() if item.may_spread]
        for key, groups, fitting in (
            ("codes", self.codes, labelled),
            ("aliases", self.aliases, labelled),
            ("columns", self.columns, spread),
        ):
            for name in groups:
                if name not in fitting:
                    other = (
                        "設問にありません"
                        if name not in items
                        else f"{key} を書けない種類の設問です"
                    )
                    expected = "、".join(fitting) or f"{key} を書ける設問は1つもありません"
                    raise WrongValueError(other, key, name, value=name, expected=expected)
        for name, levels in self.columns.items():
            for header, level in levels.items():
                check_level(level, items[name].labels, "columns", name, header)
        for name in self.items:
            self._check_spellings(items[name])

    def reads_as(self, other: Self) -> bool:
        """Return whether both forms read a file in the same way: all but the name is equal."""
        return self.model_copy(update={"name": other.name}) == other

    def asking(self, items: Collection[str]) -> Self:
        """Return the form as it asks these items alone."""
        keys = ("items", "columns", "codes", "aliases")
        kept = {
            key: {name: part for name, part in getattr(self, key).items() if name in items}
            for key in keys
        }
        own = {header for headers in kept["items"].values() for header in headers}
        gone = {header for headers in self.items.values() for header in headers} - own
        optional = tuple(header for header in self.optional if header not in gone)
        return self.model_copy(update={**kept, "optional": optional})

    def _check_headers(self, items: Mapping[str, Item]) -> None:
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
                    item = str(path[-1])
                    spread = header in self.columns.get(item, {})
                    place = ("columns", item, header) if spread else path
                    raise WrongValueError(message, *place, value=header, expected=expected)
                seen.add(normalise(header))
        for header in self.optional:
            if header not in self.headers:
                message = "この forms のどの見出しでもありません"
                expected = "、".join(dict.fromkeys(self.headers))
                raise WrongValueError(message, "optional", value=header, expected=expected)
        for item, headers in self.items.items():
            if set(headers) <= set(self.optional) and not items[item].may_lack:
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
            check_level(level, item.labels, "aliases", item.name, level)
        for code, level in codes.items():
            check_level(level, item.labels, "codes", item.name, code)
        own = [
            *item.spellings(aliases),
            *(Spelling(code, level, ("codes", item.name, code)) for code, level in codes.items()),
        ]
        check_spellings([*item.spellings(), *marks(item.missing), *own, *marks(self.missing)])
