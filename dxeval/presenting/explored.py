"""What was read for whoever explores: session by session, what does not count, what is broken."""

from collections.abc import Mapping, Sequence

from dxeval.definitions.programme import ProgrammeFile, Session, date_text, session_label
from dxeval.errors import DataError
from dxeval.presenting.html import Fragment, render
from dxeval.presenting.wording import uncounted_rows_text
from dxeval.reading.responses import Responses
from dxeval.scoring.uncounted import uncounted


def explored(
    sessions: Sequence[Session],
    responses: Mapping[str, Responses],
    broken: Mapping[str, DataError],
    programme: ProgrammeFile,
) -> Fragment:
    """Return a row a session that could be read, and the names and faults of those that not."""
    rows = []
    for session in sessions:
        found = responses[session.id]
        rows.append(
            (
                session.id,
                session_label(session, programme),
                date_text(session.date),
                session.attendees,
                found.n_respondents,
                len(found.written),
                uncounted_rows_text(uncounted([found])) or "—",
            )
        )
    faults = {session_id: [*map(str, error.problems)] for session_id, error in broken.items()}
    return render("explored", rows=rows, broken=faults)
