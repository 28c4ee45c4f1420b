"""The numbers of a text held against scores: contradicted, unknown, or leaving people out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dxeval.definitions.item import Item, Rated
from dxeval.scoring.across import ItemAcross
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.prose.ties import Spoken, Tied, spoken
from dxeval.scoring.prose.vocabulary import ELSEWHERE, OTHERS
from dxeval.scoring.score import Scores
from dxeval.scoring.selections import Selections


class Verdict(StrEnum):
    """What is said of a number in a text, or of those whom it leaves out."""

    CONTRADICTED = "contradicted"
    UNLIKE = "unlike"
    UNTIED = "untied"
    UNMENTIONED = "unmentioned"


@dataclass(frozen=True)
class Tally:
    """How often each label of an item was chosen, in one session or in several together."""

    item: Item
    counts: Mapping[str, int]
    n: int
    favourable: tuple[str, ...] = ()

    @classmethod
    def of(cls, score: ItemScore) -> "Tally | None":
        """Return the tally of a score; None without labels or answers."""
        if not isinstance(score, Distribution | Selections) or not score.n_valid:
            return None
        return cls(score.item, dict(score), score.n_valid, score.favourable)

    @classmethod
    def together(cls, across: ItemAcross) -> "Tally | None":
        """Return the tally of several sessions, by one rule; None without one or without answers.

        Sessions that count by different rules have no favourable share together.
        """
        tallies = [tally for tally in map(cls.of, across.answered) if tally]
        if not tallies:
            return None
        rules = {tally.favourable for tally in tallies}
        own = tallies[0].favourable if len(rules) == 1 else ()
        return cls(across.item, across.counts, sum(tally.n for tally in tallies), own)

    def count(self, levels: Sequence[str]) -> int:
        """Return how many chose one of the levels."""
        return sum(self.counts[level] for level in levels)

    @property
    def sums(self) -> set[int]:
        """What a sentence may count: a level, the upper or lower ones, favourable ones."""
        each = list(self.counts.values())
        if not isinstance(self.item, Rated):
            return {*each, *(self.n - count for count in each)}
        upper = {sum(each[:end]) for end in range(1, len(each))}
        good = self.count(self.favourable)
        return {*each, *upper, *(self.n - count for count in upper), good, self.n - good}


@dataclass(frozen=True)
class Found:
    """What is wrong with a number of a text: what was meant, and what the scores give.

    ``ours`` are counts and numbers of answers; of people left out, a count a level.
    """

    verdict: Verdict
    text: str
    sentence: str
    item: str = ""
    levels: tuple[str, ...] = ()
    ours: tuple[tuple[int, int], ...] = ()


def held(
    text: str, tallies: Sequence[Tally], scores: Sequence[Scores], *, all_of_it: bool = True
) -> Iterator[Found]:
    """Yield what is wrong with the numbers of a text, of which any of the tallies may be meant.

    ``scores`` are the sessions that may be meant by the number of those who answered;
    ``all_of_it``: whether numbers that nothing ties to a question are looked at too.
    """
    items = {tally.item.name: tuple(tally.counts) for tally in tallies}
    sentences = [*spoken(text, items)]
    for sentence in sentences:
        if ELSEWHERE.search(sentence.text):
            continue
        for tied in sentence.numbers:
            found = _held(tied, sentence, tallies, scores)
            if found and (all_of_it or found.verdict is not Verdict.UNTIED):
                yield found
    if len(scores) == 1:
        yield from _unmentioned(sentences, tallies)


def _held(
    tied: Tied, sentence: Spoken, tallies: Sequence[Tally], scores: Sequence[Scores]
) -> Found | None:
    number = tied.number
    text = sentence.text
    if number.unit == "n":
        known = {tally.n for tally in tallies} | {score.n_respondents for score in scores}
        if tied.items:
            known |= {tally.n for tally in tallies if tally.item.name in tied.items}
        if any(number.holds(n, n) for n in known):
            return None
        ours = tuple((score.n_respondents, score.n_respondents) for score in scores[:1])
        verdict = Verdict.CONTRADICTED if len(scores) == 1 else Verdict.UNTIED
        return Found(verdict, number.text, text, ours=ours)
    if not tied.items:
        known_sums = [(count, tally.n) for tally in tallies for count in tally.sums]
        if not number.plain or any(number.holds(*each) for each in known_sums):
            return None
        return Found(Verdict.UNTIED, number.text, text)
    return _held_against_items(tied, text, tallies)


def _held_against_items(tied: Tied, text: str, tallies: Sequence[Tally]) -> Found | None:
    """Return what is wrong with a number of a question, whichever of those named is meant.

    Without levels, of several questions each must have that share.
    """
    number = tied.number
    meant = [tally for tally in tallies if tally.item.name in tied.items]
    if tied.levels:
        ours = [each for tally in meant for each in _counted(tied, tally)]
        if any(number.holds(*each) for each in ours):
            return None
        one = tied.items[0] if len(tied.items) == 1 else ""
        return Found(
            Verdict.CONTRADICTED, number.text, text, one, tied.levels, tuple(dict.fromkeys(ours))
        )
    for name in tied.items:
        own = [tally for tally in meant if tally.item.name == name]
        rated = [(tally.count(tally.favourable), tally.n) for tally in own if tally.favourable]
        if not rated or any(number.holds(*each) for each in rated):
            continue
        if number.unit == "people" and not tied.sure:
            continue
        if not number.plain and not tied.sure:
            continue
        other = not tied.favourable and any(
            number.holds(count, tally.n) for tally in own for count in tally.sums
        )
        if other and not tied.sure:
            continue
        sure = tied.sure and not other
        verdict = Verdict.CONTRADICTED if sure else Verdict.UNLIKE
        return Found(verdict, number.text, text, name, (), tuple(dict.fromkeys(rated)))
    return None


def _counted(tied: Tied, tally: Tally) -> Iterator[tuple[int, int]]:
    """Yield how many chose the levels, and how many answered favourably if that may be meant."""
    yield tally.count(tied.levels), tally.n
    if tied.loose and {*tied.levels} <= {*tally.favourable}:
        yield tally.count(tally.favourable), tally.n


def _unmentioned(sentences: Sequence[Spoken], tallies: Sequence[Tally]) -> Iterator[Found]:
    """Yield the levels that people chose and that a text which counts others of them leaves out.

    Of those that count as favourable only where the text counts some of these and no others.
    """
    if any(OTHERS.search(sentence.text) for sentence in sentences):
        return
    named = {level for sentence in sentences for level in sentence.levels}
    for tally in tallies:
        if not isinstance(tally.item, Rated) or not tally.favourable:
            continue
        counted = [
            (sentence, tied)
            for sentence in sentences
            if not ELSEWHERE.search(sentence.text)
            for tied in sentence.numbers
            if tied.levels and not tied.loose and tied.items == (tally.item.name,)
        ]
        given = {level for _, tied in counted for level in tied.levels}
        below = {level for level in given if level not in tally.favourable}
        left = [
            level
            for level, count in tally.counts.items()
            if count and level not in named
            if (level not in tally.favourable if below else level in tally.favourable)
        ]
        if counted and left:
            sentence, tied = counted[0]
            ours = tuple((tally.counts[level], tally.n) for level in left)
            yield Found(
                Verdict.UNMENTIONED,
                tied.number.text,
                sentence.text,
                tally.item.name,
                tuple(left),
                ours,
            )
