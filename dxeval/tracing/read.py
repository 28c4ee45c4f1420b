"""A place -> the numbers in it, each with what it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dxeval.scoring.recount.claim import Claim
from dxeval.scoring.recount.what import What
from dxeval.tracing.claims import claim_of
from dxeval.tracing.known import Known
from dxeval.tracing.mentions import about_of
from dxeval.tracing.names import SHORTEST
from dxeval.tracing.place import Place

DIGITS = re.compile(r"[0-9０-９]+(?:[.,][0-9]+)*")
IN_ORDER = {What.CHOSEN, What.COUNTED}
"""Labels that sentences name in their order."""
AROUND = re.compile(r"(写真：|対象：|委託元：|受託者：)?(.*?)(（写真未収録）)?")
"""What pages write around a typed text."""


@dataclass(frozen=True)
class Found:
    """One number as printed, where it stands in its place, and what it says; None: an orphan."""

    place: Place
    start: int
    end: int
    claim: Claim | None

    @property
    def text(self) -> str:
        """The number as printed."""
        return self.place.text[self.start : self.end]


def read(place: Place, known: Known) -> Iterator[Found]:
    """Yield every number of a place, in order; those that nothing explains without a claim."""
    if DIGITS.search(place.text):
        if place not in known.memo:
            known.memo[place] = [*_read(place, known)]
        yield from known.memo[place]


def _read(place: Place, known: Known) -> Iterator[Found]:
    if source := _source(place, known):
        yield from (Found(place, *m.span(), source) for m in DIGITS.finditer(place.text))
        return
    strange = place.own or (place.item in known.names.of_others and not place.form)
    found = [] if strange else [*_in_order(_explained(place, known))]
    for digits in DIGITS.finditer(place.text):
        if not any(one.start <= digits.start() and digits.end() <= one.end for one in found):
            found.append(Found(place, *digits.span(), _of_others(place, digits, known)))
    numbers = (one for one in found if DIGITS.search(one.text))
    yield from sorted(numbers, key=lambda one: one.start)


def _of_others(place: Place, digits: re.Match[str], known: Known) -> Claim | None:
    """Return that a number is of a kind of question that another package adds; else None."""
    first = place.text.rfind("。", 0, digits.start()) + 1
    last = place.text.find("。", digits.end()) % (len(place.text) + 1)
    for name, module in known.names.of_others.items():
        if name == place.item or name in place.text[first:last]:
            return Claim(What.OWN, place.sessions, name, of=f"設問の種類 {module}")
    return None


def _in_order(found: Iterator[Found]) -> Iterator[Found]:
    """Yield numbers; labels with their place among those of which a sentence says the same."""
    seen: dict[Claim, int] = {}
    for one in sorted(found, key=lambda one: one.start):
        if one.claim is None or one.claim.what not in IN_ORDER:
            yield one
            continue
        nth = seen[one.claim] = seen.get(one.claim, -1) + 1
        yield replace(one, claim=replace(one.claim, of=f"{nth}"))


def _source(place: Place, known: Known) -> Claim | None:
    """Return where all of a text comes from that is not ours: typed, or some cell's own output."""
    if place.own:
        cell = known.cells(place.own).place(place.text)
        return Claim(What.OWN, place.sessions, of=cell) if cell else None
    match = AROUND.fullmatch(place.text)
    text = match[2] if match and not (place.form or place.nth) else ""
    letters = re.sub(r"[\W\d]", "", text)
    told = place.quoted or (match and (match[1] or match[3])) or letters[SHORTEST - 1 :]
    if text in known.names.called or not told:
        return None
    typed = known.typed_of(text, place.sessions)
    return Claim(What.TYPED, of=typed.place) if typed else None


def _explained(place: Place, known: Known) -> Iterator[Found]:
    patterns = known.patterns
    if place.nth:
        yield from _listed(place, known)
        return
    if place.form:
        if match := patterns.forms[place.form].fullmatch(place.text):
            yield from _numbers(match, place, place, known)
        return
    of_one = [(m, False) for p in patterns.of_one for m in p.finditer(place.text)]
    of_all = [(m, True) for p in patterns.of_all for m in p.finditer(place.text)]
    names = [(m, False) for m in known.names.with_digits.finditer(place.text)]
    mentions = [*known.names.mentions.finditer(place.text)]
    taken: list[Found] = []
    every = sorted([*of_one, *of_all, *names], key=lambda m: m[0].start() - m[0].end())
    for match, whole in every:
        about = about_of(match, place, known, [] if whole else mentions)
        for one in _numbers(match, about.about(item="") if whole else about, place, known):
            if not any(one.start < other.end and other.start < one.end for other in taken):
                taken.append(one)
                yield one


def _listed(place: Place, known: Known) -> Iterator[Found]:
    """Yield numbers that are those of a list one after the other, and names between them."""
    what = What.PRINTED if place.nth == What.PRINTED else What.FOUND
    begin = "" if what is What.PRINTED else f"{place.nth}/"
    between = [
        one
        for pattern in (known.names.with_digits, *known.patterns.words)
        for match in pattern.finditer(place.text)
        for one in _numbers(match, place, place, known)
    ]
    names = 0
    for one in sorted(between, key=lambda one: one.start):
        if one.text not in known.names.called:
            yield one
            continue
        claim = Claim(what, place.sessions, place.item, of=f"{begin}name{names}")
        names += 1
        yield replace(one, claim=claim)
    number = 0
    for digits in DIGITS.finditer(place.text):
        if not any(one.start <= digits.start() and digits.end() <= one.end for one in between):
            claim = Claim(what, place.sessions, place.item, of=f"{begin}{number}")
            yield Found(place, *digits.span(), claim)
            number += 1


def _numbers(match: re.Match[str], about: Place, place: Place, known: Known) -> Iterator[Found]:
    """Yield the numbers of one match in a place, by its groups' names, and of the names in it.

    ``about`` is what they are about, since the sentence itself may say so.
    """
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    if item := groups.get("the_item"):
        about = about.about(item=known.names.items[item])
    for name, text in groups.items():
        if not name.startswith("the_"):
            claim = claim_of(name, groups, about, known)
            yield Found(about, *match.span(name), claim)
        elif name == "the_version":
            yield Found(about, *match.span(name), Claim(What.MADE_OF, of=text))
        elif DIGITS.search(text):
            yield Found(about, *match.span(name), _name(text, place, known))


def _name(text: str, place: Place, known: Known) -> Claim | None:
    """Return where a name comes from; None for a session's name where another one is meant."""
    ids = known.names.called.get(text)
    if ids and len(place.sessions) == 1 and not ids & {*place.sessions, *known.answers.left_out}:
        return None
    typed = known.typed_of(text, place.sessions) or known.typed_of(f"{text}。", place.sessions)
    return Claim(What.LABEL, place.sessions, of=typed.place if typed else "data/survey.yaml")
