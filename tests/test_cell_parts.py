"""Cells with several answers: any set of labels comes back exactly, or is refused."""

import time

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from dxeval.definitions.labels import normalise
from dxeval.reading.cell_parts import USUAL, Separators
from dxeval.reading.limits import MAX_PIECES

MANY = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
LETTERS = "AB事1 ;,、/(\n-と"
PLAIN = "AB事1"
DECLARED = [
    *((mark,) for mark in (*USUAL, ", ", "; ", " / ", "--", ";;", " ", "と", "\r\n")),
    USUAL,
]


@st.composite
def written(
    draw: st.DrawFn, letters: str = LETTERS
) -> tuple[list[str], tuple[str, ...], frozenset[str], str]:
    """Draw labels, what may stand between two, some of the labels, and a cell that holds these."""
    texts = st.text(letters, min_size=1, max_size=6).filter(normalise)
    labels = draw(st.lists(texts, min_size=2, max_size=6, unique_by=normalise))
    separators = draw(st.sampled_from(DECLARED))
    between = draw(st.sampled_from(separators))
    chosen = draw(st.lists(st.sampled_from(labels), min_size=1, max_size=6))
    spaced = between + draw(st.sampled_from(["", " ", "\u3000"]))
    end = draw(st.sampled_from(["", between, spaced]))
    return labels, separators, frozenset(chosen), spaced.join(chosen) + end


@MANY
@given(written())
@example((["A;", "A", "B"], (";",), frozenset({"A;", "B"}), "A;;B"))
@example((["A", "B", "A, B"], USUAL, frozenset({"A", "B"}), "A, B"))
@example((["A-", "-B", "A", "B"], ("--",), frozenset({"A-", "B"}), "A---B"))
@example((["A\nB", "A", "B"], ("\n",), frozenset({"A", "B"}), "A\nB"))
def test_the_same_set_comes_back_or_none(
    case: tuple[list[str], tuple[str, ...], frozenset[str], str],
) -> None:
    labels, separators, chosen, cell = case
    known = {normalise(label): label for label in labels}
    parts = Separators(separators, known).take_apart(cell)
    if parts.ways == 1 and not parts.others:
        assert {known[spelling] for spelling in parts.spellings} == chosen


@MANY
@given(written(PLAIN))
def test_labels_that_hold_no_separator_always_come_back(
    case: tuple[list[str], tuple[str, ...], frozenset[str], str],
) -> None:
    labels, separators, chosen, cell = case
    letters = {*"".join(separators), *map(normalise, separators)}
    assume(not any(letters & {*label} for label in labels))
    known = {normalise(label): label for label in labels}
    parts = Separators(separators, known).take_apart(cell)
    assert (parts.ways, parts.others) == (1, ())
    assert {known[spelling] for spelling in parts.spellings} == chosen


@MANY
@given(written(PLAIN), st.sampled_from(["わからない", "X Y", "その他: Z"]), st.integers(0, 6))
def test_own_words_are_left_over_as_they_are(
    case: tuple[list[str], tuple[str, ...], frozenset[str], str], words: str, place: int
) -> None:
    labels, separators, chosen, _ = case
    letters = {*"".join(separators), *map(normalise, separators)}
    assume(not any(letters & {*text} for text in (*labels, words)))
    cells = [*chosen]
    cells.insert(place, words)
    known = {normalise(label): label for label in labels}
    parts = Separators(separators, known).take_apart(separators[0].join(cells))
    assert (parts.ways, parts.others) == (1, (words,))
    assert {known[spelling] for spelling in parts.spellings} == chosen


@pytest.mark.parametrize(
    ("cell", "ways"),
    [
        ("A" + ";" * 100_000, 1),
        (";" * 100_000, 1),
        ("A;" * 50_000, 0),
        ("x;" * 50_000, 0),
        ("A\u200b;" * 30_000, 0),
        ("A;B;" * (MAX_PIECES // 2), 1),
        ("A;B;" * 99, 2),
    ],
    ids=["end", "nothing", "repeated", "others", "unseen", "most", "ambiguous"],
)
def test_long_cells_cost_nothing(cell: str, ways: int) -> None:
    labels = ["A", "B"]
    if ways == 2:
        labels = ["A", "B", *("A;B;A;B"[: 2 * i - 1] for i in range(2, 5))]
    between = Separators([";"], {label: label for label in labels})
    start = time.process_time()
    assert between.take_apart(cell).ways in ({ways} if ways < 2 else range(2, 40))
    assert time.process_time() - start < 0.5


def test_what_is_left_over_stands_together() -> None:
    parts = Separators([", "], {"講義": "講義"}).take_apart("とても, よかった, 講義, です, ね")
    assert parts.others == ("とても, よかった", "です, ね")
    assert parts.spellings == {"講義"}


def test_an_option_of_two_others_is_refused_and_two_spellings_of_one_are_not() -> None:
    known = {"A": "あ", "B": "い", "A, B": "う"}
    assert Separators([", "], known).take_apart("A, B").ways == 2
    assert Separators([", "], {"A": "あ", "B": "い", "A; B": "あ"}).take_apart("A, B").ways == 1
    assert Separators([", "], {"A": "あ", "B": "あ", "A, B": "あ"}).take_apart("A, B").ways == 1
