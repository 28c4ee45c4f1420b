"""What a session is told: by options, by a file or by questions, each with what is proposed."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import click
from pydantic import Field

from dxeval.definitions.programme import Id, ProgrammeFile
from dxeval.definitions.strict import Count, Date, Strict
from dxeval.definitions.visible import visible
from dxeval.errors import MisuseError
from dxeval.starting.answers import Line, ask, option, told

COMMAND = "dxeval add"
MAY_STAND = ("title", "date")
"""What may stand as proposed though nobody confirms it: no figure rests on it."""


class Facts(Strict):
    """The facts of a session, None where nobody told; the field's description is the question."""

    id: Id | None = None
    programme: Id | None = Field(None, description="どの事業か（id）")
    questionnaire: Line | None = None
    title: Line | None = Field(None, description="回の題名（「第1回」に続く言葉）")
    date: Date | None = Field(None, description="開催日（2025-06-04 のように）")
    attendees: Count | None = Field(None, description="参加者数（答えなかった人も数える）")

    @property
    def beyond_id(self) -> list[str]:
        """The options of what is told beside the id."""
        return [option(key) for key, value in self if value is not None and key != "id"]

    def completed(self, proposed: Mapping[str, str], may_ask: bool) -> "Facts":
        """Return the facts with those of the keys of ``proposed`` that nobody told.

        They are asked if it ``may_ask``, an empty text proposing nothing; else what is proposed
        stands, but never of what a figure rests on. Raises MisuseError that names every option
        still missing, click.Abort where nobody goes on answering.
        """
        left = [key for key in proposed if getattr(self, key) is None]
        if may_ask:
            texts = {key: _asked(key, proposed[key]) for key in left}
        else:
            texts = {key: proposed[key] for key in left if key in MAY_STAND and proposed[key]}
            if missing := [key for key in left if key not in texts]:
                raise MisuseError(_missing(missing, proposed))
        found = told(Facts, texts, None, COMMAND)
        return self.model_copy(update={key: getattr(found, key) for key in texts})


def read_facts(given: Mapping[str, str], file: Path | None) -> Facts:
    """Return what options and a file tell of the session. Raises DataError."""
    return told(Facts, given, file, COMMAND)


def programme_of(facts: Facts, programme: ProgrammeFile, may_ask: bool) -> Facts:
    """Return the facts with a programme that there is: the one told, the only one, or asked.

    Raises MisuseError where there are several and nobody tells, or there is no such programme.
    """
    known = {found.id: found.title for found in programme.programmes}
    told = facts.programme
    if told is None and len(known) == 1:
        (told,) = known
    if told is None and may_ask:
        lines = "\n".join(f"  {key}：{title}" for key, title in known.items())
        click.echo(visible(f"事業は{len(known)}つあります。\n{lines}"), err=True)
        while (told := _asked("programme", "")) not in known:
            click.echo(visible(f"「{told}」はありません。"), err=True)
    if told not in known:
        which = "" if told is None else f"事業「{told}」はありません。"
        raise MisuseError(f"{which}事業の id を --programme で示してください：{'、'.join(known)}")
    return facts.model_copy(update={"programme": told})


def _asked(key: str, proposed: str) -> str:
    if key == "attendees" and proposed:
        click.echo(f"回答者は{proposed}人です。", err=True)
    while not (text := ask(Facts, key, proposed, COMMAND)):
        pass
    return text


def _missing(keys: Iterable[str], proposed: Mapping[str, str]) -> str:
    lines = ["分からないことがあるので、何も加えていません。次のオプションで示してください。"]
    for key in keys:
        near = f"。回答者は{proposed[key]}人" if proposed[key] and key == "attendees" else ""
        lines.append(f"  {option(key)}：{Facts.model_fields[key].description}{near}")
    return "\n".join(lines)
