"""A survey that is not ours: described in one file, and counted as its publisher's answers are.

The answers themselves are not here. ``DXEVAL_OUTSIDE`` names a folder with
``carpentries-2017-10.csv``, from github.com/carpentries/assessment (CC BY 4.0); without it answers
are made up that have exactly the same counts, in the same layout.
"""

import csv
import os
import random
import statistics
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from carpentries import (
    ANSWERED,
    COLUMNS,
    HERE,
    OWN_WORDS,
    RESPONDENTS,
    Counted,
    counted,
    counts_by_column,
    make_up,
    questions,
    write_workspace,
)
from conftest import Here
from pages import Page, page_of, words

from dxeval.definitions.survey import Survey, read_survey
from dxeval.presenting.shown import card, shown
from dxeval.presenting.wording import alt_text
from dxeval.reading.responses import Responses, read_responses
from dxeval.report.batch import run
from dxeval.scoring.crosstab import NO_GROUP, crosstab
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.score import Scores, count, score
from dxeval.workspace import Workspace

SAID = {
    "I had not been using tools like these.": "Not using tools like these.",
    "I have not been using tools like these.": "Not using tools like these.",
}
"""Cells that the survey counts as another label."""
AGREEMENT = ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")
PUBLISHED = {
    "Improved Coding Practices": ("4.4 7.8 18.3 49.6 19.8", "3.73", "1.01", 409),
    "Gained-Confidence-With-Data": ("4.2 4.4 26.7 45.6 19.1", "3.71", "0.96", 408),
    "Improved-Research-Productivity": ("4.9 9.6 33.8 37.5 14.2", "3.47", "1.01", 408),
    "Received-Professional-Recognition": ("9.1 27.0 39.3 17.7 6.9", "2.86", "1.03", 407),
    "Motivated-Seek-Knowledge": ("2.9 2.5 9.3 50.7 34.6", "4.12", "0.89", 408),
    "Skills-Advance-Career": ("4.4 7.1 25.4 43.8 19.3", "3.67", "1.01", 409),
    "Made-Analyses-Reproducible": ("4.2 7.3 34.0 35.2 19.3", "3.58", "1.01", 409),
}
"""Shares in percent, mean, standard deviation and n of each statement, by its true column."""


class Outside(NamedTuple):
    """An export, and what dxeval makes of it."""

    path: Path
    survey: Survey
    responses: Responses
    scores: Scores

    def score(self, question: str) -> ItemScore:
        """Return the figure of a question or an attribute by its first header."""
        (item,) = [item for item in self.survey.read if item.question == question]
        if item in self.survey.items:
            return self.scores[item.name]
        return count(item, self.responses.attributes[item.name])


@pytest.fixture(params=["made up", "as exported"])
def outside(request: pytest.FixtureRequest, tmp_path: Path) -> Outside:
    """The survey's answers: made up, and as its form tool exported them where they are at hand."""
    path = tmp_path / "carpentries-2017-10.csv"
    if request.param == "made up":
        make_up(path)
    else:
        path = Path(os.environ.get("DXEVAL_OUTSIDE", "")) / path.name
        if not path.is_file():
            pytest.skip(f"DXEVAL_OUTSIDE names no folder with {path.name}")
    survey = read_survey(HERE / "carpentries.survey.yaml")
    responses = read_responses(path, survey, "c", path.name)
    return Outside(path, survey, responses, score(responses, survey))


def test_every_column_is_read_and_nobody_is_left_out(outside: Outside) -> None:
    headers = [header for item in outside.survey.forms[0].items.values() for header in item]
    assert len({*headers}) == len(headers) == COLUMNS
    responses = outside.responses
    assert (responses.dropped, responses.not_counted, responses.warnings) == ((), {}, ())
    assert responses.n_respondents == RESPONDENTS


def test_every_question_is_counted_as_its_cells_are(outside: Outside) -> None:
    expected = counted(outside.path)
    assert {item.question for item in outside.survey.read} == {*expected}
    for question, (cells, n) in expected.items():
        found = outside.score(question)
        assert (found.n_valid, found.n_missing) == (n, RESPONDENTS - n), question
        if found.item.labels:
            other = {OWN_WORDS: getattr(found.item, "other", None) or OWN_WORDS}
            said = Counter({(SAID | other).get(cell, cell): k for cell, k in cells.items()})
            assert Counter(found.facts["levels"]) == said, question


def test_the_counts_are_those_of_the_published_answers(outside: Outside) -> None:
    by_column, found = counts_by_column(), counted(outside.path)
    for first, group in questions([*by_column]).items():
        cells = Counter({c: k for header in group for c, k in by_column[header].items()})
        n = ANSWERED.get(first, cells.total())
        assert found[first] == Counted(cells, n), first


@pytest.mark.parametrize("column", PUBLISHED)
def test_a_statement_has_the_published_shares(outside: Outside, column: str) -> None:
    shares, mean, deviation, n = PUBLISHED[column]
    levels = outside.score(column).facts["levels"]
    assert outside.score(column).n_valid == n
    tenth, hundredth = Decimal("0.1"), Decimal("0.01")
    found = [Decimal(100 * levels[level]) / n for level in AGREEMENT]
    assert [str(share.quantize(tenth, ROUND_HALF_UP)) for share in found] == shares.split()
    marks = [mark for mark, level in enumerate(AGREEMENT, 1) for _ in range(levels[level])]
    both = (statistics.mean(marks), statistics.stdev(marks))
    assert [str(Decimal(x).quantize(hundredth)) for x in both] == [mean, deviation]


