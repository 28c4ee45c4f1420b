"""What a session is told: by options, by a file or by questions, each with what is proposed."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import Field

from dxeval.definitions.programme import Id, ProgrammeFile
from dxeval.definitions.strict import Count, Date, Strict
from dxeval.errors import MisuseError
from dxeval.starting.answers import Line, ask, option, told

COMMAND = "dxeval add"


class Facts(Strict):
    """The facts of a session, None where nobody told; the field's description is the question."""

    id: Id | None = None
    programme: Id | None = Field(None, description="事業の id")
    questionnaire: Line | None = None
    title: Line | None = Field(None, description="回の題名（「第1回」に続く言葉）")
    date: Date | None = Field(None, description="開催日")
    attendees: Count | None = Field(None, description="参加者数（回答しなかった人も数える）")

    @property
    def beyond_id(self) -> list[str]:
        """The options of what is told beside the id."""
        return [option(key) for key, value in self if value is not None and key != "id"]

    def completed(self, proposed: Mapping[str, str], may_ask: bool, *assumed: str) -> "Facts":
        """Return the facts with those of the keys of ``proposed`` that nobody told.

        They are asked if it ``may_ask``, an empty text proposing nothing; else those ``assumed``
        stand as proposed. Raises MisuseError that names every option still missing, click.Abort
        where nobody goes on answering.
        """
        open_keys = [key for key in proposed if getattr(self, key) is None]
        if may_ask:
            texts = {key: _asked(key, proposed[key]) for key in open_keys}
        else:
            texts = {key: proposed[key] for key in open_keys if key in assumed and proposed[key]}
            if missing := [key for key in open_keys if key not in texts]:
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
    known = [found.id for found in programme.programmes]
    if facts.programme is None:
        proposed = known[0] if len(known) == 1 else ""
        facts = facts.completed(
            {"programme": proposed}, may_ask and not proposed, *(["programme"] if proposed else [])
        )
    if facts.programme not in known:
        raise MisuseError(
            f"事業「{facts.programme}」はありません。--programme に書けるのは：{_listed(known)}"
        )
    return facts


def _asked(key: str, proposed: str) -> str:
    while not (text := ask(Facts, key, proposed, COMMAND)):
        pass
    return text


def _missing(keys: Iterable[str], proposed: Mapping[str, str]) -> str:
    lines = []
    for key in keys:
        hint = f"（{proposed[key]} なら {option(key)} {proposed[key]}）" if proposed[key] else ""
        lines.append(f"  {option(key)}：{Facts.model_fields[key].description}{hint}")
    return "次のことが分からないので、何も加えていません。オプションで示してください。\n" + (
        "\n".join(lines)
    )


def _listed(names: Iterable[str]) -> str:
    return "、".join(names)
