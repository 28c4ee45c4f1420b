"""What a workspace knows beside published figures: who came, which levels there are."""

from collections.abc import Mapping

from dxeval.scoring.audit import Context, declared
from dxeval.workspace import Workspace


def context(workspace: Workspace) -> Context:
    """Return attendances, scales and rules as the workspace's files declare them."""
    return declared.context(workspace.survey, workspace.sessions())


def programmes(workspace: Workspace) -> Mapping[str, str]:
    """Return to which programme each session belongs."""
    return {session.id: session.programme for session in workspace.sessions()}
