"""What can be wrong in a file: its kinds, one thing in one place, and how many are kept."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import TypeVar

SHOWN_OF_A_KIND = 5

T = TypeVar("T")


class ProblemKind(StrEnum):
    """Every kind of problem by its name in ``dxeval check --json``.

    ``docs/problems.md`` says of each, in this order, what it means and what to do.
    """

    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    YAML = "yaml"
    YAML_FEATURE = "yaml-feature"
    REPEATED_KEY = "repeated-key"
    GIVEN_KEY = "given-key"
    MISSING_KEY = "missing-key"
    EXTRA_KEY = "extra-key"
    WRONG_TYPE = "wrong-type"
    EMPTY_VALUE = "empty-value"
    WRONG_VALUE = "wrong-value"
    UNSETTLED = "unsettled"
    UNKNOWN_QUESTION_KIND = "unknown-question-kind"
    UNKNOWN_ITEM = "unknown-item"
    UNKNOWN_QUESTIONNAIRE = "unknown-questionnaire"
    UNKNOWN_PROGRAMME = "unknown-programme"
    UNKNOWN_SESSION = "unknown-session"
    WRONG_EVIDENCE = "wrong-evidence"
    EVIDENCE_VALUE = "evidence-value"
    PROSE_FIGURE = "prose-figure"
    SESSION_ID = "session-id"
    SAME_ID = "same-id"
    SAME_SESSION = "same-session"
    PHOTO = "photo"
    PHOTO_NAME = "photo-name"
    UNSAID = "unsaid"
    QUOTED_CONTACT = "quoted-contact"
    WRONG_HEADER = "wrong-header"
    REPEATED_FIGURE = "repeated-figure"
    OTHER_WORKSPACE = "other-workspace"
    UNKNOWN_NOTEBOOK = "unknown-notebook"
    SAME_PAGE = "same-page"
    NOTEBOOK = "notebook"
    OUTPUTS = "outputs"
    BY_HAND = "by-hand"

    NOT_A_REGISTER = "not-a-register"
    REGISTER_EXPORT = "register-export"
    REGISTER_ROW = "register-row"
    REGISTER_MARK = "register-mark"
    REGISTER_UNREAD = "register-unread"

    NOT_AN_EXPORT = "not-an-export"
    TWO_FILES = "two-files"
    ENCODING = "encoding"
    TWO_ENCODINGS = "two-encodings"
    NUL = "nul"
    BROKEN_CHARACTER = "broken-character"
    CSV = "csv"
    NO_FORM = "no-form"
    TWO_FORMS = "two-forms"
    TWO_SHEETS = "two-sheets"
    HIDDEN_SHEET = "hidden-sheet"
    REPEATED_HEADER = "repeated-header"
    HEADER_AGAIN = "header-again"
    SECOND_HEADER = "second-header"
    EXTRA_HEADER_ANSWER = "extra-header-answer"
    LONG_FORM = "long-form"
    NO_COUNTED_ROWS = "no-counted-rows"
    ROW_LENGTH = "row-length"
    WIDE_ROW = "wide-row"
    LONG_CELL = "long-cell"
    FORMULA = "formula"
    ERROR_VALUE = "error-value"
    MERGED = "merged"
    UNKNOWN_LEVEL = "unknown-level"
    UNMARKED_MISSING = "unmarked-missing"
    TWO_LEVELS = "two-levels"
    TWO_BRANCHES = "two-branches"
    MIXED_CODES = "mixed-codes"
    SEVERAL_WAYS = "several-ways"
    NO_SEPARATOR = "no-separator"
    NOT_A_NUMBER = "not-a-number"
    OUT_OF_RANGE = "out-of-range"
    NO_IDS = "no-ids"
    REPEATED_RESPONDENT = "repeated-respondent"
    UNREADABLE_TIME = "unreadable-time"
    SAME_TIME = "same-time"
    EXPECTED_RESPONSES = "expected-responses"
    WITHDRAWN_EXPORT = "withdrawn-export"
    WITHDRAWN_ROW = "withdrawn-row"

    OLD_FORM = "old-form"
    NO_SESSION = "no-session"
    SAME_FILE = "same-file"
    SAME_ANSWERS = "same-answers"
    MORE_THAN_ATTENDEES = "more-than-attendees"
    NO_ROWS = "no-rows"
    RESUBMITTED = "resubmitted"
    SENT_TWICE = "sent-twice"
    NOT_COUNTED = "not-counted"
    HIDDEN_ROWS = "hidden-rows"
    NAMELESS_COLUMN = "nameless-column"
    NOT_ASKED = "not-asked"
    STATUS_COLUMN = "status-column"
    PARTIAL_COLUMN = "partial-column"
    OTHER_NEAR_LEVEL = "other-near-level"
    SHORT_ROWS = "short-rows"
    ESCAPED_QUOTES = "escaped-quotes"
    BLANK_ROW = "blank-row"
    LEFT_BEHIND = "left-behind"
    CONTACT = "contact"
    NO_LOCK = "no-lock"
    PHOTO_TWICE = "photo-twice"
    UNUSED_PHOTO = "unused-photo"
    EXAMPLE_REVIEW = "example-review"
    UNTIED_FIGURE = "untied-figure"
    UNMENTIONED = "unmentioned"
    UNPROVEN_WORDS = "unproven-words"
    WEAK_RESULT = "weak-result"
    NOT_SHOWN = "not-shown"
    NO_ALT = "no-alt"
    NO_PAGE = "no-page"
    NEAR_TAG = "near-tag"
    FOLDED_CELL = "folded-cell"
    PARAMETERS_CELL = "parameters-cell"
    SAVED_OUTPUTS = "saved-outputs"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place of a file.

    ``file`` is relative to the workspace; ``line`` counts from 1 as editors and spreadsheets do;
    ``column`` is a column's header or a key path; ``value`` is what stands there and ``expected``
    what should; ``hint`` are lines to print below; ``item`` is the question whose answer is wrong.
    ``others`` counts more of its group that were not kept. Never holds anything from an undeclared
    (personal) column.
    """

    kind: ProblemKind
    file: str
    message: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    expected: str | None = None
    hint: str | None = None
    item: str | None = None
    others: int = 0

    @property
    def group(self) -> tuple[str, ProblemKind, str]:
        """File, kind and question: five of a group are kept."""
        return self.file, self.kind, self.item or ""

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f" {self.line}行目"
        if self.column is not None:
            place += f" 「{self.column}」"
        found = "" if self.value is None else f"（値：「{shorten(self.value)}」）"
        expected = "" if self.expected is None else f" 期待する形：{self.expected}"
        hint = "" if self.hint is None else "\n" + self.hint
        return f"{place}：{self.message}{found}。{expected}".rstrip() + hint


