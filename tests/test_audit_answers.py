"""Published figures beside the answers that they were made from: a survey that is not ours."""

import csv
import time
from pathlib import Path

import pytest
from carpentries import HERE
from test_audit import figures, kinds

from dxeval.scoring.audit import Column, Kind, against
from dxeval.scoring.audit.joint import possible_ns
from dxeval.scoring.audit.questions import Context, questions

LEVELS = ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")
TABLE = {
    "Reproducible": ("4.4 7.8 18.3 49.6 19.8", "3.73", "1.01", {383, 409}),
    "Recognition": ("4.2 4.4 26.7 45.6 19.1", "3.71", "0.96", {408, 430, 476}),
    "Productivity": ("4.9 9.6 33.8 37.5 14.2", "3.47", "1.01", {408, 429}),
    "Motivation": ("9.1 27.0 39.3 17.7 6.9", "2.86", "1.03", {407, 463}),
    "Confidence": ("2.9 2.5 9.3 50.7 34.6", "4.12", "0.89", {408, 442}),
    "Coding": ("4.4 7.1 25.4 43.8 19.3", "3.67", "1.01", {409}),
    "Career": ("4.2 7.3 34.0 35.2 19.3", "3.58", "1.01", {409}),
}
"""The published rows: shares, mean, deviation; and every n from 300 to 476 that gives them."""
NAMES = {
    "Reproducible": "Made-Analyses-Reproducible",
    "Recognition": "Received-Professional-Recognition",
    "Productivity": "Improved-Research-Productivity",
    "Motivation": "Motivated-Seek-Knowledge",
    "Confidence": "Gained-Confidence-With-Data",
    "Coding": "Improved Coding Practices",
    "Career": "Skills-Advance-Career",
}
REALLY = {
    "Reproducible": "Improved Coding Practices",
    "Recognition": "Gained-Confidence-With-Data",
    "Motivation": "Received-Professional-Recognition",
    "Confidence": "Motivated-Seek-Knowledge",
    "Coding": "Skills-Advance-Career",
    "Career": "Made-Analyses-Reproducible",
}
PROSE = [
    ("Received-Professional-Recognition", "Agree;Strongly agree", "65"),
    ("Country", "USA", "48.5"),
    ("Made-Analyses-Reproducible", "Agree;Strongly agree", "54"),
]
RIGHT = [
    ("Change-In-Confidence", "I'm more confident now.", "77"),
    ("Contributed-To-Writing", "Yes.", "27"),
    ("Programming-Usage-Before-Workshop", "I had not been using tools like these.", "17"),
    ("Programming-Usage-Since-Workshop", "I have not been using tools like these.", "5"),
]


@pytest.fixture(scope="module")
def answers() -> dict[str, Column]:
    """The counts of the published answers, 476 rows."""
    found: dict[str, dict[str, int]] = {}
    with (HERE / "carpentries.counts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["column"], {})[row["cell"]] = int(row["count"])
    columns = {}
    for name, levels in found.items():
        ordered = {level: levels[level] for level in LEVELS if level in levels} or levels
        columns[name] = Column(name, ordered, 476 - sum(levels.values()))
    return columns


def table() -> str:
    rows = []
    for name, (shares, mean, sd, _) in TABLE.items():
        item = NAMES[name]
        rows += [
            f"c,{item},table,{level},{share},,"
            for level, share in zip(LEVELS, shares.split(), strict=True)
        ]
        rows.append(f"c,{item},table,,,{mean},{sd}")
    return "\n".join(rows)


def prose(said: list[tuple[str, str, str]]) -> str:
    return "\n".join(f"c,{item},prose,{level},{share},," for item, level, share in said)


def test_one_row_is_right_and_six_stand_under_another_name(
    tmp_path: Path, answers: dict[str, Column]
) -> None:
    found = against(figures(tmp_path, table(), ",mean,sd"), {"c": answers})
    assert {f.kind for f in found} == {Kind.OTHER_NAME}
    assert {f.facts["item"]: f.facts["columns"] for f in found} == {
        NAMES[name]: (really,) for name, really in REALLY.items()
    }


def test_what_explains_three_sentences(tmp_path: Path, answers: dict[str, Column]) -> None:
    read = figures(tmp_path, f"{table()}\n{prose(PROSE)}", ",mean,sd")
    found = [f for f in against(read, {"c": answers}) if f.kind is Kind.DIFFERS]
    assert [(f.facts["count"], f.facts["n"], str(f.facts["ours"])) for f in found] == [
        (100, 407, "24.6"),
        (231, 435, "53.1"),
        (223, 409, "54.5"),
    ]
    first = [f.explanations[0] for f in found]
    assert [(e.kind, [*e.counts[0][1]], e.facts["n"]) for e in first] == [
        ("assignment", [264], 408),
        ("blanks-in", [231], 476),
        ("rounding", [223], 409),
    ]
    assert first[0].facts["column"] == REALLY["Recognition"]
    assert first[2].facts["rounding"] == "floor"


def test_not_a_word_against_what_is_right(tmp_path: Path, answers: dict[str, Column]) -> None:
    assert against(figures(tmp_path, prose(RIGHT), ",mean,sd"), {"c": answers}) == []


@pytest.mark.parametrize("name", TABLE)
def test_which_n_a_row_can_have_without_the_answers(tmp_path: Path, name: str) -> None:
    shares, mean, sd, expected = TABLE[name]
    rows = [f"c,Q,table,{k},{s},," for k, s in enumerate(shares.split(), 1)]
    text = "\n".join([*rows, f"c,Q,table,,,{mean},{sd}", "c,Q,scale,1;2;3;4;5,,,"])
    (question,) = questions(figures(tmp_path, text, ",mean,sd"), Context())
    start = time.process_time()
    assert {*possible_ns(question, range(300, 477), (1,))} == expected
    assert time.process_time() - start < 5


def test_other_ways_to_a_wrong_figure(tmp_path: Path) -> None:
    own = Column("Q", {"low": 7, "mid": 3, "top": 10}, 0, ("top",))
    last = Column("Q", {"low": 2, "mid": 3, "top": 25}, 0, ("top",))
    for percent, kind in (("10", "count"), ("65", "rule"), ("70", "group"), ("83", "group")):
        read = figures(tmp_path, f"s,Q,prose,top,{percent}")
        (found,) = against(read, {"s": {"Q": own}, "t": {"Q": last}})
        assert kind in {e.kind for e in found.explanations}, percent
    assert against(figures(tmp_path, "s,Q,table,,50"), {"s": {"Q": own}}) == []
    (unexplained,) = against(figures(tmp_path, "s,Q,table,,51"), {"s": {"Q": own}})
    assert (unexplained.facts["count"], unexplained.explanations) == (10, ())


def test_the_findings_are_certain(tmp_path: Path) -> None:
    own = Column("Q", {"low": 7, "top": 13})
    found = against(figures(tmp_path, "s,Q,prose,top,60"), {"s": {"Q": own}})
    assert kinds(found) == ["differs"]
    assert found[0].contradicts
