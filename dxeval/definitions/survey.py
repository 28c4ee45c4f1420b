"""What was asked: the whole of ``data/survey.yaml``."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from dxeval.definitions.form import Form
from dxeval.definitions.item import Item
from dxeval.definitions.kinds import AnyItem
from dxeval.definitions.labels import normalise, repeats
from dxeval.definitions.strict import Count, Strict, Text, WrongValueError, one_of
from dxeval.definitions.strict_yaml import read_yaml


class Questionnaire(Strict):
    """What one programme or session was asked, of all that the survey defines.

    ``items`` and ``forms`` are names; by default every form that asks one of the items.
    """

    id: Text
    items: tuple[Text, ...] = Field(min_length=1)
    forms: tuple[Text, ...] = ()


class Survey(Strict):
    """The whole of ``data/survey.yaml``.

    ``items`` are all questions; ``attributes`` are questions about the respondents themselves,
    kept with the answers and shown only where a notebook asks for groups; ``questionnaires`` say
    which items belong together, where not every programme was asked all. ``forms`` are what form
    tools write: an item that a form does not name is not asked by it.

    ``resubmission``: which answers count of a respondent who sent several: the ``latest`` or the
    ``first`` by the form's timestamp, or none (``refuse``: the file is refused, as it is for a
    form without a timestamp).
    """

    items: tuple[AnyItem, ...] = Field(min_length=1)
    attributes: tuple[AnyItem, ...] = ()
    forms: tuple[Form, ...] = Field(min_length=1)
    questionnaires: tuple[Questionnaire, ...] = ()
    reference_below: Count = 30
    resubmission: Annotated[Text, one_of("refuse", "latest", "first")] = "refuse"

    @model_validator(mode="after")
    def _check(self) -> Self:
        self._check_names()
        for place, item in enumerate(self.attributes):
            if not item.may_group:
                message, expected = (
                    "attributes には書けない種類です",
                    "scale、rating、choice、number",
                )
                path = ("attributes", place, "kind")
                raise WrongValueError(message, *path, value=item.kind, expected=expected)
        items = {item.name: item for item in self.read}
        for place, form in enumerate(self.forms):
            try:
                form.check_items(items)
            except WrongValueError as error:
                raise error.below("forms", place) from None
        self._check_questionnaires({item.name: item for item in self.items})
        return self

    @property
    def read(self) -> tuple[Item, ...]:
        """All that is read of an export: items, then attributes."""
        return (*self.items, *self.attributes)

    def _check_names(self) -> None:
        seen: set[str] = set()
        for key, items in (("items", self.items), ("attributes", self.attributes)):
            for place, item in enumerate(items):
                if (name := normalise(item.name)) in seen:
                    where = "items" if key == "items" else "items と attributes"
                    message, expected = f"{where} に「{item.name}」が2度あります", "ほかにない名前"
                    path = (key, place, "name")
                    raise WrongValueError(message, *path, value=item.name, expected=expected)
                seen.add(name)

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
        attributes = [item.name for item in self.attributes]
        if len(left) == len(self.items) and not (chosen and chosen.forms):
            return self
        items = tuple(item for item in self.items if item.name in left)
        wanted = chosen.forms if chosen and chosen.forms else [form.name for form in self.forms]
        forms: list[Form] = []
        for form in (
            form.asking([*left, *attributes]) for form in self.forms if form.name in wanted
        ):
            if form.items and not any(form.reads_as(kept) for kept in forms):
                forms.append(form)
        update = {"items": items, "forms": tuple(forms)}
        return self.model_copy(update=update)

    def item(self, name: str) -> Item:
        """Return the item called ``name``; KeyError if there is none."""
        return {item.name: item for item in self.read}[name]


def read_survey(path: Path, name: str = "data/survey.yaml") -> Survey:
    """Read ``survey.yaml``. Raises DataError."""
    return read_yaml(path, Survey, name)
