"""What a workspace's files declare that published figures are held against."""

from collections.abc import Sequence

from dxeval.definitions.item import Rated
from dxeval.definitions.programme import Session
from dxeval.definitions.survey import Survey
from dxeval.scoring.audit.questions import Context, lowest_first


def context(survey: Survey, sessions: Sequence[Session]) -> Context:
    """Return attendances, scales and rules as they are declared."""
    rules = {
        (session.id, item.name): item.favourable
        for session in sessions
        for item in survey.items
        if isinstance(item, Rated) and item.favourable
    }
    own = {(s.id, rule.item): rule.levels for s in sessions for rule in s.favourable}
    return Context(
        people={session.id: session.attendees for session in sessions},
        scales={item.name: labels for item in survey.items if (labels := lowest_first(item))},
        rules={**rules, **own},
        several=frozenset(item.name for item in survey.items if item.may_spread),
    )
