"""Words of no family in degrees (``とても忙しい``, ``very curious``): in the order of degrees."""

from collections.abc import Iterator, Sequence

from dxeval.drafting.ladders import DENIED, Ladder, made_of
from dxeval.drafting.scales_file import DEGREES, Language, Poles, Words, fold, middles, vocabulary

FAMILY = "degree"
_POLES: dict[str, Poles] = {"ja": "two", "en": "one"}


def unnamed(labels: Sequence[str]) -> list[Ladder]:
    """Return the ladders of words that all of ``labels`` say in a degree, or as the middle."""
    folded = [fold(label) for label in labels]
    found = []
    for name, language in vocabulary().languages.items():
        rests = {rest for label in folded for rest in _rests(label, language)}
        if len(labels) > 2:
            rests |= set(folded)
        goods = [rest for rest in rests if not DENIED.search(rest)]
        bads = [rest for rest in rests if DENIED.search(rest)]
        pairs = [(good, bad) for good in goods for bad in _denials(good, bads)]
        words = Words(words=(), poles=_POLES[name])
        for pair in (pair for pair in pairs if _may_hold(pair, folded)):
            ladder = made_of([pair], language, FAMILY, "none", words)
            if ladder.steps.keys() >= set(folded):
                found.append(ladder)
    return found


def _may_hold(pair: tuple[str, str | None], folded: Sequence[str]) -> bool:
    """Return whether each label has one of the words in it, or is a middle."""
    return all(label in middles() or any(w in label for w in pair if w) for label in folded)


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
