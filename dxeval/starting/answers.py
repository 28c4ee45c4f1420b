"""What a new workspace is told: by options, by a file or by questions, and else by defaults."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import click
from pydantic import AfterValidator, Field

from dxeval.definitions.strict import Count, KeyPath, M, Strict, Text, validated
from dxeval.definitions.strict_yaml import read_yaml
from dxeval.definitions.visible import visible, visible_line
from dxeval.errors import DataError

COMMAND = "dxeval init"


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
    answers = told(Answers, given, file, COMMAND)
    if file is not None or not may_ask:
        return answers
    asked = {
        key: ask(Answers, key, str(field.default or ""), COMMAND)
        for key, field in Answers.model_fields.items()
        if key not in given
    }
    return _checked(Answers, {**given, **{key: text for key, text in asked.items() if text}})


def told(model: type[M], given: Mapping[str, str], file: Path | None, command: str) -> M:
    """Return what options (``given``) and a ``file`` tell; the options go before the file.

    ``command`` is what messages name for an option that is wrong. Raises DataError.
    """
    options = _checked(model, given, command)
    if file is None:
        return options
    read = read_yaml(file, model, visible_line(file.as_posix()))
    return read.model_copy(update={key: getattr(options, key) for key in given})


def can_ask() -> bool:
    """Whether somebody sits there who reads a question and can answer it."""
    streams = (sys.stdin, sys.stderr)
    return all(stream and not stream.closed and stream.isatty() for stream in streams)


def ask(model: type[M], key: str, default: str, command: str) -> str:
    """Ask for a field of a model until it is right; empty where the default is and stays.

    Raises click.Abort where nobody goes on answering.
    """
    question = f"{model.model_fields[key].description}（{option(key)} で示せば尋ねません）"
    while True:
        text = click.prompt(visible(question), default, show_default=bool(default), err=True)
        try:
            _checked(model, {key: text} if text else {}, command)
        except DataError as error:
            click.echo(visible(str(error)), err=True)
            continue
        return str(text)


def _checked(model: type[M], texts: Mapping[str, str], command: str = COMMAND) -> M:
    def place(path: KeyPath) -> tuple[int | None, str | None]:
        return None, option(str(path[0]))

    return validated(model, dict(texts), command, place)
