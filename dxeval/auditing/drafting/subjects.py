"""What a report's words are about: which session, which question; nothing where it is not told."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dxeval.auditing.drafting.blocks import folded
from dxeval.definitions.item import Labelled
from dxeval.definitions.labels import normalise
from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.survey import Survey

_NUMERALS = {numeral: i for i, numeral in enumerate("一二三四五六七八九十", 1)}
_NUMBER = re.compile(r"第\s*(\d{1,2}|[一二三四五六七八九十])\s*回")
_MARK = re.compile("[①-⑳]")
WHICH = "どの回か"
WHICH_ITEM = "どの設問か"


@dataclass(frozen=True)
class Reference:
    """How a session is named: the mark and the words of its programme, its number."""

    mark: str
    words: str
    number: int


def reference(typed: str, before: str = "") -> Reference | None:
    """Return the one session that a text names; ``before`` are words of its programme elsewhere."""
    text = folded(typed)
    numbers = {_NUMERALS.get(found) or int(found) for found in _NUMBER.findall(text)}
    if len(numbers) != 1:
        return None
    words = before or typed[: min(found.start() for found in _NUMBER.finditer(text))]
    marks = _MARK.findall(words)
    return Reference(marks[0] if marks else "", re.sub(r"[\s(（]+$", "", words), numbers.pop())


@dataclass
class Subjects:
    """What is known of sessions and questions: by a workspace, or by the report itself.

    ``items``: the levels of each question, none where only its name is known. Without a workspace
    a session is called as the report calls it (``①第1回``).
    """

    sessions: Sequence[Session] = ()
    programme: ProgrammeFile | None = None
    items: Mapping[str, Sequence[str]] = field(default_factory=dict)
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _named: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, survey: Survey, programme: ProgrammeFile, sessions: Sequence[Session]
    ) -> "Subjects":
        """Return what a workspace knows."""
        labelled = [item for item in survey.items if isinstance(item, Labelled)]
        spelt = {item.name: {normalise(label): label for label in item.labels} for item in labelled}
        items = {item.name: item.labels for item in labelled}
        others = {i.name: () for i in survey.items if i.name not in items}
        return cls(sessions, programme, {**items, **others}, spelt)

    def session(self, named: Reference | None) -> str:
        """Return the id of the session that is named; empty where several may be, or none."""
        if named is None:
            return ""
        if self.programme is None:
            return self._called(named)
        found = [s for s in self.sessions if s.number == named.number and self._fits(s, named)]
        return found[0].id if len(found) == 1 else ""

    def _called(self, named: Reference) -> str:
        if named.mark:
            return f"{named.mark}第{named.number}回"
        first = self._named.setdefault(named.number, named.words)
        return f"第{named.number}回" if first == named.words or not named.words else ""

    def _fits(self, session: Session, named: Reference) -> bool:
        if self.programme is None:
            return False
        programme = self.programme.programme(session.programme)
        if named.mark:
            return programme.mark == named.mark
        others = [
            p for p in self.programme.programmes if normalise(p.title) in normalise(named.words)
        ]
        return programme in others if others else len(self.programme.programmes) == 1

    def names(self, found: Iterable[str]) -> None:
        """Take names of questions from a report's own tables, where no workspace knows any."""
        if self.programme is None:
            self.items = {**dict.fromkeys(found, ()), **self.items}

    def item_named(self, text: str) -> str:
        """Return the last question whose name stands in a text."""
        places = {name: normalise(text).rfind(normalise(name)) for name in self.items}
        there = [name for name, place in places.items() if place >= 0]
        return max(there, key=lambda name: (places[name], len(name)), default="")

    def called(self, name: str) -> str:
        """Return a question as it is known; the name itself where no workspace knows any."""
        known = {normalise(item): item for item in self.items}
        return known.get(normalise(name), "" if self.programme is not None else name)

    def item_of(self, levels: Sequence[str]) -> str:
        """Return the one question that has all of the levels, or whose name these words repeat."""
        if not levels:
            return ""
        if self.programme is not None:
            wanted = {normalise(level) for level in levels}
            found = [name for name, spelt in self.aliases.items() if wanted <= {*spelt}]
        else:
            found = [name for name in self.items if _repeats(levels, name)]
        return found[0] if len(found) == 1 else ""

    def spelt(self, item: str, levels: Sequence[str]) -> tuple[tuple[str, ...], bool]:
        """Return levels as the workspace spells them, and whether it has all of them."""
        known = self.aliases.get(item)
        if not known:
            return tuple(levels), True
        return tuple(known.get(normalise(level), level) for level in levels), all(
            normalise(level) in known for level in levels
        )


def _repeats(levels: Sequence[str], name: str) -> bool:
    stem = normalise(name).rstrip("度感")
    return len(stem) > 1 and all(stem in normalise(level) for level in levels)
