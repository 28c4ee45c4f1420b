"""Words of no family in degrees: ``とても忙しい``, ``very curious``; their order is the degrees'."""

from collections.abc import Iterator, Sequence

from dxeval.drafting.ladders import (
    DEGREES,
    DENIED,
    Ladder,
    Language,
    Words,
    fold,
    made_of,
    vocabulary,
)

FAMILY = "degree"
_WORDS = Words(words=(), poles="one")


def unnamed(labels: Sequence[str]) -> list[Ladder]:
    """Return the ladders of words that all of ``labels`` say in a degree, or as the middle."""
    folded = [fold(label) for label in labels]
    found = []
    for language in vocabulary().languages.values():
        rests = {rest for label in folded for rest in _rests(label, language)}
        goods = [rest for rest in rests if not DENIED.search(rest)]
        bads = [rest for rest in rests if DENIED.search(rest)]
        pairs = [(good, bad) for good in goods for bad in _denials(good, bads)]
        for good, bad in pairs:
            ladder = made_of([(good, bad)], language, FAMILY, "none", _WORDS)
            if ladder.steps.keys() >= set(folded):
                found.append(ladder)
    return found


def both_ends(ladder: Ladder, labels: Sequence[str]) -> bool:
    """Return whether the words are affirmed and denied, so that it is known which end is more."""
    steps = [ladder.steps[fold(label)] for label in labels]
    return any(s.stop <= DEGREES for s in steps) and any(s.start > DEGREES for s in steps)


def _rests(label: str, language: Language) -> Iterator[str]:
    """Yield what is left of a label without the words of a degree."""
    for degree in {
        word for steps in (language.degrees, language.negating) for s in steps for word in s
    }:
        plain = fold(degree)
        if degree.isascii() and plain:
            if label.startswith(plain + " "):
                yield label.removeprefix(plain + " ")
        elif plain and label.startswith(plain) and len(label) > len(plain) + 1:
            yield label.removeprefix(plain)


def _denials(good: str, bads: Sequence[str]) -> Iterator[str | None]:
    """Yield the words that may deny ``good``: they begin alike."""
    yield None
    yield from (bad for bad in bads if bad[:1] == good[:1])