@pytest.mark.parametrize(
    ("column", "value", "detail"),
    [
        ("Received-Professional-Recognition", "25%", "100 / 407人"),
        ("Made-Analyses-Reproducible", "55%", "223 / 409人"),
        ("Change-In-Confidence", "77%", "333 / 432人"),
        ("Likely-To-Recommend", "9", "中央値（402人）"),
    ],
)
def test_what_is_shown_holds_against_the_prose(
    outside: Outside, column: str, value: str, detail: str
) -> None:
    shown_card = card(outside.score(column))
    assert shown_card is not None
    assert (shown_card.value, shown_card.detail) == (value, detail)


@pytest.mark.parametrize(
    ("column", "label", "chose", "percent"),
    [
        ("Country", "USA", "231/435", 53),
        ("Contributed-To-Writing", "Yes.", "118/434", 27),
        ("Programming-Usage-Before-Workshop", "Not using tools like these.", "75/433", 17),
        ("Programming-Usage-Since-Workshop", "Not using tools like these.", "22/433", 5),
    ],
)
def test_who_left_it_blank_is_in_no_share(
    outside: Outside, column: str, label: str, chose: str, percent: int
) -> None:
    """The publisher's 48.5 % from the USA has the blanks in it: 231 of 476."""
    found = outside.score(column)
    assert isinstance(found, Distribution)
    assert f"{found.count(label)}/{found.n_valid}" == chose
    assert found.n_missing == RESPONDENTS - found.n_valid
    assert found.percent(label) == percent


def test_a_group_is_as_large_as_its_column_says(outside: Outside) -> None:
    found = crosstab(outside.responses, outside.survey, "Likely to recommend", "Position")
    sizes = {group: s.n_valid + s.n_missing for group, s in found.groups.items()}
    assert sizes == counts_by_column()["Position"] | {NO_GROUP: 27}
    assert found.together.n_valid == sum(s.n_valid for s in found.groups.values()) == 402


def test_a_page_shows_counts_and_nobodys_words(tmp_path: Path) -> None:
    write_workspace(tmp_path)
    there = Workspace(tmp_path)
    result = run(there, executor=Here())
    assert (result.failed, result.warnings) == ({}, [])
    page = page_of(there, "c-1")
    rows = [
        [cell.get_text() for cell in row.select("th, td")]
        for row in page.all("table.shares tbody tr")
    ]
    assert ["Life Sciences", "", "166人", "35%"] in rows
    assert OWN_WORDS not in page.html


CARE = {
    "items": [
        {
            "name": "Dependency",
            "question": "Dependency of the elder",
            "levels": ["independent", "slightly", "moderately", "severely"],
        }
    ],
    "attributes": [
        {"name": "Sex", "question": "Sex of the elder", "kind": "choice", "levels": ["1", "2"]}
    ],
    "forms": [
        {
            "name": "f",
            "respondent_id": "Number",
            "items": {"Dependency": "Dependency of the elder", "Sex": "Sex of the elder"},
        }
    ],
}
CARED_FOR = {
    ("independent", "1"): 18,
    ("independent", "2"): 48,
    ("slightly", "1"): 54,
    ("slightly", "2"): 170,
    ("moderately", "1"): 80,
    ("moderately", "2"): 226,
    ("severely", "1"): 63,
    ("severely", "2"): 241,
    ("", "2"): 1,
    ("", ""): 7,
}
"""Of 908 carers of the EUROFAMCARE sample; where the blanks stand together is made up."""


def test_blanks_and_groups_are_counted_apart(tmp_path: Path) -> None:
    path = tmp_path / "care.csv"
    answers = [cells for cells, k in CARED_FOR.items() for _ in range(k)]
    random.Random(0).shuffle(answers)
    rows = [(number, *cells) for number, cells in enumerate(answers, 1)]
    with path.open("w", encoding="utf-8", newline="") as file:
        head = ("Number", "Dependency of the elder", "Sex of the elder")
        csv.writer(file).writerows([head, *rows])
    survey = Survey.model_validate(CARE)
    responses = read_responses(path, survey, "care", "care.csv")
    sex = count(survey.item("Sex"), responses.attributes["Sex"])
    assert (sex.facts["levels"], sex.n_valid, sex.n_missing) == ({"1": 215, "2": 686}, 901, 7)
    assert isinstance(sex, Distribution)
    assert [sex.share(level) for level in "12"] == pytest.approx([0.2386, 0.7614], abs=0.00005)
    found = crosstab(responses, survey, "Dependency", "Sex")
    assert {group: tuple(s.facts["levels"].values()) for group, s in found.groups.items()} == {
        "1": (18, 54, 80, 63),
        "2": (48, 170, 226, 241),
        NO_GROUP: (0, 0, 0, 0),
    }
    blank = {group: s.n_missing for group, s in found.groups.items()}
    assert blank == {"1": 0, "2": 1, NO_GROUP: 7}
    assert (found.together.n_valid, found.together.n_missing) == (900, 8)


def test_a_count_is_no_part_of_its_label(outside: Outside) -> None:
    workshops = outside.score("How-Many-Workshops")
    assert isinstance(workshops, Distribution)
    assert "内訳は1：399人、2：63人、3+11人" in alt_text(workshops)
    legend = Page(shown(workshops).draw().__html__()).all(".levels tr:not(.none)")[1:]
    cells = [[words(cell) for cell in row.select("th, td")[:2]] for row in legend]
    assert cells == [["1", "399人"], ["2", "63人"], ["3+", "11人"]]
