"""Any answers, written in any form, encoding and dialect, come back exactly; or are refused."""

import csv
import io
import tempfile
import unicodedata
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import openpyxl
import pytest
from forge import text, xlsx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_awkward import SURVEY, answers

from dxeval.definitions.form import Form
from dxeval.errors import DataError
from dxeval.reading.responses import Responses, read_responses

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp")
DELIMITERS = (",", "\t", ";")
KINDS = [*product(ENCODINGS, DELIMITERS), ("xlsx", ""), ("openpyxl", "")]
QUICK = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))

CHOSEN = [item for item in SURVEY.items if item.labels]
"""The items whose answers are chosen; the others are comments."""


@dataclass(frozen=True)
class Written:
    """A set of answers and the way in which they are written down."""

    form: Form
    kind: tuple[str, str]
    people: list[tuple[list[int | None], str]]
    end: str
    quoting: int
    titles: list[list[str]]
    order: list[int]
    noise: list[str]
    blank_after: int

    @property
    def encoding(self) -> str:
        return "utf-8" if self.kind[0] in {"xlsx", "openpyxl"} else self.kind[0]

    @property
    def header(self) -> list[str]:
        """Declared headers and two of others, in this file's order."""
        names = [*self.form.headers, "氏名", "連絡先"]
        return [names[i] for i in self.order]

    def cells(self, i: int) -> list[str]:
        """Return one person's row, in this file's order."""
        chosen, comment = self.people[i]
        row = dict.fromkeys(self.form.headers, "")
        if self.form.respondent_id:
            row[self.form.respondent_id] = f"{i + 1:04}"
        for item, level in zip(CHOSEN, chosen, strict=True):
            label = "" if level is None else item.levels[level]
            codes = {level: code for code, level in self.form.codes.get(item.name, {}).items()}
            label = codes.get(label, label)
            row[self.form.items[item.name][0]] = self.noise[i % len(self.noise)].format(label)
        row[self.form.items["感想"][0]] = comment
        row |= {header: values[0] for header, values in self.form.count_rows.items()}
        row |= {"氏名": f"秘田 {i}", "連絡先": f"himitsu-{i}@example.jp"}
        return [row[name] for name in self.header]

    @property
    def rows(self) -> list[list[str]]:
        body = [self.cells(i) for i in range(len(self.people))]
        body.insert(self.blank_after % (len(body) + 1), [""] * len(self.order))
        return [*self.titles, self.header, *self.more_header, *body]

    @property
    def more_header(self) -> list[list[str]]:
        """Rows below the header that are nobody's."""
        return [["Response"] * len(self.order)] * self.form.extra_header_rows

    def content(self, rows: list[list[str]]) -> bytes:
        """Return the file."""
        if self.kind[0] == "xlsx":
            return xlsx(rows)
        if self.kind[0] == "openpyxl":
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append(row)
            for line in book.active.iter_rows():
                for cell in line:
                    cell.data_type = "s" if cell.value is not None else "n"
            out = io.BytesIO()
            book.save(out)
            return out.getvalue()
        return text(rows, self.kind[0], self.kind[1], self.end, self.quoting)

    @property
    def expected(self) -> list[list[str | None]]:
        return [
            [
                None if level is None else item.levels[level]
                for item, level in zip(CHOSEN, chosen, strict=True)
            ]
            for chosen, _ in self.people
        ]

    @property
    def comments(self) -> tuple[str, ...]:
        return tuple(comment for _, comment in self.people if comment.strip())


def writable(encoding: str, in_xlsx: bool) -> st.SearchStrategy[str]:
    """Comments that can be written down in an encoding; XML knows no control characters or CR."""
    plain = st.text(
        st.characters(
            codec=encoding, exclude_categories=("Cs", "Cc", "Co"), exclude_characters="\ufeff\ufffd"
        )
        | st.sampled_from('\n,;"\t' if in_xlsx else '\r\n,;"\t'),
        max_size=12,
    )
    said = ["NA", "None", "null", "001", "=1+1", " 前後の空白 ", "①㈱髙", "二行の\n感想", "5"]
    fixed = st.sampled_from([comment for comment in said if encodable(comment, encoding)])
    return (plain | fixed).filter(
        lambda comment: encodable(comment, encoding) and "_x" not in comment
    )


def encodable(comment: str, encoding: str) -> bool:
    try:
        return comment.encode(encoding).decode(encoding) == comment
    except UnicodeError:
        return False


