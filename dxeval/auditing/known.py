"""What a workspace knows beside published figures: who came, which levels there are."""

from collections.abc import Mapping

from dxeval.definitions.item import Rated
from dxeval.scoring.audit import Context
from dxeval.scoring.audit.questions import lowest_first
from dxeval.workspace import Workspace


def context(workspace: Workspace) -> Context:
    """Return attendances, scales and rules as the workspace's files declare them."""
    items = workspace.survey.items
    sessions = workspace.sessions()
    rules = {
        (session.id, item.name): item.favourable
        for session in sessions
        for item in items
        if isinstance(item, Rated) and item.favourable
    }
    own = {(s.id, rule.item): rule.levels for s in sessions for rule in s.favourable}
    return Context(
        people={session.id: session.attendees for session in sessions},
        scales={item.name: labels for item in items if (labels := lowest_first(item))},
        rules={**rules, **own},
        several=frozenset(item.name for item in items if item.may_spread),
    )


def programmes(workspace: Workspace) -> Mapping[str, str]:
    """Return to which programme each session belongs."""
    return {session.id: session.programme for session in workspace.sessions()}
