"""The labels of one column -> the rating scale they are of, its order never a guess."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dxeval.definitions.labels import normalise
from dxeval.drafting.completing import candidates
from dxeval.drafting.ladders import Ladder
from dxeval.drafting.marks import Marked, all_marked, marked, monotonous, unmarked
from dxeval.drafting.ordering import MOST_LEVELS, Ordered, in_order
from dxeval.drafting.ratings import rating
from dxeval.drafting.recognition import Ask, Beside, NoScale, Reason, Recognition, Scale, Sure
from dxeval.drafting.scales_file import fold, known, plain

_NOT_ASKED = {Reason.NO_SCALE, Reason.YES_NO}
_OTHER = ("その他(", "その他:", "other (", "other:")


def recognise(counts: Mapping[str, int]) -> Recognition:
    """Return what the distinct labels of one column are; ``counts`` says how often each stands.

    Blank labels do not count. No label's place is guessed: it stands on one ladder with all others,
    apart from each, or names a number as they do; else the answer is Ask or NoScale.
    """
    beside, rest = _set_aside(label for label in counts if normalise(label))
    with_marks = [marked(label) for label in rest]
    without = [unmarked(label) for label in rest]
    if numbers := rating(with_marks, beside):
        return numbers
    answers: list[Recognition] = []
    for reading in (with_marks, without) if all_marked(with_marks) else (without, with_marks):
        answers.append(_in_words(reading, counts, beside))
        if isinstance(answers[-1], Scale):
            return answers[-1]
    asking = (answer for answer in answers if isinstance(answer, Ask))
    return next(asking, None) or _numbered(with_marks, beside) or answers[0]


def _set_aside(labels: Iterable[str]) -> tuple[Beside, list[str]]:
    """Return the labels that say that nobody answered, or something else, and the rest."""
    missing, other, rest = [], [], []
    for label in labels:
        words = plain(marked(label).words or label)
        if words in known("missing"):
            missing.append(label)
        elif words in known("other") or words.startswith(_OTHER):
            other.append(label)
        else:
            rest.append(label)
    return Beside(tuple(missing), tuple(other)), rest


def _in_words(labels: Sequence[Marked], counts: Mapping[str, int], beside: Beside) -> Recognition:
    groups = _groups(labels)
    shown = tuple(label.label for label in labels)
    found = in_order(list(groups))
    if not isinstance(found, Ordered):
        if found.reason in _NOT_ASKED:
            return NoScale(found.reason, beside)
        return Ask(found.reason, shown, beside, found.proposed)
    if not monotonous(groups[word][0].mark for word in found.words):
        return Ask(Reason.NUMBERS_DISAGREE, shown, beside)
    steps = found.ladder.steps if found.ladder else {}
    if any(fold(marked(label).words) in steps for label in beside.missing):
        return Ask(Reason.MIDDLE_OR_MISSING, (*shown, *beside.missing), beside)
    names = {word: _name(groups[word], counts) for word in found.words}
    aliases = {
        name: spelled for word, name in names.items() if (spelled := _aliases(name, groups[word]))
    }
    return _scale(found, tuple(names.values()), aliases, beside)


def _groups(labels: Sequence[Marked]) -> dict[str, list[Marked]]:
    """Return the labels by their words; those that differ only in case or number are one level."""
    groups: dict[str, list[Marked]] = {}
    names: dict[str, str] = {}
    for label in labels:
        name = names.setdefault(plain(label.words), label.words)
        groups.setdefault(name, []).append(label)
    return groups


def _name(spellings: Sequence[Marked], counts: Mapping[str, int]) -> str:
    """Return the words of a level as they are written most often."""
    written: Counter[str] = Counter()
    for label in spellings:
        written[label.words] += counts[label.label]
    return written.most_common(1)[0][0]


def _aliases(name: str, spellings: Sequence[Marked]) -> tuple[str, ...]:
    forms = dict.fromkeys(normalise(label.label) for label in spellings)
    return tuple(form for form in forms if form != normalise(name))


def _scale(
    found: Ordered, seen: tuple[str, ...], aliases: Mapping[str, tuple[str, ...]], beside: Beside
) -> Scale:
    """Return the scale of the levels ``seen``, completed by the first known one that has them."""
    ladder = found.ladder
    if ladder is None:
        return Scale(found.family, seen, (), (), False, Sure.UNSURE, aliases, (), beside)
    scales = candidates(ladder, seen)
    whole = [scale for scale in scales if len(scale) == len(seen)]
    levels = (whole or scales or [seen])[0]
    favourable, settled = _favourable(ladder, levels)
    return Scale(
        found.family,
        levels,
        tuple(level for level in levels if level not in seen),
        favourable,
        settled,
        _sure(bool(whole), len(scales)),
        aliases,
        tuple(scale for scale in scales if scale != levels),
        beside,
    )


def _sure(whole: bool, scales: int) -> Sure:
    if scales == 1:
        return Sure.WHOLE if whole else Sure.LIKELY
    return Sure.LIKELY if whole else Sure.UNSURE


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


def _numbered(labels: Sequence[Marked], beside: Beside) -> Ask | None:
    """Return Ask for labels of which each has its own number, in the order of the numbers."""
    if not 1 < len(labels) <= MOST_LEVELS or not all_marked(labels):
        return None
    shown = sorted(labels, key=lambda label: label.mark or 0)
    names = tuple(label.label for label in shown)
    return Ask(Reason.NUMBERED, tuple(label.label for label in labels), beside, names)
