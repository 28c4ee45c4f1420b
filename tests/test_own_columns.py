"""Several answers, a column a label: what stands in it is that label, or words beside them all."""

from pathlib import Path

import pytest

from dxeval.definitions.survey import Survey
from dxeval.errors import DataError
from dxeval.problems import ProblemKind
from dxeval.reading.responses import Responses, read_responses

SURVEY = {
    "items": [
        {
            "name": "分野",
            "question": "分野",
            "kind": "choices",
            "levels": ["福祉", "土木", "その他"],
            "other": "その他",
            "aliases": {"土木": ["建設"]},
        },
        {"name": "回数", "question": "回数", "levels": ["はじめて", "2回目"]},
    ],
    "forms": [
        {
            "name": "f",
            "items": {"回数": "回数"},
            "columns": {"分野": {"A": "福祉", "B": "土木", "C": "その他"}},
        }
    ],
}


def read(folder: Path, *rows: str) -> Responses:
    path = folder / "x.csv"
    path.write_text("\n".join(["A,B,C,回数", *rows]), encoding="utf-8")
    return read_responses(path, Survey.model_validate(SURVEY), "x", "x.csv")


def test_words_of_ones_own_are_not_taken_apart(tmp_path: Path) -> None:
    found = read(tmp_path, "福祉,,,はじめて", ',,"法務、税; 広報",2回目', "○,建設,,はじめて")
    assert [*found.answers["分野"]] == [{"福祉"}, {"その他"}, {"福祉", "土木"}]
    assert found.comments == ("法務、税; 広報",)
    assert found.respelt == {"分野": {"建設": "土木"}}


@pytest.mark.parametrize("cell", ["法務", "土木", "福社", "福祉、土木"])
def test_a_labels_column_holds_nothing_else(tmp_path: Path, cell: str) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, "福祉,,,はじめて", f"{cell},,,2回目")
    (problem,) = caught.value.problems
    assert (problem.kind, problem.line, problem.column) == (ProblemKind.UNKNOWN_LEVEL, 3, "A")
