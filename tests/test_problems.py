"""Kinds of problems: code, list and advice together; five of a kind are kept, others counted."""

import ast
import re
import tracemalloc
from pathlib import Path

import pytest
from awkward import LOGO
from forge import text
from test_awkward import SURVEY

import dxeval
from dxeval.errors import DataError
from dxeval.problems import SHOWN_OF_A_KIND, Problem, ProblemKind, Problems, describe, told
from dxeval.reading.responses import read_responses
from dxeval.reading.table import read_table

ROOT = Path(__file__).parents[1]
LIST = (ROOT / "docs/problems.md").read_text(encoding="utf-8")
DATA = (ROOT / "docs/data.md").read_text(encoding="utf-8")
SOURCES = [*Path(dxeval.__file__).parent.rglob("*.py")]
MANY = 200_000


def rows_of(table: str) -> list[list[str]]:
    rows = re.findall(r"^\| (.+) \|$", table, re.M)
    return [row.split(" | ") for row in rows if not row.startswith(("種類", "メッセージ"))]


def test_the_list_has_every_kind_in_order_with_its_meaning_and_cure() -> None:
    rows = rows_of(LIST)
    assert [row[0] for row in rows] == [f"`{kind}`" for kind in ProblemKind]
    for row in rows:
        assert len(row) == 3, row
        assert row[1].endswith("。"), row
        assert len(row[2]) > 5, row


def test_every_kind_is_raised_somewhere() -> None:
    named = {
        node.attr
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "ProblemKind"
    }
    assert named == {kind.name for kind in ProblemKind}


def test_no_kind_is_made_up_where_it_is_raised() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                is_text = node.args and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
                assert not (node.func.id == "Problem" and is_text), f"{path.name}:{node.lineno}"


def test_what_is_advised_is_in_the_list() -> None:
    table = DATA.split("| メッセージ |")[1].split("\n\n")[0]
    explained = [row[0] for row in rows_of(table)]
    assert len(explained) > 10
    meanings = "".join(row[1] for row in rows_of(LIST))
    for message in explained:
        for part in message.split("…"):
            assert part in meanings, message


def problem(line: int, item: str | None = None, kind: ProblemKind = ProblemKind.CSV) -> Problem:
    return Problem(kind, "f.csv", "だめ", line, item=item)


def test_five_of_a_kind_are_kept_and_the_others_counted() -> None:
    gathered = Problems(problem(line) for line in range(12))
    gathered.add(problem(99, kind=ProblemKind.NUL))
    assert [found.line for found in gathered] == [0, 1, 2, 3, 4, 99]
    assert [found.others for found in gathered] == [0, 0, 0, 0, 7, 0]
    assert describe(gathered).count("だめ") == SHOWN_OF_A_KIND + 1
    assert "f.csv：ほか 7 件" in describe(gathered)


def test_gathering_again_changes_no_number() -> None:
    once = list(Problems(problem(line) for line in range(12)))
    assert list(Problems(once)) == once
    both = Problems([*once, *once])
    assert sum(1 + found.others for found in both) == 24
    assert list(DataError(once).problems) == told(once) == once


def test_five_of_each_question_are_kept() -> None:
    gathered = Problems(problem(line, item) for item in ("理解度", "満足度") for line in range(7))
    assert [found.item for found in gathered] == ["理解度"] * 5 + ["満足度"] * 5
    assert sum(found.others for found in gathered) == 4


def test_of_many_places_only_those_kept_are_made() -> None:
    made: list[int] = []

    def make(line: int) -> Problem:
        made.append(line)
        return problem(line)

    gathered = Problems()
    gathered.add_each(range(MANY), make)
    gathered.add_each([], make)
    assert made == [0, 1, 2, 3, 4]
    assert sum(1 + found.others for found in gathered) == MANY


@pytest.mark.parametrize(
    ("rule", "time", "counted"),
    [("refuse", "", MANY // 2), ("latest", "昨日", MANY)],
)
def test_many_repeated_respondents_cost_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str, time: str, counted: int
) -> None:
    """Under 20 MB above the table: a problem for each took 196."""
    path = tmp_path / "s.csv"
    rest = [time, "", "", "理解できた", "", "満足"]
    path.write_bytes(text([LOGO, *([f"R-{i // 2}", *rest, i] for i in range(MANY))]))
    survey = SURVEY.model_copy(update={"resubmission": rule})
    table = read_table(path, survey, "s.csv")
    monkeypatch.setattr("dxeval.reading.responses.read_table", lambda *_: table)
    tracemalloc.start()
    try:
        with pytest.raises(DataError) as caught:
            read_responses(path, survey, "s", "s.csv")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(caught.value.problems) == 5
    assert sum(1 + found.others for found in caught.value.problems) == counted
    assert peak < 20_000_000
