"""What a new workspace is told: by options, by a file or by questions, and else by defaults."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import click
from pydantic import AfterValidator, Field

from dxeval.definitions.strict import Count, KeyPath, Strict, Text, validated
from dxeval.definitions.strict_yaml import read_yaml
from dxeval.definitions.visible import visible, visible_line
from dxeval.errors import DataError


def _line(text: str) -> str:
    if visible_line(text) != text:
        raise ValueError("見える文字だけで、1行に書きます")
    return text


Line = Annotated[Text, AfterValidator(_line)]


class Answers(Strict):
    """The answers, each with its default; the field's description is the question."""

    title: Line = Field("アンケートの報告", description="報告の題名")
    programme: Line = Field("研修", description="事業の名前")
    fiscal_year: Count | None = Field(None, description="年度（2026 など。なければ Enter だけ）")


def option(key: str) -> str:
    """Return the option of the command line that gives an answer: ``--fiscal-year``."""
    return "--" + key.replace("_", "-")


def gather(given: Mapping[str, str], file: Path | None = None, may_ask: bool = False) -> Answers:
    """Return the answers: those ``given`` go before those of the ``file``.

    What neither holds is asked if it ``may_ask`` and there is no file; else defaults stand. Raises
    DataError for what is wrong, click.Abort where nobody goes on answering.
    """
    told = _checked(given)
    if file is not None:
        read = read_yaml(file, Answers, visible_line(file.as_posix()))
        return read.model_copy(update={key: getattr(told, key) for key in given})
    if may_ask:
        asked = {key: _ask(key) for key in Answers.model_fields if key not in given}
        return _checked({**given, **{key: text for key, text in asked.items() if text}})
    return told


def can_ask() -> bool:
    """Whether somebody sits there who reads a question and can answer it."""
    streams = (sys.stdin, sys.stderr)
    return all(stream and not stream.closed and stream.isatty() for stream in streams)


def _checked(texts: Mapping[str, str]) -> Answers:
    def place(path: KeyPath) -> tuple[int | None, str | None]:
        return None, option(str(path[0]))

    return validated(Answers, dict(texts), "dxeval init", place)


def _ask(key: str) -> str:
    """Ask for one answer until it is right; empty where its default is nothing."""
    field = Answers.model_fields[key]
    question = f"{field.description}（{option(key)} で示せば尋ねません）"
    default = field.default or ""
    while True:
        text = click.prompt(question, default, show_default=bool(default), err=True)
        try:
            _checked({key: text} if text else {})
        except DataError as error:
            click.echo(visible(str(error)), err=True)
            continue
        return str(text)
