"""Scales that hold the levels somebody chose: what else the question may have offered."""

from collections.abc import Iterator, Sequence
from itertools import chain

from dxeval.drafting.ladders import DENIED, EXCESS, Ladder
from dxeval.drafting.scales_file import expand, fold

MOST = 4
"""Alternatives that are handed out."""
_PAST = [
    ("ない", "なかった"),
    ("できる", "できた"),
    ("する", "した"),
    ("いる", "いた"),
    ("わかる", "わかった"),
    ("なる", "なった"),
    ("役立つ", "役に立った"),
    ("よい", "よかった"),
]
_BETWEEN = "\x1f"


def candidates(ladder: Ladder, seen: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the known scales that hold all of ``seen``, the levels not seen in their style.

    ``seen`` are labels in their order. Of scales that say the same in other words only the first
    stands for all.
    """
    by_fold = {fold(label): label for label in seen}
    found: dict[tuple[range | None, ...], tuple[str, ...]] = {}
    for scale in _scales(ladder, list(by_fold)):
        folded = [fold(level) for level in scale]
        held = [label for label in folded if label in by_fold] == list(by_fold)
        if held and ladder.order(folded) == folded:
            key = tuple(ladder.steps.get(level) for level in folded)
            levels = [
                by_fold.get(f) or _styled(text, seen) for f, text in zip(folded, scale, strict=True)
            ]
            found.setdefault(key, tuple(levels))
    return sorted(found.values(), key=lambda levels: len(levels) > len(seen))[: MOST + 1]


def _scales(ladder: Ladder, seen: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the ladder's scales, of those made of words the ones whose words were seen."""
    for scale in ladder.typical:
        yield from (tuple(text.split(_BETWEEN)) for text in expand(_BETWEEN.join(scale)))
    language = ladder.language
    if language is None:
        return
    middles = {fold(label) for label in (*ladder.middle, *language.middle)}
    middle = next((label for label in seen if label in middles), language.middle[0])
    for good, bad in ladder.pairs:
        said = any(fold(word) in label for word in (good, bad) if word for label in seen)
        if not said or EXCESS.search(good):
            continue
        denied = bool(bad and DENIED.search(bad))
        opposites = language.opposites if bad and not denied else ()
        negations = language.negations if denied or good.isascii() else ()
        for shape in chain(opposites, negations):
            for text in expand(_BETWEEN.join(shape)):
                made = text.replace("+", good).replace("-", bad or "").replace("0", middle)
                yield tuple(made.split(_BETWEEN))


def _styled(level: str, seen: Sequence[str]) -> str:
    """Return a level not seen in the tense and capitals of those that were."""
    if level.isascii():
        words = [word for label in seen for word in label.split()[1:]]
        if words and all(word[:1].isupper() for word in words):
            return level.title()
        return level.capitalize() if all(label[:1].isupper() for label in seen) else level
    if any(label.endswith(("た", "でした")) for label in seen):
        for present, past in _PAST:
            if level.endswith(present) and not level.endswith("いえない"):
                return level.removesuffix(present) + past
    return level
