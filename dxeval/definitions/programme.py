"""What took place: the programmes, their review, and one file for each session."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from dxeval.definitions.decision import Decision
from dxeval.definitions.evidence import Review
from dxeval.definitions.labels import repeats
from dxeval.definitions.strict import Count, Date, Flag, Strict, Text
from dxeval.definitions.strict_yaml import read_yaml
from dxeval.definitions.visible import visible_line
from dxeval.definitions.withdrawal import Withdrawals

MARKS = [*"①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", *(f"({number})" for number in range(21, 1000))]
"""Signs of programmes that have none of their own."""
WEEKDAYS = "月火水木金土日"
LONGEST_NAME = 255
"""Bytes of a file's name: what file systems can hold."""
_ID = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]|index|overall|report")


def check_id(text: str) -> str:
    """Return ``text`` if it can name a session's files everywhere; else raise ValueError."""
    if not _ID.fullmatch(text) or len(text) > 64 or _RESERVED.fullmatch(text):
        raise ValueError(
            "IDは半角の小文字と数字、間の - と _ だけで書きます"
            "（64字まで。index、overall、report、con などは使えません）"
        )
    return text


Id = Annotated[str, AfterValidator(check_id)]


class ReportInfo(Strict):
    """The report as a whole: its title, and what else is known of it.

    ``fiscal_year`` (年度) and ``chapter`` stand over the title; ``client`` (委託元), ``contractor``
    (受託者), ``date`` and ``logo`` (a file in ``data/photos/``) on the cover of the print.
    ``simulated`` is the sentence that says of what kind made-up answers are, where a session's are.
    ``compare_rules``: whether the overall page shows questions counted by several rules: all that
    have a rule (true), none (false), or those that not all sessions count by one (not given).
    """

    title: Text
    chapter: Text | None = None
    fiscal_year: Count | None = None
    client: Text | None = None
    contractor: Text | None = None
    date: Date | None = None
    logo: Text | None = None
    compare_rules: Flag | None = None
    simulated: Text = "この報告の回答は、実際の回答ではなく模擬データです。"

    @property
    def year(self) -> str:
        """``2025年度``, empty if it is not given."""
        return f"{self.fiscal_year}年度" if self.fiscal_year else ""


class Programme(Strict):
    """One of the programmes (事業).

    ``mark`` is its short sign before a session's number, ``target`` for whom it was held.
    ``questionnaire`` is the id of what it was asked, where the survey has several; ``notebook`` the
    name of one in ``notebooks/`` of which its page is made instead of the usual one.
    """

    id: Id
    mark: str = ""
    title: Text
    target: Text | None = None
    questionnaire: Text | None = None
    notebook: Text | None = None

    @property
    def label(self) -> str:
        """Mark and title: ``① DX推進担当者の交流プログラム``."""
        return f"{self.mark} {self.title}".lstrip()


class ProgrammeFile(Strict):
    """The whole of ``data/programme.yaml``."""

    report: ReportInfo
    programmes: tuple[Programme, ...] = Field(min_length=1)
    review: Review = Review()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if repeated := repeats(programme.id for programme in self.programmes):
            raise ValueError(f"programmes に id「{repeated}」が2度あります")
        return self

    def with_marks(self) -> Self:
        """Return the file with a mark for each of several programmes: those without get theirs."""
        if len(self.programmes) == 1:
            return self
        taken = {programme.mark for programme in self.programmes}
        free = (mark for mark in MARKS if mark not in taken)
        marked = [
            programme if programme.mark else programme.model_copy(update={"mark": next(free)})
            for programme in self.programmes
        ]
        return self.model_copy(update={"programmes": tuple(marked)})

    def programme(self, programme_id: str) -> Programme:
        """Return the programme with that id; KeyError if there is none."""
        return {programme.id: programme for programme in self.programmes}[programme_id]


