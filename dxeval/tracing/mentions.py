"""What a sentence names itself: a question, labels, a session; there or before."""

import re
from collections.abc import Sequence

from dxeval.tracing.known import Known
from dxeval.tracing.names import one_line
from dxeval.tracing.place import Place


def about_of(
    match: re.Match[str], place: Place, known: Known, mentions: Sequence[re.Match[str]]
) -> Place:
    """Return the place with what the sentence itself names, in the match or before it."""
    item, sessions = place.item, place.sessions
    levels: list[str] = []
    first = place.text.rfind("。", 0, match.start()) + 1
    for mention in mentions:
        if mention.start() < first or mention.end() > match.end():
            continue
        named = mention.groupdict()
        if named["the_item"] and not place.item:
            item, levels = known.names.items[named["the_item"]], []
        elif named["the_session"]:
            sessions = _session(named["the_session"], place, known)
        elif named["the_level"]:
            levels.append(named["the_level"])
    groups = match.groupdict()
    if text := groups.get("the_item"):
        item = known.names.items[text]
    if text := groups.get("the_session"):
        sessions = _session(text, place, known)
    labels = known.names.levels.get(item, {})
    if text := groups.get("the_level"):
        levels = [text]
    chosen = tuple(labels[level] for level in levels if level in labels)
    return place.about(item=item, sessions=sessions, levels=chosen or place.levels)


def _session(label: str, place: Place, known: Known) -> tuple[str, ...]:
    ids = known.names.labels.get(one_line(label), [])
    inside = [one for one in ids if one in place.sessions]
    return tuple((inside or ids)[:1])
