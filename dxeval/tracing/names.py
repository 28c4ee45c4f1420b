"""Names that pages use: of questions, labels, sessions, values; and where each was typed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dxeval import __version__
from dxeval.definitions.item import Item
from dxeval.definitions.programme import date_text, session_label
from dxeval.definitions.visible import visible
from dxeval.problems import shorten
from dxeval.reading.not_counted import value_text
from dxeval.scoring.recount.claim import Answers

CUT = 24
"""After so many letters sentences cut names (`wording.LABEL_SHOWN`, `lead_across.NAME_SHOWN`)."""
SHORTEST = 4
"""A typed text of fewer letters beside its digits is no name inside a sentence: ``3人``."""
OURS = "dxeval."
NUMBER = r"(?<![\d.])-?\d+(?:\.\d+)?(?!\d)"


def one_line(text: str) -> str:
    """Return a text as a page shows it, any run of space as one."""
    return " ".join(visible(text).split())


@dataclass(frozen=True)
class Names:
    """Names by how they are shown; ``typed`` are texts and where they were typed."""

    answers: Answers
    typed: Mapping[str, str]

    @property
    def _items(self) -> list[Item]:
        return [*self.answers.survey.items, *self.answers.survey.attributes]

    @cached_property
    def items(self) -> dict[str, str]:
        """Items' names, cut or not."""
        cut = {one_line(shorten(item.name, CUT)): item.name for item in self._items}
        return cut | {one_line(item.name): item.name for item in self._items}

    @cached_property
    def of_others(self) -> dict[str, str]:
        """Questions of kinds that other packages add, with the module that shows them."""
        return {item.name: item.home for item in self._items if not item.home.startswith(OURS)}

    @cached_property
    def levels(self) -> dict[str, dict[str, str]]:
        """The labels of each item, cut or not."""
        return {
            item.name: {one_line(shorten(label, CUT)): label for label in item.labels}
            | {one_line(label): label for label in item.labels}
            for item in self._items
        }

    @cached_property
    def labels(self) -> dict[str, list[str]]:
        """The ids of the sessions by the labels that pages call them by."""
        found: dict[str, list[str]] = {}
        for session in (*self.answers.sessions.values(), *self.answers.apart.values()):
            label = one_line(session_label(session, self.answers.programme))
            found.setdefault(label, []).append(session.id)
        return found

    @cached_property
    def called(self) -> dict[str, set[str]]:
        """The ids of the sessions by all that names one: label, heading, title."""
        found: dict[str, set[str]] = {label: {*ids} for label, ids in self.labels.items()}
        ids = (*self.answers.sessions, *self.answers.left_out)
        found |= {id_: {id_} for id_ in ids if re.search(r"[^\W\d]", id_)}
        for session in (*self.answers.sessions.values(), *self.answers.apart.values()):
            for text in (session.label, session.heading):
                found.setdefault(one_line(text), set()).add(session.id)
        return found

    @cached_property
    def values(self) -> dict[str, str]:
        """Header and value of rows that do not count."""
        return {
            one_line(value_text(value)): f"{header}\0{value}"
            for scores in self.answers.scores.values()
            for header, value in scores.uncounted.not_counted
        }

    @cached_property
    def every_level(self) -> set[str]:
        """All labels of all items."""
        return {text for labels in self.levels.values() for text in labels}

    def filled(self, pattern: str) -> re.Pattern[str]:
        """Return a pattern with a number for ``N`` and these names for ``<item>`` and so on."""
        text = re.sub(r"(?<![A-Za-z_<])N(?![A-Za-z_>])", lambda _: NUMBER, pattern)
        known: dict[str, Iterable[str]] = {
            "item": self.items,
            "level": self.every_level,
            "session": self.labels,
            "value": self.values,
            "version": [__version__],
        }
        for name, names in known.items():
            text = text.replace(f"<{name}>", f"(?P<the_{name}>{_any_of(names)})")
        return re.compile(text)

    @cached_property
    def mentions(self) -> re.Pattern[str]:
        """Whatever is named: item, level in its quotes, session."""
        begin, end = (
            r"(?:^|(?<=[、。・（「＊はがの 　]))",
            r"(?=＊?(?:[はがのをにと「（：、。・ ]|$))",
        )
        return self.filled(f"「<level>」|{begin}<item>{end}|<session>")

    @cached_property
    def with_digits(self) -> re.Pattern[str]:
        """Names and typed texts that hold a digit and something else, inside sentences."""
        names = {*self.items, *self.called, *self.every_level, *self.values}
        report = self.answers.programme.report
        names |= {one_line(text) for text in (report.title, report.chapter) if text}
        day = [date_text(report.date, weekday=False)] if report.date else []
        dated = _any_of([one_line(text) for text in (report.year, *day) if text])
        typed = {t for t in self.typed if len(re.sub(r"[\W\d]", "", t)) >= SHORTEST}
        typed |= {text for text, place in self.typed.items() if place.startswith("notebooks/")}
        ends = {text.removesuffix("。") for text in typed}
        some = {t for t in names | typed | ends if re.search(r"\d", t) and re.search(r"[^\W\d]", t)}
        bare = {text for text in names if re.fullmatch(NUMBER, text)}
        return re.compile(
            rf"(?<![\d.])(?P<the_any>{_any_of(some)})(?!\d)"
            rf"|(?<=「)(?P<the_bare>{_any_of(bare)})(?=」)|(?<!\w)(?P<the_dated>{dated})(?!\w)"
        )


def _any_of(names: Iterable[str]) -> str:
    """Return a pattern of any of the names, the longest first; of none, one that never fits."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)"
