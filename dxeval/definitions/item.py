"""One question: what the questions of every kind have, and those whose answers are labels."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from dxeval.definitions.labels import repeats
from dxeval.definitions.spellings import Spelling, check_level, check_spellings, marks
from dxeval.definitions.strict import KeyPath, Labels, Strict, Text, WrongValueError
from dxeval.problems import ProblemKind


def _refused(mark: str) -> str:
    message = f"まだ決まっていません：{mark.removesuffix('。')}"
    expected = "確かめて直し、unsettled の行を消したもの"
    raise WrongValueError(message, kind=ProblemKind.UNSETTLED, value="", expected=expected)


Unsettled = Annotated[Text, AfterValidator(_refused)]
"""What a draft is not sure of: nothing is read before a person has checked it and taken it out."""


class Item(Strict):
    """One question of the survey.

    ``kind`` says how it is answered; ``missing`` is what stands where somebody did not answer;
    ``unsettled`` stands in drafts only, which are refused while it does.
    ``home`` is the module whose ``KIND`` reads, counts and shows the questions of a kind;
    ``may_group``: answers may be an attribute by which respondents are grouped; ``may_spread``:
    each label may have a column of its own; ``may_lack``: a file may lack every column of it.
    """

    home: ClassVar[str]
    may_group: ClassVar[bool] = False
    may_spread: ClassVar[bool] = False
    may_lack: ClassVar[bool] = False

    kind: Text
    name: Text
    question: Text
    missing: tuple[Text, ...] = ()
    unsettled: Unsettled | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The answers that may be chosen, in order; empty where people write their own."""
        return ()

    def spellings(self, aliases: Mapping[str, Sequence[str]] | None = None) -> list[Spelling]:
        """Return every way to write a label, its own first; ``aliases`` are a form's besides."""
        return []


class Labelled(Item):
    """A question whose answers are chosen among labels.

    ``aliases`` maps a label to its other spellings (a reworded option, a number beside words).
    ``other`` is the label of those who wrote words of their own.
    """

    aliases: dict[Text, Labels] = Field(default_factory=dict)
    other: Text | None = None

    def check_labels(self) -> None:
        """Raise WrongValueError unless aliases, ``other`` and ``missing`` fit the labels."""
        if repeated := repeats(self.labels):
            message, expected = f"levels に「{repeated}」が2度あります", "1度ずつの選択肢"
            raise WrongValueError(message, "levels", value=repeated, expected=expected)
        for level in self.aliases:
            check_level(level, self.labels, "aliases", level)
        if self.other:
            check_level(self.other, self.labels, "other")
        check_spellings([*self.spellings(), *marks(self.missing)])

    def spellings(self, aliases: Mapping[str, Sequence[str]] | None = None) -> list[Spelling]:
        """Return every way to write a label, its own first; ``aliases`` are a form's besides."""
        declared: list[tuple[KeyPath, Mapping[str, Sequence[str]]]] = [
            (("aliases",), self.aliases),
            (("aliases", self.name), aliases or {}),
        ]
        return [Spelling(label, label) for label in self.labels] + [
            Spelling(alias, label, (*path, label))
            for path, groups in declared
            for label, group in groups.items()
            for alias in group
        ]


class Rated(Labelled):
    """A question with ordered labels, of which some may count as a favourable answer, not all."""

    favourable: tuple[Text, ...] = ()

    def check_labels(self) -> None:
        """Raise WrongValueError unless the favourable labels are some of the labels, not all."""
        super().check_labels()
        try:
            self.check_rule(self.favourable)
        except WrongValueError as error:
            raise error.below("favourable") from None

    def check_rule(self, favourable: tuple[str, ...]) -> None:
        """Raise WrongValueError unless ``favourable`` are some of the labels, once each."""
        for place, label in enumerate(favourable):
            if label not in self.labels:
                message = f"favourable の「{label}」は選択肢にありません"
                raise WrongValueError(message, place, value=label, expected="、".join(self.labels))
        if repeated := repeats(favourable):
            message = f"favourable に「{repeated}」が2度あります"
            raise WrongValueError(message, value=repeated, expected="1度ずつの選択肢")
        if len(favourable) >= len(self.labels):
            message = "favourable に選択肢のすべてを書くことはできません"
            raise WrongValueError(message, value="、".join(favourable), expected="選択肢の一部")
