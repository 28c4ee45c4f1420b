"""One column of answers -> a question of some kind, with what is not certain of it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dxeval.definitions.contact import has_contact
from dxeval.definitions.labels import normalise
from dxeval.definitions.person import WITHHELD, quotable
from dxeval.drafting import parts
from dxeval.drafting.head import FULL_NAME
from dxeval.drafting.headers import About, has_no_order, range_of, says, unit_of
from dxeval.drafting.ladders import ladders_near
from dxeval.drafting.marks import marked
from dxeval.drafting.plan import Doubt, Part
from dxeval.drafting.recognition import Ask, NoScale, Rating, Reason, Recognition, Scale
from dxeval.drafting.scales import recognise
from dxeval.drafting.scales_file import fold
from dxeval.drafting.separating import SEPARATORS, all_end, options_of

MOST_LEVELS = 30
"""Labels of one question; what has more is written by people."""
LONGEST_LEVEL = 80
SHORT = 20
"""Characters of a label as a rule; what is longer and rarely said twice is a comment."""
OFTEN_CHOSEN = 0.7
"""Different labels per answer, at the most, where short ones are options."""
SHORTEST_OWN = 6
"""Characters of a label that is no level and may yet be one that nobody knows."""
_AMOUNT = re.compile(
    r"^(?!第).*(?:未満|以上|以下|以内|超|[〜~～+-]|代|年|月|日|時間|分|回|人|名|件|冊|台|円|%|％|なし|ない|"
    r"more|less|under|over|than|never|none|times?|hours?|days?|weeks?|months?|years?)",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:特に|とくに)?(?:なし|無し|ない|無い|ないです|ありません|ありませんでした|ございません)[。.]?"
    r"|none\.?|nothing\.?|no\.?|n/?a",
    re.IGNORECASE,
)
"""What many write alike where they have nothing to say."""
_TEXT_OR_ELSE = Doubt("text", "自由記述か、選択肢か、数かを確かめる。")
_PLAIN = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")


def answered(header: str, cells: Sequence[str]) -> Part:
    """Return the question that cells, none of them blank, answer; without its name."""
    counts = _counts(cells)
    if all_end(counts):
        return _ended(header, counts)
    declared = says(header, About.SEVERAL)
    many = len(counts) > MOST_LEVELS
    found: Recognition = NoScale(Reason.NO_SCALE) if many else recognise(counts)
    if declared or isinstance(found, Ask | NoScale):
        several = _several(header, counts, declared)
        if several:
            return several
    if isinstance(found, Rating):
        return _rating_or_number(header, found, counts)
    if isinstance(found, Scale) and not all(map(_PLAIN.fullmatch, counts)):
        return _scale(header, found)
    if isinstance(found, Scale):
        return _number(header)
    return _many(header, counts) if many else _in_words(header, counts, found)


def _counts(cells: Sequence[str]) -> Counter[str]:
    """Return how often each answer stands there, as it is first written."""
    written: dict[str, str] = {}
    return Counter(written.setdefault(normalise(cell), cell.strip()) for cell in cells)


def _several(header: str, counts: Mapping[str, int], declared: bool) -> Part | None:
    if says(header, About.OWN_WORDS) and not declared:
        return None
    found = options_of(counts, declared)
    return parts.several(found) if found and _writable(header, tuple(found.options)) else None


def _ended(header: str, counts: Mapping[str, int]) -> Part:
    """Return the question of cells that all end with a separator; what may be a name is other."""
    found = options_of(counts, False)
    if not found or found.separator != SEPARATORS[0]:
        return parts.text(_TEXT_OR_ELSE)
    options = {text: n for text, n in found.options.items() if _writable(header, {text: n})}
    if len(options) == len(found.options):
        return parts.several(found)
    if len(options) < 2:
        return parts.text(_TEXT_OR_ELSE)
    return parts.several(replace(found, options=options, sure=False, own=True))


def _in_words(header: str, counts: Mapping[str, int], found: Ask | NoScale) -> Part:
    """Return the question of labels that are neither a scale that is known nor numbers."""
    if not _writable(header, counts):
        return _with_own_words(counts) or _words(header, counts)
    if isinstance(found, Ask):
        return _with_own_words(counts) or parts.asked_order(found)
    return _no_scale(header, counts, found)


def _scale(header: str, found: Scale) -> Part:
    """Return the question of a scale; of labels that merely carry a number, none is certain."""
    if found.family == "amount" and not any(map(_AMOUNT.search, found.levels)):
        labels = found.levels
        if has_no_order(header):
            return parts.choice(labels, found.beside)
        return parts.asked_order(Ask(Reason.NUMBERED, labels, found.beside))
    return parts.scale(found)


def _rating_or_number(header: str, found: Rating, counts: Mapping[str, int]) -> Part:
    numbers = all(map(_PLAIN.fullmatch, counts))
    marks = [mark for label in counts if (mark := marked(label).mark) is not None]
    if numbers and says(header, About.QUANTITY) and not says(header, About.POINTS):
        return parts.number(unit_of(header))
    limits = range_of(header)
    if limits and limits[0] <= min(marks) and max(marks) <= limits[1]:
        return parts.rating(replace(found, low=limits[0], high=limits[1]), True)
    return parts.rating(found, found.sure and (bool(found.ends) or says(header, About.POINTS)))


def _many(header: str, counts: Mapping[str, int]) -> Part:
    """Return the question of more labels than forms offer: numbers, or words."""
    if all(map(_PLAIN.fullmatch, counts)):
        return _number(header)
    return _words(header, counts)


def _number(header: str) -> Part:
    if says(header, About.QUANTITY):
        return parts.number(unit_of(header))
    sentence = "数（人数や時間など）か、点数か、番号かを確かめる。"
    return parts.number(None, Doubt("number", sentence))


def _words(header: str, counts: Mapping[str, int]) -> Part:
    """Return the question of words of one's own, sure of it where they are said to be or long.

    What the header says decides unless several come again.
    """
    own = [label for label in counts if not _NOTHING.fullmatch(label)]
    once = [label for label in own if counts[label] == 1]
    if says(header, About.OWN_WORDS) and (len(own) < 2 or 2 * len(once) >= len(own)):
        return parts.text()
    long = [label for label in counts if len(label) > SHORT]
    rarely_twice = 2 * len(counts) > sum(counts.values())
    if rarely_twice and 2 * len(long) > len(counts):
        return parts.text()
    return parts.text(_TEXT_OR_ELSE)


def _no_scale(header: str, counts: Mapping[str, int], found: NoScale) -> Part:
    """Return the question of labels that are no scale that is known."""
    beside = found.beside
    labels = [label for label in counts if label not in (*beside.missing, *beside.other)]
    if found.reason is Reason.YES_NO and len(labels) > 1:
        return parts.choice(labels, beside)
    if labels and all(map(_PLAIN.fullmatch, labels)) and not beside.missing:
        return _number(header)
    if not _offered(header, labels, counts):
        return _words(header, counts)
    if has_no_order(header):
        return parts.choice(labels, beside)
    return parts.asked_order(Ask(Reason.NO_SCALE, tuple(labels), beside))


def _offered(header: str, labels: Sequence[str], counts: Mapping[str, int]) -> bool:
    """Return whether labels were chosen rather than written: they are short, or come again.

    Below a header that asks for words of one's own they must come again, whatever they are.
    """
    if says(header, About.OWN_WORDS):
        return _come_again([label for label in labels if not _NOTHING.fullmatch(label)], counts)
    answers = sum(counts[label] for label in labels)
    if 2 * len(labels) <= answers or has_no_order(header):
        return len(labels) > 0
    short = all(len(label) <= SHORT for label in labels)
    return short and OFTEN_CHOSEN * answers >= len(labels)


def _come_again(labels: Sequence[str], counts: Mapping[str, int]) -> bool:
    """Return whether labels stand twice or more on average, and none once that people wrote."""
    once = [label for label in labels if counts[label] == 1]
    if any(len(label) > SHORT or quotable(label, ()) == WITHHELD for label in once):
        return False
    return 1 < len(labels) <= sum(counts[label] for label in labels) / 2


def _writable(header: str, labels: Mapping[str, int] | Sequence[str]) -> bool:
    """Return whether labels may stand in a file: none is a contact, a comment or a name."""
    if any(len(label) > LONGEST_LEVEL or has_contact(label) for label in labels):
        return False
    if any(FULL_NAME.fullmatch(label) for label in labels):
        return False
    if says(header, About.ASKS, About.NO_ORDER, About.PEOPLE, About.SEVERAL):
        return True
    once = [label for label in labels if not isinstance(labels, Mapping) or labels[label] == 1]
    return not any(quotable(label, ()) == WITHHELD for label in once)


def _with_own_words(counts: Mapping[str, int]) -> Part | None:
    """Return the scale that most answers are of, the others being words beside it; else None."""
    folded = {fold(label) for label in counts}
    near = ladders_near(folded, 2)
    held = max((folded & ladder.steps.keys() for ladder in near), key=len, default=set())
    levels = {label: n for label, n in counts.items() if fold(label) in held}
    others = counts.keys() - levels.keys()
    if len(levels) < 2 or any(n > 1 for label, n in counts.items() if label in others):
        return None
    found = recognise(levels)
    if not isinstance(found, Scale) or any(len(label) <= SHORTEST_OWN for label in others):
        return None
    part = parts.scale(found)
    known = tuple(str(level) for level in part.keys["levels"])
    keys = {**part.keys, "levels": (*known, parts.OTHER), "other": parts.OTHER}
    sentence = (
        "選択肢でない答えを「その他」に数えてよいか確かめる"
        "（選択肢の書きちがいなら aliases に書く）。"
    )
    return Part(keys, (*part.doubts, Doubt("own words", sentence)), part.notes)
