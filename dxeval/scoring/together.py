"""What stands out in several sessions, from what is kept of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dxeval.scoring.kept import Kept, mixed_items


@dataclass(frozen=True)
class Held:
    """A session as the words over several take it: ``respondents`` is None while none arrived."""

    label: str
    programme: str
    attendees: int
    respondents: int | None
    items: Sequence[Kept]
    not_asked: Sequence[str] = ()

    @property
    def is_published(self) -> bool:
        """Whether only figures of an earlier report are known of it."""
        return self.respondents is None and any(kept.published for kept in self.items)


@dataclass(frozen=True)
class Below:
    """An item's shares that are not full: in which sessions, of how many people together.

    ``own_rule``: one of them is counted by its session's own rule; ``mixed``: not all by one, so
    that ``count`` of ``n`` is no figure and both are 0.
    """

    item: str
    own_rule: bool
    mixed: bool
    sessions: tuple[str, ...]
    lowest: Kept
    highest: Kept
    count: int
    n: int

    def fewness(self) -> int:
        """Return what puts items of many sessions before those of few."""
        return -len(self.sessions)

    @classmethod
    def of(cls, found: Sequence[tuple[str, Kept]]) -> "Below":
        """Return an item's shares, each with its session, of which there must be one."""
        each = sorted((kept for _, kept in found), key=lambda kept: kept.share)
        mixed = bool(mixed_items(each))
        return cls(
            item=each[0].item,
            own_rule=any(kept.own_rule for kept in each),
            mixed=mixed,
            sessions=tuple(label for label, _ in found),
            lowest=each[0],
            highest=each[-1],
            count=0 if mixed else sum(kept.count or 0 for kept in each),
            n=0 if mixed else sum(kept.n for kept in each),
        )


@dataclass(frozen=True)
class Spread:
    """The items whose shares differ most between sessions, with their lowest and highest share.

    Sessions are compared that count by one rule.
    """

    items: tuple[str, ...]
    lowest: Kept
    highest: Kept


@dataclass(frozen=True)
class Together:
    """What stands out in several sessions, by counts alone; people count once a session (延べ).

    ``waiting`` sessions have no answers yet, of ``published`` ones only figures of an earlier
    report are known, which are in none of the sums but that of those who came; of ``arrived`` there
    are answers; ``everybody``: in each session as many answered as
    came; ``beyond``: in one more did. ``full`` of ``shares`` favourable shares are those of all
    answers; ``below`` are the others, item by item, those of most sessions first, ``lowest`` the
    smallest with their sessions. ``blank`` and ``not_asked`` are items that nobody answered or that
    were not asked, by the sessions of which that is true. ``mixed`` are the items whose shares are
    not counted by one rule in all sessions.
    """

    programmes: int
    sessions: int
    attendees: int
    respondents: int
    waiting: int
    published: int
    arrived: int
    everybody: bool
    beyond: bool
    shares: int
    full: int
    below: tuple[Below, ...]
    lowest: tuple[tuple[str, Kept], ...]
    widest: Spread | None
    blank: Mapping[tuple[str, ...], tuple[str, ...]]
    not_asked: Mapping[tuple[str, ...], tuple[str, ...]]
    mixed: tuple[str, ...] = ()


def together(sessions: Sequence[Held]) -> Together:
    """Return what stands out in several sessions."""
    arrived = [session for session in sessions if session.respondents is not None]
    shares = [
        (session.label, kept)
        for session in arrived
        for kept in session.items
        if kept.is_full is not None
    ]
    rest = [(label, kept) for label, kept in shares if not kept.is_full]
    published = len([session for session in sessions if session.is_published])
    least = min((kept.share for _, kept in rest), default=None)
    blank = ((kept.item, held.label) for held in arrived for kept in held.items if not kept.n)
    not_asked = ((item, held.label) for held in sessions for item in held.not_asked)
    return Together(
        programmes=len({session.programme for session in sessions}),
        sessions=len(sessions),
        attendees=sum(session.attendees for session in sessions),
        respondents=sum(session.respondents or 0 for session in arrived),
        waiting=len(sessions) - len(arrived) - published,
        published=published,
        arrived=len(arrived),
        everybody=all(session.respondents == session.attendees for session in sessions),
        beyond=any((session.respondents or 0) > session.attendees for session in sessions),
        shares=len(shares),
        full=len(shares) - len(rest),
        below=tuple(sorted(map(Below.of, _by_item(rest).values()), key=Below.fewness)),
        lowest=tuple((label, kept) for label, kept in rest if kept.share == least),
        widest=_widest([*_by_item(shares).values()]),
        blank=_by_sessions(blank),
        not_asked=_by_sessions(not_asked),
        mixed=mixed_items(kept for _, kept in shares),
    )


def _by_item(found: Iterable[tuple[str, Kept]]) -> dict[str, list[tuple[str, Kept]]]:
    """Return shares by item, each with its session, in order; two sessions may be called alike."""
    items: dict[str, list[tuple[str, Kept]]] = {}
    for label, kept in found:
        items.setdefault(kept.item, []).append((label, kept))
    return items


def _widest(items: Sequence[Sequence[tuple[str, Kept]]]) -> Spread | None:
    """Return the widest spread of more items than one; None if no item's shares differ."""
    alike = (
        [kept for _, kept in found if kept.rule == rule]
        for found in items
        for rule in dict.fromkeys(kept.rule for _, kept in found)
    )
    ordered = [sorted(found, key=lambda kept: kept.share) for found in alike]
    spreads = [each[-1].share - each[0].share for each in ordered]
    most = max(spreads, default=Fraction(0))
    widest = [each for each, spread in zip(ordered, spreads, strict=True) if spread == most]
    if not most or len(items) < 2 or len({(e[0].share, e[-1].share) for e in widest}) > 1:
        return None
    names = tuple(dict.fromkeys(each[0].item for each in widest))
    return Spread(names, widest[0][0], widest[0][-1])


def _by_sessions(found: Iterable[tuple[str, str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return items by the sessions that they come with: those of the same sessions together."""
    sessions: dict[str, list[str]] = {}
    for item, label in found:
        sessions.setdefault(item, []).append(label)
    return dict(_turned(sessions))


def _turned(
    sessions: Mapping[str, Sequence[str]],
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for labels in dict.fromkeys(map(tuple, sessions.values())):
        yield labels, tuple(item for item, own in sessions.items() if tuple(own) == labels)
