"""A sentence -> which of its numbers are of which question and levels, by its own words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dxeval.scoring.prose.numbers import Stated, stated
from dxeval.scoring.prose.vocabulary import EACH, FAVOURABLE

_SENTENCE = re.compile(r"(?:[「『][^」』]*[」』]|[^。！？!?\n])+")
_QUOTED = re.compile(r"[「『]([^「」『』]*)[」』]")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
_JOINED = re.compile(r"\s*(?:[、,・/]|と|や|又は|または|及び|および|もしくは|か)?\s*")
_RUN = re.compile(r"\s*(?:[、,・]|と|、\s*)?\s*")
_PEOPLE_SAID = (
    r"(?:(?:の(?:ほか)?)?(?:の?(?:回答者|参加者|受講者|職員|担当者|人|方|回答)(?:の方)?(?:々)?))?"
)
_AFTER = re.compile(
    rf"\s*(?:\([^()]*\))?\s*{_PEOPLE_SAID}(?:が|は|から|より|も)[、,]?\s*(?:それぞれ)?"
)
_BEFORE = re.compile(
    r"\s*(?:と(?:の|いう)?)?(?:回答|答え|選択|選ん|回答者)?(?:し)?(?:た|だ)?(?:の)?"
    r"(?:参加者|回答者|人|方|者|割合|回答|比率|人数|職員)?(?:の割合)?(?:は|が|も|を|で|の|:|=)*"
    r"(?:合わせて|合わせると|合計で?|計|足すと)?[、,]?\s*\(?\s*"
    r"(?:全体の|回答者の|参加者の|うち|それぞれ|ともに|いずれも|各|わずか)*\s*"
)
_OF_ITEM = re.compile(
    r"\s*(?:の)?(?:肯定的(?:な)?(?:回答|評価)?(?:の)?)?(?:割合|回答|値|比率|評価|結果)?"
    r"(?:については|に関しては|について|において|では|は|が|も|で|:|=|→|、|,)*\s*"
    r"(?:ともに|いずれも|それぞれ|各|どちらも|わずか|参加者の?|回答者の?|受講者の?|の)*\s*\(?\s*"
)
_AS_SAID = re.compile(r"と(?:の)?(?:回答|答え|感じ)")
_SHARE_ENDS = re.compile(
    r"\s*\)?\s*(?:$|だ|で(?!は)|と(?!の意見)|に(?:達|の|と|上|及)|、|,|\)|\(|や|・|から肯定|が肯定|の(?:高|肯定|評価|満足)"
    r"|が高|が好|から好|から高|の(?:人|方|参加者|回答者|受講者)(?:が|から)(?:肯定|高|好))"
)


@dataclass(frozen=True)
class Tied:
    """A number and what its sentence says that it counts.

    ``items`` may be meant, one of them; ``levels`` are counted, none where the favourable ones
    are. ``sure``: the words say which, and it is not only the question that is spoken of;
    ``favourable``: they say that the answers are; ``loose``: a level is named as people speak, so
    that all favourable answers may be meant (20人が役に立つと答えた).
    """

    number: Stated
    items: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    sure: bool = False
    favourable: bool = False
    loose: bool = False


@dataclass(frozen=True)
class Spoken:
    """A sentence: its numbers, and the levels and questions that it names."""

    text: str
    numbers: tuple[Tied, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True)
class _Token:
    kind: str
    name: str
    start: int
    end: int
    loose: bool = False


def fold(text: str) -> str:
    """Return a text with digits, brackets and signs of one width."""
    return unicodedata.normalize("NFKC", text).replace("〜", "~")


def spoken(text: str, items: Mapping[str, Sequence[str]]) -> Iterator[Spoken]:
    """Yield the sentences of a text; ``items`` are the questions by name, with their labels."""
    names = {fold(name): name for name in items}
    labels = {fold(label): label for group in items.values() for label in group}
    topic: tuple[str, ...] = ()
    for found in _SENTENCE.finditer(fold(text)):
        sentence = _without_quotations(found[0], {*names, *labels})
        tokens = [*_mentions(sentence, names, labels)]
        groups = _grouped(tokens, sentence)
        parts = _Parts(sentence, tuple(stated(sentence)), groups, items, topic)
        tied = [parts.tie(place) for place in range(len(parts.numbers))]
        topic = tuple(t.name for t in tokens if t.kind == "item")[-1:] or topic
        named = tuple(t.name for t in tokens if t.kind == "level")
        yield Spoken(found[0], tuple(tied), named)


def _without_quotations(sentence: str, known: Iterable[str]) -> str:
    """Return a sentence in which what people said is blotted out, but for labels and names."""

    def blotted(found: re.Match[str]) -> str:
        inner = found[1].strip()
        if inner in known or _IN_BRACKETS.sub("", inner).strip() in known:
            return found[0]
        return "＊" * len(found[0])

    return _QUOTED.sub(blotted, sentence)


def _mentions(
    sentence: str, names: Mapping[str, str], labels: Mapping[str, str]
) -> Iterator[_Token]:
    """Yield the questions and levels that a sentence names, in order."""
    words = sorted({*names, *labels}, key=len, reverse=True)
    any_word = "|".join(map(re.escape, words))
    pattern = re.compile(
        rf"[「『]\s*(?P<quoted>{any_word})\s*(?:\((?P<inner>[^()]*)\)\s*)?[」』]"
        rf"|(?P<bare>{any_word})"
    )
    for found in pattern.finditer(sentence):
        word = found["quoted"] or found["bare"]
        start = found.start()
        if word in names:
            yield _Token("item", names[word], start, found.end())
        elif found["quoted"]:
            end = found.start("inner") - 1 if found["inner"] else found.end()
            yield _Token("level", labels[word], start, end)
        elif _is_level_here(sentence, found):
            loose = bool(_AS_SAID.match(sentence, found.end()))
            yield _Token("level", labels[word], start, found.end(), loose)


def _is_level_here(sentence: str, found: re.Match[str]) -> bool:
    """Return whether a label without quotation marks is one here, and no other word."""
    before, after = sentence[: found.start()], sentence[found.end() :]
    if found[0].isdigit() or (
        before and not re.search(r"[、,・。(「)はがともで:;\s％%人名]$", before)
    ):
        return False
    said = r"と(?:の)?(?:回答|答え|選)|\s*[:(]?\s*(?:約|ほぼ)?[0-9]|[がは](?:約|ほぼ)?[0-9]+[人名]"
    joined = r"[・、](?=[^、。]{0,30}と(?:の)?(?:回答|答え|選))"
    return bool(re.match(f"{said}|{joined}", after))


def _grouped(tokens: Sequence[_Token], sentence: str) -> list[list[_Token]]:
    """Return tokens of one kind that stand together as groups."""
    groups: list[list[_Token]] = []
    for token in tokens:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and last.kind == token.kind
            and _JOINED.fullmatch(sentence, last.end, token.start)
        ):
            groups[-1].append(token)
        else:
            groups.append([token])
    return groups


@dataclass(frozen=True)
class _Parts:
    """A sentence taken apart: its numbers, groups of what it names, and what it is about."""

    sentence: str
    numbers: Sequence[Stated]
    groups: Sequence[Sequence[_Token]]
    items: Mapping[str, Sequence[str]]
    topic: tuple[str, ...]

    def tie(self, place: int) -> Tied:
        """Return the number of that place with what it counts."""
        number = self.numbers[place]
        first, last = self._run(place)
        group = self._levels_of(self.numbers[first], self.numbers[last])
        if not group:
            return self._tie_to_item(place, first, last)
        between = self.sentence[min(group[-1].end, number.end) : max(number.start, group[0].start)]
        labels = tuple(token.name for token in group)
        if labels[1:] and EACH.search(between):
            labels = (labels[place - first],) if last - first + 1 == len(labels) else labels[:1]
        owners = [name for name, own in self.items.items() if {*labels} <= {*own}]
        topic = self._named_before(number) or self.topic
        owners = [name for name in owners if name in topic] or owners
        loose = len(group) == 1 and group[0].loose
        return Tied(number, tuple(owners), labels, bool(owners), loose=loose)

    def _run(self, place: int) -> tuple[int, int]:
        """Return the first and the last of the numbers that stand together with one."""
        first = last = place
        while first and self._is_beside(first - 1):
            first -= 1
        while last + 1 < len(self.numbers) and self._is_beside(last):
            last += 1
        return first, last

    def _is_beside(self, place: int) -> bool:
        between = self.sentence[self.numbers[place].end : self.numbers[place + 1].start]
        return bool(_RUN.fullmatch(between)) or between.strip() == "("

    def _named_before(self, number: Stated) -> tuple[str, ...]:
        """Return the question that was named last before a number."""
        named = [
            token.name
            for group in self.groups
            for token in group
            if token.kind == "item" and token.end <= number.start
        ]
        return tuple(named[-1:])

    def _levels_of(self, first: Stated, last: Stated) -> Sequence[_Token]:
        """Return the levels that a run of numbers counts: those after it, else those before."""
        levels = [group for group in self.groups if group[0].kind == "level"]
        for group in levels:
            start = group[0].start
            if start >= last.end and _AFTER.fullmatch(self.sentence, last.end, start):
                return group
        for group in reversed(levels):
            if group[-1].end <= first.start:
                between = self.sentence[group[-1].end : first.start]
                far = between.strip() in {"、", ","}
                return group if _BEFORE.fullmatch(between) and not far else ()
        return ()

    def _tie_to_item(self, place: int, first: int, last: int) -> Tied:
        """Return a number tied to the favourable share of the question before it, if it is that."""
        number = self.numbers[place]
        start = self.numbers[first].start
        before = [g for g in self.groups if g[0].kind == "item" and g[-1].end <= start]
        if not before:
            return Tied(number)
        group = before[-1]
        if not _OF_ITEM.fullmatch(self.sentence, group[-1].end, start):
            return Tied(number, self._named_before(number))
        rest = self.sentence[self.numbers[last].end :]
        favourable = re.search(FAVOURABLE, re.split("[、,]", rest)[0]) is not None
        names = tuple(token.name for token in group)
        if names[1:] and last > first and last - first + 1 == len(names):
            names = (names[place - first],)
        beside = last > first or number.of is not None
        sure = favourable
        if beside or number.plain:
            sure = favourable or _SHARE_ENDS.match(rest) is not None
        return Tied(number, names, (), sure, favourable)