@st.composite
def written(draw: st.DrawFn, kind: tuple[str, str] | None = None) -> Written:
    form = draw(st.sampled_from(SURVEY.forms))
    kind = kind or draw(st.sampled_from(KINDS))
    in_xlsx = kind[0] in {"xlsx", "openpyxl"}
    encoding = "utf-8" if in_xlsx else kind[0]
    level = st.none() | st.integers(0, 4)
    person = st.tuples(st.tuples(level, level, level).map(list), writable(encoding, in_xlsx))
    noise = [" {} ", "{}", "\u3000{}", "\n{}" if in_xlsx else "{}\t"]
    if encoding.startswith("utf"):
        noise += ["\u200b{}", "{}\ufeff"]
    return Written(
        form,
        kind,
        draw(st.lists(person, min_size=1, max_size=6)),
        draw(st.sampled_from(["\r\n", "\n", "\r"])),
        draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        draw(st.lists(st.sampled_from([["研修アンケート"], ["", "2025年度"], []]), max_size=3)),
        draw(st.permutations(range(len(form.headers) + 2))),
        draw(st.lists(st.sampled_from(noise), min_size=1, max_size=4)),
        draw(st.integers(0, 6)),
    )


def read(content: bytes) -> Responses:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.dat"
        path.write_bytes(content)
        return read_responses(path, SURVEY, "s", "s")


def assert_same(responses: Responses, file: Written) -> None:
    assert answers(responses) == file.expected
    assert responses.comments == file.comments
    assert set(responses.dropped) >= {"氏名", "連絡先"}
    assert responses.form == file.form.name


@given(written())
@QUICK
def test_what_was_written_is_read(file: Written) -> None:
    assert_same(read(file.content(file.rows)), file)


@pytest.mark.parametrize("kind", KINDS, ids="-".join)
@pytest.mark.parametrize("form", SURVEY.forms, ids=lambda form: form.name)
def test_every_form_in_every_encoding(form: Form, kind: tuple[str, str]) -> None:
    people: list[tuple[list[int | None], str]] = [
        ([0, 4, None], '感想、"引用"\n二行め; と\tタブ'),
        ([None, 2, 3], "NA"),
        ([1, 1, 1], " 前後の空白 "),
        ([1, 1, 1], " 前後の空白 "),
    ]
    order = list(range(len(form.headers) + 2))
    file = Written(form, kind, people, "\r\n", csv.QUOTE_MINIMAL, [["題"]], order, ["{}"], 2)
    assert_same(read(file.content(file.rows)), file)


@given(file=written(), data=st.data())
@QUICK
def test_a_changed_answer_is_the_same_or_named(file: Written, data: st.DataObject) -> None:
    """Whatever is typed over one answer: the file says the same as before, or that cell is named.

    Another level, code or mark for no answer is another answer, which nobody can see.
    """
    rows = file.rows
    item = data.draw(st.sampled_from(CHOSEN))
    header = file.form.items[item.name][0]
    column = file.header.index(header)
    row = data.draw(st.sampled_from(body(file)))
    old = rows[row][column]
    characters = st.characters(codec=file.encoding, exclude_categories=("Cs", "Cc"))
    typed = st.text(characters, min_size=1, max_size=8).filter(
        lambda t: encodable(t, file.encoding)
    )
    levels = st.sampled_from(item.levels)
    new = data.draw(
        typed
        | st.sampled_from([f" {old}", old * 2, f"{old};{old}", "9.0", "0", "無回答？", old[:-1]])
        | st.tuples(levels, st.sampled_from(";,、\n "), levels).map("".join)
    )
    if meaning(new) in meant(file.form, item.name) - {meaning(old)}:
        return
    rows[row][column] = new
    content = file.content(rows)
    try:
        responses = read(content)
    except DataError as error:
        (problem,) = error.problems
        assert (problem.line, problem.column) == (row + 1, header), str(error)
        assert "秘田" not in str(error)
    else:
        assert_same(responses, file)


def body(file: Written) -> list[int]:
    """Return the places of the rows below the header that are somebody's."""
    start = len(file.titles) + 1 + len(file.more_header)
    return [i for i, row in enumerate(file.rows) if i >= start and any(row)]


def meaning(cell: str) -> str:
    """Return a cell as levels are compared, worked out here and not by the library."""
    folded = unicodedata.normalize("NFKC", cell)
    return " ".join("".join(c for c in folded if unicodedata.category(c) != "Cf").split())


def meant(form: Form, item: str) -> set[str]:
    """Return all that means an answer, or none, in a form's column."""
    (found,) = [known for known in SURVEY.items if known.name == item]
    spellings = [spelling.text for spelling in found.spellings(form.aliases.get(item))]
    cells = {*spellings, *form.codes.get(item, {}), *form.missing, *found.missing, ""}
    return {meaning(cell) for cell in cells}