class Photo(Strict):
    """A photograph in ``data/photos/`` and its caption; the file may not have arrived yet."""

    caption: Text
    file: Text | None = None

    @field_validator("file")
    @classmethod
    def _plain_name(cls, file: str | None) -> str | None:
        if file is not None and not re.fullmatch(r"[^/\\:*?\"<>|.][^/\\:*?\"<>|]*", file):
            raise ValueError("data/photos/ の中のファイル名だけを書きます（/ や .. は使えません）")
        if file is not None and (visible_line(file) != file or len(file.encode()) > LONGEST_NAME):
            raise ValueError(f"ファイル名は{LONGEST_NAME}バイトまでの見える文字で書きます")
        return file


class FavourableRule(Strict):
    """A session's own rule for one item, with the reason why it differs from the survey's."""

    item: Text
    levels: tuple[Text, ...] = Field(min_length=1)
    reason: Text


class Session(Strict):
    """One session (回): the whole of ``data/sessions/ID.yaml``, and its id, the file's name.

    ``notebook`` names one in ``notebooks/`` of which its page is made instead of the usual one;
    ``invited`` is how many were invited, where that is known.
    """

    id: Id
    programme: Id
    number: Count
    title: Text
    date: Date
    attendees: Count
    invited: Count | None = None
    expected_responses: Count | None = None
    municipalities: Count | None = None
    purpose: Text | None = None
    simulated: Flag = False
    questionnaire: Text | None = None
    notebook: Text | None = None
    not_asked: tuple[Text, ...] = ()
    favourable: tuple[FavourableRule, ...] = ()
    agenda: tuple[Text, ...] = ()
    photos: tuple[Photo, ...] = ()
    learning_points: tuple[Text, ...] = ()
    insights: tuple[Text, ...] = ()
    comments: tuple[Text, ...] = ()
    summary: Text | None = None
    withdrawn: Withdrawals = Field((), repr=False)
    decisions: tuple[Decision, ...] = Field((), repr=False)

    @field_validator("municipalities")
    @classmethod
    def _not_more_than_people(cls, municipalities: int | None, info: ValidationInfo) -> int | None:
        attendees = info.data.get("attendees")
        if municipalities and attendees and municipalities > attendees:
            raise ValueError(
                f"municipalities（{municipalities}）が attendees（{attendees}）より多い"
            )
        return municipalities

    @field_validator("favourable")
    @classmethod
    def _one_rule_an_item(cls, rules: tuple[FavourableRule, ...]) -> tuple[FavourableRule, ...]:
        if repeated := repeats(rule.item for rule in rules):
            raise ValueError(f"favourable に「{repeated}」が2度あります")
        return rules

    @property
    def label(self) -> str:
        """``第1回``."""
        return f"第{self.number}回"

    @property
    def heading(self) -> str:
        """``第1回ワークショップ``."""
        return f"{self.label}{self.title}"


def read_programme(path: Path, name: str = "data/programme.yaml") -> ProgrammeFile:
    """Read ``programme.yaml``. Raises DataError."""
    return read_yaml(path, ProgrammeFile, name).with_marks()


def read_session(path: Path, name: str) -> Session:
    """Read one session's file; its id is the file's name. Raises DataError."""
    return read_yaml(path, Session, name, id=path.stem)


def in_order(sessions: Iterable[Session], programme: ProgrammeFile) -> list[Session]:
    """Return sessions by programme (as ``programme.yaml`` lists them), then number."""
    place = {known.id: i for i, known in enumerate(programme.programmes)}
    return sorted(sessions, key=lambda session: (place[session.programme], session.number))


def date_text(day: date, *, year: bool = True, weekday: bool = True) -> str:
    """Return ``2025年6月4日（水）``, or without the year, or without the day of the week."""
    text = f"{day.month}月{day.day}日" + (f"（{WEEKDAYS[day.weekday()]}）" if weekday else "")
    return f"{day.year}年{text}" if year else text


def session_label(session: Session, programme: ProgrammeFile) -> str:
    """Return the short name of a session among others: ``①第1回``."""
    return programme.programme(session.programme).mark + session.label
