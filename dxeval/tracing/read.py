"""A place -> the numbers in it, each with what it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from dxeval.scoring.claim import Claim, What
from dxeval.tracing.known import Known, one_line
from dxeval.tracing.place import Place

DIGITS = re.compile(r"[0-9０-９]+(?:[.,][0-9]+)*")


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
    if not DIGITS.search(place.text):
        return
    if place.own:
        claim = Claim(What.OWN, place.sessions, of=place.own)
        yield from (Found(place, *m.span(), claim) for m in DIGITS.finditer(place.text))
        return
    if place.text in known.typed:
        claim = Claim(What.TYPED, of=known.typed[place.text].place)
        yield from (Found(place, *m.span(), claim) for m in DIGITS.finditer(place.text))
        return
    found = sorted(_explained(place, known), key=lambda one: (one.start, one.end))
    taken = [range(one.start, one.end) for one in found]
    for digits in DIGITS.finditer(place.text):
        if not any(digits.start() in span and digits.end() - 1 in span for span in taken):
            found.append(Found(place, *digits.span(), None))
    yield from sorted(found, key=lambda one: one.start)


def _explained(place: Place, known: Known) -> Iterator[Found]:
    if place.form:
        if match := known.forms[place.form].fullmatch(place.text):
            yield from _numbers(match, place, known, [])
        return
    mentions = [*known.mentions.finditer(place.text)]
    matches = [*chain.from_iterable(p.finditer(place.text) for p in known.sentences)]
    names = [*known.with_digits.finditer(place.text)]
    taken: list[range] = []
    for match in sorted([*matches, *names], key=lambda m: (m.start() - m.end(), m.start())):
        for one in _numbers(match, place, known, mentions):
            if not any(one.start < span.stop and span.start < one.end for span in taken):
                taken.append(range(one.start, one.end))
                yield one


def _numbers(
    match: re.Match[str], place: Place, known: Known, mentions: list[re.Match[str]]
) -> Iterator[Found]:
    """Yield the numbers of one match, by its groups' names."""
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    if "the_any" in groups:
        yield Found(place, *match.span(), Claim(What.LABEL, of=_source(groups["the_any"], known)))
        return
    about = _about(match, groups, place, known, mentions)
    for name in groups:
        if not name.startswith("the_"):
            yield Found(place, *match.span(name), _claim(name, groups, about, known))


def _source(text: str, known: Known) -> str:
    return known.typed[text].place if text in known.typed else "data/survey.yaml"


def _about(
    match: re.Match[str],
    groups: dict[str, str],
    place: Place,
    known: Known,
    mentions: list[re.Match[str]],
) -> Place:
    """Return the place with what the sentence itself names, there or before."""
    item, sessions = place.item, place.sessions
    levels: list[str] = []
    for mention in mentions:
        if mention.end() > match.end() or (
            mention.start() >= match.start() and groups.keys() & {"the_level"}
        ):
            break
        named = mention.groupdict()
        if named["the_item"]:
            item, levels = known.items[named["the_item"]], []
        elif named["the_session"]:
            sessions = _session(named["the_session"], place, known)
        elif named["the_level"]:
            levels.append(named["the_level"])
    if text := groups.get("the_item"):
        item = known.items[text]
    if text := groups.get("the_session"):
        sessions = _session(text, place, known)
    labels = known.levels.get(item, {})
    chosen = [labels[level] for level in levels if level in labels]
    if text := groups.get("the_level"):
        chosen = [labels.get(text, text)]
    return place.about(item=item, sessions=sessions, levels=(*(chosen or place.levels),))


def _session(label: str, place: Place, known: Known) -> tuple[str, ...]:
    ids = known.labels.get(one_line(label), [])
    inside = [one for one in ids if one in place.sessions]
    return tuple((inside or ids)[:1])


def _claim(name: str, groups: dict[str, str], about: Place, known: Known) -> Claim:
    what, item, sessions = re.sub(r"_\d$", "", name), about.item, about.sessions
    match what:
        case "own_span":
            return Claim(What.SPAN, sessions, item, of="own")
        case "each" | "each_share":
            first = (*known.levels.get(item, {}).values(),)[:1]
            return Claim(What.COUNT if what == "each" else What.SHARE, sessions, item, first)
        case "ours" | "ours_share":
            plain, good = {"ours": (What.COUNT, What.FAVOURABLE)}.get(
                what, (What.SHARE, What.FAVOURABLE_SHARE)
            )
            return Claim(plain if about.levels else good, sessions, item, about.levels)
        case "sessions_blank" | "sessions_not_asked":
            return Claim(What(what.replace("sessions", "items")), sessions, of="sessions")
        case "near_share":
            return Claim(What.NEAR_SHARE, sessions, item, (groups["near_count"],), about.of)
        case "near_count" | "published":
            levels = about.levels if what == "published" else ()
            return Claim(What(what), sessions, item, levels, about.of)
        case "rows_of_value":
            return Claim(What.ROWS_OF_VALUE, sessions, of=known.values[groups["the_value"]])
        case "low_of_all" | "high_of_all" if "items_lowest" in groups:
            return Claim(What(what), sessions)
        case "below" | "full" | "shares" | "items_lowest" | "lowest_more":
            return Claim(What(what), sessions)
    kind = What(what)
    whole = {What.SHOWN, What.WRITTEN}
    levels = (
        about.levels if kind in {What.COUNT, What.SHARE, What.LEVELS_MORE, What.PEOPLE_MORE} else ()
    )
    return Claim(kind, sessions, item if kind not in whole else about.item, levels)
