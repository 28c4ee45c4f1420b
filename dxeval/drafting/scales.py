"""The labels of one column -> the rating scale they are of, its order never a guess."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dxeval.definitions.labels import normalise
from dxeval.drafting.completing import candidates
from dxeval.drafting.ladders import Ladder, fold, known, ladders, middles, plain
from dxeval.drafting.marks import Marked, all_marked, marked, monotonous, unmarked
from dxeval.drafting.measures import measured
from dxeval.drafting.ratings import rating
from dxeval.drafting.recognition import (
    Ask,
    Beside,
    NoScale,
    Reason,
    Recognition,
    Scale,
    Sure,
)
from dxeval.drafting.unnamed import FAMILY as UNNAMED
from dxeval.drafting.unnamed import both_ends, unnamed

MOST_LEVELS = 11
"""Labels of one scale; what has more is no scale in words."""


def recognise(counts: Mapping[str, int]) -> Recognition:
    """Return what the distinct labels of one column are; ``counts`` says how often each stands.

    Blank labels do not count. No label's place is guessed: it stands on one ladder with all others,
    apart from each, or the answer is Ask.
    """
    labels = [label for label in counts if normalise(label)]
    beside, rest = _set_aside(labels)
    if not rest:
        return NoScale(Reason.NO_SCALE, beside)
    if found := rating([marked(label) for label in rest], beside):
        return found
    with_marks = [marked(label) for label in rest]
    without = [unmarked(label) for label in rest]
    found: Recognition = NoScale(Reason.NO_SCALE, beside)
    for reading in (with_marks, without) if all_marked(with_marks) else (without, with_marks):
        other = _in_words(reading, counts, beside)
        if isinstance(other, Scale):
            return other
        found = other if isinstance(found, NoScale) else found
    if isinstance(found, Ask):
        return found
    parts = sorted((marked(label) for label in rest), key=lambda part: part.mark or 0)
    if _numbered(parts):
        return Ask(Reason.NUMBERED, tuple(rest), beside, tuple(part.label for part in parts))
    return found


def _set_aside(labels: Iterable[str]) -> tuple[Beside, list[str]]:
    """Return the labels that say that nobody answered, or something else, and the rest."""
    missing, other, rest = [], [], []
    for label in labels:
        words = plain(marked(label).words or label)
        if words in known("missing"):
            missing.append(label)
        elif words in known("other") or words.startswith(
            ("その他(", "その他:", "other (", "other:")
        ):
            other.append(label)
        else:
            rest.append(label)
    return Beside(tuple(missing), tuple(other)), rest


def _in_words(labels: Sequence[Marked], counts: Mapping[str, int], beside: Beside) -> Recognition:
    groups = _groups(labels)
    words = list(groups)
    shown = tuple(label.label for label in labels)
    if len(words) > MOST_LEVELS:
        return NoScale(Reason.NO_SCALE, beside)
    if len(words) <= 2 and {plain(word) for word in words} <= known("yes_no"):
        return NoScale(Reason.YES_NO, beside)
    fitting = [ladder for ladder in _holding(words) if _order(ladder, words)]
    orders = {tuple(_order(ladder, words) or ()) for ladder in fitting}
    if len(orders) > 1:
        return Ask(Reason.TWO_SCALES, shown, beside)
    if not fitting or len(words) < 2:
        return _measured(words, groups, counts, beside) or _not_ordered(words, shown, beside)
    (ordered,) = orders
    if not monotonous(groups[word][0].mark for word in ordered):
        return Ask(Reason.NUMBERS_DISAGREE, shown, beside)
    if any(_is_level(fitting[0], label) for label in beside.missing):
        return Ask(Reason.MIDDLE_OR_MISSING, (*shown, *beside.missing), beside)
    if fitting[0].family == UNNAMED and not both_ends(fitting[0], ordered):
        return Ask(Reason.UNKNOWN_ENDS, shown, beside, tuple(ordered))
    return _scale(fitting[0], ordered, groups, counts, beside)


def _measured(
    words: Sequence[str],
    groups: Mapping[str, list[Marked]],
    counts: Mapping[str, int],
    beside: Beside,
) -> Scale | None:
    """Return the scale of labels that name numbers, None of others; nothing says which is better."""
    found = measured(words)
    if found is None:
        return None
    family, order = found
    names = {word: _name(groups[word], counts) for word in order}
    aliases = {name: s for word, name in names.items() if (s := _aliases(name, groups[word]))}
    return Scale(family, tuple(names.values()), (), (), False, Sure.UNSURE, aliases, (), beside)


def _groups(labels: Sequence[Marked]) -> dict[str, list[Marked]]:
    """Return the labels by their words; those that differ only in case or number are one level."""
    groups: dict[str, list[Marked]] = {}
    names: dict[str, str] = {}
    for label in labels:
        key = plain(label.words)
        groups.setdefault(names.setdefault(key, label.words), []).append(label)
    return groups


def _holding(words: Sequence[str]) -> list[Ladder]:
    """Return the ladders on which all of ``words`` stand; those without a name only if no other."""
    folded = {fold(word) for word in words}
    return [ladder for ladder in ladders() if folded <= ladder.steps.keys()] or unnamed(words)


def _order(ladder: Ladder, words: Sequence[str]) -> list[str] | None:
    by_fold = {fold(word): word for word in words}
    if len(by_fold) < len(words):
        return None
    ordered = ladder.order(list(by_fold))
    return [by_fold[label] for label in ordered] if ordered else None


def _is_level(ladder: Ladder, label: str) -> bool:
    return fold(marked(label).words) in ladder.steps


def _not_ordered(words: Sequence[str], shown: tuple[str, ...], beside: Beside) -> Recognition:
    """Return Ask where two labels are of one scale, or one is a middle; else NoScale."""
    folded = {fold(word) for word in words}
    if len(words) < 2:
        return NoScale(Reason.NO_SCALE, beside)
    if any(plain(word) in known("doubtful") for word in words):
        return Ask(Reason.MIDDLE_OR_MISSING, shown, beside)
    if _holding(words):
        return Ask(Reason.UNDECIDED_ORDER, shown, beside)
    if folded & middles() or any(len(folded & ladder.steps.keys()) > 1 for ladder in ladders()):
        return Ask(Reason.UNKNOWN_LABELS, shown, beside)
    return NoScale(Reason.NO_SCALE, beside)


def _scale(
    ladder: Ladder,
    ordered: Sequence[str],
    groups: Mapping[str, list[Marked]],
    counts: Mapping[str, int],
    beside: Beside,
) -> Scale:
    names = {word: _name(groups[word], counts) for word in ordered}
    seen = tuple(names.values())
    scales = candidates(ladder, seen)
    whole = [scale for scale in scales if len(scale) == len(seen)]
    levels = (whole or scales or [seen])[0]
    others = tuple(scale for scale in scales if scale != levels)
    favourable, settled = _favourable(ladder, levels)
    return Scale(
        ladder.family,
        levels,
        tuple(level for level in levels if level not in seen),
        favourable,
        settled,
        _sure(bool(whole), scales),
        {name: s for word, name in names.items() if (s := _aliases(name, groups[word]))},
        others,
        beside,
    )


def _sure(whole: bool, scales: Sequence[tuple[str, ...]]) -> Sure:
    if len(scales) == 1:
        return Sure.WHOLE if whole else Sure.LIKELY
    return Sure.LIKELY if whole else Sure.UNSURE


def _name(spellings: Sequence[Marked], counts: Mapping[str, int]) -> str:
    """Return the words of a level as they are written most often."""
    written: Counter[str] = Counter()
    for label in spellings:
        written[label.words] += counts[label.label]
    return written.most_common(1)[0][0]


def _aliases(name: str, spellings: Sequence[Marked]) -> tuple[str, ...]:
    forms = dict.fromkeys(normalise(label.label) for label in spellings)
    return tuple(form for form in forms if form != name)


def _favourable(ladder: Ladder, levels: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Return the levels proposed as favourable, and whether that follows from the scale alone.

    Those above the middle, half of all at the most; or the one that is just right.
    """
    if ladder.better == "middle":
        right = tuple(level for level in levels if fold(level) in ladder.middle)
        return right, bool(right)
    if ladder.better == "none":
        return (), False
    above = [level for level in levels if ladder.steps[fold(level)].stop <= ladder.above]
    half = len(levels) // 2
    return tuple(above[:half]), len(above) <= half


def _numbered(parts: Sequence[Marked]) -> bool:
    marks = {part.mark for part in parts if part.mark is not None and part.words}
    return 1 < len(parts) <= MOST_LEVELS and len(marks) == len(parts)
