"""Comments of a session with what was decided of each: from its file, and back to it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dxeval.definitions.decision import Decision, bare, text_fingerprint
from dxeval.definitions.programme import Session
from dxeval.definitions.visible import visible
from dxeval.reading.remarks import Written
from dxeval.reading.responses import not_quoted

YES, NO, OPEN = "○", "×", ""
"""Chosen, not chosen, not decided."""
LONGEST = 65_534
"""Bytes in UTF-16 that Excel can hold in a cell: 32,767 units."""
CUT = "…（長いので、ここまで。全文は回答ファイルにあります）"
_KEPT = 60_000


@dataclass(frozen=True)
class Entry:
    """A comment of a session, the ``number``-th, and what was decided of it.

    ``edit`` is what is shown instead of the whole comment, empty if that is shown. ``quote`` is
    the place among the session's ``comments`` where it stands already, None if it does not.
    """

    session_id: str
    number: int
    written: Written
    mark: str = OPEN
    reason: str = ""
    edit: str = ""
    quote: int | None = None

    @property
    def shown(self) -> str:
        """What a page shows if the comment is chosen."""
        return (self.edit or self.written.text).strip()

    @property
    def decided(self) -> tuple[str, str, str]:
        """Mark, reason and edit as a spreadsheet shows them."""
        return self.mark, cell(self.reason).strip(), cell(self.edit).strip()


def cell(text: str) -> str:
    """Return a text as it stands in a cell: hidden characters written out, not too long."""
    seen = visible(text)
    stored = seen.encode("utf-16-le")
    if len(stored) <= LONGEST:
        return seen
    return stored[:_KEPT].decode("utf-16-le", "ignore") + CUT


def entries(session: Session, written: Sequence[Written]) -> list[Entry]:
    """Return every comment of a session, in the order of the export."""
    decided = _placed(session.decisions, written)
    quotes = _quoted(session.comments, written, decided)
    return [
        _entry(session, place, found, decided.get(place), quotes.get(place))
        for place, found in enumerate(written)
    ]


def _entry(
    session: Session, place: int, written: Written, decision: Decision | None, quote: int | None
) -> Entry:
    refused = decision is not None and decision.chosen is False
    mark = YES if quote is not None else NO if refused else OPEN
    said = "" if quote is None else session.comments[quote]
    edit = said if bare(said) != bare(written.text) else ""
    reason = (decision.reason or "") if decision else ""
    return Entry(session.id, place + 1, written, mark, reason, edit, quote)


def _placed(decisions: Sequence[Decision], written: Sequence[Written]) -> dict[int, Decision]:
    """Return the decisions by the place of their comment; those of which it is gone are left out.

    Of the same words by several people, a row tells which is meant.
    """
    known: dict[tuple[str, str], list[int]] = {}
    for place, found in enumerate(written):
        known.setdefault((found.question.strip(), text_fingerprint(found.text)), []).append(place)
    placed: dict[int, Decision] = {}
    for decision in decisions:
        there = known.get((decision.question, decision.text), [])
        free = [place for place in there if place not in placed]
        same_row = [place for place in free if written[place].row == decision.row]
        if same_row or len(there) == 1:
            placed.update(dict.fromkeys((same_row or free)[:1], decision))
    return placed


def _quoted(
    quotes: Sequence[str], written: Sequence[Written], decided: dict[int, Decision]
) -> dict[int, int]:
    """Return the places of the quotes by that of the comment which each is taken from."""
    found: dict[int, int] = {}
    left = dict(enumerate(map(text_fingerprint, quotes)))
    for place, decision in decided.items():
        wanted = decision.quote or decision.text
        quote = next((key for key, known in left.items() if known == wanted), None)
        if decision.chosen and quote is not None:
            found[place] = quote
            del left[quote]
    free = sorted(range(len(written)), key=lambda place: place in decided)
    words = [bare(one.text) for one in written]
    for whole in (True, False):
        for quote in [*left]:
            same = (
                place
                for place in free
                if place not in found and _says(words[place], quotes[quote], whole)
            )
            if (first := next(same, None)) is not None:
                found[first] = quote
                del left[quote]
    return found


def _says(words: str, quote: str, whole: bool) -> bool:
    """Return whether a comment is what is quoted; ``whole``: with nothing left out."""
    return words == bare(quote) if whole else not not_quoted([quote], [words])


@dataclass(frozen=True)
class Change:
    """What becomes of a session's file.

    ``comments`` and ``decisions`` are whole; each comes with its place in the file as it is, None
    if it is new.
    """

    comments: tuple[tuple[int | None, str], ...]
    decisions: tuple[tuple[int | None, Decision], ...]

    def applied(self, session: Session) -> Session:
        """Return the session as it will be."""
        return session.model_copy(
            update={
                "comments": tuple(text for _, text in self.comments),
                "decisions": tuple(decision for _, decision in self.decisions),
            }
        )


def changed(session: Session, written: Sequence[Written], read: Sequence[Entry]) -> Change | None:
    """Return what a register changes in a session's file, None if nothing.

    The order of what is shown stays; what is newly chosen comes behind it.
    """
    before = entries(session, written)
    gone = len(_placed(session.decisions, written)) < len(session.decisions)
    if not gone and [one.decided for one in before] == [one.decided for one in read]:
        return None
    after = [_merged(was, now) for was, now in zip(before, read, strict=True)]
    comments = _comments(session, before, after)
    times = Counter(text_fingerprint(one.text) for one in written)
    wanted = [found for one in after if (found := _decision(one, times)) is not None]
    there = {_of(decision): place for place, decision in enumerate(session.decisions)}
    placed = [(there.get(_of(decision)), decision) for decision in wanted]
    placed.sort(key=lambda pair: (pair[0] is None, pair[0]))
    change = Change(tuple(comments), tuple(placed))
    return None if change.applied(session) == session else change


def _of(decision: Decision) -> tuple[str, int, str]:
    """Return by what a decision is the same though something else was decided."""
    return decision.question, decision.row, decision.text


def _merged(was: Entry, now: Entry) -> Entry:
    """Return what was read, with what is the same as it stands in the session's file."""
    _, reason, edit = (old == new for old, new in zip(was.decided, now.decided, strict=True))
    return replace(
        was,
        mark=now.mark,
        reason=was.reason if reason else now.reason,
        edit=was.edit if edit else now.edit,
    )


def _comments(
    session: Session, before: Sequence[Entry], after: Sequence[Entry]
) -> Iterator[tuple[int | None, str]]:
    """Yield what is shown, each with its place in the file as it is."""
    now = {one.quote: (was, one) for was, one in zip(before, after, strict=True)}
    for place, text in enumerate(session.comments):
        was, one = now.get(place, (None, None))
        if one is None or was is None or (one.mark, one.edit) == (was.mark, was.edit):
            yield place, text
        elif one.mark == YES:
            yield place, one.shown
    for one in after:
        if one.mark == YES and one.quote is None:
            yield None, one.shown


def _decision(entry: Entry, times: Counter[str]) -> Decision | None:
    """Return what the file must keep of an entry beside the comment, None if nothing."""
    own = text_fingerprint(entry.written.text)
    chosen = {YES: True, NO: False}.get(entry.mark)
    told = chosen and not entry.edit and times[own] == 1
    if not entry.reason.strip() and (chosen is None or told):
        return None
    quote = text_fingerprint(entry.edit) if entry.edit and chosen else None
    return Decision(
        question=entry.written.question,
        row=entry.written.row,
        text=own,
        chosen=chosen,
        quote=None if quote == own else quote,
        reason=entry.reason.strip() or None,
    )
