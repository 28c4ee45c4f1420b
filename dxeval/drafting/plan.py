"""What a draft is made of: parts with keys as they will stand in the file, and their doubts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

Value = str | tuple[str, ...] | Mapping[str, object]
"""What stands behind a key of the file."""


@dataclass(frozen=True)
class Doubt:
    """What a person must settle of a part: a ``sentence`` that says what to check.

    ``asks`` and ``options`` put it as a question: each answer with the keys that it changes (None:
    taken out); none where only the file can be changed. Doubts of the same ``key`` are settled
    together. Heavier ones are asked first.
    """

    key: str
    sentence: str
    weight: int = 0
    asks: str = ""
    options: Mapping[str, Mapping[str, Value | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A question or a form: its keys, doubts, and lines of remarks to stand above it."""

    keys: Mapping[str, Value]
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name by which a file calls it."""
        return str(self.keys["name"])

    @property
    def unsettled(self) -> str | None:
        """What is to be checked, None if everything is certain."""
        return "".join(doubt.sentence for doubt in self.doubts) or None

    def doubting(self, *doubts: Doubt) -> "Part":
        """Return the part with more doubts."""
        return replace(self, doubts=(*self.doubts, *doubts))

    def answered(self, key: str, choice: str) -> "Part":
        """Return the part as an answer settles its doubt of this key; itself if it has none."""
        for doubt in self.doubts:
            if doubt.key == key:
                keys = {**self.keys, **doubt.options[choice]}
                kept = {name: value for name, value in keys.items() if value is not None}
                rest = tuple(other for other in self.doubts if other is not doubt)
                return replace(self, keys=kept, doubts=rest)
        return self


@dataclass(frozen=True)
class Asked:
    """A question of the draft: the headers under which it stands, ``by_column`` a label each."""

    part: Part
    headers: tuple[str, ...]
    by_column: Mapping[str, str] = field(default_factory=dict)
    attribute: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the export: ``what`` it was taken for, ``why``, and whether it is ``kept``."""

    header: str
    what: str
    why: str
    kept: bool


@dataclass(frozen=True)
class Plan:
    """All that the draft of an export will say."""

    asked: tuple[Asked, ...]
    form: Part
    columns: tuple[Column, ...]

    def doubts(self) -> Iterable[Doubt]:
        """Yield every doubt, the form's first."""
        for part in (self.form, *(asked.part for asked in self.asked)):
            yield from part.doubts

    def answered(self, key: str, choice: str) -> "Plan":
        """Return the plan with every doubt of this key settled."""
        asked = tuple(replace(asked, part=asked.part.answered(key, choice)) for asked in self.asked)
        return replace(self, asked=asked, form=self.form.answered(key, choice))