class Problems:
    """Gathers problems: keeps the first five of a group and counts the others.

    Iterating yields those kept, group by group in the order of coming; the last of a group says in
    ``others`` how many more there are.

    State: those kept, and the number of others, by group.
    """

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._kept: dict[tuple[str, ProblemKind, str], list[Problem]] = {}
        self._others: Counter[tuple[str, ProblemKind, str]] = Counter()
        for problem in problems:
            self.add(problem)

    def __bool__(self) -> bool:
        return bool(self._kept)

    def __iter__(self) -> Iterator[Problem]:
        for group, (*first, last) in self._kept.items():
            yield from first
            yield replace(last, others=self._others[group])

    def add(self, problem: Problem) -> None:
        """Take one problem, and the others that it counts."""
        kept = self._kept.setdefault(problem.group, [])
        is_kept = len(kept) < SHOWN_OF_A_KIND
        if is_kept:
            kept.append(problem)
        self._others[problem.group] += problem.others + (not is_kept)

    def add_each(self, places: Iterable[T], problem: Callable[[T], Problem]) -> None:
        """Take the ``problem`` of each place, all of one group; makes only those to keep."""
        left = iter(places)
        made = [problem(place) for place in islice(left, SHOWN_OF_A_KIND)]
        for found in made:
            self.add(found)
        if made:
            self._others[made[-1].group] += sum(1 for _ in left)


def told(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems in the order in which they are told: by file, kind and question."""
    return sorted(Problems(problems), key=lambda problem: problem.group)


def describe(problems: Iterable[Problem]) -> str:
    """Return the problems as lines of text, at most five of a group."""
    lines = []
    for problem in told(problems):
        lines.append(str(problem))
        if problem.others:
            lines.append(f"{problem.file}：ほか {problem.others} 件")
    return "\n".join(lines)


def shorten(text: str, limit: int = 40) -> str:
    """Return ``text`` on one line, without control characters, cut after ``limit`` characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * limit]).split())
    return line if len(line) <= limit else line[:limit] + "…"
