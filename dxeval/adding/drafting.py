"""An export that no form fits, in a workspace: its questionnaire drafted, a few things asked."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from dxeval.definitions.contact import has_contact
from dxeval.definitions.survey import Survey, read_survey
from dxeval.definitions.visible import visible
from dxeval.errors import DataError
from dxeval.problems import shorten
from dxeval.starting.answers import Answers
from dxeval.starting.files import own_files
from dxeval.workspace import MARKER, Workspace

if TYPE_CHECKING:
    from dxeval.drafting.draft import Draft, Question

MOST_QUESTIONS = 3
"""Questions asked at a terminal, one after the other; the rest stays marked in the file."""
LATER = "あとで決める"
_MARK = re.compile(r"^ +unsettled: .*\n", re.MULTILINE)


def is_untouched(workspace: Workspace) -> bool:
    """Whether the survey is as it was begun, and no answers stand on it."""
    begun = own_files(Answers())[MARKER.as_posix()]
    content = (workspace.root / MARKER).read_bytes().replace(b"\r\n", b"\n")
    return content == begun and not exports_in(workspace)


def exports_in(workspace: Workspace) -> list[str]:
    """Return the ids of the sessions whose answers have arrived."""
    there = workspace.response_files()
    return [name for name in workspace.session_files() if name.casefold() in there]


def drafted(path: Path, name: str, may_ask: bool) -> "Draft":
    """Return the draft of an export, with what was asked of it settled.

    Raises DataError for what is no export, click.Abort where nobody goes on answering.
    """
    from dxeval.drafting.draft import draft

    found = draft(path, name)
    asked: set[str] = set()
    while may_ask and len(asked) < MOST_QUESTIONS:
        left = [question for question in found.questions if question.key not in asked]
        if not left:
            break
        asked.add(left[0].key)
        if (choice := _choose(left[0])) is not None:
            found = found.answered(left[0].key, choice)
    return found


def _choose(question: "Question") -> str | None:
    """Return the choice made, None if it is left for later."""
    choices = [*question.choices, LATER]
    lines = [f"  {place}. {choice}" for place, choice in enumerate(choices, start=1)]
    click.echo(visible("\n".join([question.text, *lines])), err=True)
    places = click.IntRange(1, len(choices))
    place = click.prompt("番号", default=len(choices), type=places, err=True)
    return question.choices[place - 1] if place < len(choices) else None


def settled(text: str) -> Survey | None:
    """Return the survey that a draft's text makes, None while it leaves something open."""
    with TemporaryDirectory(prefix="dxeval-") as folder:
        path = Path(folder) / MARKER.name
        path.write_text(text, encoding="utf-8")
        try:
            return read_survey(path)
        except DataError:
            return None


def with_open_questions(text: str) -> Survey | None:
    """Return the survey of a draft whose form is certain, though questions may not be; else None.

    What no question is about can be read by it: when the answers were sent.
    """
    questions, forms, rest = text.partition("\nforms:\n")
    return settled(_MARK.sub("", questions) + forms + rest)


def columns_text(draft: "Draft") -> str:
    """Return what each column of the export was taken for, a line each."""
    lines = [
        f"  「{_shown(column.header)}」：{column.what}（{column.why}）" for column in draft.columns
    ]
    return "\n".join(["設問の下書きを作りました。列をこう読みました：", *lines])


def _shown(header: str) -> str:
    """Return a header on one line; what may be somebody's answer is not shown."""
    return "（表示しません）" if has_contact(header) else shorten(header)
